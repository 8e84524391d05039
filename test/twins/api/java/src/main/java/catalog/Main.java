package catalog;

import catalog.Catalog.Booking;
import catalog.Catalog.Category;
import catalog.Catalog.Image;
import catalog.Catalog.Label;
import catalog.Catalog.Measurements;
import catalog.Catalog.NewPart;
import catalog.Catalog.Page;
import catalog.Catalog.Part;
import catalog.Catalog.PartSummary;
import catalog.Catalog.Priority;
import catalog.Catalog.Reservation;
import catalog.Catalog.Schedule;
import catalog.Catalog.Stock;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The catalogue in Java with Javalin and Jackson. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
    Javalin app =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.routes.get("/health", ctx -> ctx.json(ordered("status", "ok", "version", "1.4.0")));
              config.routes.get("/parts", Main::list);
              config.routes.post("/parts", Main::create);
              config.routes.get("/parts/{id}", ctx -> ctx.json(find(ctx)));
              config.routes.delete("/parts/{id}", Main::remove);
              config.routes.get("/parts/{id}/events", ctx -> ctx.json(Catalog.EVENTS.get(find(ctx).id())));
              config.routes.get("/parts/{id}/image", ctx -> ctx.json(image()));
              config.routes.post("/bookings", Main::book);
              config.routes.get("/skus/{sku}", Main::bySku);
              config.routes.get("/schedule", ctx -> ctx.json(schedule()));
              config.routes.get("/measurements", ctx -> ctx.json(measurements()));
              config.routes.get("/stock", ctx -> ctx.json(stock()));
              config.routes.get("/reservations", ctx -> ctx.json(reservations()));
              config.routes.get("/label", ctx -> ctx.json(label()));
              config.routes.post("/echo", ctx -> ctx.json(ctx.bodyAsClass(JsonNode.class)));
              config.routes.post("/reindex", ctx -> {});
              config.routes.get("/old-parts", ctx -> ctx.redirect("/parts"));
              config.routes.get("/failing", Main::fail);
              config.routes.get("/greeting", Main::greet);
            });
    app.start("127.0.0.1", port);
    System.out.println("listening on 127.0.0.1:" + app.port());
  }

  private static Part find(Context ctx) {
    long id = ctx.pathParamAsClass("id", Long.class).get();
    return Catalog.PARTS.stream()
        .filter(part -> part.id() == id)
        .findFirst()
        .orElseThrow(() -> new NotFoundResponse("Part not found"));
  }

  private static void list(Context ctx) {
    int page = ctx.queryParamAsClass("page", Integer.class).getOrDefault(1);
    int limit = ctx.queryParamAsClass("limit", Integer.class).getOrDefault(2);
    String category = ctx.queryParam("category");
    List<Part> wanted =
        Catalog.PARTS.stream()
            .filter(part -> category == null || part.category() == Category.valueOf(category))
            .toList();
    int first = (page - 1) * limit;
    List<PartSummary> items =
        wanted.stream()
            .skip(first)
            .limit(limit)
            .map(part -> new PartSummary(part.id(), part.name(), part.category(), part.quantity() > 0))
            .toList();
    ctx.json(new Page(items, page, wanted.size(), first + limit < wanted.size() ? page + 1 : null));
  }

  private static void create(Context ctx) {
    NewPart body =
        ctx.bodyValidator(NewPart.class)
            .check(part -> part.name() != null && !part.name().isBlank(), "name must not be empty")
            .check(part -> part.category() != null, "category is required")
            .get();
    ctx.status(HttpStatus.CREATED).header("Location", "/parts/4").json(Catalog.created(body));
  }

  private static void book(Context ctx) {
    Booking booking =
        ctx.bodyValidator(Booking.class).check(one -> one.customer() != null, "customer is required").get();
    ctx.status(HttpStatus.CREATED).json(booking);
  }

  private static void remove(Context ctx) {
    find(ctx);
    ctx.status(HttpStatus.NO_CONTENT);
  }

  private static void bySku(Context ctx) {
    UUID sku = UUID.fromString(ctx.pathParam("sku"));
    Part found =
        Catalog.PARTS.stream()
            .filter(part -> part.sku().equals(sku))
            .findFirst()
            .orElseThrow(() -> new NotFoundResponse("SKU not found"));
    ctx.json(found);
  }

  private static Image image() {
    return new Image("front.png", new byte[] {(byte) 251, (byte) 255, (byte) 191, 1, 0}, new byte[0]);
  }

  private static Schedule schedule() {
    return new Schedule(
        Catalog.EPOCH.plusMillis(120),
        Catalog.EPOCH.plusSeconds(3600),
        Instant.ofEpochSecond(1_700_000_000, 123_456_789),
        null,
        LocalDate.of(2023, 11, 14),
        Duration.ofMinutes(90),
        Duration.ofMillis(1500),
        Duration.ZERO);
  }

  private static Measurements measurements() {
    double[] samples = {1, 2.5, 3e10, 123456789.125};
    return new Measurements(
        9007199254740993L, Long.MIN_VALUE, 100, 0.1, 1e21, 1e16, 1e-7, 0.00001, -0.0, 0.1f, samples);
  }

  private static Stock stock() {
    Map<String, Integer> bySite = new LinkedHashMap<>();
    bySite.put("wien", 3);
    bySite.put("Graz", 1);
    bySite.put("linz", 0);
    bySite.put("Übersee", 2);
    Map<Integer, Integer> byShelf = new TreeMap<>(Map.of(9, 1, 10, 2, -1, 3));
    Map<String, List<Integer>> history = new LinkedHashMap<>();
    history.put("2024", List.of(1, 2));
    history.put("2023", List.of());
    return new Stock(bySite, byShelf, Map.of(), history);
  }

  private static List<Reservation> reservations() {
    return List.of(
        new Reservation(1, "Zoë", 2L, new Priority(1, "high")), new Reservation(3, null, null, new Priority(0, "")));
  }

  private static Label label() {
    return new Label(
        "grüezi, 世界",
        "<a href='x'>Tom & Jerry</a>",
        "C:\\parts/\"new\"",
        "tab\tline\nbell\u0007back\bunit\u001fdelete\u007f",
        "a\u2028b\u2029c",
        "🔧",
        'é');
  }

  private static void fail(Context ctx) {
    throw new IllegalStateException("the store is closed");
  }

  private static void greet(Context ctx) {
    String who = ctx.header("X-User");
    ctx.result("hello " + (who == null ? "nobody" : who));
  }

  private static Map<String, String> ordered(String... entries) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) map.put(entries[i], entries[i + 1]);
    return map;
  }
}
