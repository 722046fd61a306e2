//! The members of an error, read from a body in any format.

use super::foreign::Layers;
use super::foreign_fields;
use super::guidance::Guidance;
use super::lenient_json::{self, Members, repaired};
use super::rpc::{self, RpcDetails};
use super::xml;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::problem::field_error::FieldErrors;
use lift_errors_core::vocabulary::{Audience, GrpcCode, RetryKind};
use serde_json::{Map, Value};
use std::string::String;
use std::time::Duration;
use std::vec::Vec;

/// The names of the status in problem details and in the Lift envelope.
const STATUS: [&str; 2] = ["status", "errorCode"];

/// The members of problem details, of the Lift envelope, or of an error in another system's format. Each may be absent.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) type_uri: Option<String>,
    pub(super) title: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) instance: Option<String>,
    pub(super) catalog: Option<String>,
    pub(super) code: Option<String>,
    pub(super) id: Option<String>,
    /// The id of the cause, where the service names it apart from the list.
    pub(super) cause: Option<String>,
    pub(super) request_id: Option<String>,
    /// The status of HTTP that a body repeats: that of the response for which it was written.
    pub(super) status: Option<u16>,
    pub(super) retry: Option<RetryKind>,
    /// The code of a gRPC status, which determines whether to retry if neither a contract nor a status of HTTP does.
    pub(super) grpc_code: Option<GrpcCode>,
    /// A number or name in a body that is gRPC's code if the response has the status of that code.
    pub(super) likely_grpc_code: Option<GrpcCode>,
    /// The code that the details of a gRPC status repeat: that of the status for which they were written.
    pub(super) details_code: Option<GrpcCode>,
    pub(super) wait: Option<Duration>,
    pub(super) causes: Vec<Guidance>,
    pub(super) fixes: Vec<Guidance>,
    pub(super) notes: Vec<Guidance>,
    pub(super) field_errors: FieldErrors,
    pub(super) parameters: Map<String, Value>,
    /// Whether numbers are strings, as in gRPC's metadata.
    pub(super) texts_only: bool,
    /// All members that were not read completely.
    pub(super) extensions: Map<String, Value>,
}

impl Document {
    /// The cause of an entry that the service knew: where the entry has only one for clients, every response lists that one.
    pub(super) fn named_cause(&self, entry: Entry) -> Option<Cause> {
        if let Some(id) = &self.cause {
            return entry.causes().find(|cause| cause.id() == id);
        }
        let reaches_clients = |cause: &Cause| cause.audience() != Some(Audience::Operator);
        let of_several = entry.causes().filter(reaches_clients).count() > 1;
        entry.causes().find(|cause| of_several && self.lists(*cause))
    }

    /// Whether a cause is the only one in the response.
    pub(super) fn lists(&self, cause: Cause) -> bool {
        matches!(self.causes.as_slice(), [listed] if listed.id() == cause.id())
    }

