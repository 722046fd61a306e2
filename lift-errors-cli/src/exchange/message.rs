//! A text with its translation, as files for translators' tools contain it.

use crate::exchange::mark::{form_mark, mark};
use lift_errors_codegen::{PluralCategory, TranslationUnit, UnitText};

/// How a format writes a text of the source: `true` for one with plural forms.
pub(crate) type WrittenSource = fn(&UnitText, bool, &[PluralCategory]) -> Vec<String>;

/// A text with its translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// The line of the file, from 1.
    pub(crate) line: usize,
    /// The address of the text, such as `forbidden.title`.
    pub(crate) address: String,
    /// Whether it is written with plural forms. Some languages have one alone.
    pub(crate) is_plural: bool,
    /// The text that was translated, as the format writes it: one, or several forms.
    pub(crate) source: Vec<String>,
    /// The translation: one text, or one for each plural category of the locale. Those that are missing are empty.
    pub(crate) target: Vec<String>,
    /// The plural categories that the file has no form of their own for, each with the one whose form it gives them, by their
    /// numbers. Other rules than CLDR's have fewer categories.
    pub(crate) shared: Vec<(usize, usize)>,
    /// Whether the file says that somebody has to look at the translation first.
    pub(crate) is_unfinished: bool,
    /// Whether the file says that somebody has read the translation and found it right.
    pub(crate) is_approved: bool,
    /// Whether that was so when the translation was exported, as far as the file shows it. A tool may leave the sign beside another
    /// translation.
    pub(crate) was_approved: bool,
    /// The marks of the exported translation. There are several where a tool has merged files, and none where it has dropped
    /// them.
    pub(crate) marks: Vec<String>,
}

impl Message {
    /// Whether it has no translation.
    pub(crate) fn is_untranslated(&self) -> bool {
        self.target.iter().all(String::is_empty)
    }

    /// The translation with the present forms of those categories that the file has no form of their own for and `is_kept` keeps,
    /// given the category whose form they share.
    pub(crate) fn target_with(&self, present: &[String], is_kept: impl Fn(usize) -> bool) -> Vec<String> {
        let mut target = self.target.clone();
        for &(category, _) in self.shared.iter().filter(|(_, shared)| is_kept(*shared)) {
            if let (Some(form), Some(own)) = (target.get_mut(category), present.get(category)) {
                form.clone_from(own);
            }
        }
        target
    }

    /// Whether this was the translation when the file was exported.
    pub(crate) fn was_exported(&self, target: &[String]) -> bool {
        self.marks.contains(&mark(&self.address, target))
    }

    /// Whether the file has the translation as it was exported.
    pub(crate) fn is_as_exported(&self) -> bool {
        self.was_exported(&self.target) || self.has_exported_forms()
    }

    /// Whether a file with fewer forms than were exported has those as they were exported.
    fn has_exported_forms(&self) -> bool {
        let is_shared = |category| self.shared.iter().any(|(shared, _)| *shared == category);
        let was_exported = |(category, form): (usize, &String)| {
            is_shared(category) || self.marks.contains(&form_mark(&self.address, category, form))
        };
        !self.shared.is_empty() && self.target.iter().enumerate().all(was_exported)
    }
}

/// The tag of a language that a file names. gettext's names are those of POSIX: `pt_BR`, `de_DE.UTF-8`, `sr_RS@latin`.
pub(crate) fn language_tag(name: &str) -> String {
    let (place, modifier) = name.split_once('@').unwrap_or((name, ""));
    let place = place.split_once('.').map_or(place, |(place, _)| place).replace('_', "-");
    // It is not the name of a language.
    if place.is_empty() {
        return name.to_owned();
    }
    let script = match modifier.to_ascii_lowercase().as_str() {
        "" | "euro" => return place,
        "cyrillic" | "cyrl" => "Cyrl",
        "latin" | "latn" => "Latn",
        _ => return name.to_owned(),
    };
    match place.split_once('-') {
        Some((language, region)) => format!("{language}-{script}-{region}"),
        None => format!("{place}-{script}"),
    }
}

/// A text with the ends of lines that a catalogue has. Tools on Windows write theirs, also as escapes.
pub(crate) fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Whether a text is written with plural forms: it has some, or its translation does.
pub(crate) fn is_plural(unit: &TranslationUnit) -> bool {
    unit.source.is_plural() || unit.translation.as_ref().is_some_and(UnitText::is_plural)
}

/// The forms of a text for the plural categories of a locale.
pub(crate) fn forms(text: &UnitText, categories: &[PluralCategory]) -> Vec<String> {
    categories.iter().map(|category| text.form(category.name).to_owned()).collect()
}

/// A translation as a file contains it. None if it has forms, and the file has no room for them.
pub(crate) fn target_of(translation: &UnitText, is_plural: bool, categories: &[PluralCategory]) -> Option<Vec<String>> {
    match (is_plural, translation.is_plural()) {
        (true, _) => Some(forms(translation, categories)),
        (false, false) => Some(vec![translation.form("other").to_owned()]),
        (false, true) => None,
    }
}
