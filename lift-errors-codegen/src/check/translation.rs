//! Rules about translations: each belongs to a text, and says of the occurrence what that text says.

use super::Context;
use crate::diagnostic::{Diagnostic, suggest};
use crate::draft::{Entry, TextKey};
use crate::overlay::{Overlay, Translated, Translation};
use crate::template::{Piece, Template};
use crate::translation::{Standing, sources, standing};
use crate::wording::Wording;
use lift_errors_core::vocabulary::Label;
use std::collections::BTreeSet;

/// Every translation is that of a text that the catalogue has, in the file that mirrors the text's own.
pub(super) fn belong_to_a_text(context: &Context<'_>) {
    for overlay in &context.draft.overlays {
        let labels = || context.draft.manifest.labels.iter().map(|(name, _)| name.as_str());
        for (name, _) in overlay.labels.iter().filter(|(name, _)| !labels().any(|label| label == name.value)) {
            let message = format!("the catalogue has no label `{}`", name.value.escape_debug());
            context.fault(Diagnostic::at(name.span, message).help(suggest(&name.value, labels(), "labels")));
        }
        for translated in &overlay.entries {
            entry(context, overlay, translated);
        }
    }
}

fn entry(context: &Context<'_>, overlay: &Overlay, translated: &Translated) {
    let code = &translated.code;
    let Some(entry) = context.codes.get(code.as_str()) else {
        let message = format!("`{}` is no entry of the catalogue", code.value.escape_debug());
        context.fault(Diagnostic::at(code.span, message).help(context.suggest(
            &code.value,
            context.all_codes(),
            "codes",
        )));
        return;
    };
    if entry.file != translated.file {
        let message = format!("`{}` is an entry of another file", code.value);
        let help = format!("move the table to `locales/{}/{}`", overlay.tag.value, entry.file);
        context.fault(Diagnostic::at(code.span, message).help(help));
        return;
    }
    for translation in &translated.texts {
        if let (None, true) = (source(entry, translation.key()), entry.unreadable.is_empty()) {
            context.fault(stranger(entry, translation));
        }
    }
}

/// The text of an entry that a translation is of.
fn source<'a>(entry: &'a Entry, key: TextKey<'_>) -> Option<&'a Wording> {
    entry.wordings().find(|(known, ..)| *known == key).map(|(_, _, wording)| wording)
}

/// A translation of a text that the entry does not have.
fn stranger(entry: &Entry, translation: &Translation) -> Diagnostic {
    let key = translation.key();
    let message = format!("`{}` has no text `{}`", entry.code.value, key.to_string().escape_debug());
    let ids = entry.wordings().filter_map(|(known, ..)| match (known, key) {
        (TextKey::DetailOf(id), TextKey::DetailOf(_))
        | (TextKey::Cause(id), TextKey::Cause(_))
        | (TextKey::Fix(id), TextKey::Fix(_))
        | (TextKey::Note(id), TextKey::Note(_)) => Some(id),
        _ => None,
    });
    let ids: Vec<&str> = ids.collect();
    let help = match (&entry.same_as, key) {
        (Some(other), _) => format!("it is an alias; what it shares is translated with `{}`", other.value),
        (None, TextKey::Detail) => "its detail has alternatives; translate each by its id".to_owned(),
        (None, TextKey::DetailOf(_)) if ids.is_empty() => "its detail is one text: `detail = \"…\"`".to_owned(),
        _ if ids.is_empty() => "remove the translation, or write the text in the catalogue first".to_owned(),
        _ => suggest(&translation.name.value, ids, "texts of that kind"),
    };
    Diagnostic::at(translation.name.span, message).help(help)
}

/// Calls `look` with every translation and the text that it is of. One whose text names what there is not is left
/// out: that is the fault to mend.
fn pairs(context: &Context<'_>, mut look: impl FnMut(&Wording, &Wording)) {
    let is_constant = |name: &str| context.constants.contains_key(name);
    for overlay in &context.draft.overlays {
        for (name, wording) in &context.draft.manifest.labels {
            let placeholder = Label::from_word(&name.value).and_then(Label::placeholder);
            let known = |name: &str| is_constant(name) || placeholder == Some(name);
            if let Some(translation) =
                overlay.label(&name.value).filter(|_| wording.placeholders().into_iter().all(known))
            {
                look(translation, wording);
            }
        }
        for translated in &overlay.entries {
            let Some(entry) = context.codes.get(translated.code.as_str()) else { continue };
            let Some(canonical) = context.canonical(entry) else { continue };
            let known = |name: &str| is_constant(name) || canonical.parameter(name).is_some();
            for translation in &translated.texts {
                let source = source(entry, translation.key());
                if let Some(wording) = source.filter(|source| source.placeholders().into_iter().all(known)) {
                    look(&translation.wording, wording);
                }
            }
        }
    }
}

