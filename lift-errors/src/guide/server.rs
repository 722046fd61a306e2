//! Return canonical errors from a service.
//!
//! 1. Enable your framework's feature and `derive`.
//! 2. Describe what can go wrong in an enum with `#[derive(LiftError)]`, and return it from handlers.
//! 3. Put the layer around the service. It writes each error in the format and language of the request, logs it, and converts
//!    every other failure.
//!
//! ```toml
//! [dependencies]
//! lift-errors = { version = "0.1", features = ["axum", "derive", "locales"] }
//!
//! [dev-dependencies]
//! lift-errors = { version = "0.1", features = ["testing"] }
//! ```
//!
//! ```
//! use axum::{Json, Router, body::Body, extract::Path, http::Request, routing::get};
//! use lift_errors::{Brand, ErrorLayer, ErrorResponder, LiftError, lift};
//! use tower::ServiceExt as _;
//!
//! #[derive(Debug, LiftError)]
//! enum OrderError {
//!     #[lift(code = not_found, resource_kind = lift::Term::Order, resource = "{number}")]
//!     NoSuchOrder { number: String },
//!     #[lift(code = internal_server_error)]
//!     Storage(#[from] std::io::Error),
//! }
//!
//! async fn order(Path(number): Path<String>) -> Result<Json<u32>, OrderError> {
//!     Err(OrderError::NoSuchOrder { number })
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let brand = Brand::new("OpenBoxes").with_support("support@openboxes.cloud");
//! let errors = ErrorLayer::new(ErrorResponder::new().with_brand(brand));
//! let app = errors.wrap_router(Router::new().route("/orders/{number}", get(order)));
//!
//! let request = Request::get("/orders/PO-7").header("accept", "text/plain").body(Body::empty()).unwrap();
//! let response = app.oneshot(request).await.unwrap();
//! assert_eq!(response.status(), 404);
//! assert_eq!(response.headers()["lift-error"], "LIFT-0404");
//! # }
//! ```
//!
//! If rustc reports that `Handler` is not implemented, the feature `axum` is missing, or axum is not 0.8.
//!
//! # Describe an error
//!
//! - `code = …` on a variant, or on a struct, names an entry. Its fields are the parameters of the entry, by name. rustc reports a
//!   mistake at the wrong word. The canonical codes and their parameters are [listed here](super::catalog#the-canonical-errors).
//! - `cause = …` names the actual cause. The response then contains only that cause's fixes and the general ones.
//! - `resource_kind = lift::Term::Order` names the kind of a resource in the language of the reader, beside a `resource` such as
//!   `PO-7` that stays as it is. [Terms](super::catalog#terms) are listed in [`lift::Term`](crate::lift::Term).
//! - `required_role = "Manager"` beside the code fills a parameter, and `resource = "order {number}"` formats one from fields.
//! - `#[lift(param = …)]` on a field with another name, `#[lift(skip)]` on one that is not a parameter.
//! - `#[lift(transparent)]` passes on a canonical error of another type, for example of a function that it calls.
//!
//! Without a type of your own, build an error of the catalogue. It can carry a source, for the log:
//!
//! ```
//! use lift_errors::lift;
//! use std::error::Error as _;
//!
//! let refused = std::io::Error::other("connection refused");
//! let error: lift::Error = lift::bad_gateway::new().with_upstream("carrier").caused_by(refused).into();
//! assert_eq!(error.source().unwrap().to_string(), "connection refused");
//! assert!(!error.to_string().contains("refused"));
//! ```
//!
//! The documentation of [the derive](derive@crate::LiftError) lists all attributes.
//!
//! # One line
//!
//! [`bail!`](crate::bail) and [`ensure!`](crate::ensure) return an error. [`OptionExt`](crate::OptionExt) and
//! [`ResultExt`](crate::ResultExt) replace a `None` or another error, which becomes the source:
//!
//! ```
//! use lift_errors::{LiftError, OptionExt, ResultExt, ensure, lift};
//!
//! fn ship(stock: Option<u32>, quantity: &str) -> Result<u32, lift::Error> {
//!     let stock = stock.or_not_found("product", "AB-1")?;
//!     let quantity: u32 = quantity.parse().or_lift(lift::Error::unprocessable_content())?;
//!     ensure!(quantity <= stock, lift::conflict::new().with_resource("the stock of product AB-1"));
//!     Ok(stock - quantity)
//! }
//!
//! assert_eq!(ship(None, "1").unwrap_err().to_string(), "The server could not find product AB-1.");
//! assert_eq!(ship(Some(5), "six").unwrap_err().entry().code(), "unprocessable_content");
//! assert_eq!(ship(Some(5), "6").unwrap_err().entry().code(), "conflict");
//! ```
//!
//! In a service that passes errors on as `anyhow::Error` or `Box<dyn Error + Send + Sync>`, handlers return
//! [`ErrorResponse`](crate::ErrorResponse), and `?` converts (for anyhow with the feature `anyhow`). If the chain holds a `lift::Error`, that is
//! the response, else it is an Internal Server Error; the whole chain is logged.
//! [`from_boxed`](crate::ErrorResponse::from_boxed) and [`from_anyhow`](crate::ErrorResponse::from_anyhow) also find an error type
//! of your own. An error in a `transparent` variant, also one of thiserror's, is not a part of the chain: name the outermost type, or
//! convert it before it goes into the chain.
//!
//! ```
//! use lift_errors::{ErrorResponse, LiftError};
//!
//! #[derive(Debug, LiftError)]
//! enum OrderError {
//!     #[lift(code = conflict, resource = "order {number}")]
//!     Shipped { number: u32 },
//! }
//!
//! fn cancel(number: u32) -> anyhow::Result<()> {
//!     Err(OrderError::Shipped { number })?
//! }
//!
//! async fn handler() -> Result<(), ErrorResponse> {
//!     cancel(7).map_err(ErrorResponse::from_anyhow::<OrderError>)
//! }
//! # let _ = axum::Router::<()>::new().route("/", axum::routing::post(handler));
//! # assert_eq!(cancel(7).map_err(ErrorResponse::from_anyhow::<OrderError>).unwrap_err().status(), 409);
//! ```
//!
//! # Field errors
//!
//! A validation reports every field at once. A [`FieldError`](crate::FieldError) has a JSON pointer (empty for the whole body) and a
//! [`Violation`](crate::Violation). The functions of `lift::field_error` make the usual violations. Their messages are in the
//! language of the response, in every format; JSON also has the code and the parameters, for programs:
//!
//! ```
//! use lift_errors::{FieldError, FieldErrors, Format, LiftError, Locale, lift};
//!
//! #[derive(Debug, LiftError)]
//! #[lift(code = validation_failed)]
//! struct Invalid(#[lift(field_errors)] FieldErrors);
//!
//! fn check(quantity: i64) -> Result<i64, Invalid> {
//!     let mut errors = FieldErrors::new();
//!     if !(1..=500).contains(&quantity) {
//!         let violation = lift::field_error::out_of_range(1, 500);
//!         errors.push(FieldError::new("/lines/0/quantity", violation).with_label("Quantity"));
//!     }
//!     if errors.is_empty() { Ok(quantity) } else { Err(Invalid(errors)) }
//! }
//!
//! let error = check(0).unwrap_err();
//! let french = error.problem().with_locale("fr".parse::<Locale>()?);
//! let body = french.display(Format::ProblemDetails).to_string();
//! assert!(body.contains(r#""code":"out_of_range","params":{"min":1,"max":500},"label":"Quantity""#));
//! assert!(body.contains("La valeur doit être comprise entre 1 et 500."));
//! # Ok::<(), lift_errors::UnknownLocale>(())
//! ```
//!
//! - [`FieldError::at_path`](crate::FieldError::at_path) takes a path such as `lines[0].quantity`, as validators write it.
//! - A label is a text, or a [term](super::catalog#terms) of a catalogue, which has a translation.
//! - Your catalogue can have [field errors of its own](super::catalog#field-errors).
//! - A violation with a message in one language is a pair: `("closed", "The shop is closed.")`.
//!
//! # Formats and languages
//!
//! | `Accept` | the response |
//! | --- | --- |
//! | none, `*/*`, `application/json` | the Lift envelope, a short JSON object |
//! | `application/problem+json` | problem details (RFC 9457), with causes, fixes and parameters |
//! | `text/html` | an error page in your [`Brand`](crate::Brand), which sets the links to log in and to your start page, and can replace header, footer and style |
//! | `text/plain`, `text/markdown` | text for people |
//!
//! Pages, text and Markdown have the contact of support of your brand ([`Brand::with_support`](crate::Brand::with_support)); JSON is
//! for programs, and does not.
//!
//! While you develop, [`ErrorResponder::with_debug_member`](crate::ErrorResponder::with_debug_member) adds the member `debug` to JSON,
//! with the chain of sources and the place. A release build does not contain the code.
//!
//! `Accept-Language` selects the language, among those of the error's own catalogue: those that your manifest lists, and for canonical
//! errors those that you link: enable `locales`. See [`locales`](super::locales).
//!
//! # What the layer converts
//!
//! | a handler, a router or a layer further in | the response |
//! | --- | --- |
//! | returns a canonical error | that error |
//! | returns an error status with an empty body or plain text, also without a `Content-Type`, compressed, or as a stream | the entry of that status, with the values of `Allow`, `Retry-After` and the headers of rate limits; the text is only logged, as far as it is there at once and not compressed. A bare 503 does not say that nothing was done, also not with `Retry-After`: its contract is `idempotent` |
//! | returns an error status without an entry, such as 418 | `about:blank` with the title and the retry contract of its class, in the reader's language |
//! | panics | `internal_server_error`; the panic is logged, and the process goes on |
//! | returns an error in a format of its own, such as JSON, HTML or a stream of events | stays as it is, is logged and counted; [`ErrorResponder::with_foreign_errors_replaced`](crate::ErrorResponder::with_foreign_errors_replaced) replaces it |
//! | passes on an error of another service that has the header `Lift-Error` or is problem details | stays as it is, and is neither logged nor counted, replaced or mapped |
//! | answers a caller that does not speak gRPC with a status of another library, such as an interceptor's | the entry of the status of HTTP that corresponds to its code; the message is only logged |
//! | returns a success, also as a stream | stays as it is |
//! | sends a stream of gRPC that fails or panics midway | the stream ends with the status; the layer logs it |
//!
//! A handler that returns `(StatusCode::GONE, error)` answers with the status of the error's entry, not with 410, and a middleware
//! that changes the status of an error's response changes nothing: entry and status belong together. To hide a 403 behind a 404,
//! answer with the other error: `ErrorResponse::new(lift::Error::not_found()).into_response()`. For
//! `Err((StatusCode::CONFLICT, "text"))` the caller gets the entry of 409; the text is only logged. While a service moves to canonical
//! errors, [`with_text_errors_kept`](crate::ErrorResponder::with_text_errors_kept) leaves such texts alone. A proxy marks the text
//! of an upstream that its clients read with [`Passthrough`](crate::Passthrough).
//! [`with_mapping`](crate::ErrorResponder::with_mapping) names the error of a response that is not canonical.
//! [`with_base_catalog`](crate::ErrorResponder::with_base_catalog) sets the catalogue that explains statuses, panics and
//! rejections.
//!
//! Each error carries the id of its request: the one that its response has already, for example from an upstream whose response a
//! handler passes on, else the caller's `X-Request-Id`, or a new one. A handler that needs it earlier, for its own
//! log or for a call to another service, asks [`RequestContext::request_id`](crate::RequestContext::request_id). A layer further out can put a
//! [`Locale`](crate::Locale), an [`Audience`](crate::Audience) or a [`Route`](crate::Route) into the extensions of the
//! request, for example the language in a user's profile. A middleware inside of the layer, where the session is read, says it
//! in one line:
//!
//! ```
//! use axum::{extract::Request, middleware::Next, response::Response};
//! use lift_errors::{Locale, RequestContext, lift};
//!
//! async fn session(request: Request, next: Next) -> Response {
//!     // From the user's profile.
//!     let locale = Locale::negotiate(["zh-CN"], &[&lift::CATALOG]);
//!     RequestContext::update(|context| context.set_locale(locale));
//!     next.run(request).await
//! }
//! ```
//!
//! An extension of the request would not do there: axum gives the request to the handler, and the layer never sees it again. In
//! actix-web it does, since middlewares and handlers share one request, but for panics and for the `Err` of a middleware.
//!
//! # Where the layer goes
//!
//! In axum, [`wrap_router`](crate::ErrorLayer::wrap_router) takes the finished router: call `with_state` first. `Router::layer`
//! would give a 405 without its `Allow` header. Layers that add headers to responses, such as CORS and compression, go around
//! it. A `Content-Security-Policy` is the exception: error pages have one of their own, and with yours in its place, or beside it,
//! they lose their style and script. Set yours where there is none, as `SetResponseHeaderLayer::if_not_present` of tower-http does;
//! `add_header` of nginx sets it everywhere.
//!
//! ```
//! use axum::{Router, http::HeaderName, routing::get};
//! use lift_errors::{EXPOSED_HEADERS, ErrorLayer};
//!
//! let names: Vec<HeaderName> = EXPOSED_HEADERS.iter().map(|name| HeaderName::from_static(name)).collect();
//! let app: Router = ErrorLayer::default().wrap_router(Router::new().route("/", get(|| async { "ok" })));
//! // app.layer(CorsLayer::new().allow_origin(origin).expose_headers(names))
//! # let _ = (app, names);
//! ```
//!
//! Layers that give a request its id go around it as well, such as `SetRequestIdLayer` and `PropagateRequestIdLayer` of tower-http.
//! The error layer takes the id from the request. It does not see one that a layer inside of it adds: the errors of handlers
//! then have an id of their own.
//!
//! A middleware that runs the request in a task of its own (`tokio::spawn(next.run(request))`, so that a client that goes away stops
//! nothing half done) goes around it, too: in a task inside of it, an error is logged without the request and the base catalogue.
//! From a task that a handler spawns, return the error, and make the response of it in the handler.
//!
//! tower-http's `TimeoutLayer` says 408 by default, which explains to clients that their request did not arrive. For handlers that
//! are slow, give it the status that is meant: `TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, …)`. Its
//! `ResponseBodyTimeoutLayer` goes around an error layer that keeps texts: the bodies that it makes hide whether they are empty. Its
//! `RequestBodyTimeoutLayer` ends a body with an error that only tower-http knows, so that extractors say 400, and not 408.
//!
//! Every error of HTTP has headers for readers of the head alone, such as proxies and clients that do not know your catalogue:
//! `Lift-Error` is its id, and `Lift-Retry` its [retry contract](crate::RetryKind), such as `idempotent;after=60`: the kind, and the
//! seconds to wait where `Retry-After` does not say them. Let proxies pass both on: after a 5xx that says no kind, as the envelope
//! does not, clients only repeat [what is safe to repeat](crate::guide::client#a-client-in-another-language).
//!
//! A browser hides the headers of a response from scripts of other origins. [`EXPOSED_HEADERS`](crate::EXPOSED_HEADERS) names
//! those that a client needs of an error, such as `Retry-After`.
//!
//! | framework | the layer |
//! | --- | --- |
//! | axum | [`ErrorLayer::wrap_router`](crate::ErrorLayer::wrap_router) |
//! | any tower service | [`ErrorLayer`](crate::ErrorLayer), a `tower::Layer` |
//! | actix-web | [`ErrorMiddleware`](crate::actix_web::ErrorMiddleware), given to `App::wrap` |
//! | tonic | [`ErrorLayer`](crate::ErrorLayer), given to `Server::layer`; `?` turns an error into a `tonic::Status` |
//! | another | your own middleware: [`ErrorResponder::scope`](crate::ErrorResponder::scope) runs the handler in the context of its request, and [`respond`](crate::ErrorResponder::respond) makes its response canonical |
//!
//! A middleware of your own sees less than a layer does:
//!
//! - The error is among the extensions of the response that it became. A framework may drop them, as `poem::Error::from_response` does.
//!   Then the error is in no log and no metric: hand it on as a value, and put it among the extensions again, as `respond` shows.
//! - It does not catch a panic. Inside of the scope, make [`ErrorResponse::internal`](crate::ErrorResponse::internal) of one.
//! - It does not read plain texts: a status that came with one is explained, and the log does not have the text.
//! - What is wrong with a value is yours to say. For a body, `serde_path_to_error` tells where, and
//!   [`FieldError::at_path`](crate::FieldError::at_path) takes its path.
//! - A blocking server runs the future of `scope` in a small executor such as `pollster`, or hands errors on as values.
//!
//! # Errors in messages
//!
//! A message of JSON-RPC, of a WebSocket or of GraphQL can contain an error. With the feature `serde`, `error.problem()` is a part of
//! other JSON, in the words of the error's own catalogue. In those of the base catalogue, logged and counted, it is the body that
//! [`respond`](crate::ErrorResponder::respond) returns:
//!
//! ```
//! use http::{Request, Response};
//! use lift_errors::{ErrorResponder, ErrorResponse, RequestContext, lift};
//!
//! /// The member `data` of an error of JSON-RPC 2.0.
//! fn data(errors: &ErrorResponder, context: &mut RequestContext, error: ErrorResponse) -> Vec<u8> {
//!     let response = Response::builder().status(error.status()).extension(error).body(()).unwrap_or_default();
//!     let (mut head, ()) = response.into_parts();
//!     errors.respond(context, &mut head, true).map(Vec::from).unwrap_or_default()
//! }
//!
//! let errors = ErrorResponder::new(); // and `.with_base_catalog(&shop::CATALOG)`
//! // The request that opened the connection, with the format that messages have.
//! let opened = Request::get("/rpc").header("accept", "application/problem+json").header("accept-language", "uk");
//! let opened = opened.body(()).unwrap();
//! let mut context = RequestContext::new(opened.method(), opened.uri(), opened.headers(), opened.extensions());
//! let data = data(&errors, &mut context, lift::Error::not_found().into());
//! assert!(String::from_utf8(data).unwrap().contains(r#""code":"not_found""#));
//! ```
//!
//! Where a layer is around the handler that opens the connection, `RequestContext::update(|context| context.clone())` is its context
//! as well, with the language that a middleware has set. In actix-web, whose requests have types of an older `http`, it is the only
//! way to one.
//!
//! # Errors of other libraries
//!
//! [`sort`](crate::sort) has functions for the usual ones: sqlx, reqwest, files and connections, the timeouts of tower and tokio.
//! Each names the cause and keeps the library's error as the source: `query.await.map_err(sort::database)?`.
//!
//! `#[from]` makes `?` work for a library's error that always means the same. Where it means several things, a function sorts it:
//! `from` and `from_with` on the enum. An enum can have several of them, and `#[from]` as well:
//!
//! ```
//! use lift_errors::LiftError;
//! use std::{fs, io, num::ParseIntError, str::Utf8Error};
//!
//! #[derive(Debug, LiftError)]
//! #[lift(from = io::Error, from_with = Self::of_file)]
//! #[lift(from = Utf8Error, from_with = Self::of_text)]
//! enum StockError {
//!     #[lift(code = not_found)]
//!     NoSuchReport,
//!     #[lift(code = internal_server_error)]
//!     Storage(#[source] io::Error),
//!     #[lift(code = import_failed, cause = not_utf8)]
//!     NotUtf8,
//!     #[lift(code = import_failed, cause = malformed_row)]
//!     NotANumber(#[from] ParseIntError),
//! }
//!
//! impl StockError {
//!     fn of_file(error: io::Error) -> Self {
//!         match error.kind() {
//!             io::ErrorKind::NotFound => Self::NoSuchReport,
//!             _ => Self::Storage(error),
//!         }
//!     }
//!
//!     fn of_text(_: Utf8Error) -> Self {
//!         Self::NotUtf8
//!     }
//! }
//!
//! fn read_count(path: &str) -> Result<u32, StockError> {
//!     let bytes = fs::read(path)?;
//!     Ok(std::str::from_utf8(&bytes)?.trim().parse()?)
//! }
//!
//! assert!(matches!(read_count("no-such-file"), Err(StockError::NoSuchReport)));
//! ```
//!
//! A source is only logged: `Display` and all formats contain public text only. `anyhow::Error` and `Box<dyn Error + Send +
//! Sync>` are sources, too. With `#[lift(no_display, no_error)]` the derive leaves `Display` and `Error` to another one, such as
//! `thiserror::Error`. With `#[lift(no_response)]` you write `IntoResponse` yourself.
//!
//! ## sqlx and reqwest
//!
//! ```ignore
#![doc = include_str!("recipes/sort_foreign_errors.rs")]
//! ```
//!
//! # Requests that can't be read
//!
//! [`lift_errors::axum`](crate::axum) has axum's extractors with canonical rejections: `Json`, `Query`, `Path`, `Form` and
//! `Multipart` (feature `multipart`). The response names the field, its JSON pointer and the expectation, in the reader's language.
//! The text of serde is only logged. A field of the wrong type is `validation_failed`, a 400, where axum says 422: take them for all
//! endpoints at once if clients compare the two. To keep 422, read with axum's extractor, and return a variant with
//! `#[lift(code = unprocessable_content)]`. What a handler reads from them itself, such as `Multipart::next_field`, fails with an
//! [`ErrorResponse`](crate::ErrorResponse): a variant `#[lift(transparent, codes = [bad_request, payload_too_large])]
//! Body(#[from] ErrorResponse)` takes it. A field's own methods fail with axum's error, which becomes one first:
//!
//! ```
//! use lift_errors::{ErrorResponse, LiftError, axum::Multipart};
//!
//! #[derive(Debug, LiftError)]
//! enum UploadError {
//!     #[lift(transparent, codes = [bad_request, payload_too_large])]
//!     Body(#[from] ErrorResponse),
//! }
//!
//! async fn upload(mut form: Multipart) -> Result<String, UploadError> {
//!     let mut size = 0;
//!     while let Some(field) = form.next_field().await? {
//!         size += field.bytes().await.map_err(ErrorResponse::from)?.len();
//!     }
//!     Ok(format!("{size} bytes"))
//! }
//! # let _ = axum::Router::<()>::new().route("/upload", axum::routing::post(upload));
//! ```
//!
//! With the feature `garde` or `validator`, `Valid` validates what an extractor reads, and reports every field at once:
//!
//! ```
//! use axum::{Router, body::Body, http::Request, routing::post};
//! use garde::Validate;
//! use lift_errors::{ErrorLayer, axum::Json, garde::Valid};
//! use serde::Deserialize;
//! use tower::ServiceExt as _;
//!
//! #[derive(Deserialize, Validate)]
//! struct Line {
//!     #[garde(range(min = 1, max = 1000))]
//!     quantity: u32,
//! }
//!
//! async fn add(Valid(Json(line)): Valid<Json<Line>>) -> String {
//!     format!("{} boxes", line.quantity)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let app = ErrorLayer::default().wrap_router(Router::new().route("/lines", post(add)));
//! let call = async |body: &str| {
//!     let request = Request::post("/lines").header("content-type", "application/json").body(Body::from(body.to_owned()));
//!     let response = app.clone().oneshot(request.unwrap()).await.unwrap();
//!     let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
//!     String::from_utf8(body.into()).unwrap()
//! };
//! assert!(call(r#"{"quantity":"two"}"#).await.contains(r#"{"field":"quantity","message":"Must be a whole number."}"#));
//! assert!(call(r#"{"quantity":0}"#).await.contains(r#"{"field":"quantity","message":"Must be at least 1."}"#));
//! assert_eq!(call(r#"{"quantity":2}"#).await, "2 boxes");
//! # }
//! ```
//!
//! Validators name a field as Rust does, and do not know `#[serde(rename_all = "camelCase")]`: the errors of a body with
//! `orderNumber` would point to `/order_number`. [Give the field the name that it has in the
//! body](crate::garde#fields-with-another-name-in-the-body).
//!
//! A report of your own validation becomes the error by `?`: `order.validate()?` in a function that returns `lift::Error` or
//! `ErrorResponse`. axum's rejections convert in the same way, for a handler that takes the `Result` of an extractor.
//!
//! A server that answers before it has read the whole body, as with a 413, and then closes the connection, resets it: the client may
//! lose the answer. [The gateway's stream](https://github.com/openboxes/lift-errors/blob/main/examples/gateway/src/linger.rs) reads
//! what still comes, for a while. Use it behind a reverse proxy as well: nginx answers 502 where the service resets the connection.
//!
//! In actix-web, `App::configure` with [`canonical_extractors`](crate::actix_web::canonical_extractors) does this for actix's own
//! extractors. They do not tell the field; [`Json`](crate::actix_web::Json), [`Query`](crate::actix_web::Query) and
//! [`Form`](crate::actix_web::Form) do. Over HTTP/2, actix resets the stream of a body that it refuses while it is being sent, so
//! that clients may lose a 413; over HTTP/1.1 they get it.
//!
//! # Recipes for axum
//!
//! ## tower's layers that fail
//!
//! ```ignore
#![doc = include_str!("recipes/handle_error.rs")]
//! ```
//!
//! ## Rate limits
//!
//! ```ignore
#![doc = include_str!("recipes/tower_governor.rs")]
//! ```
//!
//! # An API's description
//!
//! A transparent variant has the errors of its field's type: `lift::Error` has all of the catalogue. `codes` names those that
//! occur: `#[lift(transparent, codes = [not_found, conflict])]`. [`UpstreamError`](crate::client::UpstreamError) has 502, 503 and
//! 504. With a base catalogue of your own, name it and the codes: [`openapi`](crate::openapi) shows how.
//! [`Components::with_service_errors`](crate::openapi::Components::with_service_errors) describes what the layer adds to every
//! endpoint, once.
//!
//! A derived type knows which entries its errors can have. utoipa takes it among an endpoint's responses (feature `utoipa`);
//! [`openapi`](crate::openapi) gives the same as JSON. With utoipa-axum the routes come later than `modifiers(…)`: call
//! `ERRORS.modify(&mut api)` after `split_for_parts()`.
//!
//! ```
//! use lift_errors::{LiftError, lift, openapi::Components};
//! use utoipa::OpenApi;
//!
//! #[derive(Debug, LiftError)]
//! enum ApproveOrderError {
//!     #[lift(code = forbidden)]
//!     NotAManager { required_role: &'static str },
//!     #[lift(code = not_found)]
//!     NoSuchOrder,
//! }
//!
//! #[utoipa::path(post, path = "/approval", responses((status = 204, description = "Approved"), ApproveOrderError))]
//! fn approve() {}
//!
//! const ERRORS: Components = Components::new(&lift::CATALOG).with_service_errors();
//!
//! #[derive(OpenApi)]
//! #[openapi(paths(approve), modifiers(&ERRORS))]
//! struct Api;
//!
//! assert!(Api::openapi().paths.paths["/approval"].post.as_ref().unwrap().responses.responses.contains_key("403"));
//! ```
//!
//! # Tests
//!
//! The feature `testing` has assertions on a response. Ask for problem details: only they carry every parameter. A response of
//! reqwest is read with `Response::from_reqwest`, and `testing::Status` has the same assertions for a status of gRPC.
//!
//! ```
//! use lift_errors::{ErrorResponse, LiftError, lift, testing::Response};
//!
//! #[derive(Debug, LiftError)]
//! #[lift(code = forbidden)]
//! struct NotAManager {
//!     required_role: &'static str,
//!     source: std::io::Error,
//! }
//!
//! let source = std::io::Error::other("connection refused by ldap.internal");
//! let error = NotAManager { required_role: "Manager", source };
//! let response: http::Response<Vec<u8>> = ErrorResponse::new(error).into_http();
//!
//! Response::from(response)
//!     .assert_code(lift::Code::Forbidden)
//!     .assert_detail("This needs the Manager role, which your account does not have.")
//!     .assert_parameter("required_role", "Manager")
//!     .assert_header("content-type", "application/problem+json")
//!     .assert_hides("ldap.internal");
//! ```
//!
//! A whole router is called in the same way, without a server:
//!
#![cfg_attr(all(feature = "axum", feature = "testing"), doc = "```")]
#![cfg_attr(not(all(feature = "axum", feature = "testing")), doc = "```ignore")]
//! use axum::{Router, body::{Body, to_bytes}, http::{Request, Response}};
//! use lift_errors::{ErrorLayer, lift, testing};
//! use tower::ServiceExt as _;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), axum::Error> {
//! let app = ErrorLayer::default().wrap_router(Router::new());
//! let request = Request::get("/nowhere").header("accept", "application/problem+json");
//! let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
//! let (head, body) = response.into_parts();
//! let body = to_bytes(body, usize::MAX).await?;
//! testing::Response::from(Response::from_parts(head, body)).assert_code(lift::Code::NotFound);
//! # Ok(())
//! # }
//! ```
//!
//! In actix-web, `test::call_service` panics where a handler panics or a middleware returns an `Err`. Take `try_call_service`, and the
//! response of the `Err`, as actix's server does:
//!
#![cfg_attr(all(feature = "actix-web", feature = "testing"), doc = "```")]
#![cfg_attr(not(all(feature = "actix-web", feature = "testing")), doc = "```ignore")]
//! use actix_web::{App, body::to_bytes, test, web};
//! use lift_errors::{actix_web::ErrorMiddleware, lift, testing};
//!
//! async fn crash() -> &'static str {
//!     panic!("this is a bug")
//! }
//!
//! # actix_web::rt::System::new().block_on(async {
//! let app = App::new().route("/crash", web::get().to(crash)).wrap(ErrorMiddleware::default());
//! let app = test::init_service(app).await;
//! let request = test::TestRequest::with_uri("/crash").insert_header(("accept", "application/problem+json"));
//! let response = match test::try_call_service(&app, request.to_request()).await {
//!     Ok(response) => response.map_into_boxed_body().into_parts().1,
//!     Err(error) => error.error_response(),
//! };
//! let (head, body) = response.into_parts();
//! let headers = head.headers().iter().map(|(name, value)| (name, String::from_utf8_lossy(value.as_bytes())));
//! testing::Response::new(head.status().as_u16(), to_bytes(body).await.unwrap())
//!     .with_headers(headers)
//!     .assert_code(lift::Code::InternalServerError)
//!     .assert_hides("this is a bug");
//! # });
//! ```
