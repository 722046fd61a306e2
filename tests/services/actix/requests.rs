//! Bodies and requests that are broken: actix's parser answers some by itself, and the server lives on.

use super::app;
use crate::http::{Call, Reply, raw};
use lift_errors::{ErrorResponder, lift};

#[test]
fn bodies_and_broken_requests() {
    let server = app::start(ErrorResponder::new());
    let nested = "[".repeat(100_000);
    for body in ["{", "[1]", "null", "\u{feff}{}", &nested, r#"{"number":null}"#, r#"{"number":"A","number":"B"}"#] {
        let reply = server.send(&Call::anonymous("POST", "/orders").body("application/json", body.as_bytes()));
        reply.response().assert_code(lift::Code::BadRequest);
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
        reply.response().assert_code(lift::Code::BadRequest);
    }
    assert_eq!(server.get("/ok").status, 200);
}
