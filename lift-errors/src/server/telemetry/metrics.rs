//! Counts of errors by code. The labels have few values: none of them comes from a request.

use super::occurrence::{OTHER, Occurrence};
use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::server::request_context::RequestContext;
use alloc::string::ToString;
use metrics::{Unit, counter, describe_counter, describe_gauge, gauge};

const ERRORS: &str = "lift_errors_total";
const FOREIGN: &str = "lift_foreign_errors_total";
const CATALOG: &str = "lift_catalog_info";

/// Describes the metrics and starts the counter of each code at zero. The routes of errors that others write are not known before.
pub(super) fn begin(catalogs: &[&'static Catalog]) {
    describe_counter!(ERRORS, Unit::Count, "Errors of a catalogue, as responses or logged alone, by code.");
    describe_counter!(FOREIGN, Unit::Count, "Responses with an error that is not canonical, by route and status.");
    describe_gauge!(CATALOG, "The catalogues that the service was built with.");
    for catalog in catalogs {
        for entry in catalog.entries() {
            add(catalog.name(), entry.code(), 0);
        }
        let fingerprint = catalog.fingerprint().to_string();
        gauge!(CATALOG, "catalog" => catalog.name(), "version" => catalog.version(), "fingerprint" => fingerprint)
            .set(1);
    }
    add("", OTHER, 0);
}

/// Counts a canonical error.
pub(super) fn failed(entry: Entry) {
    add(entry.catalog().name(), entry.code(), 1);
}

/// Counts a status that no entry explains.
pub(super) fn blank() {
    add("", OTHER, 1);
}

/// Counts an error response that another library wrote.
pub(super) fn foreign(occurrence: &Occurrence<'_>) {
    let route = occurrence.context.and_then(RequestContext::route).unwrap_or_default().to_string();
    counter!(FOREIGN, "route" => route, "status" => occurrence.status.unwrap_or_default().to_string()).increment(1);
}

fn add(catalog: &'static str, code: &'static str, count: u64) {
    counter!(ERRORS, "catalog" => catalog, "error.type" => code).increment(count);
}
