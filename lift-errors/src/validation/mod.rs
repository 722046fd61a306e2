//! The reports of validators as field errors, and extractors that validate.

#[cfg(feature = "garde")]
pub mod garde;
#[cfg(feature = "validator")]
pub mod validator;

use crate::problem::field_error::{FieldError, FieldErrors, MAX_SHOWN};
use alloc::vec::Vec;

/// Field errors in the order of their pointers, with numbers in numeric order, so that one request has one response: the
/// reports of validators are maps. Errors of one field stay in the order of its rules.
///
/// A body of a few megabytes may have a hundred thousand mistakes. Those that no response contains are counted only.
#[derive(Default)]
struct Sorted {
    errors: Vec<FieldError>,
    count: usize,
}

impl Sorted {
    fn push(&mut self, error: FieldError) {
        self.count += 1;
        self.errors.push(error);
        // The sort is stable, so an error that is kept stays before a later one of its field.
        if self.errors.len() >= 2 * MAX_SHOWN {
            self.sort();
            self.errors.truncate(MAX_SHOWN);
        }
    }

    fn sort(&mut self) {
        self.errors.sort_by(|a, b| {
            let [a, b] =
                [a, b].map(|error| error.pointer().split('/').map(|segment| (segment.parse::<u64>().ok(), segment)));
            a.cmp(b)
        });
    }

    fn finish(mut self) -> FieldErrors {
        self.sort();
        FieldErrors::of_report(self.errors, self.count)
    }
}

impl Extend<FieldError> for Sorted {
    fn extend<I: IntoIterator<Item = FieldError>>(&mut self, errors: I) {
        errors.into_iter().for_each(|error| self.push(error));
    }
}

/// `Valid` of a validator: the type, and its extractors for each framework.
macro_rules! valid {
    ($validate:path $(, $context:path)?; $feature:literal, $example:literal) => {
        /// The value of another extractor, validated.
        ///
        /// `Valid<Json<T>>` reads the body and validates it: both kinds of mistakes are canonical errors, with the fields.
        /// It takes every extractor that dereferences to a value with a validation, those of the framework as well, such
        /// as `axum::Json`. In axum, `Option<Valid<Json<T>>>` is `None` where `Option<Json<T>>` is, for a request without a
        /// `Content-Type`; a body that is there has to be valid.
        ///
        /// ```
        #[doc = $example]
        /// ```
        #[cfg_attr(not(docsrs), doc = concat!("<span class=\"stab portability\"><code>", $feature, "</code></span>"))]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[must_use]
        pub struct Valid<E>(pub E);

        impl<E> Valid<E> {
            /// The extractor.
            pub fn into_inner(self) -> E {
                self.0
            }
        }

        #[cfg(any(feature = "axum", feature = "actix-web"))]
        impl<E: core::ops::Deref> Valid<E>
        where
            E::Target: $validate,
            $(<E::Target as $validate>::Context: $context,)?
        {
            fn check(extracted: E) -> Result<Self, $crate::server::error_response::ErrorResponse> {
                match <E::Target as $validate>::validate(&extracted) {
                    Ok(()) => Ok(Self(extracted)),
                    Err(report) => Err($crate::server::error_response::ErrorResponse::__of_framework(
                        $crate::lift::Error::from(report),
                    )),
                }
            }
        }

        #[cfg(feature = "axum")]
        impl<E, S> ::axum::extract::FromRequest<S> for Valid<E>
        where
            E: ::axum::extract::FromRequest<S, Rejection: Into<$crate::server::error_response::ErrorResponse>> + core::ops::Deref,
            E::Target: $validate,
            $(<E::Target as $validate>::Context: $context,)?
            S: Send + Sync,
        {
            type Rejection = $crate::server::error_response::ErrorResponse;

            async fn from_request(
                request: ::axum::extract::Request,
                state: &S,
            ) -> Result<Self, $crate::server::error_response::ErrorResponse> {
                Self::check(E::from_request(request, state).await.map_err(Into::into)?)
            }
        }

        #[cfg(feature = "axum")]
        impl<E, S> ::axum::extract::FromRequestParts<S> for Valid<E>
        where
            E: ::axum::extract::FromRequestParts<S, Rejection: Into<$crate::server::error_response::ErrorResponse>> + core::ops::Deref,
            E::Target: $validate,
            $(<E::Target as $validate>::Context: $context,)?
            S: Send + Sync,
        {
            type Rejection = $crate::server::error_response::ErrorResponse;

            async fn from_request_parts(
                parts: &mut http::request::Parts,
                state: &S,
            ) -> Result<Self, $crate::server::error_response::ErrorResponse> {
                Self::check(E::from_request_parts(parts, state).await.map_err(Into::into)?)
            }
        }

        #[cfg(feature = "axum")]
        impl<E, S> ::axum::extract::OptionalFromRequest<S> for Valid<E>
        where
            E: ::axum::extract::OptionalFromRequest<S, Rejection: Into<$crate::server::error_response::ErrorResponse>> + core::ops::Deref,
            E::Target: $validate,
            $(<E::Target as $validate>::Context: $context,)?
            S: Send + Sync,
        {
            type Rejection = $crate::server::error_response::ErrorResponse;

            async fn from_request(
                request: ::axum::extract::Request,
                state: &S,
            ) -> Result<Option<Self>, $crate::server::error_response::ErrorResponse> {
                E::from_request(request, state).await.map_err(Into::into)?.map(Self::check).transpose()
            }
        }

        #[cfg(feature = "axum")]
        impl<E, S> ::axum::extract::OptionalFromRequestParts<S> for Valid<E>
        where
            E: ::axum::extract::OptionalFromRequestParts<S, Rejection: Into<$crate::server::error_response::ErrorResponse>> + core::ops::Deref,
            E::Target: $validate,
            $(<E::Target as $validate>::Context: $context,)?
            S: Send + Sync,
        {
            type Rejection = $crate::server::error_response::ErrorResponse;

            async fn from_request_parts(
                parts: &mut http::request::Parts,
                state: &S,
            ) -> Result<Option<Self>, $crate::server::error_response::ErrorResponse> {
                E::from_request_parts(parts, state).await.map_err(Into::into)?.map(Self::check).transpose()
            }
        }

        #[cfg(feature = "actix-web")]
        impl<E> ::actix_web::FromRequest for Valid<E>
        where
            E: ::actix_web::FromRequest<Future: 'static> + core::ops::Deref + 'static,
            E::Target: $validate,
            $(<E::Target as $validate>::Context: $context,)?
        {
            type Error = ::actix_web::Error;
            type Future = core::pin::Pin<alloc::boxed::Box<dyn Future<Output = Result<Self, ::actix_web::Error>>>>;

            fn from_request(
                request: &::actix_web::HttpRequest,
                payload: &mut ::actix_web::dev::Payload,
            ) -> Self::Future {
                let extracted = E::from_request(request, payload);
                alloc::boxed::Box::pin(async { Ok(Self::check(extracted.await.map_err(Into::into)?)?) })
            }
        }
    };
}
use valid;

