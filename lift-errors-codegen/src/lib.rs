//! The catalogue compiler of [`lift-errors`](https://docs.rs/lift-errors): TOML in, typed errors and
//! tables out.
//!
//! A service with errors of its own calls it from `build.rs`:
//!
//! ```no_run
//! // build.rs
//! lift_errors_codegen::compile("catalog/catalog.toml");
//! ```
//!
//! and takes the module in with `lift_errors::include_catalog!(onboarding);`, where `onboarding` is the
//! catalogue's name. The derive `lift_errors::Catalog` gives the same module without a build script.
//!
//! Data flows one way:
//!
//! | room | does |
//! | --- | --- |
//! | `load`, `file`, `reader`, `decode` | read the files; TOML becomes a draft in which every value knows its place |
//! | `plural_text`, `template` | take one text apart: plural forms; literals, placeholders, code, links |
//! | `overlay`, `state`, `translation` | the translations of a locale, what was recorded of them, and both beside the texts |
//! | `check` | one function for each rule of the format; all violations in one run |
//! | `resolve`, `speech`, `catalog` | a draft that passed, with names resolved to numbers, in every locale |
//! | `locale`, `language`, `pseudo` | the locales that there are, what CLDR says of one, the pseudolocales |
//! | `coverage`, `translation_files`, `base` | how far the translations are; the files that tools write for translators |
//! | `lock` | every code that was ever released |
//! | `emit` | the module: `Code`, `Error`, tables, one module for each entry |
//! | `diagnostic` | how a fault looks: place, source line, caret, remedy |
//!
//! [`lift_errors::guide::catalog`](https://docs.rs/lift-errors/latest/lift_errors/guide/catalog/) describes the format.

#![forbid(unsafe_code)]

mod build;
mod check;
mod compiler;
mod diagnostic;
mod emit;
mod locale;
mod naming;
mod parallel;
mod read;
mod resolve;
mod translate;

pub use build::{assert_lock, compile};
pub use compiler::{CompileErrors, Compiler, Module};
pub use translate::coverage::{Coverage, LocaleCoverage};
pub use translate::files::TranslationFiles;
pub use translate::unknown::UnknownTranslation;

/// The runtime's own table of locales, as Rust. It is for the command that writes the committed files.
#[doc(hidden)]
pub fn locale_table() -> String {
    locale::table()
}