    /// Reads as much of a body as possible. The media type is ignored, since servers label HTML as JSON and JSON as text.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').trim();
        match text.bytes().next() {
            Some(b'{' | b'[' | b'"') => Self::of_json(text),
            Some(b'<') => Self::of_elements(xml::leaves(text)),
            _ => Self::of_text(text),
        }
    }

    /// Completes the members of a body by the head of its response. A gateway that does not write a gRPC error as JSON has its code
    /// in `grpc-status`.
    pub(super) fn add_head(&mut self, status: u16, grpc_status: Option<&str>) {
        let of_head = grpc_status.and_then(|number| rpc::error_code(number.trim().parse().ok()?));
        let likely = self.likely_grpc_code.filter(|code| code.http_status() == status);
        self.grpc_code = of_head.or(self.grpc_code).or(likely);
        let repeats_status = |name: &str, value: &Value| STATUS.contains(&name) && *value == status;
        self.extensions.retain(|name, value| !repeats_status(name, value));
    }

    /// Reads an object, a list of errors, or a text in quotation marks. Prose can begin like JSON, too:
    /// `"PO-7" is not a valid order`, `[Errno 111] Connection refused`.
    fn of_json(text: &str) -> Self {
        let json = repaired(text);
        // Some systems answer with a list of errors.
        let forms = foreign_fields::read_forms(&json);
        if !forms.is_empty() {
            return Self { field_errors: forms, ..Self::default() };
        }
        let first = lenient_json::items(&json).map(|items| items.first().copied().unwrap_or_default());
        let members = Members::read(first.unwrap_or(&json));
        if !members.is_empty() {
            return Self::read_object(&members);
        }
        match lenient_json::text(&json) {
            Some(text) => Self { detail: Some(text).filter(|text| !text.trim().is_empty()), ..Self::default() },
            None if lenient_json::is_json_or_cut(&json) => Self::of_list(&json),
            None => Self::of_text(text),
        }
    }

    /// Reads a list of texts, of which a single one is what happened, or of messages by field.
    fn of_list(json: &str) -> Self {
        let items = lenient_json::items(json).unwrap_or_default();
        match items.as_slice() {
            [only] if lenient_json::text(only).is_some() => {
                let detail = lenient_json::text(only).filter(|text| !text.trim().is_empty());
                Self { detail, ..Self::default() }
            }
            _ => Self { field_errors: foreign_fields::read_whole_list(json), ..Self::default() },
        }
    }

    fn of_text(text: &str) -> Self {
        Self { detail: is_prose(text).then(|| text.into()), ..Self::default() }
    }

    /// Adds the metadata of google.rpc's `ErrorInfo`: parameters, which are texts there, and beside them the id, the kind of the
    /// retry contract and the cause of an error. No parameter's name has a dash.
    pub(super) fn add_metadata(&mut self, metadata: impl IntoIterator<Item = (String, Value)>) {
        self.texts_only = true;
        for (name, value) in metadata {
            let text = value.as_str().map(String::from);
            match name.strip_prefix("lift-") {
                Some("error") => self.id = self.id.take().or(text),
                Some("retry") => self.retry = self.retry.or_else(|| text?.parse().ok()),
                Some("cause") => self.cause = self.cause.take().or(text),
                // Of a later version.
                Some(_) => {}
                None => {
                    self.parameters.insert(name, value);
                }
            }
        }
    }

    fn of_elements(elements: Vec<(String, String)>) -> Self {
        let mut document = Self::default();
        for (name, text) in elements {
            match ELEMENTS.iter().find(|(names, _)| names.contains(&name.as_str())) {
                Some((_, member)) => {
                    member(&mut document).get_or_insert(text);
                }
                None => {
                    document.extensions.entry(name).or_insert(Value::String(text));
                }
            }
        }
        document
    }

    fn read_object(members: &Members<'_>) -> Self {
        let retry = members.members("retry").unwrap_or_default();
        let kind = retry.text("kind").and_then(|kind| kind.parse().ok());
        if kind.is_some() {
            members.set_read("retry");
        }
        let status = STATUS.iter().find_map(|name| {
            let number = members.integer(name).and_then(|number| u16::try_from(number).ok());
            number.filter(|number| (100..=599).contains(number))
        });
        let parameters = members.members("params");
        if parameters.is_some() {
            members.set_read("params");
        }
        let mut document = Self {
            instance: members.text("instance"),
            catalog: members.text("catalog"),
            id: members.text("error_id").or_else(|| members.text("errorId")),
            status,
            retry: kind,
            wait: retry.seconds("after").max(members.seconds("retryAfter")),
            causes: Guidance::read_list(members, "causes"),
            fixes: Guidance::read_list(members, "fixes"),
            notes: Guidance::read_list(members, "notes"),
            parameters: parameters.map(|parameters| parameters.values().collect()).unwrap_or_default(),
            ..Self::default()
        };
        let layers = Layers::new(members);
        let rpc = RpcDetails::read(&layers);
        if let Some(info) = rpc.info {
            document.catalog = document.catalog.or(info.domain);
            document.code = info.reason;
            document.add_metadata(info.metadata);
        }
        document.grpc_code = rpc.code;
        document.likely_grpc_code = rpc.likely_code;
        document.status = document.status.or(rpc.status);
        document.wait = document.wait.max(rpc.retry_delay).max(layers.wait());
        document.field_errors = Some(rpc.field_errors)
            .filter(|errors| !errors.is_empty())
            .or_else(|| Some(foreign_fields::read_form(members)).filter(|errors| !errors.is_empty()))
            .unwrap_or_else(|| foreign_fields::read(&layers));
        document.detail = rpc.localized_message.or_else(|| layers.detail());
        // A single error without a field, and with the same words, is the error itself.
        let mut errors = document.field_errors.iter();
        if let (Some(only), None, Some(detail)) = (errors.next(), errors.next(), &document.detail) {
            if only.pointer().is_empty() && only.violation().plain_message() == Some(detail) {
                document.field_errors = FieldErrors::new();
            }
        }
        document.code = document.code.or_else(|| layers.code());
        document.type_uri = members.text_if("type", |uri| Some(uri) != document.code.as_deref());
        document.title = layers.title(document.detail.as_deref());
        document.request_id = rpc.request_id.or_else(|| layers.request_id());
        if document.detail.is_none() && document.title.is_none() && document.code.is_none() {
            // Django's REST framework only sends the messages of each field.
            document.field_errors = Some(document.field_errors)
                .filter(|errors| !errors.is_empty())
                .unwrap_or_else(|| foreign_fields::read_whole(members));
        }
        document.extensions = members.unread().collect();
        document
    }
}

