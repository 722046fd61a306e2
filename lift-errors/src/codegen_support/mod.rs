//! What generated code calls. Nothing here is for people, and all of it may change with any version:
//! the module's name has the version, so that code of one and runtime of another fail to compile.
//!
//! A setter is only there for the parameters of its entry, and only on the builder:
//!
//! ```
//! use lift_errors::lift;
//! let error: lift::Error = lift::bad_gateway::new().with_upstream("carrier-7").build();
//! ```
//!
//! ```compile_fail,E0599
//! use lift_errors::lift;
//! let error: lift::Error = lift::forbidden::new().with_upstream("carrier-7").build();
//! ```
//!
//! ```compile_fail,E0599
//! use lift_errors::lift;
//! let error = lift::Error::bad_gateway().with_upstream("carrier-7");
//! ```

mod assertion;
mod field;
mod message;
mod openapi;
mod origin;
pub mod prelude;
mod response;
mod source;
mod traits;

pub use crate::catalog::{Column, Tables, Texts};
#[cfg(feature = "actix-web")]
pub use crate::server::actix::{actix_response, actix_status};
pub use crate::{
    __lift_builder as builder, __lift_code_traits as code_traits, __lift_error_traits as error_traits,
    __lift_openapi_traits as openapi_traits, __lift_received_traits as received_traits,
    __lift_responses as response_traits,
};
#[cfg(feature = "actix-web")]
pub use actix_web;
pub use alloc::borrow::Cow;
pub use alloc::boxed::Box;
pub use alloc::vec::Vec;
pub use assertion::{cause, kind, parameter, require_all, require_field_errors, require_optional, require_server};
#[cfg(feature = "axum")]
pub use axum;
pub use field::{Field, FieldList, Kind, ParameterKind};
pub use lift_errors_core::conventions::{Conventions, Durations, Numbers, Pattern, Separators};
pub use lift_errors_core::key_hash::KeyTable;
pub use lift_errors_core::u32_table::{Strings, U32Table};
#[cfg(feature = "utoipa")]
pub use openapi::{Responses, responses, utoipa};
pub use origin::Origin;
#[cfg(feature = "serde")]
pub use serde;
pub use source::AsError;
#[cfg(feature = "strum")]
pub use strum;
#[cfg(feature = "tonic")]
pub use tonic;

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::value::Value;
use crate::problem::Problem;
use crate::problem::lift_error::LiftError;
use alloc::string::String;
use core::fmt;

/// From a status to the code of its default entry. As values, not as numbers of them, it is one load: a program with many
/// codegen units does not see through a table that it refers to.
#[derive(Debug)]
pub struct Statuses<T>([Option<T>; lift_errors_core::status::COUNT]);

impl<T: Copy> Statuses<T> {
    /// `numbers` has two bytes for every status from 400: which of `all` stands for it.
    #[allow(clippy::indexing_slicing, reason = "constants are made of this: what is too short does not compile")]
    pub const fn new(numbers: &[u8], all: &[T]) -> Self {
        let mut codes = [None; lift_errors_core::status::COUNT];
        let mut place = 0;
        while place < codes.len() {
            codes[place] = match u16::from_le_bytes([numbers[place * 2], numbers[place * 2 + 1]]) {
                u16::MAX => None,
                number => Some(all[number as usize]),
            };
            place += 1;
        }
        Self(codes)
    }

    /// The code.
    #[inline]
    pub fn get(&self, status: u16) -> Option<T> {
        // What is below the first wraps, and is past the end.
        *self.0.get(usize::from(status.wrapping_sub(*lift_errors_core::status::ERRORS.start())))?
    }
}

/// The entry with a number. A path is found faster by rustc than an associated function, and there are two or three
/// for every entry.
pub const fn entry_of(catalog: &'static Catalog, number: u16) -> Entry {
    Entry::new(catalog, number)
}

/// A part of a file that generated code takes in; none of it where it is shorter than the compiler wrote it.
pub const fn part(bytes: &'static [u8], start: usize, end: usize) -> &'static [u8] {
    match bytes.split_at_checked(end) {
        Some((head, _)) => match head.split_at_checked(start) {
            Some((_, part)) => part,
            None => b"",
        },
        None => b"",
    }
}

/// The catalogue that stands in for one with faults: every assertion passes, so that the faults are the
/// only errors.
pub const NOTHING: Catalog = Catalog::new(Tables {
    name: "",
    reference: "",
    strings: Strings::new("", U32Table::new(b"")),
    entries: U32Table::new(b""),
    parameters: U32Table::new(b""),
    details: U32Table::new(b""),
    causes: U32Table::new(b""),
    cause_fixes: U32Table::new(b""),
    fixes: U32Table::new(b""),
    notes: U32Table::new(b""),
    links: U32Table::new(b""),
    headers: U32Table::new(b""),
    locale_columns: b"",
    tag_columns: U32Table::new(b""),
    columns: &[],
});

/// An entry of a catalogue with faults.
pub const BROKEN: Entry = {
    static CATALOG: Catalog = NOTHING;
    Entry::new(&CATALOG, u16::MAX)
};

/// Whether the runtime has the version of the compiler that generated a module.
pub const fn is_version(generated: &str) -> bool {
    message::equal(generated, env!("CARGO_PKG_VERSION"))
}

pub(crate) const fn is_broken(entry: Entry) -> bool {
    entry.number() == u16::MAX
}

/// The entries of a type's own variants, then those of the errors that it passes on, each once.
pub fn entries(own: &[Entry], passed_on: &[fn() -> Vec<Entry>]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for entry in own.iter().copied().chain(passed_on.iter().flat_map(|entries| entries())) {
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

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
fn variant_name(code: &str) -> String {
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
