//! Documentation comments of the generated code.

use lift_errors_core::escape::is_bidi_control;

/// The longest line of documentation, in bytes, without its indentation.
const DOC_WIDTH: usize = 120;

/// A text as documentation. rustc reads comments faster than attributes.
pub(super) fn doc(text: &str) -> String {
    text.lines().flat_map(wrap).fold(String::new(), |mut out, line| {
        out.push_str("///");
        // rustc refuses a lone carriage return, and bidi controls, which can hide code.
        match line.is_ascii() {
            true => out.extend(line.split('\r')),
            false => out.extend(line.chars().filter(|character| *character != '\r' && !is_bidi_control(*character))),
        }
        out.push('\n');
        out
    })
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
    use super::doc;

    #[test]
    fn comments_hold_nothing_that_rustc_refuses() {
        assert_eq!(doc(" a\rb\n \u{2067}שלום\u{2069}\u{202e}c\r"), "/// ab\n/// שלוםc\n");
    }
}
