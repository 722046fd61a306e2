//! The texts of one locale: which translation is taken for each, and how the names in it are resolved. It knows
//! nothing of what else an entry has.

use crate::diagnostic::span::Text;
use crate::locale::Locale;
use crate::locale::constant_value::ConstantValue;
use crate::locale::language::Language;
use crate::locale::pseudo;
use crate::read::draft::{self, Draft};
use crate::read::overlay::Overlay;
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::PluralText;
use crate::read::template::{self, Template};
use crate::resolve::catalog::Piece;
use crate::translate::parents;
use lift_errors_cldr as cldr;
use lift_errors_cldr::plural::Category;
use lift_errors_core::layout::NONE;
use lift_errors_core::vocabulary::Label;
use std::cell::RefCell;
use std::collections::HashMap;

/// The texts of one locale: its own translations, those of the locales that it inherits from, the default's texts.
pub(crate) struct Localizer<'a> {
    draft: &'a Draft,
    /// The manifest's links, by number.
    pub(crate) links: HashMap<&'a str, usize>,
    /// The overlays to look into, each with its language; the last is the default locale.
    chain: Vec<(Option<&'a Overlay>, Language<'a>)>,
    /// The languages of the texts so far, the locale's own first.
    pub(crate) languages: RefCell<Vec<Locale>>,
}

impl<'a> Localizer<'a> {
    pub(crate) fn new(draft: &'a Draft, locale: Locale, default: cldr::Locale) -> Self {
        let own = draft.overlays.iter().find(|overlay| overlay.locale == locale);
        let overlays = own.into_iter().chain(parents(draft, locale));
        let language = |locale| Language::new(locale, default, &draft.manifest);
        let mut chain: Vec<_> = overlays.map(|overlay| (Some(overlay), language(overlay.locale))).collect();
        let last = if locale.is_pseudolocale() { locale } else { Locale::Cldr(default) };
        chain.push((None, language(last)));
        let links = draft.manifest.links.iter().enumerate();
        let links = links.map(|(number, link)| (link.id.as_str(), number)).collect();
        Self { draft, links, chain, languages: RefCell::new(vec![locale]) }
    }

    /// The first translation that `find` finds in the chain, with its language; else the default's.
    pub(crate) fn text(
        &self,
        names: &NameResolver<'_>,
        default: &PluralText,
        find: impl Fn(&'a Overlay) -> Option<&'a PluralText>,
    ) -> Vec<Piece> {
        let found = self.chain.iter().find_map(|(overlay, language)| Some((overlay.and_then(&find)?, language)));
        let last = self.chain.last().map(|(_, language)| language);
        match (found, last) {
            (Some((translation, language)), _) => {
                self.spoken(names.pieces(translation, default, self.speaker(language)), language)
            }
            (None, Some(language)) => {
                let pieces = names.pieces(default, default, self.speaker(language));
                self.spoken(pseudo::transform(language.locale, pieces), language)
            }
            (None, None) => Vec::new(),
        }
    }

    /// The locale of the chain that has a text: the locale itself, where the text is in its own language. Then constants are
    /// written as its parameters are.
    fn speaker<'s>(&'s self, language: &'s Language<'a>) -> &'s Language<'a> {
        let own = self.chain.first().map(|(_, own)| own);
        own.filter(|own| same_language(own.locale, language.locale)).unwrap_or(language)
    }

    /// Marks a text that is in another language than the locale's.
    fn spoken(&self, pieces: Vec<Piece>, language: &Language<'_>) -> Vec<Piece> {
        let mut languages = self.languages.borrow_mut();
        let own = languages.first().is_none_or(|&own| same_language(own, language.locale));
        if own || pieces.is_empty() {
            return pieces;
        }
        let number = languages.iter().position(|&known| known == language.locale).unwrap_or_else(|| {
            languages.push(language.locale);
            languages.len() - 1
        });
        let mark = |number| std::iter::once(Piece::Language(number));
        mark(number as u8).chain(pieces).chain(mark(0)).collect()
    }

    pub(crate) fn label(&self, label: Label) -> Vec<Piece> {
        let own = self.draft.manifest.labels.iter().find(|(name, _)| name.value == label.as_str());
        let Some((_, plural_text)) = own else { return Vec::new() };
        let names = NameResolver { label: label.placeholder(), ..NameResolver::new(&self.links) };
        self.text(&names, plural_text, |overlay| overlay.label(label.as_str()))
    }

    pub(crate) fn phrase(&self, phrase: &draft::Phrase) -> Vec<Piece> {
        let names = NameResolver { phrase: Some(phrase), ..NameResolver::new(&self.links) };
        self.text(&names, &phrase.text, |overlay| overlay.phrase(phrase.kind, phrase.name.as_str()))
    }
}

/// Whether both are in one language. Of a hundred texts ninety ask about a locale and itself.
fn same_language(a: Locale, b: Locale) -> bool {
    a == b || a.language() == b.language()
}

/// Where the names in a text lead.
pub(crate) struct NameResolver<'a> {
    pub(crate) manifest_links: &'a HashMap<&'a str, usize>,
    /// The entry whose parameters and links there are.
    pub(crate) canonical: Option<&'a draft::Entry>,
    /// The number of the canonical entry's first own link.
    pub(crate) own_links: usize,
    /// The placeholder of a label, where the text is one.
    pub(crate) label: Option<&'static str>,
    /// The phrase that the text is, where it is one.
    pub(crate) phrase: Option<&'a draft::Phrase>,
}

