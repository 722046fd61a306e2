//! Allowances, sessions, maintenance, the printed tour, signals and settings.

use super::calls::get;
use super::process::{Gateway, binary};
use super::{ERRORS, OPERATOR_KEY, SHARED_KEY};
use crate::http::Call;
use lift_errors::lift;
use serde_json::json;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

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
fn sessions_last_and_maintenance_ends() {
    let gateway = Gateway::start(&[("SESSION_TIMEOUT", "2")]);
    let cookie = gateway.log_in("omar", "red-forklift");
    let report = Call::anonymous("GET", "/reports/2025").with("Cookie", &cookie);
    let used = |_| {
        thread::sleep(Duration::from_millis(500));
        gateway.send(&report).status
    };
    // Each request begins the two seconds anew.
    assert_eq!((0..6).map(used).collect::<Vec<_>>(), [200; 6]);
    thread::sleep(Duration::from_millis(2_100));
    gateway.send(&report).response().assert_code(lift::Code::SessionExpired);

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

/// Every line that the gateway prints does what the comment above it says.
#[test]
#[cfg(unix)]
fn the_tour_is_true() {
    if Command::new("curl").arg("--version").output().is_err() {
        return eprintln!("there is no curl here: the tour is not tried");
    }
    let gateway = Gateway::start(&[("SESSION_TIMEOUT", "2")]);
    let mut lines = gateway.welcome.lines();
    let mut tried = BTreeSet::new();
    while let Some(line) = lines.next() {
        let comment = line.strip_prefix("# ").unwrap_or_default();
        let Some((status, rest)) = comment.split_once([' ', ',']).filter(|(status, _)| status.parse::<u16>().is_ok())
        else {
            continue;
        };
        let command = lines.next().unwrap();
        let output = Command::new("sh").args(["-c", command]).stdin(Stdio::null()).output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout);
        assert!(output.contains(&format!("HTTP/1.1 {status} ")), "{comment}\n{command}\n{output}");
        if let Some((code, _)) = rest.split_once(':') {
            let code: lift::Code = code.parse().unwrap_or_else(|_| panic!("{comment}: no such code"));
            assert!(output.contains(&format!("lift-error: {}\r\n", code.id())), "{comment}\n{command}\n{output}");
            tried.insert(code.as_str());
        }
    }
    let _ = std::fs::remove_file(format!("/tmp/lift-cookies-{}", gateway.address.port()));
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
    let output = Command::new(binary()).env("PORT", "70000").output().unwrap();
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("PORT"), "{output:?}");
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
        let metrics = gateway.send(&get("/metrics")).body;
        let line = format!("lift_errors_total{{catalog=\"lift\",error_type=\"{code}\"}} ");
        let count = metrics.lines().find_map(|found| found.strip_prefix(&line));
        count.unwrap_or_else(|| panic!("{code} is not counted: {metrics}")).parse::<u32>().unwrap()
    };
    assert_eq!((counted("not_found"), counted("internal_server_error")), (0, 0));
    (0..3).for_each(|_| assert_eq!(gateway.send(&get("/orders/PO-404")).status, 404));
    assert_eq!((counted("not_found"), counted("internal_server_error")), (3, 0));
    let catalog = format!("fingerprint=\"{}\"", lift::CATALOG.fingerprint());
    assert!(gateway.send(&get("/metrics")).body.contains(&catalog));
}
