//! The formats of an error, one module each. All of them are written from a `Problem`.

mod accept;
pub(crate) mod brand;
mod brand_parts;
#[cfg(feature = "responder")]
pub(crate) mod contact;
mod envelope;
pub(crate) mod format;
mod front_matter;
mod guidance;
pub(crate) mod headers;
pub(crate) mod html;
mod json;
pub(crate) mod markdown;
pub(crate) mod page;
mod problem_details;
pub(crate) mod readable;
#[cfg(feature = "serde")]
mod serde;
pub(crate) mod sources;
pub(crate) mod status_problem;
mod terminal;
pub(crate) mod text;
mod write;
