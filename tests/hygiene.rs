//! What derives write fits everywhere: among strict lints, beside the same names, inside of macros.

use crate::derives::params;
use lift_errors::{PossibleErrors as _, lift};

/// Generated code allows no group of lints, so a crate can forbid them. A deprecated variant does not warn in it.
#[forbid(
    unused_imports,
    unused_variables,
    unreachable_code,
    unreachable_patterns,
    nonstandard_style,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::indexing_slicing
)]
#[deny(deprecated, unused_qualifications)]
#[allow(dead_code)]
pub mod forbidding {
    use lift_errors::{LiftError, lift};

    /// Each role of a field. What type and variant allow is allowed once.
    #[derive(Debug, LiftError)]
    #[allow(dead_code)]
    pub enum Every {
        /// A parameter.
        #[allow(dead_code)]
        #[lift(code = forbidden)]
        Role {
            /// The role.
            required_role: Option<String>,
        },
        /// A source.
        #[lift(code = internal_server_error)]
        Source(#[from] std::io::Error),
        /// Nothing.
        #[deprecated]
        #[lift(code = conflict)]
        Old,
        /// Another error.
        #[lift(transparent)]
        Other(#[from] lift::Error),
    }

    /// No source.
    #[derive(Debug, LiftError)]
    #[lift(code = bad_gateway)]
    pub struct Plain;

    /// A text that is formatted from one of two fields.
    #[derive(Debug, LiftError)]
    #[lift(code = not_found, resource = "order {number}")]
    pub struct Formatted {
        /// The number.
        pub number: u64,
        /// The line.
        #[lift(skip)]
        pub line: u64,
    }

    /// A type that is deprecated, and so is a field of each role.
    #[deprecated]
    #[derive(Debug, LiftError)]
    #[lift(from = std::fmt::Error, from_with = Self::of_format)]
    pub enum Outdated<T> {
        /// A parameter, and a field for the log.
        #[lift(code = forbidden)]
        Role {
            /// The role.
            #[deprecated]
            required_role: Option<T>,
            /// The user.
            #[deprecated]
            #[lift(log)]
            user: T,
        },
        /// A source.
        #[lift(code = internal_server_error)]
        Source {
            /// The source.
            #[deprecated]
            #[from]
            source: std::io::Error,
        },
        /// A text that is formatted from a field.
        #[lift(code = not_found, resource = "order {number}")]
        NoSuchOrder {
            /// The number.
            #[deprecated]
            number: u64,
        },
        /// Another error of the same type.
        #[lift(transparent)]
        Same(Box<Self>),
        /// Another error.
        #[lift(transparent)]
        Other(#[from] lift::Error),
    }

    #[allow(deprecated)]
    impl<T> Outdated<T> {
        fn of_format(_: std::fmt::Error) -> Self {
            Self::NoSuchOrder { number: 7 }
        }
    }

    /// A struct that is deprecated, and its field.
    #[deprecated]
    #[derive(Debug, LiftError)]
    #[lift(code = not_found)]
    pub struct Former {
        /// The resource.
        #[deprecated]
        pub resource: String,
    }

    /// A list of codes beside an error that can have any.
    #[derive(Debug, LiftError)]
    pub enum Listed {
        /// One of the list.
        #[lift(transparent, codes = [not_found, conflict])]
        Known(Box<dyn LiftError>),
        /// Any.
        #[lift(transparent)]
        Any(Box<dyn LiftError>),
    }
}

/// A type that has the name of those that it passes on.
mod namesakes {
    use lift_errors::{LiftError, lift};

    pub mod other {
        #[derive(Debug, lift_errors::LiftError)]
        pub enum Error<T> {
            #[lift(code = not_found)]
            Missing { resource: T },
        }
    }

    #[derive(Debug, LiftError)]
    #[allow(dead_code)]
    pub enum Error<T> {
        #[lift(catalog = crate::catalogs::derived::onboarding, code = onb_storage_down, retry_after = std::time::Duration::ZERO)]
        Down,
        #[lift(transparent)]
        Lift(#[from] lift::Error),
        #[lift(transparent)]
        Other(other::Error<T>),
        #[lift(transparent)]
        Same(Box<self::Error<T>>),
    }
}

#[test]
fn another_type_of_the_same_name_is_passed_on() {
    assert_eq!(namesakes::Error::<u8>::entries().len(), lift::CATALOG.entries().count() + 1);
    let missing = namesakes::Error::Other(namesakes::other::Error::Missing { resource: 7 });
    assert_eq!(params(&missing), serde_json::json!({ "resource": "7" }));
}

/// Derives inside of macros, and beside items with the names that generated code might use.
mod in_macros {
    use lift_errors::{FieldErrors, LiftError, lift};

    #[allow(dead_code, non_upper_case_globals)]
    const value: u8 = 1;
    #[allow(dead_code, non_upper_case_globals)]
    const source: u8 = 1;

    macro_rules! whole {
        ($($item:tt)*) => { #[derive(Debug, LiftError)] $($item)* };
    }

    whole! {
        enum Wrapped {
            #[lift(transparent)]
            Lift(#[from] lift::Error),
            #[lift(code = validation_failed)]
            Invalid { #[lift(field_errors)] errors: FieldErrors },
            #[lift(code = internal_server_error)]
            Storage(#[source] std::fmt::Error),
        }
    }

    macro_rules! with_type {
        ($name:ident, $kind:ty) => {
            #[derive(Debug, LiftError)]
            #[lift(code = forbidden)]
            struct $name {
                required_role: $kind,
            }
        };
    }

    /// Every kind of value comes from a fragment.
    macro_rules! with_values {
        ($name:ident, $catalog:path, $code:ident, $severity:literal, $from:ty, $with:path) => {
            #[derive(Debug, LiftError)]
            #[lift(catalog = $catalog, from = $from, from_with = $with)]
            enum $name {
                #[lift(code = $code, severity = $severity)]
                Only,
            }
        };
    }

    with_values!(Fragments, lift_errors::lift, conflict, "critical", std::fmt::Error, only);

    fn only(_: std::fmt::Error) -> Fragments {
        Fragments::Only
    }

    lift_errors_bare::canonical_error!(OfAnotherCrate, conflict);

    with_type!(Optional, Option<&'static str>);
    with_type!(Required, String);

    #[test]
    fn they_work_as_they_do_outside() {
        assert_eq!(Wrapped::from(lift::Error::conflict()).problem().status(), Some(409));
        assert_eq!(OfAnotherCrate.entry(), lift::Code::Conflict.entry());
        assert_eq!(Fragments::from(std::fmt::Error).entry(), lift::Code::Conflict.entry());
        assert!(Wrapped::Invalid { errors: FieldErrors::new() }.field_errors().is_some());
        assert!(std::error::Error::source(&Wrapped::Storage(std::fmt::Error)).is_some());
        assert!(Optional { required_role: Some("Manager") }.to_string().contains("Manager"));
        assert!(!Optional { required_role: None }.to_string().contains("Manager"));
        assert!(Required { required_role: "Admin".to_owned() }.to_string().contains("Admin"));
    }
}
