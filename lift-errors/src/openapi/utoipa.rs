//! The types of utoipa (feature `utoipa`). They are read from the JSON of the other modules; a test compares both.

use super::component::SERVICE_ERROR;
use super::{Components, reference};
use crate::catalog::entry::Entry;
use ::utoipa::Modify;
use ::utoipa::openapi::path::{Operation, PathItem};
use ::utoipa::openapi::{self, OpenApi, Ref, RefOr, Response};
use alloc::collections::BTreeMap;
use alloc::string::String;

/// The result of `utoipa::IntoResponses` for a type with these entries.
pub(crate) fn responses(entries: &[Entry]) -> BTreeMap<String, RefOr<Response>> {
    let responses = super::responses(entries).into_iter();
    responses.filter_map(|(status, response)| Some((status, serde_json::from_value(response).ok()?))).collect()
}

/// Adds the components that the document refers to and does not have: `#[openapi(modifiers(&ERRORS))]` with a constant
/// `ERRORS`.
impl Modify for Components {
    fn modify(&self, openapi: &mut OpenApi) {
        if self.has_service_errors() {
            operations(openapi).for_each(|operation| {
                let responses = &mut operation.responses.responses;
                responses.entry("default".into()).or_insert_with(|| Ref::from_response_name(SERVICE_ERROR).into());
            });
        }
        let document = serde_json::to_value(&*openapi).unwrap_or_default();
        let lacking = serde_json::to_value(reference::lacking(&document, *self)).unwrap_or_default();
        let Ok(lacking) = serde_json::from_value::<openapi::Components>(lacking) else { return };
        let components = openapi.components.get_or_insert_default();
        components.schemas.extend(lacking.schemas);
        components.headers.extend(lacking.headers);
        components.examples.extend(lacking.examples);
        components.responses.extend(lacking.responses);
    }
}

/// Every operation of a document.
fn operations(openapi: &mut OpenApi) -> impl Iterator<Item = &mut Operation> {
    openapi.paths.paths.values_mut().flat_map(|item| {
        let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
        [get, put, post, delete, options, head, patch, trace].into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;
    use serde_json::Value;

    /// A header of utoipa 6.0 does not have the member `required`.
    fn without_certainty(mut value: Value) -> Value {
        match &mut value {
            Value::Object(members) => {
                members.retain(|name, value| name != "required" || !value.is_boolean());
                members.values_mut().for_each(|member| *member = without_certainty(member.take()));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| *item = without_certainty(item.take())),
            _ => {}
        }
        value
    }

    #[test]
    fn nothing_else_is_lost_on_the_way() {
        let entries: Vec<Entry> = lift::CATALOG.entries().collect();
        let of_utoipa = serde_json::to_value(responses(&entries)).unwrap();
        for (status, response) in crate::openapi::responses(&entries) {
            assert_eq!(of_utoipa[&status], without_certainty(response), "{status}");
        }
        let components = Components::new(&lift::CATALOG).with_service_errors();
        let json = serde_json::to_value(components.to_json()).unwrap();
        let of_utoipa: openapi::Components = serde_json::from_value(json.clone()).unwrap();
        let of_utoipa = serde_json::to_value(of_utoipa).unwrap();
        for (kind, components) in json.as_object().unwrap() {
            for (name, component) in components.as_object().unwrap() {
                assert_eq!(of_utoipa[kind][name], without_certainty(component.clone()), "{kind}/{name}");
            }
        }
    }
}
