//! The page of an entry, and that of a removed code.

use super::folder::page_name;
use super::frame::{Frame, Page};
use super::graph::{fixes_of, graph, letters};
use crate::explanation::description::Description;
use crate::explanation::words::language_name;
use crate::explanation::{EntryExplanation, ParameterExplanation, RemovedExplanation};
use lift_errors::__private::Label;
use maud::{Markup, PreEscaped, html};

/// An example of a response.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) name: &'static str,
    pub(super) media_type: &'static str,
    /// Whether it is read in the direction of the page's language.
    pub(super) is_prose: bool,
    pub(super) text: String,
}

/// An entry, as its page shows it.
#[derive(Debug)]
pub(super) struct Content<'a> {
    /// Texts as HTML.
    pub(super) entry: &'a EntryExplanation,
    /// The title without markup.
    pub(super) title: &'a str,
    pub(super) examples: &'a [Example],
    /// Its description, whose links lead to pages of the site.
    pub(super) description: Option<&'a Description>,
    /// Where its text can be improved.
    pub(super) edit_url: Option<&'a str>,
    /// The id of the entry that replaces it.
    pub(super) replacement: Option<&'a str>,
    /// The id of the entry that it is an alias of.
    pub(super) original: Option<&'a str>,
}

impl Frame<'_> {
    /// The page of an entry.
    pub(super) fn entry(&self, content: &Content<'_>) -> String {
        let &Content { entry, title, examples, edit_url, .. } = content;
        let body = html! {
            p .id {
                code { (entry.id) }
                @if let Some(status) = entry.status { " · HTTP " (status) }
                @if entry.lifecycle.draft { " · " (self.words.draft()) }
            }
            h1 { (text(&entry.title)) }
            (self.relations(content))
            @if let Some(detail) = entry.details.first() { p .detail { (text(&detail.example)) } }
            @if let Some(meaning) = &entry.meaning { p { (text(meaning)) } }
            @for note in entry.notes.iter().filter(|note| note.kind == "warning") {
                div .warning { strong { (self.label(Label::Warning)) } p { (text(&note.text)) } }
            }
            (self.remedies(entry))
            (self.texts(Label::Notes, entry.notes.iter().filter(|note| note.kind != "warning").map(|note| &note.text)))
            (self.description(content.description))
            (self.texts(Label::Support, entry.support.iter()))
            (self.texts(Label::Runbook, entry.runbook.iter()))
            (self.retry(entry))
            (self.facts(entry))
            (self.parameters(entry))
            @if let [_, others @ ..] = entry.details.as_slice() {
                @if !others.is_empty() {
                    section {
                        h2 { (self.words.other_messages()) }
                        ul { @for detail in others { li { (text(&detail.example)) } } }
                    }
                }
            }
            section {
                h2 { (self.words.examples()) }
                @for example in examples { (self.example(example)) }
            }
            footer {
                p {
                    a href={ (page_name(&entry.id)) ".md" } { "Markdown" }
                    @for link in &entry.links { " · " a href=(link.href) { (host_and_path(&link.href)) } }
                    @if let Some(url) = edit_url { " · " a href=(url) { (self.words.improve()) } }
                }
            }
        };
        self.document(&Page {
            title: &format!("{title} · {}", entry.id),
            root: "../",
            file: &format!("{}.html", page_name(&entry.id)),
            markdown: Some(&format!("{}.md", page_name(&entry.id))),
            lands_at: None,
            content: body,
        })
    }

    /// The entries that this one is replaced by, or the same as.
    fn relations(&self, content: &Content<'_>) -> Markup {
        let lifecycle = &content.entry.lifecycle;
        let relations = [
            (self.words.replaced_by(), lifecycle.replaced_by.as_ref(), content.replacement),
            (self.words.same_as(), content.entry.same_as.as_ref(), content.original),
        ];
        html! {
            @for (word, code, id) in relations {
                @if let Some(code) = code {
                    p .warning {
                        (word) " "
                        @if let Some(id) = id { a href={ (page_name(id)) ".html" } { code { (code) } } } @else { code { (code) } }
                    }
                }
            }
        }
    }

    /// The causes, the fixes, and the picture of both.
    fn remedies(&self, entry: &EntryExplanation) -> Markup {
        let causes = if entry.causes.len() == 1 { Label::Cause } else { Label::Causes };
        let name = format!("{} → {}", self.label_text(causes), self.label_text(Label::Fixes));
        let (causes, fixes) = (self.label(causes), self.label(Label::Fixes));
        html! {
            @if !entry.causes.is_empty() {
                section {
                    h2 { (causes) }
                    ol {
                        @for (number, cause) in entry.causes.iter().enumerate() {
                            li {
                                (text(&cause.text))
                                @for fix in fixes_of(entry, number) {
                                    " " a .fix href={ "#fix-" (letters(fix)) } { (self.arrow()) (letters(fix)) }
                                }
                            }
                        }
                    }
                    (graph(entry, &name, self.words, self.is_right_to_left))
                }
            }
            @if !entry.fixes.is_empty() {
                section {
                    h2 { (fixes) }
                    ol .fixes {
                        @for (number, fix) in entry.fixes.iter().enumerate() {
                            li id={ "fix-" (letters(number)) } { (text(&fix.text)) }
                        }
                    }
                }
            }
        }
    }

    const fn arrow(&self) -> &'static str {
        if self.is_right_to_left { "← " } else { "→ " }
    }

    /// A section with a list; a paragraph where there is one text.
    fn texts<'t>(&self, heading: Label, texts: impl Iterator<Item = &'t String>) -> Markup {
        let texts: Vec<PreEscaped<&str>> = texts.map(|it| text(it)).collect();
        html! {
            @if !texts.is_empty() {
                section {
                    h2 { (self.label(heading)) }
                    @if let [text] = texts.as_slice() { p { (text) } } @else { ul { @for text in &texts { li { (text) } } } }
                }
            }
        }
    }

    fn description(&self, description: Option<&Description>) -> Markup {
        let language = |description: &Description| {
            let language = description.language();
            (language != self.tag()).then(|| (language.to_owned(), self.direction_of(language)))
        };
        html! {
            @if let Some(description) = description {
                section {
                    h2 { (self.words.about()) }
                    @match language(description) {
                        Some((language, direction)) => div lang=(language) dir=(direction) { (PreEscaped(description.html())) },
                        None => (PreEscaped(description.html())),
                    }
                }
            }
        }
    }

    fn retry(&self, entry: &EntryExplanation) -> Markup {
        let (_, meaning) = self.words.of_retry(&entry.retry.kind);
        html! {
            section {
                h2 { (self.words.retry()) }
                p {
                    (meaning)
                    @if let Some(seconds) = entry.retry.seconds {
                        (self.words.opening_bracket().text) bdi { "≥ " (seconds) " s" } (self.words.closing_bracket().text)
                    }
                }
            }
        }
    }

    fn facts(&self, entry: &EntryExplanation) -> Markup {
        let words = self.words;
        let code = |text: &str| html! { code { (text) } };
        let rows = [
            (html! { code { "type" } }, code(&entry.type_uri)),
            (html! { code { "code" } }, code(&entry.code)),
            (html! { "gRPC" }, code(&entry.grpc)),
            (html! { (words.retry()) }, code(&entry.retry.kind)),
            (html! { (words.severity()) }, html! { (words.of_severity(&entry.severity)) }),
            (html! { (words.since()) }, html! { (entry.lifecycle.since) }),
        ];
        html! {
            section {
                h2 #facts { (words.developers()) }
                table aria-labelledby="facts" {
                    tbody { @for (name, value) in &rows { tr { th scope="row" { (name) } td { (value) } } } }
                }
            }
        }
    }

    /// The parameters. Their descriptions are written in the catalogue's own language only, so pages of others link to them.
    fn parameters(&self, entry: &EntryExplanation) -> Markup {
        let own = self.tags.first().map_or("", String::as_str);
        let is_own = own == self.tag();
        let about = |parameter: &ParameterExplanation| {
            html! {
                @if is_own && !parameter.doc.is_empty() { (parameter.doc) br; }
                code { (parameter.kind) }
                @if parameter.optional { " · " (self.words.optional()) }
                @if !parameter.example.is_empty() {
                    " · " code { @if let Some(header) = &parameter.header { (header) ": " } (parameter.example) }
                }
            }
        };
        html! {
            @if !entry.parameters.is_empty() {
                section {
                    h2 #parameters { (self.words.parameters()) }
                    table aria-labelledby="parameters" {
                        tbody {
                            @for parameter in &entry.parameters {
                                tr { th scope="row" { code { (parameter.name) } } td { (about(parameter)) } }
                            }
                        }
                    }
                    @if !is_own {
                        p {
                            (self.words.descriptions()) (self.words.colon().text)
                            a href={ "../" (own) "/" (page_name(&entry.id)) ".html#parameters" } lang=(own) hreflang=(own) { (language_name(own)) }
                        }
                    }
                }
            }
        }
    }

    fn example(&self, example: &Example) -> Markup {
        let id = format!("example-{}", example.name);
        let direction = if example.is_prose { self.direction() } else { "ltr" };
        html! {
            h3 id={ (id) "-name" } { bdi { (example.media_type) } }
            pre #(id) dir=(direction) { (example.text) }
            p .copy {
                button type="button" hidden data-of=(id) data-done=(self.label_text(Label::Copied))
                    data-selected=(self.words.selected().text) aria-describedby={ (id) "-name" } { (self.words.copy()) }
                span role="status" {}
            }
        }
    }

    /// The page of a code that was removed.
    pub(super) fn removed(&self, code: &RemovedExplanation) -> String {
        let content = html! {
            p .id {
                code { (code.id) }
                @if let Some(status) = code.status { " · HTTP " (status) }
            }
            h1 { code { (code.code) } }
            p .warning { (self.words.removed()) " " (code.removed) }
            @if let Some(retry) = &code.retry {
                section { h2 { (self.words.retry()) } p { (self.words.of_retry(retry).1) } }
            }
            @if !code.parameters.is_empty() {
                section {
                    h2 { (self.words.parameters()) }
                    ul { @for parameter in &code.parameters { li { code { (parameter) } } } }
                }
            }
        };
        self.document(&Page {
            title: &format!("{} · {}", code.code, code.id),
            root: "../",
            file: &format!("{}.html", page_name(&code.id)),
            markdown: Some(&format!("{}.md", page_name(&code.id))),
            lands_at: None,
            content,
        })
    }
}

/// A text that is HTML already.
fn text(html: &str) -> PreEscaped<&str> {
    PreEscaped(html)
}

/// A URL as people know it.
fn host_and_path(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/')
}
