//! Code that the compiler and the runtime of `lift-errors` share.
//!
//! The compiler (`lift-errors-codegen`) writes tables, and the runtime (`lift-errors`) reads them. Both use this crate, so
//! that keys are hashed by one function, records have one layout, and texts are escaped at build time as values are at run
//! time.
//!
//! ```
//! use lift_errors_core::{escape, vocabulary::Severity};
//!
//! assert_eq!("warning".parse(), Ok(Severity::Warning));
//!
//! let mut text = String::new();
//! escape::json("say \"hi\"", &mut |piece| text.push_str(piece));
//! assert_eq!(text, r#"say \"hi\""#);
//! ```
//!
//! This crate has no stable API: services use `lift-errors`, which re-exports the public items.

#![no_std]
#![forbid(unsafe_code)]

pub mod bidi;
pub mod conventions;
pub mod display;
pub mod document;
pub mod escape;
pub mod fingerprint;
pub mod key_hash;
mod language_aliases;
pub mod layout;
pub mod limit;
pub mod presence;
pub mod segment;
pub mod status;
pub mod tag;
pub mod u32_table;
pub mod vocabulary;
