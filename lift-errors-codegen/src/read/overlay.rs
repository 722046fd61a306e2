//! The translations of one locale as read: texts by address, and their recorded state. Rules in `check` compare them with
//! the texts of the catalogue.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::diagnostic::suggest::suggest_absent;
use crate::locale::Locale;
use crate::read::format;
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::PluralText;
use crate::read::state::{Fingerprint, State};
use crate::read::table::{File, Reader, wrong_type};
use crate::read::text_key::TextKey;
use std::collections::{HashMap, HashSet};
use std::{fmt, mem};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The translations of one locale.
#[derive(Debug)]
pub(crate) struct Overlay {
    /// The tag as the manifest has it.
    pub(crate) tag: Text,
    pub(crate) locale: Locale,
    /// Whether something in its files could not be read.
    pub(crate) is_incomplete: bool,
    /// In the order of the files.
    pub(crate) entries: Vec<Translated>,
    pub(crate) phrases: Vec<TranslatedPhrase>,
    pub(crate) labels: Vec<(Text, PluralText)>,
    pub(crate) state: State,
    /// The addresses of translations that do not say what their texts say, where that makes them stale instead of wrong.
    pub(crate) disagreeing: HashSet<String>,
    /// The translations of a base catalogue that its own ones are in the place of, where the texts are the base's.
    pub(crate) of_base: Option<Box<Overlay>>,
    /// For every code the number of its first table among `entries`.
    by_code: HashMap<String, usize>,
    /// For every phrase the number of its first translation among `phrases`.
    by_phrase: HashMap<PhraseKind, HashMap<String, usize>>,
}

/// The translated texts of one entry.
#[derive(Debug)]
pub(crate) struct Translated {
    pub(crate) code: Text,
    /// Its file, by the manifest's name of the mirrored file.
    pub(crate) file: String,
    pub(crate) texts: Vec<Translation>,
    /// The numbers of the texts by their keys, for the search of one.
    order: Vec<usize>,
}

impl Translated {
    /// The address of one of its texts.
    pub(crate) fn address(&self, text: &Translation) -> String {
        format!("{}.{}", self.code.value, text.key())
    }

    fn new(code: Text, file: String, texts: Vec<Translation>) -> Self {
        let mut all = Self { code, file, texts: Vec::new(), order: Vec::new() };
        all.append(texts);
        all
    }

    fn append(&mut self, mut texts: Vec<Translation>) {
        self.texts.append(&mut texts);
        let mut order: Vec<usize> = (0..self.texts.len()).collect();
        // Of two texts with a key, the first counts: the order is stable.
        order.sort_by_key(|number| self.key(*number));
        self.order = order;
    }

    fn key(&self, number: usize) -> Option<TextKey<'_>> {
        self.texts.get(number).map(Translation::key)
    }

    fn text(&self, key: TextKey<'_>) -> Option<&PluralText> {
        let at = self.order.partition_point(|number| self.key(*number) < Some(key));
        let text = self.texts.get(*self.order.get(at)?)?;
        (text.key() == key).then_some(&text.plural_text)
    }
}

/// A translated field error or term.
#[derive(Debug)]
pub(crate) struct TranslatedPhrase {
    pub(crate) kind: PhraseKind,
    pub(crate) name: Text,
    /// Its file, by the manifest's name of the mirrored file.
    pub(crate) file: String,
    pub(crate) plural_text: PluralText,
}

impl TranslatedPhrase {
    /// The address of the text.
    pub(crate) fn address(&self) -> String {
        self.kind.address(&self.name.value)
    }
}

/// One translated text.
#[derive(Debug)]
pub(crate) struct Translation {
    /// `title`, or `detail`, `cause`, `fix`, `note` where the text has an id.
    kind: Kind,
    /// The key or the id in the file.
    pub(crate) name: Text,
    pub(crate) plural_text: PluralText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Title,
    Meaning,
    Description,
    Support,
    Runbook,
    Detail,
    DetailOf,
    Cause,
    Fix,
    Note,
}

