//! The bodies of the traits that generated errors implement.

use super::origin::Origin;
use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::value::Value;
use crate::problem::Problem;
use crate::problem::lift_error::LiftError;
use alloc::string::String;
use core::fmt;

/// The value of a parameter of the error's entry, for `LiftError::parameter`. A parameter of another entry has no value.
pub fn value_of(error: &dyn LiftError, parameter: Parameter) -> Option<Value<'_>> {
    let is_declared = parameter.entry().canonical() == error.entry().canonical();
    if is_declared { error.__parameter(parameter.number()) } else { None }
}

/// `Display` of a canonical error: what happened this time, in English, for anyone to read.
pub fn display(error: &dyn LiftError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    Problem::new(error).log_detail(f)
}

/// `Debug` of a generated `Error`, from the tables: deriving it takes gigabytes at 10,000 entries.
pub fn debug(error: &dyn LiftError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let problem = Problem::new(error);
    let mut shown = f.debug_struct(&variant_name(error.entry().code()));
    for (parameter, value) in problem.public_parameters().chain(problem.operator_parameters()) {
        shown.field(parameter.name(), &value);
    }
    if let Some(errors) = problem.field_errors() {
        shown.field("field_errors", errors);
    }
    if let Some(cause) = error.known_cause() {
        shown.field("cause", &format_args!("{}", cause.id()));
    }
    if let Some(source) = error.source() {
        shown.field("source", &source);
    }
    shown.finish()
}

/// `TooManyRequests`, from `too_many_requests`: the compiler derives the name of the variant from the code in the same way.
pub fn variant_name(code: &str) -> String {
    code.split('_').fold(String::with_capacity(code.len()), |mut name, word| {
        let mut characters = word.chars();
        name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(characters.as_str());
        name
    })
}

/// Whether two errors of one catalogue have the same code, parameters, field errors and cause. A secret can't be seen
/// here; generated code compares it.
pub fn equal(error: &dyn LiftError, other: &dyn LiftError) -> bool {
    let entry = error.entry();
    entry == other.entry()
        && error.known_cause() == other.known_cause()
        && error.field_errors() == other.field_errors()
        && entry.parameters().all(|parameter| match (error.parameter(parameter), other.parameter(parameter)) {
            (Some(value), Some(other)) => equal_values(value, other),
            (value, other) => value.is_none() && other.is_none(),
        })
}

fn equal_values(value: Value<'_>, other: Value<'_>) -> bool {
    match (value, other) {
        (Value::Unsigned(value), Value::Unsigned(other)) => value == other,
        (Value::Signed(value), Value::Signed(other)) => value == other,
        (Value::Duration(value), Value::Duration(other)) => value == other,
        (Value::Term(value), Value::Term(other)) => value == other,
        (Value::Text(value), Value::Text(other)) => value == other,
        // Generated errors have only secrets as `Display`.
        (Value::Display(_), Value::Display(_)) => true,
        _ => false,
    }
}

/// The number of a cause among those of `entry`; `None` if it belongs to another entry.
pub fn cause_number(entry: Entry, cause: Cause) -> Option<u8> {
    (cause.entry().canonical() == entry.canonical()).then(|| cause.number())
}

/// The cause of an error's entry with a number.
pub fn known_cause(entry: Entry, origin: &Origin) -> Option<Cause> {
    origin.cause().map(|number| Cause::new(entry, number))
}

/// The numbers of a cause's entry and of the cause; `None` if it belongs to another catalogue. The causes of an alias are
/// those of its entry.
pub fn cause_parts(catalog: &'static Catalog, cause: Cause) -> Option<(u16, u8)> {
    let entry = cause.entry().canonical();
    entry.catalog().ptr_eq(catalog).then(|| (entry.number(), cause.number()))
}
