//! Explanations as Markdown (CommonMark). The texts of the catalogue are Markdown already; names are code.

use super::words::Words;
use super::{EntryExplanation, Explanation, RemovedExplanation};
use std::fmt::Write as _;

/// The whole explanation.
pub(crate) fn explanation(explanation: &Explanation) -> String {
    let mut out = String::new();
    // Writing to a `String` can't fail.
    let _ = match explanation {
        Explanation::Entry(entry) => write_entry(entry, &mut out),
        Explanation::Removed(removed) => write_removed(removed, &mut out),
    };
    out
}

fn write_entry(entry: &EntryExplanation, out: &mut String) -> std::fmt::Result {
    let words = Words::of(&entry.locale);
    writeln!(out, "# {}\n", entry.title)?;
    let status = entry.response();
    writeln!(
        out,
        "`{}` · `{}` · {status} · gRPC `{}` · {} · catalogue `{}`\n",
        entry.id, entry.code, entry.grpc, entry.severity, entry.catalog
    )?;
    if let Some(class) = &entry.class {
        writeln!(out, "{}: `{class}`\n", words.class().text)?;
    }
    if !entry.tags.is_empty() {
        let tags: Vec<String> = entry.tags.iter().map(|tag| format!("`{tag}`")).collect();
        writeln!(out, "{}: {}\n", words.tag().text, tags.join(", "))?;
    }
    if let Some(meaning) = &entry.meaning {
        writeln!(out, "{meaning}")?;
    }
    if let Some(code) = &entry.same_as {
        writeln!(out, "\n{} `{code}`.", words.same_as().text)?;
    }
    heading(out, words.message().text, entry.details.is_empty())?;
    for detail in &entry.details {
        let id = detail.id.as_ref().map_or_else(String::new, |id| format!("`{id}`: "));
        writeln!(out, "- {id}{}", detail.text)?;
        if detail.example != detail.text {
            writeln!(out, "  - {} {}", words.for_example().text, detail.example)?;
        }
    }
    heading(out, words.causes().text, entry.causes.is_empty())?;
    for cause in &entry.causes {
        writeln!(out, "- {}{}", id(&cause.id, "", cause.audience.as_deref()), cause.text)?;
        for fix in entry.fixes.iter().filter(|fix| cause.fixes.contains(&fix.id)) {
            writeln!(out, "  - {}{}", id(&fix.id, "", fix.audience.as_deref()), fix.text)?;
        }
    }
    let general = || entry.fixes.iter().filter(|fix| entry.causes.iter().all(|cause| !cause.fixes.contains(&fix.id)));
    heading(out, words.fixes_for_any_cause().text, general().next().is_none())?;
    for fix in general() {
        writeln!(out, "- {}{}", id(&fix.id, "", fix.audience.as_deref()), fix.text)?;
    }
    heading(out, words.notes().text, entry.notes.is_empty())?;
    for note in &entry.notes {
        writeln!(out, "- {}{}", id(&note.id, &note.kind, note.audience.as_deref()), note.text)?;
    }
    heading(out, words.description().text, entry.description.is_none())?;
    if let Some(description) = &entry.description {
        writeln!(out, "{}", description.markdown())?;
    }
    heading(out, words.retry().text, false)?;
    let seconds = entry.retry.seconds.map_or_else(String::new, |seconds| format!(" ({seconds} s)"));
    writeln!(out, "`{}`{seconds}: {}", entry.retry.kind, entry.retry.meaning)?;
    heading(out, words.parameters().text, entry.parameters.is_empty())?;
    for parameter in &entry.parameters {
        let optional = if parameter.optional { format!(", {}", words.optional().text) } else { String::new() };
        let header = parameter.header.as_ref().map_or_else(String::new, |header| format!(", header `{header}`"));
        write!(out, "- `{}` ({}, {}{optional}{header})", parameter.name, parameter.kind, parameter.sensitivity)?;
        if !(parameter.doc.is_empty() && parameter.example.is_empty()) {
            out.push(':');
        }
        if !parameter.doc.is_empty() {
            write!(out, " {}", plain(&parameter.doc))?;
        }
        if !parameter.example.is_empty() {
            write!(out, " {} {}", words.for_example().text, code(&parameter.example))?;
        }
        out.push('\n');
    }
    for (name, text) in [(words.support(), &entry.support), (words.runbook(), &entry.runbook)] {
        heading(out, name.text, text.is_none())?;
        if let Some(text) = text {
            writeln!(out, "{text}")?;
        }
    }
    heading(out, words.links().text, entry.links.is_empty())?;
    for link in &entry.links {
        writeln!(out, "- `{}` ({}): <{}>", link.id, link.rel, link.href)?;
    }
    heading(out, words.lifecycle().text, false)?;
    writeln!(out, "- {}", words.release(&entry.lifecycle))?;
    if let Some(code) = &entry.lifecycle.replaced_by {
        writeln!(out, "- {} `{code}`", words.replaced_by().text)?;
    }
    // The name of a base is in backticks.
    writeln!(out, "- {} ({})", code(&entry.source), entry.locale)?;
    writeln!(out, "- <{}>", entry.type_uri)
}

