//! A catalogue as it was read: every value with its place, nothing checked yet but its TOML type.

use crate::diagnostic::span::{Located, Span, Text};
use crate::locale::Locale;
use crate::read::constant::Constant;
use crate::read::draft_policy::DraftPolicy;
use crate::read::lock::LockFile;
use crate::read::overlay::Overlay;
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::PluralText;
use crate::read::template::Template;
use crate::read::text_key::TextKey;
use lift_errors_core::layout::Range;
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};
use std::collections::HashMap;
use std::sync::OnceLock;

/// `[catalog]`, `[constants]` and `[[link]]`: what the manifest says.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    /// The name of its file.
    pub(crate) file_name: Option<String>,
    /// The place of `[catalog]`, for what is missing there.
    pub(crate) span: Option<Span>,
    pub(crate) name: Option<Text>,
    /// The forms of ids.
    pub(crate) id_forms: Vec<Text>,
    /// The catalogue that this one takes over.
    pub(crate) extends: Option<Text>,
    pub(crate) code_prefix: Option<Text>,
    pub(crate) reference: Option<Text>,
    pub(crate) default_locale: Option<Text>,
    pub(crate) locales: Vec<Text>,
    /// Whether every locale has to have every text.
    pub(crate) complete: bool,
    /// Whether a translation of an English text that has changed is an error.
    pub(crate) fresh: bool,
    /// Words that are not translated.
    pub(crate) glossary: Vec<Text>,
    pub(crate) bidi_controls: Vec<Text>,
    pub(crate) derives: Vec<Text>,
    /// The tags and classes of entries.
    pub(crate) tags: Vec<Text>,
    pub(crate) classes: Vec<Text>,
    /// What `check` says about drafts.
    pub(crate) drafts: DraftPolicy,
    /// The keys of entries that do not set them.
    pub(crate) defaults: Defaults,
    pub(crate) files: Vec<Text>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) links: Vec<Link>,
    /// The words around an error's texts.
    pub(crate) labels: Vec<(Text, PluralText)>,
}

/// `[defaults]`: what entries have that say nothing else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    pub(crate) status: Option<Located<i64>>,
    pub(crate) transport: Option<Text>,
    pub(crate) class: Option<Text>,
    pub(crate) since: Option<Text>,
    pub(crate) severity: Option<Text>,
    pub(crate) retry: Option<Retry>,
}

/// The transport of errors that have nothing to do with HTTP.
pub(crate) const NO_TRANSPORT: &str = "none";

/// One entry.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) code: Text,
    /// Its file, as the manifest names it.
    pub(crate) file: String,
    pub(crate) id: Option<Text>,
    /// The type URI, where it is not that of the manifest's reference.
    pub(crate) type_uri: Option<Text>,
    pub(crate) class: Option<Text>,
    pub(crate) tags: Vec<Text>,
    /// Whether it may lack its guidance.
    pub(crate) draft: Option<Located<bool>>,
    pub(crate) status: Option<Located<i64>>,
    pub(crate) status_default: Option<Located<bool>>,
    pub(crate) raised_by: Option<Text>,
    pub(crate) transport: Option<Text>,
    pub(crate) since: Option<Text>,
    pub(crate) severity: Option<Text>,
    pub(crate) title: Option<PluralText>,
    pub(crate) details: Vec<Detail>,
    pub(crate) meaning: Option<PluralText>,
    /// For documentation alone.
    pub(crate) description: Option<PluralText>,
    pub(crate) support: Option<PluralText>,
    pub(crate) runbook: Option<PluralText>,
    pub(crate) retry: Option<Retry>,
    pub(crate) grpc: Option<Text>,
    pub(crate) field_errors: Option<Located<bool>>,
    pub(crate) same_as: Option<Text>,
    pub(crate) replaced_by: Option<Text>,
    pub(crate) headers: Vec<Header>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) causes: Vec<Cause>,
    pub(crate) fixes: Vec<Fix>,
    pub(crate) notes: Vec<Note>,
    pub(crate) links: Vec<Link>,
    /// Keys that were there but could not be read: they are not also reported as missing.
    pub(crate) unreadable: Vec<&'static str>,
}

