//! Shipments: the requests that show and delete them, and track them at their carrier.

use crate::access::{Caller, Role};
use crate::store::{LONGEST_CODE, Records, Shipment, Store};
use crate::upstream::{Carriers, Tracking};
use axum::extract::State;
use axum::http::StatusCode;
use lift_errors::axum::{Json, Path};
use lift_errors::validator::Valid;
use lift_errors::{ErrorResponse, OptionExt as _, lift};
use serde::Deserialize;
use std::sync::Arc;
use validator::Validate;

/// The id in the path of a request.
#[derive(Deserialize, Validate)]
pub(crate) struct Identified {
    #[validate(length(max = LONGEST_CODE))]
    id: String,
}

/// `GET /shipments/{id}`.
pub(crate) async fn show(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Valid(Path(Identified { id })): Valid<Path<Identified>>,
) -> Result<Json<Shipment>, ErrorResponse> {
    Ok(Json(find(&store.lock(), &id, &caller)?.clone()))
}

/// `DELETE /shipments/{id}`, which needs a manager.
pub(crate) async fn delete(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Valid(Path(Identified { id })): Valid<Path<Identified>>,
) -> Result<StatusCode, ErrorResponse> {
    caller.require(Role::Manager)?;
    let mut records = store.lock();
    find(&records, &id, &caller)?;
    records.shipments.insert(id, None);
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /shipments/{id}/tracking`: asks the carrier where the shipment is.
pub(crate) async fn track(
    State(store): State<Arc<Store>>,
    State(carriers): State<Arc<Carriers>>,
    caller: Caller,
    Valid(Path(Identified { id })): Valid<Path<Identified>>,
) -> Result<Json<Tracking>, ErrorResponse> {
    let Shipment { carrier, tracking_number, .. } = find(&store.lock(), &id, &caller)?.clone();
    Ok(Json(carriers.track(carrier, tracking_number).await?))
}

/// The caller's shipment; an error if it was deleted, never existed, or belongs to another organization.
fn find<'a>(records: &'a Records, id: &str, caller: &Caller) -> Result<&'a Shipment, ErrorResponse> {
    let shipment = records.shipments.get(id).or_not_found("shipment", id)?;
    let deleted = || {
        let error = lift::not_found::new().with_resource_kind(lift::Term::Shipment).with_resource(id.to_owned());
        error.with_cause(lift::not_found::Cause::RecordDeleted)
    };
    let shipment = shipment.as_ref().or_lift_with(deleted)?;
    caller.belong_to(shipment.organization)?;
    Ok(shipment)
}
