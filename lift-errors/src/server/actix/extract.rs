//! actix-web's extractors with canonical errors: handlers for its own, and extractors that also name the field.

use crate::lift;
use crate::message::foreign::text_of;
use crate::server::error_response::ErrorResponse;
use crate::server::extract::violation::{of_text, pointer, rejected};
use crate::server::extract::wrapper::wrapper;
use crate::server::extract::{self, FORM, JSON, invalid, json_value, pairs, too_large, unreadable, wrong_media_type};
use actix_web::dev::Payload;
use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError, ResponseError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::web::{self, FormConfig, JsonConfig, PathConfig, QueryConfig, ServiceConfig};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::future::{Future, Ready, ready};
use core::pin::Pin;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// Makes the errors of actix-web's extractors canonical: `App::new().configure(canonical_extractors)`.
///
/// It sets the error handlers of `web::Json`, `web::Query`, `web::Path` and `web::Form`, for the app or for the scope. A
/// configuration of your own takes the handlers one by one: [`json_error`], [`query_error`], [`path_error`], [`form_error`].
///
/// ```
/// use actix_web::{App, web};
/// use lift_errors::actix_web::{ErrorMiddleware, canonical_extractors, json_error};
///
/// let large = web::JsonConfig::default().limit(8 << 20).error_handler(json_error);
/// let app = App::new()
///     .configure(canonical_extractors)
///     .service(web::resource("/imports").app_data(large))
///     .wrap(ErrorMiddleware::default());
/// # let _ = app;
/// ```
pub fn canonical_extractors(config: &mut ServiceConfig) {
    config
        .app_data(JsonConfig::default().error_handler(json_error))
        .app_data(QueryConfig::default().error_handler(query_error))
        .app_data(PathConfig::default().error_handler(path_error))
        .app_data(FormConfig::default().error_handler(form_error));
}

/// The canonical error of `web::Json`, for `JsonConfig::error_handler`.
///
/// actix-web does not tell which field has a value of the wrong type; the extractor [`Json`] does.
pub fn json_error(error: JsonPayloadError, _: &HttpRequest) -> Error {
    ErrorResponse::__of_framework(of_json(&error)).into()
}

/// actix's errors need not be `Send`, so the log gets their texts.
fn of_json(error: &JsonPayloadError) -> lift::Error {
    let source = text_of(error);
    match error {
        JsonPayloadError::OverflowKnownLength { limit, .. } | JsonPayloadError::Overflow { limit } => {
            too_large(u64::try_from(*limit).ok(), source)
        }
        JsonPayloadError::ContentType => wrong_media_type(JSON, source),
        JsonPayloadError::Deserialize(error) if error.is_data() => without_field(&text_of(error), source),
        JsonPayloadError::Deserialize(_) => extract::malformed_body(source),
        error => by_status(error.status_code(), source),
    }
}

/// The canonical error of `web::Query`, for `QueryConfig::error_handler`. The extractor [`Query`] also names the parameter.
pub fn query_error(error: QueryPayloadError, _: &HttpRequest) -> Error {
    ErrorResponse::__of_framework(without_field(&text(&error), text_of(error))).into()
}

/// The canonical error of `web::Path`, for `PathConfig::error_handler`: `validation_failed`, with the parameter.
pub fn path_error(error: PathError, request: &HttpRequest) -> Error {
    let text = text(&error);
    // `can not parse "x" to a u32`
    let parsed = text.strip_prefix("can not parse \"").and_then(|rest| rest.rsplit_once("\" to a "));
    let error = match parsed {
        Some((value, kind)) => {
            // Of two parameters with this value nobody says which one it was.
            let mut same = request.match_info().iter().filter(|(_, given)| *given == value);
            let found = same.next().filter(|_| same.next().is_none());
            let names = found.iter().map(|(name, _)| Cow::Borrowed(*name));
            invalid(pointer(names), of_text(value, kind), error)
        }
        None if text.starts_with("wrong number of parameters") => lift::Error::internal_server_error().caused_by(error),
        None => without_field(&text, text_of(error)),
    };
    ErrorResponse::__of_framework(error).into()
}

/// The canonical error of `web::Form`, for `FormConfig::error_handler`. The extractor [`Form`] also names the field.
pub fn form_error(error: UrlencodedError, _: &HttpRequest) -> Error {
    ErrorResponse::__of_framework(of_form(&error)).into()
}

