//! Rules about translations: each belongs to a text, and says of the occurrence what that text says.

use super::context::{Context, duplicates};
use super::disagreement::Tolerance;
use super::stale_translation;
use super::text_instance::TextInstance;
use super::text_row::Of;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Span;
use crate::diagnostic::suggest::suggest_of_text;
use crate::locale::categories;
use crate::locale::whole_numbers::is_for_one_number;
use crate::read::draft::{Draft, Entry, Phrase};
use crate::read::load::FIRST_FILE;
use crate::read::overlay::{Overlay, Translated, TranslatedPhrase, Translation, label_address};
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::PluralText;
use crate::read::template::{Piece, Template};
use crate::read::text_key::TextKey;
use crate::translate::glossary::{self, MOST_WORDS, has_word};
use crate::translate::previous::PreviousTexts;
use crate::translate::{
    TranslationStatus, base_has, gives_way_to_base, is_copy, sources_into, sources_into_any, translation_status,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Every translation is that of a text that the catalogue has, in the file that mirrors the text's own. One that was recorded
/// as that of a text which is gone is not shown, and waits for somebody who removes it.
pub(super) fn belong_to_a_text(context: &Context<'_>) {
    let labels = || context.draft.manifest.labels.iter().map(|(name, _)| name.as_str());
    let known: HashSet<&str> = labels().collect();
    let phrases = phrases(context);
    let mut gone = Gone::default();
    for overlay in &context.draft.overlays {
        for (name, _) in overlay.labels.iter().filter(|(name, _)| !known.contains(name.as_str())) {
            if gone.add(overlay, label_address(&name.value), name.span) {
                continue;
            }
            let message = format!("`{}` is not a label of the catalogue", name.value.escape_debug());
            let is_there =
                |label: &str| overlay.label(label).is_some_and(|text| !context.draft.is_inherited(text.span));
            let help = context.suggest_absent(&name.value, labels(), is_there, "labels");
            context.fault(Diagnostic::at(name.span, message).help(help));
        }
        for translated in &overlay.entries {
            entry(context, overlay, translated, &mut gone);
        }
        for translated in &overlay.phrases {
            phrase(context, overlay, translated, &phrases, &mut gone);
        }
        in_one_file(context, overlay, &phrases);
    }
    gone.warnings(context).for_each(|warning| context.fault(warning));
}

/// The translations of texts that are gone: each address with the locales that have one, and the place of the first.
#[derive(Default)]
struct Gone<'a>(BTreeMap<String, (Span, Vec<&'a str>)>);

impl<'a> Gone<'a> {
    /// Adds a translation, if the text at the address was translated once. Returns whether it was.
    fn add(&mut self, overlay: &'a Overlay, address: String, place: Span) -> bool {
        let was_recorded = overlay.state.recorded_at(&address).is_some();
        if was_recorded {
            self.insert(overlay, address, place);
        }
        was_recorded
    }

    fn insert(&mut self, overlay: &'a Overlay, address: String, place: Span) {
        let (_, tags) = self.0.entry(address).or_insert_with(|| (place, Vec::new()));
        tags.push(&overlay.tag.value);
    }

    /// A warning for each text.
    fn warnings(self, context: &Context<'_>) -> impl Iterator<Item = Diagnostic> {
        let released = context.draft.released.names();
        self.0.into_iter().map(move |(address, (place, tags))| {
            let version = if released.contains(&address) { " --in VERSION" } else { "" };
            let tags: Vec<String> = tags.into_iter().map(|tag| format!("`{tag}`")).collect();
            let message = format!("`{address}` is gone, but is still translated into {}", tags.join(", "));
            Diagnostic::warning(place, message).help(format!(
                "`lift-errors remove {address}{version}` removes what is left of it; if the text has another name now, give its translations \
                 that name"
            ))
        })
    }
}

