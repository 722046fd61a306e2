//! Explanations as text for people.

use super::words::Words;
use super::wrap::Layout;
use super::{EntryExplanation, Explanation, ParameterExplanation, RemovedExplanation};

pub(crate) use super::wrap::Layout as TextLayout;

/// The whole explanation.
pub(crate) fn explanation(explanation: &Explanation, layout: Layout) -> String {
    match explanation {
        Explanation::Entry(entry) => Page { out: String::new(), layout }.entry(entry),
        Explanation::Removed(removed) => Page { out: String::new(), layout }.removed(removed),
    }
}

/// One line about each code.
pub(crate) fn list(explanations: &[Explanation], layout: Layout) -> String {
    let rows: Vec<[String; 4]> = explanations
        .iter()
        .map(|explanation| match explanation {
            Explanation::Entry(entry) => {
                let status = entry.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
                [entry.id.clone(), status, entry.code.clone(), entry.title.clone()]
            }
            Explanation::Removed(removed) => {
                let status = removed.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
                [removed.id.clone(), status, removed.code.clone(), format!("removed in {}", removed.removed)]
            }
        })
        .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let (id, code) = (width(0), width(2));
    let mut out = String::new();
    for [a, b, c, d] in &rows {
        out.push_str(&layout.wrap(&format!("{a:id$}  {b:3}  {c:code$}  "), d));
    }
    out
}

struct Page {
    out: String,
    layout: Layout,
}

impl Page {
    fn line(&mut self, first: &str, text: &str) {
        self.out.push_str(&self.layout.wrap(first, text));
    }

    fn heading(&mut self, heading: &str) {
        self.out.push('\n');
        self.out.push_str(&self.layout.bold(heading));
        self.out.push('\n');
    }

