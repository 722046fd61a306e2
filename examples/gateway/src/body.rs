//! Extractors for request bodies, with a size limit, and the errors for a body that can't be read.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody, JsonRejection};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use lift_errors::{FieldError, FieldErrors, LiftError};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};
use std::error::Error;
use std::fmt::Write as _;

/// The maximum size of a body, in bytes.
pub(crate) const BODY_LIMIT: usize = 256 * 1024;

/// A JSON body.
pub(crate) struct JsonBody<T>(pub(crate) T);

/// A body with the content type of CSV.
pub(crate) struct CsvBody(pub(crate) Bytes);

/// The reasons why a body can't be read.
#[derive(Debug, LiftError)]
#[lift(from = JsonRejection, from_with = sort)]
#[lift(from = BytesRejection, from_with = sort_bytes)]
pub(crate) enum BodyError {
    #[lift(code = unsupported_media_type, cause = wrong_content_type)]
    OtherType { expected: &'static str },
    #[lift(code = payload_too_large)]
    TooLarge { limit_bytes: usize },
    #[lift(code = validation_failed, cause = unreadable_value)]
    Unreadable {
        #[lift(field_errors)]
        errors: FieldErrors,
        source: JsonRejection,
    },
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = BodyError;

    async fn from_request(request: Request, state: &S) -> Result<Self, BodyError> {
        let Json(value) = Json::from_request(request, state).await?;
        Ok(Self(value))
    }
}

impl<S: Send + Sync> FromRequest<S> for CsvBody {
    type Rejection = BodyError;

    async fn from_request(request: Request, state: &S) -> Result<Self, BodyError> {
        if !is_csv(request.headers()) {
            return Err(BodyError::OtherType { expected: "text/csv" });
        }
        Ok(Self(Bytes::from_request(request, state).await?))
    }
}

fn is_csv(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("text/csv")
}

fn sort_bytes(rejection: BytesRejection) -> BodyError {
    sort(rejection.into())
}

/// Converts axum's rejection. Its text quotes the body, so it is only a source for the log.
fn sort(rejection: JsonRejection) -> BodyError {
    let error = match &rejection {
        JsonRejection::MissingJsonContentType(_) => return BodyError::OtherType { expected: "application/json" },
        JsonRejection::BytesRejection(BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_))) => {
            return BodyError::TooLarge { limit_bytes: BODY_LIMIT };
        }
        JsonRejection::BytesRejection(_) => {
            FieldError::new("", ("incomplete", "The request body did not arrive whole."))
        }
        JsonRejection::JsonSyntaxError(_) => FieldError::new("", ("not_json", "The request body is not valid JSON.")),
        other => {
            FieldError::new(place(other), ("unreadable", "The value is missing or has another type than expected."))
        }
    };
    BodyError::Unreadable { errors: FieldErrors::from_iter([error]), source: rejection }
}

/// The JSON pointer to the wrong value, which axum gets from `serde_path_to_error`.
fn place(rejection: &JsonRejection) -> String {
    let chain = std::iter::successors(Some(rejection as &dyn Error), |&error| error.source());
    let mut found = chain.filter_map(|error| error.downcast_ref::<serde_path_to_error::Error<serde_json::Error>>());
    found.next().map(|error| pointer(error.path())).unwrap_or_default()
}

fn pointer(path: &Path) -> String {
    path.iter().fold(String::new(), |mut pointer, segment| {
        let _ = match segment {
            Segment::Seq { index } => write!(pointer, "/{index}"),
            Segment::Map { key } => write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1")),
            _ => Ok(()),
        };
        pointer
    })
}
