//! The catalogue in Rust with axum: serde's own names and forms, chrono, std's Duration.
use axum::{
    Json, Router,
    extract::{Path, Query},
    http::{HeaderMap, StatusCode, header::LOCATION},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};
use uuid::Uuid;

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Category {
    HandTool,
    PowerTool,
    SpareWheel,
}

#[derive(Serialize)]
struct Supplier {
    id: u32,
    name: String,
    homepage: Option<String>,
}

#[derive(Serialize)]
struct Audit {
    created_at: DateTime<Utc>,
    updated_at: Option<DateTime<Utc>>,
    version: u32,
}

#[derive(Serialize)]
struct Part {
    id: u64,
    sku: Uuid,
    name: String,
    category: Category,
    description: Option<String>,
    quantity: u32,
    price: Decimal,
    weight: f64,
    rating: Option<f64>,
    discontinued: bool,
    tags: Vec<String>,
    attributes: BTreeMap<String, String>,
    supplier: Option<Supplier>,
    audit: Audit,
}

#[derive(Serialize)]
struct PartSummary {
    id: u64,
    name: String,
    category: Category,
    in_stock: bool,
}

#[derive(Serialize)]
struct Page {
    items: Vec<PartSummary>,
    page: u32,
    total: usize,
    next_page: Option<u32>,
}

#[derive(Deserialize)]
struct ListQuery {
    category: Option<Category>,
    page: Option<u32>,
    limit: Option<usize>,
}

#[derive(Deserialize)]
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
struct Booking {
    customer: String,
    quantity: u32,
    #[serde(default)]
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Serialize)]
enum Event {
    Created,
    Moved { from_site: String, to_site: String },
    Counted { expected: u32, found: u32 },
    Noted(String),
}

#[derive(Serialize)]
struct Schedule {
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    checked_at: DateTime<Utc>,
    last_run: Option<DateTime<Utc>>,
    day: NaiveDate,
    interval: Duration,
    timeout: Duration,
    grace: Duration,
}

#[derive(Serialize)]
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
    name: String,
    digest: Vec<u8>,
    preview: Vec<u8>,
}

#[derive(Serialize)]
struct Stock {
    by_site: BTreeMap<String, u32>,
    by_shelf: BTreeMap<i32, u32>,
    on_order: BTreeMap<String, u32>,
    history: BTreeMap<String, Vec<u32>>,
}

#[derive(Serialize)]
struct Reservation {
    part_id: u64,
    customer: Option<String>,
    quantity: Option<i64>,
    priority: (u8, String),
}

#[derive(Serialize)]
struct Label {
    title: String,
    markup: String,
    path: String,
    controls: String,
    separators: String,
    emoji: String,
    initial: char,
}

struct AppError(StatusCode, String);

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

fn at(seconds: i64, nanos: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, nanos).expect("a fixed instant")
}

fn sku(last: u128) -> Uuid {
    Uuid::from_u128(0x9b2f_1c3d_4e5f_4a6b_8c7d_0000_0000_0000 + last)
}

fn parts() -> Vec<Part> {
    vec![
        Part {
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
            attributes: BTreeMap::from([("drive".into(), "1/2".into()), ("Range".into(), "40-200".into())]),
            supplier: Some(Supplier { id: 7, name: "Müller & Söhne".into(), homepage: None }),
            audit: Audit { created_at: at(1_700_000_000, 120_000_000), updated_at: Some(at(1_700_003_600, 0)), version: 3 },
        },
        Part {
            id: 2,
            sku: sku(2),
            name: "belt".into(),
            category: Category::SpareWheel,
            description: None,
            quantity: 0,
            price: Decimal::new(0, 2),
            weight: 0.0,
            rating: None,
            discontinued: false,
            tags: vec![],
            attributes: BTreeMap::new(),
            supplier: None,
            audit: Audit { created_at: at(1_700_000_000, 0), updated_at: None, version: 0 },
        },
        Part {
            id: 3,
            sku: sku(3),
            name: "impact driver".into(),
            category: Category::PowerTool,
            description: Some(String::new()),
            quantity: 3,
            price: Decimal::new(110, 2),
            weight: 1.25,
            rating: Some(0.0),
            discontinued: true,
            tags: vec!["18 V".into()],
            attributes: BTreeMap::new(),
            supplier: Some(Supplier { id: 0, name: String::new(), homepage: Some("https://example.com/?a=1&b=2".into()) }),
            audit: Audit { created_at: at(1_699_999_999, 123_456_789), updated_at: None, version: 1 },
        },
    ]
}

fn find(id: u64) -> Result<Part, AppError> {
    let found = parts().into_iter().find(|part| part.id == id);
    found.ok_or_else(|| AppError(StatusCode::NOT_FOUND, format!("part {id} not found")))
}

async fn list(Query(query): Query<ListQuery>) -> Json<Page> {
    let page = query.page.unwrap_or(1).max(1);
    let limit = query.limit.unwrap_or(2);
    let wanted: Vec<Part> = parts().into_iter().filter(|part| query.category.is_none_or(|one| one == part.category)).collect();
    let total = wanted.len();
    let skipped = (page as usize - 1).saturating_mul(limit);
    let items: Vec<PartSummary> = wanted
        .into_iter()
        .skip(skipped)
        .take(limit)
        .map(|part| PartSummary { id: part.id, name: part.name, category: part.category, in_stock: part.quantity > 0 })
        .collect();
    let next_page = (skipped + items.len() < total).then_some(page + 1);
    Json(Page { items, page, total, next_page })
}

