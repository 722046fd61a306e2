//! The gateway answers in the language that is asked for, in every format.

use super::calls::get;
use super::process::Gateway;
use crate::http::Call;
use lift_errors::{Format, LiftError, Locale, Problem, RequestId, lift};

#[test]
fn every_format_speaks_every_language() {
    let gateway = Gateway::start(&[]);
    let error = lift::not_found::new().with_resource_kind(lift::Term::Order).with_resource("PO-404");
    for locale in lift::CATALOG.locales() {
        for format in [Format::ProblemDetails, Format::Envelope, Format::PlainText] {
            let call = get("/orders/PO-404").accept(format).with("Accept-Language", format!("tlh, {locale};q=0.9"));
            let reply = gateway.send(&call.with("X-Request-Id", super::REQUEST_ID));
            let expected =
                Problem::new(&error).with_locale(locale).with_request_id(RequestId::new(super::REQUEST_ID).unwrap());
            let body = reply.body.strip_prefix(&expected.display(format).to_string());
            // A text ends with the contact of support, in the reader's language; JSON is for programs.
            match format {
                Format::PlainText => {
                    let colon = if locale.tag() == "zh-Hans" { "：" } else { ": " };
                    assert!(
                        body.is_some_and(|end| end.ends_with(&format!("{colon}support@openboxes.cloud\n"))),
                        "{reply:?}"
                    );
                }
                _ => assert_eq!(body, Some(""), "{reply:?}"),
            }
            assert_eq!(reply.header("content-language"), Some(locale.tag()));
            assert_eq!(reply.list("vary"), super::VARY);
        }
    }
}

/// A page in a browser, and what it may do.
#[test]
fn browsers_get_a_page() {
    let gateway = Gateway::start(&[]);
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
    let call = get("/orders/PO-404%3Cscript%3E").with("Accept", browser).with("Accept-Language", "ar,en;q=0.5");
    let reply = gateway.send(&call);
    assert_eq!((reply.status, reply.header("content-type")), (404, Some("text/html; charset=utf-8")));
    assert_eq!(reply.header("content-security-policy"), Some(lift_errors::Page::CONTENT_SECURITY_POLICY));
    for part in [
        "<html lang=\"ar\" dir=\"rtl\"",
        "OpenBoxes Lift</span>",
        "LIFT-0404",
        "/orders/PO-404%3Cscript%3E",
        " UTC</bdi></time>",
    ] {
        assert!(reply.body.contains(part), "{part}\n{}", reply.body);
    }
    assert_eq!(reply.body.matches("<script").count(), 1);
    reply.assert_hides(&super::CANARIES);
}

#[test]
fn a_caller_s_wishes_are_weighed() {
    let gateway = Gateway::start(&[]);
    for (lines, expected) in [
        (&["de-CH, fr;q=0.9"][..], "de"),
        (&["tlh;q=1, fr;q=0.3, uk;q=0.7"], "uk"),
        (&["tlh", "zh-TW;q=0.1"], "zh-Hans"),
        (&["*"], "en"),
        (&["en;q=0, *;q=0.1"], "ar"),
        (&["\u{202e}fr", "nl"], "nl"),
        (&[], "en"),
    ] {
        let call = Call::anonymous("GET", "/nowhere").accept(Format::ProblemDetails);
        let call = lines.iter().fold(call, |call, line| call.with("Accept-Language", line));
        let reply = gateway.send(&call);
        assert_eq!((reply.status, reply.header("content-language")), (404, Some(expected)), "{lines:?}");
        let locale: Locale = expected.parse().unwrap();
        let title = lift::Error::not_found().problem().entry().title().in_locale(locale).to_string();
        assert_eq!(reply.json()["title"], title);
    }
    let endless = "fr-CA;q=0.001,".repeat(4_000);
    let reply = gateway.send(&Call::anonymous("GET", "/nowhere").with("Accept-Language", endless));
    assert_eq!((reply.status, reply.header("content-language")), (404, Some("fr")));
}
