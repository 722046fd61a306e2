//! The retry contract: what an entry promises about sending the request again.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::read::draft::{Entry, Parameter, Retry};
use crate::read::literal::{duration, not_a_duration, word};
use lift_errors_core::vocabulary::{ParameterType, RetryKind, Sensitivity};

/// The kind is known, has what it needs and nothing else, and suits the status.
pub(super) fn contract(context: &Context<'_>) {
    for entry in context.draft.entries.iter().filter(|entry| !entry.is_alias()) {
        let Some(retry) = &entry.retry else {
            if entry.lacks("retry", false) {
                context.fault(
                    Diagnostic::at(
                        entry.code.span,
                        format!("missing key `retry` in entry `{}`", entry.code.value.escape_debug()),
                    )
                    .help("add `retry = { kind = \"after_change\" }`, or `never`, `idempotent`, `after`"),
                );
            }
            continue;
        };
        let Some(text) = &retry.kind else { continue };
        match word(text, "retry kind", RetryKind::ALL, RetryKind::as_str) {
            Ok(kind) => {
                wait(context, entry, retry, kind);
                delay(context, entry, retry, kind);
                suits_the_status(context, entry, retry, kind);
            }
            Err(fault) => context.fault(fault),
        }
    }
}

fn wait(context: &Context<'_>, entry: &Entry, retry: &Retry, kind: RetryKind) {
    let Some(wait) = &retry.wait else { return };
    if kind != RetryKind::Idempotent {
        context.fault(
            Diagnostic::at(wait.span, format!("a retry of kind `{kind}` can't have the key `wait`"))
                .help(remove_or(entry, RetryKind::Idempotent)),
        );
    } else if duration(&wait.value).is_none() {
        context.fault(not_a_duration(wait));
    } else if duration(&wait.value).is_some_and(|wait| wait.as_secs() >= u64::from(u32::MAX)) {
        context.fault(
            Diagnostic::at(wait.span, format!("`wait` is too long; the maximum is {}s", u32::MAX - 1))
                .help("write seconds to hours, or `kind = \"never\"` if trying again is useless"),
        );
    }
}

fn delay(context: &Context<'_>, entry: &Entry, retry: &Retry, kind: RetryKind) {
    let durations = || {
        let of_type = |parameter: &&Parameter| parameter.parameter_type() == Some(ParameterType::Duration);
        entry.parameters.iter().filter(of_type).map(|parameter| parameter.name.as_str())
    };
    match &retry.delay {
        Some(delay) if kind != RetryKind::After => {
            context.fault(
                Diagnostic::at(delay.span, format!("a retry of kind `{kind}` can't have the key `delay`"))
                    .help(remove_or(entry, RetryKind::After)),
            );
        }
        // A parameter that could not be read, or whose type is none, may be a duration.
        Some(_) if entry.unreadable.contains(&"params") => {}
        Some(delay) if entry.parameter(delay.as_str()).is_some_and(|it| it.parameter_type().is_none()) => {}
        Some(delay) if !durations().any(|name| name == delay.value) => {
            let message =
                format!("`{}` is not a duration parameter of `{}`", delay.value.escape_debug(), entry.code.value);
            let help = match durations().next() {
                Some(_) => context.suggest(&delay.value, durations(), "duration parameters"),
                None => declare_delay(entry, &delay.value),
            };
            context.fault(Diagnostic::at(delay.span, message).help(help));
        }
        Some(delay) if entry.parameter(delay.as_str()).is_some_and(|parameter| parameter.optional) => {
            context.fault(
                Diagnostic::at(delay.span, format!("the delay `{}` is optional, and clients rely on it", delay.value))
                    .help("remove `optional = true` from the parameter"),
            );
        }
        Some(delay)
            if entry
                .parameter(delay.as_str())
                .and_then(Parameter::sensitivity)
                .is_some_and(|sensitivity| sensitivity != Sensitivity::Public) =>
        {
            context.fault(
                Diagnostic::at(delay.span, format!("the delay `{}` is not public, and clients see it", delay.value))
                    .help("remove `sensitivity` from the parameter"),
            );
        }
        None if kind == RetryKind::After => {
            context.fault(Diagnostic::at(retry.span, "missing key `delay` in a retry of kind `after`").help(
                match durations().next() {
                    Some(name) => format!("name the duration parameter with the delay: `delay = \"{name}\"`"),
                    None => format!("write `delay = \"{DELAY}\"`; {}", declare_delay(entry, DELAY)),
                },
            ));
        }
        _ => {}
    }
}

/// The usual name of the parameter with the delay.
const DELAY: &str = "retry_after";

/// Whether a retry of a kind suits an entry's status.
pub(super) fn suits(entry: &Entry, kind: RetryKind) -> bool {
    match (entry.http_status(), kind) {
        (Some(429), kind) => kind == RetryKind::After,
        (
            Some(400 | 401 | 403 | 404 | 405 | 406 | 410 | 411 | 413 | 414 | 415 | 422),
            RetryKind::Idempotent | RetryKind::After,
        ) => false,
        _ => true,
    }
}

/// The remedy for a key that only retries of another kind have.
fn remove_or(entry: &Entry, kind: RetryKind) -> String {
    match suits(entry, kind) {
        true => format!("remove it, or write `kind = \"{kind}\"`"),
        false => "remove it".to_owned(),
    }
}

/// How an entry declares the parameter with its delay.
pub(super) fn declare_delay(entry: &Entry, name: &str) -> String {
    let header = if entry.has_no_transport() { "" } else { ", header = \"Retry-After\"" };
    format!(
        "declare it in `[{}.params]`: `{} = {{ type = \"duration\", doc = \"…\", example = \"12s\"{header} }}`",
        entry.code.value.escape_debug(),
        name.escape_debug()
    )
}

/// The line that makes an entry's parameter the delay of its retry, with the declaration of the parameter where there is none.
pub(super) fn retry_after(entry: &Entry) -> String {
    let carries = |it: &&Parameter| it.header.as_ref().is_some_and(|it| it.value.eq_ignore_ascii_case("Retry-After"));
    let durations = || entry.parameters.iter().filter(|it| it.parameter_type() == Some(ParameterType::Duration));
    let name = durations().find(carries).map(|it| it.name.as_str());
    let line = |name: &str| format!("write `retry = {{ kind = \"after\", delay = \"{name}\" }}`");
    match (name, durations().next()) {
        (Some(name), _) => line(name),
        (None, Some(other)) => {
            let name = other.name.as_str();
            let is_delay = entry.retry.as_ref().and_then(|retry| retry.delay.as_ref());
            if is_delay.is_some_and(|delay| delay.value == name) {
                return format!("add `header = \"Retry-After\"` to the parameter `{name}`");
            }
            format!("{}, and add `header = \"Retry-After\"` to the parameter `{name}`", line(name))
        }
        (None, None) => format!("{}, and {}", line(DELAY), declare_delay(entry, DELAY)),
    }
}

fn suits_the_status(context: &Context<'_>, entry: &Entry, retry: &Retry, kind: RetryKind) {
    let fault = match entry.http_status() {
        _ if suits(entry, kind) => return,
        Some(429) => format!("in this format, a 429 tells the client when to try again: {}", retry_after(entry)),
        _ => "the same request will fail again: write `kind = \"after_change\"` or `never`".to_owned(),
    };
    let place = retry.kind.as_ref().map_or(retry.span, |kind| kind.span);
    let status = entry.http_status().unwrap_or_default();
    context.fault(
        Diagnostic::at(place, format!("a retry of kind `{kind}` does not suit the status {status}")).help(fault),
    );
}
