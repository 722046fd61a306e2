//! The languages that the catalogue compiler knows: compact tables of Unicode CLDR, and lookups in them.
//!
//! ```
//! use lift_errors_cldr::{Locale, duration, number, plural};
//!
//! let locale = Locale::from_tag("ru").ok_or("no such locale")?;
//! assert_eq!(plural::category(locale, &22.into()), Some(plural::Category::Few));
//! assert_eq!(number::format_integer(locale, 1_000_000), "1\u{a0}000\u{a0}000");
//! assert_eq!(duration::format_duration(locale, 12).as_deref(), Some("12 секунд"));
//! # Ok::<(), &str>(())
//! ```
//!
//! - [`Locale`]: the locales of CLDR, each with its parent.
//! - [`likely`]: language tags completed and shortened; [`matching`]: how near languages and regions are to each other.
//! - [`plural`]: the cardinal rules, evaluated or as Rust source; [`Operands`] are the properties of a number that they test.
//! - [`number`], [`duration`], [`direction`]: the conventions of a locale.
//!
//! The lookups do not fall back to the root locale: for a language without plural rules or without words for durations they
//! return `None`, which the compiler reports.
//!
//! `tools/cldr` in the repository generates the tables. The compiler copies the conventions of a catalogue's locales into
//! the code that it generates, so services do not link this crate.

#![forbid(unsafe_code)]

extern crate alloc;

mod category;
mod direction;
pub mod duration;
mod emit;
mod generated;
pub mod likely;
mod locale;
pub mod matching;
pub mod number;
mod operands;
pub mod plural;
mod region_set;
mod rule;
mod table;
mod unit_names;
mod writing_direction;

pub use direction::direction;
pub use locale::{Fallback, Locale};
pub use operands::Operands;
pub use writing_direction::Direction;

/// The version of CLDR.
///
/// ```
/// assert!(lift_errors_cldr::VERSION.starts_with("48."));
/// ```
pub const VERSION: &str = generated::locales::VERSION;
