//! Read the errors of another service, retry, and answer your own caller.
//!
//! # Read an error
//!
//! With the feature `reqwest`, `.lift_error()` after `send()` gives the response or the error:
//!
//! ```
//! use lift_errors::client::{ACCEPT, LiftErrorExt as _, ReceivedError};
//! use lift_errors::lift;
//!
//! async fn order(client: &reqwest::Client, url: &str) -> Result<Option<reqwest::Response>, ReceivedError> {
//!     match client.get(url).header("Accept", ACCEPT).send().lift_error::<lift::Error>().await {
//!         Ok(response) => Ok(Some(response)),
//!         Err(error) if matches!(error.error(), Some(lift::Error::NotFound { .. })) => Ok(None),
//!         Err(error) => Err(error),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! // Nobody listens at port 1: the canonical "Unable to connect to server", with its fixes.
//! let error = order(&reqwest::Client::new(), "http://127.0.0.1:1/orders/PO-7").await.unwrap_err();
//! assert!(matches!(error.error(), Some(lift::Error::ConnectionFailed { .. })));
//! assert!(error.is_unanswered() && error.fixes().len() > 1);
//! # }
//! ```
//!
//! Without an answer no server chose a language: `title()`, `detail()`, `causes()`, `fixes()` and `notes()` of such an error are in
//! English. For a reader's language take the typed error, or the texts of the entry
//! ([`unanswered`](crate::client::ReceivedError::unanswered) shows both):
//!
//! ```
//! use lift_errors::{Format, LiftError as _, Locale, client::ReceivedError, lift};
//!
//! /// The error as a page of text in the reader's language.
//! fn in_language(received: &ReceivedError, reader: Locale) -> Option<String> {
//!     let error = received.error_as::<lift::Error>()?;
//!     Some(error.problem().with_locale(reader).display(Format::PlainText).to_string())
//! }
//! # #[cfg(feature = "locale-de")] {
//! # let text = in_language(&ReceivedError::timed_out("too slow"), "de".parse().unwrap()).unwrap();
//! # assert!(text.contains("Der Server hat nicht rechtzeitig geantwortet."), "{text}");
//! # }
//! ```
//!
//! With a catalogue that has a base, that error is the catalogue's own: name its `Error` instead of `lift::Error`.
//!
//! If rustc reports trait bounds that are not satisfied at `lift_error`, or at `.with(RetryMiddleware::new(…))`, the service uses
//! other versions than reqwest 0.13 and reqwest-middleware 0.5.
//!
//! Without reqwest (feature `client`), [`ReceivedError::from_response`](crate::client::ReceivedError::from_response) takes any
//! `http::Response`, and with `tonic` a `ReceivedError` comes from a `Status`. A [`ReceivedError`](crate::client::ReceivedError) contains
//!
//! - `error()`: the typed error, if its code is one of the catalogue that you named and its required parameters are there; the
//!   operators' and secret parameters, which no response carries, are `None` in it;
//! - `entry()`: what the catalogue says of the code, also where a parameter is missing;
//! - `error_as::<onboarding::Error>()`: the same for another catalogue, where a service uses several;
//! - `code()`, `id()`, `detail()`, `causes()`, `fixes()`, `parameters()`, `field_errors()`, `request_id()`: the members of the
//!   document as they came, known here or not;
//! - `extensions()`: everything else of the document;
//! - `status()`, `headers()`, `body()`: the response itself.
//!
//! Errors of other systems are read, too: title, detail, code, field errors, request id and the time to wait are found where
//! JSON:API, GraphQL, OAuth, Google, AWS, Azure, Kubernetes, Spring, ASP.NET, Laravel, Django and FastAPI put them in a body. A
//! text is the detail. Bodies are read as UTF-8, or as ISO-8859-1 where the `Content-Type` names it. A code or an id that only a
//! header of theirs contains, such as `x-amzn-RequestId` or `x-ms-request-id`, is in `headers()`.
//!
//! Ask for problem details, as above, to get every parameter: the envelope that a plain client gets has only the delay, and then
//! `error()` is `None` for each error with a required parameter. The middleware below sends [`ACCEPT`](crate::client::ACCEPT) for
//! you.
//!
//! # Retry
//!
//! ```
//! use lift_errors::client::{RetryMiddleware, RetryPolicy, noting_redirects};
//! use std::time::Duration;
//!
//! let policy = RetryPolicy::default().with_deadline(Duration::from_secs(20));
//! let redirects = noting_redirects(reqwest::redirect::Policy::default());
//! let client = reqwest::Client::builder().redirect(redirects).build()?;
//! let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::new(policy)).build();
//! # Ok::<(), reqwest::Error>(())
//! ```
//!
//! The policy follows the contract in the error: never earlier than the server asks, with backoff and full jitter, out of a budget.
//! A lone request gets at most five attempts from the default one, however many
//! [`with_attempts`](crate::client::RetryPolicy::with_attempts) allows.
//! A request that may have done half of its work is only repeated where that is safe: a `GET`, a `PUT`, or one with an
//! `Idempotency-Key`. One whose body is a stream is sent once.
//!
//! - Set a deadline, or a maximum delay, for interactive calls. A canonical 500 asks for a minute, and `send()` sleeps until
//!   then. The deadline also ends the body of a response that succeeded, so give long downloads and streams a policy without one.
//! - Retries are logged at `debug`, as are errors after which none is allowed, and requests that are given up at `warn`, with the
//!   reason and the id of the request at that service (`upstream_request_id`). These events, of the target
//!   `lift_errors::client`, show the error that was received. What your own caller gets is an error of your catalogue, with another
//!   id, in an event of its own.
//! - A refusal with a 5xx ([`RetryKind::After`](crate::RetryKind::After)) counts only if the response itself says so, in its body or
//!   in `Lift-Retry`. Let your proxies pass on the headers that begin with `Lift-`: the envelope does not say the kind, and without
//!   it a refused `POST` is not sent again. The policy of tower reads no body, and needs `Lift-Retry`.
//! - Make one middleware for each service that you call: its requests share a budget.
//! - A timeout of the `reqwest::Client` or of a request limits each attempt.
//! - A redirect can make a `GET` of a `POST` that was carried out. Give the client
//!   [`noting_redirects`](crate::client::noting_redirects), or no redirects at all, so that the middleware does not repeat the
//!   `POST` if that `GET` fails.
//!
//! With the feature `retry`, [`RetryPolicy`](crate::client::RetryPolicy) is a `tower::retry::Policy`:
//!
//! ```
//! use lift_errors::client::RetryPolicy;
//! use tower::{ServiceBuilder, retry::RetryLayer};
//!
//! let layers = ServiceBuilder::new().layer(RetryLayer::new(RetryPolicy::default()));
//! # let _: ServiceBuilder<_> = layers;
//! ```
//!
//! It clones the request with its body. The body of a channel of tonic is not `Clone`.
//!
//! For such a channel and any other client, ask the policy: [`RetryPolicy::decide`](crate::client::RetryPolicy::decide). With the
//! feature `tonic`:
//!
//! ```
//! use lift_errors::RetryKind;
//! use lift_errors::client::{ReceivedError, RetryDecision, RetryPolicy};
//! use tokio::time::{Instant, sleep};
//! use tonic::{Response, Status};
//!
//! /// `is_safe`: whether the method may be called again after it may have been carried out.
//! async fn with_retries<T, F: Future<Output = Result<Response<T>, Status>>>(
//!     policy: &RetryPolicy,
//!     is_safe: bool,
//!     mut call: impl FnMut() -> F,
//! ) -> Result<Response<T>, ReceivedError> {
//!     let began = Instant::now();
//!     let mut attempts = 0;
//!     let mut may_be_carried_out = false;
//!     loop {
//!         let error = match call().await {
//!             Ok(response) => {
//!                 policy.succeeded();
//!                 return Ok(response);
//!             }
//!             // A refusal says nothing of an earlier attempt.
//!             Err(status) => ReceivedError::from(status).with_carried_out(may_be_carried_out),
//!         };
//!         attempts += 1;
//!         may_be_carried_out |= error.retry().kind() != RetryKind::After;
//!         match policy.decide(attempts, began.elapsed(), is_safe, error.retry()) {
//!             RetryDecision::Wait(wait) => sleep(wait).await,
//!             RetryDecision::Stop(_) => return Err(error),
//!         }
//!     }
//! }
//!
//! /// A client as tonic generates it.
//! #[derive(Clone)]
//! struct Orders {
//!     // …
//! #     answers: std::sync::Arc<std::sync::Mutex<Vec<Result<Response<String>, Status>>>>,
//! }
//!
//! # impl Orders {
//! #     async fn find_order(&mut self, _: String) -> Result<Response<String>, Status> {
//! #         self.answers.lock().unwrap().pop().unwrap()
//! #     }
//! # }
//! async fn find(orders: &Orders, number: &str) -> Result<String, ReceivedError> {
//!     let call = || {
//!         let (mut orders, number) = (orders.clone(), number.to_owned());
//!         async move { orders.find_order(number).await }
//!     };
//!     Ok(with_retries(&RetryPolicy::default(), true, call).await?.into_inner())
//! }
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() {
//! # let answers = vec![Ok(Response::new("PO-7".to_owned())), Err(Status::unavailable("restarting"))];
//! # let orders = Orders { answers: std::sync::Arc::new(std::sync::Mutex::new(answers)) };
//! # assert_eq!(tokio::spawn(async move { find(&orders, "PO-7").await.unwrap() }).await.unwrap(), "PO-7");
//! # let refusal = || lift_errors::lift::Error::service_unavailable(std::time::Duration::from_secs(2));
//! # let mut answers = [Status::unavailable("restarting")].into_iter().chain([(); 3].map(|()| refusal().into()));
//! # let refused = with_retries(&RetryPolicy::default(), true, || std::future::ready(Err::<Response<()>, _>(answers.next().unwrap()))).await;
//! # assert_eq!(refused.unwrap_err().retry().kind(), RetryKind::Idempotent);
//! # }
//! ```
//!
//! # A client in another language
//!
//! It finds the error by `catalog` and `code`, or by the id, and retries by these rules. `tests/judges/client.py` of the repository has
//! them in Python, and finds the same contracts as this library.
//!
//! 1. The kind is that of `retry` in the body, else that of `Lift-Retry`; gRPC has it as `lift-retry` in the metadata of `ErrorInfo`.
//!    The metadata of a status counts as headers: those of a proxy that answered the call by HTTP are there. A `Lift-Retry` that is
//!    there several times, as lines or in one line behind commas, counts if all of them say the same kind.
//! 2. If the response says none, the kind is that of the code in the catalogue, but `idempotent` if that is `after`, the response
//!    says no wait, and the code's status is not 429. For an unknown code the kind follows from the status, and from gRPC's code only
//!    if there is no status of HTTP:
//!
//!    | HTTP | gRPC | without a wait | with a wait |
//!    | --- | --- | --- | --- |
//!    | 429 | | `after` | `after` |
//!    | 408, 502 to 504, and Cloudflare's 520 to 524 | `UNAVAILABLE` | `idempotent` | `idempotent` |
//!    | any other 4xx | `RESOURCE_EXHAUSTED` | `never` | `after` |
//!    | any other 5xx | | `never` | `idempotent` |
//!    | | any other code, such as `ABORTED` | `never` | `never` |
//!
//! 3. `after` becomes `idempotent` if any of this is true of the answer. A 429 refuses a request by itself: only the rows of
//!    `RESOURCE_EXHAUSTED` and of an earlier request apply to it.
//!
//!    | the answer | why |
//!    | --- | --- |
//!    | is a 5xx and says no kind | A service sends the same code with `idempotent` where something may have been done, and a proxy may have dropped that word. |
//!    | has gRPC's `UNAVAILABLE`, `INTERNAL`, `UNKNOWN`, `CANCELLED`, `DEADLINE_EXCEEDED`, `UNIMPLEMENTED` or `DATA_LOSS`, and says no kind | The same. A gateway makes a 499 of `CANCELLED`. |
//!    | has gRPC's `RESOURCE_EXHAUSTED`, and says neither a kind nor a wait | A full disk has this code, too. |
//!    | has another status than `status`, `errorCode` or Google's `code` in its body, or than the code in the catalogue | It is a copy: a gateway has put the error of an upstream into its own response. |
//!    | is one of HTTP with a code of gRPC that has another status in [`google.rpc.Code`]; the catalogue's status does not matter then | It is a copy. |
//!    | has another gRPC code than the `code` in its details, or than the code in the catalogue | It is a copy. |
//!    | follows an attempt that was not refused, or a redirect by which a `POST` became a `GET` | The earlier request may have been carried out. |
//!
//! 4. The wait is the longest that `Retry-After`, `Lift-Retry`, the body and gRPC's `RetryInfo` say, rounded up to seconds. A wait that
//!    the code has in the catalogue is the shortest, unless the body says one, or the response says another kind than the code has.
//!    For a 429 without any of them, it is the time until the reset in `RateLimit`, else in `RateLimit-Reset`, else in
//!    `X-RateLimit-Reset`.
//!
//! An answer of HTTP has the code of gRPC that `grpc-status` says, else that of an error as JSON: of the body, or of an object in it
//! such as `error`. That object has a list `details` that contains only objects, or no other members than `code` (a number),
//! `message` (a text), `error` (the same text), `status` (the name of gRPC's code) and, beside a `status`, `errors`. `code` is
//! gRPC's number, from 1 to 16, or the status of HTTP, as Google's APIs have it.
//! gRPC's code counts without `details`, or without its number, only if the answer has the code's status in [`google.rpc.Code`].
//!
//! [`google.rpc.Code`]: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
//!
//! `after` allows any request to be sent again, `idempotent` only one that is safe to repeat.
//!
//! # Answer your own caller
//!
//! `?` does not forward a received error: an upstream's 401 is about *your* credentials there, and would log out your caller.
//! [`into_upstream`](crate::client::ReceivedError::into_upstream) makes an error of your service from it, which a handler can return
//! as it is, as an [`ErrorResponse`](crate::ErrorResponse), in a chain of `anyhow` or in your own enum:
//!
//! ```
//! use lift_errors::client::{ReceivedError, UpstreamError};
//! use lift_errors::LiftError;
//!
//! #[derive(Debug, LiftError)]
//! enum TrackingError {
//!     #[lift(transparent)]
//!     Carrier(#[from] UpstreamError),
//! }
//!
//! fn track(received: Result<String, ReceivedError>) -> Result<String, TrackingError> {
//!     received.map_err(|error| error.into_upstream().with_name("carrier").into())
//! }
//!
//! let refused = http::Response::builder().status(401).header("Lift-Error", "LIFT-0401").body("").unwrap();
//! let error = track(Err(ReceivedError::from_response(refused))).unwrap_err();
//! assert_eq!(error.problem().status(), Some(502));
//! assert!(error.problem().sources().to_string().contains("LIFT-0401"));
//! ```
//!
//! | the upstream | your caller gets |
//! | --- | --- |
//! | did not answer in time, 408, 504, Cloudflare's 524, gRPC's `DEADLINE_EXCEEDED` | 504 |
//! | 429, or 503, with a wait of at most a day | 503 with that wait, or one second for zero |
//! | was never asked: the request can't be built, or its own body broke while it was sent | 500 |
//! | was never asked: the body that broke is that of your caller, which your service in axum sends on | 413 above a limit, else 400 |
//! | could not be reached | 502 with the cause `network_problem` |
//! | anything else, such as an answer that can't be read | 502 |
//!
//! A corrupt body that a layer of yours decompresses looks like a broken file: it is a 500.
//! Over HTTP/2 reqwest does not tell that a request's body broke: your caller gets a 502. A service that sends uploads on may take
//! `http1_only()` for that client.
//!
//! Your caller may only repeat requests that are safe to repeat: the carrier refused *your* request, and your service may have done
//! something before, such as an insert that is committed. If the call is the first step of a handler, or only reads came before,
//! say so: after `error.before_any_work().into_upstream()` a refused `POST` may be sent again, too
//! ([`before_any_work`](crate::client::ReceivedError::before_any_work)).
//!
//! Only the log has what the upstream sent: the error among the `sources`, and the id of its request among the `fields`, as
//! `upstream_request_id`. Where both services are parts of one application,
//! [`forward`](crate::client::ReceivedError::forward) passes the typed error on, except a 401, a 407 or gRPC's
//! `UNAUTHENTICATED`, and, without `before_any_work`, an error after which any request may be sent again, such as a 429. With a
//! catalogue of your own, [`forward_as`](crate::client::ReceivedError::forward_as) does the same for canonical errors.
//! A forwarded error does not have the received one as its source: send the `X-Request-Id` of your request to the upstream, or keep
//! `received.request_id()` and add it to the log ([`with_log_field`](crate::ErrorResponse::with_log_field)).
//!
//! In a service of tonic, `?` on a call passes its `Status` on as it is: the upstream's contract becomes yours, and its
//! `UNAUTHENTICATED` is about your credentials. Make a `ReceivedError` of it first.
