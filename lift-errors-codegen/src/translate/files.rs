//! The files that tools write for translators: what was recorded of each translation, and the default locale's
//! texts in the form of a translation.

use crate::diagnostic::span::{SourceFiles, Text};
use crate::diagnostic::suggest::suggest;
use crate::locale::{Locale, listed_as};
use crate::path_name::path_name;
use crate::read::draft::{Draft, Entry};
use crate::read::file::{DEEPEST, LOCALES, files_below, folders, inside_folder, read};
use crate::read::overlay::Overlay;
use crate::read::state::{self, Fingerprint, Record};
use crate::translate::previous::PreviousTexts;
use crate::translate::records::{Mark, records, records_of_gone};
use crate::translate::source_texts;
use crate::translate::unit::{TranslationUnits, UnitText};
use crate::translate::unknown::UnknownTranslation;
use crate::translate::{TranslatedFiles, sources_into, texts_of_base};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The head of every written file.
const MARKER: &str = "`lift-errors sync` writes this file.";

/// The hint for a text whose translations are not the catalogue's own.
const OF_BASE: &str = "it is a text of the base, which has its translation";

/// The translators' files of a catalogue, as they should be.
///
/// ```
/// # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("tests/golden/onboarding");
/// let files = lift_errors_codegen::Compiler::new(folder, "catalog.toml").translation_files()?.files();
/// assert!(files.iter().any(|(path, _)| path.ends_with("locales/en/sites.toml")));
/// # Ok::<(), lift_errors_codegen::CompileErrors>(())
/// ```
#[derive(Debug)]
pub struct TranslationFiles {
    draft: Draft,
    sources: SourceFiles,
    manifest: PathBuf,
    /// A person's statement about a text in a locale.
    marks: HashMap<(String, String), Mark>,
    /// The record of a text in a locale before its names changed.
    carried: HashMap<(String, String), Carried>,
    /// The text that a translation was made from, where that is not the present one.
    made_from: HashMap<(String, String), UnitText>,
}

/// The record of a translation before names in it changed.
#[derive(Clone, Debug)]
struct Carried {
    record: Record,
    is_stale: bool,
}

impl TranslationFiles {
    pub(crate) fn new(draft: Draft, sources: SourceFiles, manifest: PathBuf) -> Self {
        let (marks, carried, made_from) = Default::default();
        Self { draft, sources, manifest, marks, carried, made_from }
    }

    /// The texts with their translations into a locale, which the catalogue need not have yet; without a locale, the texts
    /// alone. Tools write some locales with their usual region: `pt-BR` is the catalogue's `pt`, if it has that alone.
    ///
    /// # Errors
    ///
    /// If there is no such locale, or it is the one that is translated from.
    #[doc(hidden)]
    pub fn units(&self, locale: Option<&str>) -> Result<TranslationUnits, UnknownTranslation> {
        let locale = locale.map(|tag| self.known(tag)).transpose()?;
        let main = self.manifest.file_name().unwrap_or_default().to_string_lossy();
        Ok(TranslationUnits::of(&self.draft, &self.sources, &main, locale))
    }

    /// Whether no translation lacks what its text says.
    #[doc(hidden)]
    pub fn agree(&self) -> bool {
        self.draft.overlays.iter().all(|overlay| overlay.disagreeing.is_empty())
    }

    /// The addresses of those texts among some whose translation does not say what the text says: into a locale, or into any.
    #[doc(hidden)]
    pub fn disagreeing(&self, locale: Option<&str>, addresses: &[String]) -> Vec<String> {
        let overlays = || self.draft.overlays.iter().filter(|it| locale.is_none_or(|locale| it.tag.value == locale));
        if overlays().all(|overlay| overlay.disagreeing.is_empty()) {
            return Vec::new();
        }
        let codes = self.codes_by_id();
        let addresses = addresses.iter().map(|address| by_code(&codes, address));
        addresses.filter(|address| overlays().any(|overlay| overlay.disagreeing.contains(address))).collect()
    }

