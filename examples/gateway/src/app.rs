//! The routes, the state that they share, and the layers around them.

use crate::config::Config;
use crate::limit::Limits;
use crate::maintenance::Maintenance;
use crate::metrics::Metrics;
use crate::report::Ledger;
use crate::session::Sessions;
use crate::store::Store;
use crate::upstream::Carriers;
use crate::{import, limit, maintenance, metrics, order, report, respond, session, shipment};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use std::io;
use std::sync::Arc;
use tower_http::timeout::TimeoutLayer;

/// The state of all handlers. Each handler takes the parts that it needs.
#[derive(Clone, Debug)]
pub(crate) struct App {
    pub(crate) config: Config,
    store: Arc<Store>,
    sessions: Arc<Sessions>,
    limits: Arc<Limits>,
    maintenance: Arc<Maintenance>,
    ledger: Arc<Ledger>,
    carriers: Arc<Carriers>,
    metrics: Arc<Metrics>,
}

impl App {
    /// An app with its demonstration data, and a carrier of its own.
    pub(crate) async fn new(config: Config) -> io::Result<Self> {
        Ok(Self {
            store: Arc::new(Store::with_examples()),
            sessions: Arc::new(Sessions::new(config.session_timeout, config.origin.clone())),
            limits: Arc::new(Limits::new(config.trusted_proxies.clone())),
            maintenance: Arc::default(),
            ledger: Arc::new(Ledger::create().await?),
            carriers: Arc::new(Carriers::start(config.upstream_timeout).await?),
            metrics: Arc::new(Metrics::start()?),
            config,
        })
    }
}

macro_rules! parts {
    ($($field:ident: $part:ty),+) => {
        $(impl FromRef<App> for Arc<$part> {
            fn from_ref(app: &App) -> Self {
                Arc::clone(&app.$field)
            }
        })+
    };
}

parts! {
    store: Store,
    sessions: Sessions,
    limits: Limits,
    maintenance: Maintenance,
    ledger: Ledger,
    carriers: Carriers,
    metrics: Metrics
}

/// The service. Each layer goes around those above it. Every response passes the rate limit, axum's own too, and the error layer
/// goes around everything that can fail.
pub(crate) fn router(app: &App) -> Router {
    let api = Router::new()
        .route("/orders", post(order::create))
        .route("/orders/{number}", get(order::show))
        .route("/orders/{number}/approval", post(order::approve))
        .route("/shipments/{id}", get(shipment::show).delete(shipment::delete))
        .route("/shipments/{id}/tracking", get(shipment::track))
        .route("/imports/stock", post(import::stock))
        .route("/reports/{year}", get(report::show))
        .route("/sessions", post(session::log_in))
        .layer(from_fn_with_state(app.clone(), maintenance::refuse))
        .route("/maintenance", put(maintenance::begin).delete(maintenance::end))
        .route("/metrics", get(metrics::show))
        .layer(DefaultBodyLimit::max(import::BODY_LIMIT))
        // Every wait in a handler has its own limit. This one is for a body that never arrives.
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, app.config.request_timeout))
        .layer(from_fn_with_state(app.clone(), limit::admit))
        .with_state(app.clone());
    respond::errors()
        .wrap_router(api)
        .layer(from_fn(respond::identify))
        .layer(respond::cross_origin(app.config.origin.clone()))
}
