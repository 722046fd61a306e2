//! How deep the syntax of a Rust file can be, before it is read: syn reads by recursion, and a generated or hostile file has no end.

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::iter::Peekable;

/// The most tokens between a place and those around it that begin a statement, a field or an item. Code of people has some hundreds.
const DEEPEST: usize = 10_000;

/// The stack for a file that is as deep as that, in bytes. Only what is used of it takes memory.
pub(super) const STACK: usize = 512 << 20;

/// The tokens between two brackets, or of the whole file.
struct Level {
    rest: Peekable<IntoIter>,
    /// The depth of the place around them.
    around: usize,
    depth: usize,
    /// The signs after which what follows a comma may still be within: those of generic arguments and of closures.
    continuing: usize,
    last: Option<TokenTree>,
}

impl Level {
    fn new(tokens: TokenStream, around: usize) -> Self {
        Self { rest: tokens.into_iter().peekable(), around, depth: around, continuing: 0, last: None }
    }
}

/// Whether something in the tokens may be deeper than the stack.
pub(super) fn is_too_deep(tokens: TokenStream) -> bool {
    let mut open = vec![Level::new(tokens, 0)];
    while let Some(level) = open.last_mut() {
        let Level { rest, around, depth, continuing, last } = level;
        let Some(token) = rest.next() else {
            open.pop();
            continue;
        };
        *depth += 1;
        if *depth > DEEPEST {
            return true;
        }
        let before = last.replace(token.clone());
        match token {
            TokenTree::Punct(sign) => match (sign.as_char(), before) {
                (';', _) => (*depth, *continuing) = (*around, 0),
                (',', _) => *depth = *around + *continuing,
                ('#', None | Some(TokenTree::Group(_))) => *depth = *around + *continuing,
                ('#', Some(TokenTree::Punct(before))) if matches!(before.as_char(), ';' | ',') => {
                    *depth = *around + *continuing;
                }
                ('<' | '|', _) => *continuing += 1,
                // Not that of an arrow.
                ('>', Some(TokenTree::Punct(before))) if matches!(before.as_char(), '-' | '=') => {}
                ('>', _) => *continuing = continuing.saturating_sub(1),
                _ => {}
            },
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
                open.push(Level::new(group.stream(), within));
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
        assert!(!is_too_deep(&format!("enum E {{ {} }}", "#[a] A(Vec<u8>), ".repeat(20_000))));
        assert!(!is_too_deep(&format!("const A: [u8; 20] = [{}];", "f(1, |a| a < 2), 1 << 2 >> 1, ".repeat(5_000))));
        for deep in [
            format!("type T = {}u8;", "&".repeat(20_000)),
            format!("const A: u8 = {}1;", "-".repeat(20_000)),
            format!("const A: u8 = {}1{};", "(".repeat(20_000), ")".repeat(20_000)),
            format!("fn f() {{ {} {{}} }}", "if a {} else ".repeat(20_000)),
            format!("type T = {}u8{};", "A<".repeat(20_000), ">".repeat(20_000)),
            format!("type T = {}", "A<u8,".repeat(20_000)),
            format!("const F: T = {}1;", "|a, b| ".repeat(20_000)),
            format!("const A: u8 = {}1;", "-#[a]".repeat(20_000)),
        ] {
            assert!(is_too_deep(&deep), "{deep:.40}");
        }
    }
}
