//! Collects an explanation from a catalogue.

use super::description::Description;
use super::words::Words;
use super::{
    CauseExplanation, DetailExplanation, EntryExplanation, FixExplanation, Lifecycle, LinkExplanation, NoteExplanation,
    ParameterExplanation, RemovedExplanation, RetryExplanation,
};
use crate::runtime::sample::{Named, Sample};
use lift_errors::__private::{TextMarkup, text_of};
use lift_errors::{Audience, Catalog, Entry, Locale, Parameter, Problem, RetryKind, Text, Value};
use lift_errors_codegen::{EntryFacts, RemovedCode};
use std::collections::HashMap;
use std::time::Duration;

/// How texts are collected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    pub(crate) locale: Locale,
    /// The reader; `None` for all texts.
    pub(crate) audience: Option<Audience>,
    /// The markup of the texts.
    pub(crate) markup: TextMarkup,
}

impl View {
    fn includes(self, audience: Option<Audience>) -> bool {
        match (self.audience, audience) {
            (None | Some(Audience::Operator), _) | (_, None) => true,
            (Some(reader), Some(audience)) => reader == audience,
        }
    }
}

/// The entries of catalogues, by the name of their catalogue and by their codes.
#[derive(Debug)]
pub(crate) struct ByCode(HashMap<(&'static str, &'static str), Entry>);

impl ByCode {
    pub(crate) fn of(catalogs: impl IntoIterator<Item = &'static Catalog>) -> Self {
        let entries = catalogs.into_iter().flat_map(Catalog::entries);
        Self(entries.map(|entry| ((entry.catalog().name(), entry.code()), entry)).collect())
    }

    /// The entry with a code of a catalogue.
    pub(crate) fn find(&self, catalog: &'static Catalog, code: &str) -> Option<Entry> {
        self.0.get(&(catalog.name(), code)).copied()
    }
}

/// Explains an entry. The links of its description lead to the entries in `by_code`.
pub(crate) fn entry(entry: Entry, facts: Option<&EntryFacts>, view: View, by_code: &ByCode) -> EntryExplanation {
    let (named, sample) = (Named::new(entry), Sample::new(entry));
    let shown = Problem::new(&named).with_locale(view.locale);
    let example = Problem::new(&sample).with_locale(view.locale);
    let text = |text: Text| text_of(&shown, text, view.markup);
    // A message is only an example if somebody wrote its values.
    let has_examples = facts.is_none_or(|facts| entry.parameters().all(|it| written(it, facts).is_some()));
    let optional = |it: Text| (!it.is_empty()).then(|| text(it));
    let audience = |audience: Option<Audience>| audience.map(|audience| audience.to_string());
    let canonical = entry.canonical();
    let type_uri = |code: &str| by_code.find(entry.catalog(), code).map(|entry| entry.type_uri().to_string());
    EntryExplanation {
        catalog: entry.catalog().name().to_owned(),
        code: entry.code().to_owned(),
        id: entry.id().to_owned(),
        type_uri: entry.type_uri().to_string(),
        has_own_type: facts.is_some_and(|facts| facts.has_own_type),
        status: entry.status(),
        transport: (!entry.has_transport()).then(|| "none".to_owned()),
        class: entry.class().map(str::to_owned),
        tags: entry.tags().map(str::to_owned).collect(),
        grpc: entry.grpc_code().to_string(),
        severity: entry.severity().to_string(),
        locale: entry.catalog().locale(view.locale).to_string(),
        title: text(entry.title()),
        meaning: optional(entry.meaning()),
        description: facts.and_then(|facts| description(facts, view.locale)).map(|it| it.linked(type_uri)),
        same_as: (canonical != entry).then(|| canonical.code().to_owned()),
        details: entry
            .details()
            .map(|(id, detail)| DetailExplanation {
                id: (!id.is_empty()).then(|| id.to_owned()),
                text: text(detail),
                example: text_of(if has_examples { &example } else { &shown }, detail, view.markup),
            })
            .collect(),
        causes: entry
            .causes()
            .filter(|cause| view.includes(cause.audience()))
            .map(|cause| CauseExplanation {
                id: cause.id().to_owned(),
                audience: audience(cause.audience()),
                text: text(cause.text()),
                fixes: cause
                    .fixes()
                    .filter(|fix| view.includes(fix.audience()))
                    .map(|fix| fix.id().to_owned())
                    .collect(),
            })
            .collect(),
        fixes: entry
            .fixes()
            .filter(|fix| view.includes(fix.audience()))
            .map(|fix| FixExplanation {
                id: fix.id().to_owned(),
                audience: audience(fix.audience()),
                text: text(fix.text()),
            })
            .collect(),
        notes: entry
            .notes()
            .filter(|note| view.includes(note.audience()))
            .map(|note| NoteExplanation {
                id: note.id().to_owned(),
                kind: note.kind().to_string(),
                audience: audience(note.audience()),
                text: text(note.text()),
            })
            .collect(),
        retry: retry(entry, facts, view.locale),
        parameters: entry.parameters().map(|it| parameter(it, facts)).collect(),
        support: optional(entry.support()),
        runbook: view.includes(Some(Audience::Operator)).then(|| optional(entry.runbook())).flatten(),
        links: entry
            .links()
            .map(|link| LinkExplanation {
                id: link.id().to_owned(),
                rel: link.relation().to_owned(),
                href: link.href().to_owned(),
            })
            .collect(),
        lifecycle: Lifecycle {
            since: entry.since().to_owned(),
            released: facts.is_some_and(|facts| facts.is_released),
            draft: facts.is_some_and(|facts| facts.is_draft),
            replaced_by: facts.and_then(|facts| facts.replaced_by.clone()),
        },
        source: facts.map(source).unwrap_or_default(),
    }
}

