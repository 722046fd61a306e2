//! The functions that make field errors, with their parameters as arguments, and the enum of terms.

use super::attribute::{doc, literal, paragraph, sentence};
use super::text;
use crate::naming;
use crate::read::phrase_kind::PhraseKind;
use crate::resolve::catalog::{Catalog, Parameter, Phrase, Piece};
use lift_errors_core::vocabulary::ParameterType;
use std::fmt::Write as _;

/// The module `field_error` and the enum `Term`, where the catalogue has field errors and terms.
pub(crate) fn phrases(catalog: &Catalog) -> String {
    let of = |kind| catalog.phrases.iter().enumerate().filter(move |(_, phrase)| phrase.kind == kind);
    let mut out = String::new();
    if of(PhraseKind::FieldError).next().is_some() {
        out += &doc(" The field errors of the catalogue: the violations that their messages explain.");
        out += "pub mod field_error {\n";
        of(PhraseKind::FieldError).for_each(|(number, phrase)| field_error(number, phrase, &mut out));
        out += "}\n";
    }
    let terms: Vec<(usize, &Phrase)> = of(PhraseKind::Term).collect();
    if !terms.is_empty() {
        self::terms(catalog, &terms, &mut out);
    }
    out
}

/// `pub enum Term { Order, … }`, with its conversion.
fn terms(catalog: &Catalog, terms: &[(usize, &Phrase)], out: &mut String) {
    *out += &doc(&format!(
        " The things that the texts of the catalogue `{}` name, in every language. Each converts into `lift_errors::Term`.",
        catalog.name
    ));
    *out += "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n#[non_exhaustive]\npub enum Term {\n";
    for (_, phrase) in terms {
        let singular = match phrase.text.as_slice() {
            [Piece::Plural(_, alternatives)] => alternatives.first().unwrap_or(&phrase.text),
            _ => &phrase.text,
        };
        let words = text::plain(singular, &|_| String::new());
        // Writing to a `String` can't fail.
        let _ = writeln!(
            out,
            "{}{},",
            doc(&format!(" {}", paragraph(&literal(&words)))),
            naming::pascal_case(&phrase.name)
        );
    }
    *out += "}\n\
        impl From<Term> for __private::Term {\n\
        fn from(term: Term) -> Self {\n\
        __private::term(&CATALOG, match term {\n";
    for (number, phrase) in terms {
        let _ = writeln!(out, "Term::{} => {number},", naming::pascal_case(&phrase.name));
    }
    *out += "})\n}\n}\n";
    for kind in ["FieldLabel", "FieldValue"] {
        let _ = write!(
            out,
            "impl From<Term> for __lift::{kind} {{\n\
             fn from(term: Term) -> Self {{ __private::Term::from(term).into() }}\n}}\n"
        );
    }
}

/// `pub fn out_of_range(min: …, max: …) -> Violation { … }`.
fn field_error(number: usize, phrase: &Phrase, out: &mut String) {
    let arguments: Vec<String> =
        phrase.parameters.iter().map(|parameter| format!("{}: {}", parameter.name, argument(parameter))).collect();
    let values: Vec<String> = phrase
        .parameters
        .iter()
        .map(|parameter| format!("(super::Cow::Borrowed({:?}), {})", parameter.name, value(parameter)))
        .collect();
    // Writing to a `String` can't fail.
    let _ = write!(
        out,
        "{}pub fn {}({}) -> super::Violation {{\n\
         super::__private::violation(&super::CATALOG, {number}, super::__private::Vec::from([{values}]))\n}}\n",
        doc(&documentation(phrase)),
        phrase.name,
        arguments.join(", "),
        values = values.join(", "),
    );
}

/// The Rust type of an argument.
fn argument(parameter: &Parameter) -> &'static str {
    match parameter.kind {
        ParameterType::Text => "impl super::Into<super::Cow<'static, str>>",
        ParameterType::Duration => "super::Duration",
        ParameterType::Term => "impl super::Into<super::__private::Term>",
        _ => "impl super::Into<super::FieldNumber>",
    }
}

/// The value made of an argument.
fn value(parameter: &Parameter) -> String {
    let name = &parameter.name;
    match parameter.kind {
        ParameterType::Text => format!("super::FieldValue::Text({name}.into())"),
        ParameterType::Duration => format!("super::FieldValue::Duration({name})"),
        ParameterType::Term => format!("super::FieldValue::Term({name}.into())"),
        _ => format!("super::__private::field_number({name})"),
    }
}

/// The text with its parameters, then each parameter.
fn documentation(phrase: &Phrase) -> String {
    let name = |number: u8| phrase.parameters.get(usize::from(number)).map_or("", |parameter| parameter.name.as_str());
    let shown = text::plain(&phrase.text, &|number| format!("{{{}}}", name(number)));
    let mut documentation = format!(" {}", paragraph(&literal(&shown)));
    if !phrase.parameters.is_empty() {
        documentation.push('\n');
    }
    for parameter in &phrase.parameters {
        let _ = write!(documentation, "\n - `{}`: {}", parameter.name, sentence(&parameter.doc));
    }
    documentation
}
