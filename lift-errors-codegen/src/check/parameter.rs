//! Rules about the parameters that an entry declares.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::footprint;
use crate::naming;
use crate::read::draft::{Entry, Example, MOST_PARAMETERS, Parameter};
use crate::read::literal::{duration, word};
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::PluralText;
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};
use std::collections::{BTreeMap, HashMap};

/// Types and sensitivities are words of their lists, there are not too many, no constant has the name.
pub(super) fn declared_well(context: &Context<'_>) {
    // The parameters of a base keep their names. Several may have the name of a constant.
    let mut of_base = BTreeMap::new();
    for parameter in context.parameters() {
        if let Some(Err(fault)) = parameter.kind.as_ref().map(kind) {
            context.fault(fault);
        }
        if let Some(constant) = context.constants.get(parameter.name.as_str()) {
            if context.draft.is_inherited(parameter.name.span) {
                of_base.entry(parameter.name.as_str()).or_insert((*constant, parameter));
                continue;
            }
            let message = format!("the parameter `{}` has the name of a constant", parameter.name.value);
            context.fault(
                Diagnostic::at(parameter.name.span, message)
                    .related("the constant is at", constant.name.span)
                    .help("rename one of the two"),
            );
        }
    }
    for (name, (constant, parameter)) in of_base {
        let message = format!("the constant `{name}` has the name of a parameter of the base");
        let fault = Diagnostic::at(constant.name.span, message).related("the parameter is at", parameter.name.span);
        context.fault(fault.help("rename the constant"));
    }
    let of_entries = context.draft.entries.iter().map(|entry| &entry.parameters);
    for parameters in of_entries.chain(context.draft.phrases.iter().map(|phrase| &phrase.parameters)) {
        if let Some(parameter) = parameters.get(MOST_PARAMETERS) {
            let message = format!("too many parameters: `{}`", parameter.name.value);
            let help = format!("an entry or a field error has at most {MOST_PARAMETERS}");
            context.fault(Diagnostic::at(parameter.name.span, message).help(help));
        }
    }
}

/// The parameters of an entry fit into `Error`, which every function of a service returns.
pub(super) fn fit_into_an_error(context: &Context<'_>) {
    let has_prefix = context.draft.manifest.code_prefix.is_some();
    let limit = footprint::limit(has_prefix);
    for entry in context.draft.entries.iter().filter(|entry| has_prefix && !entry.is_alias()) {
        let types = || entry.parameters.iter().filter_map(|it| Some((it.parameter_type()?, it.may_lack()?)));
        let has_field_errors = entry.field_errors.as_ref().is_some_and(|flag| flag.value);
        let bytes = footprint::of_variant(types(), has_field_errors, true);
        if bytes > limit {
            let message = format!(
                "the parameters of `{}` take {bytes} bytes in `Error`, and {limit} are the most",
                entry.code.value
            );
            context.fault(
                Diagnostic::at(entry.code.span, message)
                    .help("declare fewer parameters, or put what belongs together into one text"),
            );
        }
    }
}

fn kind(text: &crate::diagnostic::span::Text) -> Result<ParameterType, Diagnostic> {
    word(text, "parameter type", ParameterType::ALL, ParameterType::as_str)
}

/// The sensitivity of a text parameter is stated, never assumed.
pub(super) fn sensitivity_is_stated(context: &Context<'_>) {
    for parameter in context.draft.entries.iter().flat_map(|entry| &entry.parameters) {
        let stated = parameter.stated_sensitivity.as_ref();
        match stated.map(|text| word(text, "sensitivity", Sensitivity::ALL, Sensitivity::as_str)) {
            Some(Err(fault)) => context.fault(fault),
            Some(Ok(Sensitivity::Secret)) if parameter.parameter_type() != Some(ParameterType::Text) => {
                let place = stated.map_or(parameter.name.span, |text| text.span);
                context.fault(
                    Diagnostic::at(
                        place,
                        format!("the parameter `{}` is secret, but not a text", parameter.name.value),
                    )
                    .help("only texts can be secrets; write `operator` for a number that clients must not see"),
                );
            }
            Some(Ok(Sensitivity::Operator)) if parameter.parameter_type() == Some(ParameterType::Term) => {
                let place = stated.map_or(parameter.name.span, |text| text.span);
                context.fault(
                    Diagnostic::at(place, format!("the term `{}` is not public", parameter.name.value))
                        .help("remove `sensitivity`: a term is a word of the texts that clients read"),
                );
            }
            None if parameter.parameter_type() == Some(ParameterType::Text) && !parameter.is_of_draft => {
                let message = format!("missing key `sensitivity` in the text parameter `{}`", parameter.name.value);
                context.fault(
                    Diagnostic::at(parameter.name.span, message)
                        .help("add `sensitivity = \"public\"`, or `operator` (logs alone), or `secret` (nobody)"),
                );
            }
            _ => {}
        }
        if let (Some(header), Some(Sensitivity::Operator | Sensitivity::Secret)) =
            (&parameter.header, parameter.sensitivity())
        {
            let message = format!("the parameter `{}` is not public, but goes into a header", parameter.name.value);
            context.fault(Diagnostic::at(header.span, message).help("remove `header`, or make the parameter public"));
        }
    }
}