/// Conversions from a report.
macro_rules! conversions {
    ($report:ty) => {
        impl From<$report> for $crate::lift::Error {
            fn from(report: $report) -> Self {
                let errors = $crate::problem::field_error::FieldErrors::from(report);
                $crate::lift::validation_failed::new().with_field_errors(errors).build()
            }
        }

        #[cfg(feature = "http")]
        impl From<$report> for $crate::server::error_response::ErrorResponse {
            #[track_caller]
            fn from(report: $report) -> Self {
                Self::new($crate::lift::Error::from(report))
            }
        }
    };
}
use conversions;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_sorted_as_a_reader_counts() {
        let pointers = ["/lines/10/a", "/name", "/lines/2/b", "", "/lines/2/a", "/lines"];
        let mut sorted = Sorted::default();
        sorted.extend(pointers.map(|pointer| FieldError::new(pointer, ("a", "b"))));
        let sorted = sorted.finish();
        let pointers: Vec<&str> = sorted.iter().map(FieldError::pointer).collect();
        assert_eq!(pointers, ["", "/lines", "/lines/2/a", "/lines/2/b", "/lines/10/a", "/name"]);
    }

    #[test]
    fn the_first_errors_are_kept_and_all_are_counted() {
        let mut sorted = Sorted::default();
        // From the last to the first; each field has two mistakes.
        let numbers = (0..1_000).rev().flat_map(|number| ["a", "b"].map(|code| (number, code)));
        sorted.extend(numbers.map(|(number, code)| FieldError::new(alloc::format!("/{number}"), (code, "m"))));
        let errors = sorted.finish();
        let found: Vec<_> = errors.iter().map(|error| (error.pointer().into(), error.code())).collect();
        let expected = (0..50).flat_map(|number| ["a", "b"].map(|code| (alloc::format!("/{number}"), code)));
        assert_eq!(found, expected.collect::<Vec<(alloc::string::String, &str)>>());
        let error = crate::lift::validation_failed::new().with_field_errors(errors);
        let error = crate::ErrorResponse::from_ref(&error);
        let text = error.problem().display(crate::Format::PlainText).to_string();
        assert!(text.contains("\n- … +1,900\n"), "{text}");
    }
}
