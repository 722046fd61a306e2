//! JSON: texts in strings, values, and the members that depend on the occurrence.

use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::markup::Form;
use crate::message::output::Output;
use crate::message::value::bounded;
use crate::problem::Problem;
use crate::problem::field_error::{FieldError, FieldErrors, write_omitted};
use lift_errors_core::conventions::Conventions;
use lift_errors_core::display::MAX_EXACT;
use lift_errors_core::escape;
use lift_errors_core::limit::MAX_TEXT_BYTES;
use lift_errors_core::segment::JSON_ESCAPE;

/// A text in a JSON string.
pub(crate) struct Json;

#[inline]
fn escaped<O: Output>(text: &str, out: &mut O) {
    escape::json(text, &mut |piece| out.push(piece));
}

/// Appends a value in a sentence.
#[inline]
fn value<O: Output>(text: &str, out: &mut O) {
    escape::json_value(text, &mut |piece| out.push(piece));
}

impl Form for Json {
    #[inline]
    fn keeps(&self, flags: u32) -> bool {
        flags & JSON_ESCAPE == 0
    }

    #[inline]
    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        escaped(text, out);
    }

    #[inline]
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        value.show(out, conventions, |text, out| escape::json_value(text, &mut |piece| out.push(piece)));
    }

    #[inline]
    fn machine<O: Output>(&mut self, out: &mut O, value: &Value<'_>, _conventions: &Conventions) {
        machine(out, value);
    }
}

/// A text in a JSON string that clients show on one line.
pub(crate) struct JsonLine;

impl Form for JsonLine {
    #[inline]
    fn keeps(&self, flags: u32) -> bool {
        Json.keeps(flags)
    }

    #[inline]
    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        escaped(text, out);
    }

    #[inline]
    fn machine<O: Output>(&mut self, out: &mut O, value: &Value<'_>, _conventions: &Conventions) {
        machine(out, value);
    }

    #[inline]
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        value.show(out, conventions, |text, out| escape::json_line(text, &mut |piece| out.push(piece)));
    }
}

/// Appends a value as JSON: a number or a quoted string.
#[inline]
pub(crate) fn machine<O: Output>(out: &mut O, value: &Value<'_>) {
    match value.is_text() {
        false if is_exact(value) => value.machine(out, |_, _| {}),
        false => {
            out.push("\"");
            value.machine(out, |_, _| {});
            out.push("\"");
        }
        true => quoted(out, value),
    }
}

/// Whether every reader of JSON understands a number exactly. Any other is written as a string.
#[inline]
pub(crate) fn is_exact(value: &Value<'_>) -> bool {
    match *value {
        Value::Unsigned(number) => number <= MAX_EXACT,
        Value::Signed(number) => number.unsigned_abs() <= MAX_EXACT,
        _ => true,
    }
}

fn quoted<O: Output>(out: &mut O, value: &Value<'_>) {
    out.push("\"");
    value.text(out, escaped);
    out.push("\"");
}

/// Appends a quoted string.
pub(crate) fn string<O: Output>(out: &mut O, text: &str) {
    out.push("\"");
    escaped(text, out);
    out.push("\"");
}

/// Appends `,"name":"value"`. `before` is the part before the value.
pub(crate) fn member<O: Output>(out: &mut O, before: &'static str, text: &str) {
    out.push(before);
    bounded(text, out, escaped);
    out.push("\"");
}

/// Appends the public parameters as `,"params":{…}`, or nothing if there are none.
pub(crate) fn parameters<O: Output>(problem: &Problem<'_>, out: &mut O) {
    let mut before = ",\"params\":{";
    for (parameter, value) in problem.public_parameters() {
        out.push(before);
        string(out, parameter.name());
        out.push(":");
        machine(out, &value);
        before = ",";
    }
    if before == "," {
        out.push("}");
    }
}

/// Appends the array of field errors.
pub(crate) fn field_errors<O: Output>(problem: &Problem<'_>, errors: &FieldErrors, out: &mut O) {
    let locale = problem.catalog_locale();
    let mut before = "[{";
    for error in errors.shown() {
        out.push(before);
        field_error(error, locale, out);
        before = "},{";
    }
    if let Some(count) = errors.omitted() {
        out.push("},{\"field\":\"\",\"pointer\":\"\",\"code\":\"omitted\",\"params\":{\"count\":");
        machine(out, &count);
        out.push("},\"message\":\"");
        write_omitted(count, problem.conventions(), out);
        out.push("\"");
    }
    out.push("}]");
}

fn field_error<O: Output>(error: &FieldError, locale: Locale, out: &mut O) {
    out.push("\"field\":\"");
    // The field consists of pieces of the pointer: one look at the pointer is enough for both.
    if error.pointer().len() <= MAX_TEXT_BYTES && escape::json_keeps(error.pointer()) {
        error.field_pieces(|piece| out.push(piece));
        out.push("\",\"pointer\":\"");
        out.push(error.pointer());
        out.push("\"");
    } else {
        error.field_pieces(|piece| escaped(piece, out));
        member(out, "\",\"pointer\":\"", error.pointer());
    }
    member(out, ",\"code\":\"", error.code());
    let mut before = ",\"params\":{";
    for (name, value) in error.parameters() {
        out.push(before);
        string(out, name);
        out.push(":");
        machine(out, &value.value());
        before = ",";
    }
    if before == "," {
        out.push("}");
    }
    if let Some(label) = error.label() {
        out.push(",\"label\":\"");
        label.pieces(locale, |piece| escaped(piece, out));
        out.push("\"");
    }
    out.push(",\"message\":\"");
    match error.violation().plain_message() {
        Some(message) => bounded(message, out, value),
        None => error.violation().write(out, &mut Json, locale),
    }
    out.push("\"");
}
