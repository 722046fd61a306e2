//! A second product's catalogue, `depot`, which extends the neutral one: served whole, without a word of the first product.

use super::telemetry::Logged;
use super::{answering, call, request, response};
use crate::{depot, onboarding, tool};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use lift_errors::client::ReceivedError;
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse, LiftError as _, lift};
use tower::Layer as _;
use tracing_subscriber::layer::SubscriberExt as _;

const FORMATS: [&str; 5] = ["application/problem+json", "application/json", "text/html", "text/plain", "text/markdown"];

fn errors() -> ErrorLayer {
    ErrorLayer::new(ErrorResponder::new().with_base_catalog(&depot::CATALOG))
}

/// Looks at every byte of a response.
fn assert_neutral(headers: &HeaderMap, body: &[u8], at: &str) {
    let head = headers.iter().map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap_or_default()));
    let text =
        head.collect::<String>().replace("lift-error:", "").replace("lift-retry:", "") + &String::from_utf8_lossy(body);
    let text = text.to_ascii_lowercase();
    for word in ["openboxes", "lift", "warehouse", "shared tier"] {
        assert!(!text.contains(word), "{at}: {word}: {text}");
    }
}

#[test]
fn nothing_of_the_first_product_is_in_any_byte() {
    for status in 400..600 {
        for format in FORMATS {
            for language in ["en", "fr", "ar"] {
                let asking = request(&[("accept", format), ("accept-language", language)]);
                let (found, headers, body) = call(errors().layer(answering(move || response(status, &[], ""))), asking);
                let at = format!("{status} {format} {language}");
                assert_eq!(found.as_u16(), status, "{at}");
                assert_neutral(&headers, &body, &at);
                let id = headers.get("lift-error").map(|id| id.to_str().unwrap().to_owned());
                assert_eq!(id, depot::Code::from_status(status).map(|code| code.id().to_owned()), "{at}");
            }
        }
    }
}

/// A text in the place of a base's, which names no value.
#[test]
fn an_entry_with_a_replaced_detail_explains_its_status() {
    let text = "Depot is closed right now. Try again in a few minutes.";
    let asking = |accept| request(&[("accept", accept)]);
    for (header, contract) in [
        (None, serde_json::json!({ "kind": "idempotent" })),
        (Some("7"), serde_json::json!({ "kind": "idempotent", "after": 7 })),
    ] {
        let bare = move || response(503, &header.map(|wait| ("retry-after", wait)).into_iter().collect::<Vec<_>>(), "");
        let (_, headers, body) = call(errors().layer(answering(bare)), asking("application/problem+json"));
        let json = super::json(&body);
        assert_eq!((&json["detail"], &headers["lift-error"]), (&text.into(), &"DEPOT-0503".parse().unwrap()));
        assert_eq!(json["retry"], contract, "{header:?}");
    }
    // One that is raised has its delay in each format.
    let closed = || {
        let error = depot::Error::service_unavailable(std::time::Duration::from_secs(120));
        ErrorResponse::new(error).into_http::<Body>()
    };
    let (_, headers, body) = call(errors().layer(answering(closed)), asking("application/problem+json"));
    let json = super::json(&body);
    assert_eq!((&json["detail"], &headers["retry-after"]), (&text.into(), &"120".parse().unwrap()));
    assert_eq!(json["retry"], serde_json::json!({ "kind": "after", "after": 120 }));
    assert_eq!(json["params"], serde_json::json!({ "retry_after": 120 }));
    let (_, _, body) = call(errors().layer(answering(closed)), asking("application/json"));
    let json = super::json(&body);
    assert_eq!((&json["errorMessage"], &json["retryAfter"]), (&text.into(), &120.into()));
}

