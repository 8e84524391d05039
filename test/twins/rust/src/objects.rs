//! `/v1/objects`: an object store in memory.

use std::{
    collections::BTreeMap,
    ops::RangeInclusive,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    body::{to_bytes, Body, Bytes},
    extract::{Path, Query, State},
    http::{
        header::{
            ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MATCH,
            IF_NONE_MATCH, IF_RANGE, RANGE, RETRY_AFTER,
        },
        HeaderMap, HeaderName, HeaderValue, StatusCode,
    },
    response::{IntoResponse, Response},
    Json,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

const MAX_OBJECT_BYTES: usize = 1024 * 1024;
const MAX_KEY_BYTES: usize = 1024;
const MAX_LISTED: usize = 10_000;
const MAX_UPLOADS: usize = 4;

#[derive(Clone)]
struct Object {
    content: Bytes,
    content_type: HeaderValue,
    etag: String,
}

pub struct Store {
    objects: Mutex<BTreeMap<String, Object>>,
    uploads: Semaphore,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            objects: Mutex::default(),
            uploads: Semaphore::new(MAX_UPLOADS),
        }
    }
}

impl Store {
    fn objects(&self) -> MutexGuard<'_, BTreeMap<String, Object>> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Serialize)]
pub struct ObjectInfo {
    key: String,
    size: usize,
    etag: String,
}

#[derive(Serialize)]
pub struct Listing {
    objects: Vec<ObjectInfo>,
    truncated: bool,
}

#[derive(Deserialize)]
pub struct ListParams {
    #[serde(default)]
    prefix: String,
}

#[derive(Debug)]
pub enum ApiError {
    BadKey(&'static str),
    NotFound,
    TooLarge,
    Busy,
    PreconditionFailed,
    RangeNotSatisfiable { size: usize },
    Aborted,
}

#[derive(Serialize)]
struct ErrorBody {
    error: &'static str,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            ApiError::BadKey(reason) => (StatusCode::BAD_REQUEST, reason),
            ApiError::NotFound => (StatusCode::NOT_FOUND, "object not found"),
            ApiError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "object too large"),
            ApiError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "too many uploads"),
            ApiError::PreconditionFailed => {
                (StatusCode::PRECONDITION_FAILED, "precondition failed")
            }
            ApiError::RangeNotSatisfiable { .. } => {
                (StatusCode::RANGE_NOT_SATISFIABLE, "range not satisfiable")
            }
            ApiError::Aborted => (StatusCode::BAD_REQUEST, "upload aborted"),
        };
        let mut response = (status, Json(ErrorBody { error })).into_response();
        match self {
            ApiError::Busy => {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from_static("5"));
            }
            ApiError::RangeNotSatisfiable { size } => {
                if let Ok(value) = HeaderValue::try_from(format!("bytes */{size}")) {
                    response.headers_mut().insert(CONTENT_RANGE, value);
                }
            }
            _ => {}
        }
        response
    }
}

pub async fn empty_key() -> ApiError {
    ApiError::BadKey("key must not be empty")
}

pub async fn put_object(
    State(store): State<Arc<Store>>,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    check_key(&key)?;
    if content_length(&headers) > MAX_OBJECT_BYTES as u64 {
        return Err(ApiError::TooLarge);
    }
    let _permit = store.uploads.try_acquire().map_err(|_| ApiError::Busy)?;
    let content = read_body(body).await?;
    let object = Object {
        etag: etag_of(&content),
        content_type: headers
            .get(CONTENT_TYPE)
            .cloned()
            .unwrap_or(HeaderValue::from_static("application/octet-stream")),
        content,
    };
    let info = info(&key, &object);
    let etag = format!("\"{}\"", object.etag);
    let status = match store.objects().insert(key, object) {
        None => StatusCode::CREATED,
        Some(_) => StatusCode::OK,
    };
    Ok((status, [(ETAG, etag)], Json(info)).into_response())
}

