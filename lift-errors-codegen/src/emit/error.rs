//! `Error`: the typed enum whose variants carry the declared parameters. It is text and not tokens: of ten thousand
//! entries tokens cost a build script, which cargo does not optimise, seconds.

use super::{Scope, doc, explain};
use crate::resolve::catalog::{Entry, Parameter};
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The largest `Error`, in bytes: of the canonical catalogue, and of any other (clippy warns at 128).
const LARGEST: (usize, usize) = (64, 127);

/// A text of a parameter.
const TEXT: &str = "__private::Cow<'static, str>";

const NONE: &str = "::core::option::Option::None";

/// The enum, its constructors and its traits.
pub(crate) fn error(scope: &Scope<'_>) -> String {
    let entries = &scope.catalog.entries;
    let mut out = doc(&format!(
        " The errors of the catalogue `{}`, with their parameters.\n\n Made by the functions of the same names; optional parameters are added by `with_…`.",
        scope.catalog.name
    ));
    for name in &scope.catalog.derives {
        out += if name == "Clone" {
            "#[::core::prelude::v1::derive(::core::clone::Clone)]\n"
        } else {
            "#[::core::prelude::v1::derive(::core::cmp::PartialEq)]\n"
        };
    }
    out += "#[non_exhaustive]\npub enum Error {\n";
    entries.iter().for_each(|entry| variant(entry, &mut out));
    out += "}\n";
    size_assertion(scope, &mut out);
    out += "impl Error {\n";
    entries.iter().for_each(|entry| constructor(entry, &mut out));
    setters(scope, &mut out);
    code(scope, &mut out);
    out += "}\n\
        #[automatically_derived]\n\
        impl __lift::LiftError for Error {\n\
        #[inline]\n\
        fn entry(&self) -> __lift::Entry { __lift::Entry::new(&CATALOG, self.__number()) }\n\
        fn parameter(&self, parameter: __lift::Parameter) -> ::core::option::Option<__lift::Value<'_>> {\n\
        __private::value_of(self, parameter)\n}\n\
        #[allow(unused_variables)]\n\
        fn __parameter(&self, __number: u8) -> ::core::option::Option<__lift::Value<'_>> {\nmatch self {\n";
    values(scope, &mut out);
    out += "}\n}\n\
        fn field_errors(&self) -> ::core::option::Option<&__lift::FieldErrors> {\nmatch self {\n";
    let lists: Vec<&Entry> = entries.iter().filter(|entry| entry.field_errors).collect();
    arm(scope, &lists, "field_errors, ..", "::core::option::Option::Some(field_errors)", NONE, &mut out);
    out += "}\n}\n}\n__private::error_traits!(Error, Code);\n__private::received_traits!(Error, Code, CATALOG {\n";
    for entry in entries {
        // The names of the fields, from which the client makes the error again.
        let _ = write!(out, "{} {{ ", entry.variant);
        fields(entry).for_each(|name| out.extend([name, " "]));
        out += "}\n";
    }
    out += "});\n";
    out
}

/// `TooManyRequests { limit: u32, … }`.
fn variant(entry: &Entry, out: &mut String) {
    // Writing to a `String` can't fail.
    out.push_str(&doc(&format!(
        " {} (`{}`): its meaning, causes and fixes stand at [`Code::{}`].",
        explain::title(entry),
        entry.id,
        entry.variant
    )));
    let _ = write!(out, "#[non_exhaustive]\n{} {{\n", entry.variant);
    for parameter in &entry.parameters {
        out.push_str(&doc(&format!(" {}", parameter.doc)));
        let _ = match parameter.optional {
            true => writeln!(out, "{}: ::core::option::Option<{}>,", parameter.name, kind(parameter)),
            false => writeln!(out, "{}: {},", parameter.name, kind(parameter)),
        };
    }
    if entry.field_errors {
        out.push_str("/// What is wrong with each field.\nfield_errors: __lift::FieldErrors,\n");
    }
    out.push_str("},\n");
}

/// The names of a variant's fields.
fn fields(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.parameters.iter().map(|parameter| parameter.name.as_str()).chain(entry.field_errors.then_some("field_errors"))
}

/// The Rust type of a parameter in `Error`.
fn kind(parameter: &Parameter) -> &'static str {
    match (parameter.kind, parameter.sensitivity) {
        (ParameterType::U32, _) => "u32",
        (ParameterType::U64, _) => "u64",
        (ParameterType::I64, _) => "i64",
        (ParameterType::Duration, _) => "::core::time::Duration",
        (_, Sensitivity::Secret) => "__lift::Secret<__private::Cow<'static, str>>",
        _ => TEXT,
    }
}

