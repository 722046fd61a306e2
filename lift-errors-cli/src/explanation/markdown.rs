//! Explanations as Markdown (CommonMark). The texts of the catalogue are Markdown already; names are code.

use super::text::facts;
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
        writeln!(out, "{}\n", words.labelled(words.class(), &code(class)))?;
    }
    if !entry.tags.is_empty() {
        let tags: Vec<String> = entry.tags.iter().map(|tag| format!("`{tag}`")).collect();
        writeln!(out, "{}\n", words.labelled(words.tag(), &words.list(&tags)))?;
    }
    if let Some(meaning) = &entry.meaning {
        writeln!(out, "{meaning}")?;
    }
    if let Some(code) = &entry.same_as {
        writeln!(out, "\n{} `{code}`{}", words.same_as().text, words.full_stop().text)?;
    }
    heading(out, words.message().text, entry.details.is_empty())?;
    for detail in &entry.details {
        let id = detail.id.as_ref().map_or_else(String::new, |id| named(words, id, "", None));
        writeln!(out, "- {id}{}", detail.text)?;
        if detail.example != detail.text {
            writeln!(out, "  - {}", words.labelled(words.for_example(), &detail.example))?;
        }
    }
    heading(out, words.causes().text, entry.causes.is_empty())?;
    for cause in &entry.causes {
        writeln!(out, "- {}{}", named(words, &cause.id, "", cause.audience.as_deref()), cause.text)?;
        for fix in entry.fixes.iter().filter(|fix| cause.fixes.contains(&fix.id)) {
            writeln!(out, "  - {}{}", named(words, &fix.id, "", fix.audience.as_deref()), fix.text)?;
        }
    }
    let general = || entry.fixes.iter().filter(|fix| entry.causes.iter().all(|cause| !cause.fixes.contains(&fix.id)));
    heading(out, words.fixes_for_any_cause().text, general().next().is_none())?;
    for fix in general() {
        writeln!(out, "- {}{}", named(words, &fix.id, "", fix.audience.as_deref()), fix.text)?;
    }
    heading(out, words.notes().text, entry.notes.is_empty())?;
    for note in &entry.notes {
        writeln!(out, "- {}{}", named(words, &note.id, &note.kind, note.audience.as_deref()), note.text)?;
    }
    heading(out, words.description().text, entry.description.is_none())?;
    if let Some(description) = &entry.description {
        writeln!(out, "{}", description.markdown())?;
    }
    heading(out, words.retry().text, false)?;
    let seconds = entry.retry.seconds.map(|seconds| format!("{seconds} s"));
    writeln!(out, "{}{}", named(words, &entry.retry.kind, "", seconds.as_deref()), entry.retry.meaning)?;
    heading(out, words.parameters().text, entry.parameters.is_empty())?;
    for parameter in &entry.parameters {
        let header = parameter.header.as_ref().map(|header| format!("header `{header}`"));
        let mut facts = vec![parameter.kind.as_str(), &parameter.sensitivity];
        facts.extend(parameter.optional.then(|| words.optional().text));
        facts.extend(header.as_deref());
        write!(out, "- `{}`{}", parameter.name, words.in_brackets(&words.list(&facts)))?;
        let doc = Some(plain(&parameter.doc)).filter(|doc| !doc.is_empty());
        let example = words.labelled(words.for_example(), &code(&parameter.example));
        let example = Some(example).filter(|_| !parameter.example.is_empty());
        let sentences: Vec<String> = doc.into_iter().chain(example).collect();
        let colon = if sentences.is_empty() { "" } else { words.colon().text };
        writeln!(out, "{colon}{}", sentences.join(" "))?;
    }
    for (name, text) in [(words.support(), &entry.support), (words.runbook(), &entry.runbook)] {
        heading(out, name.text, text.is_none())?;
        if let Some(text) = text {
            writeln!(out, "{text}")?;
        }
    }
    heading(out, words.links().text, entry.links.is_empty())?;
    for link in &entry.links {
        writeln!(out, "- {}<{}>", named(words, &link.id, &link.rel, None), link.href)?;
    }
    heading(out, words.lifecycle().text, false)?;
    writeln!(out, "- {}", words.release(&entry.lifecycle))?;
    if let Some(code) = &entry.lifecycle.replaced_by {
        writeln!(out, "- {} `{code}`", words.replaced_by().text)?;
    }
    // The name of a base is in backticks.
    writeln!(out, "- {}{}", code(&entry.source), words.in_brackets(&entry.locale))?;
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
fn named(words: Words, name: &str, kind: &str, about: Option<&str>) -> String {
    words.naming(&format!("`{name}`"), &facts(kind, about))
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
