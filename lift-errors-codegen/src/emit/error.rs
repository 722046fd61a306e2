//! `Error`: the typed enum whose variants carry the declared parameters. It is text and not tokens: of ten thousand
//! entries tokens cost a build script, which cargo does not optimise, seconds.

use super::attribute::{doc, paragraph, sentence};
use super::explain;
use super::scope::Scope;
use crate::footprint;
use crate::resolve::catalog::{Entry, Parameter};
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The enum, its constructors, its builder and its traits.
pub(crate) fn error(scope: &Scope<'_>) -> String {
    let entries = &scope.catalog.entries;
    let mut out = doc(&format!(
        " The errors of the catalogue `{}`, with their parameters.\n\n \
         The functions of the same names take the required parameters. Where an entry has optional ones, the function \
         `new` in its module starts a [`Builder`].",
        scope.catalog.name
    ));
    // `PartialEq` is always there, without a line for each variant.
    if scope.catalog.derives.iter().any(|name| name == "Clone") {
        out += "#[derive(Clone)]\n";
    }
    out += "#[non_exhaustive]\npub enum Error {\n";
    entries.iter().for_each(|entry| variant(entry, &mut out));
    out += "}\n";
    size_assertion(scope, &mut out);
    out += "impl Error {\n";
    entries.iter().for_each(|entry| constructor(entry, &mut out));
    code(scope, &mut out);
    origin(scope, &mut out);
    secrets(scope, &mut out);
    out += "}\n";
    setters(scope, &mut out);
    out += "#[automatically_derived]\n\
        impl LiftError for Error {\n\
        #[inline]\n\
        fn entry(&self) -> Entry { Entry::new(&CATALOG, self.__number()) }\n\
        fn known_cause(&self) -> Option<__lift::Cause> { __private::known_cause(self.entry(), self.__origin()) }\n";
    // The trait's own methods return nothing. A `match` without an arm for an entry would be a lint in the user's crate.
    if entries.iter().any(|entry| !entry.parameters.is_empty()) {
        out += "fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {\n\
            __private::value_of(self, parameter)\n}\n\
            #[allow(unused_variables)]\n\
            fn __parameter(&self, __number: u8) -> Option<Value<'_>> {\nmatch self {\n";
        values(scope, &mut out);
        out += "}\n}\n";
    }
    let lists: Vec<&Entry> = entries.iter().filter(|entry| entry.field_errors).collect();
    if !lists.is_empty() {
        out += "fn field_errors(&self) -> Option<&FieldErrors> {\nmatch self {\n";
        arm(scope, &lists, "field_errors, ..", "Some(field_errors)", "None", &mut out);
        out += "}\n}\n";
    }
    out += "}\n\
        __private::error_traits!(Error, Code, Cause, CATALOG);\n\
        __private::builder!(Builder, Error, Cause);\n\
        __private::received_traits!(Error, Code, Cause, CATALOG {\n";
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
        " {} (`{}`): see [`Code::{}`] for its meaning, causes and fixes.",
        explain::title(entry),
        entry.id,
        entry.variant
    )));
    out.push_str(&explain::deprecation(entry));
    let _ = write!(out, "#[non_exhaustive]\n{} {{\n", entry.variant);
    for parameter in &entry.parameters {
        let lacks = match parameter.may_lack() && !parameter.optional {
            true => " `None` only in an error that a client made of a response: clients never see it.",
            false => "",
        };
        let about = match parameter.doc.is_empty() {
            true => format!("The parameter `{}`.", parameter.name),
            false => paragraph(&sentence(&parameter.doc)),
        };
        out.push_str(&doc(&format!(" {about}{lacks}")));
        let _ = match parameter.may_lack() {
            true => writeln!(out, "{}: Option<{}>,", parameter.name, field_type(parameter)),
            false => writeln!(out, "{}: {},", parameter.name, field_type(parameter)),
        };
    }
    if entry.field_errors {
        out.push_str("/// The invalid fields of the request.\nfield_errors: FieldErrors,\n");
    }
    out.push_str("#[doc(hidden)]\n__origin: Origin,\n},\n");
}

/// The names of a variant's fields.
fn fields(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.parameters.iter().map(|parameter| parameter.name.as_str()).chain(entry.field_errors.then_some("field_errors"))
}

/// The Rust type of a parameter's field in `Error`.
fn field_type(parameter: &Parameter) -> String {
    if parameter.is_boxed { format!("__private::Box<{}>", kind(parameter)) } else { kind(parameter).to_owned() }
}

