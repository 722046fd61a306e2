//! Events, metrics, spans and alerts.
//!
//! The layer of a framework reports each error once. None of this reaches a client.
//!
//! # Events
//!
//! Each error is one event of `tracing`, target `lift_errors`. Its level follows the severity of the entry, or of the variant
//! (`#[lift(severity = "info")]`): `info`, `warn`, or `error` for `error` and `critical`. Its message is the detail in English;
//! with `#[lift(no_display)]` it is the type's own `Display`, such as the text of thiserror.
//!
//! | field | value | present |
//! | --- | --- | --- |
//! | `url.path` | the path as the layer gets it, without the query: as the client sent it, unless a middleware around it such as `NormalizePath` changes it | where a layer is around |
//! | `reason` | why a response was left as it is | for a response marked with [`Passthrough`](crate::Passthrough), or if another layer answered with a success or a redirect in place of an error of the service (severity `error` or `critical`) |
//! | `catalog`, `code`, `id` | the entry, such as `lift`, `not_found`, `LIFT-0404` | for an error of a catalogue |
//! | `severity` | `info`, `warning`, `error` or `critical` | for an error of a catalogue |
//! | `cause` | the id of the actual cause | where it is known |
//! | `variant` | the variant of the service's own type, such as `OrderError::NoSuchOrder` | for an error with the derive |
//! | `fields` | what the service adds for the log: fields with `#[lift(log)]` and those of [`with_log_field`](crate::ErrorResponse::with_log_field); and those below the table | where there are some |
//! | `place` | the file, the line and the column where the error became an [`ErrorResponse`](crate::ErrorResponse) or a status of gRPC | where that was the service's own code |
//! | `status` | the HTTP status, also for gRPC | except for an error without one that answers nobody |
//! | `request_id` | the id in `X-Request-Id`, which the client sees too | except for a foreign error without one, and without a layer |
//! | `http.request.method` | the method; `_OTHER` for one that HTTP does not define | where a layer is around |
//! | `http.route` | the pattern, such as `/orders/{number}` | where the route is known |
//! | `rpc.service`, `rpc.method` | the service and the method, such as `shop.Orders` and `Approve` | for gRPC |
//! | `error.type` | the code; `_OTHER` for an error that no entry explains | always |
//! | `parameters` | the parameters that clients don't see; secrets are redacted | where there are some |
//! | `field_errors` | the codes of the invalid fields by their places: `{"/lines/0/quantity": "too_large"}`, of the first 100; ` … +200` after them is the number of the others | where there are some |
//! | `sources` | the chain of sources, outermost first, in quotation marks, each text once: `["no connection", "refused"]`; only the type of one with `#[lift(private)]` | where there is a source |
//! | `original_text` | the plain text that came with an error status, such as an extractor's, or that it was compressed or not there yet | where there was one |
//!
//! Into `fields` go also:
//!
//! - of a failure of a service behind this one, `upstream_request_id`, the id of the request there, and after a 503 `upstream`, the
//!   name of that service,
//! - of a canonical error for which the base catalogue has another entry, `canonical_code`, `canonical_cause` and the parameters that
//!   the entry lacks,
//! - of an error that has nothing to do with HTTP, its parameters for operators.
//!
//! A proxy that strips a prefix (in nginx `location /api/ { proxy_pass http://shop/; }`) hides it from `url.path`, and from the
//! address on the error page. Forward the whole path (`proxy_pass http://shop;`) and the host as the client named it
//! (`proxy_set_header Host $http_host;`).
//!
//! An error that no entry explains has neither an entry's fields nor a severity: it is a `warn` below status 500, and an `error` from there
//! on.
//!
//! `sources` is recorded as an error (`tracing::Value` of `dyn Error`): the layers of Sentry and OpenTelemetry make an exception of
//! it. The event belongs to the span in which the error became a response: the one of the handler, where `?` converted it.
//! Without a layer, or in a task that `tokio::spawn` starts inside of it, an error is logged when it becomes a response, without
//! what only the request shows, and as the entry of its own catalogue and not of the responder's base catalogue. The same holds for
//! a status of gRPC that a task of its own makes, which sends it to a stream: it does not have the caller's language, either. A status that another call makes and sends to a stream is in the language of that call, and its
//! event lacks parameters, sources and place; an error of a catalogue that the responder does not know
//! ([`with_catalog`](crate::ErrorResponder::with_catalog)) is then logged as one of another library. One that
//! a request of HTTP makes for a stream is in no log. Send your own error through the channel and make the status of it in the stream
//! (`map`).
//!
//! A middleware between the handler and the layer may answer in place of an error with a success or a redirect. Where it changes
//! the response, the error is still among the response's extensions, and the layer logs it if its severity is `error` or
//! `critical`: nobody looks for a login that was missing. A middleware that makes a new response takes the extensions over, or the
//! error is in no log, and a response that is kept for several requests has the id of the first. A page of its own with an error status and headers of its own also needs the mark
//! [`Passthrough`](crate::Passthrough), or the layer writes the error again:
//!
//! ```
//! use axum::response::{IntoResponse as _, Redirect, Response};
//!
//! fn apologise(failed: Response) -> Response {
//!     let mut response = Redirect::to("/sorry").into_response();
//!     *response.extensions_mut() = failed.into_parts().0.extensions;
//!     // For a page with status 500 in place of the redirect:
//!     // response.extensions_mut().insert(Passthrough::new("our page of apology"));
//!     response
//! }
//! # use lift_errors::{ErrorResponse, lift};
//! # let failed = ErrorResponse::new(lift::Error::internal_server_error()).into_response();
//! # assert!(apologise(failed).extensions().get::<ErrorResponse>().is_some());
//! ```
//!
//! The names with dots are those of OpenTelemetry's conventions. An error that stays as it is, because somebody else wrote it in a
//! format of its own, is an event with the message "an error that is not canonical was let through".
//!
//! A failed response (500 and above) also records `otel.status_code = "ERROR"` and `error.type` on the current span, if the
//! span declares these fields.
//!
//! A panic that a layer catches is an event, too, with its text but without its place. Rust's panic hook writes both to stderr, beside the
//! log and as they are: set a hook that writes an event (`std::panic::set_hook`) if the log is to be the only output.
//!
//! A filter of events by their targets needs `lift_errors`, too: `RUST_LOG=depot=info` hides all of them. tower-http's `TraceLayer` has
//! an event of its own for each 5xx: `.on_failure(())` leaves it out. It has one for a stream that breaks, too
//! (`ServerErrorsFailureClass::Error`), which is in no event of ours.
//!
//! # What is in no event
//!
//! The layer sees the requests that the server hands to the service, and of a response only the head, but for calls of gRPC. So these are
//! in no event and no metric of ours:
//!
//! | what | in axum and tonic, which use hyper | in actix-web |
//! | --- | --- | --- |
//! | a request whose head the server refuses: it is malformed or too large | hyper answers 400, 414 or 431 without a body, and logs nothing | actix-web answers 400 or 431 without a body; event of level `ERROR` of the target `actix_http::h1::dispatcher` |
//! | a client that goes away before it has a response | hyper drops the handler; only the `Drop` of a value in the handler can tell | the handler runs to its end, and its error is an event like any other |
//! | the body of a response that breaks off midway | the client sees an end that comes too early; `TraceLayer` tells | the same; event of level `ERROR` of the target `actix_http::h1::dispatcher` |
//! | a call of gRPC that runs out of time | for its `Server::timeout` or the caller's `grpc-timeout`, tonic answers `CANCELLED` around the layer, and logs nothing | has no gRPC |
//!
//! The log of the proxy in front of the service has all of them; nginx writes 499 for a client that went away. A client that goes away
//! while an extractor reads its body is a `bad_request` in every framework, over HTTP/1 and HTTP/2.
//!
//! For calls of gRPC, a time limit of your own within the layer, shorter than tonic's, makes an event and a canonical error:
//! `tokio::time::timeout` around the work of a method, whose end is a `gateway_timeout`. Of a time that the caller set, only the
//! caller's log tells.
//!
//! # Errors that answer nobody
//!
//! A background job has no response. [`ErrorResponse::log`](crate::ErrorResponse::log) makes the same event and counts the error. It needs
//! the feature of a framework, or `responder` alone. An error that has nothing to do with HTTP is logged as itself, with its own
//! code and severity:
//!
//! ```
//! use lift_errors::{ErrorResponse, lift};
//!
//! fn close_day() -> Result<(), lift::Error> {
//!     Err(lift::Error::conflict())
//! }
//!
//! if let Err(error) = close_day() {
//!     ErrorResponse::new(error).with_log_field("job", "close_day").log();
//! }
//! ```
//!
//! Only a response replaces a canonical error by that of a [base
//! catalogue](crate::ErrorResponder::with_base_catalog): here an error of [`sort`](crate::sort) stays `lift`, `LIFT-0500`.
//! [`with_catalog(&lift::CATALOG)`](crate::ErrorResponder::with_catalog) starts the counters of such errors at zero when a layer is
//! made with the responder. A program without a layer calls [`init_metrics`](crate::ErrorResponder::init_metrics) itself, after it
//! has installed the recorder.
//!
//! # Metrics
//!
//! With the feature `metrics`, errors are counted through the facade of the crate `metrics` 0.24. An exporter for another
//! version of it sees nothing, without a message. Install the recorder first, then make the layer and the retry policies: the
//! layer starts every counter of `lift_errors_total` at zero, so that the first error is seen as a change. The other counters
//! begin at one, with what they count: their labels are not known before.
//!
//! | metric | type | labels | counts |
//! | --- | --- | --- | --- |
//! | `lift_errors_total` | counter | `catalog`, `error.type` (the code, or `_OTHER` with an empty `catalog`) | canonical responses, and errors that were only logged |
//! | `lift_foreign_errors_total` | counter | `route`, `status` | errors in a format of somebody else that were left alone |
//! | `lift_catalog_info` | gauge, 1 | `catalog`, `version`, `fingerprint` | the catalogues that the program was built with |
//! | `lift_client_attempts_total` | counter | `outcome` (`succeeded`, `failed`) | requests of a client with a retry policy |
//! | `lift_client_give_ups_total` | counter | `reason` (`contract`, `unrepeatable`, `streamed`, `attempts`, `wait`, `deadline`, `budget`) | errors that were not retried, by [`StopReason`](crate::client::StopReason) |
//!
//! No label contains anything that comes from a request. The counters of your own catalogue start at zero if the responder
//! knows it: [`ErrorResponder::with_catalog`](crate::ErrorResponder::with_catalog). A Prometheus exporter writes the label
//! `error.type` as `error_type`.
//!
//! Alerts, in PromQL:
//!
//! ```text
//! # Our own faults. Add the codes of your catalogue that are not named here: `lift-errors explain --status 5xx` lists all of its
//! # codes, with `extends` those of the base, too, and otherwise none of `lift`.
//! sum by (error_type) (rate(lift_errors_total{error_type=~"internal_server_error|bad_gateway|gateway_timeout|variant_also_negotiates|insufficient_storage|loop_detected"}[5m])) > 0.1
//! # Refused: maintenance, overload, or no database connection. The field `cause` of the events tells which, where it is known. If
//! # your base catalogue lacks the cause, as `http` lacks `pool_exhausted`, it is `canonical_cause` in `fields`.
//! # Silence this alert during maintenance.
//! sum(rate(lift_errors_total{error_type="service_unavailable"}[5m])) > 0.1
//! # In no rule, because requests and networks cause them: not_implemented, http_version_not_supported, not_extended,
//! # network_authentication_required. Nor is `_OTHER`, the statuses that no entry explains: it counts 4xx and 5xx alike, and only
//! # the events tell them apart (`error.type` is `_OTHER`, the level `error` from status 500 on).
//! # Endpoints whose errors are not canonical yet (problem details of another library are not counted). `increase` would miss
//! # the first one. With gRPC, it also fires for messages of callers that can't be decoded: look at the events (`rpc.service`,
//! # `rpc.method`, `original_text`). With tonic's `Server::layer` no call of gRPC has a route, so `{route!=""}` hides them all.
//! sum by (route) (lift_foreign_errors_total) > 0
//! ```
//!
//! # Texts for operators
//!
//! An entry's [`runbook`](crate::Entry::runbook), and the causes, fixes and notes for the audience `operator`, are only shown
//! where the service names this audience, in text, Markdown and the page. JSON has none of these texts:
//!
//! ```
//! use lift_errors::{Audience, Format, LiftError, lift};
//!
//! let error = lift::Error::service_unavailable(std::time::Duration::from_secs(30));
//! let for_operators = error.problem().with_audience(Audience::Operator).display(Format::Markdown).to_string();
//! assert!(for_operators.contains("## Runbook"));
//! assert!(!error.problem().display(Format::Markdown).to_string().contains("## Runbook"));
//! ```
//!
//! # Sensitive values
//!
//! Each text parameter of a catalogue declares who may read it. `public` values are in responses, `operator` values only in
//! events, and `secret` values nowhere: events show `[redacted]`. A public text that names an operator's or a secret parameter
//! does not compile. A field of a derived type that holds a secret is a [`Secret`](crate::Secret).
//!
//! Sources are in events as other libraries write them: serde's message about a body that can't be read quotes the wrong value. Where
//! a body has credentials, take the extractor's `Result`, and answer with an error of your own without that source.
