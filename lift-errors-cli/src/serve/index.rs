//! The list of all errors.

use crate::nearest;
use crate::runtime::sample::Named;
use crate::serve::frame::{Body, top};
use crate::serve::request::IndexRequest;
use crate::serve::shelf::Content;
use crate::status_filter::StatusFilter;
use lift_errors::__private::{TextMarkup, text_of};
use lift_errors::{Entry, Problem, RetryKind, Severity};
use lift_errors_codegen::RemovedCode;
use maud::{Markup, html};
use std::collections::BTreeSet;

pub(super) fn page(content: &Content, request: &IndexRequest) -> Body {
    let catalog = content.codes.catalog;
    let found = request.find(content);
    let total = catalog.entries().len();
    let markup = html! {
        (top(catalog.name(), total))
        main {
            h1 { "Errors of " (catalog.name()) }
            (form(content, request))
            p .count role="status" { (count(found.len(), total + content.codes.removed.len())) }
            @if found.is_empty() {
                p { (nearest::hint(&request.query, content.codes.names(), "codes and ids")) "." }
            } @else {
                div .scroll {
                    table {
                        thead { tr { th { "Id" } th { "Status" } th { "Error" } th { "Severity" } th { "Retry" } } }
                        tbody {
                            @for &entry in &found.entries { (row(content, entry)) }
                            @for code in &found.removed { (removed_row(code)) }
                        }
                    }
                }
            }
        }
    };
    Body { title: format!("{} – errors", catalog.name()), content: markup }
}

fn count(found: usize, total: usize) -> String {
    if found == total { format!("All {total}") } else { format!("{found} of {total}") }
}

fn form(content: &Content, request: &IndexRequest) -> Markup {
    let statuses: BTreeSet<u16> = content.codes.catalog.entries().filter_map(Entry::status).collect();
    let classes: BTreeSet<u16> = statuses.iter().map(|status| status / 100).collect();
    let classes = classes.into_iter().map(|class| (format!("{class}xx"), StatusFilter::Class(class)));
    let statuses = statuses.into_iter().map(|status| (status.to_string(), StatusFilter::Status(status)));
    let has_drafts = content.codes.facts.iter().any(|facts| facts.is_draft);
    html! {
        form .filters method="get" role="search" {
            label .wide {
                "Search"
                input type="search" name="q" value=(request.query)
                    placeholder="a code, an id, a status, words of a message";
            }
            (select("Status", "status", classes.chain(statuses), request.status))
            (select("Severity", "severity", Severity::ALL.iter().map(|&it| (it.to_string(), it)), request.severity))
            (select("Retry", "retry", RetryKind::ALL.iter().map(|&it| (it.to_string(), it)), request.retry))
            (own_words("Class", "class", &content.codes.classes(), request.only.class.as_deref()))
            // A choice is one tag; an address may have several.
            @for number in 0..request.only.tags.len().max(1) {
                (own_words("Tag", "tag", &content.codes.tags(), request.only.tags.get(number).map(String::as_str)))
            }
            @if has_drafts {
                label .check { input type="checkbox" name="drafts" value="only" checked[request.only_drafts]; "Drafts only" }
            }
            button { "Find" }
        }
    }
}

/// A list of the catalogue's own words, where it has any.
fn own_words(label: &str, name: &str, words: &BTreeSet<&'static str>, chosen: Option<&str>) -> Markup {
    html! {
        @if !words.is_empty() {
            (select(label, name, words.iter().map(|&word| (word.to_owned(), word)), chosen))
        }
    }
}

/// A list of choices with "any" before them.
fn select<T: PartialEq>(
    label: &str,
    name: &str,
    choices: impl Iterator<Item = (String, T)>,
    chosen: Option<T>,
) -> Markup {
    html! {
        label {
            (label)
            select name=(name) {
                option value="" { "any" }
                @for (word, choice) in choices { option value=(word) selected[chosen.as_ref() == Some(&choice)] { (word) } }
            }
        }
    }
}

fn row(content: &Content, entry: Entry) -> Markup {
    let named = Named::new(entry);
    let problem = Problem::new(&named).with_locale(content.default_locale());
    let facts = content.codes.facts_of(entry);
    html! {
        tr {
            td .id { (entry.id()) }
            td { @if let Some(status) = entry.status() { (status) } @else { "–" } }
            td {
                a href={ "/errors/" (entry.code()) } { (text_of(&problem, entry.title(), TextMarkup::None)) }
                " "
                code { (entry.code()) }
                @if facts.is_some_and(|facts| facts.is_draft) { " " span .mark { "draft" } }
                @if entry.is_deprecated() { " " span .mark { "deprecated" } }
            }
            td { span class={ "severity " (entry.severity()) } { (entry.severity()) } }
            td { (entry.retry().kind()) }
        }
    }
}

fn removed_row(removed: &RemovedCode) -> Markup {
    html! {
        tr .removed {
            td .id { (removed.id) }
            td { @if let Some(status) = removed.status { (status) } @else { "–" } }
            td { a href={ "/errors/" (removed.code) } { code { (removed.code) } } " " span .mark { "removed in " (removed.removed) } }
            td { "–" }
            td { (removed.retry.as_deref().unwrap_or("–")) }
        }
    }
}
