//! A catalogue of a command-line tool in a service: its errors have no HTTP status.

use crate::tool;
use lift_errors::tonic::StatusDetails;
use lift_errors::{Entry, ErrorResponse, Format, LiftError, lift};
use serde_json::Value;
use tonic::{Code, Status};

/// It has no `#[lift(client)]`: the catalogue says it.
#[derive(Debug, LiftError)]
#[lift(catalog = crate::tool)]
pub enum ToolError {
    #[lift(code = tool_no_remote)]
    NoRemote {
        name: &'static str,
        path: Option<&'static str>,
        #[lift(log)]
        user: u32,
    },
}

pub const ERROR: ToolError = ToolError::NoRemote { name: "origin", path: Some("/srv/git/shop"), user: 7 };

#[test]
fn json_has_no_status_and_markdown_no_actor() {
    let problem = ERROR.problem();
    let body: Value = serde_json::from_str(&problem.display(Format::ProblemDetails).to_string()).unwrap();
    assert_eq!((body.get("status"), &body["error_id"]), (None, &"E0104".into()));
    assert_eq!(body["type"], "https://tool.example/errors/tool_no_remote#e0104");
    assert_eq!(serde_json::to_value(problem).unwrap(), body);
    let markdown = problem.display(Format::Markdown).to_string();
    assert!(!markdown.contains("actor:") && !markdown.contains("status:"), "{markdown}");
    assert!(markdown.contains("<https://tool.example/errors/tool_no_remote#e0104>"), "{markdown}");
    let text = problem.display(Format::PlainText).to_string();
    assert!(text.starts_with("No Remote · E0104\n\nThe repository has no remote origin.\n"), "{text}");
}

#[test]
fn a_service_that_answers_with_it_sends_an_internal_server_error_and_logs_the_code() {
    let response = ErrorResponse::new(ERROR);
    assert_eq!((response.status().as_u16(), response.entry()), (500, lift::internal_server_error::ENTRY));
    let sources = response.problem().sources().to_string();
    assert_eq!(
        sources,
        "the service returned tool_no_remote (E0104), which has nothing to do with HTTP: The repository has no remote origin."
    );
}

#[test]
fn grpc_needs_no_status_of_http() {
    let status = Status::from(ERROR);
    assert_eq!((status.code(), status.message()), (Code::Unknown, "The repository has no remote origin."));
    let details = StatusDetails::new(&status);
    assert_eq!((details.catalog_name(), details.code()), (Some("tool"), Some("tool_no_remote")));
}

#[test]
fn an_entry_says_what_it_is_in_the_catalogues_own_words() {
    let of = |entry: Entry| (entry.id(), entry.status(), entry.class(), entry.tags().collect::<Vec<_>>());
    let tags = vec!["network", "storage"];
    assert_eq!(of(tool::tool_no_remote::ENTRY), ("E0104", None, Some("user_error"), tags.clone()));
    assert_eq!(of(tool::tool_missing_remote::ENTRY), ("TOOL:remote:ErrMissing", None, Some("user_error"), tags));
    let refused = tool::tool_remote_refused::ENTRY;
    assert_eq!(of(refused), ("TOOL:remote:ErrRefused", Some(402), Some("bug"), vec![]));
    assert!(refused.has_transport() && !tool::tool_no_remote::ENTRY.has_transport());
    assert_eq!(refused.type_uri().to_string(), "https://iana.example/http-problem-types#out-of-credit");
    assert_eq!(tool::Code::from_id("TOOL:remote:ErrRefused"), Some(tool::Code::ToolRemoteRefused));
    assert_eq!(tool::CATALOG.reference(), "https://tool.example/errors");
    // The precomputed document, the header and the value agree.
    let error = tool::Error::tool_remote_refused();
    let mut link = String::new();
    error.problem().headers(Format::ProblemDetails, |name, value| {
        if name == "link" {
            value.clone_into(&mut link);
        }
    });
    assert_eq!(link, "<https://iana.example/http-problem-types#out-of-credit>; rel=\"help\"");
    let body: Value = serde_json::from_str(&error.problem().display(Format::ProblemDetails).to_string()).unwrap();
    assert_eq!((&body["type"], &body["status"]), (&refused.type_uri().to_string().into(), &402.into()));
}
