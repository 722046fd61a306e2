//! An occurrence of an error, made up from the examples of its parameters.

use lift_errors::__private::violation;
use lift_errors::lift::{self, field_error};
use lift_errors::{
    Catalog, Cause, Entry, FieldError, FieldErrors, FieldValue, LiftError, Parameter, ParameterType, Term, Value,
};
use lift_errors_codegen::{FieldErrorFacts, duration};
use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// An error of an entry in which each parameter has its example as its value, unless something else is said.
#[derive(Debug)]
pub(crate) struct Sample {
    entry: Entry,
    values: HashMap<&'static str, Option<SampleValue>>,
    cause: Option<Cause>,
    field_errors: FieldErrors,
}

/// The value that the user gives a parameter.
#[derive(Debug)]
enum SampleValue {
    Unsigned(u64),
    Signed(i64),
    Duration(Duration),
    Term(Term),
    Text(String),
}

/// A reason why a parameter can't have a value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SampleError {
    #[error("`{code}` has no parameter `{name}`: {hint}")]
    Unknown { code: String, name: String, hint: String },
    #[error("`{value}` is not a value of the parameter `{name}`, whose type is `{kind}`")]
    Value { name: String, kind: ParameterType, value: String },
    #[error("the parameter `{name}` is required: every error of the code has it")]
    Required { name: String },
}

impl Sample {
    pub(crate) fn new(entry: Entry) -> Self {
        let mut field_errors = FieldErrors::default();
        if entry.has_field_errors() {
            field_errors.push(FieldError::new("/lines/0/quantity", field_error::too_small(1)));
        }
        // A draft's parameter may lack its example.
        let lacking = entry.parameters().filter(|parameter| matches!(parameter.example(), Value::Text("")));
        let named = |parameter: Parameter| Some(SampleValue::Text(format!("{{{}}}", parameter.name())));
        let values = lacking.map(|parameter| (parameter.name(), named(parameter))).collect();
        Self { entry, values, cause: None, field_errors }
    }

    /// Takes the catalogue's own field errors in place of the canonical one, if the entry can carry any: one field for each.
    pub(crate) fn with_field_errors(mut self, facts: &[FieldErrorFacts]) -> Self {
        let catalog = self.entry.catalog();
        if self.entry.has_field_errors() && !facts.is_empty() && !catalog.ptr_eq(&lift::CATALOG) {
            self.field_errors = FieldErrors::default();
            for (line, facts) in facts.iter().enumerate() {
                let values = facts
                    .parameters
                    .iter()
                    .map(|(name, kind, example)| (Cow::Owned(name.clone()), field_value(catalog, *kind, example)));
                let violation = violation(catalog, facts.number, values.collect());
                self.field_errors.push(FieldError::new(format!("/lines/{line}/quantity"), violation));
            }
        }
        self
    }

    /// Sets the known cause.
    pub(crate) fn set_cause(&mut self, cause: Cause) {
        self.cause = Some(cause);
    }

    /// Gives a parameter another value than its example.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), SampleError> {
        let parameter = self.parameter_named(name)?;
        let wrong = || SampleError::Value { name: name.to_owned(), kind: parameter.kind(), value: value.to_owned() };
        let catalog = parameter.entry().catalog();
        let value = SampleValue::read(value, parameter.kind(), catalog).ok_or_else(wrong)?;
        self.values.insert(parameter.name(), Some(value));
        Ok(())
    }

    /// Leaves an optional parameter out.
    pub(crate) fn leave_out(&mut self, name: &str) -> Result<(), SampleError> {
        let parameter = self.parameter_named(name)?;
        if !parameter.is_optional() {
            return Err(SampleError::Required { name: name.to_owned() });
        }
        self.values.insert(parameter.name(), None);
        Ok(())
    }

    fn parameter_named(&self, name: &str) -> Result<Parameter, SampleError> {
        self.entry.parameters().find(|parameter| parameter.name() == name).ok_or_else(|| SampleError::Unknown {
            code: self.entry.code().to_owned(),
            name: name.to_owned(),
            hint: crate::nearest::hint(name, self.entry.parameters().map(Parameter::name), "parameters"),
        })
    }
}

impl LiftError for Sample {
    fn entry(&self) -> Entry {
        self.entry
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        match self.values.get(parameter.name()) {
            Some(value) => value.as_ref().map(SampleValue::as_value),
            None => Some(parameter.example()),
        }
    }

    fn known_cause(&self) -> Option<Cause> {
        self.cause
    }

    fn field_errors(&self) -> Option<&FieldErrors> {
        Some(&self.field_errors)
    }
}

/// The value of a field error's parameter.
fn field_value(catalog: &'static Catalog, kind: ParameterType, example: &str) -> FieldValue {
    match SampleValue::read(example, kind, catalog) {
        Some(SampleValue::Unsigned(number)) => number.into(),
        Some(SampleValue::Signed(number)) => number.into(),
        Some(SampleValue::Duration(duration)) => duration.into(),
        Some(SampleValue::Term(term)) => term.into(),
        Some(SampleValue::Text(_)) | None => example.to_owned().into(),
    }
}

impl SampleValue {
    /// The value that a text means in a parameter of this type. A duration may be written in seconds, too.
    fn read(text: &str, kind: ParameterType, catalog: &'static Catalog) -> Option<Self> {
        Some(match kind {
            ParameterType::U32 => Self::Unsigned(text.parse::<u32>().ok()?.into()),
            ParameterType::U64 => Self::Unsigned(text.parse().ok()?),
            ParameterType::I64 => Self::Signed(text.parse().ok()?),
            ParameterType::Duration => {
                Self::Duration(text.parse().ok().map(Duration::from_secs).or_else(|| duration(text))?)
            }
            ParameterType::Term => Self::Term(Term::find(catalog, text)?),
            _ => Self::Text(text.to_owned()),
        })
    }

    fn as_value(&self) -> Value<'_> {
        match self {
            Self::Unsigned(number) => Value::Unsigned(*number),
            Self::Signed(number) => Value::Signed(*number),
            Self::Duration(duration) => Value::Duration(*duration),
            Self::Term(term) => Value::Term(*term),
            Self::Text(text) => Value::Text(text),
        }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.entry.code())
    }
}

impl Error for Sample {}

/// An error of an entry in which each parameter is shown by its name: `{location}`.
#[derive(Debug)]
pub(crate) struct Named(Entry, Vec<String>);

impl Named {
    pub(crate) fn new(entry: Entry) -> Self {
        Self(entry, entry.parameters().map(|parameter| format!("{{{}}}", parameter.name())).collect())
    }
}

impl LiftError for Named {
    fn entry(&self) -> Entry {
        self.0
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        let place = self.0.parameters().position(|known| known == parameter)?;
        self.1.get(place).map(|name| Value::Text(name))
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code())
    }
}

impl Error for Named {}
