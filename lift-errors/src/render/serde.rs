//! `serde::Serialize`: problem details as a value, for embedding in JSON of one's own. The members are
//! those that `render::problem_details` writes.

use crate::catalog::guidance::{Cause, Fix, Note};
use crate::catalog::retry::Retry;
use crate::catalog::text::Text;
use crate::catalog::value::{FormattedParameter, Value};
use crate::message::markup::Form;
use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
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
        map.serialize_entry("type", &Shown(entry.type_uri()))?;
        map.serialize_entry("title", &TextOf(entry.title(), &problem))?;
        if let Some(status) = entry.status() {
            map.serialize_entry("status", &status)?;
        }
        map.serialize_entry("catalog", entry.catalog().name())?;
        map.serialize_entry("code", entry.code())?;
        map.serialize_entry("id", entry.id())?;
        map.serialize_entry("detail", &TextOf(problem.detail().text(), &problem))?;
        map.serialize_entry("retry", &problem.retry())?;
        map.serialize_entry("causes", &List(|| problem.causes().map(|cause| CauseOf(cause, &problem))))?;
        map.serialize_entry("fixes", &List(|| problem.fixes().map(|fix| FixOf(fix, &problem))))?;
        if problem.notes().next().is_some() {
            map.serialize_entry("notes", &List(|| problem.notes().map(|note| NoteOf(note, &problem))))?;
        }
        if problem.public_parameters().next().is_some() {
            map.serialize_entry("params", &Parameters(&problem))?;
        }
        if let Some(instance) = problem.instance() {
            map.serialize_entry("instance", instance)?;
        }
        if let Some(id) = problem.request_id() {
            if problem.instance().is_none() {
                map.serialize_entry("instance", &Shown(format_args!("{}{id}", id.urn_prefix())))?;
            }
            map.serialize_entry("request_id", id.as_str())?;
        }
        if let Some(errors) = problem.field_errors() {
            map.serialize_entry("errors", errors)?;
        }
        map.end()
    }
}

/// Anything that is serialised as what it displays.
struct Shown<T>(T);

impl<T: fmt::Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The words of a text; the serialiser escapes them itself.
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

/// Literals and values as they are.
struct Unescaped;

impl Form for Unescaped {
    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        value.show(out, conventions, |text, out| escape::unturned(text, &mut |piece| out.push(piece)));
    }
}

/// An array of what an iterator gives.
struct List<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

struct CauseOf<'a, 'p>(Cause, &'p Problem<'a>);

impl Serialize for CauseOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = begin(serializer, self.0.id(), &TextOf(self.0.text(), self.1), self.0.audience())?;
        let shown = |fix: &Fix| self.1.is_for_reader(fix.audience());
        map.serialize_entry("fixes", &List(|| self.0.fixes().filter(shown).map(Fix::id)))?;
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

/// What causes, fixes and notes have in common.
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

struct Parameters<'a, 'p>(&'p Problem<'a>);

impl Serialize for Parameters<'_, '_> {
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
