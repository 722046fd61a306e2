//! The faults of the catalogue, in the place of every page.

use crate::serve::frame::Body;
use maud::html;

pub(super) fn page(report: &str) -> Body {
    let content = html! {
        main .faults {
            h1 { "The catalogue has faults" }
            p { "This page comes back when they are mended." }
            pre dir="ltr" tabindex="0" { (report) }
        }
    };
    Body { title: "Faults".to_owned(), content }
}
