//! The components that responses refer to: schemas, headers, and the examples and responses of every entry.

use super::{header, response, schema};
use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::lift;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// The components (OpenAPI 3.1 §4.8.7) of a catalogue.
///
/// - `schemas`: `LiftProblem`, `LiftEnvelope` and the schemas of their members; with `ServiceError`, `LiftStatusProblem` and
///   `LiftStatusEnvelope` of a status that no entry explains.
/// - `headers`: those that are the same for every error.
/// - `examples`: of each entry with a status, `TooManyRequestsProblem` and `TooManyRequestsEnvelope`.
/// - `responses`: of each entry with a status, `TooManyRequests`, for an endpoint without another error of this status;
///   `ServiceError` with the errors of the layer, if [`with_service_errors`](Self::with_service_errors) adds it.
///
/// A catalogue that [extends](crate::guide::catalog#a-base-catalogue-of-ones-own) another one has codes of the canonical catalogue.
/// Their names begin with the catalogue's: `depot.TooManyRequests`.
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
    has_service_errors: bool,
}

/// The name of the response with the errors that the layer answers with at every endpoint.
pub(super) const SERVICE_ERROR: &str = "ServiceError";

/// The canonical errors that the layer and the extractors answer with at every endpoint: requests that can't be read or are not for
/// this service, limits, and panics.
const SERVICE_ENTRIES: [Entry; 8] = [
    lift::bad_request::ENTRY,
    lift::validation_failed::ENTRY,
    lift::not_found::ENTRY,
    lift::method_not_allowed::ENTRY,
    lift::payload_too_large::ENTRY,
    lift::unsupported_media_type::ENTRY,
    lift::unprocessable_content::ENTRY,
    lift::internal_server_error::ENTRY,
];

/// The entries that the layer answers with at every endpoint. A catalogue that extends another one explains them itself: a panic
/// or a rejection by the entry of the same code, or without one by that of the status, and a bare status by the default entry, which
/// may be another.
fn service_entries(catalog: &'static Catalog) -> Vec<Entry> {
    let own = |canonical: Entry| {
        catalog.entries().find(|entry| entry.code() == canonical.code() && entry.status() == canonical.status())
    };
    let mut entries = Vec::new();
    for canonical in SERVICE_ENTRIES {
        let default = |catalog: &'static Catalog| catalog.default_entry(canonical.status()?);
        let of_status = default(&lift::CATALOG).and_then(own);
        let of_bare_status = of_status.and_then(|_| default(catalog));
        let explains = own(canonical).or(of_bare_status).unwrap_or(canonical);
        for entry in [Some(explains), of_bare_status].into_iter().flatten() {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
    }
    entries
}

impl Components {
    /// Creates the components of a catalogue.
    pub const fn new(catalog: &'static Catalog) -> Self {
        Self { catalog, has_service_errors: false }
    }

    /// Adds the response `ServiceError`: the errors of the layer and the extractors, which any endpoint can answer with, such as a
    /// body that is too large or has a wrong value, a wrong method, or a panic, and any status that no entry explains. A catalogue
    /// that extends another one describes them by its own entries, as
    /// [`ErrorResponder::with_base_catalog`](crate::guide::server) answers.
    ///
    /// They are described once. With utoipa, every operation without a `default` response gets a reference to it. In a
    /// description that is written otherwise, an operation has `default: { $ref: '#/components/responses/ServiceError' }`.
    ///
    /// ```
    /// use lift_errors::{lift, openapi::Components};
    ///
    /// const ERRORS: Components = Components::new(&lift::CATALOG).with_service_errors();
    ///
    /// let response = &ERRORS.to_json()["responses"]["ServiceError"];
    /// assert!(response["description"].as_str().unwrap().contains("LIFT-0413"));
    /// ```
    #[must_use]
    pub const fn with_service_errors(mut self) -> Self {
        self.has_service_errors = true;
        self
    }

    #[cfg(feature = "utoipa")]
    pub(super) const fn has_service_errors(self) -> bool {
        self.has_service_errors
    }

    /// Returns the members of the Components Object, by kind and name.
    pub fn to_json(self) -> BTreeMap<String, Map<String, Value>> {
        let entries: Vec<Entry> = self.catalog.entries().filter(|entry| entry.status().is_some()).collect();
        let mut responses: Map<String, Value> =
            entries.iter().map(|&entry| (response::name(entry), response::response(&[entry]))).collect();
        let (mut entries, mut schemas) = (entries, schema::components());
        if self.has_service_errors {
            let of_service = service_entries(self.catalog);
            responses.insert(SERVICE_ERROR.to_string(), response::response_with_unexplained(&of_service));
            schemas.extend(schema::of_unexplained());
            // Those of another catalogue bring their examples along.
            entries.extend(of_service.into_iter().filter(|entry| !entry.catalog().ptr_eq(self.catalog)));
        }
        let examples = |&entry: &Entry| {
            response::DOCUMENTS
                .map(|(format, _, kind)| (format!("{}{kind}", response::name(entry)), response::example(entry, format)))
        };
        let examples: Map<String, Value> = entries.iter().flat_map(examples).collect();
        let kinds =
            [("schemas", schemas), ("headers", header::components()), ("examples", examples), ("responses", responses)];
        kinds.into_iter().map(|(kind, components)| (kind.to_string(), components)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_clients_raise_is_no_response() {
        let components = Components::new(&lift::CATALOG).to_json();
        assert!(!components["responses"].contains_key("ConnectionFailed"));
        let responses = lift::CATALOG.entries().filter(|entry| entry.status().is_some());
        assert_eq!(components["responses"].len(), responses.count());
    }
}
