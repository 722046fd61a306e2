//! The query of an address: what a page shows.

use crate::arguments::PreviewFormat;
use crate::explanation::find::Found;
use crate::nearest;
use crate::rendering::Rendering;
use crate::runtime::sample::{Sample, SampleError};
use crate::serve::shelf::Content;
use crate::status_filter::StatusFilter;
use clap::ValueEnum as _;
use lift_errors::{Audience, Cause, Entry, Format, Locale, RetryKind, Severity};
use lift_errors_codegen::EntryFilter;
use std::str::FromStr;

/// The names and values of a query, in its order.
pub(super) type Pairs = Vec<(String, String)>;

/// The value of a field; a form sends fields that are not filled in as empty ones.
fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The errors that the index lists. A filter that cannot be read is not applied, and its field is empty.
#[derive(Debug)]
pub(super) struct IndexRequest {
    pub(super) query: String,
    pub(super) status: Option<StatusFilter>,
    pub(super) severity: Option<Severity>,
    pub(super) retry: Option<RetryKind>,
    pub(super) only: EntryFilter,
    pub(super) only_drafts: bool,
}

impl IndexRequest {
    pub(super) fn new(pairs: &Pairs) -> Self {
        fn word<T: FromStr>(pairs: &Pairs, name: &str) -> Option<T> {
            value(pairs, name)?.parse().ok()
        }
        Self {
            query: value(pairs, "q").unwrap_or_default().to_owned(),
            status: word(pairs, "status"),
            severity: word(pairs, "severity"),
            retry: word(pairs, "retry"),
            only: EntryFilter {
                class: value(pairs, "class").map(str::to_owned),
                tags: pairs
                    .iter()
                    .filter(|(name, tag)| name == "tag" && !tag.is_empty())
                    .map(|(_, tag)| tag.clone())
                    .collect(),
            },
            only_drafts: value(pairs, "drafts").is_some(),
        }
    }

    /// Finds as `explain` does.
    pub(super) fn find(&self, content: &Content) -> Found {
        let codes = &content.codes;
        let mut found = if self.query.is_empty() { codes.all() } else { codes.find(&self.query) };
        found.filter(self.status, self.severity, self.retry);
        found.filter_taxonomy(&self.only);
        if self.only_drafts {
            found.entries.retain(|&entry| content.codes.facts_of(entry).is_some_and(|facts| facts.is_draft));
            found.removed.clear();
        }
        found
    }
}

/// The query of an index that lists the selected errors; nothing for all.
pub(super) fn index_query(only: &EntryFilter) -> String {
    if only.is_empty() {
        return String::new();
    }
    let class = only.class.iter().map(|class| ("class", class));
    let tags = only.tags.iter().map(|tag| ("tag", tag));
    format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(class.chain(tags)).finish())
}

/// How an entry is shown.
#[derive(Debug)]
pub(super) struct EntryRequest {
    pub(super) rendering: Rendering,
    pub(super) cause: Option<Cause>,
    /// The values of parameters that are not their examples.
    pub(super) values: Vec<(String, String)>,
    /// The parameters that the error leaves out.
    pub(super) without: Vec<String>,
    sample: Sample,
}

/// A reason why an entry can't be shown so.
#[derive(Debug, thiserror::Error)]
pub(super) enum RequestError {
    #[error("`{word}` is not a {what}: {hint}")]
    Unknown { what: &'static str, word: String, hint: String },
    #[error(transparent)]
    Sample(#[from] SampleError),
}

impl EntryRequest {
    /// # Errors
    ///
    /// The field that has no such value.
    pub(super) fn new(content: &Content, entry: Entry, pairs: &Pairs) -> Result<Self, RequestError> {
        let catalog = content.codes.catalog;
        let locales: Vec<Locale> = catalog.locales().collect();
        let locale = choice(pairs, "language", &locales, |locale| locale.tag())?;
        let audience = choice(pairs, "reader", Audience::ALL, |audience| audience.as_str())?;
        let causes: Vec<Cause> = entry.causes().collect();
        let cause = choice(pairs, "cause", &causes, |cause| cause.id())?;
        let format = choice(pairs, "format", PreviewFormat::value_variants(), PreviewFormat::word)?;
        let mut sample = Sample::new(entry).with_field_errors(&content.codes.field_errors);
        if let Some(cause) = cause {
            sample.set_cause(cause);
        }
        let given = pairs.iter().filter(|(_, value)| !value.is_empty());
        let values: Vec<(String, String)> = given
            .clone()
            .filter_map(|(name, value)| Some((name.strip_prefix("set.")?.to_owned(), value.clone())))
            .collect();
        for (name, value) in &values {
            sample.set(name, value)?;
        }
        let without: Vec<String> = given.filter(|(name, _)| name == "without").map(|(_, name)| name.clone()).collect();
        for name in &without {
            sample.leave_out(name)?;
        }
        let rendering = Rendering {
            format: format.unwrap_or(PreviewFormat::Html),
            locale: locale.or(locales.first().copied()).unwrap_or_default(),
            audience,
            terminal: Format::Terminal { color: false },
        };
        Ok(Self { rendering, cause, values, without, sample })
    }

    pub(super) fn is_page(&self) -> bool {
        self.rendering.format == PreviewFormat::Html
    }

    pub(super) fn render(&self) -> String {
        self.rendering.render(&self.sample)
    }

    /// The query of this request, but in another format.
    pub(super) fn query(&self, format: PreviewFormat) -> String {
        let Rendering { locale, audience, .. } = self.rendering;
        let fixed = [
            ("format", Some(format.word())),
            ("language", Some(locale.tag())),
            ("reader", audience.map(Audience::as_str)),
            ("cause", self.cause.map(Cause::id)),
        ];
        let fixed = fixed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        let values = self.values.iter().map(|(name, value)| (format!("set.{name}"), value.clone()));
        let without = self.without.iter().map(|name| ("without".to_owned(), name.clone()));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fixed.chain(values).chain(without)).finish()
    }
}

/// The choice of a field among all that there are.
fn choice<T: Copy>(
    pairs: &Pairs,
    name: &'static str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<Option<T>, RequestError> {
    let Some(wanted) = value(pairs, name) else { return Ok(None) };
    all.iter().copied().find(|&known| word(known).eq_ignore_ascii_case(wanted)).map(Some).ok_or_else(|| {
        let hint = nearest::hint(wanted, all.iter().map(|&known| word(known)), "choices");
        RequestError::Unknown { what: name, word: wanted.to_owned(), hint }
    })
}
