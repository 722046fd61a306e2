//! The input of the services, for both validators.

use serde::{Deserialize, Serialize};
use validator::Validate as _;

#[derive(Deserialize, garde::Validate, validator::Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    #[garde(length(min = 1))]
    #[validate(length(min = 1))]
    pub(super) number: String,
    #[garde(email)]
    #[validate(email)]
    email: Option<String>,
    #[garde(dive)]
    #[validate(nested)]
    pub(super) lines: Vec<Line>,
}

#[derive(Deserialize, garde::Validate, validator::Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    #[garde(skip)]
    #[serde(rename = "product")]
    _product: String,
    #[garde(range(min = 1, max = 1000))]
    #[validate(range(min = 1, max = 1000))]
    quantity: u32,
    #[garde(skip)]
    #[serde(rename = "unit")]
    _unit: Option<Unit>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    Piece,
    Box,
}

/// The answer to an order.
#[derive(Serialize)]
pub(super) struct Summary {
    number: String,
    lines: usize,
}

impl From<&Order> for Summary {
    fn from(order: &Order) -> Self {
        Self { number: order.number.clone(), lines: order.lines.len() }
    }
}

#[derive(Deserialize)]
pub(super) struct Filter {
    pub(super) page: u32,
    pub(super) open: Option<bool>,
    #[serde(rename = "shelf")]
    _shelf: Option<i8>,
    #[serde(rename = "after")]
    _after: Option<u64>,
    #[serde(rename = "before")]
    _before: Option<i64>,
}

impl Filter {
    pub(super) fn text(&self) -> String {
        format!("page {}, open {}", self.page, self.open.unwrap_or_default())
    }
}

#[derive(Deserialize)]
pub(super) struct Login {
    pub(super) name: String,
    #[serde(rename = "remember")]
    _remember: Option<bool>,
    #[serde(rename = "pin")]
    _pin: Option<Pin>,
}

#[derive(Deserialize)]
struct Pin(#[expect(dead_code, reason = "only its type matters")] u16);

/// A part of a path.
#[derive(Deserialize, garde::Validate)]
pub(super) struct Site(#[garde(range(min = 1))] pub(super) u32);
