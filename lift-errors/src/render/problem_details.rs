//! Problem details for HTTP APIs (RFC 9457) with their extension members, which `lift_errors_core::document` lists.

use crate::catalog::guidance::{Cause, Fix, Note};
use crate::catalog::retry::Retry;
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::output::Output;
use crate::problem::Problem;
use crate::render::json::{self, Json};
use lift_errors_core::vocabulary::{Audience, RetryKind};

/// The size in bytes that most errors fit in, so that a new buffer grows once.
const USUAL_SIZE: usize = 2_048;

/// Appends the document. The part that is the same for every occurrence was written at build time.
#[inline]
pub(super) fn write<O: Output>(problem: &Problem<'_>, out: &mut O) {
    out.reserve(USUAL_SIZE);
    match (problem.entry().problem_document(), problem.cause()) {
        (Some(document), None) if !problem.error().__is_bare() => problem.write_document(document, out, &mut Json),
        _ => dependent_part(&problem.for_clients(), out),
    }
    occurrence(problem, out);
    out.push("}");
}

/// Appends the document up to the members of the occurrence, for a document that depends on the parameters or the cause.
#[inline(never)]
fn dependent_part<O: Output>(problem: &Problem<'_>, out: &mut O) {
    let (entry, detail) = (problem.entry(), problem.detail());
    // The document of a detail lists all causes, and has the contract of the entry, perhaps without the delay.
    let has_contract = problem.error().__retry().is_none() && problem.delay_apart(&detail).is_none();
    let is_whole = has_contract && problem.visible_cause().is_none();
    if is_whole {
        problem.write_document(detail.problem_document(), out, &mut Json);
    } else {
        problem.write_document(entry.problem_head(), out, &mut Json);
        problem.write_text(detail.text(), out, &mut Json);
        guidance(problem, out);
    }
    if !is_whole || !detail.has_parameters() {
        json::parameters(problem, out);
    }
}

/// Appends the members that only this occurrence has.
#[inline]
fn occurrence<O: Output>(problem: &Problem<'_>, out: &mut O) {
    if let Some(instance) = problem.instance() {
        json::member(out, ",\"instance\":\"", instance);
    }
    if let Some(id) = problem.request_id() {
        // A request id does not contain characters that JSON escapes.
        if problem.instance().is_none() {
            out.push(",\"instance\":\"");
            out.push(id.urn_prefix());
            out.push(id.as_str());
            out.push("\"");
        }
        out.push(",\"request_id\":\"");
        out.push(id.as_str());
        out.push("\"");
    }
    if let Some(errors) = problem.field_errors() {
        out.push(",\"errors\":");
        json::field_errors(problem, errors, out);
    }
}

/// Appends the part of the build-time document after the detail, for the causes and fixes of this occurrence.
fn guidance<O: Output>(problem: &Problem<'_>, out: &mut O) {
    out.push("\",\"retry\":");
    retry(problem.retry(), out);
    out.push(",\"causes\":[");
    let mut open = "{";
    for cause in problem.causes() {
        Item::of_cause(cause).begin(problem, out, open);
        let mut before = ",\"fixes\":[\"";
        for fix in cause.fixes().filter(|fix| problem.is_for_reader(fix.audience())) {
            out.push(before);
            out.push(fix.id());
            before = "\",\"";
        }
        out.push(if before == "\",\"" { "\"]}" } else { ",\"fixes\":[]}" });
        open = ",{";
    }
    out.push("],\"fixes\":[");
    let mut before = "{";
    for fix in problem.fixes() {
        Item::of_fix(fix).begin(problem, out, before);
        if let Some(link) = fix.link() {
            json::member(out, ",\"href\":\"", link.href());
        }
        before = "},{";
    }
    out.push(if before == "{" { "]" } else { "}]" });
    let mut before = ",\"notes\":[{";
    for note in problem.notes() {
        Item::of_note(note).begin(problem, out, before);
        json::member(out, ",\"kind\":\"", note.kind().as_str());
        before = "},{";
    }
    if before == "},{" {
        out.push("}]");
    }
}

/// Appends `{"kind":"after","after":12}`.
fn retry<O: Output>(retry: Retry, out: &mut O) {
    out.push("{\"kind\":\"");
    out.push(retry.kind().as_str());
    out.push("\"");
    if let Some(wait) = retry.wait().filter(|_| retry.kind() != RetryKind::Never) {
        out.push(",\"after\":");
        json::machine(out, &Value::Duration(wait));
    }
    out.push("}");
}

/// The common members of causes, fixes and notes.
struct Item {
    id: &'static str,
    text: Text,
    audience: Option<Audience>,
}

impl Item {
    fn of_cause(cause: Cause) -> Self {
        Self { id: cause.id(), text: cause.text(), audience: cause.audience() }
    }

    fn of_fix(fix: Fix) -> Self {
        Self { id: fix.id(), text: fix.text(), audience: fix.audience() }
    }

    fn of_note(note: Note) -> Self {
        Self { id: note.id(), text: note.text(), audience: note.audience() }
    }

    /// Appends `"id":…,"text":…,"audience":…` after `open`, which begins the object. An id is snake_case and needs no
    /// escaping.
    fn begin<O: Output>(&self, problem: &Problem<'_>, out: &mut O, open: &str) {
        out.push(open);
        out.push("\"id\":\"");
        out.push(self.id);
        out.push("\",\"text\":\"");
        problem.write_text(self.text, out, &mut Json);
        out.push("\"");
        if let Some(audience) = self.audience {
            json::member(out, ",\"audience\":\"", audience.as_str());
        }
    }
}
