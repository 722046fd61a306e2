//! What responses name by `$ref`: schemas, headers, and the examples and responses of every entry.

use super::{header, response, schema};
use crate::catalog::Catalog;
use crate::entry::Entry;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// The components (OpenAPI 3.1 §4.8.7) of a catalogue.
///
/// - `schemas`: `LiftProblem`, `LiftEnvelope` and what is in them.
/// - `headers`: those of every error.
/// - `examples`: of each entry with a status, `TooManyRequestsProblem` and `TooManyRequestsEnvelope`.
/// - `responses`: of each entry with a status, `TooManyRequests`, for an endpoint that has no other error of this
///   status.
///
/// ```
/// use lift_errors::{lift, openapi::Components};
///
/// let components = Components::of(&lift::CATALOG).to_json();
/// assert_eq!(components["examples"]["NotFoundEnvelope"]["value"]["errorCode"], 404);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Components {
    catalog: &'static Catalog,
}

impl Components {
    /// The components of a catalogue.
    pub const fn of(catalog: &'static Catalog) -> Self {
        Self { catalog }
    }

    /// The members of the Components Object, by kind and name.
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

    /// The components that `document` names and does not have, with all that they name in their turn.
    #[cfg(feature = "utoipa")]
    pub(super) fn named_by(self, document: &Value) -> BTreeMap<String, Map<String, Value>> {
        let mut left = self.to_json();
        let mut named: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
        let mut open = references(document);
        while let Some((kind, name)) = open.pop() {
            let own = document.get("components").and_then(|components| components.get(&kind)?.get(&name));
            let component = left.get_mut(&kind).filter(|_| own.is_none()).and_then(|kind| kind.remove(&name));
            if let Some(component) = component {
                open.extend(references(&component));
                named.entry(kind).or_default().insert(name, component);
            }
        }
        named
    }
}

/// The components that a value names, by kind and name.
#[cfg(any(feature = "utoipa", test))]
fn references(value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| match (key.as_str(), value) {
                ("$ref", Value::String(place)) => reference(place).into_iter().collect(),
                _ => references(value),
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(any(feature = "utoipa", test))]
fn reference(place: &str) -> Option<(String, String)> {
    let (kind, name) = place.strip_prefix("#/components/")?.split_once('/')?;
    Some((kind.to_string(), name.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;

    const COMPONENTS: Components = Components::of(&lift::CATALOG);

    #[test]
    fn what_components_name_is_among_them() {
        let components = COMPONENTS.to_json();
        let references: Vec<_> = components.values().flatten().flat_map(|(_, value)| references(value)).collect();
        assert!(references.len() > 100);
        for (kind, name) in references {
            assert!(components[&kind].contains_key(&name), "{kind}/{name}");
        }
    }

    #[test]
    fn an_entry_that_clients_raise_is_no_response() {
        let components = COMPONENTS.to_json();
        assert!(!components["responses"].contains_key("ConnectionFailed"));
        assert_eq!(components["responses"].len() + 1, lift::CATALOG.entries().len());
    }

    #[cfg(feature = "utoipa")]
    #[test]
    fn a_document_gets_what_it_names_and_no_more() {
        use serde_json::json;
        let named = COMPONENTS.named_by(&json!({ "paths": crate::openapi::responses(&[lift::not_found::ENTRY]) }));
        let names = |kind: &str| named[kind].keys().cloned().collect::<Vec<_>>();
        assert_eq!(names("examples"), ["NotFoundEnvelope", "NotFoundProblem"]);
        assert_eq!(names("schemas").len(), 8);
        assert!(!named.contains_key("responses"));
        let own = json!({ "components": { "schemas": { "LiftRetry": {} } }, "$ref": "#/components/schemas/LiftRetry" });
        assert!(COMPONENTS.named_by(&own).is_empty());
    }
}