    /// The names of the constants, those of a base among them.
    #[doc(hidden)]
    pub fn constants(&self) -> Vec<String> {
        self.draft.manifest.constants.iter().map(|constant| constant.name.value.clone()).collect()
    }

    fn known(&self, tag: &str) -> Result<Locale, UnknownTranslation> {
        if self.default_tag() == tag {
            return Err(UnknownTranslation::SourceLocale { tag: tag.to_owned() });
        }
        let listed = self.draft.overlays.iter().map(|overlay| overlay.locale.tag());
        if let Some(known) = listed_as(tag, listed).and_then(Locale::from_tag) {
            return Ok(known);
        }
        let locale = Locale::from_tag(tag).filter(|locale| !locale.is_pseudolocale());
        let hint = match locale.map(|locale| (locale, locale.lacks())) {
            Some((locale, None)) => return Ok(locale),
            Some((_, Some(what))) => format!("it has no {what} in CLDR; name a related locale that its readers know"),
            None => Locale::remedy(tag),
        };
        Err(UnknownTranslation::Locale { tag: tag.to_owned(), hint })
    }

    /// The addresses with codes in place of ids, each once.
    #[doc(hidden)]
    pub fn addresses(&self, addresses: &[String]) -> Vec<String> {
        let (codes, mut seen) = (self.codes_by_id(), HashSet::new());
        let addresses = addresses.iter().map(|address| by_code(&codes, address));
        addresses.filter(|address| seen.insert(address.clone())).collect()
    }

    /// The listed locale that a tag means.
    ///
    /// # Errors
    ///
    /// If none is meant.
    #[doc(hidden)]
    pub fn listed(&self, tag: &str) -> Result<&str, UnknownTranslation> {
        let listed = self.draft.overlays.iter().map(|overlay| overlay.tag.value.as_str());
        let default = self.draft.manifest.default_locale.as_ref().map(Text::as_str);
        listed_as(tag, listed.clone()).ok_or_else(|| UnknownTranslation::locale(tag, default, listed))
    }

    /// Says that a translation was made from an earlier text than the present one.
    #[doc(hidden)]
    #[must_use]
    pub fn made_from(mut self, locale: &str, address: &str, text: UnitText) -> Self {
        self.made_from.insert((locale.to_owned(), address.to_owned()), text);
        self
    }

    /// Says that translations are still right although their sources have changed. `addresses` are those of
    /// the texts: `forbidden.title`, `too_many_requests.cause.polling_too_often`.
    ///
    /// # Errors
    ///
    /// If the catalogue has no such locale, or the locale has no translation of such a text.
    pub fn accept(self, locale: &str, addresses: &[String]) -> Result<Self, UnknownTranslation> {
        self.mark(locale, addresses, Mark::Accept)
    }

    /// Says that the translations of texts are still right in every locale that has them, after a change of the source that
    /// does not matter: a typing mistake.
    ///
    /// # Errors
    ///
    /// If no locale has a translation of such a text.
    pub fn accept_in_all_locales(mut self, addresses: &[String]) -> Result<Self, UnknownTranslation> {
        let tags = self.draft.overlays.iter().map(|overlay| overlay.tag.value.clone());
        let translated: Vec<(String, HashSet<String>)> =
            tags.map(|tag| (tag.clone(), self.translated(&tag).into_iter().collect())).collect();
        let codes = self.codes_by_id();
        let addresses: Vec<String> = addresses.iter().map(|address| by_code(&codes, address)).collect();
        for address in addresses {
            let with_text = translated.iter().filter(|(_, translated)| translated.contains(&address));
            let marks: Vec<_> = with_text.map(|(tag, _)| ((tag.clone(), address.clone()), Mark::Accept)).collect();
            if marks.is_empty() {
                let known: HashSet<&String> = translated.iter().flat_map(|(_, translated)| translated).collect();
                let mut known: Vec<&str> = known.into_iter().map(String::as_str).collect();
                known.sort_unstable();
                let is_of_base = texts_of_base(&self.draft).contains(&address);
                let hint = if is_of_base { OF_BASE.to_owned() } else { suggest(&address, known, "translated texts") };
                return Err(UnknownTranslation::Everywhere { path: address, hint });
            }
            self.marks.extend(marks);
        }
        Ok(self)
    }

