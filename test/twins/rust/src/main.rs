//! The gateway: validates artifacts and keeps objects in memory.

mod objects;
mod validate;

use std::{error::Error, sync::Arc};

use axum::{
    routing::{get, post},
    Json, Router,
};
use serde::Serialize;
use tokio::net::TcpListener;

const DEFAULT_PORT: u16 = 3100;

#[derive(Serialize)]
struct Health {
    status: &'static str,
    service: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health {
        status: "ok",
        service: "gateway",
    })
}

fn app() -> Router {
    let object = get(objects::get_object)
        .put(objects::put_object)
        .delete(objects::delete_object);
    // `{*key}` does not match an empty key, so that one has a route of its own.
    let no_key = get(objects::empty_key)
        .put(objects::empty_key)
        .delete(objects::empty_key);
    Router::new()
        .route("/health", get(health))
        .route("/v1/validate", post(validate::validate))
        .route("/v1/objects", get(objects::list_objects))
        .route("/v1/objects/", no_key)
        .route("/v1/objects/{*key}", object)
        .with_state(Arc::new(objects::Store::default()))
}

fn port(mut args: impl Iterator<Item = String>) -> Result<u16, Box<dyn Error>> {
    match (args.next().as_deref(), args.next()) {
        (None, _) => Ok(DEFAULT_PORT),
        (Some("--port"), Some(port)) => Ok(port.parse()?),
        _ => Err("usage: gateway [--port N]".into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = port(std::env::args().skip(1))?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, app()).await?;
    Ok(())
}
