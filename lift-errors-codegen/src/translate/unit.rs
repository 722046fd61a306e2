//! The texts of a catalogue with their translations into one locale, as files for translators' tools contain them.

use crate::diagnostic::report::Report;
use crate::diagnostic::span::{Origin, SourceFiles, Span, Text};
use crate::locale::Locale;
use crate::locale::language::default_locale;
use crate::locale::whole_numbers::{needed_categories, samples_of};
use crate::read::constant::Constant;
use crate::read::draft::{Draft, Example, Parameter};
use crate::read::plural_text::{Form, PluralText};
use crate::read::state::Review;
use crate::read::template::Template;
use crate::read::text_key::TextKey;
use crate::translate::glossary;
use crate::translate::previous::PreviousTexts;
use crate::translate::source_texts::place_of;
use crate::translate::{
    SourceText, TextOwner, TranslatedFiles, TranslationStatus, sources, sources_into, translation_status,
};
use lift_errors_cldr as cldr;
use lift_errors_cldr::plural::{self, Category};
use lift_errors_core::vocabulary::ParameterType;
use std::collections::BTreeSet;

/// The texts with their translations into one locale.
#[doc(hidden)]
#[derive(Debug)]
pub struct TranslationUnits {
    /// The catalogue's name.
    pub catalog: String,
    /// The tag of the locale that is translated from.
    pub source_locale: String,
    /// The tag of the locale that is translated into.
    pub locale: Option<String>,
    /// The plural categories of the locale that whole numbers need, in CLDR's order.
    pub categories: Vec<PluralCategory>,
    /// Which of them a number `n` selects, as gettext's C.
    pub plural_rule: String,
    /// In the order of the catalogue.
    pub units: Vec<TranslationUnit>,
    /// The number of texts of a base that are not among them: the manifest lists no file that could have their translations.
    pub without_file: usize,
}

/// A plural category of a language.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct PluralCategory {
    /// The key of its texts, such as `few`.
    pub name: &'static str,
    /// Some numbers that are in it.
    pub numbers: Vec<u64>,
}

/// A text with its translation.
#[doc(hidden)]
#[derive(Debug)]
pub struct TranslationUnit {
    /// The address, such as `forbidden.title`.
    pub address: String,
    /// The file and the line of the text.
    pub place: String,
    /// The file of the translation, within the locale's folder.
    pub file: String,
    /// The keys that lead to the translation in that file.
    pub keys: Vec<String>,
    /// Facts for translators: what the text is, and what the names in it are.
    pub comments: Vec<String>,
    /// The text.
    pub source: UnitText,
    /// The text that the translation was made from, while it is stale.
    pub previous: Option<UnitText>,
    /// The translation, if there is one.
    pub translation: Option<UnitText>,
    /// Whether the text has changed since.
    pub is_stale: bool,
    /// Whether it does not say what the text says: nobody can accept it.
    pub disagrees: bool,
    /// Whether somebody who speaks the language has read it.
    pub is_reviewed: bool,
    /// Whether it belongs to a draft: nobody has to translate it before it is complete.
    pub is_of_draft: bool,
}

/// A text in one language.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitText {
    /// The number that selects the form, where the text names it.
    pub selector: Option<String>,
    /// The name of each plural category with its text; a text without forms has `other` alone.
    pub forms: Vec<(&'static str, String)>,
}

impl UnitText {
    /// A text without plural forms.
    pub fn plain(text: String) -> Self {
        Self { selector: None, forms: vec![(Category::Other.as_str(), text)] }
    }

    /// Whether there are forms to select from.
    pub fn is_plural(&self) -> bool {
        self.selector.is_some() || self.forms.iter().any(|(category, _)| *category != Category::Other.as_str())
    }

    /// The form for a category; the last one where there is none.
    pub fn form(&self, category: &str) -> &str {
        let of = |category: &str| self.forms.iter().find(|(known, _)| *known == category);
        let form = of(category).or_else(|| of(Category::Other.as_str())).or(self.forms.last());
        form.map_or("", |(_, text)| text)
    }

    pub(crate) fn of(plural_text: &PluralText) -> Self {
        let mut forms: Vec<&Form> = plural_text.forms.iter().collect();
        forms.sort_by_key(|form| form.category);
        Self {
            selector: plural_text.selector.as_ref().map(|selector| selector.value.clone()),
            forms: forms.iter().map(|form| (form.category.as_str(), form.template.text.value.clone())).collect(),
        }
    }