    /// The locales that have translations of which nothing is recorded, each with the number of translations: new ones, and
    /// those whose state file was lost.
    pub fn unrecorded(&self) -> Vec<(&str, usize)> {
        // Before the first time nothing can be lost.
        let was_recorded = self.draft.copies.as_ref().is_some_and(|copies| copies.plural_texts().next().is_some());
        let without = self.draft.overlays.iter().filter(|overlay| was_recorded && overlay.state.is_empty());
        let counts = without.map(|overlay| {
            let texts = sources_into(&self.draft, overlay.locale);
            let translated = texts.filter(|source| overlay.translation(source).is_some());
            (overlay.tag.as_str(), translated.count())
        });
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// Says that somebody who speaks the language has looked at translations and found them right.
    ///
    /// # Errors
    ///
    /// If the catalogue has no such locale, or the locale has no translation of such a text.
    pub fn review(self, locale: &str, addresses: &[String]) -> Result<Self, UnknownTranslation> {
        self.mark(locale, addresses, Mark::Review)
    }

    /// Keeps what was recorded of the translations of the same catalogue before its files were changed: reviews stay, and
    /// stale translations stay stale. `renamed` gives the address of a text from a locale and the address before; none for a
    /// translation that is a new one.
    #[doc(hidden)]
    #[must_use]
    pub fn carried_from(mut self, before: &Self, renamed: impl Fn(&str, &str) -> Option<String>) -> Self {
        let previous = PreviousTexts::of_draft(&before.draft);
        for overlay in &before.draft.overlays {
            for source in sources_into(&before.draft, overlay.locale) {
                let translation = overlay.translation(&source);
                let record = translation.and_then(|translation| overlay.record(&source, translation));
                let Some(record) = record else { continue };
                let record = Record { previous: previous.of(record).cloned(), ..record.clone() };
                let is_stale = record.source != source.fingerprint();
                let Some(address) = renamed(&overlay.tag.value, &source.address()) else { continue };
                let key = (overlay.tag.value.clone(), address);
                self.carried.insert(key, Carried { record, is_stale });
            }
        }
        self
    }

    /// The addresses of all texts that a locale has a translation of, in the order of the catalogue.
    pub fn translated(&self, locale: &str) -> Vec<String> {
        let overlay = self.draft.overlays.iter().find(|overlay| overlay.tag.value == locale);
        let translated = overlay.into_iter().flat_map(|overlay| {
            sources_into(&self.draft, overlay.locale).filter(|source| overlay.translation(source).is_some())
        });
        translated.map(|source| source.address()).collect()
    }

    /// Files that tools wrote once and that belong to nothing any more: texts of a file that the manifest does not
    /// list, the state of a locale that it does not name and that has no translations any more (as long as they are there, the state
    /// says who has reviewed them), and the copies in the folder of a former default locale of the same language.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        let folder = self.manifest.with_file_name(LOCALES);
        let current: HashMap<PathBuf, String> = self.files().into_iter().collect();
        let default = folder.join(self.default_tag());
        if [&folder, &default].iter().any(|folder| inside_folder(&self.manifest, folder).is_err()) {
            return Vec::new();
        }
        let states = files_below(&folder, 0).into_iter().filter(|name| name.ends_with(".state.toml"));
        let is_gone = |name: &String| !folder.join(name.trim_end_matches(".state.toml")).is_dir();
        let (gone, kept): (Vec<String>, Vec<String>) = states.partition(is_gone);
        let states = gone.into_iter().map(|name| folder.join(name));
        // Without a listed translation no copies are written, and those of before are the texts that all others were made from.
        let are_needed = self.draft.overlays.is_empty() && !kept.is_empty();
        let texts = if are_needed { Vec::new() } else { files_below(&default, DEEPEST) };
        let texts = texts.into_iter().map(|name| default.join(name));
        let written = |path: &PathBuf| read(path).is_ok_and(|text| text.starts_with('#') && text.contains(MARKER));
        let gone = texts.chain(states).filter(|path| !current.contains_key(path) && written(path));
        // Translators copy the texts into a new folder: a copy that is not that of today may be somebody's work.
        let is_copy = |path: &Path, name: &str| {
            let text = current.get(&default.join(name));
            text.is_some_and(|text| read(path).is_ok_and(|written| written == *text))
        };
        let former = folders(&self.manifest, LOCALES).into_iter().filter(|name| self.is_former_default(name));
        let copies = former.flat_map(|tag| {
            let folder = folder.join(tag);
            let files = files_below(&folder, DEEPEST).into_iter().filter(|name| is_copy(&folder.join(name), name));
            files.map(|name| folder.join(name)).collect::<Vec<_>>()
        });
        gone.chain(copies).collect()
    }

