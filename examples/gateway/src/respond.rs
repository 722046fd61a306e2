//! The outer layers: an id and a span for each request, canonical errors in the gateway's brand, and CORS for the web front end.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use lift_errors::{Brand, EXPOSED_HEADERS, ErrorLayer, ErrorResponder, RequestId};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer, ExposeHeaders};
use tracing::Instrument as _;
use uuid::Uuid;

/// The brand of the error pages.
const BRAND: Brand<'static> = Brand::new("OpenBoxes Lift")
    .with_hue(170)
    .with_support("support@openboxes.cloud")
    .with_status_page("https://status.openboxes.cloud");

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layer that makes errors canonical.
pub(crate) fn errors() -> ErrorLayer {
    ErrorLayer::new(ErrorResponder::new().with_brand(BRAND))
}

/// The layer that lets pages of `origin`, the web front end, call the gateway. It goes around the error layer.
pub(crate) fn cross_origin(origin: HeaderValue) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::list([origin]))
        .allow_credentials(true)
        .allow_methods(tower_http::cors::AllowMethods::mirror_request())
        .allow_headers([header::ACCEPT_LANGUAGE, header::AUTHORIZATION, header::CONTENT_TYPE, X_REQUEST_ID])
        .expose_headers(ExposeHeaders::list(EXPOSED_HEADERS.iter().map(|name| HeaderName::from_static(name))))
        .max_age(Duration::from_secs(3_600))
}

/// Gives each request an id, the caller's if it is valid, and a span for the log.
pub(crate) async fn identify(mut request: Request, next: Next) -> Response {
    let given = request.headers().get(X_REQUEST_ID).and_then(|id| id.to_str().ok()).and_then(RequestId::new);
    let id = given.map_or_else(|| Uuid::new_v4().to_string(), |id| id.to_string());
    let span = tracing::info_span!("request", method = %request.method(), path = request.uri().path(), request_id = id);
    // All characters of an id are allowed in a header.
    let header = HeaderValue::from_str(&id).ok();
    if let Some(id) = &header {
        request.headers_mut().insert(X_REQUEST_ID, id.clone());
    }

    let mut response = async {
        let response = next.run(request).await;
        if !response.status().is_client_error() && !response.status().is_server_error() {
            tracing::info!(status = response.status().as_u16(), "answered");
        }
        response
    }
    .instrument(span)
    .await;
    if let Some(id) = header {
        response.headers_mut().insert(X_REQUEST_ID, id);
    }
    response
}