#[derive(Debug)]
pub(crate) struct Detail {
    /// `None` where the detail is one text and no list.
    pub(crate) id: Option<Text>,
    pub(crate) when: Vec<Text>,
    /// The known cause that it requires.
    pub(crate) cause: Option<Text>,
    pub(crate) text: PluralText,
    pub(crate) span: Span,
}

impl Detail {
    /// Its address among the entry's texts.
    pub(crate) fn key(&self) -> TextKey<'_> {
        match &self.id {
            Some(id) => TextKey::DetailOf(id.as_str()),
            None => TextKey::Detail,
        }
    }

    /// Whether it is taken whatever the occurrence has.
    pub(crate) fn is_otherwise(&self) -> bool {
        self.when.is_empty() && self.cause.is_none()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Retry {
    pub(crate) span: Span,
    pub(crate) kind: Option<Text>,
    pub(crate) wait: Option<Text>,
    pub(crate) delay: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) name: Text,
    /// Words and `{constants}`. Other braces are of the value itself, as in a URI template or in JSON.
    pub(crate) value: Text,
}

impl Header {
    /// The value with constants in the place of their names.
    pub(crate) fn filled(&self, constant: impl Fn(&str) -> Option<String>) -> String {
        let (mut filled, mut rest) = (String::new(), self.value.as_str());
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            match after.split_once('}').and_then(|(name, after)| Some((constant(name)?, after))) {
                Some((value, after)) => {
                    filled.push_str(&value);
                    rest = after;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled + rest
    }

    /// The words between braces; not all are names of constants.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.value.as_str().split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
    }
}

/// The most parameters of an entry, and the most names of a detail's `when`: it is a mask of 32 bits.
pub(crate) const MOST_PARAMETERS: usize = 32;

#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Text,
    pub(crate) kind: Option<Text>,
    pub(crate) doc: Option<Text>,
    pub(crate) example: Option<Located<Example>>,
    /// As it is stated.
    pub(crate) stated_sensitivity: Option<Text>,
    /// Whether it is of a draft, whose texts are for operators until something else is stated.
    pub(crate) is_of_draft: bool,
    /// Whether the base's details say that a bare status may lack it, whatever a service replaces them by.
    pub(crate) is_lackable_in_base: bool,
    pub(crate) optional: bool,
    pub(crate) header: Option<Text>,
}

impl Parameter {
    /// The type, where it is one.
    pub(crate) fn parameter_type(&self) -> Option<ParameterType> {
        self.kind.as_ref()?.as_str().parse().ok()
    }

    /// Whether it is a number that plural rules look at.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self.parameter_type(), Some(ParameterType::U32 | ParameterType::U64 | ParameterType::I64))
    }

    /// The readers who may see the value; numbers and durations are public by default.
    pub(crate) fn sensitivity(&self) -> Option<Sensitivity> {
        match &self.stated_sensitivity {
            Some(text) => text.value.parse().ok(),
            None if self.is_undecided() => Some(Sensitivity::Operator),
            None => Some(Sensitivity::Public),
        }
    }

    /// Whether an error of a client may lack the value: it is optional, or clients never see it.
    pub(crate) fn may_lack(&self) -> Option<bool> {
        Some(self.optional || self.sensitivity()? != Sensitivity::Public)
    }

    /// Whether nobody has said yet who may see the value.
    pub(crate) fn is_undecided(&self) -> bool {
        self.is_of_draft && self.stated_sensitivity.is_none() && self.parameter_type() == Some(ParameterType::Text)
    }
}

/// An example value, by its TOML type.
#[derive(Clone, Debug)]
pub(crate) enum Example {
    Integer(i128),
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Cause {
    pub(crate) id: Text,
    pub(crate) audience: Option<Text>,
    pub(crate) text: PluralText,
    pub(crate) fixes: Vec<Text>,
}

#[derive(Debug)]
pub(crate) struct Fix {
    pub(crate) id: Text,
    pub(crate) audience: Option<Text>,
    pub(crate) text: PluralText,
}

#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) id: Text,
    pub(crate) kind: Option<Text>,
    pub(crate) audience: Option<Text>,
    pub(crate) text: PluralText,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) id: Text,
    pub(crate) relation: Text,
    pub(crate) address: Text,
}

