//! Traits of frameworks that describe an API, for generated code and the derive. The macro is empty if the feature is off:
//! the derive can't know this crate's features.

#[cfg(feature = "utoipa")]
pub use utoipa;

/// The result of `utoipa::IntoResponses::responses`.
#[cfg(feature = "utoipa")]
pub type Responses =
    alloc::collections::BTreeMap<alloc::string::String, utoipa::openapi::RefOr<utoipa::openapi::Response>>;

/// The responses with these errors, by status.
#[cfg(feature = "utoipa")]
pub fn responses(entries: &[crate::catalog::entry::Entry]) -> Responses {
    crate::openapi::utoipa::responses(entries)
}

/// `utoipa::IntoResponses` of a type that lists its errors: `([generics] [type] [where clause])`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "utoipa")]
macro_rules! __lift_openapi_traits {
    ([$($generics:tt)*] [$($kind:tt)*] [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl $($generics)* $crate::__private::utoipa::IntoResponses for $($kind)* $($bounds)* {
            fn responses() -> $crate::__private::Responses {
                $crate::__private::responses(&<Self as $crate::PossibleErrors>::entries())
            }
        }
    };
}

/// Nothing: the feature `utoipa` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "utoipa"))]
macro_rules! __lift_openapi_traits {
    ($($unused:tt)*) => {};
}
