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
                wait(context, retry, kind);
                delay(context, entry, retry, kind);
                suits_the_status(context, entry, retry, kind);
            }
            Err(fault) => context.fault(fault),
        }
    }
}

fn wait(context: &Context<'_>, retry: &Retry, kind: RetryKind) {
    let Some(wait) = &retry.wait else { return };
    if kind != RetryKind::Idempotent {
        context.fault(
            Diagnostic::at(wait.span, format!("a retry of kind `{kind}` can't have the key `wait`"))
                .help("remove it, or write `kind = \"idempotent\"`"),
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
                    .help("remove it, or write `kind = \"after\"`"),
            );
        }
        // A parameter that could not be read, or whose type is none, may be a duration.
        Some(_) if entry.unreadable.contains(&"params") => {}
        Some(delay) if entry.parameter(delay.as_str()).is_some_and(|it| it.parameter_type().is_none()) => {}
        Some(delay) if !durations().any(|name| name == delay.value) => {
            let message =
                format!("`{}` is not a duration parameter of `{}`", delay.value.escape_debug(), entry.code.value);
            context.fault(Diagnostic::at(delay.span, message).help(context.suggest(
                &delay.value,
                durations(),
                "duration parameters",
            )));
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
            context.fault(
                Diagnostic::at(retry.span, "missing key `delay` in a retry of kind `after`")
                    .help("name the duration parameter with the delay: `delay = \"retry_after\"`"),
            );
        }
        _ => {}
    }
}

fn suits_the_status(context: &Context<'_>, entry: &Entry, retry: &Retry, kind: RetryKind) {
    let fault = match (entry.http_status(), kind) {
        (Some(429), kind) if kind != RetryKind::After => {
            "in this format, a 429 tells the client when to try again: write `retry = { kind = \"after\", delay = \"retry_after\" }`"
        }
        (
            Some(400 | 401 | 403 | 404 | 405 | 406 | 410 | 411 | 413 | 414 | 415 | 422),
            RetryKind::Idempotent | RetryKind::After,
        ) => "the same request will fail again: write `kind = \"after_change\"` or `never`",
        _ => return,
    };
    let place = retry.kind.as_ref().map_or(retry.span, |kind| kind.span);
    let status = entry.http_status().unwrap_or_default();
    context.fault(
        Diagnostic::at(place, format!("a retry of kind `{kind}` does not suit the status {status}")).help(fault),
    );
}
