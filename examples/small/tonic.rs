//! A gRPC service in tonic whose errors are all canonical, and a client that reads one back.
//!
//! ```console
//! cargo run -p examples --example tonic
//! ```
//!
//! The service is the standard health check (grpc.health.v1), because `tonic-health` brings its generated code along: the
//! example needs no protoc.
//!
//! Dependencies of your own copy: `lift-errors = { version = "0.1", features = ["client", "derive", "locales", "tonic"] }`,
//! `tonic`, `tonic-health`, `tokio` and `tracing-subscriber`.

use lift_errors::client::ReceivedError;
use lift_errors::{ErrorLayer, ErrorResponder, LiftError, StatusDetails, lift};
use tonic::transport::Endpoint;
use tonic::transport::server::{Server, TcpIncoming};
use tonic::{Request, Response, Status, async_trait};
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::health_server::{Health, HealthServer};
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};

#[derive(Debug, LiftError)]
enum HealthError {
    #[lift(code = not_found)]
    NoSuchService { resource: String },
}

fn check(service: &str) -> Result<HealthCheckResponse, HealthError> {
    match service {
        "" | "orders" => Ok(HealthCheckResponse { status: 1 }),
        _ => Err(HealthError::NoSuchService { resource: format!("service {service}") }),
    }
}

struct OrderHealth;

#[async_trait]
impl Health for OrderHealth {
    async fn check(&self, request: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        // `?` makes a status of the error, with the details of google.rpc.
        Ok(Response::new(check(&request.get_ref().service)?))
    }

    type WatchStream = tonic::codegen::BoxStream<HealthCheckResponse>;

    async fn watch(&self, _: Request<HealthCheckRequest>) -> Result<Response<Self::WatchStream>, Status> {
        // A method that is not there yet is a plain status, which passes as it is.
        Err(Status::unimplemented("watching is not supported"))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let incoming = TcpIncoming::bind("127.0.0.1:0".parse()?)?;
    let address = incoming.local_addr()?;
    // The layer adds the caller's language and the id of the request, and answers panics.
    let mut server = Server::builder().layer(ErrorLayer::new(ErrorResponder::new()));
    tokio::spawn(server.add_service(HealthServer::new(OrderHealth)).serve_with_incoming(incoming));

    let channel = Endpoint::from_shared(format!("http://{address}"))?.connect().await?;
    let mut client = HealthClient::new(channel);
    let mut request = Request::new(HealthCheckRequest { service: "billing".into() });
    request.metadata_mut().insert("accept-language", "uk".parse()?);
    let Err(status) = client.check(request).await else { return Err("the service is unknown".into()) };

    println!("status    {:?}: {}", status.code(), status.message());
    let details = StatusDetails::new(&status);
    println!("details   {:?} {:?}", details.code(), details.parameters().collect::<Vec<_>>());
    println!("for users {:?}", details.localized_message());
    let received = ReceivedError::<lift::Error>::from(status);
    println!("received  {:?}", received.error());
    Ok(())
}
