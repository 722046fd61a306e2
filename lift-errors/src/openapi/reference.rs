//! The components that a document refers to and does not have.

use super::Components;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// The components that `document` refers to and does not have, and those that these refer to.
pub(super) fn lacking(document: &Value, components: Components) -> BTreeMap<String, Map<String, Value>> {
    let mut left = components.to_json();
    let mut lacking: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut named = references(document);
    while let Some((kind, name)) = named.pop() {
        let own = document.get("components").and_then(|components| components.get(&kind)?.get(&name));
        let component = left.get_mut(&kind).filter(|_| own.is_none()).and_then(|kind| kind.remove(&name));
        if let Some(component) = component {
            named.extend(references(&component));
            lacking.entry(kind).or_default().insert(name, component);
        }
    }
    lacking
}

/// The components that a value refers to, by kind and name.
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

fn reference(place: &str) -> Option<(String, String)> {
    let (kind, name) = place.strip_prefix("#/components/")?.split_once('/')?;
    Some((kind.to_string(), name.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;
    use serde_json::json;

    const COMPONENTS: Components = Components::new(&lift::CATALOG);

    #[test]
    fn what_components_name_is_among_them() {
        let components = COMPONENTS.with_service_errors().to_json();
        let references: Vec<_> = components.values().flatten().flat_map(|(_, value)| references(value)).collect();
        assert!(references.len() > 100);
        for (kind, name) in references {
            assert!(components[&kind].contains_key(&name), "{kind}/{name}");
        }
    }

    #[test]
    fn a_document_gets_what_it_names_and_no_more() {
        let document = json!({ "paths": crate::openapi::responses(&[lift::not_found::ENTRY]) });
        let lacking = lacking(&document, COMPONENTS);
        assert_eq!(lacking["examples"].keys().collect::<Vec<_>>(), ["NotFoundEnvelope", "NotFoundProblem"]);
        assert_eq!(lacking["schemas"], COMPONENTS.to_json()["schemas"]);
        assert!(!lacking.contains_key("responses"));
    }

    #[test]
    fn what_a_document_has_stays() {
        let named = json!({ "$ref": "#/components/schemas/LiftRetry" });
        assert_eq!(lacking(&named, COMPONENTS)["schemas"].keys().collect::<Vec<_>>(), ["LiftRetry"]);
        let has = json!({ "components": { "schemas": { "LiftRetry": {} } }, "paths": named });
        assert!(lacking(&has, COMPONENTS).is_empty());
    }
}
