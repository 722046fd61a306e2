//! The end of a request at the deadline of a retry policy.

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use reqwest::Body;
use std::boxed::Box;
use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::time::{Instant, Sleep, sleep_until};

/// The deadline passed while an attempt was under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeadlinePassed;

impl fmt::Display for DeadlinePassed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the deadline of the retry policy passed")
    }
}

impl Error for DeadlinePassed {}

/// A body that ends with a timeout at the deadline.
pub(super) struct DeadlineBody {
    body: Body,
    end: Pin<Box<Sleep>>,
}

impl DeadlineBody {
    pub(super) fn new(body: Body, deadline: Instant) -> Self {
        Self { body, end: Box::pin(sleep_until(deadline)) }
    }
}

impl HttpBody for DeadlineBody {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.end.as_mut().poll(task).is_ready() {
            // reqwest recognizes a timeout by its kind.
            let passed = io::Error::new(io::ErrorKind::TimedOut, DeadlinePassed);
            return Poll::Ready(Some(Err(passed.into())));
        }
        Pin::new(&mut self.body).poll_frame(task).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
