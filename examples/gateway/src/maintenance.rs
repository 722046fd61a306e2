//! Maintenance: an operator begins and ends it, and the gateway refuses all other requests meanwhile.

use crate::access::{AccessError, Caller, Role};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use lift_errors::axum::Json;
use lift_errors::{FieldError, FieldErrors, LiftError, lift};
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The maximum duration: planned hours are 02:00 to 06:00.
const MOST_MINUTES: u64 = 4 * 60;

/// The end of the current maintenance, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Maintenance(Mutex<Option<Instant>>);

#[derive(Debug, LiftError)]
pub(crate) enum MaintenanceError {
    #[lift(code = service_unavailable, cause = planned_maintenance)]
    UnderWay { retry_after: Duration },
    #[lift(code = validation_failed, cause = outside_limits)]
    Invalid {
        #[lift(field_errors)]
        errors: FieldErrors,
    },
    #[lift(transparent)]
    Access(#[from] AccessError),
}

/// The duration of a maintenance.
#[derive(Deserialize)]
pub(crate) struct Plan {
    #[serde(default)]
    minutes: u64,
    /// The duration in seconds, for a rehearsal.
    #[serde(default)]
    seconds: u64,
}

impl Maintenance {
    fn set(&self, end: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = end;
    }

    /// The time until the maintenance ends.
    fn left(&self) -> Option<Duration> {
        let end = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        end?.checked_duration_since(Instant::now())
    }
}

/// The layer that refuses requests during maintenance.
pub(crate) async fn refuse(State(maintenance): State<Arc<Maintenance>>, request: Request, next: Next) -> Response {
    match maintenance.left() {
        Some(retry_after) => MaintenanceError::UnderWay { retry_after }.into_response(),
        None => next.run(request).await,
    }
}

/// `PUT /maintenance`: begins maintenance.
pub(crate) async fn begin(
    State(maintenance): State<Arc<Maintenance>>,
    caller: Caller,
    Json(plan): Json<Plan>,
) -> Result<StatusCode, MaintenanceError> {
    caller.require(Role::Admin)?;
    let duration = Duration::from_secs(plan.minutes.saturating_mul(60).saturating_add(plan.seconds));
    if duration.is_zero() || duration > Duration::from_secs(MOST_MINUTES * 60) {
        let error = FieldError::new("/minutes", lift::field_error::out_of_range(1, MOST_MINUTES));
        return Err(MaintenanceError::Invalid { errors: FieldErrors::from_iter([error]) });
    }
    maintenance.set(Some(Instant::now() + duration));
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /maintenance`: ends maintenance.
pub(crate) async fn end(
    State(maintenance): State<Arc<Maintenance>>,
    caller: Caller,
) -> Result<StatusCode, MaintenanceError> {
    caller.require(Role::Admin)?;
    maintenance.set(None);
    Ok(StatusCode::NO_CONTENT)
}