/// Where an entry is written. The files of a base are in this program, and readers cannot open them.
fn source(facts: &EntryFacts) -> String {
    let base = base_of(&facts.file).map(|base| format!("the catalogue `{base}`, a part of lift-errors"));
    match (place(facts), base) {
        (Some((file, line)), None) => format!("{file}:{line}"),
        (Some((file, line)), Some(base)) => format!("{file}:{line}, which changes the entry of {base}"),
        (None, base) => base.unwrap_or_default(),
    }
}

/// The file and the line of an entry, or of the table that changes that of a base.
pub(crate) fn place(facts: &EntryFacts) -> Option<(&str, usize)> {
    let changed_at = facts.changed_at.as_ref().map(|(file, line)| (file.as_str(), *line));
    let own = || base_of(&facts.file).is_none().then_some((facts.file.as_str(), facts.line));
    changed_at.or_else(own)
}

/// The base that a file belongs to, if it is none of the catalogue's own.
pub(crate) fn base_of(file: &str) -> Option<&str> {
    Some(file.strip_prefix('<')?.split_once(">/")?.0)
}

/// The description for the readers of a locale. Links to other errors are `#` with the code.
pub(crate) fn description(facts: &EntryFacts, locale: Locale) -> Option<Description> {
    let of = |tag: &str| facts.descriptions.iter().find(|it| it.locale == tag);
    // The first locale is the catalogue's own.
    let local = of(locale.tag()).or(facts.descriptions.first())?;
    Some(Description::new(local.markdown.clone(), local.language.clone()))
}

/// Explains a removed code.
pub(crate) fn removed(catalog: &str, code: &RemovedCode) -> RemovedExplanation {
    RemovedExplanation {
        catalog: catalog.to_owned(),
        code: code.code.clone(),
        id: code.id.clone(),
        type_uri: code.type_uri.clone(),
        has_own_type: code.has_own_type,
        removed: code.removed.clone(),
        status: code.status,
        retry: code.retry.clone(),
        parameters: code.parameters.clone(),
    }
}

fn retry(entry: Entry, facts: Option<&EntryFacts>, locale: Locale) -> RetryExplanation {
    let (retry, words) = (entry.retry(), Words::of(locale.tag()));
    let wait = facts.and_then(|facts| facts.wait.clone()).or_else(|| retry.wait().map(in_units)).unwrap_or_default();
    let kind = retry.kind().to_string();
    let meaning = match (retry.kind(), retry.wait()) {
        (RetryKind::Idempotent, Some(_)) => words.meaning_idempotent_after().text.replace("{wait}", &wait),
        _ => words.of_retry(&kind).1.text.to_owned(),
    };
    RetryExplanation { kind, meaning, seconds: retry.wait().map(|wait| wait.as_secs()) }
}

fn written(parameter: Parameter, facts: &EntryFacts) -> Option<&str> {
    let (_, example) = facts.examples.iter().find(|(name, _)| name == parameter.name())?;
    Some(example)
}

/// The example of a parameter, as its author wrote it; a draft may have none.
pub(crate) fn example(parameter: Parameter, facts: Option<&EntryFacts>) -> String {
    if let Some(facts) = facts {
        return written(parameter, facts).unwrap_or_default().to_owned();
    }
    match parameter.example() {
        Value::Unsigned(number) => number.to_string(),
        Value::Signed(number) => number.to_string(),
        Value::Duration(duration) => in_units(duration),
        Value::Term(term) => term.name().to_owned(),
        Value::Text(text) => text.to_owned(),
        other => format!("{other:?}"),
    }
}

/// A duration as catalogues write it: `1h 5m`.
fn in_units(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    let parts: Vec<String> =
        units.iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number}{unit}")).collect();
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

