//! What has been counted since the gateway began, for Prometheus to fetch.

use axum::extract::State;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::fmt;
use std::io;
use std::sync::Arc;

/// The recorder of everything that counts through the facade `metrics`: canonical errors by code, above all.
pub(crate) struct Metrics(PrometheusHandle);

impl Metrics {
    /// Begins to record; there is one recorder in a process.
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
