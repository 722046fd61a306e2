//! The request that this thread answers at the moment. An error that becomes a response meanwhile is written for its reader at
//! once, so that the layer does not have to write it again.

#[cfg(feature = "actix-web")]
use crate::server::actix::captured_request::CapturedRequest;
#[cfg(feature = "tonic")]
use crate::server::error_response::ErrorResponse;
#[cfg(feature = "tonic")]
use crate::server::panic::discard;
use crate::server::request_context::RequestContext;
use crate::server::responder::ErrorResponder;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::future::{Future, poll_fn};
use core::pin::pin;

/// How many of a call's statuses are kept. A stream ends with one of its last.
#[cfg(feature = "tonic")]
const KEPT_STATUSES: usize = 8;

/// How many boxes a thread keeps for requests to come.
const SPARE_BOXES: usize = 64;

/// A request, and the responder of the layer around its service.
///
/// It moves with the service's future, to the thread and back at each poll, and into the body. So the request is in a box, which
/// moves as a pointer, and boxes are used again, so that a request allocates nothing.
#[derive(Debug)]
pub(crate) struct Current {
    /// It is there until `drop`.
    kept: Option<Box<Kept>>,
    responder: Arc<ErrorResponder>,
}

#[derive(Clone, Debug, Default)]
struct Kept {
    request: Request,
    /// The last errors that became statuses of gRPC: a stream may end with one of them, which is not logged before.
    #[cfg(feature = "tonic")]
    statuses: Vec<ErrorResponse>,
    /// How many there have been.
    #[cfg(feature = "tonic")]
    made: usize,
}

/// A request, as far as it is read.
#[derive(Clone, Debug)]
enum Request {
    Context(RequestContext),
    /// A request of actix. Its context is made when there is an error.
    #[cfg(feature = "actix-web")]
    Captured(CapturedRequest),
}

impl Default for Request {
    fn default() -> Self {
        Self::Context(RequestContext::unknown())
    }
}

impl Current {
    #[cfg(feature = "tower")]
    pub(crate) fn new<B>(request: &http::Request<B>, responder: &Arc<ErrorResponder>) -> Self {
        let context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
        Self::of(Request::Context(context), responder)
    }

    #[cfg(feature = "actix-web")]
    pub(crate) fn captured(captured: CapturedRequest, responder: &Arc<ErrorResponder>) -> Self {
        Self::of(Request::Captured(captured), responder)
    }

    fn of(request: Request, responder: &Arc<ErrorResponder>) -> Self {
        let spare = SPARE.try_with(|spare| spare.try_borrow_mut().ok()?.pop());
        let mut kept = spare.ok().flatten().unwrap_or_default();
        kept.request = request;
        Self { kept: Some(kept), responder: Arc::clone(responder) }
    }

    /// Whether the request is a call of gRPC.
    #[cfg(feature = "tonic")]
    pub(crate) fn is_call(&self) -> bool {
        let request = self.kept.as_ref().map(|kept| &kept.request);
        matches!(request, Some(Request::Context(context)) if context.grpc().is_some())
    }

    /// How many errors became statuses of gRPC so far.
    #[cfg(all(feature = "tonic", feature = "tower"))]
    pub(crate) fn statuses_made(&self) -> usize {
        self.kept.as_ref().map_or(0, |kept| kept.made)
    }

    /// The last errors that became statuses of gRPC, the newest at the end.
    #[cfg(feature = "tonic")]
    pub(crate) fn take_statuses(&mut self) -> Vec<ErrorResponse> {
        self.kept.as_mut().map(|kept| core::mem::take(&mut kept.statuses)).unwrap_or_default()
    }

    pub(crate) fn parts(&mut self) -> (&mut RequestContext, &ErrorResponder) {
        let request = &mut self.kept.get_or_insert_default().request;
        #[cfg(feature = "actix-web")]
        if let Request::Captured(captured) = request {
            *request = Request::Context(captured.context());
        }
        match request {
            Request::Context(context) => (context, &self.responder),
            #[cfg(feature = "actix-web")]
            Request::Captured(_) => unreachable!("it became a context above"),
        }
    }
}

impl Clone for Current {
    fn clone(&self) -> Self {
        Self { kept: self.kept.clone(), responder: Arc::clone(&self.responder) }
    }
}

