//! What the `lift-errors` compiler and runtime must agree on.
//!
//! The compiler (`lift-errors-codegen`) writes tables; the runtime (`lift-errors`) reads them. Both
//! call this crate, so that a key is hashed by the function that placed it, a record is read by the
//! layout that wrote it, and a fixed text is escaped at build time exactly as a parameter's value
//! is at run time.
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
//! There is nothing here to rely on: services use `lift-errors`, which re-exports what is public.

#![no_std]
#![forbid(unsafe_code)]

pub mod conventions;
pub mod display;
pub mod document;
pub mod escape;
pub mod fingerprint;
pub mod key_hash;
pub mod layout;
pub mod segment;
pub mod status;
pub mod tag;
pub mod u32_table;
pub mod vocabulary;
