//! `POST /v1/validate`: says whether an artifact may be used, or why not.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
    Json,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

type Artifact = Map<String, Value>;

#[derive(Deserialize)]
pub struct Submission {
    kind: String,
    artifact: Artifact,
    context: Option<Context>,
}

#[derive(Deserialize, Default)]
struct Context {
    environment: Option<String>,
}

#[derive(Serialize)]
pub struct Accepted {
    accepted: bool,
    kind: String,
    name: String,
    items: usize,
    environment: String,
}

#[derive(Serialize)]
pub enum ValidationError {
    Schema { field: String, reason: String },
    Completeness { reason: String },
    Consistency { reason: String },
    Policy { reason: String },
}

impl IntoResponse for ValidationError {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, Json(self)).into_response()
    }
}

pub async fn validate(
    Json(submission): Json<Submission>,
) -> Result<Json<Accepted>, ValidationError> {
    let Submission {
        kind,
        artifact,
        context,
    } = submission;
    let environment = context
        .unwrap_or_default()
        .environment
        .unwrap_or_else(|| "default".to_owned());
    let (name, items) = match kind.as_str() {
        "playbook" => playbook(&artifact, &environment)?,
        "fill" => fill(&artifact)?,
        "email" => email(&artifact, &environment)?,
        _ => return Err(schema("kind", "must be playbook, fill or email")),
    };
    Ok(Json(Accepted {
        accepted: true,
        kind,
        name,
        items,
        environment,
    }))
}

fn playbook(artifact: &Artifact, environment: &str) -> Result<(String, usize), ValidationError> {
    let fingerprint = text(artifact, "fingerprint")?;
    let operation = text(artifact, "operation")?;
    let steps = items(artifact, "steps")?;
    counted(artifact, "step_count", steps.len())?;
    if operation == "purge" && environment == "production" {
        return Err(policy("operation purge is not allowed in production"));
    }
    Ok((fingerprint.to_owned(), steps.len()))
}

fn fill(artifact: &Artifact) -> Result<(String, usize), ValidationError> {
    let form = text(artifact, "form")?;
    let fields = items(artifact, "fields")?;
    counted(artifact, "field_count", fields.len())?;
    if fields.iter().any(|field| field == "password") {
        return Err(policy("field password must not be filled"));
    }
    Ok((form.to_owned(), fields.len()))
}

fn email(artifact: &Artifact, environment: &str) -> Result<(String, usize), ValidationError> {
    let subject = text(artifact, "subject")?;
    let recipients = items(artifact, "recipients")?;
    counted(artifact, "recipient_count", recipients.len())?;
    if environment == "test" && recipients.len() > 1 {
        return Err(policy("only one recipient is allowed in test"));
    }
    Ok((subject.to_owned(), recipients.len()))
}

fn text<'a>(artifact: &'a Artifact, field: &str) -> Result<&'a str, ValidationError> {
    match artifact.get(field).and_then(Value::as_str) {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(schema(field, "must be a non-empty string")),
    }
}

fn items<'a>(artifact: &'a Artifact, field: &str) -> Result<&'a [Value], ValidationError> {
    match artifact.get(field).and_then(Value::as_array) {
        Some(items) if !items.is_empty() => Ok(items),
        Some(_) => Err(ValidationError::Completeness {
            reason: format!("{field} must not be empty"),
        }),
        None => Err(schema(field, "must be a list")),
    }
}

fn counted(artifact: &Artifact, field: &str, found: usize) -> Result<(), ValidationError> {
    let Some(value) = artifact.get(field) else {
        return Ok(());
    };
    let Some(declared) = value.as_u64() else {
        return Err(schema(field, "must be a whole number"));
    };
    if declared != found as u64 {
        return Err(ValidationError::Consistency {
            reason: format!("{field} is {declared} but there are {found}"),
        });
    }
    Ok(())
}

fn schema(field: &str, reason: &str) -> ValidationError {
    ValidationError::Schema {
        field: field.to_owned(),
        reason: reason.to_owned(),
    }
}

fn policy(reason: &str) -> ValidationError {
    ValidationError::Policy {
        reason: reason.to_owned(),
    }
}
