//! Canonical errors in one line: `bail!` and `ensure!`, and context for results and options.

use crate::catalog::term::Term;
use crate::lift;
use crate::message::foreign::text_of;
use alloc::boxed::Box;
use core::error::Error;
use core::fmt;

/// An error of a catalogue that can take a source: every generated `Error`, and its `Builder`.
///
/// The methods of [`ResultExt`] and [`OptionExt`] take it. Errors of your own types have their sources in their fields:
/// use `map_err` and `ok_or_else` for them.
pub trait WithSource {
    /// The error of the catalogue.
    type Error;

    /// The error without a source.
    fn without_source(self) -> Self::Error;

    /// The error with a source, which is only logged.
    fn with_source(self, source: Box<dyn Error + Send + Sync>) -> Self::Error;
}

/// Canonical errors for results. The error of the result becomes the source: it is logged and never sent to clients.
///
/// ```
/// use lift_errors::{LiftError, ResultExt, lift};
/// use std::error::Error as _;
///
/// fn quantity(text: &str) -> Result<u32, lift::Error> {
///     text.parse().or_lift(lift::Error::unprocessable_content())
/// }
///
/// let error = quantity("seven").unwrap_err();
/// assert_eq!(error.entry().code(), "unprocessable_content");
/// assert_eq!(error.source().unwrap().to_string(), "invalid digit found in string");
/// ```
pub trait ResultExt<T>: Sized {
    /// Replaces the error by a canonical one, which has it as its source.
    ///
    /// # Errors
    ///
    /// The canonical error, if the result is an error.
    fn or_lift<E: WithSource>(self, error: E) -> Result<T, E::Error> {
        self.or_lift_with(|| error)
    }

    /// Replaces the error by a canonical one that is only built if it is needed.
    ///
    /// # Errors
    ///
    /// The canonical error, if the result is an error.
    fn or_lift_with<E: WithSource>(self, error: impl FnOnce() -> E) -> Result<T, E::Error>;

    /// Replaces the error by `not_found`, for a resource with an id: `.or_not_found("order", number)?`.
    ///
    /// A [`Term`](crate::Term) of any catalogue is written in the reader's language, and so is the name of one of the
    /// canonical catalogue, such as `order`; any other word is written as it is.
    ///
    /// Every error becomes a 404. Use it where nothing else can go wrong, such as reading an id; sort the errors of a
    /// database first.
    ///
    /// # Errors
    ///
    /// `not_found`, if the result is an error.
    fn or_not_found<'a>(self, kind: impl Into<ResourceKind<'a>>, id: impl fmt::Display) -> Result<T, lift::Error> {
        self.or_lift_with(|| not_found(kind.into(), id))
    }
}

impl<T, S: Into<Box<dyn Error + Send + Sync>>> ResultExt<T> for Result<T, S> {
    fn or_lift_with<E: WithSource>(self, error: impl FnOnce() -> E) -> Result<T, E::Error> {
        self.map_err(|source| error().with_source(source.into()))
    }
}

/// Canonical errors for options.
///
/// ```
/// use lift_errors::{OptionExt, lift};
///
/// fn product(number: &str) -> Result<&'static str, lift::Error> {
///     let found = (number == "7").then_some("bandage");
///     found.or_not_found("product", number)
/// }
///
/// assert_eq!(product("9").unwrap_err().to_string(), "The server could not find product 9.");
/// ```
pub trait OptionExt<T>: Sized {
    /// Replaces `None` by a canonical error.
    ///
    /// # Errors
    ///
    /// The canonical error, if the option is `None`.
    fn or_lift<E: WithSource>(self, error: E) -> Result<T, E::Error> {
        self.or_lift_with(|| error)
    }

    /// Replaces `None` by a canonical error that is only built if it is needed.
    ///
    /// # Errors
    ///
    /// The canonical error, if the option is `None`.
    fn or_lift_with<E: WithSource>(self, error: impl FnOnce() -> E) -> Result<T, E::Error>;

