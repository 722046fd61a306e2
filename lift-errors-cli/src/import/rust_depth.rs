//! How deep the syntax of a Rust file can be, before it is read: syn reads by recursion, and a generated or hostile file has no end.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The most tokens between a place and those around it that begin a statement, a field or an item. Code of people has some hundreds.
const DEEPEST: usize = 10_000;

/// The stack for a file that is as deep as that, in bytes. Only what is used of it takes memory.
pub(super) const STACK: usize = 512 << 20;

/// Whether something in the tokens may be deeper than the stack.
pub(super) fn is_too_deep(tokens: TokenStream) -> bool {
    let mut open = vec![(tokens.into_iter().peekable(), 0, 0)];
    while let Some((rest, around, depth)) = open.last_mut() {
        let Some(token) = rest.next() else {
            open.pop();
            continue;
        };
        *depth += 1;
        if *depth > DEEPEST {
            return true;
        }
        match token {
            TokenTree::Punct(sign) if matches!(sign.as_char(), ';' | ',' | '#') => *depth = *around,
            TokenTree::Group(group) => {
                let within = *depth;
                let is_continued = match rest.peek() {
                    Some(TokenTree::Ident(word)) => word == "else",
                    Some(TokenTree::Punct(sign)) => sign.as_char() != '#',
                    _ => false,
                };
                if group.delimiter() == Delimiter::Brace && !is_continued {
                    *depth = *around;
                }
                open.push((group.stream().into_iter().peekable(), within, within));
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_people_is_not_deep_and_chains_without_end_are() {
        let is_too_deep = |text: &str| is_too_deep(text.parse().unwrap());
        assert!(!is_too_deep(&"/// A function.\nfn f(a: u8) -> u8 { if a > 1 { 2 } else { a + 1 } }\n".repeat(3_000)));
        assert!(!is_too_deep(&format!("enum E {{ {} }}", "A(Vec<u8>), ".repeat(20_000))));
        for deep in [
            format!("type T = {}u8;", "&".repeat(20_000)),
            format!("const A: u8 = {}1;", "-".repeat(20_000)),
            format!("const A: u8 = {}1{};", "(".repeat(20_000), ")".repeat(20_000)),
            format!("fn f() {{ {} {{}} }}", "if a {} else ".repeat(20_000)),
            format!("type T = {}u8{};", "A<".repeat(20_000), ">".repeat(20_000)),
        ] {
            assert!(is_too_deep(&deep), "{deep:.40}");
        }
    }
}
