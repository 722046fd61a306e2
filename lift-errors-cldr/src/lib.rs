//! What the catalogue compiler knows of languages: compact tables of Unicode CLDR, and lookups over them.
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
//! - [`Locale`]: the locales that CLDR has, and where each inherits from.
//! - [`likely`]: language tags completed and shortened.
//! - [`plural`]: the cardinal rules, evaluated or as Rust source; [`Operands`] is what they look at.
//! - [`number`], [`duration`], [`direction`]: how a locale writes.
//!
//! Nothing here falls back to the root locale unasked: where CLDR has no plural rules or no words for a
//! language, the answer is `None`, and the compiler can report it.
//!
//! The tables are generated; `tools/cldr` in the repository says how. Compiled code gets what it needs of them as
//! generated Rust, so that no service carries this crate.

#![forbid(unsafe_code)]

extern crate alloc;

mod category;
mod direction;
pub mod duration;
mod emit;
mod generated;
pub mod likely;
mod locale;
pub mod number;
mod operands;
pub mod plural;
mod rule;
mod table;
mod unit_names;
mod writing_direction;

pub use direction::direction;
pub use locale::{Fallback, Locale};
pub use operands::Operands;
pub use writing_direction::Direction;

/// The version of CLDR that the tables are from.
///
/// ```
/// assert!(lift_errors_cldr::VERSION.starts_with("48."));
/// ```
pub const VERSION: &str = generated::locales::VERSION;
