//! The names that a generated module imports, so that its code is short. The module's own names take precedence.

pub use super::origin::Origin;
pub use crate::catalog::Catalog;
pub use crate::catalog::entry::Entry;
pub use crate::catalog::parameter::Parameter;
pub use crate::catalog::value::Value;
pub use crate::problem::field_error::FieldErrors;
pub use crate::problem::field_error::value::{FieldNumber, FieldValue};
pub use crate::problem::field_error::violation::Violation;
pub use crate::problem::lift_error::LiftError;
pub use crate::problem::secret::Secret;
pub use crate::problem::text_value::TextValue;
pub use crate::problem::unknown_code::UnknownCode;
pub use alloc::borrow::Cow;
// With `#![no_implicit_prelude]` even `derive` has to be imported.
pub use core::prelude::v1::*;
pub use core::time::Duration;