    /// The text as the compiler reads it, without a place.
    pub(crate) fn to_plural_text(&self) -> PluralText {
        let span = Span::NOWHERE;
        let text = |value: &String| Text { value: value.clone(), span, origin: Origin::Elsewhere, is_escaped: false };
        let form = |(category, value): &(&str, String)| {
            let template = Template::parse(text(value), &mut Report::default());
            Some(Form { category: Category::from_name(category)?, name: span, template })
        };
        PluralText {
            span,
            selector: self.selector.as_ref().map(text).map(Box::new),
            is_incomplete: false,
            forms: self.forms.iter().filter_map(form).collect(),
        }
    }
}

impl TranslationUnits {
    /// The texts of `draft` with their translations into `locale`; without one, with none.
    pub(crate) fn of(draft: &Draft, files: &SourceFiles, main: &str, locale: Option<Locale>) -> Self {
        let rules = match locale {
            Some(Locale::Cldr(locale)) => locale,
            _ => cldr::Locale::root(),
        };
        let needed = needed_categories(rules);
        let index = |category| needed.iter().position(|known| *known == category).unwrap_or(needed.len() - 1);
        let categories = needed.iter().map(|&category| PluralCategory {
            name: category.as_str(),
            numbers: samples_of(rules, category).take(4).collect(),
        });
        let previous = PreviousTexts::of_draft(draft);
        let overlay = draft.overlays.iter().find(|overlay| Some(overlay.locale) == locale);
        let texts: Box<dyn Iterator<Item = SourceText<'_>>> = match locale {
            Some(locale) => Box::new(sources_into(draft, locale)),
            None => Box::new(sources(draft)),
        };
        let (translated, mut without_file) = (TranslatedFiles::new(draft, main), 0);
        let units = texts.filter_map(|source| {
            let Some(file) = translated.of(overlay, source.owner) else {
                without_file += 1;
                return None;
            };
            let translation = overlay.and_then(|overlay| overlay.translation(&source));
            let status = overlay.map(|overlay| translation_status(draft, overlay, &source));
            let is_stale = status == Some(TranslationStatus::Stale);
            let record =
                overlay.zip(translation).and_then(|(overlay, translation)| overlay.record(&source, translation));
            let record = record.filter(|_| is_stale);
            let keys = match source.owner {
                TextOwner::Label(name) => vec!["labels", name],
                TextOwner::Phrase(phrase) => vec![phrase.kind.table(), phrase.name.as_str()],
                TextOwner::Entry(entry, key) => match place_of(key) {
                    ("", name) => vec![entry.code.as_str(), name],
                    (kind, name) => vec![entry.code.as_str(), kind, name],
                },
            };
            let span = source.plural_text.span;
            let place =
                files.get(span.source()).map(|file| format!("{}:{}", file.name, file.position(span.start()).line));
            Some(TranslationUnit {
                address: source.address(),
                place: place.unwrap_or_default(),
                file: file.to_owned(),
                keys: keys.into_iter().map(str::to_owned).collect(),
                comments: comments(draft, source.owner, source.plural_text, translation),
                source: UnitText::of(source.plural_text),
                previous: record.and_then(|record| previous.of(record)).map(UnitText::of),
                translation: translation.map(|translation| UnitText {
                    selector: own_selector(draft, source.owner, translation).map(|selector| selector.value.clone()),
                    ..UnitText::of(translation)
                }),
                is_stale,
                disagrees: overlay.is_some_and(|overlay| overlay.disagrees(&source)),
                is_reviewed: status == Some(TranslationStatus::Translated(Review::Reviewed)),
                is_of_draft: source.is_of_draft(draft),
            })
        });
        let units = units.collect();
        Self {
            catalog: draft.manifest.name.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
            source_locale: draft.manifest.default_locale.as_ref().map(|tag| tag.value.clone()).unwrap_or_default(),
            locale: locale.map(|locale| locale.tag().to_owned()),
            categories: categories.collect(),
            plural_rule: plural::rules(rules).map_or_else(|| "0".to_owned(), |rules| rules.integer_to_gettext(index)),
            units,
            without_file,
        }
    }
}

