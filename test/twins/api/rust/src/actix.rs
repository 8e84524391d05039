//! The catalogue in Rust with actix-web: camelCase, tagged events, nothing printed for None, the time crate.
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, Result, delete, error, get, post, web};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::{Date, Duration, OffsetDateTime, macros::date};
use uuid::Uuid;

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Category {
    HandTool,
    PowerTool,
    SpareWheel,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Supplier {
    id: u32,
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Audit {
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    updated_at: Option<OffsetDateTime>,
    version: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    id: u64,
    sku: Uuid,
    name: String,
    category: Category,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    quantity: u32,
    #[serde(with = "rust_decimal::serde::float")]
    price: Decimal,
    weight: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<f64>,
    discontinued: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    attributes: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<Supplier>,
    #[serde(flatten)]
    audit: Audit,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartSummary {
    id: u64,
    name: String,
    category: Category,
    in_stock: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    items: Vec<PartSummary>,
    page: u32,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page: Option<u32>,
}

#[derive(Deserialize)]
struct ListQuery {
    category: Option<Category>,
    page: Option<u32>,
    limit: Option<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewPart {
    name: String,
    category: Category,
    quantity: u32,
    price: Option<Decimal>,
    #[serde(default)]
    tags: Vec<String>,
    description: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Booking {
    customer: String,
    quantity: u32,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Event {
    Created,
    Moved { from_site: &'static str, to_site: &'static str },
    Counted { expected: u32, found: u32 },
    Noted { text: &'static str },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schedule {
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
    checked_at: OffsetDateTime,
    last_run: Option<OffsetDateTime>,
    day: Date,
    interval: Duration,
    timeout: Duration,
    grace: Duration,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Measurements {
    serial: u64,
    offset: i64,
    total: f64,
    ratio: f64,
    huge: f64,
    large: f64,
    tiny: f64,
    small: f64,
    negative_zero: f64,
    single: f32,
    samples: Vec<f64>,
}

#[derive(Serialize)]
struct Image {
    name: &'static str,
    digest: Vec<u8>,
    preview: Vec<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stock {
    by_site: BTreeMap<&'static str, u32>,
    by_shelf: BTreeMap<i32, u32>,
    on_order: BTreeMap<&'static str, u32>,
    history: BTreeMap<&'static str, Vec<u32>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reservation {
    part_id: u64,
    customer: Option<&'static str>,
    quantity: Option<i64>,
    priority: (u8, &'static str),
}

#[derive(Serialize)]
struct Label {
    title: &'static str,
    markup: &'static str,
    path: &'static str,
    controls: &'static str,
    separators: &'static str,
    emoji: &'static str,
    initial: char,
}

fn at(seconds: i64, nanos: u32) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).expect("a fixed instant").replace_nanosecond(nanos).expect("below a second")
}

fn sku(last: u128) -> Uuid {
    Uuid::from_u128(0x9b2f_1c3d_4e5f_4a6b_8c7d_0000_0000_0000 + last)
}

fn parts() -> Vec<Part> {
    let wrench = Part {
        id: 1,
        sku: sku(1),
        name: "torque wrench".into(),
        category: Category::HandTool,
        description: Some("click type, 1/2\"".into()),
        quantity: 12,
        price: Decimal::new(12950, 2),
        weight: 2.0,
        rating: Some(4.5),
        discontinued: false,
        tags: vec!["steel".into(), "calibrated".into()],
        attributes: BTreeMap::from([("drive", "1/2"), ("Range", "40-200")]),
        supplier: Some(Supplier { id: 7, name: "Müller & Söhne", homepage: None }),
        audit: Audit { created_at: at(1_700_000_000, 120_000_000), updated_at: Some(at(1_700_003_600, 0)), version: 3 },
    };
    let belt = Part {
        name: "belt".into(),
        category: Category::SpareWheel,
        audit: Audit { created_at: at(1_700_000_000, 0), updated_at: None, version: 0 },
        ..blank(2)
    };
    let driver = Part {
        name: "impact driver".into(),
        category: Category::PowerTool,
        description: Some(String::new()),
        quantity: 3,
        price: Decimal::new(110, 2),
        weight: 1.25,
        rating: Some(0.0),
        discontinued: true,
        tags: vec!["18 V".into()],
        supplier: Some(Supplier { id: 0, name: "", homepage: Some("https://example.com/?a=1&b=2") }),
        audit: Audit { created_at: at(1_699_999_999, 123_456_789), updated_at: None, version: 1 },
        ..blank(3)
    };
    vec![wrench, belt, driver]
}

fn blank(id: u64) -> Part {
    Part {
        id,
        sku: sku(id.into()),
        name: String::new(),
        category: Category::HandTool,
        description: None,
        quantity: 0,
        price: Decimal::new(0, 2),
        weight: 0.0,
        rating: None,
        discontinued: false,
        tags: vec![],
        attributes: BTreeMap::new(),
        supplier: None,
        audit: Audit { created_at: at(1_700_000_000, 0), updated_at: None, version: 1 },
    }
}

fn find(id: u64) -> Result<Part> {
    parts().into_iter().find(|part| part.id == id).ok_or_else(|| error::ErrorNotFound("part not found"))
}

#[get("/health")]
async fn health() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok", "version": "1.4.0" }))
}

#[get("/parts")]
async fn list(query: web::Query<ListQuery>) -> web::Json<Page> {
    let page = query.page.unwrap_or(1).max(1);
    let limit = query.limit.unwrap_or(2);
    let wanted: Vec<Part> = parts().into_iter().filter(|part| query.category.is_none_or(|one| one == part.category)).collect();
    let skipped = (page as usize - 1).saturating_mul(limit);
    let total = wanted.len();
    let items: Vec<PartSummary> = wanted
        .into_iter()
        .skip(skipped)
        .take(limit)
        .map(|part| PartSummary { id: part.id, name: part.name, category: part.category, in_stock: part.quantity > 0 })
        .collect();
    let next_page = (skipped + items.len() < total).then_some(page + 1);
    web::Json(Page { items, page, total, next_page })
}

#[post("/parts")]
async fn create(new: web::Json<NewPart>) -> Result<HttpResponse> {
    let new = new.into_inner();
    if new.name.trim().is_empty() {
        return Err(error::ErrorBadRequest("name must not be empty"));
    }
    let part = Part {
        name: new.name,
        category: new.category,
        description: new.description,
        quantity: new.quantity,
        price: new.price.unwrap_or_default(),
        tags: new.tags,
        ..blank(4)
    };
    Ok(HttpResponse::Created().insert_header(("Location", "/parts/4")).json(part))
}

#[post("/bookings")]
async fn book(booking: web::Json<Booking>) -> HttpResponse {
    HttpResponse::Created().json(booking)
}

#[get("/parts/{id}")]
async fn show(id: web::Path<u64>) -> Result<web::Json<Part>> {
    find(*id).map(web::Json)
}

#[delete("/parts/{id}")]
async fn remove(id: web::Path<u64>) -> Result<HttpResponse> {
    find(*id).map(|_| HttpResponse::NoContent().finish())
}

#[get("/skus/{sku}")]
async fn by_sku(wanted: web::Path<Uuid>) -> Result<web::Json<Part>> {
    let found = parts().into_iter().find(|part| part.sku == *wanted);
    found.map(web::Json).ok_or_else(|| error::ErrorNotFound("sku not found"))
}

#[get("/parts/{id}/events")]
async fn events(id: web::Path<u64>) -> Result<web::Json<Vec<Event>>> {
    find(*id)?;
    Ok(web::Json(match *id {
        1 => vec![
            Event::Created,
            Event::Moved { from_site: "Graz", to_site: "Linz" },
            Event::Counted { expected: 12, found: 0 },
            Event::Noted { text: "dented" },
        ],
        2 => vec![],
        _ => vec![
            Event::Moved { from_site: "Linz", to_site: "Wien" },
            Event::Noted { text: "" },
            Event::Counted { expected: 3, found: 3 },
        ],
    }))
}

#[get("/parts/{id}/image")]
async fn image(_id: web::Path<u64>) -> web::Json<Image> {
    web::Json(Image { name: "front.png", digest: vec![251, 255, 191, 1, 0], preview: vec![] })
}

#[get("/schedule")]
async fn schedule() -> web::Json<Schedule> {
    web::Json(Schedule {
        starts_at: at(1_700_000_000, 120_000_000),
        ends_at: at(1_700_003_600, 0),
        checked_at: at(1_700_000_000, 123_456_789),
        last_run: None,
        day: date!(2023 - 11 - 14),
        interval: Duration::seconds(5400),
        timeout: Duration::milliseconds(1500),
        grace: Duration::ZERO,
    })
}

#[get("/measurements")]
async fn measurements() -> web::Json<Measurements> {
    web::Json(Measurements {
        serial: 9_007_199_254_740_993,
        offset: -9_223_372_036_854_775_808,
        total: 100.0,
        ratio: 0.1,
        huge: 1e21,
        large: 1e16,
        tiny: 1e-7,
        small: 0.00001,
        negative_zero: -0.0,
        single: 0.1,
        samples: vec![1.0, 2.5, 3.0e10, 123456789.125],
    })
}

#[get("/stock")]
async fn stock() -> web::Json<Stock> {
    web::Json(Stock {
        by_site: BTreeMap::from([("wien", 3), ("Graz", 1), ("linz", 0), ("Übersee", 2)]),
        by_shelf: BTreeMap::from([(9, 1), (10, 2), (-1, 3)]),
        on_order: BTreeMap::new(),
        history: BTreeMap::from([("2024", vec![1, 2]), ("2023", vec![])]),
    })
}

#[get("/reservations")]
async fn reservations() -> web::Json<Vec<Reservation>> {
    web::Json(vec![
        Reservation { part_id: 1, customer: Some("Zoë"), quantity: Some(2), priority: (1, "high") },
        Reservation { part_id: 3, customer: None, quantity: None, priority: (0, "") },
    ])
}

#[get("/label")]
async fn label() -> web::Json<Label> {
    web::Json(Label {
        title: "grüezi, 世界",
        markup: "<a href='x'>Tom & Jerry</a>",
        path: "C:\\parts/\"new\"",
        controls: "tab\tline\nbell\u{7}back\u{8}unit\u{1f}delete\u{7f}",
        separators: "a\u{2028}b\u{2029}c",
        emoji: "🔧",
        initial: 'é',
    })
}

#[post("/echo")]
async fn echo(document: web::Json<Value>) -> web::Json<Value> {
    document
}

#[post("/reindex")]
async fn reindex() -> HttpResponse {
    HttpResponse::Ok().finish()
}

#[get("/failing")]
async fn failing() -> Result<HttpResponse> {
    Err(error::ErrorInternalServerError("the store is closed"))
}

#[get("/greeting")]
async fn greet(request: HttpRequest) -> String {
    let who = request.headers().get("x-user").and_then(|value| value.to_str().ok()).unwrap_or("nobody");
    format!("hello {who}")
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "0".into());
    let server = HttpServer::new(|| {
        App::new()
            .service(health)
            .service(list)
            .service(create)
            .service(book)
            .service(show)
            .service(remove)
            .service(by_sku)
            .service(events)
            .service(image)
            .service(schedule)
            .service(measurements)
            .service(stock)
            .service(reservations)
            .service(label)
            .service(echo)
            .service(reindex)
            .service(failing)
            .service(greet)
            .service(web::redirect("/old-parts", "/parts"))
    })
    .workers(1)
    .bind(format!("127.0.0.1:{port}"))?;
    for address in server.addrs() {
        println!("listening on {address}");
    }
    server.run().await
}
