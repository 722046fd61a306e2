//! An error that a client makes of a response lacks what its service did not send, and invents nothing in its place.

use super::server::{Server, response};
use crate::errors::CanaryError;
use crate::frameworks::log;
use crate::onboarding::Error;
use axum::body::Body;
use lift_errors::client::{LiftErrorExt as _, ReceivedError};
use lift_errors::{Audience, ErrorLayer, ErrorResponse, Format, LiftError as _};
use std::convert::Infallible;
use tower::{Layer as _, ServiceExt as _, service_fn};

/// An error as its service sends it, and as a client reads it.
fn received(name: &str) -> Error {
    let error = CanaryError::named(name).unwrap();
    let mut body = Vec::new();
    error.problem().write(Format::ProblemDetails, &mut body);
    let status = error.problem().status().unwrap();
    let server = Server::start([response(status, &[("Content-Type", "application/problem+json")], body)]);
    let received: ReceivedError<Error> = super::on_a_virtual_clock(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(&server.url).send().lift_error().await.unwrap_err()
    });
    received.forward().unwrap()
}

#[test]
fn what_clients_never_see_is_absent() {
    let (site, import) = (received("operator"), received("secret"));
    assert!(matches!(&site, Error::OnbSiteUnknown { site, host: None, .. } if site == "Lyon"), "{site:?}");
    assert!(matches!(&import, Error::OnbImportInvalid { line: Some(3), api_key: None, .. }), "{import:?}");
    assert_eq!(site.problem().operator_parameters().count(), 0);

    // A text for operators that names the parameter has a neutral mark.
    let shown = site.problem().with_audience(Audience::Operator).display(Format::Markdown).to_string();
    assert!(shown.contains("Look for the site on unknown ("), "{shown}");
}

#[test]
fn neither_the_log_nor_the_response_of_the_next_service_has_an_invented_value() {
    log::begin();
    for (name, params) in [("operator", r#""params":{"site":"Lyon"}"#), ("secret", r#""params":{"line":3}"#)] {
        let id = format!("rebuilt-{name}");
        let mut error = Some(received(name));
        let service = ErrorLayer::default().layer(service_fn(move |_: http::Request<Body>| {
            let response = ErrorResponse::new(error.take().unwrap()).into_http::<Body>();
            async { Ok::<_, Infallible>(response) }
        }));
        let request = http::Request::get("/sites/Lyon").header("accept", "application/problem+json");
        let request = request.header("x-request-id", &id).body(Body::empty()).unwrap();
        let body = super::on_a_virtual_clock(async {
            let response = service.oneshot(request).await.unwrap();
            http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes()
        });
        assert!(String::from_utf8_lossy(&body).contains(params), "{body:?}");
        let events = log::of_request(&id);
        assert_eq!((events.len(), events[0].get("parameters")), (1, None), "{events:?}");
    }
}
