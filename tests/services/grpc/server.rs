//! The service in tonic. It needs no protoc: requests and answers are `google.protobuf.StringValue`.
//!
//! | method | request | answers with |
//! | --- | --- | --- |
//! | `/lift.test.Errors/Answer` | `sample/{name}` | the error of that name in `samples` |
//! | | `canary/{name}` | an error with a canary in its source and in a `secret` or an `operator`'s parameter |
//! | | `panic` | a panic with a canary |
//! | | `long/{what}` | an error that is far too large for a header |
//! | | `status/{number}/{message}` | a status of somebody else's |
//! | | `passed/{name}` | the error of that name as another service sent it |
//! | | `boxed/{name}` | the error of that name, of which tonic made the status |
//! | | `kept/{name}` | the status of that error that the first call made |
//! | | `early/{name}` | the status of that error, after many others were made |
//! | | `anew/{name}` | the error of that name, of whose status another was made |
//! | | `kept-anew/{name}` | the same of the status that the first call made |
//! | | anything else | what was sent |
//! | `/lift.test.Errors/Stream` | as above | the word `one`, then the same, which the handler makes |
//! | | `lazily/…` | the same, made when the stream is polled |
//! | | `task/…` | the same, made in a task of its own |
//! | | `unused/…` | the same made in the handler, and thrown away; the words `one` and `two` |
//! | `/lift.test.Errors/Bare/{status}` | | an HTTP status, and no body |
//! | `/lift.test.Errors/Text/{status}` | | an HTTP status, and a canary as plain text |
//! | `/lift.test.Errors/Json/{status}` | | an HTTP status, and JSON of somebody else's |
//! | `/lift.test.Errors/Header/{number}` | | a status that is nothing but a header, as generated services write |

use super::log::Log;
use crate::errors::{CanaryError, Sampled};
use bytes::Bytes;
use lift_errors::{ErrorLayer, ErrorResponder, ErrorResponse, FieldError, FieldErrors, LiftError as _, lift};
use std::convert::Infallible;
use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};
use std::thread;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt as _};
use tonic::body::Body;
use tonic::server::{Grpc, NamedService, ServerStreamingService, UnaryService};
use tonic::transport::server::TcpIncoming;
use tonic::{Code, Request, Response, Status};
use tonic_prost::ProstCodec;
use tower::Service;

/// The name of the service, which its methods' addresses begin with.
pub const NAME: &str = "lift.test.Errors";

/// A running server. It runs until the tests are over.
pub struct Server {
    pub address: SocketAddr,
    pub(super) log: Log,
}

impl Server {
    /// One with the layer as it is by default; it is started when it is first asked for.
    pub fn shared() -> &'static Self {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(|| Self::start(ErrorResponder::new()))
    }

    /// One that answers as `responder` says, on a port of its own.
    pub fn start(responder: ErrorResponder) -> Self {
        Self::start_within(responder, false)
    }

    /// The same with a second layer, if `twice`.
    pub(super) fn start_within(responder: ErrorResponder, twice: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        let log = Log::default();
        let kept = log.clone();
        thread::spawn(move || {
            let _log = kept.keep();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let incoming = TcpIncoming::from(tokio::net::TcpListener::from_std(listener).unwrap());
                let layer = ErrorLayer::new(responder);
                let mut server = tonic::transport::Server::builder().layer(layer.clone());
                match twice {
                    true => server.layer(layer).add_service(TestService).serve_with_incoming(incoming).await,
                    false => server.add_service(TestService).serve_with_incoming(incoming).await,
                }
                .unwrap();
            });
        });
        Self { address, log }
    }
}

/// The outcome that a request asks for.
fn answer(request: &str) -> Result<String, Status> {
    match request.split_once('/') {
        Some(("sample", name)) => Err(ErrorResponse::new(Sampled::named(name).unwrap()).into()),
        Some(("passed", name)) => {
            let error = Sampled::named(name).unwrap();
            let id = error.entry().id().parse().unwrap();
            // Away from the request, and from its log.
            let status = thread::spawn(move || Status::from(ErrorResponse::new(error))).join().unwrap();
            let details = Bytes::copy_from_slice(status.details());
            let mut metadata = status.metadata().clone();
            metadata.insert("lift-error", id);
            Err(Status::with_details_and_metadata(status.code(), status.message(), details, metadata))
        }
        Some(("boxed", name)) => Err(Status::from_error(Box::new(ErrorResponse::new(Sampled::named(name).unwrap())))),
        Some(("kept", name)) => {
            static KEPT: OnceLock<Status> = OnceLock::new();
            Err(KEPT.get_or_init(|| ErrorResponse::new(Sampled::named(name).unwrap()).into()).clone())
        }
        Some(("early", name)) => {
            let early = Status::from(ErrorResponse::new(Sampled::named(name).unwrap()));
            (0..20).for_each(|_| drop(Status::from(ErrorResponse::new(lift::Error::forbidden()))));
            Err(early)
        }
        Some(("anew", name)) => Err(anew(&ErrorResponse::new(Sampled::named(name).unwrap()).into())),
        Some(("kept-anew", name)) => {
            static KEPT: OnceLock<Status> = OnceLock::new();
            Err(anew(KEPT.get_or_init(|| ErrorResponse::new(Sampled::named(name).unwrap()).into())))
        }
        Some(("canary", name)) => Err(CanaryError::named(name).unwrap().into()),
        Some(("long", what)) => Err(long(what).into()),
        Some(("status", status)) => {
            let (code, message) = status.split_once('/').unwrap();
            Err(Status::new(Code::from_i32(code.parse().unwrap()), message))
        }
        _ if request == "panic" => panic!("canary-panic at {}", 7),
        _ => Ok(request.to_owned()),
    }
}