    /// A heading and one text, if there is one.
    fn section(&mut self, heading: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.heading(heading);
            self.line("  ", text);
        }
    }

    fn entry(mut self, entry: &EntryExplanation) -> String {
        let words = Words::of(&entry.locale);
        let status = entry.response();
        let head = format!(
            "{} · {} · {status} · gRPC {} · {} · catalogue {}",
            entry.id, entry.code, entry.grpc, entry.severity, entry.catalog
        );
        self.out = self.layout.bold(&entry.title) + "\n";
        self.line("", &head);
        if let Some(class) = &entry.class {
            self.line("", &words.labelled(words.class(), class));
        }
        if !entry.tags.is_empty() {
            self.line("", &words.labelled(words.tag(), &words.list(&entry.tags)));
        }
        self.out.push('\n');
        if let Some(meaning) = &entry.meaning {
            self.line("", meaning);
        }
        if let Some(code) = &entry.same_as {
            self.line("", &format!("{} {code}{}", words.same_as().text, words.full_stop().text));
        }
        if !entry.details.is_empty() {
            self.heading(words.message().text);
        }
        for detail in &entry.details {
            let id = detail.id.as_ref().map_or_else(String::new, |id| words.naming(id, &[]));
            self.line(&format!("  {id}"), &detail.text);
            if detail.example != detail.text {
                self.line(&format!("    {}", words.labelled(words.for_example(), "")), &detail.example);
            }
        }
        self.remedies(entry, words);
        if !entry.notes.is_empty() {
            self.heading(words.notes().text);
        }
        for note in &entry.notes {
            let first = words.naming(&format!("  • {}", note.id), &facts(&note.kind, note.audience.as_deref()));
            self.line(&first, &note.text);
        }
        if let Some(description) = &entry.description {
            self.heading(words.description().text);
            self.out.push_str(&description.text(self.layout));
        }
        self.heading(words.retry().text);
        let seconds = entry.retry.seconds.map(|seconds| format!("{seconds} s"));
        let seconds: Vec<&str> = seconds.as_deref().into_iter().collect();
        self.line(&words.naming(&format!("  {}", entry.retry.kind), &seconds), &entry.retry.meaning);
        if !entry.parameters.is_empty() {
            self.heading(words.parameters().text);
        }
        for parameter in &entry.parameters {
            self.line(&format!("  {} ", parameter.name), &about_parameter(parameter, words));
        }
        self.section(words.support().text, entry.support.as_deref());
        self.section(words.runbook().text, entry.runbook.as_deref());
        if !entry.links.is_empty() {
            self.heading(words.links().text);
        }
        for link in &entry.links {
            self.line(&words.naming(&format!("  {}", link.id), &[&link.rel]), &link.href);
        }
        self.heading(words.lifecycle().text);
        self.line("  ", &words.release(&entry.lifecycle));
        if let Some(code) = &entry.lifecycle.replaced_by {
            self.line("  ", &format!("{} {code}", words.replaced_by().text));
        }
        self.line("  ", &format!("{}{}", entry.source, words.in_brackets(&entry.locale)));
        self.line("  ", &entry.type_uri);
        self.out
    }

    /// Causes with their fixes below them, then the fixes of no cause.
    fn remedies(&mut self, entry: &EntryExplanation, words: Words) {
        if !entry.causes.is_empty() {
            self.heading(words.causes().text);
        }
        for cause in &entry.causes {
            self.line(&words.naming(&format!("  • {}", cause.id), &facts("", cause.audience.as_deref())), &cause.text);
            for fix in entry.fixes.iter().filter(|fix| cause.fixes.contains(&fix.id)) {
                let first = words.naming(&format!("      → {}", fix.id), &facts("", fix.audience.as_deref()));
                self.line(&first, &fix.text);
            }
        }
        let mut general =
            entry.fixes.iter().filter(|fix| entry.causes.iter().all(|cause| !cause.fixes.contains(&fix.id))).peekable();
        if general.peek().is_some() {
            self.heading(words.fixes_for_any_cause().text);
        }
        for fix in general {
            self.line(&words.naming(&format!("  → {}", fix.id), &facts("", fix.audience.as_deref())), &fix.text);
        }
    }

    fn removed(mut self, removed: &RemovedExplanation) -> String {
        self.out = self.layout.bold(&format!("{} was removed in {}", removed.code, removed.removed)) + "\n";
        let status = removed.status.map_or_else(String::new, |status| format!(" · HTTP {status}"));
        let retry = removed.retry.as_ref().map_or_else(String::new, |retry| format!(" · retry {retry}"));
        self.line("", &format!("{} · {}{status}{retry} · catalogue {}", removed.id, removed.code, removed.catalog));
        self.out.push('\n');
        self.line("", "Released versions up to then used this code. Neither code nor id is used again.");
        if !removed.parameters.is_empty() {
            self.heading("Parameters");
        }
        for parameter in &removed.parameters {
            self.line("  ", parameter);
        }
        self.out
    }
}

/// The facts about an item: `tip`, `browser`.
pub(super) fn facts<'a>(kind: &'a str, audience: Option<&'a str>) -> Vec<&'a str> {
    Some(kind).filter(|kind| !kind.is_empty()).into_iter().chain(audience).collect()
}

/// `(text, public, optional): The name. For example: Manager`.
pub(crate) fn about_parameter(parameter: &ParameterExplanation, words: Words) -> String {
    let header = parameter.header.as_ref().map(|header| format!("header {header}"));
    let mut facts = vec![parameter.kind.as_str(), &parameter.sensitivity];
    facts.extend(parameter.optional.then(|| words.optional().text));
    facts.extend(header.as_deref());
    let mut about = words.in_brackets(&words.list(&facts)).trim_start().to_owned();
    let example = words.labelled(words.for_example(), &parameter.example);
    let example = Some(example).filter(|_| !parameter.example.is_empty());
    let doc = Some(parameter.doc.as_str()).filter(|doc| !doc.is_empty());
    let sentences: Vec<&str> = doc.into_iter().chain(example.as_deref()).collect();
    if !sentences.is_empty() {
        about.push_str(words.colon().text);
    }
    about.push_str(&sentences.join(" "));
    about
}
