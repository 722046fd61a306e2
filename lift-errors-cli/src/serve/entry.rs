//! The page of one error: as clients get it, and all that the catalogue knows of it.

use crate::arguments::PreviewFormat;
use crate::explanation::collect::{self, ByCode, View};
use crate::explanation::description::Description;
use crate::explanation::text::about_parameter;
use crate::explanation::words::Words;
use crate::explanation::{EntryExplanation, FixExplanation, RemovedExplanation};
use crate::nearest;
use crate::printable;
use crate::serve::frame::{Body, top};
use crate::serve::request::{EntryRequest, Pairs};
use crate::serve::shelf::Content;
use axum::http::StatusCode;
use clap::ValueEnum as _;
use lift_errors::__private::TextMarkup;
use lift_errors::{Audience, Cause, Entry};
use maud::{Markup, PreEscaped, html};

/// The page of a code, whether the catalogue has it, had it, or never knew it.
pub(super) fn page(content: &Content, code: &str, pairs: &Pairs) -> (StatusCode, Body) {
    if let Some(entry) = content.codes.entry(code) {
        return match EntryRequest::new(content, entry, pairs) {
            Ok(request) => (StatusCode::OK, shown(content, entry, &request)),
            Err(error) => (StatusCode::BAD_REQUEST, message(content, entry.code(), &error.to_string())),
        };
    }
    if let Some(removed) = content.codes.removed.iter().find(|removed| removed.code == code || removed.id == code) {
        return (StatusCode::OK, gone(content, &collect::removed(content.codes.catalog.name(), removed)));
    }
    let hint = nearest::hint(code, content.codes.names(), "codes and ids");
    (StatusCode::NOT_FOUND, message(content, code, &format!("The catalogue has no such code: {hint}.")))
}

fn in_catalog(content: &Content, title: &str, main: &Markup) -> Body {
    let catalog = content.codes.catalog;
    let markup = html! { (top(catalog.name(), catalog.entries().len())) main { (main) } };
    Body { title: format!("{title} – {}", catalog.name()), content: markup }
}

fn message(content: &Content, title: &str, text: &str) -> Body {
    in_catalog(content, title, &html! { h1 { (title) } p { (text) } })
}

fn gone(content: &Content, removed: &RemovedExplanation) -> Body {
    in_catalog(
        content,
        &removed.code,
        &html! {
            h1 { code { (removed.code) } " was removed in " (removed.removed) }
            p .facts {
                span { (removed.id) }
                @if let Some(status) = removed.status { span { "HTTP " (status) } }
                @if let Some(retry) = &removed.retry { span { "retry: " (retry) } }
            }
            p { "Released versions up to then used this code. Neither code nor id is used again." }
            @if !removed.parameters.is_empty() {
                h2 { "Parameters" }
                ul { @for parameter in &removed.parameters { li { code { (parameter) } } } }
            }
        },
    )
}

fn shown(content: &Content, entry: Entry, request: &EntryRequest) -> Body {
    let rendering = request.rendering;
    let view = View { locale: rendering.locale, audience: rendering.audience, markup: TextMarkup::None };
    // The links of the description lead to pages of this server.
    let explanation = collect::entry(entry, content.codes.facts_of(entry), view, &ByCode::of([]));
    let facts_of = content.codes.facts_of(entry);
    let description = facts_of.and_then(|facts| collect::description(facts, rendering.locale));
    let description = description.map(|it| it.linked(|code| Some(format!("/errors/{code}"))));
    let direction = if content.is_right_to_left(rendering.locale) { "rtl" } else { "ltr" };
    let main = html! {
        div lang=(explanation.locale) dir=(direction) {
            h1 { (explanation.title) }
        }
        (facts(&explanation))
        (controls(content, entry, request))
        (body(entry, request, direction))
        div .about lang=(explanation.locale) dir=(direction) { (about(&explanation, description.as_ref())) }
    };
    in_catalog(content, &explanation.title, &main)
}

fn facts(entry: &EntryExplanation) -> Markup {
    html! {
        p .facts {
            code { (entry.code) }
            span { (entry.id) }
            span { (entry.response()) }
            @if let Some(class) = &entry.class { span { (class) } }
            @for tag in &entry.tags { span { (tag) } }
            span { "gRPC " (entry.grpc) }
            span class={ "severity " (entry.severity) } { (entry.severity) }
            span { "retry: " (entry.retry.kind) }
            @if entry.lifecycle.draft { span .mark { "draft" } }
            @if let Some(code) = &entry.lifecycle.replaced_by {
                span .mark { "deprecated: " a href={ "/errors/" (code) } { (code) } " replaces it" }
            }
            @if let Some(code) = &entry.same_as { span { "the same as " a href={ "/errors/" (code) } { (code) } } }
        }
    }
}