/// `Error::too_many_requests(limit, window, retry_after)`.
fn constructor(entry: &Entry, out: &mut String) {
    out.push_str(&doc(&format!(" {} (`{}`).", explain::title(entry), entry.id)));
    out.push_str(&explain::deprecation(entry));
    let _ = write!(out, "#[inline]\npub fn {}(", entry.code);
    for parameter in entry.parameters.iter().filter(|parameter| !parameter.optional) {
        let _ = write!(out, "{}: {}, ", parameter.name, argument(parameter));
    }
    // rustc looks for a variant of `Self` among all of them, and knows one of `Error` by its name.
    let _ = write!(out, ") -> Self {{ Error::{} {{ ", entry.variant);
    for parameter in &entry.parameters {
        let value = if parameter.optional { NONE.to_owned() } else { given(parameter) };
        let _ = write!(out, "{}: {value}, ", parameter.name);
    }
    out.push_str(if entry.field_errors { "field_errors: __lift::FieldErrors::new() } }\n" } else { "} }\n" });
}

fn argument(parameter: &Parameter) -> &'static str {
    match parameter.kind {
        ParameterType::Text => "impl ::core::convert::Into<__private::Cow<'static, str>>",
        _ => kind(parameter),
    }
}

fn given(parameter: &Parameter) -> String {
    let name = &parameter.name;
    match (parameter.kind, parameter.sensitivity) {
        (ParameterType::Text, Sensitivity::Secret) => {
            format!("__lift::Secret::new(::core::convert::Into::into({name}))")
        }
        (ParameterType::Text, _) => format!("::core::convert::Into::into({name})"),
        _ => name.clone(),
    }
}

/// One setter for each name of an optional parameter, over all entries that have it.
fn setters(scope: &Scope<'_>, out: &mut String) {
    let entries = &scope.catalog.entries;
    let mut optional: BTreeMap<&str, Vec<(&Entry, &Parameter)>> = BTreeMap::new();
    for entry in entries {
        for parameter in entry.parameters.iter().filter(|parameter| parameter.optional) {
            optional.entry(&parameter.name).or_default().push((entry, parameter));
        }
    }
    for (name, places) in optional {
        let Some((_, parameter)) = places.first() else { continue };
        let codes: Vec<String> = places.iter().map(|(entry, _)| format!("`{}`", entry.code)).collect();
        let codes = codes.join(", ");
        let text = format!(
            " Adds the optional parameter `{name}` of {codes}. An error without this parameter stays as it is."
        );
        let (argument, value) = (argument(parameter), given(parameter));
        let _ = write!(
            out,
            "{}#[must_use]\npub fn with_{name}(mut self, {name}: {argument}) -> Self {{\nlet __value = {value};\nmatch &mut self {{\n",
            doc(&text)
        );
        let of: Vec<&Entry> = places.iter().map(|&(entry, _)| entry).collect();
        let set = format!("*{name} = ::core::option::Option::Some(__value)");
        arm(scope, &of, &format!("{name}, .."), &set, "{}", out);
        out.push_str("}\nself\n}\n");
    }
    let lists: Vec<&Entry> = entries.iter().filter(|entry| entry.field_errors).collect();
    if !lists.is_empty() {
        out.push_str(
            "/// Adds what is wrong with each field. An error that has no field errors stays as it is.\n\
             #[must_use]\n\
             pub fn with_field_errors(mut self, errors: __lift::FieldErrors) -> Self {\nmatch &mut self {\n",
        );
        arm(scope, &lists, "field_errors, ..", "*field_errors = errors", "{}", out);
        out.push_str("}\nself\n}\n");
    }
}

/// The most alternatives of an arm: rustc compares the names in each with those in each other.
const ALTERNATIVES: usize = 100;

/// An arm for some entries, and one for all others, where there are any.
fn arm(scope: &Scope<'_>, entries: &[&Entry], pattern: &str, result: &str, others: &str, out: &mut String) {
    for entries in entries.chunks(ALTERNATIVES) {
        alternatives(entries, pattern, out);
        let _ = writeln!(out, " => {result},");
    }
    let _ = if entries.len() < scope.catalog.entries.len() { writeln!(out, "_ => {others},") } else { Ok(()) };
}

