//! Prints an error for people to read.

use lift_errors::client::{ReceivedError, StopReason};
use lift_errors::{Retry, lift};
use std::fmt::Write as _;

/// The error on a few lines: what happened, the typed values, and the fixes.
pub(crate) fn of(received: &ReceivedError<lift::Error>) -> String {
    let mut story = format!("  error       {received}\n");
    if let Some(error) = received.error() {
        // Field errors get their own lines.
        let _ = match received.field_errors().len() {
            0 => writeln!(story, "  typed       {error:?}"),
            1 => writeln!(story, "  typed       {} with a field", error.code()),
            count => writeln!(story, "  typed       {} with {count} fields", error.code()),
        };
        if let Some(fact) = fact(error) {
            let _ = writeln!(story, "  so          {fact}");
        }
    }
    for error in received.field_errors() {
        let _ = writeln!(story, "  field       {}: {}", error.field(), error.message());
    }
    // This is a script: fixes for people in a browser would not help.
    for fix in received.fixes().iter().filter(|fix| fix.audience() != Some("browser")) {
        let _ = writeln!(story, "  what to do  {fix}");
    }
    story
}

/// The values that a program reads from the variant, without parsing any text.
fn fact(error: &lift::Error) -> Option<String> {
    match error {
        lift::Error::Forbidden { required_role: Some(role), .. }
        | lift::Error::PermissionDenied { required_role: Some(role), .. } => Some(format!("the role {role} is needed")),
        lift::Error::NotFound { resource: Some(resource), .. } => Some(format!("there is no {resource}")),
        lift::Error::MethodNotAllowed { allow, .. } => Some(format!("one of {allow} would do")),
        lift::Error::PayloadTooLarge { limit_bytes: Some(limit), .. } => {
            Some(format!("split it: {limit} bytes at most"))
        }
        lift::Error::UnsupportedMediaType { expected: Some(expected), .. } => Some(format!("send {expected}")),
        lift::Error::ImportFailed { line: Some(line), column: Some(column), .. } => {
            Some(format!("look at line {line}, column {column}"))
        }
        lift::Error::TooManyRequests { limit, window, retry_after, .. } => {
            Some(format!("{limit} requests in {window:?}, the next in {retry_after:?}"))
        }
        lift::Error::ServiceUnavailable { retry_after, .. } => Some(format!("it is back in {retry_after:?}")),
        _ => None,
    }
}

/// Why there is no further attempt, and when the server would accept one.
pub(crate) fn refusal(reason: StopReason, retry: Retry) -> String {
    match retry.wait() {
        Some(wait) => format!("no, {reason}; welcome again in {} seconds", wait.as_secs()),
        None => format!("no, {reason}"),
    }
}
