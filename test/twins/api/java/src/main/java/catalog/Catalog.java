package catalog;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the catalogue holds: records, printed the way Jackson prints them. */
final class Catalog {
  enum Category {
    HAND_TOOL,
    POWER_TOOL,
    SPARE_WHEEL
  }

  record Supplier(int id, String name, String homepage) {}

  record Audit(Instant createdAt, Instant updatedAt, int version) {}

  record Part(
      long id,
      UUID sku,
      String name,
      Category category,
      String description,
      int quantity,
      BigDecimal price,
      double weight,
      Double rating,
      boolean discontinued,
      List<String> tags,
      Map<String, String> attributes,
      Supplier supplier,
      @JsonUnwrapped Audit audit) {}

  record PartSummary(long id, String name, Category category, boolean inStock) {}

  record Page(List<PartSummary> items, int page, int total, Integer nextPage) {}

  record NewPart(
      String name, Category category, int quantity, BigDecimal price, List<String> tags, String description) {}

  record Booking(String customer, int quantity, List<String> tags, String note) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
  sealed interface Event permits Created, Moved, Counted, Noted {}

  record Created() implements Event {}

  record Moved(String fromSite, String toSite) implements Event {}

  record Counted(int expected, int found) implements Event {}

  record Noted(String text) implements Event {}

  record Schedule(
      Instant startsAt,
      Instant endsAt,
      Instant checkedAt,
      Instant lastRun,
      LocalDate day,
      Duration interval,
      Duration timeout,
      Duration grace) {}

  record Measurements(
      long serial,
      long offset,
      double total,
      double ratio,
      double huge,
      double large,
      double tiny,
      double small,
      double negativeZero,
      float single,
      double[] samples) {}

  record Image(String name, byte[] digest, byte[] preview) {}

  record Stock(
      Map<String, Integer> bySite,
      Map<Integer, Integer> byShelf,
      Map<String, Integer> onOrder,
      Map<String, List<Integer>> history) {}

  record Priority(int level, String name) {}

  record Reservation(long partId, String customer, Long quantity, Priority priority) {}

  record Label(
      String title, String markup, String path, String controls, String separators, String emoji, char initial) {}

  static final Instant EPOCH = Instant.ofEpochSecond(1_700_000_000);

  static final List<Part> PARTS =
      List.of(
          new Part(
              1,
              sku(1),
              "torque wrench",
              Category.HAND_TOOL,
              "click type, 1/2\"",
              12,
              new BigDecimal("129.50"),
              2.0,
              4.5,
              false,
              List.of("steel", "calibrated"),
              ordered("drive", "1/2", "Range", "40-200"),
              new Supplier(7, "Müller & Söhne", null),
              new Audit(EPOCH.plusMillis(120), EPOCH.plusSeconds(3600), 3)),
          new Part(
              2,
              sku(2),
              "belt",
              Category.SPARE_WHEEL,
              null,
              0,
              new BigDecimal("0.00"),
              0,
              null,
              false,
              List.of(),
              Map.of(),
              null,
              new Audit(EPOCH, null, 0)),
          new Part(
              3,
              sku(3),
              "impact driver",
              Category.POWER_TOOL,
              "",
              3,
              new BigDecimal("1.10"),
              1.25,
              0.0,
              true,
              List.of("18 V"),
              Map.of(),
              new Supplier(0, "", "https://example.com/?a=1&b=2"),
              new Audit(Instant.ofEpochSecond(1_699_999_999, 123_456_789), null, 1)));

  static final Map<Long, List<Event>> EVENTS =
      Map.of(
          1L,
          List.of(new Created(), new Moved("Graz", "Linz"), new Counted(12, 0), new Noted("dented")),
          2L,
          List.of(),
          3L,
          List.of(new Moved("Linz", "Wien"), new Noted(""), new Counted(3, 3)));

  private Catalog() {}

  static UUID sku(int last) {
    return UUID.fromString("9b2f1c3d-4e5f-4a6b-8c7d-00000000000" + last);
  }

  private static Map<String, String> ordered(String... entries) {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) map.put(entries[i], entries[i + 1]);
    return map;
  }

  static Part created(NewPart body) {
    BigDecimal price = body.price() == null ? BigDecimal.ZERO : body.price();
    List<String> tags = body.tags() == null ? List.of() : body.tags();
    Audit audit = new Audit(EPOCH, null, 1);
    return new Part(
        4, sku(4), body.name(), body.category(), body.description(), body.quantity(), price, 0, null, false, tags,
        Map.of(), null, audit);
  }
}
