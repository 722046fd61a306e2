//! The Lift envelope: the API's own error body, which existing clients read.

use super::json::{self, JsonLine};
use crate::message::output::Output;
use crate::problem::Problem;
use crate::problem::field_error::FieldError;
use lift_errors_core::escape;

/// Appends the document.
///
/// `errorCode` is the status as a number, `errorMessage` the detail on one line, `errorMessages` is
/// absent rather than null, and no member is ever null: the front end throws on it.
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

/// The two members that clients know. The rest is in problem details.
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