/// Optional parameters of one name have one type: `Error` has one function to add them.
pub(super) fn optional_ones_agree(context: &Context<'_>) {
    let mut first: HashMap<&str, (&Parameter, &Entry)> = HashMap::new();
    for entry in &context.draft.entries {
        for parameter in entry.parameters.iter().filter(|parameter| parameter.optional) {
            let (other, of) = *first.entry(parameter.name.as_str()).or_insert((parameter, entry));
            let facts = |parameter: &Parameter| {
                (parameter.parameter_type(), parameter.sensitivity() == Some(Sensitivity::Secret))
            };
            if facts(other) != facts(parameter) {
                let message = format!(
                    "the optional parameter `{}` has another type than that of `{}`",
                    parameter.name.value, of.code.value
                );
                context.fault(
                    Diagnostic::at(parameter.name.span, message)
                        .related("declared at", other.name.span)
                        .help("give both one type, or rename one: `Error` has one function `with_…` for each name"),
                );
            }
        }
    }
}

/// The example is a value of the parameter's type.
pub(super) fn examples_fit(context: &Context<'_>) {
    for parameter in context.parameters() {
        let (Some(kind), Some(example)) = (parameter.parameter_type(), &parameter.example) else { continue };
        let fits = match (kind, &example.value) {
            (ParameterType::U32, Example::Integer(number)) => u32::try_from(*number).is_ok(),
            (ParameterType::U64, Example::Integer(number)) => u64::try_from(*number).is_ok(),
            (ParameterType::I64, Example::Integer(number)) => i64::try_from(*number).is_ok(),
            (ParameterType::Duration, Example::Text(text)) => duration(text).is_some(),
            (ParameterType::Text, Example::Text(_)) => true,
            (ParameterType::Term, Example::Text(name)) => terms(context).any(|term| term == name),
            _ => false,
        };
        if !fits {
            let remedy = match kind {
                ParameterType::Duration => "write a string such as `12s` or `1h 5m`",
                ParameterType::Text => &text_remedy(&example.value),
                ParameterType::Term => &term_remedy(context, &example.value),
                _ => "write a whole number that the type can hold",
            };
            context.fault(
                Diagnostic::at(
                    example.span,
                    format!("the example does not have the type `{kind}` of `{}`", parameter.name.value),
                )
                .help(remedy),
            );
        }
    }
}

fn terms<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let terms = context.draft.phrases.iter().filter(|phrase| phrase.kind == PhraseKind::Term);
    terms.map(|phrase| phrase.name.as_str())
}

fn text_remedy(example: &Example) -> String {
    match example {
        Example::Integer(number) => format!("write it in quotation marks: `example = \"{number}\"`"),
        Example::Text(_) => "write a string".to_owned(),
    }
}

fn term_remedy(context: &Context<'_>, example: &Example) -> String {
    match example {
        _ if terms(context).next().is_none() => {
            let name = match example {
                Example::Text(name) if naming::check(name).is_ok() => name,
                _ => "order",
            };
            format!("declare the terms of the catalogue: `[term.{name}]` with `since` and `text`")
        }
        Example::Text(name) => context.suggest(name, terms(context), "terms"),
        Example::Integer(_) => "write the name of a term".to_owned(),
    }
}

/// A parameter is in a text, in a header or the retry delay. One that clients must not see is in the log.
pub(super) fn are_used(context: &Context<'_>) {
    // An alias has no parameters of its own, which is another rule.
    for entry in context.draft.entries.iter().filter(|entry| !entry.is_alias()) {
        // A base catalogue's parameters stay, even if a service's texts do not need them.
        let own = entry.parameters.iter().filter(|parameter| !context.draft.is_inherited(parameter.name.span));
        let unused = own.filter(|parameter| !is_used(context.with_aliases(entry), entry, parameter));
        // Whether the texts can be trusted is asked only where it matters.
        let mut unused = unused.peekable();
        if unused.peek().is_none() || !context.with_aliases(entry).all(|entry| context.names_are_known(entry)) {
            continue;
        }
        for parameter in unused {
            let message = format!("nothing uses the parameter `{}`", parameter.name.value.escape_debug());
            let is_duration = parameter.parameter_type() == Some(ParameterType::Duration);
            let delay = if is_duration { ", make it the retry's `delay`" } else { "" };
            context.fault(Diagnostic::at(parameter.name.span, message).help(format!(
                "write `{{{}}}` in the detail, give it a `header`{delay}, or remove it",
                parameter.name.value
            )));
        }
    }
}

/// Whether something needs a parameter of an entry. `sharing` are the entries that share it, this one among them.
pub(super) fn is_used<'a>(mut sharing: impl Iterator<Item = &'a Entry>, entry: &Entry, parameter: &Parameter) -> bool {
    let name = parameter.name.as_str();
    let delay = entry.retry.as_ref().and_then(|retry| retry.delay.as_ref());
    // A delay that names no parameter may be a misspelt one.
    let is_delay = delay.is_some_and(|delay| delay.value == name || entry.parameter(delay.as_str()).is_none());
    parameter.header.is_some()
        || is_delay
        || parameter.sensitivity() != Some(Sensitivity::Public)
        || sharing.any(|entry| {
            let selects =
                |plural_text: &PluralText| plural_text.selector.as_ref().is_some_and(|selector| selector.value == name);
            entry.plural_texts().any(|(_, _, plural_text)| selects(plural_text))
                || entry
                    .texts()
                    .any(|(_, template)| template.placeholders().any(|(placeholder, _)| placeholder == name))
        })
}
