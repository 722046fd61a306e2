//! Rules about response headers.

use super::context::Context;
use super::retry;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::naming;
use crate::read::draft::{Entry, Header, Parameter};
use lift_errors_core::status::required_header;
use lift_errors_core::vocabulary::{ParameterType, RetryKind};

/// Headers that every error has: the renderer or the server writes them.
const TAKEN: &[&str] =
    &["cache-control", "vary", "link", "lift-error", "lift-retry", "date", "age", "expires", "pragma"];

/// Headers of the connection (RFC 9110 §7.6.1). `Upgrade` is also what a 426 must have.
const OF_CONNECTION: &[&str] =
    &["connection", "keep-alive", "proxy-connection", "transfer-encoding", "trailer", "te", "host"];

/// Headers by which a browser treats the page or the whole site otherwise.
const FOR_BROWSERS: &[&str] = &[
    "clear-site-data",
    "content-disposition",
    "content-security-policy",
    "content-security-policy-report-only",
    "permissions-policy",
    "public-key-pins",
    "referrer-policy",
    "refresh",
    "service-worker-allowed",
    "set-cookie",
    "set-cookie2",
    "sourcemap",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "x-xss-protection",
];

/// Why an entry can't write a header, by its name in lower case.
fn refusal(name: &str) -> Option<&'static str> {
    if TAKEN.contains(&name) {
        return Some("every response has it from the renderer or the server; remove it here");
    }
    if FOR_BROWSERS.contains(&name) || name.starts_with("access-control-") || name.starts_with("cross-origin-") {
        return Some(
            "browsers treat a page or a whole site otherwise by it, which the service decides; remove it here",
        );
    }
    if OF_CONNECTION.contains(&name) {
        return Some("it belongs to the connection, and the server writes it; remove it here");
    }
    if name.starts_with("grpc-") {
        return Some("it belongs to the protocol gRPC, and the renderer writes it; remove it here");
    }
    // A range that can't be sent is a fact about the error (RFC 9110 §15.5.17).
    if name.starts_with("content-") && name != "content-range" {
        return Some("it describes the body, which the renderer writes; remove it here");
    }
    None
}

/// The most constant headers of an entry.
const MOST: usize = 32;

/// A status that is useless without a header has it: a constant, or a parameter.
pub(super) fn required_headers(context: &Context<'_>) {
    for entry in context.draft.entries.iter().filter(|entry| !entry.is_alias() && !entry.is_draft()) {
        let Some(status) = entry.http_status() else { continue };
        let Some((name, standard)) = required_header(status) else { continue };
        if !writes(entry, name) && !entry.unreadable.contains(&"headers") && !entry.unreadable.contains(&"params") {
            if name == "Retry-After" && is_delay_at_fault(entry) {
                continue;
            }
            let constant = |value: &str| match entry.headers.is_empty() {
                true => format!("`headers = {{ {name} = {value} }}`"),
                false => format!("`{name} = {value}` in `headers`"),
            };
            let service = context.draft.manifest.name.as_ref().map(Text::as_str);
            let service = service.filter(|name| naming::check(name).is_ok()).unwrap_or("api");
            let remedy = match name {
                "WWW-Authenticate" | "Proxy-Authenticate" => {
                    format!("add {}", constant(&format!("'Bearer realm=\"{service}\"'")))
                }
                "Retry-After" => retry::retry_after(entry),
                _ => format!("declare a required parameter with `header = \"{name}\"`, or write {}", constant("\"…\"")),
            };
            context.fault(
                Diagnostic::at(
                    entry.status.as_ref().map_or(entry.code.span, |status| status.span),
                    match name {
                        // The standards leave it open: a rule of ours is not theirs.
                        "Retry-After" => {
                            format!("a {status} needs the header `{name}` in this format; {standard} leaves it open")
                        }
                        _ => format!("a {status} needs the header `{name}` ({standard})"),
                    },
                )
                .help(remedy),
            );
        }
    }
}

/// Whether the remedy of another fault gives an entry the parameter with its delay: of a 429 that promises none, of a delay that
/// nothing declares, or of one that is optional.
fn is_delay_at_fault(entry: &Entry) -> bool {
    let kind = entry.retry.as_ref().and_then(|retry| retry.kind.as_ref()).and_then(|kind| kind.value.parse().ok());
    let is_unsuitable = entry.http_status() == Some(429) && kind.is_some_and(|kind| !retry::suits(entry, kind));
    let parameter = delay(entry).map(|delay| entry.parameter(delay.as_str()));
    is_unsuitable || parameter.is_some_and(|parameter: Option<&Parameter>| parameter.is_none_or(|it| it.optional))
}

/// Whether the delay of an entry's retry goes into `Retry-After`.
fn writes_delay(entry: &Entry) -> bool {
    let parameter = delay(entry).and_then(|delay| entry.parameter(delay.as_str()));
    parameter.and_then(|it| it.header.as_ref()).is_some_and(|it| it.value.eq_ignore_ascii_case("Retry-After"))
}

fn delay(entry: &Entry) -> Option<&Text> {
    entry.retry.as_ref()?.delay.as_ref()
}

fn writes(entry: &Entry, name: &str) -> bool {
    let constant = entry.headers.iter().any(|header| header.name.value.eq_ignore_ascii_case(name));
    let is_it = |text: &Text| text.value.eq_ignore_ascii_case(name);
    constant || entry.parameters.iter().any(|it| !it.optional && it.header.as_ref().is_some_and(is_it))
}