/// The Rust type of a parameter.
fn kind(parameter: &Parameter) -> &'static str {
    match (parameter.kind, parameter.sensitivity) {
        (ParameterType::U32, _) => "u32",
        (ParameterType::U64, _) => "u64",
        (ParameterType::I64, _) => "i64",
        (ParameterType::Duration, _) => "Duration",
        (ParameterType::Term, _) => "__private::Term",
        (_, Sensitivity::Secret) => "Secret<TextValue>",
        _ => "TextValue",
    }
}

/// `Error::too_many_requests(limit, window, retry_after)`.
fn constructor(entry: &Entry, out: &mut String) {
    out.push_str(&doc(&format!(" {} (`{}`).", explain::title(entry), entry.id)));
    out.push_str(&explain::deprecation(entry));
    // rustc looks for a variant of `Self` among all of them, and finds one of `Error` by its name.
    let _ = write!(
        out,
        "#[inline]\npub fn {}({}) -> Self {{ Error::{} {{ ",
        entry.code,
        arguments(entry, ""),
        entry.variant
    );
    for parameter in &entry.parameters {
        let name = &parameter.name;
        let value = given(parameter);
        let value = match (&value, parameter.is_boxed) {
            (None, _) => name.clone(),
            (Some(value), true) => format!("__private::Box::new({value})"),
            (Some(value), false) => value.clone(),
        };
        let _ = match (parameter.optional, parameter.may_lack()) {
            (true, _) => write!(out, "{name}: None, "),
            (false, true) => write!(out, "{name}: Some({value}), "),
            (false, false) if value == *name => write!(out, "{name}, "),
            (false, false) => write!(out, "{name}: {value}, "),
        };
    }
    out.push_str(if entry.field_errors { "field_errors: FieldErrors::new(), " } else { "" });
    out.push_str("__origin: Origin::UNKNOWN } }\n");
}

/// The required parameters of an entry as the arguments of a function; `path` leads to the names that the catalogue's
/// module imports.
pub(super) fn arguments(entry: &Entry, path: &str) -> String {
    let required = entry.parameters.iter().filter(|parameter| !parameter.optional);
    let arguments: Vec<String> =
        required.map(|parameter| format!("{}: {}", parameter.name, argument(parameter, path))).collect();
    arguments.join(", ")
}

fn argument(parameter: &Parameter, path: &str) -> String {
    match parameter.kind {
        ParameterType::Text => format!("impl {path}Into<{path}TextValue>"),
        ParameterType::Duration => format!("{path}Duration"),
        ParameterType::Term => format!("impl {path}Into<{path}__private::Term>"),
        _ => kind(parameter).to_owned(),
    }
}

/// The conversion from an argument to a field, if there is one.
fn given(parameter: &Parameter) -> Option<String> {
    let name = &parameter.name;
    match (parameter.kind, parameter.sensitivity) {
        (ParameterType::Text, Sensitivity::Secret) => Some(format!("Secret::new({name}.into())")),
        (ParameterType::Text | ParameterType::Term, _) => Some(format!("{name}.into()")),
        _ => None,
    }
}

/// The setters of optional parameters, one for each name: an entry with the parameter implements the setter's trait, so
/// that the builder of another has no such method.
fn setters(scope: &Scope<'_>, out: &mut String) {
    let entries = &scope.catalog.entries;
    let mut optional: BTreeMap<&str, Vec<(&Entry, &Parameter)>> = BTreeMap::new();
    for entry in entries {
        for parameter in entry.parameters.iter().filter(|parameter| parameter.optional) {
            optional.entry(&parameter.name).or_default().push((entry, parameter));
        }
    }
    for (name, uses) in optional {
        let Some((_, parameter)) = uses.first() else { continue };
        let value = given(parameter).unwrap_or_else(|| name.to_owned());
        let setter = Setter {
            name,
            summary: format!("Sets the optional parameter `{name}`{}.", of(&uses)),
            argument: argument(parameter, ""),
            stored: format!("Option<{}>", kind(parameter)),
            value: format!("Some({value})"),
            entries: uses.iter().filter(|(_, parameter)| !parameter.is_boxed).map(|&(entry, _)| entry).collect(),
            boxed: uses.iter().filter(|(_, parameter)| parameter.is_boxed).map(|&(entry, _)| entry).collect(),
        };
        setter.write(scope, out);
    }
    let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.field_errors).collect();
    if !entries.is_empty() {
        let setter = Setter {
            name: "field_errors",
            summary: "Sets the invalid fields of the request.".to_owned(),
            argument: "FieldErrors".to_owned(),
            stored: "FieldErrors".to_owned(),
            value: "field_errors".to_owned(),
            entries,
            boxed: Vec::new(),
        };
        setter.write(scope, out);
    }
}

