//! The client's example against the gateway: it meets each error of the gateway, and gets through where it waits.

use super::ERRORS;
use super::process::{Gateway, built};
use lift_errors::{RetryKind, lift};
use std::process::Command;

#[test]
fn the_caller_meets_every_error_and_does_what_each_asks_for() {
    let gateway = Gateway::start(&[("SESSION_TIMEOUT", "3")]);
    let run = Command::new(built("caller"))
        .arg(format!("http://{}", gateway.address))
        .envs([("SESSION_TIMEOUT", "3"), ("PATIENCE", "4")])
        .output()
        .unwrap();
    let told = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success(), "{told}\n{}", String::from_utf8_lossy(&run.stderr));
    let chapters: Vec<&str> = told.split("\n\n").filter(|chapter| !chapter.trim().is_empty()).collect();
    let (heading, chapters) = chapters.split_first().unwrap();
    assert_eq!(*heading, format!("Calling http://{}, which `cargo run -p gateway` starts.", gateway.address));
    // A client also meets servers that it can't reach.
    let expected = || ERRORS.into_iter().chain([lift::Code::ConnectionFailed]);
    assert_eq!(chapters.len(), expected().count(), "{told}");

    for code in expected() {
        let entry = code.entry();
        let status = code.status().map_or(String::new(), |status| format!(", HTTP {status}"));
        let met = format!(" ({}{status})\n  typed       ", code.id());
        let chapter =
            chapters.iter().find(|chapter| chapter.contains(&met)).unwrap_or_else(|| panic!("{code}: {told}"));
        // An error with field errors shows its code, any other its variant.
        let capitalised = |word: &str| word[..1].to_uppercase() + &word[1..];
        let variant: String = code.as_str().split('_').map(capitalised).collect();
        let typed = [format!("{met}{variant}"), format!("{met}{code} with ")];
        assert!(typed.iter().any(|typed| chapter.contains(typed)), "{chapter}");
        let expected = match entry.retry().kind() {
            // Without an answer there is no wait to obey, only backoff.
            _ if code == lift::Code::ConnectionFailed => "no, it was tried often enough",
            RetryKind::After => "it works now",
            RetryKind::Idempotent => "no, the wait is too long; welcome again in ",
            _ => "no, the same request would fail again",
        };
        assert!(chapter.contains(expected), "{chapter}");
        let shown = chapter.matches("\n  what to do  ").count();
        let of_browsers = |fix: &lift_errors::Fix| fix.audience() == Some(lift_errors::Audience::Browser);
        assert!(shown > 0 || entry.fixes().all(|fix| of_browsers(&fix)), "{chapter}");
    }
    // Typed values, a field of a request, and the waits that were asked for.
    for line in [
        "typed       Forbidden { required_role: \"Manager\", cause: role_lacks_permission }",
        "so          one of GET, HEAD, DELETE would do",
        "so          look at line 3, column 3",
        "field       lines[0].quantity: Must be at most 480.",
        "again?      yes, in 1.",
        "again?      yes, in 3.",
        "welcome again in 120 seconds",
        "error       Unable to connect to server.",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}

#[test]
fn the_caller_alone_says_that_it_can_not_connect() {
    let gateway = Gateway::start(&[]);
    let address = gateway.address;
    drop(gateway);
    let run = Command::new(built("caller")).arg(format!("http://{address}")).env("PATIENCE", "0").output().unwrap();
    let told = String::from_utf8(run.stdout).unwrap();
    assert!(!run.status.success());
    assert!(told.contains("Unable to connect to server.") && told.contains("Check your internet connection"), "{told}");
}
