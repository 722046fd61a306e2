//! Who is to blame for a request that could not be sent.

use crate::lift;
use core::iter::successors;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::io;

/// The error of a request that can't be built, or whose own body broke while it was sent; `None` if the network or the other
/// service failed. A gateway may send the body of its own caller on, who is then to blame: `payload_too_large` above a limit,
/// else `bad_request`, as extractors say. Over HTTP/2, reqwest drops the error of the body.
pub(crate) fn of_request(error: &::reqwest::Error) -> Option<lift::Error> {
    if error.is_builder() {
        return Some(lift::Error::internal_server_error());
    }
    let is_of_body = sources(error).any(|source| source.downcast_ref().is_some_and(::reqwest::Error::is_body));
    (error.is_request() && is_of_body).then(|| {
        if sources(error).any(<dyn Error>::is::<LengthLimitError>) {
            lift::Error::payload_too_large()
        } else if is_of_caller(error) {
            lift::Error::bad_request()
        } else {
            lift::Error::internal_server_error()
        }
    })
}

/// Whether the body that broke is that of a request to this service, as axum has it: not a file, nor the answer of a third service.
#[cfg(feature = "axum")]
fn is_of_caller(error: &::reqwest::Error) -> bool {
    let innermost = sources(error).filter(|source| source.is::<::axum::Error>()).last().and_then(Error::source);
    innermost.is_some_and(|source| !source.is::<io::Error>() && !source.is::<::reqwest::Error>())
}

#[cfg(not(feature = "axum"))]
fn is_of_caller(_: &::reqwest::Error) -> bool {
    false
}

/// The sources of an error.
fn sources<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(source(error), |&error| source(error))
}

/// The source of an error. An `io::Error` hides the error that it was made from.
fn source<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}