impl<'a> NameResolver<'a> {
    /// A resolver of a text that names nothing but constants and the manifest's links.
    fn new(manifest_links: &'a HashMap<&'a str, usize>) -> Self {
        Self { manifest_links, canonical: None, own_links: 0, label: None, phrase: None }
    }

    /// A text in a language. The default's plural_text says what selects a plural form, where this one does not.
    fn pieces(&self, plural_text: &PluralText, default: &PluralText, language: &Language<'_>) -> Vec<Piece> {
        let form =
            |category| plural_text.form(category).map(|template| self.template(template, language)).unwrap_or_default();
        // The text that names a term selects its form.
        if plural_text.is_plural() && self.phrase.is_some_and(|phrase| phrase.kind == PhraseKind::Term) {
            return vec![Piece::Plural(0, language.categories.iter().copied().map(form).collect())];
        }
        let constant = |name: &str| language.constants.get(name).and_then(|(_, value)| value.magnitude());
        match selector(plural_text, default, |name| self.is_number(name), |name| constant(name).is_some()) {
            Some(name) if plural_text.is_plural() => match (self.parameter(name), constant(name)) {
                (Some(number), _) => {
                    vec![Piece::Plural(number, language.categories.iter().copied().map(form).collect())]
                }
                (None, Some(value)) => form(language.category(value)),
                (None, None) => form(Category::Other),
            },
            _ => form(Category::Other),
        }
    }

    fn template(&self, template: &Template, language: &Language<'_>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        // Code is isolated as a whole.
        let mut in_code = false;
        for piece in &template.pieces {
            match piece {
                template::Piece::Literal(text) => push_literal(&mut pieces, text),
                template::Piece::Placeholder(name, _) => match language.constants.get(name.as_str()) {
                    // Text of its own direction must not reorder the text around it.
                    Some((shown, ConstantValue::Text(_)))
                        if language.locale.is_right_to_left() && !in_code && !keeps_order(shown) =>
                    {
                        pieces.extend([Piece::IsolateStart, Piece::Literal(shown.clone()), Piece::IsolateEnd]);
                    }
                    Some((shown, _)) => push_literal(&mut pieces, shown),
                    None => pieces.extend(self.parameter(name).map(Piece::Value)),
                },
                template::Piece::CodeStart => {
                    in_code = true;
                    pieces.push(Piece::CodeStart);
                }
                template::Piece::CodeEnd => {
                    in_code = false;
                    pieces.push(Piece::CodeEnd);
                }
                // The link is named at its end; the start is mended there.
                template::Piece::LinkStart => pieces.push(Piece::LinkStart(NONE)),
                template::Piece::LinkEnd(id, _) => {
                    let number = self.link(id);
                    if let Some(start) = pieces.iter_mut().rev().find(|piece| matches!(piece, Piece::LinkStart(_))) {
                        *start = Piece::LinkStart(number);
                    }
                    pieces.push(Piece::LinkEnd(number));
                }
            }
        }
        pieces
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<u8> {
        if self.label.is_some_and(|label| label == name) {
            return Some(0);
        }
        let number = self.parameters()?.iter().position(|parameter| parameter.name.value == name)?;
        u8::try_from(number).ok()
    }

    fn parameters(&self) -> Option<&'a [draft::Parameter]> {
        let of_entry = self.canonical.map(|entry| entry.parameters.as_slice());
        of_entry.or_else(|| self.phrase.map(|phrase| phrase.parameters.as_slice()))
    }

    /// Whether a parameter is one that plural rules look at.
    fn is_number(&self, name: &str) -> bool {
        let parameter = self.parameters().into_iter().flatten().find(|parameter| parameter.name.value == name);
        parameter.is_some_and(draft::Parameter::is_number)
    }

    pub(crate) fn link(&self, id: &str) -> u32 {
        let own = || self.canonical?.links.iter().position(|link| link.id.value == id);
        let own = own().map(|number| number + self.own_links);
        let shared = || self.manifest_links.get(id).copied();
        own.or_else(shared).and_then(|number| u32::try_from(number).ok()).unwrap_or(NONE)
    }
}

/// The name of the number that selects a text's plural form: what the translation says, else what the default's
/// text says, else the only number that the text names.
pub(crate) fn selector<'w>(
    plural_text: &'w PluralText,
    default: &'w PluralText,
    is_number: impl Fn(&str) -> bool,
    is_constant: impl Fn(&str) -> bool,
) -> Option<&'w str> {
    let stated = plural_text.selector.as_ref().or(default.selector.as_ref()).map(Text::as_str);
    let only = |is: &dyn Fn(&str) -> bool| {
        let mut names = plural_text.placeholders().into_iter().filter(|name| is(name));
        names.next().filter(|_| names.next().is_none())
    };
    stated.or_else(|| only(&is_number)).or_else(|| only(&is_constant))
}

/// Whether a text reads the same in a line from right to left, as one run of letters: the name of a product does.
fn keeps_order(text: &str) -> bool {
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.split(' ').all(is_word)
}

/// Literals that meet become one.
fn push_literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Literal(last)) => last.push_str(text),
        _ => pieces.push(Piece::Literal(text.to_owned())),
    }
}
