//! Every status of an error without a word, in every framework: each has an explanation.

use super::Service;
use crate::http::{Call, Reply};
use lift_errors::{Format, lift};
use serde_json::{Value, json};

/// The statuses that no entry explains: IANA's registry does not have them, or reserves them.
fn is_explained(status: u16) -> bool {
    lift::Code::from_status(status).is_some()
}

/// The texts that belong to a status, in English or French.
fn check(reply: &Reply, status: u16, language: &str, at: &str) {
    let json = reply.json();
    assert_eq!((reply.status, &json["status"]), (status, &json!(status)), "{at}");
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{at}");
    assert_eq!(reply.header("content-language"), Some(language), "{at}");
    assert_eq!(json["request_id"].as_str(), reply.header("x-request-id"), "{at}");
    match lift::Code::from_status(status) {
        Some(code) => {
            assert_eq!((&json["code"], reply.header("lift-error")), (&json!(code.as_str()), Some(code.id())), "{at}");
            assert!(json["detail"].as_str().unwrap().ends_with(['.', '!']), "{at}: {json}");
            // The delay is not known: the wire promises none.
            assert_eq!(json["retry"].get("after").is_some(), code.entry().retry().wait().is_some(), "{at}: {json}");
        }
        None => {
            let class = if status < 500 { lift::Code::BadRequest } else { lift::Code::InternalServerError };
            let locale = language.parse().unwrap();
            assert_eq!(json["type"], "about:blank", "{at}");
            assert_eq!(json["title"], class.entry().title().in_locale(locale).to_string(), "{at}");
            let kind = if status < 500 { "after_change" } else { "idempotent" };
            assert_eq!((&json["retry"], &json["code"]), (&json!({"kind": kind}), &Value::Null), "{at}");
            assert_eq!(reply.header("lift-error"), None, "{at}");
        }
    }
}

#[test]
fn every_bare_status_is_explained() {
    for service in Service::all() {
        for status in 400..600 {
            for language in ["en", "fr"] {
                let call = Call::anonymous("GET", &format!("/bare/{status}")).with("Accept-Language", language);
                let reply = service.send(&call.accept(Format::ProblemDetails));
                check(&reply, status, language, &format!("{} {status} {language}", service.framework));
            }
        }
    }
    let unexplained: Vec<u16> = (400..512).filter(|status| !is_explained(*status)).collect();
    // 418 is reserved, and all others are unassigned.
    let expected: Vec<u16> =
        [418, 419, 420, 427, 430].into_iter().chain(432..=450).chain(452..=499).chain([509]).collect();
    assert_eq!(unexplained, expected);
}

#[test]
fn a_page_of_a_status_without_an_entry_is_in_the_reader_s_language() {
    for service in Service::all() {
        let call = Call::anonymous("GET", "/bare/418").with("Accept-Language", "uk").accept(Format::Html);
        let page = service.send(&call);
        let title = lift::Code::BadRequest.entry().title().in_locale("uk".parse().unwrap()).to_string();
        assert!(page.body.contains("<html lang=\"uk\"") && page.body.contains(&title), "{}", page.body);
        assert!(!page.body.contains("Request:"), "{}", page.body);
    }
}