    /// Whether a folder is that of a locale in the default locale's language which the manifest does not list.
    fn is_former_default(&self, name: &str) -> bool {
        let language = |tag: &str| Locale::from_tag(tag).map(Locale::language);
        let listed = self.draft.manifest.locales.iter().map(Text::as_str).chain([self.default_tag()]);
        let is_listed = listed.into_iter().any(|tag| tag.eq_ignore_ascii_case(name));
        !is_listed && language(name).is_some_and(|known| language(self.default_tag()) == Some(known))
    }

    /// The tag of the catalogue's own texts.
    #[doc(hidden)]
    pub fn default_tag(&self) -> &str {
        self.draft.manifest.default_locale.as_ref().map_or("en", |tag| tag.value.as_str())
    }

    /// The codes of the entries by their ids in lower case; of several with an id the first.
    fn codes_by_id(&self) -> HashMap<String, String> {
        let code = |entry: &Entry| Some((entry.id.as_ref()?.value.to_ascii_lowercase(), entry.code.value.clone()));
        self.draft.entries.iter().rev().filter_map(code).collect()
    }

    fn mark(mut self, locale: &str, addresses: &[String], mark: Mark) -> Result<Self, UnknownTranslation> {
        let codes = self.codes_by_id();
        let addresses: Vec<String> = addresses.iter().map(|address| by_code(&codes, address)).collect();
        let locale = self.listed(locale)?;
        let locale = locale.to_owned();
        let translated: HashSet<String> = self.translated(&locale).into_iter().collect();
        for address in &addresses {
            if !translated.contains(address) {
                let path = address.clone();
                return Err(UnknownTranslation::Text { hint: self.hint(&locale, address), tag: locale, path });
            }
        }
        self.marks.extend(addresses.into_iter().map(|address| ((locale.clone(), address), mark)));
        Ok(self)
    }

    /// The address that the user may have meant by that of an untranslated text.
    fn hint(&self, locale: &str, address: &str) -> String {
        let overlay = self.draft.overlays.iter().find(|overlay| overlay.tag.value == locale);
        let into = |overlay: &Overlay| sources_into(&self.draft, overlay.locale);
        let texts = || overlay.into_iter().flat_map(into).map(|source| (source.address(), source));
        let main = self.manifest.file_name().unwrap_or_default().to_string_lossy();
        if let Some((_, source)) = texts().find(|(known, _)| known == address) {
            if let Some(file) = TranslatedFiles::new(&self.draft, &main).of(overlay, source.owner) {
                let path = self.manifest.with_file_name(LOCALES).join(locale).join(file);
                return format!("translate it first, in `{}`", path_name(&path));
            }
        }
        if texts_of_base(&self.draft).contains(address) {
            return OF_BASE.to_owned();
        }
        let within: Vec<String> =
            texts().map(|(known, _)| known).filter(|known| known.starts_with(&format!("{address}."))).collect();
        let known = if within.is_empty() { texts().map(|(known, _)| known).collect() } else { within };
        suggest(address, known.iter().map(String::as_str), "texts")
    }

