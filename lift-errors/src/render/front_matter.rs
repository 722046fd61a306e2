//! The YAML before an error in Markdown: the facts that an agent decides by, without reading the text.

use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::message::output::Output;
use crate::problem::Problem;
use crate::problem::request_id::RequestId;
use lift_errors_core::display::whole_seconds;
use lift_errors_core::escape;
use lift_errors_core::vocabulary::RetryKind;

/// Appends the front matter of a problem.
pub(super) fn write<O: Output>(problem: &Problem<'_>, out: &mut O) {
    let entry = problem.entry();
    out.push("---\n");
    text(out, "code", &[entry.code()]);
    text(out, "id", &[entry.id()]);
    // A 5xx is the service's to mend (RFC 9110 §15.6). Anything else is the caller's, and so is an error that only clients
    // raise. Without HTTP there are not two sides.
    let actor = entry.has_transport().then(|| actor(problem.status()));
    common(out, problem.status(), problem.retry(), actor);
    text(out, "type", &entry.type_uri_pieces());
    end(out, problem.request_id());
}

/// Appends the front matter of a status that no entry explains.
pub(super) fn write_status<O: Output>(status: u16, retry: Retry, request_id: Option<RequestId<'_>>, out: &mut O) {
    out.push("---\n");
    common(out, Some(status), retry, Some(actor(Some(status))));
    text(out, "type", &["about:blank"]);
    end(out, request_id);
}

fn actor(status: Option<u16>) -> &'static str {
    if status.is_some_and(|status| status >= 500) { "actor: service\n" } else { "actor: client\n" }
}

fn common<O: Output>(out: &mut O, status: Option<u16>, retry: Retry, actor: Option<&str>) {
    if let Some(status) = status {
        number(out, "status", u64::from(status));
    }
    let is_retryable = matches!(retry.kind(), RetryKind::Idempotent | RetryKind::After);
    out.push(if is_retryable { "retryable: true\n" } else { "retryable: false\n" });
    text(out, "retry", &[retry.kind().as_str()]);
    if let Some(wait) = retry.wait().filter(|_| is_retryable) {
        number(out, "retry_after", whole_seconds(wait));
    }
    out.push(actor.unwrap_or_default());
}

fn end<O: Output>(out: &mut O, request_id: Option<RequestId<'_>>) {
    if let Some(id) = request_id {
        text(out, "request_id", &[id.as_str()]);
    }
    out.push("---\n\n");
}

/// A text between quotation marks, so that `no` or `0404` stay text. YAML reads JSON's strings (YAML 1.2 §1.3).
fn text<O: Output>(out: &mut O, name: &str, pieces: &[&str]) {
    out.push(name);
    out.push(": \"");
    for piece in pieces {
        escape::json(piece, &mut |piece| out.push(piece));
    }
    out.push("\"\n");
}

fn number<O: Output>(out: &mut O, name: &str, number: u64) {
    out.push(name);
    out.push(": ");
    Value::Unsigned(number).machine(out, |_, _| {});
    out.push("\n");
}
