//! Requests that mean no good: each gets a canonical answer, nothing of it comes back raw, and the service lives on.

use super::Service;
use crate::http::Call;
use lift_errors::Format;

#[test]
fn no_path_is_repeated_and_none_breaks_out() {
    let long = format!("/{}", "a".repeat(5_000));
    let paths = [
        "/%00",
        "/%0d%0aSet-Cookie:%20x=y",
        "/%1b%5b2J%c2%9b",
        "/..",
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/%22%2C%22x%22%3A%22",
        "/%7Blimit%7D$%7B7*7%7D%25s",
        "/%E2%80%AEabc",
        &long,
        "/numbers/%ff",
        "/numbers/%zz",
        "/bare/..%2f404",
        "/bare/99999999999999999999",
        "/samples/%00",
    ];
    for service in Service::all() {
        for path in paths {
            for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText] {
                let reply = service.send(&Call::anonymous("GET", path).accept(format));
                let at = format!("{}: {path:.60}: {reply:?}", service.framework);
                assert!((400..500).contains(&reply.status), "{at}");
                assert_eq!(reply.header("content-type"), Some(format.media_type()), "{at}");
                assert!(reply.header("set-cookie").is_none() && !reply.body.contains("<script>alert"), "{at}");
                assert!(!reply.body.contains("\nSet-Cookie") && !reply.body.contains('\u{202e}'), "{at}");
                assert!(!reply.body.chars().any(|c| c.is_control() && c != '\n'), "{at}");
            }
        }
        service.assert_alive();
    }
}

#[test]
fn no_list_of_preferences_is_too_strange() {
    let commas = ",".repeat(50_000);
    let deep = "en-".repeat(10_000);
    let accepts: [(&[u8], Format); 14] = [
        (b"*", Format::ProblemDetails),
        (b"*/*;q=0", Format::ProblemDetails),
        (b"text/plain;q=0", Format::ProblemDetails),
        (b"text/plain;q=1.0001", Format::ProblemDetails),
        (b"text/plain;q=NaN", Format::ProblemDetails),
        (b"", Format::Envelope),
        (commas.as_bytes(), Format::Envelope),
        (b"../../etc/passwd", Format::ProblemDetails),
        (b"text/\xff\xfe", Format::Envelope),
        (b"application/problem+json;charset=utf-8;q=.5", Format::ProblemDetails),
        (b"application/json;q=0.4, text/plain;q=0.5", Format::PlainText),
        (b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Format::Html),
        (b"application/json, text/plain, */*", Format::Envelope),
        (b"image/png", Format::ProblemDetails),
    ];
    for service in Service::all() {
        for (accept, format) in accepts {
            let call = Call::anonymous("GET", "/samples/not_found").with("Accept", accept);
            let reply = service.send(&call.with("Accept-Language", &deep));
            let at = format!("{}: {accept:.60?}: {reply:?}", service.framework);
            assert_eq!((reply.status, reply.header("content-type")), (404, Some(format.media_type())), "{at}");
        }
        let lines = Call::anonymous("GET", "/nowhere").with("Accept", "image/png").with("Accept", "text/plain");
        assert_eq!(service.send(&lines).header("content-type"), Some(Format::PlainText.media_type()));
        for (languages, language) in [
            ("uk-UA, en;q=0.5", "uk"),
            ("*", "en"),
            ("*;q=0", "en"),
            ("zh-TW", "zh-Hans"),
            ("../../etc", "en"),
            ("", "en"),
            ("xx, de;q=0.1", "de"),
            ("fr;q=1.0001, nl;q=0.3", "nl"),
        ] {
            let call = Call::anonymous("GET", "/samples/not_found").with("Accept-Language", languages);
            assert_eq!(service.send(&call).header("content-language"), Some(language), "{languages}");
        }
        service.assert_alive();
    }
}

#[test]
fn an_id_of_a_request_is_looked_at() {
    let long = "a".repeat(129);
    for service in Service::all() {
        for id in ["", "x\ty", "<script>", "caf\u{e9}", &long, "{limit}", "a b", "a;b=c"] {
            let reply = service.send(&Call::anonymous("GET", "/nowhere").with("X-Request-Id", id));
            let given = reply.header("x-request-id").unwrap();
            assert!(given.len() == 36 && given != id, "{}: {id}: {reply:?}", service.framework);
            assert_eq!(reply.json()["requestId"], given);
        }
        let reply = service.send(&Call::anonymous("GET", "/nowhere").with("X-Request-Id", "r-1:2_3.4"));
        assert_eq!(reply.header("x-request-id"), Some("r-1:2_3.4"));
    }
}