/// A member of a document.
type MemberOf = fn(&mut Document) -> &mut Option<String>;

/// The names of elements in the XML of other systems, and the member that each is.
const ELEMENTS: [(&[&str], MemberOf); 6] = [
    (&["Code", "code", "faultcode", "errorcode"], |document| &mut document.code),
    (&["Message", "message", "detail", "faultstring"], |document| &mut document.detail),
    (&["title"], |document| &mut document.title),
    (&["type"], |document| &mut document.type_uri),
    (&["instance"], |document| &mut document.instance),
    (&["RequestId", "RequestID", "requestId"], |document| &mut document.request_id),
];

/// Whether a body is a text for people: not HTML, not bytes.
fn is_prose(text: &str) -> bool {
    let is_text = |character: char| !character.is_control() || matches!(character, '\n' | '\r' | '\t');
    !text.is_empty() && !text.contains('\u{fffd}') && text.chars().all(is_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::field_error::FieldError;

    #[test]
    fn the_old_api_s_bodies_are_read() {
        let document = Document::read(
            r#"{"errorCode": 429, "errorMessage": "Rate limit exceeded. Try again in 847 seconds.", "retryAfter": 847}"#,
        );
        assert_eq!(document.detail.as_deref(), Some("Rate limit exceeded. Try again in 847 seconds."));
        assert_eq!(document.wait, Some(Duration::from_secs(847)));
        let document = Document::read(
            r#"{"errorCode": 400, "errorMessage": "Validation failed", "errors": [{"field": "name", "message": "Property [name] cannot be null"}], "cause": "java.lang.X"}"#,
        );
        let error = document.field_errors.iter().next().unwrap();
        assert_eq!(
            (error.pointer(), error.message().to_string().as_str()),
            ("/name", "Property [name] cannot be null")
        );
        assert_eq!(document.extensions["cause"], "java.lang.X");
        let document =
            Document::read(r##"{"errors": [{"detail": "must be a positive integer", "pointer": "#/age"}]}"##);
        assert_eq!(document.field_errors.iter().map(FieldError::pointer).next(), Some("/age"));
        let document = Document::read(r#"{"errorMessages": ["one", 2, "three"]}"#);
        let messages: Vec<_> = document.field_errors.iter().map(|error| error.message().to_string()).collect();
        assert_eq!(messages, ["one", "three"]);
    }

    #[test]
    fn the_number_of_errors_that_a_response_lacks_is_forwarded() {
        use crate::{Format, LiftError as _, Locale, lift};
        let error = lift::Error::validation_failed();
        let all = (0..1_350).map(|number| FieldError::new(std::format!("/lines/x.{number}"), ("wrong", "Wrong.")));
        let all = FieldErrors::from_iter(all);
        for format in [Format::ProblemDetails, Format::Envelope] {
            for language in ["en", "fr", "ar"] {
                let problem = error.problem().with_locale(language.parse::<Locale>().unwrap_or(Locale::EN));
                let body = problem.with_field_errors(&all).display(format).to_string();
                let read = Document::read(&body).field_errors;
                assert_eq!(read.iter().next().unwrap().pointer(), "/lines/x.0", "{body}");
                assert_eq!(read.len(), 101, "the last item tells clients that there are more");
                let forwarded = problem.with_field_errors(&read).display(format).to_string();
                assert_eq!(Document::read(&forwarded).field_errors, read, "{format:?} in {language}");
                #[cfg(feature = "http")]
                assert_eq!(std::format!("{:?}", read.copy_shown().omitted()), "Some(1250)");
            }
        }
        // A message of somebody else that begins alike is an error as any other.
        let other = FieldErrors::from_iter([FieldError::new("", ("", "… + postage"))]);
        assert_eq!((other.shown().len(), other.omitted().is_none()), (1, true));
        for alone in ["… +5", "… +0"] {
            let alone = FieldErrors::from_iter([FieldError::new("", ("omitted", alone))]);
            for format in [Format::ProblemDetails, Format::Envelope] {
                let body = error.problem().with_field_errors(&alone).display(format).to_string();
                let body: Value = serde_json::from_str(&body).unwrap();
                assert_eq!(body["errors"].as_array().map(Vec::len), Some(1), "{body}");
            }
        }
    }

    #[test]
    fn a_body_is_read_whatever_surrounds_it() {
        for body in [
            "\u{feff}{\"title\": \"Gone\"}",
            " \r\n{\"title\": \"Gone\"}garbage",
            "{\"title\":7,\"title\":\"Gone\",\"title\":null}",
        ] {
            assert_eq!(Document::read(body).title.as_deref(), Some("Gone"), "{body}");
        }
        assert!(Document::read("<html>{}</html>").title.is_none());
    }
}
