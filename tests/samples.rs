//! Errors of every entry: with the parameters that it must have, and in each way that its texts know. They come from the
//! catalogue (`example`, the alternatives of `detail`, `field_errors`), so that a new entry needs no line here.

use crate::golden_files;
use lift_errors::client::{ErrorParts, ReceivedError};
use lift_errors::{Cause, Entry, FieldError, FieldErrors, LiftError, Parameter, Problem, RequestId, Value, lift};
use std::time::Duration;

/// An occurrence by name, with the cause where it is known.
pub struct Sample {
    pub name: String,
    pub error: lift::Error,
    pub cause: Option<Cause>,
}

impl Sample {
    fn new(name: impl Into<String>, error: impl Into<lift::Error>) -> Self {
        Self { name: name.into(), error: error.into(), cause: None }
    }

    fn with_cause(self, cause: impl Into<Cause>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    /// The view that the samples are written from.
    pub fn problem(&self) -> Problem<'_> {
        let problem =
            self.error.problem().with_request_id(RequestId::new("6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11").unwrap());
        match self.cause {
            Some(cause) => problem.with_cause(cause),
            None => problem,
        }
    }
}

/// Field errors as a form would give them.
pub fn field_errors() -> FieldErrors {
    FieldErrors::from_iter([
        FieldError::new("name", ("required", "Property [name] cannot be null")),
        FieldError::new("/lines/0/quantity", ("too_small", "The quantity must be at least 1."))
            .with_parameter("least", 1),
        FieldError::new("/lines/2/product", ("unknown", "There is no product \"AB-1\"."))
            .with_parameter("product", "AB-1"),
        FieldError::at_path("lines[3].quantity", lift::field_error::out_of_range(1, 1_500))
            .with_label(lift::Term::Line),
    ])
}

/// An error of an entry with the parameters that it must have.
pub fn bare(code: lift::Code) -> lift::Error {
    made(code.entry(), |_| false, FieldErrors::new())
}

/// An error of an entry with all of its parameters.
#[allow(dead_code, reason = "not every test binary needs it")]
pub fn full(code: lift::Code) -> lift::Error {
    made(code.entry(), |_| true, FieldErrors::new())
}

/// An error whose parameters have the values of their examples. It is read as from a wire, because a catalogue's `Error` can
/// be made from names and values only there.
fn made(entry: Entry, has: impl Fn(Parameter) -> bool, fields: FieldErrors) -> lift::Error {
    let parameters = entry.parameters().filter(|parameter| !parameter.is_optional() || has(*parameter));
    let parts = ErrorParts::new(entry.catalog().name(), entry.code())
        .with_metadata(parameters.map(|parameter| (parameter.name(), text(parameter.example()))))
        .with_field_errors(fields);
    ReceivedError::<lift::Error>::from_parts(parts).error_as().unwrap()
}

fn text(value: Value<'_>) -> String {
    match value {
        Value::Unsigned(number) => number.to_string(),
        Value::Signed(number) => number.to_string(),
        Value::Duration(duration) => duration.as_secs().to_string(),
        Value::Text(text) => text.to_owned(),
        Value::Term(term) => term.name().to_owned(),
        other => panic!("an example is not {other:?}"),
    }
}

/// All samples: every entry with what it must have, then the other ways.
pub fn all() -> Vec<Sample> {
    let mut samples: Vec<Sample> = lift::Code::iter().map(|code| Sample::new(code.as_str(), bare(code))).collect();
    for (code, source) in catalog_files().iter().flatten() {
        // Field errors and terms are not entries.
        if !["field_error", "term"].contains(&code.as_str()) {
            samples.extend(alternatives(code.parse().unwrap(), source));
        }
    }
    samples.extend([
        Sample::new(
            "gateway_timeout.with_upstream",
            lift::gateway_timeout::new().with_limit(Duration::from_secs(90)).with_upstream("carrier-7"),
        ),
        Sample::new("unauthorized.wrong_credentials", lift::Error::unauthorized())
            .with_cause(lift::unauthorized::Cause::WrongCredentials),
        Sample::new("service_unavailable.pool_exhausted", lift::Error::service_unavailable(Duration::from_secs(30)))
            .with_cause(lift::service_unavailable::Cause::PoolExhausted),
    ]);
    samples
}

/// An error for each alternative of an entry's detail that needs more than every error of the entry has, and one with field
/// errors where the entry takes them.
fn alternatives(code: lift::Code, source: &toml::Value) -> Vec<Sample> {
    let mut samples = Vec::new();
    let required = || code.entry().parameters().filter(|parameter| !parameter.is_optional()).map(Parameter::name);
    let mut before: Vec<(Vec<&str>, Option<Cause>)> = Vec::new();
    for alternative in source.get("detail").and_then(toml::Value::as_array).into_iter().flatten() {
        let when = alternative.get("when").and_then(toml::Value::as_array).into_iter().flatten();
        let when: Vec<&str> = when.filter_map(toml::Value::as_str).collect();
        let cause = alternative.get("cause").map(|id| {
            let cause = code.entry().causes().find(|cause| Some(cause.id()) == id.as_str());
            cause.unwrap_or_else(|| panic!("{code} has no cause {id:?}"))
        });
        // An error has all that its entry requires, which a bare status may lack: an earlier alternative is then taken.
        let has = |name: &&str| when.contains(name) || required().any(|required| required == *name);
        let is_taken = before.iter().any(|(names, of)| names.iter().all(has) && (of.is_none() || *of == cause));
        let is_usual = cause.is_none() && when.iter().all(|name| required().any(|required| required == *name));
        before.push((when.clone(), cause));
        if is_taken || is_usual {
            continue;
        }
        let error = made(code.entry(), |parameter| when.contains(&parameter.name()), FieldErrors::new());
        let sample = Sample::new(format!("{code}.{}", alternative["id"].as_str().unwrap()), error);
        samples.push(Sample { cause, ..sample });
    }
    if source.get("field_errors").and_then(toml::Value::as_bool) == Some(true) {
        samples.push(Sample::new(format!("{code}.with_fields"), made(code.entry(), |_| false, field_errors())));
    }
    samples
}

/// The text of each file that the canonical manifest lists.
fn catalog_files() -> Vec<toml::Table> {
    let read = |name: &str| -> toml::Table {
        let text = std::fs::read_to_string(golden_files::path("../catalog").join(name));
        text.unwrap_or_else(|fault| panic!("{name}: {fault}")).parse().unwrap_or_else(|fault| panic!("{name}: {fault}"))
    };
    let files = read("catalog.toml")["catalog"]["files"].as_array().unwrap().clone();
    files.iter().map(|name| read(name.as_str().unwrap())).collect()
}
