//! One text in one language: a template, or a template for each plural category.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::{Span, Text};
use crate::diagnostic::suggest::suggest;
use crate::read::table::{File, Reader, not_a_text};
use crate::read::template::{Piece, Template};
use crate::toml_text::quoted;
use lift_errors_cldr::plural::Category;
use std::collections::BTreeSet;
use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The key of a plural table that names what selects the form.
const SELECTOR: &str = "plural";

/// A text.
#[derive(Clone, Debug)]
pub(crate) struct PluralText {
    /// The whole value.
    pub(crate) span: Span,
    /// The parameter that selects the form, if the table names it.
    pub(crate) selector: Option<Box<Text>>,
    /// Whether something in its table could not be read: that was reported, and what seems to be missing is not.
    pub(crate) is_incomplete: bool,
    /// In the order of the file; a text without a plural has `other` alone.
    pub(crate) forms: Vec<Form>,
}

/// The text for one plural category.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) category: Category,
    /// The place of the category's name; that of the text where it has none.
    pub(crate) name: Span,
    pub(crate) template: Template,
}

impl PluralText {
    /// The type of a value, for messages.
    const EXPECTED: &str = "a text, or a table with a text for each plural category";

    /// A text without a plural.
    pub(crate) fn plain(template: Template) -> Self {
        let span = template.text.span;
        Self {
            span,
            selector: None,
            is_incomplete: false,
            forms: vec![Form { category: Category::Other, name: span, template }],
        }
    }

    /// Reads a text: a string, or a table of plural forms. `what` is what messages call it.
    pub(crate) fn decode(file: &File<'_>, value: &Spanned<DeValue<'_>>, what: impl fmt::Display) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) => Some(Self::plain(file.template(text, value.span()))),
            DeValue::Table(table) => Self::of_table(file, table, file.span(value.span()), &what.to_string()),
            _ => {
                not_a_text(file, &what.to_string(), value, Self::EXPECTED);
                None
            }
        }
    }

    /// Reads a description, which has no plural forms: it names no numbers that change. Translators' tools write `other` all
    /// the same.
    pub(crate) fn of_description(
        file: &File<'_>,
        value: &Spanned<DeValue<'_>>,
        what: impl fmt::Display,
    ) -> Option<Self> {
        let other = match value.get_ref() {
            DeValue::Table(table) if table.len() == 1 => table.get(Category::Other.as_str()),
            _ => None,
        };
        let value = other.unwrap_or(value);
        match value.get_ref() {
            DeValue::String(text) => Some(Self::plain(file.description(text, value.span()))),
            _ => {
                not_a_text(file, &what.to_string(), value, "a string of one or several paragraphs");
                None
            }
        }
    }

    /// Whether a table holds plural forms and not texts with ids of their own: no id is a category. One of several
    /// keys may be misspelt.
    pub(crate) fn is_plural_table(table: &DeTable<'_>) -> bool {
        let is_form = |key: &str| key == SELECTOR || Category::from_name(key).is_some();
        let forms = table.keys().filter(|key| is_form(key.get_ref())).count();
        forms > 0 && (forms == table.len() || forms > 1)
    }

    fn of_table(file: &File<'_>, table: &DeTable<'_>, span: Span, what: &str) -> Option<Self> {
        let mut plural_text = Self { span, selector: None, is_incomplete: false, forms: Vec::new() };
        let mut members: Vec<_> = table.iter().collect();
        members.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in members {
            let name = file.span(key.span());
            let category = Category::from_name(key.get_ref());
            if category.is_none() && key.get_ref() != SELECTOR {
                file.fault(not_a_category(name, key.get_ref(), value.get_ref()));
                plural_text.is_incomplete = true;
                continue;
            }
            let DeValue::String(text) = value.get_ref() else {
                let what = format!("`{}` of {what}", key.get_ref().escape_debug());
                not_a_text(file, &what, value, "a string");
                plural_text.is_incomplete = true;
                continue;
            };
            match category {
                Some(category) => {
                    let template = file.template(text, value.span());
                    plural_text.forms.push(Form { category, name, template });
                }
                None => plural_text.selector = Some(Box::new(file.text(text, value.span()))),
            }
        }
        if !plural_text.is_incomplete && plural_text.forms.is_empty() {
            file.fault(
                Diagnostic::at(span, format!("missing text in {what}"))
                    .help("write a string, or a table with a string for each plural category"),
            );
        }
        (!plural_text.forms.is_empty()).then_some(plural_text)
    }

    /// Whether the text has forms to select from.
    pub(crate) fn is_plural(&self) -> bool {
        self.forms.iter().any(|form| form.category != Category::Other) || self.selector.is_some()
    }

    /// The templates of all forms.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        self.forms.iter().map(|form| &form.template)
    }

    /// The form for a category; `other` where there is none.
    pub(crate) fn form(&self, category: Category) -> Option<&Template> {
        let of = |category| self.forms.iter().find(|form| form.category == category);
        of(category).or_else(|| of(Category::Other)).or(self.forms.last()).map(|form| &form.template)
    }

    /// The form that a reader of the source takes for the text: the last category's.
    pub(crate) fn other(&self) -> Option<&Template> {
        self.form(Category::Other)
    }

    /// Where the text and its forms are: the span of a table is only its head.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let selector = self.selector.iter().map(|selector| selector.span);
        let forms = self.forms.iter().flat_map(|form| [form.name, form.template.text.span]);
        [self.span].into_iter().chain(selector).chain(forms).collect()
    }

    /// The names of all parameters and constants in the text.
    pub(crate) fn placeholders(&self) -> BTreeSet<&str> {
        self.templates().flat_map(|template| template.placeholders().map(|(name, _)| name)).collect()
    }

    /// The ids of all links in the text.
    pub(crate) fn links(&self) -> BTreeSet<&str> {
        self.templates().flat_map(|template| template.links().map(|(id, _)| id)).collect()
    }

    /// Whether a placeholder or a link in it is broken, or the text too long to look at: that is a fault of
    /// its own, and what the text seems to lack is not.
    pub(crate) fn is_broken(&self) -> bool {
        let broken = |piece: Piece<&str>| match piece {
            Piece::Placeholder(name, _) | Piece::LinkEnd(name, _) => name.is_empty(),
            _ => false,
        };
        self.templates().any(|template| template.pieces().any(broken))
    }

    /// The text as a value of TOML in one line.
    pub(crate) fn to_toml(&self) -> String {
        if !self.is_plural() {
            return quoted(self.other().map_or("", |template| template.text.value.as_str()));
        }
        let selector = self.selector.iter().map(|selector| (SELECTOR, selector.as_str()));
        let forms = self.forms.iter().map(|form| (form.category.as_str(), form.template.text.value.as_str()));
        let members = selector.chain(forms).map(|(key, text)| format!("{key} = {}", quoted(text)));
        format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
    }

    /// The text as a message shows it: all forms, where there are several.
    pub(crate) fn shown(&self) -> String {
        match self.forms.as_slice() {
            // A message has one line.
            [form] if form.template.is_description => {
                form.template.text.value.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            [form] => form.template.text.value.clone(),
            forms => {
                let forms = forms.iter().map(|form| format!("{}: {}", form.category, form.template.text.value));
                forms.collect::<Vec<_>>().join(" | ")
            }
        }
    }

    /// The text as the file has it, forms one after the other: what a translation was made from.
    pub(crate) fn source(&self) -> String {
        let mut source = String::new();
        if let Some(selector) = &self.selector {
            source.push_str(&selector.value);
            source.push('\u{1d}');
        }
        // The order in the file says nothing, and tools change it.
        let mut forms: Vec<&Form> = self.forms.iter().collect();
        forms.sort_by_key(|form| form.category);
        for form in forms {
            if self.is_plural() {
                source.push_str(form.category.as_str());
                source.push('\u{1f}');
            }
            source.push_str(&form.template.text.value);
            source.push('\u{1e}');
        }
        source
    }
}

