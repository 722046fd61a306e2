//! The clients that are out there, as wire-formats.md describes them, reading what a server sends today: the web front end,
//! the mobile app, and scripts that know the documented envelope alone.

use super::read;
use super::server::{Server, response};
use crate::samples;
use lift_errors::{Format, LiftError as _, Problem, Retry, RetryKind, lift};
use serde_json::Value;

/// The web front end's view of an error. It fails in the two ways in which the real one does.
fn front_end(status: u16, body: &str) -> Vec<String> {
    let body: Value = serde_json::from_str(body).unwrap();
    let message = || body["errorMessage"].as_str().expect("the front end shows an empty dialog").to_owned();
    match body.get("errorMessages") {
        // `errorMessages.map(…)`: null has no `map`.
        Some(messages) if status == 400 => {
            let messages = messages.as_array().expect("the front end throws");
            messages.iter().map(|message| message.as_str().unwrap().to_owned()).collect()
        }
        _ => vec![message()],
    }
}

/// The mobile app's reaction.
#[derive(Debug, PartialEq)]
enum App {
    LoginPage,
    Dialog(String),
}

fn app(status: u16, body: &str) -> App {
    let body: Value = serde_json::from_str(body).unwrap();
    match status {
        401 => App::LoginPage,
        _ => App::Dialog(body["errorMessage"].as_str().unwrap().into()),
    }
}

/// The envelope of a problem, sent over the loopback and received as a script without an `Accept` of its own does.
fn sent(problem: &Problem<'_>) -> (u16, String) {
    let server = Server::start([response(
        problem.status().unwrap(),
        &[("Content-Type", "application/json")],
        problem.display(Format::Envelope).to_string(),
    )]);
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
    let mut answer = agent.get(&server.url).call().unwrap();
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
}

#[test]
fn every_error_is_understood() {
    for sample in samples::all().iter().filter(|sample| sample.problem().status().is_some()) {
        let problem = sample.problem();
        let (status, body) = sent(&problem);
        let mut detail = String::new();
        problem.write_detail(&mut detail);
        let shown = front_end(status, &body);
        match problem.field_errors().filter(|_| status == 400) {
            Some(errors) => {
                // A message of a catalogue is the same for every field, so that the field goes before it.
                let messages = errors.iter().map(|error| match error.label() {
                    Some(label) => format!("{label}: {}", error.message()),
                    None => error.message().to_string(),
                });
                assert_eq!(shown, messages.collect::<Vec<_>>());
            }
            None => assert_eq!(shown, [detail.as_str()], "{}", sample.name),
        }
        let expected = if status == 401 { App::LoginPage } else { App::Dialog(detail) };
        assert_eq!(app(status, &body), expected, "{}", sample.name);

        // The documented body: the status as a number, and for a 429 the seconds.
        let json: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(json["errorCode"], status);
        let wait = Some(problem.retry()).filter(|retry| retry.kind() == RetryKind::After).and_then(Retry::wait);
        assert_eq!(json["retryAfter"].as_u64(), wait.map(|wait| wait.as_secs()));
        assert!(json.get("cause").is_none());
    }
}

#[test]
fn an_upstream_s_401_leaves_our_caller_logged_in() {
    for code in ["LIFT-0401", "LIFT-1001"] {
        let upstream = read(401, &[("Lift-Error", code)], "").into_upstream();
        let (status, body) = sent(&upstream.problem());
        assert_eq!(status, 502);
        let App::Dialog(message) = app(status, &body) else { panic!("the app shows its login page") };
        assert_eq!(message, lift::Error::bad_gateway().to_string());
    }
}