#[test]
fn what_a_library_says_of_fields_is_in_the_product_s_words() {
    use lift_errors::{FieldError, FieldErrors, Term};
    let label = || Term::from(lift::Term::Order);
    let fields = || {
        let replaced = FieldError::new("/count", lift::field_error::too_small(3)).with_label(label());
        let inherited = FieldError::new("/name", lift::field_error::required());
        FieldErrors::from_iter([replaced, inherited, FieldError::new("/own", ("odd", "As the library has it."))])
    };
    let library = move || {
        ErrorResponse::new(lift::validation_failed::new().with_field_errors(fields()).build()).into_http::<Body>()
    };
    for (language, label, too_small, required) in [
        ("en", "consignment", "Depot takes 3 or more.", "A value is required."),
        ("fr", "envoi", "Depot en prend au moins 3.", "Ce champ est obligatoire."),
    ] {
        let asking = request(&[("accept", "application/problem+json"), ("accept-language", language)]);
        let (_, _, body) = call(errors().layer(answering(library)), asking);
        let json = super::json(&body);
        assert_eq!(json["errors"][0]["label"], label);
        assert_eq!(json["errors"][0]["message"], too_small);
        assert_eq!(json["errors"][1]["message"], required);
        assert_eq!(json["errors"][2]["message"], "As the library has it.");
    }
    // What the service takes from another catalogue of its own stays as it is there, with its entry.
    let own = || {
        let fields = [lift::field_error::too_small(2), onboarding::field_error::too_small(2)];
        let labelled = FieldError::new("/order", ("odd", "As the service has it.")).with_label(label());
        let fields = fields.map(|violation| FieldError::new("/site", violation)).into_iter().chain([labelled]);
        let error = onboarding::onb_form_invalid::new().with_field_errors(FieldErrors::from_iter(fields)).build();
        ErrorResponse::new(error).into_http::<Body>()
    };
    let (_, headers, body) = call(errors().layer(answering(own)), request(&[("accept", "application/problem+json")]));
    let json = super::json(&body);
    assert_eq!(json["errors"][0]["message"], "Depot takes 2 or more.");
    assert_eq!(json["errors"][1]["message"], "A site has at least 2 doors.");
    assert_eq!(json["errors"][2]["label"], "consignment");
    assert_eq!((&json["catalog"], &headers["lift-error"]), (&"onboarding".into(), &"ONB-0106".parse().unwrap()));
    let library = || {
        let error = lift::not_found::new().with_resource_kind(lift::Term::Order).with_resource("PO-7").build();
        ErrorResponse::new(error).into_http::<Body>()
    };
    let (_, _, body) = call(errors().layer(answering(library)), request(&[]));
    assert!(String::from_utf8_lossy(&body).contains("consignment"), "{}", String::from_utf8_lossy(&body));
}

/// The catalogue has a public parameter in the place of one that only operators may see.
#[test]
fn a_value_for_operators_is_logged_and_not_shown() {
    crate::frameworks::log::begin();
    let errors = || ErrorLayer::new(ErrorResponder::new().with_base_catalog(&tool::CATALOG));
    let own = || ErrorResponse::new(lift::bad_gateway::new().with_upstream("canary").build());
    let received = || {
        let received = ReceivedError::<lift::Error>::from_response(response(502, &[], "").map(|_| ""));
        ErrorResponse::from(received.into_upstream().with_name("canary"))
    };
    for error in [own as fn() -> ErrorResponse, received] {
        for format in FORMATS {
            let logged = Logged::default();
            tracing::subscriber::with_default(tracing_subscriber::registry().with(logged.clone()), || {
                let service = errors().layer(answering(move || error().into_http::<Body>()));
                let (_, headers, body) = call(service, request(&[("accept", format)]));
                assert_eq!(&headers["lift-error"], "TOOL:relay:ErrFailed");
                let body = String::from_utf8_lossy(&body);
                assert!(body.contains("A relay failed.") && !body.contains("canary"), "{format}: {body}");
            });
            let fields = logged.0.0.lock().unwrap();
            let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
            let kept = "{canonical_code: bad_gateway, upstream: canary}";
            assert_eq!((field("fields"), field("message")), (Some(kept), Some("A relay failed.")));
        }
    }
    let calling = || {
        let mut calling = request(&[("content-type", "application/grpc")]);
        *calling.method_mut() = axum::http::Method::POST;
        calling
    };
    let (_, headers, _) = call(errors().layer(answering(move || own().into_http::<Body>())), calling());
    let status = tonic::Status::from_header_map(&headers).unwrap();
    let details = lift_errors::tonic::StatusDetails::new(&status);
    assert_eq!((details.id(), details.parameters().count()), (Some("TOOL:relay:ErrFailed"), 0));
    // It is a value of the catalogue's own errors.
    let relay = || ErrorResponse::new(tool::tool_relay_failed::new().with_upstream("relay-7").build()).into_http();
    let (_, _, body) = call(errors().layer(answering::<Body>(relay)), request(&[]));
    assert_eq!(super::json(&body)["errorMessage"], "The relay relay-7 failed.");
}

