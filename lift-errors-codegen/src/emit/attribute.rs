//! Attributes and documentation of generated items.

use lift_errors_core::bidi::is_bidi_control;
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

/// The text with its URLs as code, since rustdoc refuses bare ones.
pub(super) fn linked(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let url = word.trim_end_matches(['.', ',', ';', ':', ')']);
        let is_url = url.starts_with("https://") || url.starts_with("http://");
        if is_url { format!("`{url}`{}", word.get(url.len()..).unwrap_or_default()) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
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
    use super::{doc, linked};

    #[test]
    fn urls_are_code() {
        assert_eq!(linked("See https://a.example/b, or write."), "See `https://a.example/b`, or write.");
    }

    #[test]
    fn comments_hold_nothing_that_rustc_refuses() {
        assert_eq!(doc(" a\rb\n \u{2067}שלום\u{2069}\u{202e}c\r"), "/// ab\n/// שלוםc\n");
    }
}
