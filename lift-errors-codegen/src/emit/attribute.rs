//! Attributes and documentation of generated items.

use lift_errors_core::bidi::is_bidi_control;
use lift_errors_core::escape;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// `#[derive(…)]` of traits in `core`. Even `derive` is a name that `#![no_implicit_prelude]` takes away.
pub(super) fn derive(traits: &[&str]) -> TokenStream {
    let traits = traits.iter().map(|path| path.split("::").map(|name| Ident::new(name, Span::call_site())));
    let traits = traits.map(|names| quote!(::core #(::#names)*));
    quote!(#[::core::prelude::v1::derive(#(#traits),*)])
}

/// The longest line of documentation, in bytes, without its indentation.
const DOC_WIDTH: usize = 120;

/// Documentation. Nothing is shorter for rustc to read than comments.
pub(super) fn doc(text: &str) -> String {
    text.lines().flat_map(wrap).fold(String::new(), |mut out, line| {
        out.push_str("///");
        // rustc refuses a lone carriage return there, and characters that could hide code.
        match line.is_ascii() {
            true => out.extend(line.split('\r')),
            false => out.extend(line.chars().filter(|character| !is_left_out(*character))),
        }
        out.push('\n');
        out
    })
}

/// Whether documentation has no such character.
fn is_left_out(character: char) -> bool {
    character == '\r' || is_bidi_control(character)
}

/// Markdown at the beginning of a paragraph: no list, code or other block begins with it, which rustdoc would run as a test.
pub(super) fn paragraph(markdown: &str) -> String {
    let text = markdown.replace(is_left_out, "");
    let text = text.trim_start();
    let marker = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    // `literal` escapes the other characters that begin a block.
    let is_block = match text.len() - marker.len() {
        0 => marker.starts_with(['-', '+', '=']),
        _ => [".", ")"]
            .iter()
            .any(|mark| marker.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))),
    };
    match text.split_at_checked(text.len() - marker.len()) {
        Some((number, marker)) if is_block => format!("{number}\\{marker}"),
        _ => text.to_owned(),
    }
}

/// A plain text as Markdown: nothing of it is markup, and its URLs are code, since rustdoc refuses bare ones.
pub(super) fn literal(text: &str) -> String {
    if !text.contains("://") {
        return escaped(text);
    }
    let words = text.split(' ').map(|word| {
        let begin = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
        let Some((before, rest)) = begin.and_then(|at| word.split_at_checked(at)) else { return escaped(word) };
        let url = rest.trim_end_matches(['.', ',', ';', ':', ')']);
        let after = rest.strip_prefix(url).unwrap_or_default();
        format!("{}`{}`{}", escaped(before), url.replace('`', "'"), escaped(after))
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A sentence for programmers as Markdown: text, and code between backticks.
pub(super) fn sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // Without anything between them, two backticks are one mark, which another one ends.
    let has_empty_code = parts.iter().skip(1).step_by(2).any(|code| in_code(code).is_empty());
    if parts.len() % 2 == 0 || has_empty_code {
        return literal(text);
    }
    let part = |(number, part): (usize, &&str)| if number % 2 == 0 { literal(part) } else { format!("`{part}`") };
    parts.iter().enumerate().map(part).collect()
}

/// A text within code: what would end the code is replaced.
pub(super) fn in_code(text: &str) -> String {
    text.replace('`', "'").replace(is_left_out, "")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    escape::markdown_literal(text, &mut |piece| escaped.push_str(piece));
    escaped
}

/// A line as lines of readable length. A list item goes on below its own text.
fn wrap(line: &str) -> Vec<String> {
    if line.len() <= DOC_WIDTH {
        return vec![line.to_owned()];
    }
    let indentation = if line.starts_with(" - ") { "   " } else { " " };
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        // At the start of a line, such a word would begin a block of Markdown.
        let begins_block = word.starts_with(|first: char| !first.is_alphabetic() && !"`(\"[".contains(first))
            || word.starts_with("``");
        if !current.is_empty() && !begins_block && current.len() + word.len() >= DOC_WIDTH {
            lines.push(std::mem::replace(&mut current, indentation.to_owned()));
        } else {
            current.push(' ');
        }
        current += word;
    }
    lines.push(current);
    lines
}

#[cfg(test)]
mod tests {
    use super::{doc, literal, paragraph, sentence};
    use lift_errors_core::bidi::is_bidi_control;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    #[test]
    fn texts_are_no_markup_and_urls_are_code() {
        for (text, markdown) in [
            ("See https://a.example/b_c/<d>, or write.", "See `https://a.example/b_c/<d>`, or write."),
            ("Look (http://a.example/`b`) up.", "Look (`http://a.example/'b'`) up."),
            ("A <select> of [all] `it_s`", r"A \<select\> of \[all\] \`it\_s\`"),
        ] {
            assert_eq!(literal(text), markdown);
        }
    }

    #[test]
    fn sentences_have_code() {
        for (text, markdown) in [
            ("The path, `/a/<b>` or <c>.", r"The path, `/a/<b>` or \<c\>."),
            ("`a` and [b].", r"`a` and \[b\]."),
            ("A ` alone.", r"A \` alone."),
        ] {
            assert_eq!(sentence(text), markdown);
        }
    }

    /// What a catalogue of somebody else may try to have run as a test, or shown as HTML.
    #[test]
    fn no_text_becomes_a_block() {
        let code = "std::fs::write(\"/tmp/x\",\"1\").unwrap();";
        let long = "x".repeat(100);
        let mut texts: Vec<String> = [
            "",
            "- a",
            "+ a",
            "* a",
            "1. a",
            "1) a",
            "123456789. a",
            "# a",
            "> a",
            "=",
            "===",
            "---",
            "- - -",
            "***",
            "___",
            "| a |",
            "``` rust",
            "~~~ rust",
            "<img src=x onerror=alert(1)>",
            "[a]: b",
            "[^1]: b",
            "A ```<img src=x>` b.",
            "``",
            "` `",
            "-",
            "+",
            "1.",
            "```` `<img>` ````",
            "a `` `<b>` ``",
            "`a``<b>`",
            "https://a.b/``` `<b>`",
            "https://a.b/`c`",
            "&lt;b&gt;",
            "1\u{200e}.     a",
            "A `\u{200e}``<img src=x>` b.",
            "`\u{200e}`https://a.b `<img src=x>`",
        ]
        .map(str::to_owned)
        .into();
        for mark in
            ["-", "+", "*", "1.", "1)", ">", "\u{200e}-", "\u{2067} \u{2069}1.", "=", "#", "```rust", "~~~", "|"]
        {
            texts.push(format!("{mark}      {code}"));
            texts.push(format!("    {mark}      {code}"));
            // Here and there a line ends just before it.
            for length in 100..124 {
                texts.push(format!("{} {mark}      {code} {long} {mark} {code}", "x".repeat(length)));
                texts.push(format!("{} `{mark}      {code} {long} {mark}` {code}", "x".repeat(length)));
                texts.push(format!("{mark} {} drop(\"`\"); {code}; drop(\"`\");", "x".repeat(length)));
            }
        }
        // Marks in code are shown, and others are between the words.
        let words = |text: &str| -> String {
            let is_word = |character: &char| {
                !character.is_whitespace() && !"`'".contains(*character) && !is_bidi_control(*character)
            };
            text.chars().filter(is_word).collect()
        };
        for text in &texts {
            for markdown in [literal(text), sentence(text)] {
                let comment = doc(&format!(" {}", paragraph(&markdown)));
                let lines: String =
                    comment.lines().map(|line| format!("{}\n", line.strip_prefix("/// ").unwrap_or(""))).collect();
                let mut shown = String::new();
                for event in Parser::new_ext(
                    &lines,
                    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS,
                ) {
                    match event {
                        Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                        Event::SoftBreak | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                        other => panic!("{other:?} of {text:?}:\n{lines}"),
                    }
                }
                assert_eq!(words(&shown), words(text), "{lines}");
            }
        }
    }

    #[test]
    fn comments_hold_nothing_that_rustc_refuses() {
        assert_eq!(doc(" a\rb\n \u{2067}שלום\u{2069}\u{202e}c\r"), "/// ab\n/// שלוםc\n");
    }
}