#[test]
fn an_entry_that_needs_values_is_not_the_title_of_its_status() {
    let own = ErrorLayer::new(ErrorResponder::new().with_base_catalog(&onboarding::CATALOG));
    assert_eq!(onboarding::CATALOG.default_entry(404), Some(onboarding::onb_depot_unknown::ENTRY));
    let (_, headers, body) = call(own.layer(answering(|| response(404, &[], ""))), request(&[]));
    assert_eq!((super::json(&body)["errorMessage"].as_str(), headers.get("lift-error")), (Some("Not Found"), None));
}

#[test]
fn panics_rejections_and_canonical_errors_are_the_product_s_own() {
    let panicking = errors().layer(answering(|| -> axum::http::Response<Body> { panic!("canary-panic") }));
    let (status, headers, body) = call(panicking, request(&[]));
    assert_eq!((status.as_u16(), &headers["lift-error"]), (500, &"DEPOT-0500".parse().unwrap()));
    assert_neutral(&headers, &body, "panic");

    // A library that knows the canonical catalogue alone; its parameters and its cause are taken over.
    let library = || {
        let error = lift::too_many_requests::Cause::ScriptTooFast;
        let seconds = std::time::Duration::from_secs;
        ErrorResponse::new(lift::Error::too_many_requests(60, seconds(60), seconds(7)).with_cause(error)).into_http()
    };
    let asking = request(&[("accept", "application/problem+json")]);
    let (_, headers, body) = call(errors().layer(answering::<Body>(library)), asking);
    let json = super::json(&body);
    assert_eq!((&json["catalog"], &json["code"]), (&"depot".into(), &"too_many_requests".into()));
    assert_eq!(json["detail"], "More than 60 requests in 1 minute. Try again in 7 seconds.");
    assert_eq!((&json["causes"][0]["id"], json["causes"].as_array().unwrap().len()), (&"script_too_fast".into(), 1));
    assert_eq!(&headers["retry-after"], "7");
    assert_neutral(&headers, &body, "library");

    let refused = || ErrorResponse::new(lift::Error::unauthorized()).into_http();
    let (_, headers, body) = call(errors().layer(answering::<Body>(refused)), request(&[]));
    assert_eq!(&headers["www-authenticate"], "Bearer realm=\"depot\"");
    assert_neutral(&headers, &body, "unauthorized");

    // An entry that the base lacks is that of its status.
    let missing = || ErrorResponse::new(lift::Error::import_failed()).into_http();
    let (status, headers, body) = call(errors().layer(answering::<Body>(missing)), request(&[]));
    assert_eq!((status.as_u16(), super::json(&body)["code"].as_str()), (400, Some("bad_request")));
    assert_neutral(&headers, &body, "import");

    let own = || ErrorResponse::new(depot::Error::depot_shelf_full("A-7")).into_http();
    let (_, _, body) = call(errors().layer(answering::<Body>(own)), request(&[("accept-language", "fr")]));
    assert_eq!(super::json(&body)["errorMessage"], "Il n’y a plus de place sur l’étagère A-7.");
}

