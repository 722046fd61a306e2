//! Rules about the catalogue's own taxonomy: its tags, and its classes.

use super::context::{Context, duplicates};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::id_form;
use lift_errors_core::layout::Range;
use std::collections::HashSet;

/// The longest word, in bytes.
const LONGEST: usize = 64;

/// The remedy for what is not a word.
const WORD: &str = "write a word of at most 64 letters, digits, `-`, `_`, `:` and `.`";

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.len() <= LONGEST && word.bytes().all(id_form::is_of_id)
}

/// Tags and classes are words that a shell, a page and a program can filter by.
pub(super) fn lists_are_words(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    for (what, words) in [("tag", &manifest.tags), ("class", &manifest.classes)] {
        for word in words {
            if !is_word(&word.value) {
                let message = format!("`{}` can't be a {what}", word.value.escape_debug());
                context.fault(Diagnostic::at(word.span, message).help(WORD));
            }
        }
        unique(context, words, what);
    }
}

fn unique(context: &Context<'_>, words: &[Text], what: &str) {
    duplicates(words.iter().map(|word| (word.as_str(), word.span)), |word, span, first| {
        context.fault(
            Diagnostic::at(span, format!("duplicate {what} `{}`", word.escape_debug()))
                .related("first at", first)
                .help("remove one of the two"),
        );
    });
}

/// The tags and the class of an entry are in the manifest's lists.
pub(super) fn words_are_listed(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    let tags: HashSet<&str> = manifest.tags.iter().map(Text::as_str).collect();
    let classes: HashSet<&str> = manifest.classes.iter().map(Text::as_str).collect();
    // A class of `[defaults]` is reported once.
    let mut reported = HashSet::new();
    for entry in &context.draft.entries {
        for tag in entry.tags.iter().filter(|tag| !tags.contains(tag.as_str())) {
            unlisted(context, tag, "tag", "tags", &manifest.tags);
        }
        unique(context, &entry.tags, "tag");
        if let Some(tag) = entry.tags.get(Range::MOST) {
            context.fault(
                Diagnostic::at(tag.span, format!("too many tags: `{}`", tag.value.escape_debug()))
                    .help("an entry has at most 255"),
            );
        }
        let class = entry.class.as_ref().filter(|class| !classes.contains(class.as_str()));
        if let Some(class) = class.filter(|class| reported.insert(class.span)) {
            unlisted(context, class, "class", "classes", &manifest.classes);
        }
    }
}

fn unlisted(context: &Context<'_>, word: &Text, what: &str, list: &str, known: &[Text]) {
    let message = format!("`{}` is not a {what} of the catalogue", word.value.escape_debug());
    let help = match known {
        _ if !is_word(&word.value) => WORD.to_owned(),
        [] => format!("add it to the manifest: `{list} = [\"{}\"]`", word.value.escape_debug()),
        _ => format!(
            "{}; a new one is added to `{list}` of the manifest",
            context.suggest(&word.value, known.iter().map(Text::as_str), list)
        ),
    };
    context.fault(Diagnostic::at(word.span, message).help(help));
}
