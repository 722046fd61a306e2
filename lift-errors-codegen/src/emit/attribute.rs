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
            false => out.extend(line.chars().filter(|character| *character != '\r' && !is_bidi_control(*character))),
        }
        out.push('\n');
        out
    })
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
    if parts.len() % 2 == 0 {
        return literal(text);
    }
    let part = |(number, part): (usize, &&str)| if number % 2 == 0 { literal(part) } else { format!("`{part}`") };
    parts.iter().enumerate().map(part).collect()
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
    for word in line.trim_start().split(' ') {
        // At the start of a line, such a word would begin a block of Markdown.
        let begins_block = word.starts_with(|first: char| !first.is_alphabetic() && !"`(\"[".contains(first));
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
    use super::{doc, literal, sentence};

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

    #[test]
    fn comments_hold_nothing_that_rustc_refuses() {
        assert_eq!(doc(" a\rb\n \u{2067}שלום\u{2069}\u{202e}c\r"), "/// ab\n/// שלוםc\n");
    }
}