/// The keys of an entry's table, with what they hold: a text, or texts by id.
const KEYS: [(&str, Option<Kind>, Option<Kind>); 9] = [
    ("title", Some(Kind::Title), None),
    ("detail", Some(Kind::Detail), Some(Kind::DetailOf)),
    ("meaning", Some(Kind::Meaning), None),
    ("description", Some(Kind::Description), None),
    ("support", Some(Kind::Support), None),
    ("runbook", Some(Kind::Runbook), None),
    ("cause", None, Some(Kind::Cause)),
    ("fix", None, Some(Kind::Fix)),
    ("note", None, Some(Kind::Note)),
];

impl Translation {
    pub(crate) fn key(&self) -> TextKey<'_> {
        let id = self.name.as_str();
        match self.kind {
            Kind::Title => TextKey::Title,
            Kind::Meaning => TextKey::Meaning,
            Kind::Description => TextKey::Description,
            Kind::Support => TextKey::Support,
            Kind::Runbook => TextKey::Runbook,
            Kind::Detail => TextKey::Detail,
            Kind::DetailOf => TextKey::DetailOf(id),
            Kind::Cause => TextKey::Cause(id),
            Kind::Fix => TextKey::Fix(id),
            Kind::Note => TextKey::Note(id),
        }
    }
}

impl Overlay {
    pub(crate) fn new(tag: Text, locale: Locale) -> Self {
        let (is_incomplete, entries, phrases, labels, state, disagreeing, by_code, by_phrase) = Default::default();
        let of_base = None;
        Self { tag, locale, is_incomplete, entries, phrases, labels, state, disagreeing, of_base, by_code, by_phrase }
    }

    fn add(&mut self, entry: Translated) {
        self.by_code.entry(entry.code.value.clone()).or_insert(self.entries.len());
        self.entries.push(entry);
    }

    fn add_phrases(&mut self, phrases: Vec<TranslatedPhrase>) {
        for phrase in phrases {
            let names = self.by_phrase.entry(phrase.kind).or_default();
            names.entry(phrase.name.value.clone()).or_insert(self.phrases.len());
            self.phrases.push(phrase);
        }
    }

    /// Takes over the translations of a base catalogue that this one lacks, but for those of texts that were `replaced`, by their
    /// addresses.
    pub(crate) fn inherit(&mut self, base: Self, replaced: &HashSet<String>) {
        let mut hidden = Self::new(self.tag.clone(), self.locale);
        for Translated { code, file, mut texts, .. } in base.entries {
            texts.retain(|text| !replaced.contains(&format!("{}.{}", code.value, text.key())));
            let (own, texts): (Vec<_>, _) =
                texts.into_iter().partition(|text| self.text(&code.value, text.key()).is_some());
            if !own.is_empty() {
                hidden.add(Translated::new(code.clone(), file.clone(), own));
            }
            match self.by_code.get(&code.value).and_then(|number| self.entries.get_mut(*number)) {
                Some(own) => own.append(texts),
                None => self.add(Translated::new(code, file, texts)),
            }
        }
        let phrases = base.phrases.into_iter().filter(|phrase| !replaced.contains(&phrase.address()));
        let (own, phrases) = phrases.partition(|phrase| self.phrase(phrase.kind, &phrase.name.value).is_some());
        hidden.add_phrases(own);
        let labels = base.labels.into_iter().filter(|(label, _)| !replaced.contains(&label_address(&label.value)));
        let (own, mut labels): (_, Vec<_>) = labels.partition(|(label, _)| self.label(&label.value).is_some());
        hidden.labels = own;
        self.add_phrases(phrases);
        self.labels.append(&mut labels);
        let is_any = hidden.plural_texts().next().is_some();
        self.of_base = is_any.then(|| Box::new(hidden));
    }

