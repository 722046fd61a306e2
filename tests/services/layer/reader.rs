//! Whom the layer writes for: the language and the audience of a request.

use super::{answering, call, errors, request, response};
use crate::onboarding;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::routing::get;
use lift_errors::{Audience, ErrorResponse, Locale, lift};
use std::time::Duration;
use tower::Layer as _;

#[test]
fn what_others_know_of_the_reader_is_taken_over() {
    let mut asking = request(&[("accept-language", "fr"), ("accept", "text/plain")]);
    asking.extensions_mut().insert("de".parse::<Locale>().unwrap());
    asking.extensions_mut().insert(Audience::Api);
    let failing = || ErrorResponse::new(lift::Error::unauthorized()).into_http::<Body>();
    let (_, headers, body) = call(errors().layer(answering(failing)), asking);
    let body = String::from_utf8(body).unwrap();
    assert_eq!(headers[header::CONTENT_LANGUAGE], "de");
    let problem = lift::Error::unauthorized();
    let shown = |audience| {
        use lift_errors::{Format, LiftError as _};
        let problem = problem.problem().with_locale("de".parse().unwrap());
        let id = headers["x-request-id"].to_str().unwrap();
        let problem = problem.with_request_id(lift_errors::RequestId::new(id).unwrap()).with_audience(audience);
        problem.display(Format::PlainText).to_string()
    };
    assert_eq!(body, shown(Audience::Api));
    assert_ne!(body, shown(Audience::Browser));

    // A handler found out who reads: that is known better.
    let failing = || {
        let mut response = ErrorResponse::new(lift::Error::unauthorized()).into_http::<Body>();
        response.extensions_mut().insert("uk".parse::<Locale>().unwrap());
        response
    };
    let (_, headers, _) = call(errors().layer(answering(failing)), request(&[("accept-language", "fr")]));
    assert_eq!(headers[header::CONTENT_LANGUAGE], "uk");
}

#[test]
fn an_error_speaks_a_language_that_only_its_own_catalogue_has() {
    let failing = || {
        let error = onboarding::Error::onb_import_busy(2, 1_000, -5_000, Duration::from_secs(90));
        ErrorResponse::new(error).into_http::<Body>()
    };
    for (asked, chosen, title) in [
        ("pl-PL,pl;q=0.9,en;q=0.1", "pl", "Zbyt wiele importów"),
        ("fr-CA", "fr-CA", "Trop d’importations"),
        // Only the title is translated into Arabic.
        ("ar, fr;q=0.1", "fr", "Trop d’importations"),
        ("ar", "en", "Too many imports"),
    ] {
        for format in ["application/problem+json", "text/html", "text/plain"] {
            let asking = request(&[("accept-language", asked), ("accept", format)]);
            let (_, headers, body) = call(errors().layer(answering(failing)), asking);
            assert_eq!(headers[header::CONTENT_LANGUAGE], chosen, "{asked} {format}");
            let body = String::from_utf8(body).unwrap();
            assert!(body.contains(title), "{asked} {format}: {body}");
        }
    }
    // The canonical catalogue has no Polish.
    let (_, headers, _) =
        call(errors().layer(answering(|| response(404, &[], ""))), request(&[("accept-language", "pl, fr;q=0.5")]));
    assert_eq!(headers[header::CONTENT_LANGUAGE], "fr");
}

#[test]
fn a_middleware_within_the_router_knows_the_language() {
    use axum::extract::Request as AxumRequest;
    use axum::middleware::{Next, from_fn};
    use axum::response::IntoResponse as _;

    // Where a session is read: into the request, which a layer within sees, or into the response.
    async fn of_request(mut request: AxumRequest, next: Next) -> axum::response::Response {
        request.extensions_mut().insert("de".parse::<Locale>().unwrap());
        next.run(request).await
    }
    async fn of_response(request: AxumRequest, next: Next) -> axum::response::Response {
        let mut response = next.run(request).await;
        response.extensions_mut().insert("de".parse::<Locale>().unwrap());
        response
    }
    let failing = || async { ErrorResponse::new(lift::Error::unauthorized()).into_response() };
    let routes = || Router::new().route("/orders/{number}", get(failing));
    for app in [
        errors().wrap_router(routes().layer(errors()).layer(from_fn(of_request))),
        errors().wrap_router(routes().layer(from_fn(of_response))),
    ] {
        let asking = request(&[("accept-language", "fr"), ("accept", "text/plain")]);
        let (status, headers, body) = call(app, asking);
        assert_eq!((status.as_u16(), &headers[header::CONTENT_LANGUAGE]), (401, &HeaderValue::from_static("de")));
        let mut detail = String::new();
        use lift_errors::LiftError as _;
        lift::Error::unauthorized().problem().with_locale("de".parse().unwrap()).write_detail(&mut detail);
        assert!(String::from_utf8_lossy(&body).contains(&detail), "{}", String::from_utf8_lossy(&body));
    }
}
