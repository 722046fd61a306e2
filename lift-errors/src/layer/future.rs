//! The wait for a response, and for the few words of one that is replaced.

use super::ErrorBody;
use crate::failure::Failure;
use crate::responder::{Answer, RequestContext, Responder};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use bytes::Bytes;
use core::any::Any;
use core::error::Error;
use core::fmt;
use core::future::Future;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use http::response::Parts;
use http::{Response, header};
use http_body::Body;
use pin_project_lite::pin_project;
use std::panic::catch_unwind;

/// The most bytes of a plain text that are read for the log.
const MOST_WORDS: u64 = 1_024;

type Panic = Box<dyn Any + Send>;

pin_project! {
    /// The response of an [`ErrorService`](super::ErrorService), once it is there.
    pub struct ResponseFuture<F, B> {
        #[pin]
        state: State<F, B>,
        context: RequestContext,
        responder: Arc<Responder>,
    }
}

pin_project! {
    #[project = StateOf]
    enum State<F, B> {
        Waiting { #[pin] answer: F },
        Panicked { panic: Option<Panic> },
        // An error with a line of plain text, which is read before it is replaced.
        Reading { parts: Option<Parts>, #[pin] body: B, words: Vec<u8> },
    }
}

impl<F, B> fmt::Debug for ResponseFuture<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("context", &self.context).finish_non_exhaustive()
    }
}

impl<F, B> ResponseFuture<F, B> {
    pub(super) fn new(answer: Result<F, Panic>, context: RequestContext, responder: Arc<Responder>) -> Self {
        let state = match answer {
            Ok(answer) => State::Waiting { answer },
            Err(panic) => State::Panicked { panic: Some(panic) },
        };
        Self { state, context, responder }
    }
}

impl<F, B, E> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body<Data = Bytes>,
{
    type Output = Result<Response<ErrorBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            let next = match this.state.as_mut().project() {
                StateOf::Waiting { answer } => match catch_unwind(AssertUnwindSafe(|| answer.poll(task))) {
                    Ok(answer) => match sort(ready!(answer)?, this.context, this.responder) {
                        Sorted::Done(response) => return Poll::Ready(Ok(response)),
                        Sorted::Words(parts, body) => State::Reading { parts: Some(parts), body, words: Vec::new() },
                    },
                    Err(panic) => State::Panicked { panic: Some(panic) },
                },
                StateOf::Panicked { panic } => {
                    let failure = Failure::internal(Panicked(words_of(panic.take())));
                    let mut parts = Response::new(()).into_parts().0;
                    let body = this.responder.answer(&failure, "", this.context, &mut parts);
                    return Poll::Ready(Ok(Response::from_parts(parts, ErrorBody::written(body))));
                }
                StateOf::Reading { parts, body, words } => {
                    if read(body, task, words).is_pending() {
                        return Poll::Pending;
                    }
                    let mut parts = parts.take().unwrap_or_else(|| Response::new(()).into_parts().0);
                    let said = String::from_utf8_lossy(words);
                    let written = this.responder.settle(Answer::Bare, &said, this.context, &mut parts);
                    let body = ErrorBody::written(written.unwrap_or_default());
                    return Poll::Ready(Ok(Response::from_parts(parts, body)));
                }
            };
            this.state.set(next);
        }
    }
}

/// What becomes of a response.
enum Sorted<B: Body> {
    Done(Response<ErrorBody<B>>),
    Words(Parts, B),
}

fn sort<B: Body<Data = Bytes>>(
    response: Response<B>,
    context: &mut RequestContext,
    responder: &Responder,
) -> Sorted<B> {
    let (mut parts, body) = response.into_parts();
    let size = body.size_hint();
    let answer = responder.sort(&mut parts, body.is_end_stream() || size.exact() == Some(0));
    let is_short = || size.exact().is_some_and(|bytes| (1..=MOST_WORDS).contains(&bytes));
    if matches!(answer, Answer::Bare) && is_short() && !parts.headers.contains_key(header::CONTENT_ENCODING) {
        return Sorted::Words(parts, body);
    }
    let body = match responder.settle(answer, "", context, &mut parts) {
        Some(written) => ErrorBody::written(written),
        None => ErrorBody::passed(body),
    };
    Sorted::Done(Response::from_parts(parts, body))
}

/// Reads a short body to its end; one that breaks off has said what it had to say.
fn read<B: Body<Data = Bytes>>(mut body: Pin<&mut B>, task: &mut Context<'_>, words: &mut Vec<u8>) -> Poll<()> {
    loop {
        match ready!(body.as_mut().poll_frame(task)) {
            Some(Ok(frame)) if words.len() as u64 <= MOST_WORDS => {
                words.extend_from_slice(frame.data_ref().map_or(&[][..], |data| data));
            }
            _ => return Poll::Ready(()),
        }
    }
}

/// What a handler said when it panicked.
fn words_of(panic: Option<Panic>) -> String {
    let words = panic.and_then(|panic| match panic.downcast::<String>() {
        Ok(words) => Some(*words),
        Err(panic) => panic.downcast_ref::<&str>().map(ToString::to_string),
    });
    words.unwrap_or_default()
}

/// A handler panicked.
#[derive(Debug)]
struct Panicked(String);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked: {}", self.0)
    }
}

impl Error for Panicked {}
