//! The trailers that a call of gRPC ends with, if it began well.

use super::negotiate::negotiate;
use super::write::insert_id;
use super::{ErrorResponder, grpc, rebased};
use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::grpc::{log_text, status as status_of};
use crate::lift;
use crate::problem::lift_error::LiftError;
use crate::server::error_response::ErrorResponse;
use crate::server::head::{LIFT_ERROR, X_REQUEST_ID};
use crate::server::origin::Origin;
use crate::server::request_context::RequestContext;
use crate::server::telemetry::{self, Occurrence};
use alloc::string::String;
use core::error::Error;
use core::fmt;
use http::{HeaderMap, HeaderValue};
use tonic::Status;

impl ErrorResponder {
    /// Logs and counts the error that a call of gRPC ended with midway, and replaces that of another library as it would be in
    /// a head. One that another service wrote canonically stays. `made` are the errors that became statuses meanwhile.
    pub(crate) fn end_call(&self, context: &RequestContext, trailers: &mut HeaderMap, made: &[ErrorResponse]) {
        let Some(status) = grpc::unlogged(trailers) else { return };
        if let Some(error) = self.sent(trailers, made) {
            self.record(error, context);
        } else if grpc::is_own(trailers) {
            self.record_unknown(&status, context, trailers);
        } else if !trailers.contains_key(LIFT_ERROR) {
            let (http_status, text) = (grpc::http_status(status.code()).as_u16(), log_text(&status));
            match self.replacement(&status, trailers, context) {
                Some(error) => self.write_trailers(&error, &text, context, trailers),
                None => {
                    let request_id = context.given_request_id(trailers);
                    let occurrence = Occurrence {
                        context: Some(context),
                        request_id,
                        status: Some(http_status),
                        original_text: &text,
                        reason: None,
                    };
                    telemetry::foreign(&occurrence);
                }
            }
        }
        grpc::mark_logged(trailers);
    }

    /// Logs and counts an error of this service that this call does not know: another call made the status, or this one made it
    /// long ago. Its parameters are not known. The status gets the id of this call.
    fn record_unknown(&self, status: &Status, context: &RequestContext, trailers: &mut HeaderMap) {
        trailers.remove(X_REQUEST_ID);
        let id = context.id_for(trailers);
        insert_id(&id, trailers);
        let http_status = Some(grpc::http_status(status.code()).as_u16());
        let (request_id, text) = (id.as_id(), status.message());
        let mut occurrence =
            Occurrence { context: Some(context), request_id, status: http_status, original_text: "", reason: None };
        let mut entries = self.catalogs.iter().copied().chain([&lift::CATALOG]).flat_map(Catalog::entries);
        match trailers.get(LIFT_ERROR).and_then(|id| entries.find(|entry| id == entry.id())) {
            Some(entry) => {
                let error = UnknownError { entry, text: text.into() };
                occurrence.status = entry.status().or(http_status);
                telemetry::failed(&error, &Origin::at(None), &error.problem(), &occurrence);
            }
            None => telemetry::foreign(&Occurrence { original_text: text, ..occurrence }),
        }
    }

    /// Logs and counts an error of this service whose status was made anew, so that the head of a response has only its id.
    pub(crate) fn end_in_head(&self, context: &RequestContext, headers: &mut HeaderMap, made: &[ErrorResponse]) {
        let Some(status) = grpc::unlogged(headers) else { return };
        if let Some(error) = self.sent(headers, made) {
            self.record(error, context);
        } else if grpc::is_own(headers) {
            self.record_unknown(&status, context, headers);
        } else {
            return;
        }
        grpc::mark_logged(headers);
    }

    /// The error whose id is in `headers`. Of several, the last is the one that the service kept.
    fn sent<'a>(&self, headers: &HeaderMap, made: &'a [ErrorResponse]) -> Option<&'a ErrorResponse> {
        let sent = headers.get(LIFT_ERROR)?;
        made.iter().rev().find(|error| {
            let rebased = rebased::rebase(error, self.base);
            sent == rebased.as_ref().unwrap_or(error).problem().entry().id()
        })
    }

    /// Logs an error and writes it in the place of the status in `trailers`, whose other metadata stays.
    fn write_trailers(
        &self,
        error: &ErrorResponse,
        original_text: &str,
        context: &RequestContext,
        trailers: &mut HeaderMap,
    ) {
        let presentation = negotiate(context, trailers, error);
        let problem = self.problem(error, &presentation);
        let (request_id, status) = (problem.request_id(), Some(error.status().as_u16()));
        let occurrence = Occurrence { context: Some(context), request_id, status, original_text, reason: None };
        telemetry::failed(error, error.origin(), &problem, &occurrence);
        for name in ["grpc-status", "grpc-message", "grpc-status-details-bin"] {
            trailers.remove(name);
        }
        insert_id(&presentation.request_id, trailers);
        trailers.insert(LIFT_ERROR, HeaderValue::from_static(problem.entry().id()));
        // It fails for bytes that are invalid in headers, after the code was written; tonic encodes all such bytes.
        let _ = status_of(&problem, trailers).add_header(trailers);
    }
}

/// An error of which only the status is known.
#[derive(Debug)]
struct UnknownError {
    entry: Entry,
    text: String,
}

impl LiftError for UnknownError {
    fn entry(&self) -> Entry {
        self.entry
    }
}

impl fmt::Display for UnknownError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for UnknownError {}
