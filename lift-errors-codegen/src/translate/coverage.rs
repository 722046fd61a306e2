//! How far the translations are: for each locale what is translated, reviewed, stale and missing.

use crate::locale::listed_as;
use crate::read::draft::{Draft, Entry};
use crate::read::overlay::Overlay;
use crate::read::state::Review;
use crate::selection::Selection;
use crate::translate::unknown::UnknownTranslation;
use crate::translate::{SourceText, TextOwner, TranslationStatus, sources, sources_into, translation_status};
use std::fmt;

/// How far the translations of a catalogue are. `Display` shows it as a table.
///
/// ```
/// # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("tests/golden/onboarding");
/// let coverage = lift_errors_codegen::Compiler::new(folder, "catalog.toml").coverage()?;
/// assert!(coverage.locales.iter().all(|locale| locale.translated <= coverage.texts));
/// # Ok::<(), lift_errors_codegen::CompileErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The tag of the locale that the others are translated from.
    pub default_locale: String,
    /// How many texts can be translated, those of drafts among them.
    pub texts: usize,
    /// How many entries are drafts.
    pub drafts: usize,
    /// The other locales, in the order of the manifest.
    pub locales: Vec<LocaleCoverage>,
}

/// How far the translations of one locale are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LocaleCoverage {
    /// The locale's tag.
    pub tag: String,
    /// How many texts are translated, stale ones among them.
    pub translated: usize,
    /// How many a locale has that this one inherits from: `fr` for `fr-CA`.
    pub inherited: usize,
    /// How many translations somebody who speaks the language has reviewed.
    pub reviewed: usize,
    /// The addresses of the translations whose source has changed since.
    pub stale: Vec<String>,
    /// The addresses of the texts without a translation, but for those of drafts. A copy of the source is not a translation.
    pub missing: Vec<String>,
    /// Those of `missing` that are copies of the source.
    pub copied: Vec<String>,
}

impl Coverage {
    pub(crate) fn of(draft: &Draft) -> Self {
        Self::of_part(draft, None)
    }

    /// The coverage of the selected entries, or of everything.
    pub(crate) fn of_part(draft: &Draft, selection: Option<&Selection<'_>>) -> Self {
        let is_of_part = |text: &SourceText<'_>| {
            selection.is_none_or(
                |selection| matches!(text.owner, TextOwner::Entry(entry, _) if selection.has(entry.code.as_str())),
            )
        };
        let is_draft =
            |entry: &&Entry| entry.is_draft() && selection.is_none_or(|selection| selection.has(entry.code.as_str()));
        Self {
            default_locale: draft.manifest.default_locale.as_ref().map(|tag| tag.value.clone()).unwrap_or_default(),
            texts: sources(draft).filter(is_of_part).count(),
            drafts: draft.entries.iter().filter(is_draft).count(),
            locales: draft.overlays.iter().map(|overlay| LocaleCoverage::of(draft, overlay, is_of_part)).collect(),
        }
    }

    /// Finds a locale by its tag, or by another way to write that: `uk-UA` is `uk`.
    ///
    /// # Errors
    ///
    /// If the catalogue is not translated into it.
    pub fn locale(&self, tag: &str) -> Result<&LocaleCoverage, UnknownTranslation> {
        let listed = self.locales.iter().map(|locale| locale.tag.as_str());
        let meant = listed_as(tag, listed.clone());
        let found = self.locales.iter().find(|locale| Some(locale.tag.as_str()) == meant);
        found.ok_or_else(|| UnknownTranslation::locale(tag, Some(&self.default_locale), listed))
    }
}

impl LocaleCoverage {
    fn of(draft: &Draft, overlay: &Overlay, is_of_part: impl Fn(&SourceText<'_>) -> bool) -> Self {
        let tag = overlay.locale.tag().to_owned();
        let mut coverage =
            Self { tag, translated: 0, inherited: 0, reviewed: 0, stale: vec![], missing: vec![], copied: vec![] };
        for source in sources_into(draft, overlay.locale).filter(is_of_part) {
            match translation_status(draft, overlay, &source) {
                // Nobody has to translate it before it is complete.
                TranslationStatus::Missing | TranslationStatus::Copied if source.is_of_draft(draft) => {}
                TranslationStatus::Missing => coverage.missing.push(source.address()),
                TranslationStatus::Copied => {
                    coverage.missing.push(source.address());
                    coverage.copied.push(source.address());
                }
                TranslationStatus::Inherited => coverage.inherited += 1,
                TranslationStatus::Translated(review) => {
                    coverage.translated += 1;
                    coverage.reviewed += usize::from(review == Review::Reviewed);
                }
                TranslationStatus::Stale => {
                    coverage.translated += 1;
                    coverage.stale.push(source.address());
                }
            }
        }
        coverage
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.drafts {
            0 => writeln!(f, "{} texts in `{}`", self.texts, self.default_locale)?,
            drafts => writeln!(f, "{} texts in `{}`; drafts: {drafts}", self.texts, self.default_locale)?,
        }
        if self.locales.is_empty() {
            return writeln!(f, "there are no other locales");
        }
        writeln!(f)?;
        writeln!(f, "locale   translated        inherited  reviewed  stale  missing")?;
        for locale in &self.locales {
            // Whole per cent, rounded down: 100 % means all.
            let texts = locale.translated + locale.inherited + locale.missing.len();
            let share = (locale.translated * 100).checked_div(texts).unwrap_or(100);
            writeln!(
                f,
                "{:<8} {:>10} {:>4} % {:>10} {:>9} {:>6} {:>8}",
                locale.tag,
                locale.translated,
                share,
                locale.inherited,
                locale.reviewed,
                locale.stale.len(),
                locale.missing.len()
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::load;

    #[test]
    fn every_text_of_a_base_catalogue_is_translated() {
        for (name, draft) in load::bases() {
            let coverage = Coverage::of(&draft);
            assert!(coverage.texts > 300 && coverage.locales.len() >= 8, "`{name}`: {coverage}");
            // Where a manifest does not demand all, a translator has begun a language.
            let is_demanded = name == "http" || draft.manifest.complete;
            for locale in coverage.locales.into_iter().filter(|_| is_demanded) {
                assert!(locale.missing.is_empty(), "`{name}` in `{}` lacks {:?}", locale.tag, locale.missing);
            }
        }
    }
}