/// `Retry-After` tells clients what the retry contract tells them.
pub(super) fn retry_after_is_the_delay(context: &Context<'_>) {
    for entry in context.draft.entries.iter().filter(|entry| !entry.unreadable.contains(&"retry")) {
        let delay = delay(entry);
        for header in entry.headers.iter().filter(|header| header.name.value.eq_ignore_ascii_case("Retry-After")) {
            context.fault(
                Diagnostic::at(header.name.span, "a constant `Retry-After` is not what the retry contract says").help(
                    match retry::suits(entry, RetryKind::After) {
                        true if writes_delay(entry) => {
                            "remove it here: the parameter with the delay carries it".to_owned()
                        }
                        true => format!("remove it here, and {}", retry::retry_after(entry)),
                        false => "remove it: the same request will fail again".to_owned(),
                    },
                ),
            );
        }
        let is_after =
            entry.retry.as_ref().and_then(|retry| retry.kind.as_ref()).is_some_and(|kind| kind.value == "after");
        if is_after && delay.is_none() || !is_after && entry.http_status() == Some(429) {
            // That the delay is missing, or that a 429 has one, is another fault.
            continue;
        }
        for parameter in &entry.parameters {
            let header = parameter.header.as_ref().filter(|header| header.value.eq_ignore_ascii_case("Retry-After"));
            if let Some(header) = header.filter(|_| delay.is_none_or(|delay| delay.value != parameter.name.value)) {
                let name = parameter.name.value.escape_debug();
                let is_duration = parameter.parameter_type() == Some(ParameterType::Duration);
                let may_be_delay = is_duration && retry::suits(entry, RetryKind::After);
                context.fault(
                    Diagnostic::at(
                        header.span,
                        format!("`Retry-After` carries `{name}`, which is not the retry's delay"),
                    )
                    .help(match may_be_delay {
                        true => {
                            format!("write `retry = {{ kind = \"after\", delay = \"{name}\" }}`, or remove `header`")
                        }
                        false => "remove `header`".to_owned(),
                    }),
                );
            }
        }
    }
}

/// Names are tokens, values are visible ASCII, none is written twice or belongs to another.
pub(super) fn are_valid(context: &Context<'_>) {
    for entry in &context.draft.entries {
        if let Some(header) = entry.headers.get(MOST) {
            let message = format!("too many headers: `{}`", header.name.value.escape_debug());
            context.fault(Diagnostic::at(header.name.span, message).help(format!("an entry has at most {MOST}")));
        }
        let constants = entry.headers.iter().map(|header| &header.name);
        let names =
            || constants.clone().chain(entry.parameters.iter().filter_map(|parameter| parameter.header.as_ref()));
        for name in names() {
            let lower = name.value.to_ascii_lowercase();
            if !is_token(&name.value) {
                context.fault(
                    Diagnostic::at(name.span, format!("`{}` is not a header name", name.value.escape_debug()))
                        .help("write at most 64 letters, digits and `-`, such as `Retry-After` (RFC 9110 §5.1)"),
                );
            } else if let Some(reason) = refusal(&lower) {
                let message = format!("an entry can't write the header `{}`", name.value);
                context.fault(Diagnostic::at(name.span, message).help(reason));
            }
        }
        super::context::duplicates(
            names().map(|name| (name.value.to_ascii_lowercase(), name.span)),
            |name, span, first| {
                // A constant one is another fault.
                let is_constant = |header: &Header| header.name.value.eq_ignore_ascii_case("Retry-After");
                if name == "retry-after" && entry.headers.iter().any(is_constant) {
                    return;
                }
                let fault = |span| Diagnostic::at(span, format!("duplicate header `{}`", name.escape_debug()));
                context.fault(match context.draft.is_inherited(span) {
                    true => fault(first)
                        .related("a parameter of the base catalogue fills it, at", span)
                        .help("remove it from `headers`"),
                    false => fault(span).related("first at", first).help("remove one of the two"),
                });
            },
        );
        for header in &entry.headers {
            value_is_valid(context, header);
        }
    }
}

fn value_is_valid(context: &Context<'_>, header: &Header) {
    let value = header.filled(|name| context.constants.get(name).map(|constant| constant.value.in_header()));
    if !is_value(&value) {
        let message = format!("the value of `{}` is not a header value", header.name.value);
        let mut fault = Diagnostic::at(header.value.span, message);
        for constant in header.names().filter_map(|name| context.constants.get(name)) {
            fault = fault.related("it names the constant at", constant.name.span);
        }
        context.fault(
            fault.help("write visible ASCII characters on one line, without blanks around them (RFC 9110 §5.5)"),
        );
    }
    // Braces are also part of values, for example of URI templates; a name that is almost a constant's is not.
    for name in header.names().filter(|name| !context.constants.contains_key(name)) {
        let constants = context.draft.manifest.constants.iter().map(|constant| constant.name.as_str());
        let help = context.suggest(name, constants, "constants");
        if help.starts_with("did you mean") {
            let message = format!("`{{{}}}` is not a constant", name.escape_debug());
            context.fault(Diagnostic::at(header.value.span, message).help(help));
        }
    }
}

/// Whether a text is the value of a header: visible ASCII on one line.
pub(super) fn is_value(value: &str) -> bool {
    let visible = value.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    visible && !value.is_empty() && value.trim() == value
}

/// Whether a text is the name of a header.
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