/// ` of bad_gateway, gateway_timeout`, unless there are too many.
fn of(uses: &[(&Entry, &Parameter)]) -> String {
    if uses.len() > 8 {
        return String::new();
    }
    let codes: Vec<String> = uses.iter().map(|(entry, _)| format!("`{}`", entry.code)).collect();
    format!(" of {}", codes.join(", "))
}

/// A method of the builder.
struct Setter<'a> {
    name: &'a str,
    summary: String,
    /// The type of the argument.
    argument: String,
    /// The type of the field.
    stored: String,
    /// The field's value, made of the argument.
    value: String,
    /// The entries that have the field as it is.
    entries: Vec<&'a Entry>,
    /// Those that have it on the heap.
    boxed: Vec<&'a Entry>,
}

impl Setter<'_> {
    fn write(&self, scope: &Scope<'_>, out: &mut String) {
        let Self { name, argument, stored, value, .. } = self;
        let has = setter_trait(name);
        let (about, summary) =
            (doc(&format!(" An entry whose builder has `with_{name}`.")), doc(&format!(" {}", self.summary)));
        // The method of the builder is generic; the match over all entries is compiled once.
        let _ = write!(
            out,
            "{about}#[doc(hidden)]\npub trait {has} {{}}\n\
             impl<E: {has}> Builder<E> {{\n\
             {summary}pub fn with_{name}(mut self, {name}: {argument}) -> Self {{\n\
             self.error.__set_{name}({value});\nself\n}}\n}}\n\
             impl Error {{\nfn __set_{name}(&mut self, __value: {stored}) {{\nmatch self {{\n"
        );
        let pattern = format!("{name}, ..");
        arms(&self.entries, &pattern, &format!("*{name} = __value"), out);
        arms(&self.boxed, &pattern, &format!("*{name} = __value.map(__private::Box::new)"), out);
        let covered = self.entries.len() + self.boxed.len();
        out.push_str(if covered < scope.catalog.entries.len() { "_ => {}\n}\n}\n}\n" } else { "}\n}\n}\n" });
    }
}

/// The trait of the entries that have a setter. In camel case `line_1` of one entry and `line1` of another would have the same.
pub(super) fn setter_trait(name: &str) -> String {
    format!("__Has_{name}")
}

/// The names of an entry's setters.
pub(super) fn setter_names(entry: &Entry) -> impl Iterator<Item = &str> {
    let optional = entry.parameters.iter().filter(|parameter| parameter.optional);
    optional.map(|parameter| parameter.name.as_str()).chain(entry.field_errors.then_some("field_errors"))
}

/// Where each variant keeps its source and cause.
fn origin(scope: &Scope<'_>, out: &mut String) {
    let entries: Vec<&Entry> = scope.catalog.entries.iter().collect();
    for (signature, kind) in [("__origin(&self)", "&Origin"), ("__origin_mut(&mut self)", "&mut Origin")] {
        let _ = write!(out, "fn {signature} -> {kind} {{\nmatch self {{\n");
        arm(scope, &entries, "__origin, ..", "__origin", "", out);
        out.push_str("}\n}\n");
    }
}

/// Whether two errors with the same code have the same secrets, which no trait gives out.
fn secrets(scope: &Scope<'_>, out: &mut String) {
    let is_secret = |parameter: &&Parameter| parameter.sensitivity == Sensitivity::Secret;
    let entries: Vec<&Entry> = scope
        .catalog
        .entries
        .iter()
        .filter(|entry| entry.parameters.iter().any(|parameter| is_secret(&parameter)))
        .collect();
    if entries.is_empty() {
        out.push_str("const fn __has_secrets_of(&self, _: &Self) -> bool { true }\n");
        return;
    }
    out.push_str("fn __has_secrets_of(&self, __other: &Self) -> bool {\nmatch (self, __other) {\n");
    for entry in &entries {
        let names: Vec<&str> =
            entry.parameters.iter().filter(is_secret).map(|parameter| parameter.name.as_str()).collect();
        let side = |side: &str| -> String { names.iter().map(|name| format!("{name}: __{side}_{name}, ")).collect() };
        let comparisons: Vec<String> = names.iter().map(|name| format!("__left_{name} == __right_{name}")).collect();
        let (variant, left, right) = (&entry.variant, side("left"), side("right"));
        let _ = writeln!(
            out,
            "(Error::{variant} {{ {left}.. }}, Error::{variant} {{ {right}.. }}) => {},",
            comparisons.join(" && ")
        );
    }
    out.push_str("_ => true,\n}\n}\n");
}

