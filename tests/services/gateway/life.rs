//! Allowances, sessions, maintenance, the printed tour, signals and settings.

use super::calls::get;
use super::process::Gateway;
use super::{ERRORS, OPERATOR_KEY, SHARED_KEY};
use crate::http::Call;
use lift_errors::lift;
use serde_json::json;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};

#[test]
fn allowances_are_by_caller_and_tier_and_on_every_response() {
    let gateway = Gateway::start(&[]);
    let shared = Call::anonymous("GET", "/orders/PO-2031").key(SHARED_KEY);
    let first = gateway.send(&shared);
    assert_eq!((first.status, first.number("x-ratelimit-limit"), first.number("x-ratelimit-remaining")), (200, 60, 59));
    let answers: Vec<u16> = (0..120).map(|_| gateway.send(&shared).status).collect();
    let refused = answers.iter().position(|status| *status == 429).expect("120 requests in a row are never refused");
    assert!(refused >= 59, "only {refused} requests were let through");
    // Others have their own allowance, by key and by address.
    let dedicated = gateway.send(&get("/orders/PO-2031"));
    assert_eq!((dedicated.status, dedicated.number("x-ratelimit-limit")), (200, 300));
    assert_eq!(gateway.send(&Call::anonymous("GET", "/nowhere")).status, 404);
    // Guessing keys uses up the allowance of one's address.
    let guess = |n: u32| gateway.send(&Call::anonymous("GET", "/orders/PO-2031").key(&format!("guess-{n}"))).status;
    assert!((0..120).map(guess).any(|status| status == 429));
}

#[test]
fn maintenance_ends() {
    let gateway = Gateway::start(&[]);
    let plan = |method, minutes: u64| {
        gateway.send(&Call::anonymous(method, "/maintenance").key(OPERATOR_KEY).json(&json!({"minutes": minutes})))
    };
    let zero = plan("PUT", 0);
    zero.response().assert_code(lift::Code::ValidationFailed).assert_field_error("minutes");
    assert_eq!(plan("PUT", 3).status, 204);
    let refused = gateway.send(&get("/orders/PO-2031"));
    assert!((178..=180).contains(&refused.number("retry-after")), "{refused:?}");
    assert_eq!(plan("DELETE", 0).status, 204);
    gateway.assert_alive();
}

/// The file with curl's cookies.
#[cfg(unix)]
fn jar(gateway: &Gateway) -> String {
    format!("/tmp/lift-cookies-{}", gateway.address.port())
}

/// Every line that the gateway prints does what the comment above it says.
#[test]
#[cfg(unix)]
fn the_tour_is_true() {
    if Command::new("curl").arg("--version").output().is_err() {
        return eprintln!("there is no curl here: the tour is not tried");
    }
    let gateway = Gateway::start(&[]);
    // Where a session ends at once, nobody has to sleep.
    let hasty = Gateway::start(&[("SESSION_TIMEOUT", "0")]);
    let credentials = r#"{"user": "maya", "password": "blue-pallet"}"#;
    let url = format!("http://{}/sessions", hasty.address);
    let mut logged_in = Command::new("curl");
    logged_in.args(["-s", "-c", &jar(&hasty), "-H", "Content-Type: application/json", "-d", credentials, &url]);
    assert!(logged_in.status().unwrap().success());
    let mut lines = gateway.welcome.lines();
    let mut tried = BTreeSet::new();
    while let Some(line) = lines.next() {
        let comment = line.strip_prefix("# ").unwrap_or_default();
        let Some((status, rest)) = comment.split_once([' ', ',']).filter(|(status, _)| status.parse::<u16>().is_ok())
        else {
            continue;
        };
        let line = lines.next().unwrap();
        let awake = line.strip_prefix("sleep ").and_then(|rest| rest.split_once("; "));
        let here = |(_, command): (&str, &str)| {
            let command = command.replace(&jar(&gateway), &jar(&hasty));
            command.replace(&gateway.address.to_string(), &hasty.address.to_string())
        };
        let command = &awake.map_or(line.to_owned(), here);
        let output = Command::new("sh").args(["-c", command]).stdin(Stdio::null()).output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout);
        assert!(output.contains(&format!("HTTP/1.1 {status} ")), "{comment}\n{command}\n{output}");
        if let Some((code, _)) = rest.split_once(':') {
            let code: lift::Code = code.parse().unwrap_or_else(|_| panic!("{comment}: no such code"));
            assert!(output.contains(&format!("lift-error: {}\r\n", code.id())), "{comment}\n{command}\n{output}");
            tried.insert(code.as_str());
        }
    }
    for gateway in [&gateway, &hasty] {
        let _ = std::fs::remove_file(jar(gateway));
    }
    assert_eq!(tried, ERRORS.map(lift::Code::as_str).into());
}

#[test]
#[cfg(unix)]
fn signals_stop_it_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let gateway = Gateway::start(&[]);
        gateway.assert_alive();
        let (status, log) = gateway.stop(signal);
        assert!(status.success() && log.contains("stopped"), "{signal}: {status}\n{log}");
    }
}

#[test]
fn a_setting_that_can_not_be_read_is_refused() {
    assert!(Gateway::refused(&[("PORT", "70000")]).contains("PORT"));
}

#[test]
fn pages_of_the_front_end_see_errors_and_others_do_not() {
    let gateway = Gateway::start(&[("ORIGIN", "https://lift.example")]);
    let from = |origin| gateway.send(&get("/nowhere").with("Origin", origin));
    let reply = from("https://lift.example");
    assert_eq!(reply.header("access-control-allow-origin"), Some("https://lift.example"));
    let exposed = reply.list("access-control-expose-headers");
    for name in ["lift-error", "retry-after", "x-ratelimit-limit", "x-ratelimit-reset", "x-request-id"] {
        assert!(exposed.contains(&name), "{exposed:?}");
    }
    assert_eq!(from("https://elsewhere.example").header("access-control-allow-origin"), None);
}

#[test]
fn metrics_begin_at_zero_and_count_by_code() {
    let gateway = Gateway::start(&[]);
    let counted = |code: &str| {
        let metrics = gateway.send(&Call::anonymous("GET", "/metrics").key(OPERATOR_KEY)).body;
        let line = format!("lift_errors_total{{catalog=\"lift\",error_type=\"{code}\"}} ");
        let count = metrics.lines().find_map(|found| found.strip_prefix(&line));
        count.unwrap_or_else(|| panic!("{code} is not counted: {metrics}")).parse::<u32>().unwrap()
    };
    assert_eq!((counted("not_found"), counted("internal_server_error")), (0, 0));
    (0..3).for_each(|_| assert_eq!(gateway.send(&get("/orders/PO-404")).status, 404));
    assert_eq!((counted("not_found"), counted("internal_server_error")), (3, 0));
    let catalog = format!("fingerprint=\"{}\"", lift::CATALOG.fingerprint());
    assert!(gateway.send(&Call::anonymous("GET", "/metrics").key(OPERATOR_KEY)).body.contains(&catalog));
}
