//! axum's rejections as canonical errors.

use crate::lift;
use crate::lift::field_error as usual;
use crate::server::error_response::ErrorResponse;
use crate::server::extract::violation::{of_text, pointer, rejected};
use crate::server::extract::{self, FORM, JSON, invalid, too_large, unreadable, wrong_media_type, wrong_value};
use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use axum::extract::path::ErrorKind;
use axum::extract::rejection::{
    BytesRejection, FailedToBufferBody, FormRejection, JsonRejection, PathRejection, QueryRejection, RawFormRejection,
};
use core::error::Error;
use http_body_util::LengthLimitError;
use serde_path_to_error::Error as AtPath;

/// An error of serde, with the path to its value, further down among an error's sources.
fn data<E: Error + 'static>(rejection: impl Error + Send + Sync + 'static) -> lift::Error {
    let at_path = core::iter::successors(rejection.source(), |&error| error.source())
        .find_map(|error| error.downcast_ref::<AtPath<E>>())
        .map(|error| (error.path().clone(), error.inner().to_string()));
    match at_path {
        Some((path, message)) => wrong_value(&path, rejected(&message), rejection),
        None => unreadable(rejection),
    }
}

/// The error of a body that can't be read. A limit is found below any number of layers; axum looks below the usual ones.
fn of_body(error: impl Error + Send + Sync + 'static) -> lift::Error {
    let is_above_limit =
        core::iter::successors(error.source(), |&error| error.source()).any(<dyn Error>::is::<LengthLimitError>);
    if is_above_limit { too_large(None, error) } else { unreadable(error) }
}

impl From<BytesRejection> for lift::Error {
    fn from(rejection: BytesRejection) -> Self {
        match rejection {
            BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(error)) => too_large(None, error),
            rejection => of_body(rejection),
        }
    }
}

impl From<JsonRejection> for lift::Error {
    fn from(rejection: JsonRejection) -> Self {
        match rejection {
            JsonRejection::JsonDataError(error) => data::<serde_json::Error>(error),
            JsonRejection::JsonSyntaxError(error) => extract::malformed_body(error),
            JsonRejection::MissingJsonContentType(error) => wrong_media_type(JSON, error),
            JsonRejection::BytesRejection(error) => error.into(),
            rejection => unreadable(rejection),
        }
    }
}

impl From<QueryRejection> for lift::Error {
    fn from(rejection: QueryRejection) -> Self {
        data::<serde::de::value::Error>(rejection)
    }
}

impl From<FormRejection> for lift::Error {
    fn from(rejection: FormRejection) -> Self {
        match rejection {
            FormRejection::InvalidFormContentType(error) => wrong_media_type(FORM, error),
            FormRejection::BytesRejection(error) => error.into(),
            rejection => data::<serde::de::value::Error>(rejection),
        }
    }
}

impl From<RawFormRejection> for lift::Error {
    fn from(rejection: RawFormRejection) -> Self {
        match rejection {
            RawFormRejection::InvalidFormContentType(error) => wrong_media_type(FORM, error),
            RawFormRejection::BytesRejection(error) => error.into(),
            rejection => unreadable(rejection),
        }
    }
}

impl From<PathRejection> for lift::Error {
    fn from(rejection: PathRejection) -> Self {
        of_path(rejection, &[])
    }
}

/// The error of a path, whose route has parameters with these names.
pub(super) fn of_path(rejection: PathRejection, names: &[&str]) -> lift::Error {
    let PathRejection::FailedToDeserializePathParams(error) = rejection else {
        return lift::Error::internal_server_error().caused_by(rejection);
    };
    let at = |name: &str| pointer([Cow::Borrowed(name)]);
    // A route with one parameter, or nothing that says which.
    let single = || if let [name] = names { at(name) } else { String::new() };
    let found = match error.kind() {
        ErrorKind::ParseErrorAtKey { key, value, expected_type } => Some((at(key), of_text(value, expected_type))),
        ErrorKind::ParseErrorAtIndex { index, value, expected_type } => {
            let name = names.get(*index).map_or_else(|| index.to_string(), ToString::to_string);
            Some((at(&name), of_text(value, expected_type)))
        }
        ErrorKind::ParseError { value, expected_type } => Some((single(), of_text(value, expected_type))),
        ErrorKind::InvalidUtf8InPathParam { key } => Some((at(key), usual::malformed().into())),
        ErrorKind::DeserializeError { key, message, .. } => Some((at(key), rejected(message).without_field())),
        ErrorKind::Message(message) => Some((single(), rejected(message).without_field())),
        // The route has other parameters than the handler asks for: nothing that a caller could mend.
        _ => None,
    };
    match found {
        Some((pointer, rejected)) => invalid(pointer, rejected, error),
        None => lift::Error::internal_server_error().caused_by(error),
    }
}

/// The same for handlers that return an `ErrorResponse`, and for `WithRejection` of axum-extra.
macro_rules! responses {
    ($($rejection:ty),+) => {
        $(impl From<$rejection> for ErrorResponse {
            #[track_caller]
            fn from(rejection: $rejection) -> Self {
                Self::__of_framework(lift::Error::from(rejection))
            }
        })+
    };
}

responses!(BytesRejection, JsonRejection, QueryRejection, FormRejection, RawFormRejection, PathRejection);

#[cfg(feature = "multipart")]
mod multipart {
    use super::{Error as _, ErrorResponse, lift, of_body, too_large, wrong_media_type};
    use crate::server::extract::{MULTIPART, malformed_body};
    use axum::extract::multipart::{MultipartError, MultipartRejection};
    use http::StatusCode;

    impl From<MultipartRejection> for lift::Error {
        fn from(rejection: MultipartRejection) -> Self {
            wrong_media_type(MULTIPART, rejection)
        }
    }

    impl From<MultipartError> for lift::Error {
        fn from(error: MultipartError) -> Self {
            match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => too_large(None, error),
                StatusCode::BAD_REQUEST => malformed_body(error),
                // For axum a body that fails is the server's fault. Of what is left, only that error of multer has a source.
                _ if error.source().is_some_and(|error| error.source().is_some()) => of_body(error),
                _ => Self::internal_server_error().caused_by(error),
            }
        }
    }

    responses!(MultipartRejection, MultipartError);
}