/// A text of the base has no file here, so its translation may be in any, but of two in different files one would be lost.
fn in_one_file(context: &Context<'_>, overlay: &Overlay, phrases: &HashMap<(PhraseKind, &str), &Phrase>) {
    let fault = |what: String, span, first| {
        let fault = Diagnostic::at(span, format!("{what} is translated in another file, too"));
        context.fault(fault.related("first at", first).help("move all of its texts to one of the two"));
    };
    let of_base = |name: Span| context.draft.is_inherited(name);
    let entries = overlay.entries.iter().map(|translated| &translated.code);
    let entries = entries.filter(|code| context.codes.get(code.as_str()).is_some_and(|entry| of_base(entry.code.span)));
    duplicates(entries.map(|code| (code.as_str(), code.span)), |code, span, first| {
        fault(format!("`{code}`"), span, first);
    });
    let translated = overlay.phrases.iter().map(|translated| ((translated.kind, translated.name.as_str()), translated));
    let translated = translated.filter(|(name, _)| phrases.get(name).is_some_and(|phrase| of_base(phrase.name.span)));
    duplicates(translated.map(|(name, translated)| (name, translated.name.span)), |(kind, name), span, first| {
        fault(format!("the {} `{name}`", kind.noun()), span, first);
    });
}

fn entry<'a>(context: &Context<'_>, overlay: &'a Overlay, translated: &'a Translated, gone: &mut Gone<'a>) {
    let code = &translated.code;
    let Some(entry) = context.codes.get(code.as_str()) else {
        if is_of_gone_entry(overlay, translated) {
            return gone.insert(overlay, code.value.clone(), code.span);
        }
        if code.value == "labels" {
            let main = context.draft.manifest.file_name.as_deref().unwrap_or("catalog.toml");
            context.fault(
                Diagnostic::at(code.span, "labels can't be beside entries")
                    .help(format!("move the table to `locales/{}/{main}`", overlay.tag.value)),
            );
            return;
        }
        let message = format!("`{}` is not an entry of the catalogue", code.value.escape_debug());
        context.fault(Diagnostic::at(code.span, message).help(context.suggest(
            &code.value,
            context.all_codes(),
            "codes",
        )));
        return;
    };
    if entry.file != translated.file
        // One of the base has no file here.
        && ![code.span, entry.code.span].iter().any(|span| context.draft.is_inherited(*span))
    {
        let message = format!("`{}` is an entry of another file", code.value);
        let help = format!("move the table to `locales/{}/{}`", overlay.tag.value, entry.file);
        context.fault(Diagnostic::at(code.span, message).help(help));
        return;
    }
    if !entry.unreadable.is_empty() {
        return;
    }
    for translation in strangers(entry, translated) {
        if !gone.add(overlay, translated.address(translation), translation.name.span) {
            context.fault(stranger(context, entry, translated, translation));
        }
    }
}

fn phrase<'a>(
    context: &Context<'_>,
    overlay: &'a Overlay,
    translated: &TranslatedPhrase,
    phrases: &HashMap<(PhraseKind, &str), &Phrase>,
    gone: &mut Gone<'a>,
) {
    let (kind, name) = (translated.kind, &translated.name);
    let fault = match phrases.get(&(kind, name.as_str())) {
        Some(phrase) if phrase.file == translated.file || context.draft.is_inherited(phrase.name.span) => return,
        Some(phrase) => {
            let message = format!("the {} is in another file", phrase.what());
            let help = format!("move it to `locales/{}/{}`", overlay.tag.value, phrase.file);
            Diagnostic::at(name.span, message).help(help)
        }
        None if gone.add(overlay, translated.address(), name.span) => return,
        None => {
            let message = format!("`{}` is not a {} of the catalogue", name.value.escape_debug(), kind.noun());
            let is_own = |text: &PluralText| !context.draft.is_inherited(text.span);
            let is_there = |name: &str| overlay.phrase(kind, name).is_some_and(is_own);
            let known = context.draft.phrases.iter().filter(|phrase| phrase.kind == kind);
            let known = known.map(|phrase| phrase.name.as_str());
            let what = format!("{}s", kind.noun());
            Diagnostic::at(name.span, message).help(context.suggest_absent(&name.value, known, is_there, &what))
        }
    };
    context.fault(fault);
}

/// The phrases by what identifies them.
fn phrases<'a>(context: &Context<'a>) -> HashMap<(PhraseKind, &'a str), &'a Phrase> {
    context.draft.phrases.iter().rev().map(|phrase| ((phrase.kind, phrase.name.as_str()), phrase)).collect()
}

/// Whether some text of an entry that the catalogue does not have was translated once.
fn is_of_gone_entry(overlay: &Overlay, translated: &Translated) -> bool {
    translated.texts.iter().any(|text| overlay.state.recorded_at(&translated.address(text)).is_some())
}

/// The translations of texts that the entry does not have.
fn strangers<'a>(entry: &Entry, translated: &'a Translated) -> impl Iterator<Item = &'a Translation> {
    let mut known: Vec<TextKey<'_>> = entry.plural_texts().map(|(key, ..)| key).collect();
    known.sort_unstable();
    translated.texts.iter().filter(move |translation| known.binary_search(&translation.key()).is_err())
}

