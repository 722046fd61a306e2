//! The body of a response, whose beginning was read and is read again.

use super::received::MAX_BODY_BYTES;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use reqwest::{Body, Error};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::time::Instant;

/// The time until which the body of an error is read, among the extensions of its response: all that read it have one deadline.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadUntil(pub(super) Instant);

/// Yields the bytes that were read, then the trailers or the error that ended them, or the rest.
pub(super) struct ReplayBody {
    begun: BytesMut,
    trailers: Option<HeaderMap>,
    fault: Option<Error>,
    rest: Body,
}

impl ReplayBody {
    pub(super) fn new(rest: Body) -> Self {
        Self { begun: BytesMut::new(), trailers: None, fault: None, rest }
    }

    /// Reads to the end, an error, or [`MAX_BODY_BYTES`]. If the future is dropped, the bytes that were read are kept.
    pub(super) async fn read(&mut self) {
        while self.begun.len() < MAX_BODY_BYTES && self.fault.is_none() && self.trailers.is_none() {
            match self.rest.frame().await {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.begun.extend_from_slice(&data),
                    Err(frame) => self.trailers = frame.into_trailers().ok(),
                },
                Some(Err(fault)) => self.fault = Some(fault),
                None => break,
            }
        }
    }

    /// The bytes that were read so far.
    pub(super) fn begun(&self) -> &[u8] {
        &self.begun
    }
}

impl HttpBody for ReplayBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if !self.begun.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(self.begun.split().freeze()))));
        }
        if let Some(trailers) = self.trailers.take() {
            return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
        }
        match self.fault.take() {
            Some(fault) => Poll::Ready(Some(Err(fault))),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }

    fn size_hint(&self) -> SizeHint {
        let begun = self.begun.len() as u64;
        let rest = self.rest.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower().saturating_add(begun));
        if let Some(upper) = rest.upper().and_then(|upper| upper.checked_add(begun)) {
            hint.set_upper(upper);
        }
        hint
    }
}
