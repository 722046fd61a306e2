//! The pages of the site: documents that load nothing, under a policy that allows their own style and script by hash.

use super::words::Words;
use crate::explanation::{EntryExplanation, RemovedExplanation};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The frame of all pages of a language.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) catalog: &'a str,
    pub(super) locale: &'a str,
    pub(super) is_right_to_left: bool,
    pub(super) locales: &'a [String],
    pub(super) words: Words,
    pub(super) policy: &'a str,
}

/// An example of a response.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) name: &'static str,
    pub(super) text: String,
}

/// The policy of all pages (CSP Level 3 §6).
pub(super) fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// Text in an element or a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

impl Frame<'_> {
    /// A whole document. `root` is the path to the site's root, `file` the page's name in the folder of each language.
    fn page(&self, title: &str, root: &str, file: &str, body: &str) -> String {
        let direction = if self.is_right_to_left { "rtl" } else { "ltr" };
        let mut languages = String::new();
        for locale in self.locales {
            let current = if locale == self.locale { " aria-current=\"page\"" } else { "" };
            let _ =
                write!(languages, "<li><a href=\"{root}{locale}/{file}\" lang=\"{locale}\"{current}>{locale}</a></li>");
        }
        format!(
            "<!DOCTYPE html>\n<html lang=\"{locale}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<header><a href=\"{root}{locale}/index.html\">{catalog} · {errors}</a>\n\
             <nav aria-label=\"{label}\"><ul>{languages}</ul></nav></header>\n<main>\n{body}</main>\n\
             <script>{SCRIPT}</script>\n</body>\n</html>\n",
            locale = self.locale,
            policy = self.policy,
            title = escaped(title),
            catalog = escaped(self.catalog),
            errors = self.words.errors,
            label = self.words.languages,
        )
    }

    /// The list of all errors. Its items have the ids to which `type` URIs lead.
    pub(super) fn index(&self, root: &str, entries: &[EntryExplanation], removed: &[RemovedExplanation]) -> String {
        let (words, mut items) = (&self.words, String::new());
        let folder = if root.is_empty() { format!("{}/", self.locale) } else { String::new() };
        for entry in entries {
            let mut hidden = vec![entry.code.as_str(), entry.meaning.as_deref().unwrap_or_default()];
            hidden.extend(entry.details.iter().map(|detail| detail.text.as_str()));
            hidden.extend(entry.causes.iter().map(|cause| cause.text.as_str()));
            hidden.extend(entry.fixes.iter().map(|fix| fix.text.as_str()));
            let status = entry.status.map_or_else(String::new, |status| status.to_string());
            let _ = writeln!(
                items,
                "<li id=\"{anchor}\" data-status=\"{status}\" data-severity=\"{severity}\" data-retry=\"{retry}\"{taxonomy} data-words=\"{words}\">\
                 <a href=\"{folder}{page}.html\">{title}</a> <span><code>{id}</code> {status}</span></li>",
                id = escaped(&entry.id),
                page = page_name(&entry.id),
                // The type URI leads to it.
                anchor = escaped(anchor(entry)),
                taxonomy = taxonomy(entry),
                severity = entry.severity,
                retry = entry.retry.kind,
                words = escaped(&hidden.join(" ")),
                title = escaped(&entry.title),
            );
        }
        for code in removed {
            let _ = writeln!(
                items,
                "<li id=\"{id}\" data-status=\"\" data-severity=\"\" data-retry=\"\" data-words=\"\">\
                 <a href=\"{folder}{page}.html\">{code}</a> <span><code>{id}</code> {removed} {version}</span></li>",
                id = escaped(&code.id),
                page = page_name(&code.id),
                code = escaped(&code.code),
                removed = words.removed,
                version = escaped(&code.removed),
            );
        }
        let choices = |name: &str, label: &str, mut values: Vec<String>| {
            values.sort();
            values.dedup();
            if values.is_empty() {
                return String::new();
            }
            let options: String = values.iter().map(|value| format!("<option>{}</option>", escaped(value))).collect();
            format!(
                "<label>{label}<select name=\"{name}\"><option value=\"\">{}</option>{options}</select></label>\n",
                words.all
            )
        };
        let statuses = entries.iter().filter_map(|entry| Some(entry.status?.to_string())).collect();
        let body = format!(
            "<h1>{errors}</h1>\n<div hidden role=\"search\">\n<label class=\"q\">{search}<input type=\"search\" name=\"q\" \
             autocomplete=\"off\"></label>\n{status}{severity}{retry}{class}{tag}</div>\n<ul class=\"list\">\n{items}</ul>\n\
             <p id=\"none\" role=\"status\" hidden>{none}</p>\n",
            errors = words.errors,
            search = words.search,
            status = choices("status", words.status, statuses),
            severity =
                choices("severity", words.severity, entries.iter().map(|entry| entry.severity.clone()).collect()),
            retry = choices("retry", words.retry, entries.iter().map(|entry| entry.retry.kind.clone()).collect()),
            class = choices("class", words.class, entries.iter().filter_map(|entry| entry.class.clone()).collect()),
            tag = choices("tag", words.tag, entries.iter().flat_map(|entry| entry.tags.clone()).collect()),
            none = words.none,
        );
        self.page(&format!("{} · {}", words.errors, self.catalog), root, "index.html", &body)
    }

    /// The page of an entry.
    pub(super) fn entry(&self, entry: &EntryExplanation, examples: &[Example], edit: Option<&str>) -> String {
        let (words, mut body) = (&self.words, String::new());
        let status = entry.status.map_or_else(String::new, |status| format!(" · HTTP {status}"));
        let _ = writeln!(
            body,
            "<p class=\"id\"><code>{}</code>{status} · <code>{}</code></p>\n<h1>{}</h1>",
            escaped(&entry.id),
            escaped(&entry.code),
            escaped(&entry.title)
        );
        if let Some(code) = &entry.lifecycle.replaced_by {
            let _ = writeln!(body, "<p class=\"warning\">{} <code>{}</code></p>", words.replaced_by, escaped(code));
        }
        for detail in &entry.details {
            let _ = writeln!(body, "<p>{}</p>", escaped(&detail.example));
        }
        if let Some(meaning) = &entry.meaning {
            let _ = writeln!(body, "<p>{}</p>", escaped(meaning));
        }
        for note in entry.notes.iter().filter(|note| note.kind == "warning") {
            let _ = writeln!(body, "<p class=\"warning\">⚠ {}</p>", escaped(&note.text));
        }
        self.list(&mut body, words.causes, "ol", entry.causes.iter().map(|cause| cause.text.as_str()));
        graph(entry, self.is_right_to_left, words, &mut body);
        self.list(&mut body, words.fixes, "ol class=\"fixes\"", entry.fixes.iter().map(|fix| fix.text.as_str()));
        let tips = entry.notes.iter().filter(|note| note.kind != "warning").map(|note| note.text.as_str());
        self.list(&mut body, words.notes, "ul", tips);
        self.list(&mut body, words.support, "ul", entry.support.as_deref().into_iter());
        self.list(&mut body, "Runbook", "ul", entry.runbook.as_deref().into_iter());
        let _ = writeln!(
            body,
            "<h2>{}</h2>\n<p><code>{}</code> <span lang=\"en\" dir=\"ltr\">{}</span></p>",
            words.retry,
            entry.retry.kind,
            escaped(&entry.retry.meaning)
        );
        if !entry.parameters.is_empty() {
            let _ = writeln!(body, "<h2>{}</h2>\n<table>\n<tbody>", words.parameters);
            for parameter in &entry.parameters {
                let _ = writeln!(
                    body,
                    "<tr><th scope=\"row\"><code>{}</code></th><td><span lang=\"en\" dir=\"ltr\">{}</span> <code>{}</code></td></tr>",
                    escaped(&parameter.name),
                    escaped(&parameter.doc),
                    escaped(&parameter.example)
                );
            }
            body.push_str("</tbody>\n</table>\n");
        }
        let _ = writeln!(body, "<h2>{}</h2>", words.examples);
        for Example { name, text } in examples {
            let _ = writeln!(
                body,
                "<h3>{name}</h3>\n<pre id=\"{name}\" tabindex=\"0\">{}</pre>\n<button type=\"button\" hidden data-of=\"{name}\" \
                 data-done=\"{}\" data-selected=\"{}\">{}</button>",
                escaped(text),
                words.copied,
                words.selected,
                words.copy
            );
        }
        let _ = write!(body, "<p><a href=\"{}.md\">Markdown</a>", page_name(&entry.id));
        for link in &entry.links {
            let _ = write!(body, " · <a href=\"{}\">{}</a>", escaped(&link.href), escaped(&link.id));
        }
        if let Some(url) = edit {
            let _ = write!(body, " · <a href=\"{}\">{}</a>", escaped(url), words.improve);
        }
        body.push_str("</p>\n");
        self.page(&format!("{} · {}", entry.title, entry.id), "../", &format!("{}.html", page_name(&entry.id)), &body)
    }

    /// The page of a code that was removed.
    pub(super) fn removed(&self, code: &RemovedExplanation) -> String {
        let body = format!(
            "<p class=\"id\"><code>{}</code></p>\n<h1>{}</h1>\n<p>{} {}</p>\n",
            escaped(&code.id),
            escaped(&code.code),
            self.words.removed,
            escaped(&code.removed)
        );
        self.page(&format!("{} · {}", code.code, code.id), "../", &format!("{}.html", page_name(&code.id)), &body)
    }

    fn list<'t>(&self, body: &mut String, heading: &str, list: &str, texts: impl Iterator<Item = &'t str>) {
        let items: String = texts.fold(String::new(), |mut items, text| {
            let _ = writeln!(items, "<li>{}</li>", escaped(text));
            items
        });
        if !items.is_empty() {
            let end = list.split(' ').next().unwrap_or(list);
            let _ = writeln!(body, "<h2>{heading}</h2>\n<{list}>\n{items}</{end}>");
        }
    }
}