    /// For every locale with translations of texts that are gone, its tag and a state file with what is recorded of them alone.
    /// `renamed` gives the address of a text from a locale and the address before.
    #[doc(hidden)]
    pub fn records_of_gone(&self, renamed: impl Fn(&str, &str) -> Option<String>) -> Vec<(String, String)> {
        let previous = PreviousTexts::of_draft(&self.draft);
        let states = self.draft.overlays.iter().map(|overlay| {
            let gone = records_of_gone(&self.draft, &previous, overlay);
            let records = gone.filter_map(|(address, record)| Some((renamed(&overlay.tag.value, &address)?, record)));
            (overlay.tag.value.clone(), records.collect::<Vec<_>>())
        });
        let states = states.filter(|(_, records)| !records.is_empty());
        states
            .map(|(tag, records)| {
                (tag, state::write(records.iter().map(|(address, record)| (address.as_str(), record))))
            })
            .collect()
    }

    /// Every file by its path, with what it should hold: the state of each locale's translations, and the default
    /// locale's texts for translators' tools.
    pub fn files(&self) -> Vec<(PathBuf, String)> {
        let folder = self.manifest.with_file_name(LOCALES);
        let previous = PreviousTexts::of_draft(&self.draft);
        let state = self.draft.overlays.iter().map(|overlay| {
            let tag = &overlay.tag.value;
            let mark =
                |address: &str| self.marks.get(&(tag.clone(), address.to_owned())).copied().unwrap_or(Mark::Keep);
            let mut records: Vec<(String, Record)> = records(&self.draft, &previous, overlay, mark).collect();
            // What was recorded before counts less than what a person says now.
            for (address, record) in records.iter_mut().filter(|(address, _)| mark(address) != Mark::Review) {
                if let Some(carried) = self.carried.get(&(tag.clone(), address.clone())) {
                    record.review = carried.record.review;
                    if carried.is_stale {
                        record.source = carried.record.source;
                        record.previous.clone_from(&carried.record.previous);
                    }
                }
            }
            for (address, record) in &mut records {
                let made_from = self.made_from.get(&(tag.clone(), address.clone())).map(UnitText::to_plural_text);
                let made_from = made_from.map(|text| (Fingerprint::of(&text.source()), text));
                if let Some((source, text)) = made_from.filter(|(source, _)| *source != record.source) {
                    (record.source, record.previous) = (source, Some(text));
                }
            }
            records.extend(records_of_gone(&self.draft, &previous, overlay));
            let text = state::write(records.iter().map(|(address, record)| (address.as_str(), record)));
            (folder.join(format!("{tag}.state.toml")), text)
        });
        let default = self.default_tag();
        let main = self.manifest.file_name().map(Path::new).unwrap_or(Path::new("")).to_string_lossy().into_owned();
        let source_texts = source_texts::files(&self.draft, &main);
        // A catalogue in one language needs no source for translators.
        let translated = !self.draft.overlays.is_empty();
        let source_texts = source_texts.into_iter().filter(|_| translated);
        state.chain(source_texts.map(|(name, text)| (folder.join(default).join(name), text))).collect()
    }
}

/// The address with the code of an entry in place of its id.
fn by_code(codes: &HashMap<String, String>, address: &str) -> String {
    let code = address.split_once('.').and_then(|(id, key)| Some((codes.get(&id.to_ascii_lowercase())?, key)));
    code.map_or_else(|| address.to_owned(), |(code, key)| format!("{code}.{key}"))
}