/// A translation of a text that the entry does not have.
fn stranger(context: &Context<'_>, entry: &Entry, translated: &Translated, translation: &Translation) -> Diagnostic {
    let key = translation.key();
    let message = format!("`{}` has no text `{}`", entry.code.value, key.to_string().escape_debug());
    let ids = entry.plural_texts().filter_map(|(known, ..)| match (known, key) {
        (TextKey::DetailOf(id), TextKey::DetailOf(_))
        | (TextKey::Cause(id), TextKey::Cause(_))
        | (TextKey::Fix(id), TextKey::Fix(_))
        | (TextKey::Note(id), TextKey::Note(_)) => Some(id),
        _ => None,
    });
    let ids: Vec<&str> = ids.collect();
    let help = match (&entry.same_as, key) {
        (Some(other), _) => format!("it is an alias; what it shares is translated with `{}`", other.value),
        (None, TextKey::Detail) if !entry.details.is_empty() => {
            "its detail has alternatives; translate each by its id".to_owned()
        }
        (None, TextKey::DetailOf(_)) if !entry.details.is_empty() && ids.is_empty() => {
            "its detail is one text: `detail = \"…\"`".to_owned()
        }
        _ if ids.is_empty() => "remove the translation, or write the text in the catalogue first".to_owned(),
        _ => {
            let is_translated = |id: &str| {
                let key = match key {
                    TextKey::DetailOf(_) => TextKey::DetailOf(id),
                    TextKey::Cause(_) => TextKey::Cause(id),
                    TextKey::Fix(_) => TextKey::Fix(id),
                    _ => TextKey::Note(id),
                };
                translated.texts.iter().any(|other| other.key() == key)
            };
            context.suggest_absent(&translation.name.value, ids.into_iter(), is_translated, "texts of that kind")
        }
    };
    Diagnostic::at(translation.name.span, message).help(help)
}

/// Every form of a text names the parameters, constants, links and literals that the text names; what selects the form
/// may be instance in words, where the form is for a single number.
pub(super) fn name_the_same(context: &Context<'_>) {
    context.each_translation(|instance| same_names(context, instance, "the translation"));
    // The forms of the default locale's own tables.
    context.each_text(|instance| {
        if instance.overlay.is_none() && instance.plural_text.is_plural() && !instance.plural_text.is_broken() {
            same_names(context, instance, "the form");
        }
    });
}

fn same_names(context: &Context<'_>, instance: &TextInstance<'_>, what: &str) {
    // Most texts are words alone, in one form.
    let is_words =
        |plural_text: &PluralText| !plural_text.is_plural() && plural_text.templates().all(Template::is_words);
    if is_words(instance.plural_text) && is_words(instance.source.plural_text) {
        return;
    }
    let (placeholders, links, literals) = (
        instance.source.plural_text.placeholders(),
        instance.source.plural_text.links(),
        literals(instance.source.plural_text),
    );
    let selector = instance.selector(context).filter(|_| instance.plural_text.is_plural());
    // A form that the language does not have is a fault of its own.
    let categories = instance.locale.map(categories).unwrap_or_default();
    for form in instance.plural_text.forms.iter().filter(|form| categories.contains(&form.category)) {
        let template = &form.template;
        let names: BTreeSet<&str> = template.placeholders().map(|(name, _)| name).collect();
        let ids: BTreeSet<&str> = template.links().map(|(id, _)| id).collect();
        let kept = literals_of(template);
        for (name, range) in template.placeholders().filter(|(name, _)| !placeholders.contains(name)) {
            let message = format!("{what} names `{{{name}}}`, which the text does not name");
            let help = suggest_of_text(name, placeholders.iter().copied(), "placeholders");
            context.fault_of(instance, Diagnostic::at(template.text.part(range), message).help(help));
        }
        for (id, range) in template.links().filter(|(id, _)| !links.contains(id)) {
            let message = format!("{what} has the link `@{id}`, which the text does not have");
            let help = suggest_of_text(id, links.iter().copied(), "links");
            context.fault_of(instance, Diagnostic::at(template.text.part(range), message).help(help));
        }
        for literal in kept.difference(&literals) {
            let message = format!("{what} has the literal `` `{literal}` ``, which the text does not have");
            let help = suggest_of_text(literal, literals.iter().map(String::as_str), "literals");
            context.fault_of(instance, Diagnostic::at(template.text.span, message).help(help));
        }
        let lacks = |what_else: String, help: String| {
            let message = format!("{what} lacks {what_else}");
            context.fault_of(instance, Diagnostic::at(template.text.span, message).help(help));
        };
        // A name that is not the text's, or that nothing declares, was meant to be one of those that are missing.
        if names.iter().all(|name| placeholders.contains(name) && instance.knows(context, name)) {
            let with_fractions = matches!(instance.of, Of::Phrase(_));
            let is_for_one =
                |locale: &lift_errors_cldr::Locale| is_for_one_number(*locale, form.category, with_fractions);
            let in_words = |name: &&&str| Some(**name) == selector && instance.locale.as_ref().is_some_and(is_for_one);
            let missing = placeholders.difference(&names).filter(|name| instance.knows(context, name));
            for name in missing.filter(|name| !in_words(name)) {
                lacks(format!("`{{{name}}}`"), "write the placeholder where the language wants it".to_owned());
            }
        }
        if ids.is_subset(&links) {
            for id in links.difference(&ids) {
                lacks(format!("the link `@{id}`"), format!("write `[words](@{id})`"));
            }
        }
        if kept.is_subset(&literals) {
            for literal in literals.difference(&kept) {
                lacks(format!("`` `{literal}` ``"), "literals between backticks are not translated".to_owned());
            }
        }
    }
}