    /// Leaves out the translations of some texts. Those of a base catalogue come in their place.
    pub(crate) fn leave_out(&mut self, addresses: &HashSet<String>) {
        for entry in &mut self.entries {
            let texts = mem::take(&mut entry.texts);
            let is_kept = |text: &Translation| !addresses.contains(&entry.address(text));
            entry.append(texts.into_iter().filter(is_kept).collect());
        }
        let phrases = mem::take(&mut self.phrases);
        self.by_phrase.clear();
        self.add_phrases(phrases.into_iter().filter(|it| !addresses.contains(&it.address())).collect());
        self.labels.retain(|(name, _)| !addresses.contains(&label_address(&name.value)));
        if let Some(of_base) = self.of_base.take() {
            self.inherit(*of_base, &HashSet::new());
        }
    }

    /// Whether it has texts of an entry.
    pub(crate) fn has_entry(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// The file that translates an entry.
    pub(crate) fn file_of_entry(&self, code: &str) -> Option<&str> {
        self.entries.get(*self.by_code.get(code)?).map(|entry| entry.file.as_str())
    }

    /// The file that translates a phrase.
    pub(crate) fn file_of_phrase(&self, kind: PhraseKind, name: &str) -> Option<&str> {
        let number = self.by_phrase.get(&kind)?.get(name)?;
        self.phrases.get(*number).map(|phrase| phrase.file.as_str())
    }

    /// The translation of an entry's text.
    pub(crate) fn text(&self, code: &str, key: TextKey<'_>) -> Option<&PluralText> {
        self.entries.get(*self.by_code.get(code)?)?.text(key)
    }

    /// Every translation, with the name that its file has for it.
    pub(crate) fn plural_texts(&self) -> impl Iterator<Item = (&Text, &PluralText)> {
        let labels = self.labels.iter().map(|(name, plural_text)| (name, plural_text));
        let texts = self.entries.iter().flat_map(|entry| &entry.texts);
        let phrases = self.phrases.iter().map(|phrase| (&phrase.name, &phrase.plural_text));
        labels.chain(texts.map(|text| (&text.name, &text.plural_text))).chain(phrases)
    }

    /// Takes over what is recorded of the translations that were read.
    pub(crate) fn set_state(&mut self, mut state: State) {
        state.settle(&self.addressed().map(|(address, text)| (address, Fingerprint::of(&text.source()))).collect());
        self.state = state;
    }

    /// Every translation with the address of its text.
    pub(crate) fn addressed(&self) -> impl Iterator<Item = (String, &PluralText)> {
        let labels = self.labels.iter().map(|(name, plural_text)| (label_address(&name.value), plural_text));
        let texts = self
            .entries
            .iter()
            .flat_map(|entry| entry.texts.iter().map(move |text| (entry.address(text), &text.plural_text)));
        let phrases = self.phrases.iter().map(|phrase| (phrase.address(), &phrase.plural_text));
        labels.chain(texts).chain(phrases)
    }

    /// The translation of a phrase.
    pub(crate) fn phrase(&self, kind: PhraseKind, name: &str) -> Option<&PluralText> {
        let number = self.by_phrase.get(&kind)?.get(name)?;
        self.phrases.get(*number).map(|phrase| &phrase.plural_text)
    }

    /// The translation of a label.
    pub(crate) fn label(&self, name: &str) -> Option<&PluralText> {
        self.labels.iter().find(|(label, _)| label.value == name).map(|(_, plural_text)| plural_text)
    }
}

/// The address of a label.
pub(crate) fn label_address(name: &str) -> String {
    format!("labels.{name}")
}

/// The translations in the file that mirrors the manifest.
pub(crate) fn labels(file: &File<'_>, document: &DeTable<'_>) -> Vec<(Text, PluralText)> {
    let mut reader = Reader::new(file, document, &format::LOCALE_LABELS, file.span(0..0), "the file");
    let labels = reader.table("labels", "`[labels]`".to_owned()).map(|table| table.labels());
    reader.finish();
    let mut labels = labels.unwrap_or_default();
    labels.retain(|(_, plural_text)| has_words(plural_text));
    labels
}

/// Reads the translations in the file that mirrors `name`, a file with entries, into `overlay`.
pub(crate) fn entries(file: &File<'_>, name: &str, document: &DeTable<'_>, overlay: &mut Overlay) {
    let reader = Reader::of_names(file, document, file.span(0..0));
    for (code, value) in reader.members() {
        match (value.get_ref(), PhraseKind::of_table(code.as_str())) {
            (DeValue::Table(table), Some(kind)) => overlay.add_phrases(phrases(file, name, kind, &code, table)),
            (DeValue::Table(table), None) => {
                let texts = texts(file, &code, table);
                overlay.add(Translated::new(code, name.to_owned(), texts));
            }
            _ => {
                let what = format!("`{}`", code.value.escape_debug());
                wrong_type(file, &what, value, "a table: every top-level key of the file is the code of an entry");
            }
        }
    }
}

fn phrases(
    file: &File<'_>,
    name: &str,
    kind: PhraseKind,
    table_name: &Text,
    table: &DeTable<'_>,
) -> Vec<TranslatedPhrase> {
    let members = Reader::of_names(file, table, table_name.span).members();
    let phrases = members.into_iter().filter_map(|(phrase_name, value)| {
        let shown = phrase_name.value.escape_debug();
        let plural_text = plural_text(file, value, format_args!("the {} `{shown}`", kind.noun()))?;
        Some(TranslatedPhrase { kind, name: phrase_name, file: name.to_owned(), plural_text })
    });
    phrases.collect()
}

/// A translation, if it has words. Translators' tools write an empty text for one that is not translated yet.
fn plural_text(file: &File<'_>, value: &Spanned<DeValue<'_>>, what: impl fmt::Display) -> Option<PluralText> {
    let plural_text = PluralText::decode(file, value, what)?;
    has_words(&plural_text).then_some(plural_text)
}

fn has_words(plural_text: &PluralText) -> bool {
    plural_text.templates().any(|template| !template.text.value.is_empty())
}

fn texts(file: &File<'_>, code: &Text, table: &DeTable<'_>) -> Vec<Translation> {
    let reader = Reader::of_names(file, table, code.span);
    let mut texts = Vec::new();
    for (name, value) in reader.members() {
        let of = code.value.escape_debug();
        let Some((key, alone, with_id)) = KEYS.iter().find(|(key, ..)| *key == name.value).copied() else {
            // Labels are in another file, which is reported.
            if code.value != "labels" {
                unknown_key(file, &name, &of.to_string(), table);
            }
            continue;
        };
        match (value.get_ref(), alone, with_id) {
            (DeValue::Table(table), _, Some(kind)) if alone.is_none() || !PluralText::is_plural_table(table) => {
                for (id, value) in Reader::of_names(file, table, name.span).members() {
                    let shown = id.value.escape_debug();
                    let plural_text = plural_text(file, value, format_args!("the {key} `{shown}` of `{of}`"));
                    texts.extend(plural_text.map(|plural_text| Translation { kind, name: id, plural_text }));
                }
            }
            (DeValue::Array(_), Some(_), Some(_)) => {
                let expected = "a text, or a table with a text for each plural category or for each id";
                wrong_type(file, &format!("the {key} of `{of}`"), value, expected);
            }
            (_, Some(kind), _) => {
                let what = format!("the {key} of `{of}`");
                let plural_text = match kind {
                    Kind::Description => PluralText::of_description(file, value, &what).filter(has_words),
                    _ => plural_text(file, value, &what),
                };
                texts.extend(plural_text.map(|plural_text| Translation { kind, name, plural_text }));
            }
            _ => wrong_type(file, &format!("`{key}` of `{of}`"), value, "a table with a text for each id"),
        }
    }
    texts
}

/// An entry that was copied from the catalogue's own files has keys that are not texts.
fn unknown_key(file: &File<'_>, name: &Text, code: &str, table: &DeTable<'_>) {
    let known = KEYS.iter().map(|(key, ..)| *key);
    let absent = known.clone().filter(|key| !table.contains_key(*key));
    file.fault(
        Diagnostic::at(
            name.span,
            format!("unknown key `{}` in the translation of `{code}`", name.value.escape_debug()),
        )
        .help(suggest_absent(&name.value, known, absent, "a translation has texts alone")),
    );
}
