//! The list of all errors, with search and filters. Its items have the ids to which `type` URIs lead.

use super::frame::{Frame, Page};
use super::words::Word;
use crate::explanation::{EntryExplanation, RemovedExplanation};
use maud::{Markup, html};
use std::collections::BTreeSet;

impl Frame<'_> {
    /// The list. At the site's root, `root` is empty.
    pub(super) fn index(&self, root: &str, entries: &[EntryExplanation], removed: &[RemovedExplanation]) -> String {
        let words = self.words;
        let folder = if root.is_empty() { format!("{}/", self.tag()) } else { String::new() };
        let content = html! {
            h1 { (words.errors()) }
            div #search role="search" data-words={ (folder) "search.js" } hidden {
                label .q { (words.search()) input type="search" name="q" autocomplete="off"; }
                (self.filters(entries))
            }
            p #count role="status" hidden {}
            ul .list {
                @for entry in entries {
                    li #(entry.id) data-is=(facts(entry)) {
                        a href={ (folder) (entry.id) ".html" } { (entry.title) }
                        span {
                            code { (entry.id) }
                            @if let Some(status) = entry.status { " " (status) }
                            @if entry.lifecycle.draft { " " (words.draft()) }
                        }
                    }
                }
                @for code in removed {
                    li #(code.id) data-is="" {
                        a href={ (folder) (code.id) ".html" } { code { (code.code) } }
                        span { code { (code.id) } " " (words.removed()) " " (code.removed) }
                    }
                }
            }
            p #none role="status" hidden { (words.none()) }
        };
        let title = &format!("{} · {}", words.errors().text, self.catalog.name());
        self.document(&Page { title, root, file: "index.html", markdown: None, content })
    }

    /// A choice for each fact by which the list is filtered.
    fn filters(&self, entries: &[EntryExplanation]) -> Markup {
        let words = self.words;
        let values =
            |of: fn(&EntryExplanation) -> Option<String>| entries.iter().filter_map(of).collect::<BTreeSet<_>>();
        let statuses = values(|entry| Some(entry.status?.to_string()));
        let severities = values(|entry| Some(entry.severity.clone()));
        let retries = values(|entry| Some(entry.retry.kind.clone()));
        let choice = |name: &str, label: Word, options: Vec<(&String, Markup)>| {
            html! {
                label {
                    (label)
                    select name=(name) {
                        option value="" { (words.all().text) }
                        @for (value, text) in options { option value=(value) { (text) } }
                    }
                }
            }
        };
        html! {
            (choice("status", words.status(), statuses.iter().map(|it| (it, html! { (it) })).collect()))
            (choice("severity", words.severity(), severities.iter().map(|it| (it, html! { (words.of_severity(it).text) })).collect()))
            (choice("retry", words.retry(), retries.iter().map(|it| (it, html! { (words.of_retry(it).0.text) })).collect()))
        }
    }
}

/// The facts by which the list is filtered.
fn facts(entry: &EntryExplanation) -> String {
    let status = entry.status.map_or_else(String::new, |status| status.to_string());
    [status.as_str(), &entry.severity, &entry.retry.kind].join(" ")
}

/// The words by which the search finds each item, in the order of the list: a script, which a page loads when somebody searches.
pub(super) fn search_words(entries: &[EntryExplanation]) -> Result<String, serde_json::Error> {
    let words: Vec<String> = entries
        .iter()
        .map(|entry| {
            let mut words = vec![entry.code.as_str(), entry.meaning.as_deref().unwrap_or_default()];
            words.extend(entry.details.iter().map(|detail| detail.text.as_str()));
            words.extend(entry.causes.iter().map(|cause| cause.text.as_str()));
            words.extend(entry.fixes.iter().map(|fix| fix.text.as_str()));
            words.join(" ")
        })
        .collect();
    Ok(format!("searchWords={}\n", serde_json::to_string(&words)?))
}
