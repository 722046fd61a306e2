//! The client against real servers and hostile bytes: what it reads back, when it tries again, and what it
//! does to a service that is down.

mod hostile;
mod reading;

use lift_errors::client::{CatalogError, Received};
use lift_errors::lift;

/// Reads a response made of a status, header lines and a body.
fn read_as<E: CatalogError>(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Received<E> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Received::from_response(response.body(body).unwrap())
}

fn read(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Received<lift::Error> {
    read_as(status, headers, body)
}
