//! A rule about markup of other formats, which readers would see as it is.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::read::template::Escape;
use std::ops::Range;

/// The elements of HTML that people write into texts.
const ELEMENTS: [&str; 28] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "u",
    "ul",
];

/// The beginnings of blocks of Markdown.
const BLOCKS: [&str; 6] = ["# ", "## ", "- ", "* ", "> ", "+ "];

/// Marks of Markdown within a line. `](` is the middle of a link that is not one of ours.
const MARKS: [&str; 4] = ["**", "__", "~~", "]("];

/// The first characters of marks, elements and references.
const FIRST: [char; 6] = ['*', '_', '~', ']', '<', '&'];

/// A text has no markup but code and links.
pub(super) fn is_ours(context: &Context<'_>) {
    context.each_complete_text(|instance| {
        for template in instance.plural_text.templates().filter(|_| !instance.plural_text.is_broken()) {
            // A description has markup of its own, and what it can't have is a fault.
            if template.is_description {
                continue;
            }
            let text = &template.text;
            let Some(range) = foreign(&text.value) else { continue };
            let mark = text.value.get(range.clone()).unwrap_or_default().trim_end();
            let message =
                format!("the text has the markup `{}`, which readers would see as it is", mark.escape_debug());
            context.fault(Diagnostic::warning(text.part(range), message).help(
                "remove it: a text has no markup but `` `code` `` and `[words](@link)`, and each format adds its own",
            ));
        }
    });
}

/// The first mark of Markdown or HTML outside of code. An escaped bracket begins no link.
fn foreign(text: &str) -> Option<Range<usize>> {
    if let Some(block) = BLOCKS.iter().find(|block| text.starts_with(*block)) {
        return Some(0..block.len());
    }
    if !FIRST.into_iter().any(|first| text.contains(first)) {
        return None;
    }
    let mut in_code = false;
    let mut escaped_to = 0;
    // Whether the next `](` belongs to an escaped bracket.
    let mut is_text = false;
    for (at, character) in text.char_indices() {
        if at < escaped_to {
            continue;
        }
        if character == '\\' && !in_code {
            let escape = Escape::at(text.get(at..).unwrap_or(""));
            escaped_to = at + escape.length;
            is_text |= escape.mark == Some('[');
            continue;
        }
        in_code ^= character == '`';
        if character == ']' && std::mem::take(&mut is_text) {
            continue;
        }
        let Some(rest) = text.get(at..).filter(|_| !in_code && FIRST.contains(&character)) else { continue };
        let mark = MARKS.iter().find(|mark| rest.starts_with(**mark)).filter(|_| !rest.starts_with("](@"));
        let length = mark.map(|mark| mark.len()).or_else(|| element(rest)).or_else(|| reference(rest));
        if let Some(length) = length {
            return Some(at..at + length);
        }
    }
    None
}

/// The length of a tag of HTML.
fn element(text: &str) -> Option<usize> {
    let tag = text.strip_prefix('<')?;
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.find(|character: char| !character.is_ascii_alphanumeric())?;
    let (name, rest) = tag.split_at_checked(end)?;
    let is_tag = ELEMENTS.iter().any(|known| known.eq_ignore_ascii_case(name)) && rest.starts_with(['>', ' ', '/']);
    is_tag.then(|| text.find('>').map(|end| end + 1)).flatten()
}

/// The length of a character reference of HTML, such as `&nbsp;`.
fn reference(text: &str) -> Option<usize> {
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
    let number = name.strip_prefix('#').map(|number| number.strip_prefix('x').unwrap_or(number));
    let is_name = |name: &str| (2..=8).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_hexdigit());
    number.map_or_else(|| is_name(name), is_number).then(|| name.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_other_formats_is_found() {
        for (text, mark) in [
            ("This is **important**.", "**"),
            ("Log in <b>again</b>.", "<b>"),
            ("One line<br/>another", "<br/>"),
            ("Log&nbsp;in", "&nbsp;"),
            ("It&#39;s closed", "&#39;"),
            ("Read [the guide](https://example.com).", "]("),
            ("- Log in", "- "),
            (r"\` and **so** on", "**"),
            (r"\[a] and [b](c)", "]("),
            ("Read <a href=\"https://example.com\">the guide</a>.", "<a href=\"https://example.com\">"),
        ] {
            assert_eq!(foreign(text).and_then(|range| text.get(range)), Some(mark), "{text}");
        }
    }

    #[test]
    fn words_code_and_links_are_not_markup() {
        for text in [
            "Write `<b>` or `**` or `&amp;`.",
            "Read [the guide](@guide).",
            "Log in as <your name>.",
            "Profit & loss; nothing else",
            "2 < 3 > 1, a <body",
            "snake_case and 5 * 3",
            "Files *.csv and *.tsv",
            r"Write \[words](address) for a link, [words\](address) or \`.",
        ] {
            assert_eq!(foreign(text), None, "{text}");
        }
    }
}
