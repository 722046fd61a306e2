//! `serde::Serialize`: problem details as a value, to embed them in other JSON. `lift_errors_core::document` lists the
//! members.

use crate::catalog::guidance::{Cause, Fix, Note};
use crate::catalog::retry::Retry;
use crate::catalog::text::Text;
use crate::catalog::value::{FormattedParameter, Value};
use crate::message::markup::Form;
use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
use crate::problem::field_error::serde::InLocale;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::display::whole_seconds;
use lift_errors_core::escape;
use lift_errors_core::vocabulary::Audience;
use serde::ser::{Serialize, SerializeMap, Serializer};

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = self.entry();
        // JSON does not contain texts for operators.
        let problem = self.for_clients();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &AsString(entry.type_uri()))?;
        map.serialize_entry("title", &TextOf(entry.title(), &problem))?;
        if let Some(status) = entry.status() {
            map.serialize_entry("status", &status)?;
        }
        map.serialize_entry("catalog", entry.catalog().name())?;
        map.serialize_entry("code", entry.code())?;
        map.serialize_entry("error_id", entry.id())?;
        map.serialize_entry("detail", &TextOf(problem.detail().text(), &problem))?;
        map.serialize_entry("retry", &problem.retry())?;
        map.serialize_entry("causes", &Sequence(|| problem.causes().map(|cause| CauseOf(cause, &problem))))?;
        map.serialize_entry("fixes", &Sequence(|| problem.fixes().map(|fix| FixOf(fix, &problem))))?;
        if problem.notes().next().is_some() {
            map.serialize_entry("notes", &Sequence(|| problem.notes().map(|note| NoteOf(note, &problem))))?;
        }
        if problem.public_parameters().next().is_some() {
            map.serialize_entry("params", &PublicParameters(&problem))?;
        }
        if let Some(instance) = problem.instance() {
            map.serialize_entry("instance", instance)?;
        }
        if let Some(id) = problem.request_id() {
            if problem.instance().is_none() {
                map.serialize_entry("instance", &AsString(format_args!("{}{id}", id.urn_prefix())))?;
            }
            map.serialize_entry("request_id", id.as_str())?;
        }
        if let Some(errors) = problem.field_errors() {
            map.serialize_entry("errors", &InLocale(errors, problem.catalog_locale()))?;
        }
        map.end()
    }
}

/// A `Display`, as a string.
struct AsString<T>(T);

impl<T: fmt::Display> Serialize for AsString<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A text, as a string. The serialiser escapes it.
struct TextOf<'a, 'p>(Text, &'p Problem<'a>);

impl Serialize for TextOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for TextOf<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.1.write_text(self.0, &mut out, &mut Unescaped);
        out.finish()
    }
}

/// A text whose literals and values are not escaped.
struct Unescaped;

impl Form for Unescaped {
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        value.show(out, conventions, |text, out| escape::unturned(text, &mut |piece| out.push(piece)));
    }
}

/// The items of an iterator, as an array.
struct Sequence<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Sequence<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

struct CauseOf<'a, 'p>(Cause, &'p Problem<'a>);

impl Serialize for CauseOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = begin(serializer, self.0.id(), &TextOf(self.0.text(), self.1), self.0.audience())?;
        let is_for_reader = |fix: &Fix| self.1.is_for_reader(fix.audience());
        map.serialize_entry("fixes", &Sequence(|| self.0.fixes().filter(is_for_reader).map(Fix::id)))?;
        map.end()
    }
}

struct FixOf<'a, 'p>(Fix, &'p Problem<'a>);

impl Serialize for FixOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = begin(serializer, self.0.id(), &TextOf(self.0.text(), self.1), self.0.audience())?;
        if let Some(link) = self.0.link() {
            map.serialize_entry("href", link.href())?;
        }
        map.end()
    }
}

struct NoteOf<'a, 'p>(Note, &'p Problem<'a>);

impl Serialize for NoteOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = begin(serializer, self.0.id(), &TextOf(self.0.text(), self.1), self.0.audience())?;
        map.serialize_entry("kind", self.0.kind().as_str())?;
        map.end()
    }
}

/// The common members of causes, fixes and notes.
fn begin<S: Serializer>(
    serializer: S,
    id: &str,
    text: &TextOf<'_, '_>,
    audience: Option<Audience>,
) -> Result<S::SerializeMap, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("id", id)?;
    map.serialize_entry("text", text)?;
    if let Some(audience) = audience {
        map.serialize_entry("audience", audience.as_str())?;
    }
    Ok(map)
}

struct PublicParameters<'a, 'p>(&'p Problem<'a>);

impl Serialize for PublicParameters<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.public_parameters().map(|(parameter, value)| (parameter.name(), value)))
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unsigned(number) => serializer.serialize_u64(*number),
            Self::Signed(number) => serializer.serialize_i64(*number),
            Self::Duration(duration) => serializer.serialize_u64(whole_seconds(*duration)),
            Self::Term(term) => serializer.serialize_str(term.name()),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Display(value) => serializer.collect_str(value),
            Self::__Formatted(error, number) => serializer.collect_str(&FormattedParameter(*error, *number)),
        }
    }
}

impl Serialize for Retry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind().as_str())?;
        if let Some(wait) = self.wait() {
            map.serialize_entry("after", &whole_seconds(wait))?;
        }
        map.end()
    }
}
