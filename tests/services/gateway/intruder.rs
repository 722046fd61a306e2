//! What an intruder would try: to fill the memory and the log, to hold connections, to use up the logins of others, to read
//! what belongs to others.

use super::calls::{call, get, import};
use super::process::Gateway;
use super::{DEDICATED_KEY, OPERATOR_KEY, SHARED_KEY};
use crate::http::{Call, Reply, raw};
use lift_errors::{Format, lift};
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// A file with as many products.
fn products(name: &str, count: usize) -> String {
    let rows = (0..count).map(|n| format!("{name}-{n},Pin,1\n"));
    std::iter::once("Product Code,Name,Quantity\n".to_owned()).chain(rows).collect()
}

#[test]
fn imports_and_orders_do_not_fill_the_memory() {
    let gateway = Gateway::start(&[]);
    let imported = |name: &str, count| gateway.send(&import(products(name, count)));
    // Two products are there from the beginning.
    assert_eq!(imported("A", 9_998).status, 200);
    imported("B", 1).response().assert_code(lift::Code::InsufficientStorage);
    // What is there already can be counted again.
    assert_eq!(imported("A", 9_998).status, 200);
    let long = format!("Product Code,Name,Quantity\n{},Pin,1\n", "P".repeat(21));
    gateway.send(&import(long)).response().assert_code(lift::Code::ImportFailed);
    gateway
        .send(&Call::anonymous("POST", "/imports/stock").key(SHARED_KEY).body("text/csv", b"a"))
        .response()
        .assert_code(lift::Code::Forbidden);

    // A list of mistakes is as long as an order may be, not as the body.
    let lines = vec![json!({}); 80_000];
    let reply = gateway
        .send(&call("POST", "/orders").json(&json!({"number": "PO-9", "lines": lines})).accept(Format::ProblemDetails));
    reply.response().assert_code(lift::Code::ValidationFailed).assert_field_error("lines");
    assert!(reply.body.len() < 64 * 1024, "{} bytes", reply.body.len());
    gateway.assert_alive();
}

#[test]
fn the_stock_of_a_product_is_shared_by_the_lines_of_an_order() {
    let gateway = Gateway::start(&[]);
    let order = |number: &str, quantities: &[u32]| {
        let lines: Vec<_> = quantities.iter().map(|n| json!({"product": "GLOVES-M", "quantity": n})).collect();
        gateway.send(&call("POST", "/orders").json(&json!({"number": number, "lines": lines})))
    };
    let refused = order("PO-1", &[300, 300, 180]);
    refused.response().assert_code(lift::Code::UnprocessableContent).assert_field_error("lines[1].quantity");
    assert_eq!(order("PO-2", &[300, 180]).status, 201);
    assert_eq!(order("PO-3", &[1]).status, 422);
}

/// A connection on which the beginning of a request was sent.
fn half_sent(gateway: &Gateway, beginning: &str) -> TcpStream {
    let mut stream = TcpStream::connect(gateway.address).unwrap();
    stream.write_all(beginning.as_bytes()).unwrap();
    stream
}

#[test]
fn half_sent_requests_do_not_stay() {
    let gateway = Gateway::start(&[("HEADER_TIMEOUT", "1")]);
    let mut waiting: Vec<TcpStream> =
        (0..50).map(|_| half_sent(&gateway, "GET /orders/PO-2031 HTTP/1.1\r\nHost: li")).collect();
    for stream in &mut waiting {
        // Returns when the gateway closes the connection.
        let _ = stream.read_to_end(&mut Vec::new());
    }
    // A connection that was used, and then is idle.
    let request =
        format!("GET /orders/PO-2031 HTTP/1.1\r\nHost: lift\r\nAuthorization: Bearer {DEDICATED_KEY}\r\n\r\n");
    let reply = Reply::parse(&raw(gateway.address, request.as_bytes(), false)).unwrap();
    assert_eq!(reply.status, 200);
}

#[test]
#[cfg(unix)]
fn half_sent_requests_do_not_hinder_a_shutdown() {
    let gateway = Gateway::start(&[("SHUTDOWN_TIMEOUT", "1"), ("HEADER_TIMEOUT", "3600"), ("REQUEST_TIMEOUT", "3600")]);
    let body = format!(
        "POST /orders HTTP/1.1\r\nHost: lift\r\nAuthorization: Bearer {DEDICATED_KEY}\r\nContent-Type: application/json\r\n\
         Content-Length: 100\r\n\r\n{{"
    );
    let waiting = [half_sent(&gateway, "GET / HTTP/1.1\r\nHo"), half_sent(&gateway, &body)];
    gateway.assert_alive();
    let (status, log) = gateway.stop("-TERM");
    assert!(status.success() && log.contains("still open") && log.contains("stopped"), "{status}\n{log}");
    drop(waiting);
}

/// Sends a call until it is refused.
fn use_up(gateway: &Gateway, call: &Call) {
    let refused = (0..200).any(|_| gateway.send(call).status == 429);
    assert!(refused, "never refused: {call:?}");
}

fn log_in() -> Call {
    Call::anonymous("POST", "/sessions").json(&json!({"user": "maya", "password": "blue-pallet"}))
}

