//! What a service answers fits its description, also where the layer or an extractor answers in place of the endpoint.

use super::{assert_valid, validator_of};
use axum::Router;
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::{get, post};
use http_body_util::BodyExt as _;
use lift_errors::openapi::{self, Components};
use lift_errors::{ErrorLayer, Format, lift};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tower::ServiceExt as _;

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is read, and not used")]
struct Order {
    lines: Vec<Line>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is read, and not used")]
struct Line {
    quantity: u32,
}

/// The description of an endpoint with errors of its own for 400 and 500, and of all that the service adds.
fn document() -> Value {
    let mut responses = openapi::responses(&[lift::import_failed::ENTRY, crate::depot::internal_server_error::ENTRY]);
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["400", "500"]);
    responses.insert("default".into(), json!({ "$ref": "#/components/responses/ServiceError" }));
    let components = Components::new(&lift::CATALOG).with_service_errors().to_json();
    json!({ "responses": responses, "components": components })
}

async fn panics() {
    panic!("canary-panic")
}

/// The answer of a service with the layer.
fn answer(request: Request<Body>) -> (StatusCode, HeaderMap, Value) {
    let app = Router::new()
        .route("/lift", post(|_: lift_errors::axum::Json<Order>| async {}))
        .route("/axum", post(|_: axum::Json<Order>| async {}))
        .route("/panic", get(panics))
        .route("/busy", get(|| async { StatusCode::SERVICE_UNAVAILABLE }))
        .route("/teapot", get(|| async { StatusCode::IM_A_TEAPOT }));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (head, body) = ErrorLayer::default().wrap_router(app).oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (head.status, head.headers, serde_json::from_slice(&body).unwrap())
    })
}

/// Holds a response against the description of its status, else of `default`.
fn assert_described(document: &Value, status: StatusCode, headers: &HeaderMap, body: &Value) {
    let resolved = |part: &Value| match part["$ref"].as_str() {
        Some(place) => document.pointer(place.trim_start_matches('#')).unwrap().clone(),
        None => part.clone(),
    };
    let responses = &document["responses"];
    let response = resolved(responses.get(status.as_str()).unwrap_or(&responses["default"]));
    for (name, header) in response["headers"].as_object().unwrap() {
        let header = resolved(header);
        match headers.get(name.as_str()) {
            None => assert_ne!(header["required"], true, "{status} lacks {name}"),
            Some(value) => {
                let value = value.to_str().unwrap();
                let is_number = header["schema"]["type"] == "integer";
                let value = if is_number { value.parse::<u64>().unwrap().into() } else { value.into() };
                assert_valid(&validator_of(&header["schema"]), &value, name);
            }
        }
    }
    let media_type = headers["content-type"].to_str().unwrap();
    let mut schema = response["content"][media_type]["schema"].clone();
    schema["components"] = document["components"].clone();
    assert_valid(&validator_of(&schema), body, status.as_str());
}

#[test]
fn what_no_endpoint_names_fits_the_description() {
    let document = document();
    for format in [Format::ProblemDetails, Format::Envelope] {
        let asking = |request: Builder| request.header("accept", format.media_type());
        let sending = |path: &str| asking(Request::post(path)).header("content-type", "application/json");
        let wrong = || Body::from(r#"{"lines":[{"quantity":"x"}]}"#);
        for (request, status, id) in [
            (sending("/lift").body(wrong()), 400, Some("LIFT-1004")),
            (sending("/lift").body(Body::from("{")), 400, Some("LIFT-0400")),
            (sending("/axum").body(wrong()), 422, Some("LIFT-0422")),
            (asking(Request::get("/panic")).body(Body::empty()), 500, Some("LIFT-0500")),
            (asking(Request::get("/lift")).body(Body::empty()), 405, Some("LIFT-0405")),
            (asking(Request::get("/busy")).body(Body::empty()), 503, Some("LIFT-0503")),
            (asking(Request::get("/teapot")).body(Body::empty()), 418, None),
        ] {
            let (found, headers, body) = answer(request.unwrap());
            assert_eq!((found.as_u16(), headers.get("lift-error").map(|id| id.to_str().unwrap())), (status, id));
            assert_described(&document, found, &headers, &body);
        }
    }
}

/// The schemas of a status without an entry have all of its members, and an example that fits.
#[test]
fn a_status_without_an_entry_is_described() {
    let mut document = document();
    for schema in document["components"]["schemas"].as_object_mut().unwrap().values_mut() {
        schema["additionalProperties"] = false.into();
    }
    let content = document["components"]["responses"]["ServiceError"]["content"].clone();
    for (media_type, name) in
        [("application/problem+json", "LiftStatusProblem"), ("application/json", "LiftStatusEnvelope")]
    {
        let example = &content[media_type]["examples"]["about_blank"]["value"];
        let mut schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        assert_eq!(content[media_type]["schema"]["anyOf"][1], schema);
        schema["components"] = document["components"].clone();
        let members = |object: &Value| object.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(members(&document["components"]["schemas"][name]["properties"]), members(example), "{name}");
        assert_valid(&validator_of(&schema), example, name);
    }
}