/// A translation names the parameters, constants, links and literals of its text, in each of its forms; the number
/// that selects a form may be said in words.
pub(super) fn name_the_same(context: &Context<'_>) {
    pairs(context, |translation, text| {
        if translation.is_broken() || text.is_broken() {
            return;
        }
        let selector = translation.selector.as_ref().or(text.selector.as_ref()).map(|selector| selector.value.as_str());
        let (placeholders, links, literals) = (text.placeholders(), text.links(), literals(text));
        // A form may be for a single number, which its words say.
        let in_words = |name: &str| translation.is_plural() && (selector.is_none_or(|selector| selector == name));
        for template in translation.templates() {
            let names: BTreeSet<&str> = template.placeholders().map(|(name, _)| name).collect();
            let ids: BTreeSet<&str> = template.links().map(|(id, _)| id).collect();
            let kept = literals_of(template);
            for (name, range) in template.placeholders().filter(|(name, _)| !placeholders.contains(name)) {
                let message = format!("the translation names `{{{name}}}`, which the text does not name");
                let help = suggest(name, placeholders.iter().copied(), "placeholders of the text");
                context.fault(Diagnostic::at(template.text.part(range), message).help(help));
            }
            for (id, range) in template.links().filter(|(id, _)| !links.contains(id)) {
                let message = format!("the translation has the link `@{id}`, which the text does not have");
                let help = suggest(id, links.iter().copied(), "links of the text");
                context.fault(Diagnostic::at(template.text.part(range), message).help(help));
            }
            for literal in kept.difference(&literals) {
                let message =
                    format!("the translation has the literal `` `{literal}` ``, which the text does not have");
                let help = suggest(literal, literals.iter().map(String::as_str), "literals of the text");
                context.fault(Diagnostic::at(template.text.span, message).help(help));
            }
            // A name that is not the text's was meant to be one of those that are missing.
            if names.is_subset(&placeholders) {
                for name in placeholders.difference(&names).filter(|name| !in_words(name)) {
                    lacks(
                        context,
                        template,
                        &format!("`{{{name}}}`"),
                        "write the placeholder where the language wants it",
                    );
                }
            }
            if ids.is_subset(&links) {
                for id in links.difference(&ids) {
                    lacks(context, template, &format!("the link `@{id}`"), &format!("write `[words](@{id})`"));
                }
            }
            if kept.is_subset(&literals) {
                for literal in literals.difference(&kept) {
                    lacks(
                        context,
                        template,
                        &format!("`` `{literal}` ``"),
                        "literals between backticks are not translated",
                    );
                }
            }
        }
    });
}

fn lacks(context: &Context<'_>, template: &Template, what: &str, help: &str) {
    context.fault(Diagnostic::at(template.text.span, format!("the translation lacks {what}")).help(help));
}

/// What stands between backticks in any form of a text.
fn literals(wording: &Wording) -> BTreeSet<String> {
    wording.templates().flat_map(literals_of).collect()
}

fn literals_of(template: &Template) -> BTreeSet<String> {
    let mut literals = BTreeSet::new();
    let mut open: Option<String> = None;
    for piece in &template.pieces {
        match (piece, &mut open) {
            (Piece::CodeStart, _) => open = Some(String::new()),
            (Piece::CodeEnd, _) => literals.extend(open.take()),
            (Piece::Literal(text), Some(literal)) => literal.push_str(text),
            (Piece::Placeholder(name, _), Some(literal)) => literal.extend(["{", name, "}"]),
            _ => {}
        }
    }
    literals
}

/// A word of the glossary that a text has is in its translation, letter by letter.
pub(super) fn keep_the_glossary(context: &Context<'_>) {
    let glossary = &context.draft.manifest.glossary;
    pairs(context, |translation, text| {
        let has = |template: &Template, word: &str| has_word(&template.text.value, word);
        for word in glossary.iter().filter(|word| text.templates().all(|template| has(template, &word.value))) {
            for template in translation.templates().filter(|template| !template.text.value.contains(&word.value)) {
                lacks(
                    context,
                    template,
                    &format!("the word `{}`", word.value.escape_debug()),
                    "it is in the manifest's `glossary`: it stays as it is in every language",
                );
            }
        }
    });
}

/// Whether a text has a word that no letter touches.
fn has_word(text: &str, word: &str) -> bool {
    let touches = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(start, _)| {
        let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let behind = rest.get(word.len()..).and_then(|behind| behind.chars().next());
        !touches(before.chars().next_back()) && !touches(behind)
    })
}

/// Where the manifest says `complete = true`, every locale has every text.
pub(super) fn are_complete(context: &Context<'_>) {
    if !context.draft.manifest.complete {
        return;
    }
    for overlay in &context.draft.overlays {
        for source in sources(context.draft) {
            if standing(context.draft, overlay, &source) == Standing::Missing {
                let message = format!("`{}` is not translated into `{}`", source.address(), overlay.tag.value);
                context.fault(
                    Diagnostic::at(source.wording.span, message)
                        .help("translate it, or take `complete = true` out of the manifest"),
                );
            }
        }
    }
}

/// A translation was made from the text that is there. If not, it is an error where the manifest says
/// `fresh = true`, and a warning elsewhere.
pub(super) fn are_fresh(context: &Context<'_>) {
    for overlay in &context.draft.overlays {
        for source in sources(context.draft) {
            if standing(context.draft, overlay, &source) != Standing::Stale {
                continue;
            }
            let Some(translation) = overlay.translation(&source) else { continue };
            let (address, tag) = (source.address(), &overlay.tag.value);
            let shown = |wording: &Wording| wording.other().map_or(String::new(), |form| form.text.value.clone());
            let message = format!("the text of `{address}` has changed since it was translated into `{tag}`");
            let diagnostic = match context.draft.manifest.fresh {
                true => Diagnostic::at(translation.span, message),
                false => Diagnostic::warning(translation.span, message),
            };
            let record = overlay.record(&source).and_then(|record| record.span);
            let diagnostic = diagnostic
                .note(format!("the text is now: {}", shown(source.wording)))
                .note(format!("the translation is: {}", shown(translation)))
                .help(format!(
                    "translate the text again; where the translation still says it, run `lift-errors accept {tag} {address}`, or \
                     write `source = \"{}\"` into the record",
                    source.fingerprint()
                ));
            let diagnostic = diagnostic.related("the text is at", source.wording.span);
            context.fault(match record {
                Some(record) => diagnostic.related("the record is at", record),
                None => diagnostic,
            });
        }
    }
}