/// A picture of causes, by their numbers, with lines to their fixes, by their letters. Its name says the same in words.
fn graph(entry: &EntryExplanation, is_right_to_left: bool, words: &Words, body: &mut String) {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    let pairs: Vec<(usize, usize)> = entry
        .causes
        .iter()
        .enumerate()
        .flat_map(|(cause, of)| {
            let fixes = entry.fixes.iter().enumerate().filter(|(_, fix)| of.fixes.contains(&fix.id));
            fixes.map(move |(fix, _)| (cause, fix)).collect::<Vec<_>>()
        })
        .collect();
    if pairs.len() < 2 {
        return;
    }
    let (left, right) = if is_right_to_left { (260, 20) } else { (20, 260) };
    let height = entry.causes.len().max(entry.fixes.len()) * 36;
    let name: Vec<String> = pairs.iter().map(|(cause, fix)| format!("{} → {}", cause + 1, letter(*fix))).collect();
    let _ = write!(
        body,
        "<svg class=\"graph\" viewBox=\"0 0 280 {height}\" width=\"280\" height=\"{height}\" role=\"img\" \
         aria-label=\"{} → {}: {}\">",
        words.causes,
        words.fixes,
        name.join(", ")
    );
    let y = |place: usize| place * 36 + 18;
    for (cause, fix) in &pairs {
        let _ = write!(body, "<line x1=\"{left}\" y1=\"{}\" x2=\"{right}\" y2=\"{}\"/>", y(*cause), y(*fix));
    }
    let mut node = |x: usize, place: usize, name: String| {
        let _ = write!(
            body,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"13\"/><text x=\"{x}\" y=\"{y}\">{name}</text>",
            y = y(place)
        );
    };
    (0..entry.causes.len()).for_each(|place| node(left, place, (place + 1).to_string()));
    (0..entry.fixes.len()).for_each(|place| node(right, place, letter(place).to_string()));
    body.push_str("</svg>\n");
}

/// The name of an id's page without its ending. A colon would begin a scheme in a link, and some systems refuse it in names; the
/// compiler refuses two ids that differ in no more.
pub(super) fn page_name(id: &str) -> String {
    id.replace(':', "_")
}

/// The fragment of the type URI, where it is one of this site.
fn anchor(entry: &EntryExplanation) -> &str {
    let fragment = entry.type_uri.split_once('#').map(|(_, fragment)| fragment);
    let is_ours = |fragment: &&str| fragment.eq_ignore_ascii_case(&entry.id) || *fragment == entry.code;
    fragment.filter(is_ours).unwrap_or(&entry.id)
}

/// The attributes of the catalogue's own taxonomy.
fn taxonomy(entry: &EntryExplanation) -> String {
    let class = entry.class.as_ref().map_or_else(String::new, |class| format!(" data-class=\"{}\"", escaped(class)));
    if entry.tags.is_empty() { class } else { format!("{class} data-tags=\"{}\"", escaped(&entry.tags.join(" "))) }
}
