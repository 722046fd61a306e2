//! The warehouse's records, in memory: stock, orders, shipments.

use crate::upstream::Carrier;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// All records.
#[derive(Debug)]
pub(crate) struct Store(Mutex<Records>);

/// The records, locked.
#[derive(Debug)]
pub(crate) struct Records {
    /// The stock of each product.
    pub(crate) stock: BTreeMap<String, u32>,
    /// Orders by number.
    pub(crate) orders: BTreeMap<String, Order>,
    /// Shipments by id; `None` for one that was deleted.
    pub(crate) shipments: BTreeMap<String, Option<Shipment>>,
}

/// A purchase order.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Order {
    pub(crate) number: String,
    pub(crate) organization: &'static str,
    pub(crate) lines: Vec<Line>,
    pub(crate) approved: bool,
}

/// A quantity of one product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) product: String,
    pub(crate) quantity: u32,
}

/// Goods on their way, with their carrier.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Shipment {
    pub(crate) id: &'static str,
    pub(crate) carrier: Carrier,
    pub(crate) tracking_number: &'static str,
}

/// The reasons why a line can't be taken from the stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortage {
    /// There is no such product.
    UnknownProduct,
    /// There are fewer pieces than requested.
    Only(u32),
}

impl Store {
    /// Locks the records.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Records> {
        // A panic with the lock held leaves complete records: each change is one assignment.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The demonstration's records.
    pub(crate) fn with_examples() -> Self {
        let order = |number: &str, organization| {
            let lines = vec![Line { product: "GLOVES-M".into(), quantity: 20 }];
            (number.to_owned(), Order { number: number.into(), organization, lines, approved: false })
        };
        let shipment = |id: &'static str, carrier, tracking_number| {
            (id.to_owned(), Some(Shipment { id, carrier, tracking_number }))
        };
        Self(Mutex::new(Records {
            stock: BTreeMap::from([("GLOVES-M".into(), 480), ("SYRINGE-5ML".into(), 12_000)]),
            orders: BTreeMap::from([order("PO-2031", "Acme"), order("PO-7000", "Globex")]),
            shipments: BTreeMap::from([
                shipment("SH-1", Carrier::Swift, "on-its-way"),
                shipment("SH-2", Carrier::Swift, "gibberish"),
                shipment("SH-3", Carrier::Swift, "slow"),
                shipment("SH-4", Carrier::Swift, "hangs-up"),
                shipment("SH-5", Carrier::Swift, "refuses-us"),
                shipment("SH-6", Carrier::Gone, "on-its-way"),
            ]),
        }))
    }
}

impl Records {
    /// Takes all lines from the stock, or none and returns the position and shortage of each line.
    pub(crate) fn take(&mut self, lines: &[Line]) -> Result<(), Vec<(usize, Shortage)>> {
        let mut left = self.stock.clone();
        let take = |line: &Line| {
            let stock = left.get_mut(&line.product).ok_or(Shortage::UnknownProduct)?;
            *stock = stock.checked_sub(line.quantity).ok_or(Shortage::Only(*stock))?;
            Ok(())
        };
        let shortages = lines.iter().map(take).enumerate().filter_map(|(place, taken)| Some((place, taken.err()?)));
        let shortages: Vec<_> = shortages.collect();
        if !shortages.is_empty() {
            return Err(shortages);
        }
        self.stock = left;
        Ok(())
    }
}
