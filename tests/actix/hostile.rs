//! Requests that mean no good get canonical answers, and the server lives on.

use super::app;
use crate::http::{Call, Reply, raw};
use lift_errors::{Format, Responder, lift};

#[test]
fn paths() {
    let server = app::start(Responder::new());
    let long = "a".repeat(5_000);
    for (path, status) in [
        ("/errors/%00", 404),
        ("/errors/%0d%0aSet-Cookie:%20x=y", 404),
        ("/errors/%1b%5b2J%c2%9b", 404),
        ("/errors/..", 404),
        ("/../../etc/passwd", 404),
        ("/errors/..%2f..%2fetc%2fpasswd", 404),
        ("/errors/%3Cscript%3E", 404),
        ("/errors/%22%2C%22x%22%3A%22", 404),
        ("/errors/%7Blimit%7D$%7B7*7%7D%25s", 404),
        ("/errors/%E2%80%AEabc", 404),
        ("/errors/%ff", 404),
        ("/errors/%zz", 404),
        (&format!("/{long}?{long}"), 404),
        ("/numbers/-1", 404),
        ("/numbers/99999999999999999999", 404),
    ] {
        for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText] {
            let reply = server.send(&Call::anonymous("GET", path).accept(format));
            assert_eq!(reply.status, status, "{path}: {reply:?}");
            assert!(reply.header("lift-error").is_some() && reply.header("set-cookie").is_none(), "{path}: {reply:?}");
            // In a page a line break is a space.
            if format == Format::Html {
                assert_eq!(reply.body.matches("<script").count(), 1, "the page's own: {path}: {reply:?}");
            } else {
                let raw = |c: char| c == '\u{202e}' || c.is_control() && c != '\n';
                assert!(!reply.body.chars().any(raw) && !reply.body.contains("\nSet-Cookie"), "{path}: {reply:?}");
            }
            if matches!(format, Format::ProblemDetails | Format::Envelope) {
                reply.json();
            }
        }
    }
    assert_eq!(server.get("/ok").status, 200);
    for event in server.events() {
        assert!(!event.to_string().contains(char::is_control), "{event}");
    }
}

#[test]
fn headers() {
    let server = app::start(Responder::new());
    let commas = ",".repeat(100_000);
    let accepts: [(&[u8], Format); 12] = [
        (b"", Format::Envelope),
        (b"*/*", Format::Envelope),
        (b"*", Format::ProblemDetails),
        (b"*/*;q=0", Format::ProblemDetails),
        (b"text/plain;q=1.0001", Format::ProblemDetails),
        (b"text/plain;q=NaN", Format::ProblemDetails),
        (commas.as_bytes(), Format::Envelope),
        (b"../../etc/passwd", Format::ProblemDetails),
        (b"text/\xff\xfe", Format::Envelope),
        (b"application/problem+json;charset=utf-8;q=.5", Format::ProblemDetails),
        (b"text/html,application/xhtml+xml,*/*;q=0.8", Format::Html),
        (b"application/json;q=0.4, text/plain;q=0.5", Format::PlainText),
    ];
    for (accept, format) in accepts {
        for path in ["/nowhere", "/errors/conflict", "/panic"] {
            let languages = "en-".repeat(10_000);
            let call = Call::anonymous("GET", path).with("Accept", accept).with("Accept-Language", languages);
            let reply = server.send(&call);
            assert_eq!(reply.header("content-type"), Some(format.media_type()), "{path}: {accept:.99?}");
        }
    }
    let lines = Call::anonymous("GET", "/nowhere").with("Accept", "image/png").with("Accept", "text/plain");
    assert_eq!(server.send(&lines).header("content-type"), Some(Format::PlainText.media_type()));
    for id in ["", "x\ty", "<script>", "caf\u{e9}", &"a".repeat(129), "{limit}"] {
        let reply = server.send(&Call::anonymous("GET", "/nowhere").with("X-Request-Id", id));
        let given = reply.header("x-request-id").unwrap();
        assert!(given.len() == 36 && given != id, "{id}: {reply:?}");
        assert_eq!(reply.json()["requestId"], given);
    }
    let invented: &'static str = "X".repeat(5_000).leak();
    let reply = server.send(&Call { method: invented, ..Call::anonymous("GET", "/orders") });
    reply.response().assert_code(lift::Code::MethodNotAllowed);
    assert!(reply.body.len() < 4_000, "{reply:?}");
}

#[test]
fn bodies_and_broken_requests() {
    let server = app::start(Responder::new());
    let nested = "[".repeat(100_000);
    for body in ["{", "[1]", "null", "\u{feff}{}", &nested, r#"{"number":null}"#, r#"{"number":"A","number":"B"}"#] {
        let reply = server.send(&Call::anonymous("POST", "/orders").body("application/json", body.as_bytes()));
        reply.response().assert_code(lift::Code::ValidationFailed);
    }
    // Below actix's services, its parser answers by itself, with a status and nothing else.
    let bytes =
        |line: &[u8], rest: &[u8]| [line, b" HTTP/1.1\r\nHost: lift\r\nConnection: close\r\n", rest, b"\r\n"].concat();
    let large = format!("X-Large: {}\r\n", "a".repeat(1 << 20));
    let many = "X-Many: a\r\n".repeat(1_000);
    for request in [
        bytes(b"GET /ok", large.as_bytes()),
        bytes(b"GET /ok", many.as_bytes()),
        bytes(b"GET /errors/\xff\xfe", b""),
        bytes(b"GET /errors/<script>", b""),
        bytes(b"G<ET /ok", b""),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n".into(),
    ] {
        let reply = raw(server.address, &request, false);
        // A connection that is closed while a megabyte is still on its way loses the answer.
        let status = Reply::parse(&reply).map(|reply| reply.status);
        assert!(matches!(status, None | Some(400 | 404 | 413 | 431)), "{}", String::from_utf8_lossy(&reply));
        assert!(!String::from_utf8_lossy(&reply).contains("<script>"));
    }
    let begun = bytes(b"POST /orders", b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"number");
    let cut_off = raw(server.address, &begun, true);
    if let Some(reply) = Reply::parse(&cut_off) {
        reply.response().assert_code(lift::Code::ValidationFailed);
    }
    assert_eq!(server.get("/ok").status, 200);
}
