//! The retry contract: what an entry promises about sending the request again.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::read::draft::{Entry, Retry};
use crate::read::literal::{duration, not_a_duration, word};
use lift_errors_core::vocabulary::{ParameterType, RetryKind};

/// The kind is known, has what it needs and nothing else, and suits the status.
pub(super) fn contract(context: &Context<'_>) {
    for entry in context.draft.entries.iter().filter(|entry| !entry.is_alias()) {
        let Some(retry) = &entry.retry else {
            if entry.lacks("retry", false) {
                context.fault(
                    Diagnostic::at(
                        entry.code.span,
                        format!("entry `{}` does not say whether to try again", entry.code.value.escape_debug()),
                    )
                    .help("add `retry = { kind = \"after_change\" }`, or `never`, `idempotent`, `after`"),
                );
            }
            continue;
        };
        let Some(text) = &retry.kind else { continue };
        match word(text, "kind of retry", RetryKind::ALL, RetryKind::as_str) {
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
            Diagnostic::at(wait.span, format!("a retry of kind `{kind}` has no `wait`"))
                .help("remove it, or write `kind = \"idempotent\"`"),
        );
    } else if duration(&wait.value).is_none() {
        context.fault(not_a_duration(wait));
    } else if duration(&wait.value).is_some_and(|wait| wait.as_secs() >= u64::from(u32::MAX)) {
        context.fault(
            Diagnostic::at(wait.span, "nobody waits so long")
                .help("a floor is seconds to hours; write `never` where trying again is no use"),
        );
    }
}

fn delay(context: &Context<'_>, entry: &Entry, retry: &Retry, kind: RetryKind) {
    let durations = || {
        let of_type =
            |parameter: &&crate::read::draft::Parameter| parameter.parameter_type() == Some(ParameterType::Duration);
        entry.parameters.iter().filter(of_type).map(|parameter| parameter.name.as_str())
    };
    match &retry.delay {
        Some(delay) if kind != RetryKind::After => {
            context.fault(
                Diagnostic::at(delay.span, format!("a retry of kind `{kind}` has no `delay`"))
                    .help("remove it, or write `kind = \"after\"`"),
            );
        }
        // A parameter that could not be read, or whose type is none, may be a duration.
        Some(_) if entry.unreadable.contains(&"params") => {}
        Some(delay) if entry.parameter(delay.as_str()).is_some_and(|it| it.parameter_type().is_none()) => {}
        Some(delay) if !durations().any(|name| name == delay.value) => {
            let message =
                format!("`{}` is no duration parameter of `{}`", delay.value.escape_debug(), entry.code.value);
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
        None if kind == RetryKind::After => {
            context.fault(
                Diagnostic::at(retry.span, "a retry of kind `after` has no `delay`")
                    .help("name the duration parameter that says how long: `delay = \"retry_after\"`"),
            );
        }
        _ => {}
    }
}

fn suits_the_status(context: &Context<'_>, entry: &Entry, retry: &Retry, kind: RetryKind) {
    let fault = match (entry.http_status(), kind) {
        (Some(429), kind) if kind != RetryKind::After => {
            "a 429 says when to try again (RFC 6585 §4): write `retry = { kind = \"after\", delay = \"retry_after\" }`"
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