#[test]
fn strangers_do_not_use_up_the_logins_of_others() {
    let nowhere = Call::anonymous("GET", "/nowhere");
    let guess = Call::anonymous("POST", "/sessions").json(&json!({"user": "maya", "password": "guess"}));
    let from = |call: &Call, addresses: &str| call.clone().with("X-Forwarded-For", addresses);

    // Anonymous requests leave the logins alone, and guessing is limited.
    let gateway = Gateway::start(&[]);
    use_up(&gateway, &nowhere);
    assert_eq!(gateway.send(&log_in()).status, 204);
    use_up(&gateway, &guess);
    assert_eq!(gateway.send(&log_in()).status, 429);
    // Anybody can write `X-Forwarded-For`.
    assert_eq!(gateway.send(&from(&log_in(), "192.0.2.1")).status, 429);

    // Behind a proxy, each client has its own allowance, and can't choose another one.
    let behind = Gateway::start(&[("TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.7")]);
    use_up(&behind, &from(&guess, "192.0.2.1, 10.0.0.7"));
    assert_eq!(behind.send(&from(&log_in(), "192.0.2.99, 192.0.2.1")).status, 429);
    assert_eq!(behind.send(&from(&log_in(), "192.0.2.2")).status, 204);
    let refused = Gateway::refused(&[("TRUSTED_PROXIES", "proxy.example")]);
    assert!(refused.contains("TRUSTED_PROXIES") && refused.contains("proxy.example"), "{refused}");
}

#[test]
fn a_session_can_not_be_slipped_in() {
    let gateway = Gateway::start(&[]);
    let reply = gateway.send(&log_in());
    let set = reply.header("set-cookie").unwrap();
    let attributes: Vec<&str> = set.split("; ").skip(1).collect();
    assert!(set.starts_with("__Host-session="), "{set}");
    assert_eq!(attributes, ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"]);
    let own = set.split(';').next().unwrap();
    let other = gateway.log_in("omar", "red-forklift");
    let with = |cookies: &str| gateway.send(&Call::anonymous("GET", "/orders/PO-2031").with("Cookie", cookies));
    assert_eq!(with(own).status, 200);
    assert_eq!(with(&format!("theme=dark; {own}")).status, 200);
    for cookies in [format!("{other}; {own}"), format!("{own}; {other}"), own.replace("__Host-", "")] {
        with(&cookies).response().assert_code(lift::Code::Unauthorized);
    }
}

/// For a browser, a page on a neighbouring domain is of the same site: its form has the cookie.
#[test]
fn a_page_on_a_neighbouring_domain_changes_nothing() {
    let gateway = Gateway::start(&[("ORIGIN", "https://app.openboxes.cloud")]);
    let cookie = gateway.log_in("omar", "red-forklift");
    let from = |method, path: &str, origin: &str| {
        let call = Call::anonymous(method, path).with("Cookie", &cookie).accept(Format::ProblemDetails);
        gateway.send(&if origin.is_empty() { call } else { call.with("Origin", origin) })
    };
    let approval = |origin: &str| from("POST", "/orders/PO-2031/approval", origin);
    for foreign in
        ["https://evil.openboxes.cloud", "http://app.openboxes.cloud", "null", "://", "https://lift.evil.example"]
    {
        approval(foreign).response().assert_code(lift::Code::Forbidden);
        from("DELETE", "/shipments/SH-1", foreign).response().assert_code(lift::Code::Forbidden);
        assert_eq!(from("GET", "/orders/PO-2031", foreign).status, 200, "{foreign}");
    }
    // The first call approves the order.
    assert_eq!(approval("https://app.openboxes.cloud").status, 200);
    for allowed in ["http://lift", ""] {
        approval(allowed).response().assert_code(lift::Code::Conflict);
    }
    // A key is in no browser.
    let with_key = call("POST", "/orders/PO-2031/approval").with("Origin", "https://evil.openboxes.cloud");
    gateway.send(&with_key).response().assert_code(lift::Code::Conflict);
}

#[test]
fn shipments_belong_to_an_organization() {
    let gateway = Gateway::start(&[]);
    for call in [get("/shipments/SH-7"), call("DELETE", "/shipments/SH-7"), get("/shipments/SH-7/tracking")] {
        let reply = gateway.send(&call.accept(Format::ProblemDetails));
        reply.response().assert_code(lift::Code::Forbidden);
        assert_eq!(reply.json()["causes"][0]["id"], "other_organization");
        reply.assert_hides(&["Globex"]);
    }
}

#[test]
fn metrics_are_for_operators() {
    let gateway = Gateway::start(&[]);
    let metrics = Call::anonymous("GET", "/metrics");
    gateway.send(&metrics).response().assert_code(lift::Code::Unauthorized);
    gateway.send(&metrics.clone().key(DEDICATED_KEY)).response().assert_code(lift::Code::Forbidden);
    assert_eq!(gateway.send(&metrics.key(OPERATOR_KEY)).status, 200);
}

#[test]
#[cfg(unix)]
fn refusals_do_not_fill_the_log() {
    let gateway = Gateway::start(&[]);
    let nowhere = Call::anonymous("GET", "/nowhere");
    let refused = (0..700).filter(|_| gateway.send(&nowhere).status == 429).count() as u64;
    assert!(refused > 500, "{refused}");
    let (_, log) = gateway.stop("-TERM");
    let logged = log.lines().filter(|line| line.contains("status=429")).count() as u64;
    let periods = log.lines().filter(|line| line.contains("unlogged="));
    let unlogged = periods.map(|line| line.rsplit_once("unlogged=").unwrap().1.trim().parse::<u64>().unwrap());
    assert_eq!(logged + unlogged.sum::<u64>(), refused, "{log}");
    assert!(logged <= refused / 4, "{logged} of {refused} refusals are in the log");
}

#[test]
fn a_refused_upload_gets_its_answer() {
    let gateway = Gateway::start(&[]);
    for _ in 0..10 {
        let mut stream = TcpStream::connect(gateway.address).unwrap();
        // More than all buffers between client and server. A client whose upload breaks off may not look for an answer.
        stream.write_all(&import(vec![b'a'; 4 * 1024 * 1024]).bytes()).unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        Reply::parse(&reply).unwrap().response().assert_code(lift::Code::PayloadTooLarge);
    }
}
