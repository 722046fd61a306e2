//! The catalogue compiler of [`lift-errors`](https://docs.rs/lift-errors). It compiles TOML into typed errors and tables.
//!
//! A service with errors of its own calls it from `build.rs`:
//!
//! ```no_run
//! // build.rs
//! lift_errors_codegen::compile("catalog/catalog.toml");
//! ```
//!
//! and includes the module with `lift_errors::include_catalog!(onboarding);`, where `onboarding` is the name of the
//! catalogue. The derive `lift_errors::Catalog` makes the same module without a build script.
//!
//! Data flows one way:
//!
//! | module | contents |
//! | --- | --- |
//! | `read` | loads the files of a catalogue; TOML becomes a draft in which every value knows its span |
//! | `check` | one function for each rule of the format; one run reports all violations |
//! | `resolve` | a draft without violations, with names resolved to numbers, in every locale |
//! | `in_memory` | a catalogue in memory, for a program that shows it |
//! | `emit` | the module: `Code`, `Error`, tables, one module for each entry; the lock file |
//! | `module`, `findings` | what a front end gets: the module, or what was found |
//! | `lock_file` | the lock file beside the one that is there |
//! | `selection` | a part of a catalogue: the entries of a class, or with some tags |
//! | `translate` | the state and the coverage of translations, and the files for translators |
//! | `locale` | CLDR's data for a locale, constants as a language shows them, pseudolocales |
//! | `diagnostic` | a fault and its report: position, source line, carets, remedy |
//!
//! [`lift_errors::guide::catalog`](https://docs.rs/lift-errors/latest/lift_errors/guide/catalog/) describes the format.

#![forbid(unsafe_code)]

mod build;
mod check;
mod compiler;
mod diagnostic;
mod emit;
mod findings;
mod footprint;
mod id_form;
mod in_memory;
mod locale;
mod lock_file;
mod module;
mod naming;
mod noncharacter;
mod parallel;
mod path_name;
mod read;
mod reference;
mod resolve;
mod runtime_name;
mod selection;
mod toml_text;
mod translate;

pub use build::{assert_lock, compile};
#[doc(hidden)]
pub use check::Upkeep;
pub use compiler::Compiler;
#[doc(hidden)]
pub use compiler::{CheckedPart, CoveredPart};
#[doc(hidden)]
pub use diagnostic::suggest::shared_head;
#[doc(hidden)]
pub use emit::catalog_tables::{CatalogTables, ColumnLanguage, ColumnTables, DocumentTables, Records};
pub use findings::{CompileErrors, Warnings};
#[doc(hidden)]
pub use in_memory::{CatalogSnapshot, EntryFacts, FieldErrorFacts, RemovedCode, canonical_facts};
#[doc(hidden)]
pub use lift_errors_core::escape;
#[doc(hidden)]
pub use lift_errors_core::fingerprint::fingerprint;
#[doc(hidden)]
pub use lift_errors_core::status::required_header;
#[doc(hidden)]
pub use locale::{locale_remedy, same_locale};
#[doc(hidden)]
pub use lock_file::LockText;
pub use module::Module;
#[doc(hidden)]
pub use naming::PLURAL_CATEGORIES;
#[doc(hidden)]
pub use parallel::deep;
#[doc(hidden)]
pub use path_name::path_name;
#[doc(hidden)]
pub use read::format;
#[doc(hidden)]
pub use read::inherited::Inherited;
#[doc(hidden)]
pub use read::literal::duration;
#[doc(hidden)]
pub use resolve::description::LocalDescription;
#[doc(hidden)]
pub use selection::{EntryFilter, Taxonomy};
pub use translate::coverage::{Coverage, LocaleCoverage};
pub use translate::files::TranslationFiles;
#[doc(hidden)]
pub use translate::unit::{PluralCategory, TranslationUnit, TranslationUnits, UnitText};
pub use translate::unknown::UnknownTranslation;

/// The runtime's own table of locales, as Rust. It is for the command that writes the committed files.
#[doc(hidden)]
pub fn locale_table() -> String {
    locale::table()
}

/// The list of the files of the base catalogues below a folder, as Rust. It is for the command that writes the committed files.
///
/// # Errors
///
/// If a manifest can't be read.
#[doc(hidden)]
pub fn base_list(bases: &std::path::Path) -> std::io::Result<String> {
    read::base_list::base_list(bases)
}

/// Whether a parameter or an id can have a name.
#[doc(hidden)]
pub fn is_name(name: &str) -> bool {
    naming::check(name).is_ok()
}

/// Whether an entry can have a code.
#[doc(hidden)]
pub fn is_code(code: &str) -> bool {
    naming::check_code(code).is_ok()
}

/// The part of a code that another one must not have, too.
#[doc(hidden)]
pub fn code_skeleton(code: &str) -> String {
    naming::skeleton(code)
}

/// The longest code, in bytes.
#[doc(hidden)]
pub const LONGEST_CODE: usize = naming::LONGEST_CODE;

/// The longest text and the longest description, in bytes.
#[doc(hidden)]
pub const LONGEST_TEXTS: (usize, usize) = (read::template::LONGEST, read::description::LONGEST);

/// The conventions of all languages, as Rust: for a program that shows catalogues which it reads at run time.
#[doc(hidden)]
pub fn conventions_table() -> String {
    emit::conventions::table()
}
