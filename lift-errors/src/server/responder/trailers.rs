//! The trailers that a call of gRPC ends with, if it began well.

use super::negotiate::negotiate;
use super::write::insert_id;
use super::{ErrorResponder, grpc, rebased};
use crate::grpc::{log_text, status as status_of};
use crate::server::error_response::ErrorResponse;
use crate::server::head::LIFT_ERROR;
use crate::server::request_context::RequestContext;
use crate::server::telemetry::{self, Occurrence};
use http::{HeaderMap, HeaderValue};

impl ErrorResponder {
    /// Logs and counts the error that a call of gRPC ended with midway, and replaces that of another library as it would be in
    /// a head. One that another service wrote canonically stays. `made` are the errors that became statuses meanwhile.
    pub(crate) fn end_call(&self, context: &RequestContext, trailers: &mut HeaderMap, made: &[ErrorResponse]) {
        let Some(status) = grpc::unlogged(trailers) else { return };
        if let Some(error) = self.sent(trailers, made) {
            self.record(error, context);
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

    /// Logs and counts an error of this service whose status was made anew, so that the head of a response has only its id.
    pub(crate) fn end_in_head(&self, context: &RequestContext, headers: &mut HeaderMap, made: &[ErrorResponse]) {
        if grpc::unlogged(headers).is_some() {
            if let Some(error) = self.sent(headers, made) {
                self.record(error, context);
                grpc::mark_logged(headers);
            }
        }
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
