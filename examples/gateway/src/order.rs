//! Purchase orders: their validation, and the requests that create, show and approve them.

use crate::access::{AccessError, Caller, Role};
use crate::store::{LONGEST_CODE, Line, Order, Shortage, Store, StoreFull};
use axum::extract::State;
use axum::http::StatusCode;
use lift_errors::axum::{Json, Path};
use lift_errors::validator::Valid;
use lift_errors::{FieldError, FieldErrors, LiftError, OptionExt as _, lift};
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use validator::{Validate, ValidationError};

const MOST_LINES: u64 = 100;

/// The errors of orders.
#[derive(Debug, LiftError)]
pub(crate) enum OrderError {
    #[lift(code = conflict, cause = already_exists, resource_kind = lift::Term::Order, resource = "{number}")]
    NumberTaken { number: String },
    #[lift(code = conflict, cause = step_ruled_out, resource_kind = lift::Term::Order, resource = "{number}")]
    AlreadyApproved { number: String },
    #[lift(code = unprocessable_content, cause = unknown_reference)]
    UnknownProduct {
        #[lift(field_errors)]
        errors: FieldErrors,
    },
    #[lift(code = unprocessable_content, cause = not_enough_stock)]
    NotEnoughStock {
        #[lift(field_errors)]
        errors: FieldErrors,
    },
    #[lift(transparent)]
    Full(#[from] StoreFull),
    #[lift(transparent)]
    Access(#[from] AccessError),
    #[lift(transparent, codes = [not_found])]
    Other(#[from] lift::Error),
}

/// An order as a caller writes it. Everything may be missing, so that the response can list all mistakes at once.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(crate) struct Draft {
    #[validate(length(min = 1, max = LONGEST_CODE), custom(function = plain))]
    number: String,
    #[serde(deserialize_with = "few")]
    #[validate(length(min = 1, max = MOST_LINES), nested)]
    lines: Vec<DraftLine>,
}

#[derive(Default, Deserialize, Serialize, Validate)]
#[serde(default)]
struct DraftLine {
    #[validate(length(min = 1, max = LONGEST_CODE))]
    product: String,
    #[validate(range(min = 1, max = 100_000))]
    quantity: u32,
}

/// The number in the path of a request.
#[derive(Deserialize, Validate)]
pub(crate) struct Numbered {
    #[validate(length(max = LONGEST_CODE))]
    number: String,
}

/// A number consists of letters, digits and hyphens.
fn plain(number: &str) -> Result<(), ValidationError> {
    let is_plain = number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_plain { Ok(()) } else { Err(ValidationError::new("malformed")) }
}

/// Reads one line more than an order may have. The rest is skipped, so that a long list does not become a long error.
fn few<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<DraftLine>, D::Error> {
    struct Few;

    impl<'de> Visitor<'de> for Few {
        type Value = Vec<DraftLine>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut lines = Vec::new();
            while lines.len() as u64 <= MOST_LINES {
                let Some(line) = list.next_element()? else { return Ok(lines) };
                lines.push(line);
            }
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(lines)
        }
    }

    deserializer.deserialize_seq(Few)
}

/// `POST /orders`: places an order and takes its lines from the stock.
pub(crate) async fn create(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Valid(Json(draft)): Valid<Json<Draft>>,
) -> Result<(StatusCode, Json<Order>), OrderError> {
    let Draft { number, lines } = draft;
    let lines: Vec<Line> =
        lines.into_iter().map(|DraftLine { product, quantity }| Line { product, quantity }).collect();
    let mut records = store.lock();
    if records.orders.contains_key(&number) {
        return Err(OrderError::NumberTaken { number });
    }
    records.ensure_place()?;
    records.take(&lines).map_err(lacking)?;
    let order = Order { number, organization: caller.organization, lines, approved: false };
    records.add(order.clone());
    Ok((StatusCode::CREATED, Json(order)))
}

/// The error for lines that exceed the stock. An unknown product takes precedence.
fn lacking(shortages: Vec<(usize, Shortage)>) -> OrderError {
    let unknown = shortages.iter().any(|(_, shortage)| *shortage == Shortage::UnknownProduct);
    let errors = shortages.into_iter().map(|(place, shortage)| match shortage {
        Shortage::UnknownProduct => {
            let error = FieldError::new(format!("/lines/{place}/product"), lift::field_error::unknown_reference());
            error.with_label(lift::Term::Product)
        }
        Shortage::Only(count) => {
            let violation = lift::field_error::too_large(count);
            FieldError::new(format!("/lines/{place}/quantity"), violation)
        }
    });
    let errors = errors.collect();
    if unknown { OrderError::UnknownProduct { errors } } else { OrderError::NotEnoughStock { errors } }
}

/// `GET /orders/{number}`.
pub(crate) async fn show(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Valid(Path(Numbered { number })): Valid<Path<Numbered>>,
) -> Result<Json<Order>, OrderError> {
    let records = store.lock();
    let order = records.orders.get(&number).or_not_found("order", &number)?;
    caller.belong_to(order.organization)?;
    Ok(Json(order.clone()))
}

/// `POST /orders/{number}/approval`: approves an order, which needs a manager.
pub(crate) async fn approve(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Valid(Path(Numbered { number })): Valid<Path<Numbered>>,
) -> Result<Json<Order>, OrderError> {
    caller.require(Role::Manager)?;
    let mut records = store.lock();
    let order = records.orders.get_mut(&number).or_not_found("order", &number)?;
    caller.belong_to(order.organization)?;
    if order.approved {
        return Err(OrderError::AlreadyApproved { number });
    }
    order.approved = true;
    Ok(Json(order.clone()))
}
