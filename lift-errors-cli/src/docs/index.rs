//! The list of all errors, with search and filters. Its items have the ids to which `type` URIs lead.

use super::address::{Listed, item_names};
use super::folder::page_name;
use super::frame::{Frame, Page};
use crate::explanation::words::Word;
use crate::explanation::{EntryExplanation, RemovedExplanation};
use maud::{Markup, html};
use std::collections::BTreeSet;

impl Frame<'_> {
    /// The list. At the site's root, `root` is empty.
    pub(super) fn index(
        &self,
        root: &str,
        entries: &[EntryExplanation],
        titles: &[Markup],
        removed: &[RemovedExplanation],
    ) -> String {
        let words = self.words;
        let folder = if root.is_empty() { format!("{}/", self.tag()) } else { String::new() };
        let listed: Vec<Listed<'_>> =
            entries.iter().map(Listed::from).chain(removed.iter().map(Listed::from)).collect();
        let mut names = item_names(self.catalog.reference(), &listed);
        let names_of_removed = names.split_off(entries.len().min(names.len()));
        let content = html! {
            h1 { (words.errors()) }
            div role="search" data-words={ (folder) "search.js" } hidden {
                label .q { (words.search()) input type="search" name="q" autocomplete="off"; }
                (self.filters(entries))
            }
            p .count role="status" hidden {}
            ul .list {
                @for ((entry, title), names) in entries.iter().zip(titles).zip(&names) {
                    li id=[&names.id] data-is=(facts(entry)) data-at=[&names.query] {
                        a href={ (folder) (page_name(&entry.id)) ".html" } { (title) }
                        span {
                            code { (entry.id) }
                            @if let Some(status) = entry.status { " " (status) }
                            @if entry.lifecycle.draft { " " (words.draft()) }
                        }
                    }
                }
                @for (code, names) in removed.iter().zip(&names_of_removed) {
                    li id=[&names.id] data-is="" data-at=[&names.query] {
                        a href={ (folder) (page_name(&code.id)) ".html" } { code { (code.code) } }
                        span { code { (code.id) } " " (words.removed()) " " (code.removed) }
                    }
                }
            }
            p .none role="status" hidden { (words.none()) }
        };
        let title = &format!("{} · {}", words.errors().text, self.catalog.name());
        self.document(&Page { title, root, file: "index.html", markdown: None, lands_at: None, content })
    }

    /// A choice for each fact by which the list is filtered.
    fn filters(&self, entries: &[EntryExplanation]) -> Markup {
        let words = self.words;
        let values =
            |of: fn(&EntryExplanation) -> Option<String>| entries.iter().filter_map(of).collect::<BTreeSet<_>>();
        let statuses = values(|entry| Some(entry.status?.to_string()));
        let severities = values(|entry| Some(entry.severity.clone()));
        let retries = values(|entry| Some(entry.retry.kind.clone()));
        let classes: BTreeSet<&String> = entries.iter().filter_map(|entry| entry.class.as_ref()).collect();
        let tags: BTreeSet<&String> = entries.iter().flat_map(|entry| &entry.tags).collect();
        // Other facts may be the same words.
        let own = |kind: &str, words: &BTreeSet<&String>| -> Vec<(String, String)> {
            words.iter().map(|word| (format!("{kind}:{word}"), (*word).clone())).collect()
        };
        let (classes, tags) = (own("class", &classes), own("tag", &tags));
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
            @if !classes.is_empty() {
                (choice("class", words.class(), classes.iter().map(|(it, word)| (it, html! { (word) })).collect()))
            }
            @if !tags.is_empty() {
                (choice("tag", words.tag(), tags.iter().map(|(it, word)| (it, html! { (word) })).collect()))
            }
        }
    }
}

/// The facts by which the list is filtered.
fn facts(entry: &EntryExplanation) -> String {
    let status = entry.status.map_or_else(String::new, |status| status.to_string());
    let mut facts = [status.as_str(), &entry.severity, &entry.retry.kind].join(" ");
    let class = entry.class.iter().map(|class| format!(" class:{class}"));
    facts.extend(class.chain(entry.tags.iter().map(|tag| format!(" tag:{tag}"))));
    facts
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
