//! One call: the answer of a future and of a body that never have to wait.

use bytes::Bytes;
use futures_util::FutureExt as _;
use http_body::Body;
use lift_errors::lift;
use std::fmt::Debug;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How many requests a round has.
pub(crate) const REQUESTS: usize = 256;

pub(crate) fn refused() -> lift::Error {
    lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12))
}

/// The result of a future that never has to wait.
pub(crate) fn finish<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("it does not wait")
}

/// The data of a body that never has to wait.
pub(crate) fn read<B: Body<Data = Bytes, Error: Debug>>(body: B) -> Vec<u8> {
    let (mut body, mut bytes) = (pin!(body), Vec::new());
    while let Poll::Ready(Some(frame)) = body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
        bytes.extend_from_slice(frame.expect("a frame").data_ref().map_or(&[], |data| data));
    }
    bytes
}