impl Drop for Current {
    fn drop(&mut self) {
        let Some(mut kept) = self.kept.take() else { return };
        // Before the box is given back: the `Drop` of a source may panic, or end another request.
        #[cfg(feature = "tonic")]
        if !kept.statuses.is_empty() {
            discard(core::mem::take(&mut kept.statuses));
        }
        kept.request = Request::default();
        #[cfg(feature = "tonic")]
        {
            kept.made = 0;
        }
        let _ = SPARE.try_with(|spare| {
            if let Ok(mut spare) = spare.try_borrow_mut() {
                if spare.len() < SPARE_BOXES {
                    spare.push(kept);
                }
            }
        });
    }
}

std::thread_local! {
    /// It is moved here while the service works, and back afterwards: nothing is allocated or shared.
    static CURRENT: RefCell<Option<Current>> = const { RefCell::new(None) };
    /// The boxes of requests that have ended.
    #[expect(clippy::vec_box, reason = "the boxes are what is kept")]
    static SPARE: RefCell<Vec<Box<Kept>>> = const { RefCell::new(Vec::new()) };
}

/// Exchanges the current request for the one in `slot`. Thread-locals are gone while a thread ends: no request is current then.
fn exchange(slot: &mut Option<Current>) {
    let _ = CURRENT.try_with(|current| {
        if let Ok(mut current) = current.try_borrow_mut() {
            core::mem::swap(&mut *current, slot);
        }
    });
}

/// Exchanges the current request again when it is dropped, also after a panic.
struct Exchanged<'a>(&'a mut Option<Current>);

impl<'a> Exchanged<'a> {
    fn new(slot: &'a mut Option<Current>) -> Self {
        exchange(slot);
        Self(slot)
    }
}

impl Drop for Exchanged<'_> {
    fn drop(&mut self) {
        exchange(self.0);
    }
}

/// Runs `work` with the request in `slot` as the current one. Services call each other: the outer request is current again
/// afterwards.
pub(crate) fn during<T>(slot: &mut Option<Current>, work: impl FnOnce() -> T) -> T {
    let _exchanged = Exchanged::new(slot);
    work()
}

/// Calls `write` with the current request, if there is one. Meanwhile there is none: values of an error are foreign code, which
/// may make errors of its own.
pub(crate) fn with<T>(write: impl FnOnce(&mut RequestContext, &ErrorResponder) -> T) -> Option<T> {
    let mut slot = None;
    let exchanged = Exchanged::new(&mut slot);
    let (context, responder) = exchanged.0.as_mut()?.parts();
    Some(write(context, responder))
}

/// The context of a request that is current while its handler works. The caller gets it back in the end, also if the request is
/// cancelled.
struct Lent<'a> {
    context: &'a mut RequestContext,
    current: Option<Current>,
}

impl<'a> Lent<'a> {
    fn new(context: &'a mut RequestContext, responder: &Arc<ErrorResponder>) -> Self {
        let request = core::mem::replace(context, RequestContext::unknown());
        Self { context, current: Some(Current::of(Request::Context(request), responder)) }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(current) = &mut self.current {
            core::mem::swap(self.context, current.parts().0);
        }
    }
}

impl ErrorResponder {
    /// Runs a handler with `context` as that of its request, as the layers do. It is for frameworks without a feature of this
    /// crate.
    ///
    /// An error that becomes a response meanwhile is in the format and the language of the request, and
    /// [`respond`](Self::respond) logs it with the request. [`RequestContext::update`] changes `context`. Put everything that can
    /// fail into the future: middlewares, extractors and the handler. A task that the handler spawns is outside of the context. A
    /// panic is not caught. The response has the error among its extensions: if they are dropped on the way, nothing logs it.
    ///
    /// ```
    /// use http::{Request, Response};
    /// use lift_errors::{ErrorResponder, ErrorResponse, RequestContext, lift};
    /// use std::sync::Arc;
    ///
    /// async fn order(_: Request<Vec<u8>>) -> Response<Vec<u8>> {
    ///     ErrorResponse::new(lift::not_found::new().with_resource("order PO-7")).into_http()
    /// }
    ///
    /// /// A middleware around all of the service.
    /// async fn handle(errors: &Arc<ErrorResponder>, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    ///     let mut context = RequestContext::new(request.method(), request.uri(), request.headers(), request.extensions());
    ///     let (mut head, body) = errors.scope(&mut context, order(request)).await.into_parts();
    ///     let written = errors.respond(&mut context, &mut head, body.is_empty());
    ///     Response::from_parts(head, written.map_or(body, Vec::from))
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let errors = Arc::new(ErrorResponder::new());
    /// let request = Request::get("/orders/PO-7").header("accept", "text/plain").body(Vec::new()).unwrap();
    /// let response = handle(&errors, request).await;
    /// assert!(response.body().starts_with("Not Found · LIFT-0404, HTTP 404\n".as_bytes()));
    /// # }
    /// ```
    pub async fn scope<F: Future>(self: &Arc<Self>, context: &mut RequestContext, handler: F) -> F::Output {
        let mut lent = Lent::new(context, self);
        let mut handler = pin!(handler);
        poll_fn(|task| during(&mut lent.current, || handler.as_mut().poll(task))).await
    }
}

