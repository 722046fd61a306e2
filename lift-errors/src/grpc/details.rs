//! The details of google.rpc, written from an error as far as the size limit allows.

use super::budget::{BoundedString, ByteBudget};
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::markup::{Form, Plain};
use crate::message::output::Output;
use crate::problem::Problem;
use crate::render::readable;
use alloc::borrow::ToOwned as _;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::escape;
use lift_errors_core::vocabulary::RetryKind;
use prost::Message;
use prost_types::Any;
use tonic::Code;
use tonic_types::pb::{
    self, BadRequest, ErrorInfo, Help, LocalizedMessage, RequestInfo, RetryInfo, bad_request::FieldViolation,
    help::Link,
};

/// The bytes of a detail beside its own, which are less than 16 KiB: the longest type URL and three tags and lengths.
const DETAIL: usize = 47 + 2 + 3 + 3;

/// A message of google.rpc that can be a detail.
pub(super) trait Detail: Message + Default {
    /// The type URL of details of this kind (any.proto).
    const TYPE_URL: &'static str;
}

macro_rules! details {
    ($($name:ident)+) => {
        $(impl Detail for $name {
            const TYPE_URL: &'static str = tonic_types::$name::TYPE_URL;
        })+
    };
}

details! { BadRequest ErrorInfo Help LocalizedMessage RequestInfo RetryInfo }

/// The detail on one line, for developers (AIP-193): in English.
pub(super) fn message(problem: &Problem<'_>) -> String {
    let mut words = BoundedString::new();
    readable::detail(&problem.with_locale(Locale::EN), &mut words, &mut Plain::line());
    words.finish()
}

/// The bytes of a `google.rpc.Status`. The first parts are dropped last.
pub(super) fn encode(problem: &Problem<'_>, code: Code, message: &str, mut budget: ByteBudget) -> Vec<u8> {
    // Texts for operators are only for logs and the operators' own pages.
    let problem = if problem.is_for_operator() { problem.for_clients() } else { *problem };
    let mut info = identity(&problem);
    budget.spend(2 + item(message.len()) + info.encoded_len() + DETAIL);
    let retry = retry(&problem);
    budget.spend(retry.as_ref().map_or(0, |retry| retry.encoded_len() + DETAIL));
    for (parameter, value) in problem.public_parameters() {
        let mut words = BoundedString::new();
        value.machine(&mut words, |piece, out| out.push(piece));
        let Some(value) = words.whole() else { continue };
        if !budget.take(item(item(parameter.name().len()) + item(value.len()))) {
            break;
        }
        info.metadata.insert(parameter.name().to_owned(), value);
    }
    let localized = Some(localized(&problem)).filter(|message| budget.take(message.encoded_len() + DETAIL));
    let links = fitting(links(&problem).into_iter(), &mut budget);
    let violations = fitting(violations(&problem), &mut budget);

    let mut status = pb::Status { code: code.into(), message: message.to_owned(), details: Vec::new() };
    let details = &mut status.details;
    details.push(any(&info));
    details.extend(retry.as_ref().map(any));
    if !violations.is_empty() {
        details.push(any(&BadRequest { field_violations: violations }));
    }
    details.extend(localized.as_ref().map(any));
    if !links.is_empty() {
        details.push(any(&Help { links }));
    }
    status.encode_to_vec()
}

/// Which error it is.
fn identity(problem: &Problem<'_>) -> ErrorInfo {
    let entry = problem.entry();
    // No parameter's name has a dash.
    let mut metadata = [("lift-error", entry.id()), ("lift-retry", problem.retry().kind().as_str())].to_vec();
    metadata.extend(problem.visible_cause().map(|cause| ("lift-cause", cause.id())));
    ErrorInfo {
        reason: entry.code().to_ascii_uppercase(),
        domain: entry.catalog().name().to_owned(),
        metadata: metadata.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    }
}

/// The least time to wait, where the same request may be sent again.
fn retry(problem: &Problem<'_>) -> Option<RetryInfo> {
    let retry = problem.retry();
    let wait = retry.wait().filter(|_| matches!(retry.kind(), RetryKind::After | RetryKind::Idempotent))?;
    // A duration that no message can hold is the longest that one can (duration.proto: 10,000 years).
    Some(tonic_types::RetryInfo::new(Some(wait)).into())
}

fn localized(problem: &Problem<'_>) -> LocalizedMessage {
    let text = problem.detail().text();
    let locale = text.conventions(problem.locale()).tag.to_owned();
    LocalizedMessage { locale, message: words(problem, text) }
}

