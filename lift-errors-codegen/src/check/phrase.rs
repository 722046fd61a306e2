//! Rules about field errors and terms.

use super::context::Context;
use super::name;
use crate::diagnostic::Diagnostic;
use crate::read::draft::{Parameter, Phrase};
use crate::read::phrase_kind::PhraseKind;
use lift_errors_core::vocabulary::Sensitivity;

/// The most phrases of a catalogue: their numbers have 16 bits.
const MOST: usize = u16::MAX as usize;

/// Names are snake_case, and unique among the phrases of their kind.
pub(super) fn are_named_well(context: &Context<'_>) {
    for kind in PhraseKind::ALL {
        let names = context.draft.phrases.iter().filter(|phrase| phrase.kind == kind).map(|phrase| &phrase.name);
        name::check_all(context, names, &format!("the {}", kind.noun()));
    }
    for phrase in &context.draft.phrases {
        let names = phrase.parameters.iter().map(|parameter| &parameter.name);
        name::check_all(context, names, "the parameter's name");
    }
    if let Some(phrase) = context.draft.phrases.get(MOST) {
        let message = format!("too many field errors and terms: {}", phrase.what());
        context.fault(Diagnostic::at(phrase.name.span, message).help(format!("{MOST} are the most")));
    }
}

/// Clients see every parameter of a field error, and each has a value.
pub(super) fn parameters_are_plain(context: &Context<'_>) {
    for phrase in &context.draft.phrases {
        for parameter in &phrase.parameters {
            let stated = parameter.stated_sensitivity.as_ref().map_or(parameter.name.span, |text| text.span);
            let (span, message, help) = if parameter.optional {
                (
                    parameter.name.span,
                    "is optional",
                    "make a field error of each combination: the text names all values",
                )
            } else if let Some(header) = &parameter.header {
                (header.span, "goes into a header", "remove `header`: a response may have many field errors")
            } else if parameter.sensitivity() != Some(Sensitivity::Public) {
                (stated, "is not public", "remove `sensitivity`: clients see all values of a field error")
            } else {
                continue;
            };
            let name = parameter.name.value.escape_debug();
            let message = format!("the parameter `{name}` of the {} {message}", phrase.what());
            context.fault(Diagnostic::at(span, message).help(help));
        }
    }
}

/// A parameter of a field error is in its text. One of a base stays, whatever the text of a service says.
pub(super) fn parameters_are_used(context: &Context<'_>) {
    for phrase in context.draft.phrases.iter().filter(|phrase| phrase.unreadable.is_empty()) {
        let (named, selector) = (phrase.text.placeholders(), phrase.text.selector.as_ref());
        let is_known = |name: &&str| phrase.parameter(name).is_some() || context.constants.contains_key(*name);
        // One that is misspelt is not unused as well.
        if !named.iter().all(is_known) || phrase.text.is_broken() {
            continue;
        }
        let is_used = |parameter: &&Parameter| {
            let name = parameter.name.as_str();
            named.contains(name)
                || selector.is_some_and(|selector| selector.value == name)
                || context.draft.is_inherited(parameter.name.span)
        };
        for parameter in phrase.parameters.iter().filter(|parameter| !is_used(parameter)) {
            let message = format!("nothing uses the parameter `{}`", parameter.name.value.escape_debug());
            let help = format!("write `{{{}}}` in the text, or remove it", parameter.name.value);
            context.fault(Diagnostic::at(parameter.name.span, message).help(help));
        }
    }
}

/// A field error names its parameters and constants, and has no links: it is a line in a list. A term is words alone.
pub(super) fn texts_are_plain(context: &Context<'_>) {
    for phrase in &context.draft.phrases {
        match phrase.kind {
            PhraseKind::FieldError => message(context, phrase),
            PhraseKind::Term => term(context, phrase),
        }
    }
}

fn message(context: &Context<'_>, phrase: &Phrase) {
    for template in phrase.text.templates() {
        for (name, range) in template.placeholders() {
            let known = phrase.parameter(name).is_some() || context.constants.contains_key(name);
            // One without a name is broken, which was reported.
            if name.is_empty() || known || phrase.unreadable.contains(&"params") {
                continue;
            }
            let names = phrase.parameters.iter().map(|parameter| parameter.name.as_str());
            let message = format!("placeholder `{{{name}}}` is not a parameter of the {}", phrase.what());
            let help = match phrase.parameters.is_empty() {
                true => declare(phrase, name),
                false => context.suggest(name, names, "parameters"),
            };
            context.fault(Diagnostic::at(template.text.part(range), message).help(help));
        }
        for (id, range) in template.links().filter(|(id, _)| !id.is_empty()) {
            let message = format!("the {} has the link `@{id}`", phrase.what());
            let help = "take the link out: the texts of the entry may have it";
            context.fault(Diagnostic::at(template.text.part(range), message).help(help));
        }
    }
}

/// The remedy for a placeholder of a phrase without parameters. One in the place of a base's has those of that one.
fn declare(phrase: &Phrase, name: &str) -> String {
    let table = format!("[{}.{}.params]", phrase.kind.table(), phrase.name.value.escape_debug());
    let line = format!("{name} = {{ type = \"u32\", doc = \"…\", example = 3 }}");
    format!(
        "take it out; or declare it in `{table}`, unless the text is in the place of a base's: `{line}` or another type"
    )
}

fn term(context: &Context<'_>, phrase: &Phrase) {
    for template in phrase.text.templates().filter(|template| !template.is_words()) {
        if !phrase.text.is_broken() {
            let message = format!("the {} has a placeholder or markup", phrase.what());
            let help = "write the name of the thing alone, as it is within a sentence";
            context.fault(Diagnostic::at(template.text.span, message).help(help));
        }
    }
    if let Some(selector) = &phrase.text.selector {
        let message = format!("the {} names what selects its form", phrase.what());
        let help = "remove `plural`: the form follows the number that selects the form of the text around it";
        context.fault(Diagnostic::at(selector.span, message).help(help));
    }
}
