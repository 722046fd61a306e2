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
//! | `load`, `reader`, `decode` | read the files; TOML becomes a draft in which every value knows its place |
//! | `template` | takes one text apart: literals, placeholders, code, links |
//! | `check` | one function for each rule of the format; all violations in one run |
//! | `resolve`, `catalog` | a draft that passed, with names resolved to numbers |
//! | `lock` | every code that was ever released |
//! | `emit` | the module: `Code`, `Error`, tables, one module for each entry |
//! | `diagnostic` | how a fault looks: place, source line, caret, remedy |
//!
//! The format is described in `catalog/README.md` of the repository.

#![forbid(unsafe_code)]

mod build;
mod catalog;
mod check;
mod compiler;
mod constant;
mod decode;
mod diagnostic;
mod draft;
mod emit;
mod load;
mod lock;
mod naming;
mod reader;
mod resolve;
mod source;
mod spelling;
mod template;

pub use build::{assert_lock, compile};
pub use compiler::{Compiler, Faults, Module};
