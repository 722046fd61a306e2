//! Who is to blame for a request that could not be sent.

use crate::lift;
use core::iter::successors;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::io;

/// The error of a request that can't be built, or whose own body broke while it was sent; `None` if the network or the other
/// service failed. A gateway may send the body of its own caller on, who is then to blame: `payload_too_large` above a limit,
/// else `bad_request`, as extractors say. Over HTTP/2, hyper drops the error of the body.
pub(crate) fn of_request(error: &::reqwest::Error) -> Option<lift::Error> {
    if error.is_builder() {
        return Some(lift::Error::internal_server_error());
    }
    of_body(error).map(|broken| {
        let has = |is: fn(&(dyn Error + 'static)) -> bool| sources(broken).any(is);
        if has(<dyn Error>::is::<LengthLimitError>) {
            lift::Error::payload_too_large()
        } else if has(<dyn Error>::is::<hyper::Error>) && !has(<dyn Error>::is::<::reqwest::Error>) {
            lift::Error::bad_request()
        } else {
            // A file, or the answer of a third service.
            lift::Error::internal_server_error()
        }
    })
}

/// The error of the stream that a request has as its body, if that failed while it was sent. The client wraps the stream's error
/// once more as one of a body.
fn of_body(error: &::reqwest::Error) -> Option<&::reqwest::Error> {
    let mut bodies = sources(error).filter_map(|source| source.downcast_ref::<::reqwest::Error>());
    bodies.find(|source| error.is_request() && source.is_body())
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