/// The reference, then what the fixes link to.
fn links(problem: &Problem<'_>) -> Vec<Link> {
    let entry = problem.entry();
    let mut links = [Link { description: words(problem, entry.title()), url: entry.type_uri().to_string() }].to_vec();
    for fix in problem.fixes() {
        let Some(link) = fix.link() else { continue };
        if links.iter().all(|known| known.url != link.href()) {
            links.push(Link { description: words(problem, fix.text()), url: link.href().to_owned() });
        }
    }
    links
}

fn violations(problem: &Problem<'_>) -> impl Iterator<Item = FieldViolation> {
    problem.field_errors().into_iter().flatten().map(|error| {
        let (violation, locale) = (error.violation(), problem.catalog_locale());
        let mut description = BoundedString::new();
        match violation.plain_message() {
            Some(message) => escape::plain(message, &mut |piece| description.push(piece)),
            None => violation.write(&mut description, &mut Unlinked(Plain::text()), Locale::EN),
        }
        let localized_message = violation.plain_message().is_none().then(|| {
            let mut message = BoundedString::new();
            violation.write(&mut message, &mut Unlinked(Plain::text()), locale);
            LocalizedMessage { locale: locale.tag().to_owned(), message: message.finish() }
        });
        FieldViolation {
            field: error.field().to_string(),
            description: description.finish(),
            reason: reason(error.code()),
            localized_message,
        }
    })
}

/// A code in the form that google.rpc prescribes; nothing where it has letters that such a one can't have.
fn reason(code: &str) -> String {
    let fits = code.len() <= 63 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if fits { code.to_ascii_uppercase() } else { String::new() }
}

/// The first items, as many as the budget allows.
fn fitting<M: Message>(items: impl Iterator<Item = M>, budget: &mut ByteBudget) -> Vec<M> {
    let mut is_first = true;
    let fits = |message: &M| {
        let detail = if core::mem::take(&mut is_first) { DETAIL } else { 0 };
        budget.take(item(message.encoded_len()) + detail)
    };
    items.take_while(fits).collect()
}

/// The size of bytes as a field of a message: a tag and a length go before them.
fn item(bytes: usize) -> usize {
    1 + prost::length_delimiter_len(bytes) + bytes
}

fn any<D: Detail>(detail: &D) -> Any {
    Any { type_url: D::TYPE_URL.to_owned(), value: detail.encode_to_vec() }
}

/// A text of the catalogue in the reader's language.
fn words(problem: &Problem<'_>, text: Text) -> String {
    let mut words = BoundedString::new();
    problem.write_text(text, &mut words, &mut Unlinked(Plain::text()));
    words.finish()
}

/// Plain text without the URLs of its links, which are a detail of their own.
struct Unlinked(Plain);

impl Form for Unlinked {
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        self.0.value(out, value, conventions);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grpc::StatusDetails;
    use crate::problem::field_error::{FieldError, FieldErrors};
    use crate::{Audience, lift};
    use http::HeaderMap;

    #[test]
    fn links_are_those_of_the_readers_fixes_and_never_the_operators() {
        let error = lift::Error::not_found();
        let links = |audience: Option<Audience>| {
            let problem = Problem::new(&error);
            let problem = audience.map_or(problem, |audience| problem.with_audience(audience));
            let details = StatusDetails::new(&super::super::status(&problem, &HeaderMap::new()));
            details.links().map(|(_, address)| address.to_owned()).collect::<Vec<_>>()
        };
        let everyones = links(None);
        assert_eq!(everyones[0], lift::not_found::ENTRY.type_uri().to_string());
        assert_eq!(links(Some(Audience::Operator)), everyones);
        assert_eq!(links(Some(Audience::Api)), everyones);
        assert!(links(Some(Audience::Browser)).len() < everyones.len());
    }

    #[test]
    fn the_place_of_a_violation_is_read_back() {
        let pointers = ["", "/lines/0/quantity", "/lines/x.y", "/lines/x.y/0/a[1]", "/~1a", "/a//0"];
        let errors = pointers.map(|pointer| FieldError::new(pointer, ("wrong", "Wrong.")));
        let error = lift::validation_failed::new().with_field_errors(FieldErrors::from_iter(errors)).build();
        let details = StatusDetails::new(&super::super::status(&Problem::new(&error), &HeaderMap::new()));
        assert_eq!(details.field_errors().iter().map(FieldError::pointer).collect::<Vec<_>>(), pointers);
    }
}