/// The language, the reader, the cause and the values to choose.
fn controls(content: &Content, entry: Entry, request: &EntryRequest) -> Markup {
    let rendering = request.rendering;
    let value = |name: &str| request.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let is_changed = !request.values.is_empty() || !request.without.is_empty();
    html! {
        form .filters method="get" {
            input type="hidden" name="format" value=(rendering.format.word());
            label {
                "Language"
                select name="language" {
                    @for locale in content.codes.catalog.locales() {
                        option value=(locale) selected[locale == rendering.locale] { (locale) }
                    }
                }
            }
            label {
                "Reader"
                select name="reader" {
                    option value="" { "unknown" }
                    @for &reader in Audience::ALL {
                        option value=(reader) selected[rendering.audience == Some(reader)] { (reader) }
                    }
                }
            }
            @if entry.causes().next().is_some() {
                label {
                    "Cause"
                    select name="cause" {
                        option value="" { "not known" }
                        @for cause in entry.causes() {
                            option value=(cause.id()) selected[request.cause.map(Cause::id) == Some(cause.id())] { (cause.id()) }
                        }
                    }
                }
            }
            @if entry.parameters().next().is_some() {
                details open[is_changed] {
                    summary { "Values" }
                    @for parameter in entry.parameters() {
                        div .value {
                            label {
                                (parameter.name())
                                input name={ "set." (parameter.name()) } value=[value(parameter.name())]
                                    placeholder=(collect::example(parameter, content.codes.facts_of(entry)));
                            }
                            @if parameter.is_optional() {
                                label .check {
                                    input type="checkbox" name="without" value=(parameter.name())
                                        checked[request.without.iter().any(|name| name == parameter.name())];
                                    "leave out"
                                }
                            }
                        }
                    }
                }
            }
            button { "Show" }
        }
    }
}

/// The error in its format.
fn body(entry: Entry, request: &EntryRequest, direction: &str) -> Markup {
    let format = request.rendering.format;
    let address = |format: PreviewFormat| format!("/errors/{}/body?{}", entry.code(), request.query(format));
    html! {
        nav .formats aria-label="Formats" {
            @for &other in PreviewFormat::value_variants() {
                a href={ "?" (request.query(other)) } aria-current=[(other == format).then_some("page")] { (other.word()) }
            }
            a .alone href=(address(format)) { "open alone" }
        }
        @if request.is_page() {
            iframe title="The error page" src=(address(format)) sandbox="allow-scripts allow-popups" {}
        } @else {
            pre .body tabindex="0" dir=(if is_prose(format) { direction } else { "ltr" }) { (readable(format, request.render())) }
        }
    }
}

/// JSON on several lines, for people; its bytes are behind "open alone".
fn readable(format: PreviewFormat, text: String) -> String {
    match format {
        PreviewFormat::Problem | PreviewFormat::Envelope => serde_json::from_str::<serde_json::Value>(&text)
            .and_then(|json| serde_json::to_string_pretty(&json))
            .map_or(text, |json| printable::json(&json)),
        _ => text,
    }
}

const fn is_prose(format: PreviewFormat) -> bool {
    matches!(format, PreviewFormat::Text | PreviewFormat::Markdown | PreviewFormat::Terminal)
}

/// All that the catalogue knows.
fn about(entry: &EntryExplanation, description: Option<&Description>) -> Markup {
    let general = |fix: &&FixExplanation| entry.causes.iter().all(|cause| !cause.fixes.contains(&fix.id));
    let english = |heading: &str| html! { h2 lang="en" { (heading) } };
    html! {
        @if let Some(meaning) = &entry.meaning { (english("Meaning")) p { (meaning) } }
        (english("Message"))
        @for detail in &entry.details {
            p { @if let Some(id) = &detail.id { code { (id) } " " } (detail.text) }
        }
        @if !entry.causes.is_empty() { (english("Causes")) }
        @for cause in &entry.causes {
            div .cause {
                p { (label(&cause.id, "", cause.audience.as_deref())) " " (cause.text) }
                ul { @for fix in entry.fixes.iter().filter(|fix| cause.fixes.contains(&fix.id)) { (fix_item(fix)) } }
            }
        }
        @if entry.fixes.iter().any(|fix| general(&fix)) {
            (english("Fixes for any cause"))
            ul { @for fix in entry.fixes.iter().filter(general) { (fix_item(fix)) } }
        }
        @if !entry.notes.is_empty() {
            (english("Notes"))
            ul { @for note in &entry.notes { li { (label(&note.id, &note.kind, note.audience.as_deref())) " " (note.text) } } }
        }
        @if let Some(description) = description {
            (english("Description"))
            div lang=(description.language()) dir="auto" { (PreEscaped(description.html())) }
        }
        @if let Some(support) = &entry.support { (english("Support")) p { (support) } }
        @if let Some(runbook) = &entry.runbook { (english("Runbook")) p { (runbook) } }
        div lang="en" dir="ltr" {
            h2 { "Retry" }
            p { code { (entry.retry.kind) } " " (entry.retry.meaning) }
            @if !entry.parameters.is_empty() {
                h2 { "Parameters" }
                ul { @for parameter in &entry.parameters { li { code { (parameter.name) } " " (about_parameter(parameter, Words::of("en"))) } } }
            }
            @if !entry.links.is_empty() {
                h2 { "Links" }
                ul { @for link in &entry.links { li { a rel="noreferrer" href=(link.href) { (link.href) } " (" (link.rel) ")" } } }
            }
            h2 { "Lifecycle" }
            p {
                "Since " (entry.lifecycle.since)
                @if entry.lifecycle.released { ", released." } @else { ", not released yet." }
                " " code { (entry.source) }
            }
            p { code { (entry.type_uri) } }
        }
    }
}

fn label(id: &str, kind: &str, audience: Option<&str>) -> Markup {
    html! {
        code dir="ltr" { (id) }
        @for word in [kind, audience.unwrap_or_default()].into_iter().filter(|word| !word.is_empty()) {
            " " span .mark dir="ltr" { (word) }
        }
    }
}

fn fix_item(fix: &FixExplanation) -> Markup {
    html! { li { (label(&fix.id, "", fix.audience.as_deref())) " " (fix.text) } }
}
