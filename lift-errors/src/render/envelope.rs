//! The Lift envelope: the error body of the Lift API, which existing clients read.

use crate::locale::Locale;
use crate::message::output::Output;
use crate::message::value::bounded;
use crate::problem::Problem;
use crate::problem::field_error::{FieldError, write_omitted};
use crate::render::json::{self, JsonLine};
use crate::render::text::colon;
use lift_errors_core::escape;

/// Appends the document.
///
/// `errorCode` is the status as a number and `errorMessage` the detail on one line. No member is ever null, because the
/// front end throws on null: `errorMessages` is left out instead.
#[inline]
pub(super) fn write<O: Output>(problem: &Problem<'_>, out: &mut O) {
    let detail = problem.detail();
    problem.write_document(detail.envelope_document(), out, &mut JsonLine);
    if let Some(delay) = problem.delay_apart(&detail) {
        out.push(",\"retryAfter\":");
        json::machine(out, &delay);
    }
    if let Some(id) = problem.request_id() {
        json::member(out, ",\"requestId\":\"", id.as_str());
    }
    if let Some(errors) = problem.field_errors() {
        let locale = problem.catalog_locale();
        let colon = colon(problem.conventions());
        let mut before = ",\"errorMessages\":[\"";
        for error in errors.shown() {
            out.push(before);
            heading(error, locale, colon, out);
            message(error, locale, out);
            before = "\",\"";
        }
        if let Some(count) = errors.omitted() {
            out.push(before);
            write_omitted(count, problem.conventions(), out);
        }
        let mut before = "\"],\"errors\":[{";
        for error in errors.shown() {
            out.push(before);
            field_error(error, locale, out);
            before = "},{";
        }
        if let Some(count) = errors.omitted() {
            out.push("},{\"field\":\"\",\"message\":\"");
            write_omitted(count, problem.conventions(), out);
            out.push("\"");
        }
        out.push("}]");
    }
    out.push("}");
}

/// Appends the two members that existing clients read. Problem details contain all of them.
fn field_error<O: Output>(error: &FieldError, locale: Locale, out: &mut O) {
    out.push("\"field\":\"");
    error.field_pieces(|piece| line(piece, out));
    out.push("\",\"message\":\"");
    message(error, locale, out);
    out.push("\"");
}

/// The field, where the message does not name it: a catalogue's is the same for every field.
fn heading<O: Output>(error: &FieldError, locale: Locale, colon: &'static str, out: &mut O) {
    if error.violation().plain_message().is_some() || error.pointer().is_empty() {
        return;
    }
    match error.label() {
        Some(label) => label.pieces(locale, |piece| line(piece, out)),
        None => error.field_pieces(|piece| line(piece, out)),
    }
    out.push(colon);
}

fn message<O: Output>(error: &FieldError, locale: Locale, out: &mut O) {
    match error.violation().plain_message() {
        Some(message) => line(message, out),
        None => error.violation().write(out, &mut JsonLine, locale),
    }
}

fn line<O: Output>(text: &str, out: &mut O) {
    bounded(text, out, |text, out| escape::json_line(text, &mut |piece| out.push(piece)));
}
