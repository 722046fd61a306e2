//! Canonical errors as responses: the one room that knows both axum and the catalogue. A handler returns
//! its own error; this layer, around all others, writes it in the format that the caller asked for,
//! with its headers and the request's id, and logs it. What axum refuses by itself comes out the same.

use crate::app::Shared;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, response::Parts};
use axum::middleware::Next;
use axum::response::{Extension, IntoResponse, Response};
use lift_errors::{BlankProblem, Brand, Format, LiftError, Locale, Page, Problem, RequestId, Severity, lift};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::time::timeout;
use tracing::{Instrument as _, field};
use uuid::Uuid;

/// How the error pages look.
const BRAND: Brand<'static> = Brand::new("OpenBoxes Lift")
    .with_hue(170)
    .with_support("support@openboxes.cloud")
    .with_status_page("https://status.openboxes.cloud");

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// An error on its way from a handler to [`canonical`].
#[derive(Clone)]
struct Failure(Arc<dyn LiftError>);

/// A response that [`canonical`] will write.
pub(crate) fn failure(error: impl LiftError + 'static) -> Response {
    (status_of(&error), Extension(Failure(Arc::new(error)))).into_response()
}

/// Lets handlers return an error type: `respond::with!(OrderError)`.
macro_rules! with {
    ($error:ty) => {
        impl axum::response::IntoResponse for $error {
            fn into_response(self) -> axum::response::Response {
                $crate::respond::failure(self)
            }
        }
    };
}
pub(crate) use with;

/// The outermost layer: gives each request an id and a deadline, and each failed one its canonical answer.
pub(crate) async fn canonical(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let (form, id) = (Form::of(request.headers()), request_id(request.headers()));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", %method, path = path.as_str(), request_id = id);

    let answer = async {
        // Every wait in a handler has its own limit: what is left is a body that never arrives.
        let answer = timeout(app.config.request_timeout, next.run(request)).await;
        let answer = answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response());
        match answer.status() {
            status if status.is_client_error() || status.is_server_error() => render(answer, &method, &path, form, &id),
            status => {
                tracing::info!(status = status.as_u16(), "answered");
                answer
            }
        }
    };
    let mut answer = answer.instrument(span).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(X_REQUEST_ID, id);
    }
    answer
}

/// The caller's id of the request where it is one, otherwise a new one.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(X_REQUEST_ID).and_then(|id| id.to_str().ok()).and_then(RequestId::new);
    given.map_or_else(|| Uuid::new_v4().to_string(), |id| id.to_string())
}

/// What the caller asked for.
#[derive(Clone, Copy)]
struct Form {
    format: Format,
    locale: Locale,
}

impl Form {
    fn of(headers: &HeaderMap) -> Self {
        let values = |name| headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        Self {
            format: Format::negotiate(values(header::ACCEPT)),
            locale: Locale::negotiate(values(header::ACCEPT_LANGUAGE), &[&lift::CATALOG]),
        }
    }
}

/// The response in its canonical form. Headers that other layers set stay.
fn render(response: Response, method: &Method, path: &str, form: Form, id: &str) -> Response {
    let Form { format, locale } = form;
    let (mut parts, _) = response.into_parts();
    let failure = parts.extensions.remove::<Failure>().or_else(|| explained(&parts, method));
    let id = RequestId::new(id);
    let mut body = Vec::new();
    parts.headers.remove(header::CONTENT_LENGTH);
    let set = |name: &str, value: &str| set(&mut parts.headers, name, value);
    if let Some(Failure(error)) = failure {
        let problem = Problem::new(&*error).with_request_id(id).with_locale(locale);
        problem.headers(format, set);
        match format {
            Format::Html => {
                let now = httpdate::fmt_http_date(SystemTime::now());
                Page::new(problem, &BRAND).with_address(path).with_time(&now).write(&mut body);
            }
            _ => problem.write(format, &mut body),
        }
        parts.status = status_of(&*error);
        log(&problem);
    } else if let Some(problem) = BlankProblem::new(parts.status.as_u16()) {
        let problem = problem.with_request_id(id);
        problem.headers(format, set);
        problem.write(format, &mut body);
        tracing::warn!(status = problem.status(), "{}", problem.phrase());
    }
    Response::from_parts(parts, Body::from(body))
}

/// The canonical error of a status that axum, not a handler, answered with.
fn explained(parts: &Parts, method: &Method) -> Option<Failure> {
    let allow = || parts.headers.get(header::ALLOW).and_then(|allow| allow.to_str().ok()).unwrap_or_default();
    let error = match parts.status {
        StatusCode::BAD_REQUEST => lift::Error::validation_failed(),
        StatusCode::NOT_FOUND => lift::Error::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => {
            // A caller may invent a method, of any length.
            let method: String = method.as_str().chars().take(20).collect();
            lift::Error::method_not_allowed(allow().replace(',', ", ")).with_method(method)
        }
        StatusCode::PAYLOAD_TOO_LARGE => lift::Error::payload_too_large(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => lift::Error::unsupported_media_type(),
        StatusCode::UNPROCESSABLE_ENTITY => lift::Error::unprocessable_content(),
        StatusCode::INTERNAL_SERVER_ERROR => lift::Error::internal_server_error(),
        _ => return None,
    };
    Some(Failure(Arc::new(error)))
}

fn status_of(error: &dyn LiftError) -> StatusCode {
    let status = error.entry().status().and_then(|status| StatusCode::from_u16(status).ok());
    status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) else { return };
    if name == header::VARY {
        headers.append(name, value);
    } else {
        headers.insert(name, value);
    }
}

/// Logs an error with what the response leaves out. The request's id is in the span.
fn log(problem: &Problem<'_>) {
    let entry = problem.entry();
    let parameters: Vec<_> =
        problem.operator_parameters().map(|(parameter, value)| (parameter.name(), value)).collect();
    macro_rules! at {
        ($level:ident) => {
            tracing::$level!(
                catalog = entry.catalog().name(),
                code = entry.code(),
                id = entry.id(),
                status = entry.status(),
                cause = problem.cause().map(|cause| cause.id()),
                parameters = (!parameters.is_empty()).then(|| field::debug(&parameters)),
                sources = problem.error().source().map(|_| field::display(problem.sources())),
                "{}",
                problem.error()
            )
        };
    }
    match entry.severity() {
        Severity::Info => at!(info),
        Severity::Warning => at!(warn),
        _ => at!(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vary_is_added_and_other_headers_are_set() {
        let mut headers = HeaderMap::new();
        for (name, value) in [("Vary", "Origin"), ("Vary", "Accept"), ("Allow", "GET"), ("Allow", "PUT")] {
            set(&mut headers, name, value);
        }
        assert_eq!(headers.get_all(header::VARY).iter().collect::<Vec<_>>(), ["Origin", "Accept"]);
        assert_eq!(headers.get_all(header::ALLOW).iter().collect::<Vec<_>>(), ["PUT"]);
    }
}
