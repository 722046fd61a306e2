//! Purchase orders: their validation, and the requests that create, show and approve them.

use crate::access::{AccessError, Caller, Role};
use crate::body::JsonBody;
use crate::store::{Line, Order, Shortage, Store};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use lift_errors::{FieldError, FieldErrors, LiftError};
use serde::Deserialize;
use std::sync::Arc;

const LONGEST_NUMBER: usize = 20;
const MOST_LINES: usize = 100;
const MOST_PIECES: i64 = 100_000;

/// The errors of orders.
#[derive(Debug, LiftError)]
pub(crate) enum OrderError {
    #[lift(code = validation_failed)]
    Invalid {
        #[lift(field_errors)]
        errors: FieldErrors,
    },
    #[lift(code = not_found)]
    NoSuchOrder { resource: Option<String> },
    #[lift(code = conflict, cause = already_exists)]
    NumberTaken { resource: String },
    #[lift(code = conflict, cause = step_ruled_out)]
    AlreadyApproved { resource: String },
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
    Access(#[from] AccessError),
}

/// An order as a caller writes it. Everything may be missing, so that the response can list all mistakes at once.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    number: String,
    lines: Vec<DraftLine>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DraftLine {
    product: String,
    quantity: i64,
}

impl Draft {
    /// The order's number and lines, or an error for each wrong field.
    fn check(self) -> Result<(String, Vec<Line>), FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut fault = |pointer: &str, code: &'static str, message: &'static str| {
            errors.push(FieldError::new(pointer.to_owned(), (code, message)));
        };
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        match self.number.as_str() {
            "" => fault("/number", "required", "Enter an order number."),
            number if number.len() > LONGEST_NUMBER || !is_plain(number) => {
                fault("/number", "malformed", "An order number has up to 20 letters, digits and hyphens.");
            }
            _ => {}
        }
        match self.lines.len() {
            0 => fault("/lines", "required", "Order at least one product."),
            1..=MOST_LINES => {}
            _ => fault("/lines", "too_many", "An order has at most 100 lines."),
        }
        let mut lines = Vec::new();
        for (place, DraftLine { product, quantity }) in self.lines.into_iter().take(MOST_LINES).enumerate() {
            if product.is_empty() {
                fault(&format!("/lines/{place}/product"), "required", "Enter a product code.");
            }
            match u32::try_from(quantity) {
                Ok(quantity @ 1..) if i64::from(quantity) <= MOST_PIECES => lines.push(Line { product, quantity }),
                _ => fault(
                    &format!("/lines/{place}/quantity"),
                    "out_of_range",
                    "The quantity must be between 1 and 100,000.",
                ),
            }
        }
        if errors.is_empty() { Ok((self.number, lines)) } else { Err(errors) }
    }
}

/// `POST /orders`: places an order and takes its lines from the stock.
pub(crate) async fn create(
    State(store): State<Arc<Store>>,
    caller: Caller,
    JsonBody(draft): JsonBody<Draft>,
) -> Result<(StatusCode, Json<Order>), OrderError> {
    let (number, lines) = draft.check().map_err(|errors| OrderError::Invalid { errors })?;
    let mut records = store.lock();
    if records.orders.contains_key(&number) {
        return Err(OrderError::NumberTaken { resource: format!("order {number}") });
    }
    records.take(&lines).map_err(lacking)?;
    let order = Order { number: number.clone(), organization: caller.organization, lines, approved: false };
    records.orders.insert(number, order.clone());
    Ok((StatusCode::CREATED, Json(order)))
}

/// The error for lines that exceed the stock. An unknown product takes precedence.
fn lacking(shortages: Vec<(usize, Shortage)>) -> OrderError {
    let unknown = shortages.iter().any(|(_, shortage)| *shortage == Shortage::UnknownProduct);
    let errors = shortages.into_iter().map(|(place, shortage)| match shortage {
        Shortage::UnknownProduct => {
            FieldError::new(format!("/lines/{place}/product"), ("unknown", "There is no such product."))
        }
        Shortage::Only(count) => {
            let message = format!("Only {count} are in stock.");
            FieldError::new(format!("/lines/{place}/quantity"), ("not_enough_stock", message))
                .with_parameter("in_stock", i64::from(count))
        }
    });
    let errors = errors.collect();
    if unknown { OrderError::UnknownProduct { errors } } else { OrderError::NotEnoughStock { errors } }
}

/// `GET /orders/{number}`.
pub(crate) async fn show(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<Json<Order>, OrderError> {
    let records = store.lock();
    let order = records.orders.get(&number).ok_or_else(|| no_such(&number))?;
    caller.belong_to(order.organization)?;
    Ok(Json(order.clone()))
}

/// `POST /orders/{number}/approval`: approves an order, which needs a manager.
pub(crate) async fn approve(
    State(store): State<Arc<Store>>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<Json<Order>, OrderError> {
    caller.require(Role::Manager)?;
    let mut records = store.lock();
    let order = records.orders.get_mut(&number).ok_or_else(|| no_such(&number))?;
    caller.belong_to(order.organization)?;
    if order.approved {
        return Err(OrderError::AlreadyApproved { resource: format!("order {number}") });
    }
    order.approved = true;
    Ok(Json(order.clone()))
}

/// Names the requested order, unless the caller's text is too long for an order number.
fn no_such(number: &str) -> OrderError {
    OrderError::NoSuchOrder { resource: (number.len() <= LONGEST_NUMBER).then(|| format!("order {number}")) }
}