/// A key of a plural table that is none. In the catalogue's own files many texts are below `text`, and authors copy that into a
/// translation.
fn not_a_category(name: Span, key: &str, value: &DeValue<'_>) -> Diagnostic {
    let help = match value {
        DeValue::Table(_) if key == "text" => {
            "write the forms in this table, without `text`: `one = \"…\"`, `other = \"…\"`".to_owned()
        }
        DeValue::String(_) if key == "text" => {
            "write the text in place of this table, or `other = \"…\"` in it".to_owned()
        }
        _ => suggest(key, Category::ALL.map(Category::as_str).into_iter().chain([SELECTOR]), "keys of a plural table"),
    };
    Diagnostic::at(name, format!("`{}` is not a plural category", key.escape_debug())).help(help)
}

impl Reader<'_, '_> {
    /// A text with markup and optional plural forms.
    pub(crate) fn plural_text(&mut self, key: &'static str) -> Option<PluralText> {
        let value = self.any(key)?;
        if !matches!(value.get_ref(), DeValue::String(_) | DeValue::Table(_)) {
            self.wrong_type(key, value, PluralText::EXPECTED);
            return None;
        }
        let text = PluralText::decode(self.file, value, self.name_of(key));
        if text.is_none() {
            self.unreadable.push(key);
        }
        text
    }

    /// A description.
    pub(crate) fn description(&mut self, key: &'static str) -> Option<PluralText> {
        let value = self.any(key)?;
        let text = PluralText::of_description(self.file, value, self.name_of(key));
        if text.is_none() {
            self.unreadable.push(key);
        }
        text
    }

    /// A required text with markup and optional plural forms.
    pub(crate) fn required_plural_text(&mut self, key: &'static str) -> Option<PluralText> {
        let text = self.plural_text(key);
        if text.is_none() && !self.has(key) {
            self.missing(key);
        }
        text
    }

    /// A table of texts by name: the labels of the manifest or of a locale.
    pub(crate) fn labels(&self) -> Vec<(Text, PluralText)> {
        let decode = |(name, value): (Text, _)| {
            let text = PluralText::decode(self.file, value, format_args!("the label `{}`", name.value.escape_debug()))?;
            Some((name, text))
        };
        self.members().into_iter().filter_map(decode).collect()
    }
}
