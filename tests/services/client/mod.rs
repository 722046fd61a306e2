//! The client against real servers and hostile bytes: what it reads back, when it tries again, and what it
//! does to a service that is down.

mod chain;
mod chain_model;
mod connection;
mod existing;
mod hostile;
mod json_suite;
mod other_systems;
mod outage;
mod reading;
mod rebuilt;
mod redirects;
mod retries;
mod server;

use lift_errors::client::{CatalogError, ReceivedError};
use lift_errors::lift;
use std::future::Future;

/// Reads a response made of a status, header lines and a body.
fn read_as<E: CatalogError>(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> ReceivedError<E> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    ReceivedError::from_response(response.body(body).unwrap())
}

fn read(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> ReceivedError<lift::Error> {
    read_as(status, headers, body)
}

/// Runs a future on a clock that stands still, and jumps to the next timer whenever all else waits.
fn on_a_virtual_clock<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(future)
}