fn write_removed(removed: &RemovedExplanation, out: &mut String) -> std::fmt::Result {
    writeln!(out, "# `{}` was removed in {}\n", removed.code, plain(&removed.removed))?;
    let status = removed.status.map_or_else(String::new, |status| format!(" · HTTP {status}"));
    let retry = removed.retry.as_ref().map_or_else(String::new, |retry| format!(" · retry {}", code(retry)));
    writeln!(out, "`{}` · `{}`{status}{retry} · catalogue `{}`\n", removed.id, removed.code, removed.catalog)?;
    writeln!(out, "Released versions up to then used this code. Neither code nor id is used again.")?;
    heading(out, "Parameters", removed.parameters.is_empty())?;
    for parameter in &removed.parameters {
        writeln!(out, "- {}", code(parameter))?;
    }
    Ok(())
}

fn heading(out: &mut String, heading: &str, is_empty: bool) -> std::fmt::Result {
    if is_empty { Ok(()) } else { writeln!(out, "\n## {heading}\n") }
}

/// `` `id` (tip, browser): ``
fn id(id: &str, kind: &str, audience: Option<&str>) -> String {
    let about: Vec<&str> = [Some(kind).filter(|kind| !kind.is_empty()), audience].into_iter().flatten().collect();
    if about.is_empty() { format!("`{id}`: ") } else { format!("`{id}` ({}): ", about.join(", ")) }
}

/// A text that is not Markdown: what would be markup within a line has a backslash (CommonMark §2.4).
fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if "*_[]<>&|~#\\`".contains(character) {
            out.push('\\');
        }
        out.push(if character == '\n' { ' ' } else { character });
    }
    out
}

/// A value as a code span (CommonMark §6.1), which may contain grave accents itself.
fn code(value: &str) -> String {
    let longest = value.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if value.starts_with('`') || value.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{value}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The compiler refuses such values in a lock file; a writer of Markdown does not rely on it.
    #[test]
    fn values_of_a_tombstone_are_not_markup() {
        let removed = RemovedExplanation {
            catalog: "shop".to_owned(),
            code: "shop_old".to_owned(),
            id: "SHOP-0009".to_owned(),
            type_uri: String::new(),
            has_own_type: false,
            removed: "<img src=x>".to_owned(),
            status: None,
            retry: Some("`<b>`".to_owned()),
            parameters: vec!["a`<i>`: text".to_owned()],
        };
        let shown = explanation(&Explanation::Removed(removed));
        for part in ["# `shop_old` was removed in \\<img src=x\\>\n", "retry `` `<b>` `` ·", "- ``a`<i>`: text``\n"] {
            assert!(shown.contains(part), "{part}:\n{shown}");
        }
    }
}
