//! The parts that all pages share.

use maud::{DOCTYPE, Markup, html};

/// The content of a page.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) title: String,
    pub(super) content: Markup,
}

/// A whole page, which loads itself again when the catalogue has another revision.
pub(super) fn frame(revision: u128, body: &Body) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-revision=(revision) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (body.title) }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
                script src="/script.js" defer {}
            }
            body {
                p #ended role="status" hidden { "The command `lift-errors serve` has ended. This page shows its last state." }
                (body.content)
            }
        }
    }
}

/// The top of a page.
pub(super) fn top(catalog: &str, entries: usize) -> Markup {
    html! {
        header {
            a href="/" { strong { (catalog) } }
            span { (entries) @if entries == 1 { " error" } @else { " errors" } }
        }
    }
}