/// Another status with the same metadata.
fn anew(status: &Status) -> Status {
    let details = Bytes::copy_from_slice(status.details());
    Status::with_details_and_metadata(status.code(), "anew", details, status.metadata().clone())
}

/// Errors that no header holds.
fn long(what: &str) -> lift::Error {
    let fields = |message: String| {
        (0..700).map(move |number| FieldError::new(format!("/lines/{number}/quantity"), ("too_small", message.clone())))
    };
    let usual = "The quantity must be at least 1.";
    match what {
        "ascii" => lift::not_found::new().with_resource("x".repeat(1 << 20)).build(),
        "percent" => lift::not_found::new().with_resource("%".repeat(1 << 20)).build(),
        "wide" => lift::not_found::new().with_resource("ж".repeat(1 << 20)).build(),
        "control" => lift::not_found::new().with_resource("\r\nSet-Cookie: x\0\u{1b}[2J".repeat(1 << 16)).build(),
        "fields" => lift::validation_failed::new().with_field_errors(fields(usual.into()).collect()).build(),
        "messages" => lift::validation_failed::new().with_field_errors(fields("é".repeat(1 << 12)).collect()).build(),
        "one" => lift::validation_failed::new()
            .with_field_errors(FieldErrors::from_iter([FieldError::new(
                "x".repeat(1 << 20),
                ("y".repeat(1 << 20), "z".repeat(1 << 20)),
            )]))
            .build(),
        // Everything that can be there at once, and each as long as it may be.
        _ => lift::method_not_allowed::new("A".repeat(1_024)).with_method("ж".repeat(512)).build(),
    }
}

#[derive(Clone, Copy)]
struct TestService;

impl NamedService for TestService {
    const NAME: &'static str = NAME;
}

type Answer<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl Service<http::Request<Body>> for TestService {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answer<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async move {
            let mut grpc = Grpc::new(ProstCodec::<String, String>::default());
            let path = request.uri().path().trim_start_matches('/').trim_start_matches(NAME).to_owned();
            Ok(match path.trim_start_matches('/').split_once('/').unwrap_or((&path, "")) {
                ("/Answer", _) => grpc.unary(TestService, request).await,
                ("/Stream", _) => grpc.server_streaming(TestService, request).await,
                (kind, status) => plain(kind, status.parse().unwrap()),
            })
        })
    }
}

/// An HTTP response, as routers and layers of others give it.
fn plain(kind: &str, status: u16) -> http::Response<Body> {
    if kind == "Header" {
        let response = http::Response::builder().header("content-type", "application/grpc");
        return response.header("grpc-status", status).body(Body::empty()).unwrap();
    }
    let response = http::Response::builder().status(status);
    match kind {
        "Text" => response.header("content-type", "text/plain").body(body("canary-text: no such table")),
        "Json" => response.header("content-type", "application/json").body(body("\"canary-text\"")),
        _ => response.body(Body::empty()),
    }
    .unwrap()
}

fn body(text: &'static str) -> Body {
    Body::new(http_body_util::Full::from(text))
}

impl UnaryService<String> for TestService {
    type Response = String;
    type Future = Answer<Result<Response<String>, Status>>;

    fn call(&mut self, request: Request<String>) -> Self::Future {
        Box::pin(async move { answer(request.get_ref()).map(Response::new) })
    }
}

impl ServerStreamingService<String> for TestService {
    type Response = String;
    type ResponseStream = Pin<Box<dyn Stream<Item = Result<String, Status>> + Send>>;
    type Future = Answer<Result<Response<Self::ResponseStream>, Status>>;

    fn call(&mut self, request: Request<String>) -> Self::Future {
        Box::pin(async move {
            let request = request.into_inner();
            Ok(Response::new(match request.split_once('/') {
                Some(("lazily", request)) => {
                    let request = request.to_owned();
                    let rest = tokio_stream::once(()).map(move |()| answer(&request));
                    Box::pin(tokio_stream::once(Ok("one".to_owned())).chain(rest)) as Self::ResponseStream
                }
                Some(("task", request)) => {
                    let (request, (sender, receiver)) = (request.to_owned(), tokio::sync::mpsc::channel(1));
                    tokio::spawn(async move {
                        let _ = sender.send(Ok("one".to_owned())).await;
                        let _ = sender.send(answer(&request)).await;
                    });
                    Box::pin(ReceiverStream::new(receiver))
                }
                Some(("unused", request)) => {
                    let _ = answer(request);
                    Box::pin(tokio_stream::iter(["one", "two"].map(|word| Ok(word.to_owned()))))
                }
                _ => Box::pin(tokio_stream::iter([Ok("one".to_owned()), answer(&request)])),
            }))
        })
    }
}
