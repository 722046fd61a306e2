//! Frameworks' traits for errors that handlers return. They are macros so that this crate's features decide, not those of
//! the crate with the error. Each takes the generics, the type and the bounds of an implementation.

/// The traits of all frameworks.
#[doc(hidden)]
#[macro_export]
macro_rules! __lift_responses {
    ($($implementation:tt)*) => {
        $crate::__lift_failure!($($implementation)*);
        $crate::__lift_axum_response!($($implementation)*);
        $crate::__lift_actix_response!($($implementation)*);
        $crate::__lift_tonic_status!($($implementation)*);
    };
}

/// Converts the error into an `ErrorResponse`, so that `?` works in a function that returns one.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "http")]
macro_rules! __lift_failure {
    ({$($generics:tt)*} {$($error:tt)*} {$($bounds:tt)*}) => {
        #[automatically_derived]
        impl $($generics)* ::core::convert::From<$($error)*> for $crate::ErrorResponse $($bounds)* {
            #[track_caller]
            fn from(error: $($error)*) -> Self {
                Self::new(error)
            }
        }
    };
}

/// Nothing: the feature `http` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "http"))]
macro_rules! __lift_failure {
    ($($unused:tt)*) => {};
}

/// axum's `IntoResponse`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "axum")]
macro_rules! __lift_axum_response {
    ({$($generics:tt)*} {$($error:tt)*} {$($bounds:tt)*}) => {
        #[automatically_derived]
        impl $($generics)* $crate::__private::axum::response::IntoResponse for $($error)* $($bounds)* {
            fn into_response(self) -> $crate::__private::axum::response::Response {
                $crate::__private::axum::response::IntoResponse::into_response($crate::ErrorResponse::__of_framework(self))
            }
        }
    };
}

/// Nothing: the feature `axum` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "axum"))]
macro_rules! __lift_axum_response {
    ($($unused:tt)*) => {};
}

/// actix-web's `ResponseError`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "actix-web")]
macro_rules! __lift_actix_response {
    ({$($generics:tt)*} {$($error:tt)*} {$($bounds:tt)*}) => {
        #[automatically_derived]
        impl $($generics)* $crate::__private::actix_web::ResponseError for $($error)* $($bounds)* {
            fn status_code(&self) -> $crate::__private::actix_web::http::StatusCode {
                $crate::__private::actix_status(self)
            }

            fn error_response(&self) -> $crate::__private::actix_web::HttpResponse {
                $crate::__private::actix_response(self)
            }
        }
    };
}

/// Nothing: the feature `actix-web` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "actix-web"))]
macro_rules! __lift_actix_response {
    ($($unused:tt)*) => {};
}

/// Converts the error into tonic's `Status`, so that `?` works in a method of a service.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "tonic")]
macro_rules! __lift_tonic_status {
    ({$($generics:tt)*} {$($error:tt)*} {$($bounds:tt)*}) => {
        #[automatically_derived]
        impl $($generics)* ::core::convert::From<$($error)*> for $crate::__private::tonic::Status $($bounds)* {
            #[track_caller]
            fn from(error: $($error)*) -> Self {
                ::core::convert::From::from($crate::ErrorResponse::__of_grpc(error))
            }
        }
    };
}

/// Nothing: the feature `tonic` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "tonic"))]
macro_rules! __lift_tonic_status {
    ($($unused:tt)*) => {};
}