fn of_form(error: &UrlencodedError) -> lift::Error {
    let source = text_of(error);
    match error {
        UrlencodedError::Overflow { limit, .. } => too_large(u64::try_from(*limit).ok(), source),
        UrlencodedError::ContentType => wrong_media_type(FORM, source),
        UrlencodedError::Parse(error) => without_field(&text_of(error), source),
        error => by_status(error.status_code(), source),
    }
}

/// The text of serde's error, which actix puts words around.
fn text(error: &(impl core::error::Error + 'static)) -> String {
    error.source().map_or_else(|| text_of(error), text_of)
}

fn canonical(error: lift::Error) -> Error {
    ErrorResponse::__of_framework(error).into()
}

/// A value of the wrong type at a place that is not known.
fn without_field(message: &str, source: String) -> lift::Error {
    lift::Error::validation_failed().with_cause(rejected(message).cause).caused_by(source)
}

/// The error of a payload that can't be read, by the status that actix gives it.
fn by_status(status: StatusCode, source: String) -> lift::Error {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(None, source),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => lift::Error::unsupported_media_type().caused_by(source),
        status if status.is_server_error() => lift::Error::internal_server_error().caused_by(source),
        _ => unreadable(source),
    }
}

wrapper! {
    /// `web::Json` with canonical errors that name the field, as an extractor and as a response.
    ///
    /// The limit and the content types are those of `web::JsonConfig`. Its `error_handler` answers wrong syntax, size and media type;
    /// a wrong value is always canonical.
    ///
    /// ```
    /// use lift_errors::actix_web::Json;
    ///
    /// async fn create(Json(lines): Json<Vec<u32>>) -> Json<usize> {
    ///     Json(lines.len())
    /// }
    /// # let _ = actix_web::App::new().route("/orders", actix_web::web::post().to(create));
    /// ```
    Json
}

/// A future that is boxed, since an extractor can't name that of another one.
type Extracted<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // actix reads the body within its limits and checks the syntax. The value is read from the text once more.
        let raw = web::Json::<Box<RawValue>>::from_request(request, payload);
        Box::pin(async {
            // The error of an error handler stays.
            let raw = raw.await.map_err(|error| match error.as_error::<JsonPayloadError>() {
                Some(error) => ErrorResponse::__of_framework(of_json(error)).into(),
                None => error,
            })?;
            json_value(&raw).map(Self).map_err(canonical)
        })
    }
}

impl<T: Serialize> actix_web::Responder for Json<T> {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match serde_json::to_string(&self.0) {
            Ok(body) => HttpResponse::Ok().content_type(JSON).body(body),
            Err(error) => ErrorResponse::caught(error).error_response(),
        }
    }
}

wrapper! {
    /// `web::Query` with canonical errors that name the parameter: `validation_failed` (400). It does not ask `web::QueryConfig`.
    ///
    /// ```
    /// use lift_errors::actix_web::Query;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Filter {
    ///     page: Option<u32>,
    /// }
    ///
    /// async fn orders(Query(filter): Query<Filter>) -> String {
    ///     format!("page {}", filter.page.unwrap_or(1))
    /// }
    /// # let _ = actix_web::App::new().route("/orders", actix_web::web::get().to(orders));
    /// ```
    Query
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(pairs::read(request.query_string().as_bytes()).map(Self).map_err(canonical))
    }
}

wrapper! {
    /// `web::Form` with canonical errors that name the field, as an extractor and as a response: `validation_failed` (400).
    ///
    /// The limit is that of `web::FormConfig`. Its `error_handler` answers wrong syntax, size and media type; a wrong value is always
    /// canonical.
    ///
    /// ```
    /// use lift_errors::actix_web::Form;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Login {
    ///     name: String,
    /// }
    ///
    /// async fn log_in(Form(login): Form<Login>) -> String {
    ///     login.name
    /// }
    /// # let _ = actix_web::App::new().route("/login", actix_web::web::post().to(log_in));
    /// ```
    Form
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // actix reads the body within its limits and decodes it; every form is a list of texts.
        let texts = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        Box::pin(async {
            let texts = texts.await.map_err(|error| match error.as_error::<UrlencodedError>() {
                Some(error) => ErrorResponse::__of_framework(of_form(error)).into(),
                None => error,
            })?;
            let encoded = serde_urlencoded::to_string(&*texts).map_err(ErrorResponse::caught)?;
            pairs::read(encoded.as_bytes()).map(Self).map_err(canonical)
        })
    }
}

impl<T: Serialize> actix_web::Responder for Form<T> {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match serde_urlencoded::to_string(&self.0) {
            Ok(body) => HttpResponse::Ok().content_type(FORM).body(body),
            Err(error) => ErrorResponse::caught(error).error_response(),
        }
    }
}