/// A text that belongs to no entry: the message of a field error, or a term.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) kind: PhraseKind,
    /// The code of a field error, the name of a term.
    pub(crate) name: Text,
    /// Its file, as the manifest names it.
    pub(crate) file: String,
    pub(crate) since: Option<Text>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) text: PluralText,
    /// Keys that were there but could not be read: they are not also reported as missing.
    pub(crate) unreadable: Vec<&'static str>,
}

impl Phrase {
    /// The phrase in messages: ``field error `too_short` ``.
    pub(crate) fn what(&self) -> String {
        format!("{} `{}`", self.kind.noun(), self.name.value.escape_debug())
    }

    /// The address of the text.
    pub(crate) fn address(&self) -> String {
        self.kind.address(&self.name.value)
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name.value == name)
    }
}

/// Everything that was read.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) manifest: Manifest,
    pub(crate) entries: Vec<Entry>,
    /// The texts that belong to no entry, in the order of the files.
    pub(crate) phrases: Vec<Phrase>,
    /// Whether this is the catalogue that the runtime itself carries.
    pub(crate) is_canonical: bool,
    /// Whether it may have no entries: the first one is about to be added.
    pub(crate) may_be_empty: bool,
    /// Whether released codes and phrases may be gone without a tombstone: it is being written.
    pub(crate) may_lack_released: bool,
    /// The contents of the lock file.
    pub(crate) released: LockFile,
    /// The translations, in the order of the manifest's locales.
    pub(crate) overlays: Vec<Overlay>,
    /// The texts of the default locale when the files for translators were last written.
    pub(crate) copies: Option<Overlay>,
    /// The number of the first file of the catalogue that this one extends.
    pub(crate) first_base_file: Option<usize>,
    /// The languages that it is in.
    pub(crate) base_locales: Vec<Locale>,
    /// The codes of its entries that this one changes, in this one's files.
    pub(crate) changed: Vec<Text>,
    /// Made when somebody asks for an entry or a constant by its name: by then, everything was read.
    places: OnceLock<Places>,
}

/// The places of entries and constants by their names; of several with a name that of the first.
#[derive(Debug)]
struct Places {
    entries: HashMap<String, usize>,
    constants: HashMap<String, usize>,
}

impl Draft {
    /// The entry whose parameters an entry has: itself, or the one that it is an alias of.
    pub(crate) fn canonical<'a>(&'a self, entry: &'a Entry) -> &'a Entry {
        let other = entry.same_as.as_ref().and_then(|code| self.places().entries.get(&code.value));
        other.and_then(|place| self.entries.get(*place)).unwrap_or(entry)
    }

    /// The constant of a name.
    pub(crate) fn constant(&self, name: &str) -> Option<&Constant> {
        self.manifest.constants.get(*self.places().constants.get(name)?)
    }

    fn places(&self) -> &Places {
        fn places<'a>(names: impl DoubleEndedIterator<Item = &'a Text> + ExactSizeIterator) -> HashMap<String, usize> {
            names.enumerate().rev().map(|(place, name)| (name.value.clone(), place)).collect()
        }
        self.places.get_or_init(|| Places {
            entries: places(self.entries.iter().map(|entry| &entry.code)),
            constants: places(self.manifest.constants.iter().map(|constant| &constant.name)),
        })
    }

    /// Whether what is there comes from the catalogue that this one extends.
    pub(crate) fn is_inherited(&self, span: Span) -> bool {
        self.first_base_file.is_some_and(|first| span.source() >= first)
    }
}