impl RequestContext {
    /// Changes what a layer of this crate knows of the request that is being handled, and returns the result of `change`;
    /// `None` outside of a request, for example in a task of its own.
    ///
    /// It is for a middleware inside of the layer, such as one that reads the session. The layer lends the context to the
    /// thread while the service works: call it in the middleware itself, before it calls the next service.
    ///
    /// ```
    /// use axum::{Router, extract::Request, middleware::{self, Next}, response::Response, routing::get};
    /// use lift_errors::{ErrorLayer, Locale, RequestContext, lift};
    ///
    /// // The session says in which language its user reads.
    /// async fn session(request: Request, next: Next) -> Response {
    ///     let locale = Locale::negotiate(["uk-UA"], &[&lift::CATALOG]);
    ///     RequestContext::update(|context| context.set_locale(locale));
    ///     next.run(request).await
    /// }
    ///
    /// let routes = Router::new().route("/orders", get(|| async { Err::<(), _>(lift::Error::forbidden()) }));
    /// let app = ErrorLayer::default().wrap_router(routes.layer(middleware::from_fn(session)));
    /// # let _ = app;
    /// ```
    pub fn update<T>(change: impl FnOnce(&mut Self) -> T) -> Option<T> {
        with(|context, _| change(context))
    }
}

/// Keeps an error that became a status, until the call ends. A stream may make one for each message, and live for days.
#[cfg(feature = "tonic")]
pub(crate) fn keep_status(error: &ErrorResponse) {
    let mut slot = None;
    let exchanged = Exchanged::new(&mut slot);
    if let Some(current) = exchanged.0.as_mut() {
        let kept = current.kept.get_or_insert_default();
        kept.made = kept.made.wrapping_add(1);
        let statuses = &mut kept.statuses;
        if statuses.len() == KEPT_STATUSES {
            statuses.remove(0);
        }
        statuses.push(error.clone());
    }
}

#[cfg(all(test, feature = "tonic", feature = "tower"))]
mod tests {
    use super::*;
    use crate::lift;
    use crate::problem::lift_error::LiftError as _;

    #[test]
    fn a_panic_of_a_kept_errors_drop_does_not_leave_the_request() {
        #[derive(Debug)]
        struct Grenade;

        impl core::fmt::Display for Grenade {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a grenade")
            }
        }

        impl core::error::Error for Grenade {}

        impl Drop for Grenade {
            fn drop(&mut self) {
                panic!("dropped");
            }
        }
        let request = http::Request::post("/depot.Depot/Watch").body(()).unwrap();
        let mut slot = Some(Current::new(&request, &Arc::new(ErrorResponder::new())));
        during(&mut slot, || {
            let error = ErrorResponse::new(lift::Error::internal_server_error().caused_by(Grenade));
            keep_status(&error);
            discard(error);
        });
        let kept = slot.as_ref().and_then(|current| current.kept.as_ref()).map(|kept| kept.statuses.len());
        assert_eq!(kept, Some(1));
        drop(slot);
    }

    #[test]
    fn a_long_stream_keeps_its_last_statuses() {
        let request = http::Request::post("/depot.Depot/Watch").body(()).unwrap();
        let mut slot = Some(Current::new(&request, &Arc::new(ErrorResponder::new())));
        during(&mut slot, || {
            for _ in 0..1_000 {
                keep_status(&ErrorResponse::new(lift::Error::forbidden()));
            }
            keep_status(&ErrorResponse::new(lift::Error::conflict()));
        });
        let kept = slot.unwrap().take_statuses();
        assert_eq!((kept.len(), kept.last().map(|error| error.entry())), (KEPT_STATUSES, Some(lift::conflict::ENTRY)));
    }
}