/// `Error::A { … } | Error::B { … }`.
fn alternatives(entries: &[&Entry], pattern: &str, out: &mut String) {
    for (number, entry) in entries.iter().enumerate() {
        out.push_str(if number > 0 { "\n| " } else { "" });
        let _ = write!(out, "Error::{} {{ {pattern} }}", entry.variant);
    }
}

/// The code, by way of the number: as a match from variants to codes it took rustc 10 of 19 s over 10,000 entries, most of
/// them LLVM's.
fn code(scope: &Scope<'_>, out: &mut String) {
    let entries = &scope.catalog.entries;
    let first = entries.first().map_or("", |entry| entry.variant.as_str());
    let _ = write!(
        out,
        "/// The code.\n\
         #[inline]\n\
         pub const fn code(&self) -> Code {{\n\
         match Code::__at(self.__number()) {{\n\
         ::core::option::Option::Some(code) => code,\n\
         ::core::option::Option::None => Code::{first},\n\
         }}\n}}\n\
         #[inline]\n\
         const fn __number(&self) -> u16 {{\nmatch self {{\n",
    );
    for (number, entry) in entries.iter().enumerate() {
        let _ = writeln!(out, "Error::{} {{ .. }} => {number},", entry.variant);
    }
    out.push_str("}\n}\n");
}

/// The arms that give parameters by number, one for many entries that have the same ones: LLVM takes more than twice as
/// long for twice as many.
fn values(scope: &Scope<'_>, out: &mut String) {
    let mut groups: BTreeMap<(String, String), Vec<&Entry>> = BTreeMap::new();
    for entry in scope.catalog.entries.iter().filter(|entry| !entry.parameters.is_empty()) {
        let (mut names, mut arms) = (String::new(), String::new());
        for (number, parameter) in entry.parameters.iter().enumerate() {
            let _ = write!(names, "{}, ", parameter.name);
            let _ = writeln!(arms, "{number} => {},", value(parameter));
        }
        groups.entry((arms, names)).or_default().push(entry);
    }
    let covered: usize = groups.values().map(Vec::len).sum();
    for ((arms, names), entries) in groups {
        let names = names + "..";
        for entries in entries.chunks(ALTERNATIVES) {
            alternatives(entries, &names, out);
            let _ = write!(out, " => match __number {{\n{arms}_ => {NONE},\n}},\n");
        }
    }
    let _ = if covered < scope.catalog.entries.len() { writeln!(out, "_ => {NONE},") } else { Ok(()) };
}

fn value(parameter: &Parameter) -> String {
    let (name, optional) = (&parameter.name, parameter.optional);
    let reference = if optional { "value" } else { name.as_str() };
    let value = match (parameter.kind, parameter.sensitivity) {
        (ParameterType::U32, _) => format!("__lift::Value::Unsigned(*{reference} as u64)"),
        (ParameterType::U64, _) => format!("__lift::Value::Unsigned(*{reference})"),
        (ParameterType::I64, _) => format!("__lift::Value::Signed(*{reference})"),
        (ParameterType::Duration, _) => format!("__lift::Value::Duration(*{reference})"),
        (_, Sensitivity::Secret) => format!("__lift::Value::Display({reference})"),
        _ => format!("__lift::Value::Text({reference})"),
    };
    match optional {
        true => format!("{name}.as_ref().map(|value| {value})"),
        false => format!("::core::option::Option::Some({value})"),
    }
}

/// `Error` stays small; the message names the entry that makes it large.
fn size_assertion(scope: &Scope<'_>, out: &mut String) {
    let limit = if scope.catalog.code_prefix.is_empty() { LARGEST.0 } else { LARGEST.1 };
    let size = |entry: &Entry| -> usize {
        entry.parameters.iter().map(size_of_parameter).sum::<usize>() + if entry.field_errors { 24 } else { 0 }
    };
    let Some(largest) = scope.catalog.entries.iter().max_by_key(|entry| size(entry)) else { return };
    let message = format!(
        "`{}` makes `Error` larger than {limit} bytes: declare fewer parameters, or put what belongs together into one text",
        largest.code
    );
    let _ =
        writeln!(out, "const _: () = ::core::assert!(::core::mem::size_of::<Error>() <= {limit}usize, {message:?});");
}

/// The size of a parameter in `Error` on a machine of 64 bits, as far as it decides which entry is largest.
fn size_of_parameter(parameter: &Parameter) -> usize {
    match parameter.kind {
        ParameterType::U32 => 4,
        ParameterType::Duration => 16,
        ParameterType::Text => 24,
        _ => 8,
    }
}
