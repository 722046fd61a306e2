//! Requests that mean no good get canonical answers, and the gateway lives on.

use super::DEDICATED_KEY;
use super::calls::{call, get};
use super::process::Gateway;
use crate::http::raw;
use crate::http::{Call, Reply};
use lift_errors::{Format, lift};
use serde_json::json;

#[test]
fn hostile_requests_get_canonical_answers() {
    let gateway = Gateway::start(&[("REQUEST_TIMEOUT", "3")]);
    let long = "a".repeat(5_000);
    let paths = [
        ("/orders/%00", 404),
        ("/orders/%0d%0aSet-Cookie:%20x=y", 404),
        ("/orders/%1b%5b2J%c2%9b", 404),
        ("/orders/..", 404),
        ("/../../etc/passwd", 404),
        ("/orders/..%2f..%2fetc%2fpasswd", 404),
        ("/orders/%3Cscript%3E", 404),
        ("/orders/%22%2C%22x%22%3A%22", 404),
        ("/orders/%7Blimit%7D$%7B7*7%7D%25s", 404),
        ("/orders/%E2%80%AEabc", 404),
        (&format!("/orders/{long}"), 400),
        (&format!("/{long}?{long}"), 404),
        ("/orders/%ff", 400),
        ("/orders/%zz", 404),
        ("/reports/-1", 400),
        ("/reports/99999999999999999999", 400),
        ("/reports/..%2f2026", 400),
    ];
    for (path, status) in paths {
        for format in [Format::ProblemDetails, Format::Envelope, Format::PlainText] {
            let reply = gateway.send(&get(path).accept(format));
            assert_eq!(reply.status, status, "{path}: {reply:?}");
            assert!(reply.header("lift-error").is_some() && reply.header("set-cookie").is_none(), "{path}: {reply:?}");
            assert!(reply.body.len() < 4_000, "{path}: the answer repeats what was sent");
            if format != Format::PlainText {
                assert!(!reply.body.bytes().any(|byte| byte < b' '), "{path}: {reply:?}");
                reply.json();
            } else {
                let raw = |c: char| c == '\u{202e}' || c.is_control() && c != '\n';
                assert!(!reply.body.chars().any(raw) && !reply.body.contains("\nSet-Cookie"), "{path}: {reply:?}");
            }
        }
    }

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
        let reply = gateway.send(&get("/nowhere").with("Accept", accept).with("Accept-Language", "en-".repeat(10_000)));
        assert_eq!((reply.status, reply.header("content-type")), (404, Some(format.media_type())), "{accept:.99?}");
    }
    let lines = get("/nowhere").with("Accept", "image/png").with("Accept", "text/plain");
    assert_eq!(gateway.send(&lines).header("content-type"), Some(Format::PlainText.media_type()));

    for id in ["", "x\ty", "<script>", "caf\u{e9}", &"a".repeat(129), "{limit}"] {
        let reply = gateway.send(&get("/nowhere").with("X-Request-Id", id));
        let given = reply.header("x-request-id").unwrap();
        assert!(given.len() == 36 && given != id, "{id}: {reply:?}");
        assert_eq!(reply.json()["requestId"], given);
    }
    assert_eq!(gateway.send(&get("/orders/PO-2031").with("X-Request-Id", "r-1")).header("x-request-id"), Some("r-1"));

    for credentials in [b"Bearer".as_slice(), b"Bearer ", b"\xff\xff", b"Bearer dedicated-93ac44x", b"dedicated-93ac44"]
    {
        let reply = gateway.send(&Call::anonymous("GET", "/orders/PO-2031").with("Authorization", credentials));
        reply.response().assert_code(lift::Code::Unauthorized);
        reply.assert_hides(&super::CANARIES);
    }
    let reply = gateway.send(&Call { method: "BREW", ..get("/orders") });
    reply.response().assert_code(lift::Code::MethodNotAllowed).assert_header("allow", "POST");
    let invented: &'static str = "X".repeat(5_000).leak();
    let reply = gateway.send(&Call { method: invented, ..get("/orders") });
    assert!(reply.status == 405 && reply.body.len() < 4_000, "{reply:?}");

    let nested = "[".repeat(100_000);
    for (body, code) in [
        ("", lift::Code::BadRequest),
        ("{", lift::Code::BadRequest),
        ("[1]", lift::Code::ValidationFailed),
        ("null", lift::Code::ValidationFailed),
        ("\u{feff}{}", lift::Code::BadRequest),
        (&nested, lift::Code::BadRequest),
        (r#"{"lines":null}"#, lift::Code::ValidationFailed),
        (r#"{"number":"A","number":"B"}"#, lift::Code::ValidationFailed),
    ] {
        let reply = gateway.send(&call("POST", "/orders").body("application/json", body.as_bytes()));
        reply.response().assert_code(code);
        reply.assert_hides(&super::CANARIES);
    }
    gateway.assert_alive();

    // Below HTTP, hyper answers by itself, with a status and nothing else.
    let with_key = format!("Host: lift\r\nConnection: close\r\nAuthorization: Bearer {DEDICATED_KEY}\r\n");
    let bytes = |line: &[u8], rest: &[u8]| [line, b" HTTP/1.1\r\n", with_key.as_bytes(), rest, b"\r\n"].concat();
    let large = format!("X-Large: {}\r\n", "a".repeat(1 << 20));
    let many = "X-Many: a\r\n".repeat(1_000);
    for (request, statuses) in [
        (bytes(b"GET /orders/PO-2031", large.as_bytes()), [431, 0]),
        (bytes(b"GET /orders/PO-2031", many.as_bytes()), [431, 0]),
        (bytes(b"GET /orders/\xff\xfe", b""), [400, 404]),
        (bytes(b"GET /orders/<script>", b""), [400, 404]),
        (bytes(b"G<ET /orders", b""), [400, 405]),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n".into(), [400, 0]),
    ] {
        let reply = raw(gateway.address, &request, false);
        // A connection that is closed while a megabyte is still on its way loses the answer: status 0.
        let status = Reply::parse(&reply).map_or(0, |reply| reply.status);
        assert!(statuses.contains(&status), "{}", String::from_utf8_lossy(&reply));
        assert!(!String::from_utf8_lossy(&reply).contains("<script>"));
    }

    // A body that is cut off, and one that never comes.
    let begun = bytes(b"POST /orders", b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"number");
    let cut_off = Reply::parse(&raw(gateway.address, &begun, true)).unwrap();
    cut_off.response().assert_code(lift::Code::BadRequest);
    let never = Reply::parse(&raw(gateway.address, &begun, false)).unwrap();
    assert_eq!((never.status, &never.json()["errorCode"]), (408, &json!(408)));
    never.response().assert_code(lift::Code::RequestTimeout);
    assert!(never.header("x-request-id").is_some() && never.header("x-ratelimit-limit").is_some());
    assert_eq!(never.list("vary"), super::VARY);
    gateway.assert_alive();

    // Whatever was sent, the log is one line for each request.
    #[cfg(unix)]
    {
        let (_, log) = gateway.stop("-TERM");
        assert!(log.lines().all(|line| line.starts_with("20") && !line.contains(char::is_control)), "{log}");
        assert!(!log.contains("panicked"), "{log}");
    }
}