#[test]
fn the_facts_of_the_base_are_those_of_the_canonical_catalogue() {
    let mut met = 0;
    for entry in depot::CATALOG.entries() {
        let Some(code) = lift::CATALOG.entries().find(|other| other.code() == entry.code()) else { continue };
        assert_eq!((entry.status(), entry.retry(), entry.grpc_code()), (code.status(), code.retry(), code.grpc_code()));
        assert_eq!(entry.id().split('-').nth(1), code.id().split('-').nth(1));
        met += 1;
    }
    assert_eq!(met, depot::Code::COUNT - 1, "all but the product's own");
    let entry = depot::not_found::ENTRY;
    assert_eq!(entry.meaning().to_string(), "Depot has no such page. It may have existed before.");
    assert!(entry.causes().all(|cause| cause.id() != "unknown_endpoint"));
    let page = depot::Error::not_found().problem().display(lift_errors::Format::PlainText).to_string();
    assert!(page.contains("begin at https://depot.example"), "{page}");
}

#[test]
fn a_mapping_knows_better() {
    let hiding = ErrorResponder::new().with_mapping(|head| {
        (head.status == StatusCode::FORBIDDEN).then(|| ErrorResponse::new(lift::Error::not_found()))
    });
    let layer = ErrorLayer::new(hiding);
    for (headers, body) in [(&[][..], ""), (&[("content-type", "application/json")][..], "{}")] {
        let (status, _, body) = call(layer.layer(answering(move || response(403, headers, body))), request(&[]));
        assert_eq!((status.as_u16(), super::json(&body)["code"].as_str()), (404, Some("not_found")));
    }
    let (status, ..) = call(layer.layer(answering(|| response(409, &[], ""))), request(&[]));
    assert_eq!(status.as_u16(), 409);
    // An error that a handler returned is known already.
    let known = || ErrorResponse::new(lift::Error::forbidden()).into_http::<Body>();
    assert_eq!(call(layer.layer(answering(known)), request(&[])).0, 403);
}

#[test]
fn a_status_beside_an_error_and_a_text_have_documented_outcomes() {
    // The entry and its status belong together.
    let beside = || (StatusCode::GONE, ErrorResponse::new(lift::Error::not_found())).into_response();
    let (status, headers, _) = call(super::errors().layer(answering(beside)), request(&[]));
    assert_eq!((status.as_u16(), &headers["lift-error"]), (404, &"LIFT-0404".parse().unwrap()));

    let text = || (StatusCode::CONFLICT, "the order was changed").into_response();
    let (status, headers, body) = call(super::errors().layer(answering(text)), request(&[]));
    assert_eq!((status.as_u16(), &headers["lift-error"]), (409, &"LIFT-0409".parse().unwrap()));
    assert!(!String::from_utf8_lossy(&body).contains("order was changed"));

    let keeping = ErrorLayer::new(ErrorResponder::new().with_text_errors_kept());
    let (status, headers, body) = call(keeping.layer(answering(text)), request(&[]));
    assert_eq!((status.as_u16(), headers.get("lift-error"), &*body), (409, None, b"the order was changed".as_slice()));
    let (_, headers, _) = call(keeping.layer(answering(|| response(409, &[], ""))), request(&[]));
    assert_eq!(&headers["lift-error"], "LIFT-0409");
    // A service may leave the body out of its answer to HEAD itself.
    let head = || response(409, &[("content-type", "text/plain"), ("content-length", "21")], "");
    let mut asking = request(&[]);
    *asking.method_mut() = axum::http::Method::HEAD;
    assert_eq!(call(keeping.layer(answering(head)), asking).1.get("lift-error"), None);
    // axum leaves it out, too, and says its length.
    let mut asking = request(&[]);
    *asking.method_mut() = axum::http::Method::HEAD;
    let routes = axum::Router::new().route("/orders/{number}", axum::routing::get(async move || text()));
    let (status, headers, body) = call(keeping.wrap_router(routes), asking);
    assert_eq!((status.as_u16(), headers.get("lift-error"), body.len()), (409, None, 0));
    assert_eq!(&headers["content-length"], "21");
}
