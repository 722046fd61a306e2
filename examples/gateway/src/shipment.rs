//! Shipments: the requests that show and delete them, and track them at their carrier.

use crate::access::{AccessError, Caller, Role};
use crate::store::{Records, Shipment, Store};
use crate::upstream::{CarrierError, Carriers, Tracking};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use lift_errors::LiftError;
use std::sync::Arc;

/// The errors of shipments.
#[derive(Debug, LiftError)]
pub(crate) enum ShipmentError {
    #[lift(code = not_found)]
    NeverExisted,
    #[lift(code = not_found, cause = record_deleted)]
    Deleted { resource: String },
    #[lift(transparent)]
    Access(#[from] AccessError),
    #[lift(transparent)]
    Carrier(#[from] CarrierError),
}

/// `GET /shipments/{id}`.
pub(crate) async fn show(
    State(store): State<Arc<Store>>,
    _: Caller,
    Path(id): Path<String>,
) -> Result<Json<Shipment>, ShipmentError> {
    Ok(Json(find(&store.lock(), &id)?.clone()))
}

/// `DELETE /shipments/{id}`, which needs a manager.
pub(crate) async fn delete(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ShipmentError> {
    caller.require(Role::Manager)?;
    let mut records = store.lock();
    find(&records, &id)?;
    records.shipments.insert(id, None);
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /shipments/{id}/tracking`: asks the carrier where the shipment is.
pub(crate) async fn track(
    State(store): State<Arc<Store>>,
    State(carriers): State<Arc<Carriers>>,
    _: Caller,
    Path(id): Path<String>,
) -> Result<Json<Tracking>, ShipmentError> {
    let Shipment { carrier, tracking_number, .. } = find(&store.lock(), &id)?.clone();
    Ok(Json(carriers.track(carrier, tracking_number).await?))
}

/// The shipment; an error if it was deleted or never existed.
fn find<'a>(records: &'a Records, id: &str) -> Result<&'a Shipment, ShipmentError> {
    match records.shipments.get(id) {
        Some(Some(shipment)) => Ok(shipment),
        Some(None) => Err(ShipmentError::Deleted { resource: format!("shipment {id}") }),
        None => Err(ShipmentError::NeverExisted),
    }
}
