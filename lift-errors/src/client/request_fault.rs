//! Who is to blame for a request that could not be sent.

use crate::lift;
use core::iter::successors;
use http_body_util::LengthLimitError;
use std::error::Error;

/// The error of a request that can't be built, or whose own body broke while it was sent; `None` if the network or the other
/// service failed. A gateway may send the body of its own caller on, which is then to blame: `payload_too_large` above a
/// limit, else `bad_request`, as extractors say.
pub(crate) fn of_request(error: &::reqwest::Error) -> Option<lift::Error> {
    if error.is_builder() {
        return Some(lift::Error::internal_server_error());
    }
    is_of_body(error).then(|| {
        if sources(error).any(<dyn Error>::is::<LengthLimitError>) {
            lift::Error::payload_too_large()
        } else if is_of_caller(error) {
            lift::Error::bad_request()
        } else {
            lift::Error::internal_server_error()
        }
    })
}

/// Whether the stream that a request has as its body failed while it was sent. The client wraps the stream's error once more as one
/// of a body.
pub(super) fn is_of_body(error: &::reqwest::Error) -> bool {
    error.is_request() && sources(error).any(|source| source.downcast_ref().is_some_and(::reqwest::Error::is_body))
}

/// Whether a body that broke is that of a request to this service, and not a file or the answer of a third service.
#[cfg(feature = "axum")]
fn is_of_caller(error: &::reqwest::Error) -> bool {
    let innermost = sources(error).filter(|source| source.is::<::axum::Error>()).last().and_then(Error::source);
    innermost.is_some_and(|source| !source.is::<std::io::Error>() && !source.is::<::reqwest::Error>())
}

#[cfg(not(feature = "axum"))]
fn is_of_caller(_: &::reqwest::Error) -> bool {
    false
}

fn sources(error: &::reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    successors(error.source(), |&source| source.source())
}
