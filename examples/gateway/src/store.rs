//! The warehouse's records, in memory: stock, orders, shipments.

use crate::upstream::Carrier;
use lift_errors::LiftError;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The maximum length of a product code, an order number or a shipment's id.
pub(crate) const LONGEST_CODE: u64 = 20;

// Whatever a caller can add to has a limit; otherwise one caller could fill the memory.
const MOST_PRODUCTS: usize = 10_000;
const MOST_ORDERS: usize = 10_000;

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
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) product: String,
    pub(crate) quantity: u32,
}

/// Goods on their way, with their carrier.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Shipment {
    pub(crate) id: &'static str,
    pub(crate) organization: &'static str,
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

/// The records are full.
#[derive(Debug, LiftError)]
#[lift(code = insufficient_storage, cause = quota_used_up)]
pub(crate) struct StoreFull;

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
        let shipment = |id: &'static str, organization, carrier, tracking_number| {
            (id.to_owned(), Some(Shipment { id, organization, carrier, tracking_number }))
        };
        Self(Mutex::new(Records {
            stock: BTreeMap::from([("GLOVES-M".into(), 480), ("SYRINGE-5ML".into(), 12_000)]),
            orders: BTreeMap::from([order("PO-2031", "Acme"), order("PO-7000", "Globex")]),
            shipments: BTreeMap::from([
                shipment("SH-1", "Acme", Carrier::Swift, "on-its-way"),
                shipment("SH-2", "Acme", Carrier::Swift, "gibberish"),
                shipment("SH-3", "Acme", Carrier::Swift, "slow"),
                shipment("SH-4", "Acme", Carrier::Swift, "hangs-up"),
                shipment("SH-5", "Acme", Carrier::Swift, "refuses-us"),
                shipment("SH-6", "Acme", Carrier::Gone, "on-its-way"),
                shipment("SH-7", "Globex", Carrier::Swift, "on-its-way"),
                shipment("SH-8", "Acme", Carrier::Swift, "breaks-off"),
                shipment("SH-9", "Acme", Carrier::Swift, "stalls"),
            ]),
        }))
    }
}

impl Records {
    /// Refuses a further order if there are too many. Nothing is taken from the stock for an order that has no place.
    pub(crate) fn ensure_place(&self) -> Result<(), StoreFull> {
        if self.orders.len() < MOST_ORDERS { Ok(()) } else { Err(StoreFull) }
    }

    /// Adds an order.
    pub(crate) fn add(&mut self, order: Order) {
        self.orders.insert(order.number.clone(), order);
    }

    /// Sets the stock of all products, or of none.
    pub(crate) fn import(&mut self, rows: BTreeMap<String, u32>) -> Result<(), StoreFull> {
        let new = rows.keys().filter(|product| !self.stock.contains_key(*product)).count();
        if self.stock.len() + new > MOST_PRODUCTS {
            return Err(StoreFull);
        }
        self.stock.extend(rows);
        Ok(())
    }

    /// Takes all lines from the stock, or none and returns the position and shortage of each line.
    pub(crate) fn take(&mut self, lines: &[Line]) -> Result<(), Vec<(usize, Shortage)>> {
        // A product can be on several lines: each gets what those before it left.
        let mut left = BTreeMap::new();
        let mut shortages = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let Some(stock) = self.stock.get(&line.product) else {
                shortages.push((place, Shortage::UnknownProduct));
                continue;
            };
            let left = left.entry(&line.product).or_insert(*stock);
            match left.checked_sub(line.quantity) {
                Some(rest) => *left = rest,
                None => shortages.push((place, Shortage::Only(*left))),
            }
        }
        if !shortages.is_empty() {
            return Err(shortages);
        }
        for (product, left) in left {
            self.stock.insert(product.clone(), left);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_store_says_so_before_anything_is_taken() {
        let store = Store::with_examples();
        let mut records = store.lock();
        let order = records.orders["PO-2031"].clone();
        while records.ensure_place().is_ok() {
            let number = format!("N-{}", records.orders.len());
            records.add(Order { number, ..order.clone() });
        }
        assert_eq!(records.orders.len(), MOST_ORDERS);
    }
}
