//! The routes, what all of them share, and the order of the layers around them. It knows nothing of what
//! a route does.

use crate::access::{AccessError, Caller, key_holder};
use crate::body::BODY_LIMIT;
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
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use std::io;
use std::sync::Arc;
use tower_http::timeout::TimeoutLayer;

/// What a handler can reach.
pub(crate) type Shared = Arc<App>;

/// Everything that outlives a request.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) sessions: Sessions,
    pub(crate) limits: Limits,
    pub(crate) maintenance: Maintenance,
    pub(crate) ledger: Ledger,
    pub(crate) carriers: Carriers,
    pub(crate) metrics: Metrics,
}

impl App {
    /// An app with its demonstration data, and a carrier of its own.
    pub(crate) async fn new(config: Config) -> io::Result<Self> {
        Ok(Self {
            store: Store::with_examples(),
            sessions: Sessions::new(config.session_timeout),
            limits: Limits::new(),
            maintenance: Maintenance::default(),
            ledger: Ledger::create().await?,
            carriers: Carriers::start(config.upstream_timeout).await?,
            metrics: Metrics::start()?,
            config,
        })
    }

    /// Who sent a request: the holder of an API key, or the person of a session.
    pub(crate) fn identify(&self, headers: &HeaderMap) -> Result<Caller, AccessError> {
        match headers.get(header::AUTHORIZATION) {
            Some(credentials) => key_holder(credentials).ok_or(AccessError::WrongCredentials),
            None => self.sessions.holder(headers),
        }
    }
}

/// The service. Layers further down are further out: every response, also one of axum's own, goes past the rate limit,
/// and errors become canonical around all that can fail.
pub(crate) fn router(app: Shared) -> Router {
    let api = Router::new()
        .route("/orders", post(order::create))
        .route("/orders/{number}", get(order::show))
        .route("/orders/{number}/approval", post(order::approve))
        .route("/shipments/{id}", get(shipment::show).delete(shipment::delete))
        .route("/shipments/{id}/tracking", get(shipment::track))
        .route("/imports/stock", post(import::stock))
        .route("/reports/{year}", get(report::show))
        .route("/sessions", post(session::log_in))
        .layer(from_fn_with_state(Arc::clone(&app), maintenance::refuse))
        .route("/maintenance", put(maintenance::begin).delete(maintenance::end))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&app), limit::admit))
        .route("/metrics", get(metrics::show))
        // Every wait in a handler has its own limit: what is left is a body that never arrives.
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, app.config.request_timeout))
        .with_state(Arc::clone(&app));
    respond::errors()
        .wrap_router(api)
        .layer(from_fn(respond::identify))
        .layer(respond::cross_origin(app.config.origin.clone()))
}
