//! tonic: the layer around a generated server, that of the health protocol, beside the server alone.

use crate::call::{REQUESTS, finish, read, refused};
use bytes::Bytes;
use http::Request;
use lift_errors::{ErrorLayer, ErrorResponse};
use lift_errors_benches::{Contest, Contestant, Target};
use std::convert::Infallible;
use std::fmt::Debug;
use std::hint::black_box;
use tonic::body::Body;
use tonic::{Response, Status};
use tonic_health::pb::health_server::{Health, HealthServer};
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use tower_layer::Layer;
use tower_service::Service;

const OURS: &str = "ErrorLayer";
const BARE: &str = "tonic alone";

/// A frame with an empty message.
const MESSAGE: &[u8] = &[0; 5];

/// A service that is fine, or refuses every call.
#[derive(Clone)]
struct Depot {
    is_failing: bool,
}

#[tonic::async_trait]
impl Health for Depot {
    type WatchStream = tonic::codegen::tokio_stream::Empty<Result<HealthCheckResponse, Status>>;

    async fn check(&self, _: tonic::Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        if self.is_failing {
            Err(ErrorResponse::new(refused()).into())
        } else {
            Ok(Response::new(HealthCheckResponse::default()))
        }
    }

    async fn watch(&self, _: tonic::Request<HealthCheckRequest>) -> Result<Response<Self::WatchStream>, Status> {
        Err(Status::unimplemented(""))
    }
}

/// The status and the length of an answer.
fn answer<S, B>(service: &mut S) -> (Option<String>, usize)
where
    S: Service<Request<Body>, Response = http::Response<B>, Error = Infallible>,
    B: http_body::Body<Data = Bytes, Error: Debug>,
{
    let request = Request::post("/grpc.health.v1.Health/Check").header("content-type", "application/grpc");
    let request = request.header("accept-language", "en").header("x-request-id", "req-7f3a90c2");
    let body = Body::new(http_body_util::Full::new(Bytes::from_static(MESSAGE)));
    let Ok(response) = finish(service.call(request.body(body).expect("a request")));
    let (head, body) = response.into_parts();
    (head.headers.get("grpc-status").map(|status| format!("{status:?}")), read(body).len())
}

fn asks<S, B>(name: &'static str, mut service: S) -> Contestant<'static>
where
    S: Service<Request<Body>, Response = http::Response<B>, Error = Infallible> + 'static,
    B: http_body::Body<Data = Bytes, Error: Debug>,
{
    Contestant::new(name, move || {
        for _ in 0..REQUESTS {
            black_box(answer(&mut service));
        }
    })
}

pub(crate) fn run() {
    let bare = |is_failing| HealthServer::new(Depot { is_failing });
    let layered = |is_failing| ErrorLayer::default().layer(bare(is_failing));
    for is_failing in [false, true] {
        let (ours, alone) = (answer(&mut layered(is_failing)), answer(&mut bare(is_failing)));
        assert_eq!((ours.0.is_some(), ours.1), (alone.0.is_some(), alone.1), "{is_failing}");
        assert_eq!(ours.0.is_some(), is_failing);
    }
    let contestants = |is_failing| vec![asks(OURS, layered(is_failing)), asks(BARE, bare(is_failing))];
    Contest::new("a call that succeeds, tonic", REQUESTS, contestants(false))
        .with_targets([Target::TimesAsLong(OURS, BARE, 1.15)])
        .run();
    Contest::new("a call that fails, tonic", REQUESTS, contestants(true)).run();
}