/// The most alternatives of an arm: rustc compares the names in each with those in each other.
const ALTERNATIVES: usize = 100;

/// An arm for some entries, and one for all others, where there are any.
fn arm(scope: &Scope<'_>, entries: &[&Entry], pattern: &str, result: &str, others: &str, out: &mut String) {
    arms(entries, pattern, result, out);
    let _ = if entries.len() < scope.catalog.entries.len() { writeln!(out, "_ => {others},") } else { Ok(()) };
}

/// The arms for some entries.
fn arms(entries: &[&Entry], pattern: &str, result: &str, out: &mut String) {
    for entries in entries.chunks(ALTERNATIVES) {
        alternatives(entries, pattern, out);
        let _ = writeln!(out, " => {result},");
    }
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
         Some(code) => code,\n\
         None => Code::{first},\n\
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
/// long for twice as many. A boxed field has another type, and the alternatives of an arm bind one type for each name.
fn values(scope: &Scope<'_>, out: &mut String) {
    let mut groups: BTreeMap<(String, String, bool), Vec<&Entry>> = BTreeMap::new();
    for entry in scope.catalog.entries.iter().filter(|entry| !entry.parameters.is_empty()) {
        let (mut names, mut arms) = (String::new(), String::new());
        for (number, parameter) in entry.parameters.iter().enumerate() {
            let _ = write!(names, "{}, ", parameter.name);
            let _ = writeln!(arms, "{number} => {},", value(parameter));
        }
        let has_boxes = entry.parameters.iter().any(|parameter| parameter.is_boxed);
        groups.entry((arms, names, has_boxes)).or_default().push(entry);
    }
    let covered: usize = groups.values().map(Vec::len).sum();
    for ((arms, names, _), entries) in groups {
        let names = names + "..";
        for entries in entries.chunks(ALTERNATIVES) {
            alternatives(entries, &names, out);
            let _ = write!(out, " => match __number {{\n{arms}_ => None,\n}},\n");
        }
    }
    let _ = if covered < scope.catalog.entries.len() { writeln!(out, "_ => None,") } else { Ok(()) };
}

fn value(parameter: &Parameter) -> String {
    let (name, may_lack) = (&parameter.name, parameter.may_lack());
    let reference = if may_lack { "value" } else { name.as_str() };
    let value = match (parameter.kind, parameter.sensitivity) {
        (ParameterType::U32, _) => format!("Value::Unsigned(*{reference} as u64)"),
        (ParameterType::U64, _) => format!("Value::Unsigned(*{reference})"),
        (ParameterType::I64, _) => format!("Value::Signed(*{reference})"),
        (ParameterType::Duration, _) => format!("Value::Duration(*{reference})"),
        (ParameterType::Term, _) => format!("Value::Term(*{reference})"),
        (_, Sensitivity::Secret) => format!("Value::Display({reference})"),
        _ => format!("Value::Text({reference})"),
    };
    match may_lack {
        true => format!("{name}.as_ref().map(|value| {value})"),
        false => format!("Some({value})"),
    }
}

/// `Error` stays small. A rule of the compiler has seen to it; this is for a machine on which types are larger.
fn size_assertion(scope: &Scope<'_>, out: &mut String) {
    let limit = footprint::limit(!scope.catalog.code_prefix.is_empty());
    let message = format!("`Error` is larger than {limit} bytes: declare fewer parameters in its largest entry");
    let size = "::core::mem::size_of::<Error>()";
    let _ = writeln!(out, "const _: () = __private::require({size} <= {limit}usize, {message:?});");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_of_like_names_have_traits_of_their_own() {
        let names = ["line1", "line_1", "li_ne1"].map(setter_trait);
        assert!(names.iter().enumerate().all(|(number, name)| !names[..number].contains(name)));
    }
}