fn parameter(parameter: Parameter, facts: Option<&EntryFacts>) -> ParameterExplanation {
    ParameterExplanation {
        name: parameter.name().to_owned(),
        kind: parameter.kind().to_string(),
        sensitivity: parameter.sensitivity().to_string(),
        optional: parameter.is_optional(),
        header: parameter.header().map(str::to_owned),
        doc: parameter.doc().to_owned(),
        example: example(parameter, facts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explanation::wrap::Layout;
    use crate::explanation::{Explanation, markdown, text};
    use serde_json::Value as Json;

    /// All strings and numbers of a JSON document, except names that other formats put into words.
    fn leaves(value: &Json, found: &mut Vec<String>) {
        match value {
            Json::Object(members) => {
                let shown =
                    members.iter().filter(|(name, _)| !matches!(name.as_str(), "kind" if members.contains_key("code")));
                shown.for_each(|(_, value)| leaves(value, found));
            }
            Json::Array(items) => items.iter().for_each(|item| leaves(item, found)),
            Json::String(text) => found.push(text.clone()),
            Json::Number(number) => found.push(number.to_string()),
            Json::Bool(_) | Json::Null => {}
        }
    }

    #[test]
    fn durations_have_units() {
        let shown = [0, 45, 60, 3900, 7200, 90_061].map(|seconds| in_units(Duration::from_secs(seconds)));
        assert_eq!(shown, ["0s", "45s", "1m", "1h 5m", "2h", "25h 1m 1s"]);
    }

    #[test]
    fn headings_have_the_language_of_the_texts() {
        let entry = lift_errors::lift::Code::TooManyRequests.entry();
        let view = View { locale: "de".parse().unwrap(), audience: None, markup: TextMarkup::Markdown };
        let explanation = Explanation::Entry(Box::new(super::entry(entry, None, view, &ByCode::of([]))));
        for shown in [markdown::explanation(&explanation), text::explanation(&explanation, Layout::plain())] {
            for heading in ["Meldung", "Ursachen", "Wiederholung", "Parameter", "Lebenszyklus", "Seit Version"] {
                assert!(shown.contains(heading), "{heading}:\n{shown}");
            }
            assert!(shown.contains("darf nach der Zeit, die der Fehler nennt, erneut gesendet werden"), "{shown}");
            assert!(!shown.contains("Message\n") && !shown.contains("For example") && !shown.contains("since "));
        }
    }

    #[test]
    fn punctuation_is_that_of_the_language() {
        let entry = lift_errors::lift::Code::TooManyRequests.entry();
        for (tag, parts) in [
            ("fr", ["Classe\u{a0}: ", "Étiquette\u{a0}: ", "Par exemple\u{a0}: ", "1.0.0, pas encore publié", " ("]),
            ("ar", ["الفئة: ", "الوسم: ", "مثال: ", "1.0.0، لم يصدر بعد", " ("]),
            ("zh-Hans", ["类别：", "标签：", "例如：", "1.0.0，尚未发布", "（"]),
        ] {
            let view = View { locale: tag.parse().unwrap(), audience: None, markup: TextMarkup::Markdown };
            let mut explained = super::entry(entry, None, view, &ByCode::of([]));
            explained.class = Some("traffic".to_owned());
            explained.tags = vec!["web".to_owned(), "api".to_owned()];
            explained.lifecycle.since = "1.0.0".to_owned();
            let explanation = Explanation::Entry(Box::new(explained));
            for shown in [markdown::explanation(&explanation), text::explanation(&explanation, Layout::plain())] {
                for part in parts {
                    assert!(shown.contains(part), "{part}:\n{shown}");
                }
                let foreign = shown.replace("\u{a0}: ", "");
                assert_eq!(foreign.contains(": "), tag == "ar", "{shown}");
            }
        }
    }

    #[test]
    fn all_formats_have_the_same_content() {
        for entry in lift_errors::lift::CATALOG.entries() {
            for markup in [TextMarkup::None, TextMarkup::Markdown] {
                let view = View { locale: Locale::EN, audience: None, markup };
                let facts = EntryFacts {
                    file: "a.toml".into(),
                    line: 7,
                    changed_at: None,
                    has_own_type: false,
                    replaced_by: Some("other".into()),
                    is_released: true,
                    is_draft: false,
                    wait: None,
                    examples: entry.parameters().map(|it| (it.name().to_owned(), super::example(it, None))).collect(),
                    translations: Vec::new(),
                    descriptions: Vec::new(),
                };
                let explanation =
                    Explanation::Entry(Box::new(super::entry(entry, Some(&facts), view, &ByCode::of([]))));
                let mut content = Vec::new();
                leaves(&serde_json::to_value(&explanation).unwrap(), &mut content);
                assert!(content.len() > 10);
                let shown = if markup == TextMarkup::Markdown {
                    markdown::explanation(&explanation)
                } else {
                    text::explanation(&explanation, Layout::plain())
                };
                for text in content {
                    assert!(shown.contains(&text), "{entry:?} lacks {text:?}:\n{shown}");
                }
            }
        }
    }
}
