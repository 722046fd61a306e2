#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>openapi</code></span>")]
//! Describes the errors of an endpoint in OpenAPI (feature `openapi`).
//!
//! An endpoint has one response for each status; errors with the same status are named examples of one response. The
//! renderer writes the examples, with the example values of the catalogue's parameters.
//!
//! ```
//! use lift_errors::{lift, openapi};
//!
//! let errors = [lift::forbidden::ENTRY, lift::permission_denied::ENTRY, lift::too_many_requests::ENTRY];
//! let responses = openapi::responses(&errors);
//!
//! assert_eq!(responses.keys().collect::<Vec<_>>(), ["403", "429"]);
//! let examples = &responses["403"]["content"]["application/problem+json"]["examples"];
//! assert_eq!(examples["permission_denied"]["$ref"], "#/components/examples/PermissionDeniedProblem");
//! assert_eq!(responses["429"]["headers"]["Retry-After"]["schema"]["type"], "integer");
//! ```
//!
//! The responses refer to the [`Components`] of the entries' catalogues by `$ref`. [`document`] is a whole document of
//! components, for a description that another tool writes: an endpoint there has
//! `$ref: 'errors.openapi.json#/components/responses/TooManyRequests'`.
//!
//! A service with a [base catalogue of its own](crate::ErrorResponder::with_base_catalog) answers with the entries of that
//! catalogue: name it in the types, `#[lift(catalog = depot, code = …)]`, and for a transparent `lift::Error` or
//! [`UpstreamError`](crate::client::UpstreamError) too, `#[lift(transparent, catalog = depot, codes = […])]` with those that it can
//! have, for the latter `bad_gateway`, `service_unavailable` and `gateway_timeout`. The description then has the codes and ids that the
//! service sends; without it, it refers to components of the canonical catalogue that the document lacks.
//!
//! # What is open
//!
//! A client that checks responses by the description outlives the version that wrote it, and a layer may answer with an error of the
//! same status that the endpoint does not name: a rejection by an extractor, a panic, or the status of a middleware. So whatever may
//! grow is open: codes, ids (`Lift-Error`), kinds of retries and of notes, and audiences are strings, whose descriptions name the
//! known ones; objects may have other members; and a header that an entry declares is never required. Examples do not exclude others,
//! either. What is closed stays: the required members and the types of all members, and values of `params` that are numbers or texts.
//!
//! # utoipa
//!
//! With the feature `utoipa` every type that derives `LiftError`, and every generated `Error`, is
//! `utoipa::IntoResponses`, and [`Components`] is a `utoipa::Modify` that adds the components that the document refers to;
//! without it the references are broken. If several types in one `responses(…)` have a status in common, utoipa keeps only
//! the last: use one type with transparent variants, which has the errors of all.
//!
//! With utoipa-axum the routes come later than the modifiers: call `ERRORS.modify(&mut api)`, of the trait `utoipa::Modify`, after
//! `split_for_parts()`.
//!
#![cfg_attr(all(feature = "utoipa", feature = "derive"), doc = "```")]
#![cfg_attr(not(all(feature = "utoipa", feature = "derive")), doc = "```ignore")]
//! use lift_errors::{LiftError, lift, openapi::Components};
//! use utoipa::OpenApi;
//!
//! #[derive(Debug, LiftError)]
//! enum ApproveOrderError {
//!     #[lift(code = forbidden)]
//!     NotAManager { required_role: &'static str },
//!     #[lift(code = not_found)]
//!     NoSuchOrder,
//! }
//!
//! #[utoipa::path(
//!     post,
//!     path = "/orders/{id}/approval",
//!     params(("id" = String, Path)),
//!     responses((status = 204, description = "Approved"), ApproveOrderError)
//! )]
//! fn approve_order() {}
//!
//! const ERRORS: Components = Components::new(&lift::CATALOG);
//!
//! #[derive(OpenApi)]
//! #[openapi(paths(approve_order), modifiers(&ERRORS))]
//! struct Api;
//!
//! let api = Api::openapi();
//! let operation = api.paths.paths["/orders/{id}/approval"].post.as_ref().unwrap();
//! assert_eq!(operation.responses.responses.keys().collect::<Vec<_>>(), ["204", "403", "404"]);
//! assert!(api.components.unwrap().examples.contains_key("ForbiddenProblem"));
//! ```

mod component;
mod example;
mod header;
#[cfg(feature = "utoipa")]
mod reference;
mod response;
mod schema;
#[cfg(feature = "utoipa")]
pub(crate) mod utoipa;

pub use component::Components;

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::problem::possible_errors::PossibleErrors;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use serde_json::{Map, Value, json};

/// The responses of an endpoint that can return these errors, by status, as the members of a Responses Object
/// (OpenAPI 3.1 §4.8.16).
///
/// Entries without a status, which only clients raise, are left out. The examples of a response are in the order of their
/// codes.
pub fn responses(entries: &[Entry]) -> Map<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<Entry>> = BTreeMap::new();
    for &entry in entries {
        if let Some(status) = entry.status() {
            let group = by_status.entry(status).or_default();
            if !group.contains(&entry) {
                group.push(entry);
            }
        }
    }
    by_status.into_iter().map(|(status, group)| (status.to_string(), response::response(&group))).collect()
}

/// The responses of an endpoint with errors of type `E`.
///
/// ```
/// use lift_errors::{lift, openapi};
///
/// let responses = openapi::responses_of::<lift::Error>();
/// assert!(responses.contains_key("503") && !responses.contains_key("200"));
/// ```
pub fn responses_of<E: PossibleErrors>() -> Map<String, Value> {
    responses(&E::entries())
}

/// A document (OpenAPI 3.1) without paths: the [`Components`] of catalogues, for others to refer to.
///
/// ```
/// use lift_errors::{lift, openapi};
///
/// let document = openapi::document("Errors", "1.0.0", &[&lift::CATALOG]);
/// let response = &document["components"]["responses"]["TooManyRequests"];
/// assert!(response["description"].as_str().unwrap().starts_with("**Too Many Requests** (`LIFT-0429`): "));
/// ```
pub fn document(title: &str, version: &str, catalogs: &[&'static Catalog]) -> Value {
    let mut all: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for catalog in catalogs {
        for (kind, components) in Components::new(catalog).to_json() {
            all.entry(kind).or_default().extend(components);
        }
    }
    let info = json!({ "title": title, "version": version });
    // OpenAPI's default server (§4.8.1), which linters require.
    json!({ "openapi": "3.1.0", "info": info, "servers": [{ "url": "/" }], "components": all })
}
