//! The routes, the state behind them, and the order of the layers around them.

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
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use std::io;
use std::sync::Arc;
use tower_http::timeout::TimeoutLayer;

/// Everything that outlives a request. A handler takes only the parts that it needs: `State<Arc<Store>>`.
#[derive(Clone, Debug)]
pub(crate) struct App {
    pub(crate) config: Arc<Config>,
    store: Arc<Store>,
    sessions: Arc<Sessions>,
    limits: Arc<Limits>,
    maintenance: Arc<Maintenance>,
    ledger: Arc<Ledger>,
    carriers: Arc<Carriers>,
    metrics: Arc<Metrics>,
}

impl App {
    /// Creates an app with its demonstration data and its own carrier.
    pub(crate) async fn new(config: Config) -> io::Result<Self> {
        Ok(Self {
            store: Arc::new(Store::with_examples()),
            sessions: Arc::new(Sessions::new(config.session_timeout)),
            limits: Arc::new(Limits::new()),
            maintenance: Arc::default(),
            ledger: Arc::new(Ledger::create().await?),
            carriers: Arc::new(Carriers::start(config.upstream_timeout).await?),
            metrics: Arc::new(Metrics::start()?),
            config: Arc::new(config),
        })
    }
}

/// Lets handlers take a part of the state.
macro_rules! parts {
    ($($field:ident: $part:ty),* $(,)?) => {
        $(impl FromRef<App> for Arc<$part> {
            fn from_ref(app: &App) -> Self {
                Self::clone(&app.$field)
            }
        })*
    };
}

parts! {
    store: Store,
    sessions: Sessions,
    limits: Limits,
    maintenance: Maintenance,
    ledger: Ledger,
    carriers: Carriers,
    metrics: Metrics,
}

/// The service. Layers further down are further out: every response, including axum's own, passes the rate limit, and the
/// layer for errors is around everything that can fail.
pub(crate) fn router(app: App) -> Router {
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
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(app.clone(), limit::admit))
        .route("/metrics", get(metrics::show))
        // Every wait in a handler has its own limit: what is left is a body that never arrives.
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, app.config.request_timeout))
        .with_state(app.clone());
    respond::errors()
        .wrap_router(api)
        .layer(from_fn(respond::identify))
        .layer(respond::cross_origin(app.config.origin.clone()))
}
