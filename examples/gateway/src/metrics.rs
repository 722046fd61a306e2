//! The counters of the gateway, for Prometheus to fetch.

use crate::access::{AccessError, Caller, Role};
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

/// `GET /metrics`, which needs an operator: the numbers tell the state of the gateway. Prometheus sends a key, too.
pub(crate) async fn show(State(metrics): State<Arc<Metrics>>, caller: Caller) -> Result<String, AccessError> {
    caller.require(Role::Admin)?;
    Ok(metrics.0.render())
}
