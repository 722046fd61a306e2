//! The components that responses refer to: schemas, headers, and the examples and responses of every entry.

use super::{header, response, schema};
use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// The components (OpenAPI 3.1 §4.8.7) of a catalogue.
///
/// - `schemas`: `LiftProblem`, `LiftEnvelope` and the schemas of their members.
/// - `headers`: those that are the same for every error.
/// - `examples`: of each entry with a status, `TooManyRequestsProblem` and `TooManyRequestsEnvelope`.
/// - `responses`: of each entry with a status, `TooManyRequests`, for an endpoint without another error of this status.
///
/// ```
/// use lift_errors::{lift, openapi::Components};
///
/// let components = Components::new(&lift::CATALOG).to_json();
/// assert_eq!(components["examples"]["NotFoundEnvelope"]["value"]["errorCode"], 404);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Components {
    catalog: &'static Catalog,
}

impl Components {
    /// Creates the components of a catalogue.
    pub const fn new(catalog: &'static Catalog) -> Self {
        Self { catalog }
    }

    /// Returns the members of the Components Object, by kind and name.
    pub fn to_json(self) -> BTreeMap<String, Map<String, Value>> {
        let entries: Vec<Entry> = self.catalog.entries().filter(|entry| entry.status().is_some()).collect();
        let responses: Map<String, Value> =
            entries.iter().map(|&entry| (response::name(entry), response::response(&[entry]))).collect();
        let examples = |&entry: &Entry| {
            response::DOCUMENTS
                .map(|(format, _, kind)| (format!("{}{kind}", response::name(entry)), response::example(entry, format)))
        };
        let examples: Map<String, Value> = entries.iter().flat_map(examples).collect();
        let kinds = [
            ("schemas", schema::components()),
            ("headers", header::components()),
            ("examples", examples),
            ("responses", responses),
        ];
        kinds.into_iter().map(|(kind, components)| (kind.to_string(), components)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;

    #[test]
    fn an_entry_that_clients_raise_is_no_response() {
        let components = Components::new(&lift::CATALOG).to_json();
        assert!(!components["responses"].contains_key("ConnectionFailed"));
        let responses = lift::CATALOG.entries().filter(|entry| entry.status().is_some());
        assert_eq!(components["responses"].len(), responses.count());
    }
}
