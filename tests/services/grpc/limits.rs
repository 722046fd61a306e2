//! A status stays below 8 KiB whatever an error holds, and says what is worth most.

use super::client::Reply;
use super::server::Server;
use lift_errors::tonic::StatusDetails;
use lift_errors::{ErrorResponse, FieldError, LiftError, lift};
use tonic::Status;

const LIMIT: usize = 8_192;

fn details(reply: &Reply) -> StatusDetails {
    let headers = if reply.trailers.is_empty() { &reply.headers } else { &reply.trailers };
    StatusDetails::new(&Status::from_header_map(headers).unwrap())
}

#[test]
fn no_status_is_larger_than_a_client_takes() {
    let server = Server::shared();
    for (what, code) in [
        ("ascii", "not_found"),
        ("percent", "not_found"),
        ("wide", "not_found"),
        ("control", "not_found"),
        ("fields", "validation_failed"),
        ("messages", "validation_failed"),
        ("one", "validation_failed"),
        ("all", "method_not_allowed"),
    ] {
        for language in ["en", "uk", "ar"] {
            for method in ["Answer", "Stream"] {
                let request = format!("long/{what}");
                let reply = server.raw(method, &request, &[("accept-language", language)]);
                assert!(reply.size() <= LIMIT, "{what} in {language}: {} bytes", reply.size());
                assert_eq!(
                    (details(&reply).catalog_name(), details(&reply).code()),
                    (Some("lift"), Some(code)),
                    "{what}"
                );
                assert!(!reply.text().contains("\r\nSet-Cookie"), "{what}");
                // A client with limits of its own gets the same.
                let (_, status) = server.call(method, &request, &[("accept-language", language)]);
                assert_eq!(StatusDetails::new(&status.unwrap()).code(), Some(code), "{what} in {language}");
            }
        }
    }
}

#[test]
fn field_violations_go_first_and_the_last_of_them_before_the_others() {
    let reply = Server::shared().raw("Answer", "long/fields", &[]);
    let details = details(&reply);
    let fields: Vec<_> = details.field_errors().iter().map(FieldError::pointer).collect();
    assert!((30..700).contains(&fields.len()), "{}", fields.len());
    for (number, field) in fields.iter().enumerate() {
        assert_eq!(*field, format!("/lines/{number}/quantity"));
    }
    assert!(details.localized_message().is_some() && details.links().count() > 0);
    // There is no more left out than has to be: another violation would take some 120 bytes.
    assert!(reply.size() > LIMIT - 1_024 - 300, "{}", reply.size());
}

#[test]
fn texts_for_people_are_cut_and_values_for_machines_left_out() {
    let status = Server::shared().status("long/wide", &[("accept-language", "uk")]);
    let details = StatusDetails::new(&status);
    let (_, localized) = details.localized_message().unwrap();
    for text in [status.message(), localized] {
        assert!(text.ends_with('…') && text.len() < 1_040, "{text}");
    }
    assert_eq!(details.parameters().count(), 0);
    assert!(details.links().count() > 0);
}

/// The rest of an error beside other metadata of so many bytes.
fn left(others: usize) -> (usize, usize, bool, usize) {
    let fields = (0..3).map(|number| FieldError::new(format!("/lines/{number}"), ("wrong", "w".repeat(300))));
    let error = lift::validation_failed::new().with_field_errors(fields.collect()).build();
    let error = Padded { error, others };
    let details = StatusDetails::new(&Status::from(ErrorResponse::new(error)));
    assert_eq!(details.code(), Some("method_not_allowed"));
    let message = details.localized_message().is_some();
    (details.field_errors().len(), details.links().count(), message, details.parameters().count())
}

/// An error with everything that can be dropped: parameters as long as wished, and field errors.
#[derive(Debug, thiserror::Error)]
#[error("padded")]
struct Padded {
    #[source]
    error: lift::Error,
    others: usize,
}

impl LiftError for Padded {
    fn entry(&self) -> lift_errors::Entry {
        lift::Code::MethodNotAllowed.entry()
    }

    fn parameter(&self, parameter: lift_errors::Parameter) -> Option<lift_errors::Value<'_>> {
        const LONG: &str = match std::str::from_utf8(&[b'%'; 1_024]) {
            Ok(text) => text,
            Err(_) => "",
        };
        let is_padded = ["allow", "method"].contains(&parameter.name());
        LONG.get(..self.others).filter(|_| is_padded).map(lift_errors::Value::Text)
    }

    fn field_errors(&self) -> Option<&lift_errors::FieldErrors> {
        self.error.field_errors()
    }
}

#[test]
fn what_is_dropped_is_dropped_in_the_documented_order() {
    let steps: Vec<_> = (0..=1_024).map(left).collect();
    assert_eq!((steps[0].0, steps[0].2, steps[0].3), (3, true, 2), "nothing is dropped where there is room");
    for pair in steps.windows(2) {
        let [(fields, links, message, parameters), next] = pair else { unreachable!() };
        assert!(next.0 <= *fields && next.1 <= *links && next.2 <= *message && next.3 <= *parameters, "{pair:?}");
        assert!(next.1 == steps[0].1 || next.0 == 0, "violations go before links: {pair:?}");
        assert!(next.2 || next.1 == 0, "links go before the message: {pair:?}");
        assert!(next.3 == 2 || !next.2, "the message goes before parameters: {pair:?}");
    }
    assert!(steps[1_024].0 < 3, "{:?}", steps[1_024]);
}
