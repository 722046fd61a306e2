//! Rules about the labels: the words around an error's texts.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::diagnostic::suggest::suggest_absent;
use crate::read::plural_text::PluralText;
use lift_errors_core::vocabulary::Label;

/// A label is one of the list, and has the placeholder that belongs to it and no other.
pub(super) fn are_known(context: &Context<'_>) {
    for (name, plural_text) in &context.draft.manifest.labels {
        let Ok(label) = name.value.parse::<Label>() else {
            let message = format!("`{}` is not a label", name.value.escape_debug());
            let known = Label::ALL.iter().map(|label| label.as_str());
            let labels = &context.draft.manifest.labels;
            let is_absent = |label: &&str| {
                labels.iter().all(|(other, _)| other.as_str() != *label || context.draft.is_inherited(other.span))
            };
            let help = suggest_absent(&name.value, known.clone(), known.filter(is_absent), "labels");
            context.fault(Diagnostic::at(name.span, message).help(help));
            continue;
        };
        placeholders(context, name, plural_text, label);
    }
}

fn placeholders(context: &Context<'_>, name: &Text, plural_text: &PluralText, label: Label) {
    for template in plural_text.templates() {
        for (named, range) in template.placeholders() {
            let known = label.placeholder() == Some(named) || context.constants.contains_key(named);
            // One without a name is broken, which was reported.
            if !named.is_empty() && !known {
                let message = format!("`{{{named}}}` is not a placeholder of the label `{}`", name.value);
                let help = match label.placeholder() {
                    Some(placeholder) => format!("it shows `{{{placeholder}}}`"),
                    None => "it is the same on every page; take the placeholder out".to_owned(),
                };
                context.fault(Diagnostic::at(template.text.part(range), message).help(help));
            }
        }
    }
    // One that is misspelt is not missing as well.
    let named = plural_text.placeholders();
    let missing = label.placeholder().filter(|_| named.iter().all(|name| context.constants.contains_key(name)));
    if let Some(placeholder) = missing.filter(|_| !plural_text.is_broken()) {
        let message = format!("the label `{}` does not show `{{{placeholder}}}`", name.value);
        context.fault(
            Diagnostic::at(plural_text.span, message)
                .help(format!("write `{{{placeholder}}}` where the value belongs")),
        );
    }
}