impl Entry {
    /// Whether it may lack its guidance.
    pub(crate) fn is_draft(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.value)
    }

    pub(crate) fn is_alias(&self) -> bool {
        self.same_as.is_some()
    }

    /// Whether `key` is neither there nor reported as unreadable.
    pub(crate) fn lacks(&self, key: &str, present: bool) -> bool {
        !present && !self.unreadable.contains(&key)
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name.value == name)
    }

    /// Whether a bare status may lack a required parameter: the entry has a detail for errors with it, and so one without it. That of a
    /// base stays lackable, or the entry would no longer explain its status.
    pub(crate) fn is_lackable(&self, parameter: &Parameter) -> bool {
        let name = parameter.name.as_str();
        // Rules report what exceeds the limits: looked through for each placeholder, it would take minutes.
        let required = |detail: &Detail| detail.when.iter().take(MOST_PARAMETERS).any(|when| when.value == name);
        let in_details = || self.details.iter().take(Range::MOST).any(required);
        !parameter.optional && (parameter.is_lackable_in_base || in_details())
    }

    /// Whether a text can't rely on a parameter.
    pub(crate) fn may_lack(&self, parameter: &Parameter) -> bool {
        parameter.optional || self.is_lackable(parameter)
    }

    /// Whether it is an error without HTTP.
    pub(crate) fn has_no_transport(&self) -> bool {
        self.transport.as_ref().is_some_and(|transport| transport.value == NO_TRANSPORT)
    }

    /// The status as a number that HTTP knows for errors.
    pub(crate) fn http_status(&self) -> Option<u16> {
        let status = u16::try_from(self.status.as_ref()?.value).ok()?;
        lift_errors_core::status::ERRORS.contains(&status).then_some(status)
    }

    /// Whether it says that it is the default of its status.
    pub(crate) fn says_default(&self) -> bool {
        self.status_default.as_ref().is_some_and(|flag| flag.value)
    }

    /// The status that it may explain where nothing else is known, by the entry whose status it has. A draft that does not
    /// say that it does explains none.
    pub(crate) fn explained_status(&self, canonical: &Self) -> Option<u16> {
        canonical.http_status().filter(|_| !canonical.is_draft() || self.says_default())
    }

    /// Every text of the entry with its address and what it is for, in the order in which readers see them.
    pub(crate) fn plural_texts(&self) -> impl Iterator<Item = (TextKey<'_>, TextRole, &PluralText)> {
        let own = |key, role| move |plural_text| (key, role, plural_text);
        let role = |audience: &Option<Text>| TextRole::of(audience.as_ref());
        self.title
            .iter()
            .map(own(TextKey::Title, TextRole::Title))
            .chain(self.meaning.iter().map(own(TextKey::Meaning, TextRole::Meaning)))
            .chain(self.details.iter().map(move |text| (text.key(), TextRole::Detail, &text.text)))
            .chain(self.causes.iter().map(move |of| (TextKey::Cause(of.id.as_str()), role(&of.audience), &of.text)))
            .chain(self.fixes.iter().map(move |of| (TextKey::Fix(of.id.as_str()), role(&of.audience), &of.text)))
            .chain(self.notes.iter().map(move |of| (TextKey::Note(of.id.as_str()), role(&of.audience), &of.text)))
            .chain(self.support.iter().map(own(TextKey::Support, TextRole::Public)))
            .chain(self.runbook.iter().map(own(TextKey::Runbook, TextRole::Operator)))
            .chain(self.description.iter().map(own(TextKey::Description, TextRole::Description)))
    }

    /// The templates of every text, each with what the text is for.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (TextRole, &Template)> {
        self.plural_texts()
            .flat_map(|(_, role, plural_text)| plural_text.templates().map(move |template| (role, template)))
    }
}

/// The purpose of a text, which determines the parameters that it may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextRole {
    /// The same for every occurrence: no parameters.
    Title,
    /// The same for every occurrence: no parameters.
    Meaning,
    /// The same for every occurrence: no parameters. Several paragraphs.
    Description,
    /// May name optional parameters that its `when` lists.
    Detail,
    /// Public; names required public parameters.
    Public,
    /// For the operator: may name operator parameters too.
    Operator,
}

impl TextRole {
    fn of(audience: Option<&Text>) -> Self {
        match audience {
            Some(audience) if audience.value == "operator" => Self::Operator,
            _ => Self::Public,
        }
    }
}
