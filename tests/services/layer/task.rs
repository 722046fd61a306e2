//! A request that runs in a task of its own, so that a client that goes away stops nothing half done.

use super::telemetry::Logged;
use super::{call, errors, request};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use lift_errors::lift;
use tracing_subscriber::layer::SubscriberExt as _;

#[test]
fn an_event_of_a_task_knows_the_request_if_the_layer_is_in_the_task() {
    async fn in_a_task(request: Request, next: Next) -> Response {
        tokio::spawn(next.run(request)).await.unwrap()
    }
    let routes = || Router::new().route("/orders/{number}", get(|| async { Err::<(), _>(lift::Error::conflict()) }));
    for (app, is_known) in [
        (errors().wrap_router(routes()).layer(from_fn(in_a_task)), true),
        (errors().wrap_router(routes().layer(from_fn(in_a_task))), false),
    ] {
        crate::frameworks::log::begin();
        let log = Logged::default();
        let registry = tracing_subscriber::registry().with(log.clone());
        let (status, ..) = tracing::subscriber::with_default(registry, || call(app, request(&[])));
        assert_eq!(status, 409);
        let fields = log.0.0.lock().unwrap();
        let has = |name: &str| fields.iter().any(|(known, _)| known == name);
        assert_eq!((has("code"), has("url.path")), (true, is_known), "{fields:?}");
    }
}