/// The code spans of all forms of a text.
fn literals(plural_text: &PluralText) -> BTreeSet<String> {
    plural_text.templates().flat_map(literals_of).collect()
}

fn literals_of(template: &Template) -> BTreeSet<String> {
    let mut literals = BTreeSet::new();
    let mut open: Option<String> = None;
    for piece in template.pieces() {
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

/// A word of the glossary that a text has is in its translation, letter by letter. An ending may follow it. A base catalogue's own
/// translations have its own glossary.
pub(super) fn keep_the_glossary(context: &Context<'_>) {
    context.each_translation(|instance| {
        if context.draft.is_inherited(instance.plural_text.span) {
            return;
        }
        for word in glossary::words_of(context.draft, instance.source.plural_text) {
            for template in instance.plural_text.templates().filter(|form| !has_word(form, &word.value, false)) {
                let message = format!("the translation lacks the word `{}`", word.value.escape_debug());
                context.fault_of(
                    instance,
                    Diagnostic::at(template.text.span, message)
                        .help("it is in the manifest's `glossary`: it stays as it is in every language"),
                );
            }
        }
    });
}

/// The glossary has words, each once, and each is in some text.
pub(super) fn glossary_is_of_use(context: &Context<'_>) {
    let glossary = &context.draft.manifest.glossary;
    if let Some(word) = glossary.get(MOST_WORDS) {
        context.fault(
            Diagnostic::at(word.span, format!("the glossary has {} words", glossary.len()))
                .help(format!("{MOST_WORDS} are the most; it is for names that stay as they are in every language")),
        );
        return;
    }
    duplicates(glossary.iter().map(|word| (word.as_str(), word.span)), |word, span, first| {
        context.fault(
            Diagnostic::at(span, format!("duplicate glossary word `{}`", word.escape_debug()))
                .related("first at", first)
                .help("remove one of the two"),
        );
    });
    // That there are no entries was reported.
    for word in glossary.iter().filter(|_| !context.draft.entries.is_empty()) {
        if !is_in_texts(context.draft, &word.value)
            && context.draft.entries.iter().all(|entry| entry.unreadable.is_empty())
        {
            let message = format!("no text has the word `{}` of the glossary", word.value.escape_debug());
            context.fault(Diagnostic::at(word.span, message).help("remove it, or write it as the texts do"));
        }
    }
}

/// Whether some text has a word of the glossary.
pub(super) fn is_in_texts(draft: &Draft, word: &str) -> bool {
    let mut templates = sources_into_any(draft).flat_map(|source| source.plural_text.templates());
    !word.is_empty() && templates.any(|template| has_word(template, word, true))
}

/// Where the manifest says `complete = true`, every locale has every text.
pub(super) fn are_complete(context: &Context<'_>) {
    if !context.draft.manifest.complete {
        return;
    }
    let phrases = phrases(context);
    for overlay in context.draft.overlays.iter().filter(|overlay| !has_faults(context, overlay, &phrases)) {
        let missing = sources_into(context.draft, overlay.locale)
            .filter(|source| !source.is_of_draft(context.draft))
            .filter(|source| translation_status(context.draft, overlay, source) == TranslationStatus::Missing);
        let missing: Vec<String> = missing.map(|source| source.address()).collect();
        let (Some(first), tag) = (missing.first(), &overlay.tag.value) else { continue };
        let message = match missing.len() {
            1 => format!("`{first}` is not translated into `{tag}`"),
            count => format!("{count} texts are not translated into `{tag}`: `{first}` and others"),
        };
        context.fault(Diagnostic::at(overlay.tag.span, message).help(format!(
            "`lift-errors coverage {tag}` lists them; translate them, or take `complete = true` out of the manifest until then"
        )));
    }
}

/// The texts of a base can be translated into a language that it lacks: a file of the catalogue has the translations.
pub(super) fn have_a_file(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    // That the base is not known was reported.
    if context.draft.first_base_file.is_none() {
        return;
    }
    let Some(base) = manifest.extends.as_ref().filter(|_| manifest.files.is_empty()) else { return };
    for overlay in context.draft.overlays.iter().filter(|overlay| !base_has(context.draft, overlay.locale)) {
        let message = format!("no file can have the texts of `{}` in `{}`", base.value, overlay.tag.value);
        context.fault(Diagnostic::warning(overlay.tag.span, message).help(FIRST_FILE));
    }
}

/// A translation says something else than its text. A copy that somebody meant to translate is a warning.
pub(super) fn are_translations(context: &Context<'_>) {
    for (source, translations) in context.own_rows() {
        let is_copied =
            |(overlay, _, text): &&(&Overlay, _, &PluralText)| is_copy(context.draft, overlay, source, text);
        for (overlay, _, translation) in translations.filter(is_copied) {
            let (message, tag) = ("this text in `{}` is that of the default locale", &overlay.tag.value);
            context.fault(Diagnostic::warning(translation.span, message.replace("{}", tag)).help(format!(
                "translate it, or remove it: what is not there falls back by itself, and counts as missing; if it is right in \
                 both languages, run `lift-errors review {tag} {}`",
                source.address()
            )));
        }
    }
}

/// Whether a translation could not be read, or belongs to no text that is there or gone: what seems to be missing may be that.
fn has_faults(context: &Context<'_>, overlay: &Overlay, phrases: &HashMap<(PhraseKind, &str), &Phrase>) -> bool {
    let is_gone = |address: String| overlay.state.recorded_at(&address).is_some();
    let is_stranger = |translated: &Translated| match context.codes.get(translated.code.as_str()) {
        Some(entry) => strangers(entry, translated).any(|text| !is_gone(translated.address(text))),
        None => !is_of_gone_entry(overlay, translated),
    };
    let is_unknown = |phrase: &TranslatedPhrase| !phrases.contains_key(&(phrase.kind, phrase.name.as_str()));
    overlay.is_incomplete
        || overlay.entries.iter().any(is_stranger)
        || overlay.phrases.iter().any(|phrase| is_unknown(phrase) && !is_gone(phrase.address()))
}

/// A translation was made from the text that is there. If not, it is an error where the manifest says
/// `fresh = true`, and a warning elsewhere: one for each text, whatever the number of languages.
pub(super) fn are_fresh(context: &Context<'_>) {
    let previous = PreviousTexts::of_draft(context.draft);
    let fresh = context.draft.manifest.fresh;
    for (source, translations) in context.own_rows() {
        let mut stale = Vec::new();
        for &(overlay, _, translation) in translations {
            match overlay.stale_record(source, translation) {
                Some(record) => {
                    stale.push((overlay, translation, record));
                    // That one is of the present text.
                    if context.tolerance == Tolerance::ChangedTexts && gives_way_to_base(context.draft, overlay, source)
                    {
                        let fault = "the base has a translation of the present text";
                        context.tolerate(overlay, source, fault.to_owned());
                    }
                }
                None if fresh && overlay.record(source, translation).is_none() => {
                    let (address, tag) = (source.address(), &overlay.tag.value);
                    let message = format!("nothing records what `{address}` was translated from into `{tag}`");
                    context.fault(
                        Diagnostic::at(translation.span, message)
                            .help("run `lift-errors sync`, and commit what it writes"),
                    );
                }
                _ => {}
            }
        }
        if !stale.is_empty() {
            context.fault(stale_translation::finding(context, &previous, source, &stale));
        }
    }
}
