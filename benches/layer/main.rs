//! A request through the layers of the frameworks: their cost where all goes well, and where a handler returns an error.
//! Nobody listens to the log. `cargo bench -p lift-errors-benches --bench layer`

mod actix;
mod axum;
#[allow(dead_code, reason = "the other benchmark of problem details needs more of them")]
#[path = "../peers/mod.rs"]
mod peers;
mod tonic;

use bytes::Bytes;
use http_body::Body;
use lift_errors::lift;
use lift_errors_benches::only_without_backtraces;
use std::fmt::Debug;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How many requests a round has.
const REQUESTS: usize = 256;

fn refused() -> lift::Error {
    lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12))
}

/// The result of a future that never has to wait.
fn finish<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits"),
    }
}

/// The data of a body that never has to wait.
fn read<B: Body<Data = Bytes, Error: Debug>>(body: B) -> Vec<u8> {
    let (mut body, mut bytes) = (pin!(body), Vec::new());
    while let Poll::Ready(Some(frame)) = body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
        bytes.extend_from_slice(frame.expect("a frame").data_ref().map_or(&[], |data| data));
    }
    bytes
}

fn main() {
    only_without_backtraces();
    axum::run();
    actix::run();
    tonic::run();
}
