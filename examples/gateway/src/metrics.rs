//! The counters of the gateway, for Prometheus to fetch.

use axum::extract::State;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::fmt;
use std::io;
use std::sync::Arc;

/// The recorder for the facade `metrics`, through which canonical errors are counted by code.
pub(crate) struct Metrics(PrometheusHandle);

impl Metrics {
    /// Installs the recorder, the only one of the process.
    pub(crate) fn start() -> io::Result<Self> {
        PrometheusBuilder::new().install_recorder().map(Self).map_err(io::Error::other)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

/// `GET /metrics`.
pub(crate) async fn show(State(metrics): State<Arc<Metrics>>) -> String {
    metrics.0.render()
}
