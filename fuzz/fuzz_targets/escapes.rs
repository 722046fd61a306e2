//! Escapers. A parser of the format reads back the text, or the text with what the escaper replaces.
#![no_main]

use lift_errors_core::escape;
use pulldown_cmark::{Event, Parser};

type Escaper = fn(&str, &mut dyn FnMut(&str));

fn escaped(escaper: Escaper, text: &str) -> String {
    let mut out = String::new();
    escaper(text, &mut |piece| out.push_str(piece));
    out
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let json = escaped(escape::json, text);
    assert_eq!(serde_json::from_str::<String>(&format!("\"{json}\"")).unwrap(), text);
    assert_eq!(escape::json_keeps(text), json == text);
    for escaper in [escape::json_value as Escaper, escape::json_line] {
        serde_json::from_str::<String>(&format!("\"{}\"", escaped(escaper, text))).unwrap();
    }

    let html = escaped(escape::html, text);
    assert!(!html.contains(['<', '>', '"', '\'']));
    assert_eq!(escape::html_keeps(text), html == text);

    // All of a value is text in Markdown: one paragraph without markup, in the middle of a line.
    let markdown = format!("a{}", escaped(escape::markdown, text));
    for event in Parser::new(&markdown) {
        assert!(
            matches!(event, Event::Start(_) | Event::End(_) | Event::Text(_) | Event::SoftBreak | Event::HardBreak),
            "{event:?} in {markdown:?}"
        );
    }

    let visible = escaped(escape::visible, text);
    assert!(!visible.chars().any(|character| character.is_control() && character != '\n'), "{visible:?}");
    let _ = escaped(escape::unturned, text);
    let _ = escaped(escape::markdown_literal, text);
    let _ = escaped(escape::markdown_code, text);
});
