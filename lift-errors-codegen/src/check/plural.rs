//! Rules about plural tables, in the default locale and in every translation.

use super::context::Context;
use super::text_instance::TextInstance;
use super::text_row::Of;
use crate::diagnostic::Diagnostic;
use crate::locale::whole_numbers::needed_categories;
use crate::read::draft::{Parameter, TextRole};
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::Form;
use lift_errors_cldr::plural::{self, Category};
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};
use std::collections::HashMap;

/// A plural table has a text for each category of its language (UTS 35, language plural rules) and for no other.
/// Only the number of a field error may have a fraction: what is for fractions alone may be missing, and translators' tools
/// leave it out.
pub(super) fn have_every_category(context: &Context<'_>) {
    let mut needed_in = HashMap::new();
    context.each_text(|instance| {
        let Some(locale) = instance.locale.filter(|_| instance.plural_text.is_plural()) else { return };
        // The base has the forms of its own language: another default locale is the fault then.
        if context.draft.is_inherited(instance.plural_text.span) {
            return;
        }
        let Some(known) = plural::categories(locale) else {
            let message = format!("`{}` has no plural rules in CLDR", locale.tag());
            context.fault(
                Diagnostic::at(instance.plural_text.span, message)
                    .help("write one text that is right for every number, such as `Boxes: {boxes}`"),
            );
            return;
        };
        let needed: &Vec<Category> = needed_in.entry(locale).or_insert_with(|| needed_categories(locale));
        let optional: Vec<Category> = known.iter().copied().filter(|category| !needed.contains(category)).collect();
        let mut remedy = format!("a plural table in `{}` has exactly these: {}", locale.tag(), listed(needed));
        if !optional.is_empty() {
            remedy += &format!(", and for fractions {}", listed(&optional));
        }
        let is_unknown = |form: &&Form| !known.contains(&form.category);
        for form in instance.plural_text.forms.iter().filter(is_unknown) {
            let message = format!("`{}` does not use the plural category `{}`", locale.tag(), form.category);
            context.fault(Diagnostic::at(form.name, message).help(remedy.clone()));
        }
        let has = |category: &Category| instance.plural_text.forms.iter().any(|form| form.category == *category);
        let missing: Vec<Category> = needed.iter().copied().filter(|category| !has(category)).collect();
        // A category of another language may be in the place of one that seems to be missing.
        let is_translated = instance.plural_text.forms.iter().any(|form| is_unknown(&form));
        if !missing.is_empty() && !instance.plural_text.is_incomplete && !is_translated {
            let message = format!("missing text for {} in the plural table", listed(&missing));
            context.fault(Diagnostic::at(instance.plural_text.span, message).help(remedy));
        }
    });
}

fn listed(categories: &[Category]) -> String {
    categories.iter().map(|category| format!("`{category}`")).collect::<Vec<_>>().join(", ")
}

/// The selector of a plural form is a public number: a parameter of the entry, or a constant.
pub(super) fn are_selected_by_a_number(context: &Context<'_>) {
    context.each_text(|instance| {
        let plural_text = instance.plural_text;
        let unreadable = match instance.of {
            Of::Label(_) => false,
            Of::Entry { canonical, .. } => canonical.is_none_or(|entry| entry.unreadable.contains(&"params")),
            // The text that names a term selects its form.
            Of::Phrase(phrase) => phrase.kind == PhraseKind::Term || phrase.unreadable.contains(&"params"),
        };
        if !plural_text.is_plural() || plural_text.is_incomplete || plural_text.is_broken() || unreadable {
            return;
        }
        let place = plural_text.selector.as_ref().map_or(plural_text.span, |selector| selector.span);
        let Some(name) = instance.selector(context) else {
            // A misspelt name may be that of the number.
            if plural_text.placeholders().iter().any(|name| !instance.knows(context, name)) {
                return;
            }
            context.fault_of(
                instance,
                Diagnostic::at(place, "missing key `plural`, the number that selects the plural form")
                    .help("add `plural = \"name\"` with the name of an integer parameter or constant, or write one text; a duration has forms of its own"),
            );
            return;
        };
        let named = || plural_text.placeholders().contains(name) || instance.source.plural_text.placeholders().contains(name);
        if context.constants.get(name).is_some_and(|constant| constant.value.magnitude().is_some()) && named() {
            // The form of the text is selected at compile time, and the form of a term by a number that the error has.
            if let Some(term) = term_of(instance) {
                let message = format!("the constant `{name}` selects the form, and the term `{term}` has none for it");
                let help = "write the word itself in each form, select the form by a parameter, or write one text";
                context.fault_of(instance, Diagnostic::at(place, message).help(help));
            }
            return;
        }
        if let Some((message, help)) = parameter_fault(context, instance, name) {
            context.fault_of(instance, Diagnostic::at(place, message).help(help));
        }
    });
}

