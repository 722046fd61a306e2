//! The Lift envelope: the error body of the Lift API, which existing clients read.

use crate::message::output::Output;
use crate::problem::Problem;
use crate::problem::field_error::FieldError;
use crate::render::json::{self, JsonLine};
use lift_errors_core::escape;

/// Appends the document.
///
/// `errorCode` is the status as a number and `errorMessage` the detail on one line. No member is ever null, because the
/// front end throws on null: `errorMessages` is left out instead.
#[inline]
pub(super) fn write<O: Output>(problem: &Problem<'_>, out: &mut O) {
    problem.write_text(problem.detail().envelope_document(), out, &mut JsonLine);
    if let Some(id) = problem.request_id() {
        json::member(out, ",\"requestId\":\"", id.as_str());
    }
    if let Some(errors) = problem.field_errors() {
        let mut before = ",\"errorMessages\":[\"";
        for error in errors {
            out.push(before);
            line(error.message(), out);
            before = "\",\"";
        }
        let mut before = "\"],\"errors\":[{";
        for error in errors {
            out.push(before);
            field_error(error, out);
            before = "},{";
        }
        out.push("}]");
    }
    out.push("}");
}

/// Appends the two members that existing clients read. Problem details contain all of them.
fn field_error<O: Output>(error: &FieldError, out: &mut O) {
    out.push("\"field\":\"");
    error.field_pieces(|piece| line(piece, out));
    out.push("\",\"message\":\"");
    line(error.message(), out);
    out.push("\"");
}

fn line<O: Output>(text: &str, out: &mut O) {
    escape::json_line(text, &mut |piece| out.push(piece));
}
