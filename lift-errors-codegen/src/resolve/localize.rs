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
use lift_errors_cldr as cldr;
use lift_errors_cldr::plural::Category;
use lift_errors_core::layout::NONE;
use lift_errors_core::vocabulary::Label;
use std::collections::HashMap;

/// The texts of one locale: its own translations, and those that its fallback has in the same language, but writes otherwise.
pub(crate) struct Localizer<'a> {
    draft: &'a Draft,
    /// The manifest's links, by number.
    pub(crate) links: HashMap<&'a str, usize>,
    overlay: Option<&'a Overlay>,
    language: Language<'a>,
    /// What the locale inherits from, the nearest first; the default locale is the last, without an overlay. Empty if all
    /// texts are made of the default's: for the default itself and pseudolocales.
    parents: Vec<(Option<&'a Overlay>, Language<'a>)>,
}

impl<'a> Localizer<'a> {
    pub(crate) fn new(draft: &'a Draft, locale: Locale, default: cldr::Locale) -> Self {
        let last = Locale::Cldr(default);
        let of = |locale| draft.overlays.iter().find(move |overlay| overlay.locale == locale);
        let language = |locale| Language::new(locale, default, &draft.manifest);
        let parents = match locale == last || locale.is_pseudolocale() {
            true => Vec::new(),
            false => {
                let nearer = locale.fallback().skip(1).take_while(|&locale| locale != last).filter_map(of);
                let nearer = nearer.map(|overlay| (Some(overlay), language(overlay.locale)));
                nearer.chain([(None, language(last))]).collect()
            }
        };
        let links = draft.manifest.links.iter().enumerate();
        let links = links.map(|(number, link)| (link.id.as_str(), number)).collect();
        let overlay = of(locale).filter(|_| locale != last);
        Self { draft, links, overlay, language: language(locale), parents }
    }

    /// Whether the locale may have texts of an entry.
    pub(crate) fn may_have(&self, code: &str) -> bool {
        let writes = |(_, parent): &(_, Language<'_>)| same_language(self.language.locale, parent.locale);
        self.parents.is_empty()
            || self.overlay.is_some_and(|overlay| overlay.has_entry(code))
            || self.parents.iter().any(writes)
    }

    /// The text of the default locale as this locale has it; `None` if it has what its fallback has.
    pub(crate) fn text(
        &self,
        names: &NameResolver<'_>,
        default: &PluralText,
        find: impl Fn(&'a Overlay) -> Option<&'a PluralText>,
    ) -> Option<Vec<Piece>> {
        if let Some(translation) = self.overlay.and_then(&find) {
            return Some(names.pieces(translation, default, &self.language));
        }
        let Some((_, nearest)) = self.parents.first() else {
            return Some(pseudo::transform(self.language.locale, names.pieces(default, default, &self.language)));
        };
        let of_parent = |(overlay, language): &'_ (Option<&'a Overlay>, Language<'a>)| match overlay {
            Some(overlay) => Some((find(overlay)?, language.locale)),
            None => Some((default, language.locale)),
        };
        let (inherited, locale) = self.parents.iter().find_map(of_parent)?;
        if !same_language(self.language.locale, locale) {
            return None;
        }
        // Another region may write constants in its own way.
        let own = names.pieces(inherited, default, &self.language);
        let speaker = match same_language(nearest.locale, locale) {
            true => nearest,
            false => self.parents.iter().map(|(_, language)| language).find(|language| language.locale == locale)?,
        };
        Some(own).filter(|own| *own != names.pieces(inherited, default, speaker))
    }

    pub(crate) fn label(&self, label: Label) -> Option<Vec<Piece>> {
        let own = self.draft.manifest.labels.iter().find(|(name, _)| name.value == label.as_str());
        let (_, plural_text) = own?;
        let names = NameResolver { label: label.placeholder(), ..NameResolver::new(&self.links) };
        self.text(&names, plural_text, |overlay| overlay.label(label.as_str()))
    }

    pub(crate) fn phrase(&self, phrase: &draft::Phrase) -> Option<Vec<Piece>> {
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
        for piece in template.pieces() {
            match piece {
                template::Piece::Literal(text) => push_literal(&mut pieces, text),
                template::Piece::Placeholder(name, _) => match language.constants.get(name) {
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
    let stated = plural_text.selector.as_deref().or(default.selector.as_deref()).map(Text::as_str);
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
