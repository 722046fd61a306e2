//! Guides: one page for each task.
//!
//! - [`server`]: return errors from handlers, convert the errors of frameworks and libraries, test all of it.
//! - [`client`]: read the errors of another service, retry, and answer your own caller.
//! - [`catalog`]: write a catalogue of your own. The format of its files, key by key, and the list of the canonical errors.
//! - [`locales`]: choose the language of a response, and translate a catalogue.
//! - [`operators`]: events, metrics, spans and alerts.
//!
//! The examples on these pages are tests of this crate, and the recipes are programs that run in its CI. Small programs for
//! axum, actix-web, tonic, a library, a terminal and a client are in the folder
//! [`examples/small`](https://github.com/openboxes/lift-errors/tree/main/examples/small) of the repository.

// The pages link to items of all features. Where some are off, the pages are still there, with text in the place of links.
#![cfg_attr(
    not(all(feature = "actix-web", feature = "axum", feature = "derive", feature = "openapi", feature = "reqwest")),
    allow(rustdoc::broken_intra_doc_links)
)]

// Without the features of its examples a page can be read, but is not tested.
#[cfg(any(not(doctest), all(feature = "catalog", feature = "axum", feature = "phf")))]
pub mod catalog;
#[cfg(any(not(doctest), all(feature = "derive", feature = "reqwest", feature = "retry", feature = "axum")))]
pub mod client;
#[cfg(any(not(doctest), feature = "locales"))]
pub mod locales;
#[cfg(any(not(doctest), all(feature = "axum", feature = "derive")))]
pub mod operators;
#[cfg(any(
    not(doctest),
    all(
        feature = "anyhow",
        feature = "axum",
        feature = "derive",
        feature = "garde",
        feature = "multipart",
        feature = "testing",
        feature = "utoipa"
    )
))]
pub mod server;
