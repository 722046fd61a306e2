//! Tokens as a file for rustc: a line for each statement and item, without a parser. Files that people keep are
//! `prettyplease`'s, which costs a hundred times as much.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::fmt::Write as _;

/// The tokens as source.
pub(crate) fn print(tokens: TokenStream) -> String {
    let mut out = String::new();
    write(tokens, &mut out);
    out
}

fn write(tokens: TokenStream, out: &mut String) {
    let mut is_attribute = false;
    for token in tokens {
        let is_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ") "),
                    Delimiter::Brace => ("{\n", "}\n"),
                    Delimiter::Bracket if is_attribute => ("[", "]\n"),
                    Delimiter::Bracket => ("[", "] "),
                    Delimiter::None => ("", " "),
                };
                out.push_str(open);
                write(group.stream(), out);
                out.push_str(close);
            }
            TokenTree::Punct(punct) => {
                out.push(punct.as_char());
                match (punct.as_char(), punct.spacing()) {
                    (';', _) => out.push('\n'),
                    (_, Spacing::Alone) => out.push(' '),
                    (_, Spacing::Joint) => {}
                }
            }
            // Writing to a `String` can't fail.
            TokenTree::Ident(ident) => {
                let _ = write!(out, "{ident} ");
            }
            TokenTree::Literal(literal) => {
                let _ = write!(out, "{literal} ");
            }
        }
        is_attribute = is_hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_what_was_there() {
        let source = "#[doc = \"a\"] #![allow(dead_code)] fn f<'a>(x: &'a [u8]) -> ::core::option::Option<&'a u8> { x.get(1..=2); if !x[0] == 1 && -1 < 2 {} b\"\\0\"; 'c' }";
        let tokens: TokenStream = source.parse().unwrap_or_default();
        let again: TokenStream = print(tokens.clone()).parse().unwrap_or_default();
        assert!(!tokens.is_empty());
        assert_eq!(again.to_string(), tokens.to_string());
    }
}