/// The number that selects the form of a translation where it is not that of the text. A new translation mends one that is gone from
/// the catalogue.
fn own_selector<'a>(draft: &Draft, owner: TextOwner<'_>, translation: &'a PluralText) -> Option<&'a Text> {
    let is_parameter = |name: &str| {
        parameters(draft, owner).iter().any(|parameter| parameter.name.value == name && parameter.is_number())
    };
    let is_constant = |name: &str| draft.constant(name).is_some();
    translation.selector.as_deref().filter(|selector| is_parameter(selector.as_str()) || is_constant(selector.as_str()))
}

/// The parameters that a text may name.
fn parameters<'a>(draft: &'a Draft, owner: TextOwner<'a>) -> &'a [Parameter] {
    match owner {
        TextOwner::Label(_) => &[],
        TextOwner::Phrase(phrase) => &phrase.parameters,
        TextOwner::Entry(entry, _) => &draft.canonical(entry).parameters,
    }
}

fn comments(draft: &Draft, owner: TextOwner<'_>, text: &PluralText, translation: Option<&PluralText>) -> Vec<String> {
    let mut comments = Vec::new();
    match owner {
        TextOwner::Label(name) => comments.push(format!("The label `{name}`.")),
        TextOwner::Phrase(phrase) => comments.push(format!("The {} `{}`.", phrase.kind.noun(), phrase.name.value)),
        TextOwner::Entry(entry, key) => {
            let id = entry.id.as_ref().map_or("", |id| id.as_str());
            // A draft may have no title.
            let title = entry.title.as_ref().map(|title| format!(", {}", title.shown())).unwrap_or_default();
            comments.push(format!("{} of {id}{title}.", kind(key)));
            if let Some(meaning) = entry.meaning.as_ref().filter(|_| key != TextKey::Meaning) {
                comments.push(format!("The error means: {}", meaning.shown()));
            }
        }
    }
    let parameters = parameters(draft, owner);
    let of_constant = |constant: &Constant| format!("is always `{}`", constant_value(draft, constant));
    let own = translation.and_then(|translation| own_selector(draft, owner, translation));
    let selector = own.or(text.selector.as_deref()).map(Text::as_str);
    let names: BTreeSet<&str> = text.placeholders().into_iter().chain(selector).collect();
    for name in names {
        let parameter = parameters.iter().find(|parameter| parameter.name.value == name);
        let constant = draft.constant(name);
        let fact = parameter.map(of_parameter).or_else(|| constant.map(of_constant));
        comments.extend(fact.map(|fact| format!("{{{name}}} {fact}.")));
    }
    if let Some(selector) = selector.filter(|_| own.is_some() || text.is_plural()) {
        comments.push(format!("The number {{{selector}}} selects the plural form."));
    }
    for id in text.links() {
        comments.push(format!("`(@{id})` is the address of a link: translate the words before it, in `[` and `]`."));
    }
    for word in glossary::words_of(draft, text) {
        comments.push(format!("`{}` stays as it is in every language.", word.value));
    }
    // An example may have any character, and a comment is one line of a file.
    comments.into_iter().map(|comment| comment.replace(char::is_control, " ")).collect()
}

fn kind(key: TextKey<'_>) -> &'static str {
    match key {
        TextKey::Title => "The title",
        TextKey::Meaning => "The meaning",
        TextKey::Description => "Several paragraphs in Markdown for the documentation: the description",
        TextKey::Detail | TextKey::DetailOf(_) => "What happened this time: the detail",
        TextKey::Cause(_) => "A cause",
        TextKey::Fix(_) => "A fix",
        TextKey::Note(_) => "A note",
        TextKey::Support => "What support wants to know: a text",
        TextKey::Runbook => "A runbook for operators, a text",
    }
}

fn of_parameter(parameter: &Parameter) -> String {
    let kind = match parameter.parameter_type() {
        Some(ParameterType::U32 | ParameterType::U64 | ParameterType::I64) => "a number",
        Some(ParameterType::Duration) => "a duration in words",
        Some(ParameterType::Term) => "the name of a thing, which is translated elsewhere",
        _ => "a text",
    };
    let doc = parameter.doc.as_ref().map(|doc| format!(": {}", doc.value.trim_end_matches('.'))).unwrap_or_default();
    let example = parameter.example.as_ref().map(|example| match &example.value {
        Example::Integer(number) => format!("; for example {number}"),
        Example::Text(text) => format!("; for example {text}"),
    });
    format!("is {kind}{doc}{}", example.unwrap_or_default())
}

fn constant_value(draft: &Draft, constant: &Constant) -> String {
    constant.value.shown(default_locale(draft))
}