/// A term that the text names.
pub(super) fn term_of<'a>(instance: &TextInstance<'a>) -> Option<&'a str> {
    let parameters = match instance.of {
        Of::Entry { canonical: Some(canonical), .. } => &canonical.parameters,
        Of::Phrase(phrase) => &phrase.parameters,
        _ => return None,
    };
    let placeholders = instance.plural_text.placeholders();
    let is_term = |parameter: &&Parameter| parameter.parameter_type() == Some(ParameterType::Term);
    let mut terms = parameters.iter().filter(is_term).map(|parameter| parameter.name.as_str());
    terms.find(|name| placeholders.contains(name))
}

/// What to do without a selector: select the form by one of some numbers, or do without forms.
fn or_else(numbers: Vec<&str>) -> String {
    let numbers: Vec<String> = numbers.into_iter().map(|name| format!("`{name}`")).collect();
    match numbers.as_slice() {
        [] => "write one text".to_owned(),
        numbers => format!("select the form by {}, or write one text", numbers.join(" or ")),
    }
}

/// Whether a parameter may select a form of a text that clients or operators read.
fn may_select(instance: &TextInstance<'_>, parameter: &Parameter) -> bool {
    let Of::Entry { role, .. } = instance.of else { return true };
    let is_public = Parameter::sensitivity(parameter).is_none_or(|it| it == Sensitivity::Public);
    match role {
        TextRole::Title | TextRole::Meaning | TextRole::Description => false,
        TextRole::Operator => true,
        TextRole::Detail => is_public,
        TextRole::Public => is_public && !parameter.optional && !parameter.is_lackable_in_base,
    }
}

/// Why a parameter can't select a form of a text; a constant never can't.
fn parameter_fault(context: &Context<'_>, instance: &TextInstance<'_>, name: &str) -> Option<(String, String)> {
    let numbers = || {
        let parameters = match instance.of {
            Of::Entry { canonical, .. } => canonical.map(|entry| &entry.parameters),
            Of::Phrase(phrase) => Some(&phrase.parameters),
            Of::Label(_) => None,
        };
        let parameters = parameters.into_iter().flatten();
        let parameters = parameters.filter(|parameter| parameter.is_number() && may_select(instance, parameter));
        let parameters = parameters.map(|parameter| parameter.name.as_str());
        let constants = context.draft.manifest.constants.iter();
        let constants = constants.filter(|constant| {
            constant.value.magnitude().is_some()
                && instance.source.plural_text.placeholders().contains(constant.name.as_str())
        });
        parameters.chain(constants.map(|constant| constant.name.as_str())).collect::<Vec<_>>()
    };
    let known = match instance.of {
        Of::Entry { canonical: Some(canonical), role, .. } => {
            canonical.parameter(name).map(|parameter| (parameter, role, canonical.may_lack(parameter)))
        }
        Of::Phrase(phrase) => phrase.parameter(name).map(|parameter| (parameter, TextRole::Public, parameter.optional)),
        _ => None,
    };
    let Some((parameter, role, may_lack)) = known.filter(|(parameter, ..)| parameter.is_number()) else {
        if context.constants.get(name).is_some_and(|constant| constant.value.magnitude().is_some()) {
            let message = format!("the constant `{name}` selects the form of a text that does not name it");
            return Some((message, format!("write `{{{name}}}` in the text, or {}", or_else(numbers()))));
        }
        let message = format!("`{}` is not a number that can select a plural form", name.escape_debug());
        let help = match numbers() {
            numbers if numbers.is_empty() => or_else(numbers),
            numbers => context.suggest(name, numbers.into_iter(), "numbers"),
        };
        return Some((message, help));
    };
    if matches!(role, TextRole::Title | TextRole::Meaning) {
        let message =
            format!("the parameter `{name}` selects the form of a text that is the same for every occurrence");
        return Some((message, "select it by a constant, or write one text".to_owned()));
    }
    // Where the text names it as well, that is the fault to mend.
    if instance.plural_text.placeholders().contains(name) {
        return None;
    }
    let sensitivity = Parameter::sensitivity(parameter).unwrap_or(Sensitivity::Public);
    if sensitivity != Sensitivity::Public && role != TextRole::Operator {
        let message = format!("the {sensitivity} parameter `{name}` selects the form of a text that clients read");
        return Some((message, "select it by a public number: the form gives the value away".to_owned()));
    }
    let guarded = instance.detail().is_some_and(|detail| detail.when.iter().any(|when| when.value == name));
    if may_lack && role != TextRole::Operator && !guarded {
        let kind = if parameter.optional { "optional parameter" } else { "parameter" };
        let message = format!("the {kind} `{name}`, which may be absent, selects the form");
        return Some((
            message,
            "select it by a number that is always there, or name it in the detail's `when`".to_owned(),
        ));
    }
    None
}