pub async fn get_object(
    State(store): State<Arc<Store>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    check_key(&key)?;
    let object = store
        .objects()
        .get(&key)
        .cloned()
        .ok_or(ApiError::NotFound)?;
    let etag = format!("\"{}\"", object.etag);
    if let Some(wanted) = header(&headers, IF_MATCH) {
        if !matches_etag(wanted, &etag) {
            return Err(ApiError::PreconditionFailed);
        }
    }
    if let Some(known) = header(&headers, IF_NONE_MATCH) {
        if matches_etag(known, &etag) {
            return Ok((StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response());
        }
    }
    let fresh = header(&headers, IF_RANGE).is_none_or(|tag| tag == etag);
    let asked = header(&headers, RANGE).filter(|_| fresh);
    send(object, etag, asked)
}

pub async fn delete_object(
    State(store): State<Arc<Store>>,
    Path(key): Path<String>,
) -> Result<StatusCode, ApiError> {
    check_key(&key)?;
    match store.objects().remove(&key) {
        Some(_) => Ok(StatusCode::NO_CONTENT),
        None => Err(ApiError::NotFound),
    }
}

pub async fn list_objects(
    State(store): State<Arc<Store>>,
    Query(params): Query<ListParams>,
) -> Json<Listing> {
    let objects = store.objects();
    let mut matching = objects
        .range(params.prefix.clone()..)
        .take_while(|(key, _)| key.starts_with(&params.prefix));
    let listed = matching
        .by_ref()
        .take(MAX_LISTED)
        .map(|(key, object)| info(key, object))
        .collect();
    Json(Listing {
        objects: listed,
        truncated: matching.next().is_some(),
    })
}

fn check_key(key: &str) -> Result<(), ApiError> {
    if key.is_empty() {
        return Err(ApiError::BadKey("key must not be empty"));
    }
    if key.len() > MAX_KEY_BYTES {
        return Err(ApiError::BadKey("key is longer than 1024 bytes"));
    }
    if key.starts_with('/') {
        return Err(ApiError::BadKey("key must not begin with a slash"));
    }
    if key.contains(['\0', '\r', '\n', '\t']) {
        return Err(ApiError::BadKey("key holds a control character"));
    }
    if key.split('/').any(|part| part == "..") {
        return Err(ApiError::BadKey("key must not hold a .. component"));
    }
    Ok(())
}

async fn read_body(body: Body) -> Result<Bytes, ApiError> {
    to_bytes(body, MAX_OBJECT_BYTES).await.map_err(|error| {
        // The limit's own error type is not public, its text is.
        if error.to_string().contains("length limit") {
            ApiError::TooLarge
        } else {
            ApiError::Aborted
        }
    })
}

fn send(object: Object, etag: String, asked: Option<&str>) -> Result<Response, ApiError> {
    let size = object.content.len();
    let whole = [
        (CONTENT_TYPE, object.content_type),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
    ];
    match asked.map_or(Ok(None), |range| parse_range(range, size))? {
        None => Ok((whole, [(ETAG, etag)], object.content).into_response()),
        Some(part) => {
            let bounds = format!("bytes {}-{}/{size}", part.start(), part.end());
            Ok((
                StatusCode::PARTIAL_CONTENT,
                whole,
                [(ETAG, etag), (CONTENT_RANGE, bounds)],
                object.content.slice(part),
            )
                .into_response())
        }
    }
}

/// One byte range. A header that is not understood is ignored (RFC 9110, 14.2), several ranges are not served.
fn parse_range(header: &str, size: usize) -> Result<Option<RangeInclusive<usize>>, ApiError> {
    let Some((first, last)) = header
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Ok(None);
    };
    let unsatisfiable = Err(ApiError::RangeNotSatisfiable { size });
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first > last => Ok(None),
        (Ok(first), _) if first >= size && (last.is_empty() || last.parse::<usize>().is_ok()) => {
            unsatisfiable
        }
        (Ok(first), Ok(last)) => Ok(Some(first..=last.min(size - 1))),
        (Ok(first), Err(_)) if last.is_empty() => Ok(Some(first..=size - 1)),
        (Err(_), Ok(count)) if first.is_empty() => {
            if count == 0 || size == 0 {
                return unsatisfiable;
            }
            Ok(Some(size.saturating_sub(count)..=size - 1))
        }
        _ => Ok(None),
    }
}

fn matches_etag(header: &str, etag: &str) -> bool {
    header
        .split(',')
        .map(|tag| tag.trim())
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

fn info(key: &str, object: &Object) -> ObjectInfo {
    ObjectInfo {
        key: key.to_owned(),
        size: object.content.len(),
        etag: object.etag.clone(),
    }
}

fn etag_of(content: &[u8]) -> String {
    Sha256::digest(content)[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn content_length(headers: &HeaderMap) -> u64 {
    header(headers, CONTENT_LENGTH)
        .and_then(|value| value.parse().ok())
        .unwrap_or(0)
}