    /// Replaces `None` by `not_found`, for a resource with an id: `.or_not_found("order", number)?`.
    ///
    /// A [`Term`](crate::Term) of any catalogue is written in the reader's language, and so is the name of one of the
    /// canonical catalogue, such as `order`; any other word is written as it is.
    ///
    /// # Errors
    ///
    /// `not_found`, if the option is `None`.
    fn or_not_found<'a>(self, kind: impl Into<ResourceKind<'a>>, id: impl fmt::Display) -> Result<T, lift::Error> {
        self.or_lift_with(|| not_found(kind.into(), id))
    }
}

impl<T> OptionExt<T> for Option<T> {
    fn or_lift_with<E: WithSource>(self, error: impl FnOnce() -> E) -> Result<T, E::Error> {
        self.ok_or_else(|| error().without_source())
    }
}

/// The kind of a resource, for [`ResultExt::or_not_found`] and [`OptionExt::or_not_found`].
///
/// ```
/// use lift_errors::{OptionExt, lift};
///
/// let missing = |order: Option<u32>| order.or_not_found(lift::Term::Order, "PO-7");
/// assert_eq!(missing(None).unwrap_err().to_string(), "The server could not find order PO-7.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResourceKind<'a> {
    /// A term of a catalogue, written in the reader's language.
    Term(Term),
    /// A word. It is looked up among the terms of the canonical catalogue, and otherwise written as it is.
    Word(&'a str),
}

impl<'a> From<&'a str> for ResourceKind<'a> {
    fn from(word: &'a str) -> Self {
        Self::Word(word)
    }
}

impl<T: Into<Term>> From<T> for ResourceKind<'_> {
    fn from(term: T) -> Self {
        Self::Term(term.into())
    }
}

/// The error of a resource that is not there.
fn not_found(kind: ResourceKind<'_>, id: impl fmt::Display) -> lift::Error {
    let not_found = lift::not_found::new();
    let word = match kind {
        ResourceKind::Term(term) => return not_found.with_resource_kind(term).with_resource(text_of(id)).build(),
        ResourceKind::Word(word) => word,
    };
    match Term::find(&lift::CATALOG, word) {
        Some(term) => not_found.with_resource_kind(term).with_resource(text_of(id)).build(),
        None if word.is_empty() => not_found.with_resource(text_of(id)).build(),
        None => not_found.with_resource(text_of(format_args!("{word} {id}"))).build(),
    }
}

/// Returns from a function with a canonical error.
///
/// The error is converted as `?` does it, so the function's error type can be that of the catalogue, an
/// `ErrorResponse`, a type of your own with `#[from]`, or `anyhow::Error`. A builder is built first.
///
/// ```
/// use lift_errors::{bail, lift};
///
/// fn approve(is_manager: bool) -> Result<(), lift::Error> {
///     if !is_manager {
///         bail!(lift::forbidden::new().with_required_role("Manager"));
///     }
///     Ok(())
/// }
///
/// assert!(approve(false).unwrap_err().to_string().contains("Manager"));
/// assert!(approve(true).is_ok());
/// ```
#[macro_export]
macro_rules! bail {
    ($error:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::__private::Build as _;
        return ::core::result::Result::Err(::core::convert::From::from($error.__lift_build()));
    }};
}

/// Returns from a function with a canonical error if a condition does not hold.
///
/// ```
/// use lift_errors::{ensure, lift};
///
/// fn ship(in_stock: u32, quantity: u32) -> Result<u32, lift::Error> {
///     ensure!(quantity <= in_stock, lift::Error::unprocessable_content());
///     Ok(in_stock - quantity)
/// }
///
/// assert_eq!(ship(480, 80), Ok(400));
/// assert_eq!(ship(480, 500), Err(lift::Error::unprocessable_content()));
/// ```
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $error:expr $(,)?) => {
        if !$condition {
            $crate::bail!($error);
        }
    };
}