async fn create(Json(new): Json<NewPart>) -> Result<impl IntoResponse, AppError> {
    if new.name.trim().is_empty() {
        return Err(AppError(StatusCode::UNPROCESSABLE_ENTITY, "name must not be empty".into()));
    }
    let part = Part {
        id: 4,
        sku: sku(4),
        name: new.name,
        category: new.category,
        description: new.description,
        quantity: new.quantity,
        price: new.price.unwrap_or_default(),
        weight: 0.0,
        rating: None,
        discontinued: false,
        tags: new.tags,
        attributes: BTreeMap::new(),
        supplier: None,
        audit: Audit { created_at: at(1_700_000_000, 0), updated_at: None, version: 1 },
    };
    Ok((StatusCode::CREATED, [(LOCATION, "/parts/4")], Json(part)))
}

async fn book(Json(booking): Json<Booking>) -> (StatusCode, Json<Booking>) {
    (StatusCode::CREATED, Json(booking))
}

async fn show(Path(id): Path<u64>) -> Result<Json<Part>, AppError> {
    find(id).map(Json)
}

async fn remove(Path(id): Path<u64>) -> Result<StatusCode, AppError> {
    find(id).map(|_| StatusCode::NO_CONTENT)
}

async fn by_sku(Path(wanted): Path<Uuid>) -> Result<Json<Part>, AppError> {
    let found = parts().into_iter().find(|part| part.sku == wanted);
    found.map(Json).ok_or_else(|| AppError(StatusCode::NOT_FOUND, format!("sku {wanted} not found")))
}

async fn events(Path(id): Path<u64>) -> Result<Json<Vec<Event>>, AppError> {
    find(id)?;
    let moved = |from: &str, to: &str| Event::Moved { from_site: from.into(), to_site: to.into() };
    Ok(Json(match id {
        1 => vec![Event::Created, moved("Graz", "Linz"), Event::Counted { expected: 12, found: 0 }, Event::Noted("dented".into())],
        2 => vec![],
        _ => vec![moved("Linz", "Wien"), Event::Noted(String::new()), Event::Counted { expected: 3, found: 3 }],
    }))
}

async fn schedule() -> Json<Schedule> {
    Json(Schedule {
        starts_at: at(1_700_000_000, 120_000_000),
        ends_at: at(1_700_003_600, 0),
        checked_at: at(1_700_000_000, 123_456_789),
        last_run: None,
        day: NaiveDate::from_ymd_opt(2023, 11, 14).expect("a day"),
        interval: Duration::from_secs(5400),
        timeout: Duration::from_millis(1500),
        grace: Duration::ZERO,
    })
}

async fn measurements() -> Json<Measurements> {
    Json(Measurements {
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

async fn image() -> Json<Image> {
    Json(Image { name: "front.png".into(), digest: vec![251, 255, 191, 1, 0], preview: vec![] })
}

async fn stock() -> Json<Stock> {
    Json(Stock {
        by_site: [("wien", 3), ("Graz", 1), ("linz", 0), ("Übersee", 2)].map(|(k, v)| (k.into(), v)).into(),
        by_shelf: BTreeMap::from([(9, 1), (10, 2), (-1, 3)]),
        on_order: BTreeMap::new(),
        history: BTreeMap::from([("2024".into(), vec![1, 2]), ("2023".into(), vec![])]),
    })
}

async fn reservations() -> Json<Vec<Reservation>> {
    Json(vec![
        Reservation { part_id: 1, customer: Some("Zoë".into()), quantity: Some(2), priority: (1, "high".into()) },
        Reservation { part_id: 3, customer: None, quantity: None, priority: (0, String::new()) },
    ])
}

async fn label() -> Json<Label> {
    Json(Label {
        title: "grüezi, 世界".into(),
        markup: "<a href='x'>Tom & Jerry</a>".into(),
        path: "C:\\parts/\"new\"".into(),
        controls: "tab\tline\nbell\u{7}back\u{8}unit\u{1f}delete\u{7f}".into(),
        separators: "a\u{2028}b\u{2029}c".into(),
        emoji: "🔧".into(),
        initial: 'é',
    })
}

async fn failing() -> Result<Json<Value>, AppError> {
    Err(AppError(StatusCode::INTERNAL_SERVER_ERROR, "the store is closed".into()))
}

async fn greet(headers: HeaderMap) -> String {
    let who = headers.get("x-user").and_then(|value| value.to_str().ok()).unwrap_or("nobody");
    format!("hello {who}")
}

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/health", get(|| async { Json(json!({ "status": "ok", "version": "1.4.0" })) }))
        .route("/parts", get(list).post(create))
        .route("/parts/{id}", get(show).delete(remove))
        .route("/parts/{id}/events", get(events))
        .route("/parts/{id}/image", get(|Path(_): Path<u64>| image()))
        .route("/bookings", post(book))
        .route("/skus/{sku}", get(by_sku))
        .route("/schedule", get(schedule))
        .route("/measurements", get(measurements))
        .route("/stock", get(stock))
        .route("/reservations", get(reservations))
        .route("/label", get(label))
        .route("/echo", post(|Json(document): Json<Value>| async { Json(document) }))
        .route("/reindex", post(|| async {}))
        .route("/old-parts", get(|| async { Redirect::permanent("/parts") }))
        .route("/failing", get(failing))
        .route("/greeting", get(greet));
    let port = std::env::args().nth(1).unwrap_or_else(|| "0".into());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("a free port");
    println!("listening on {}", listener.local_addr().expect("an address"));
    axum::serve(listener, app).await.expect("to serve");
}
