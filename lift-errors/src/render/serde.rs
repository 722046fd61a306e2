//! `serde::Serialize`: problem details as a value, to embed them in other JSON. `lift_errors_core::document` lists the
//! members.

use crate::catalog::guidance::{Cause, Fix, Note};
use crate::catalog::retry::Retry;
use crate::catalog::text::Text;
use crate::catalog::value::Value;
use crate::message::markup::Unescaped;
use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
use crate::problem::field_error::serde::Shown;
use crate::render::json::is_exact;
use core::fmt;
use lift_errors_core::display::whole_seconds;
use lift_errors_core::limit::MAX_TEXT_BYTES;
use lift_errors_core::vocabulary::Audience;
use serde::ser::{Serialize, SerializeMap, SerializeSeq as _, Serializer};

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = self.entry();
        // JSON does not contain texts for operators.
        let problem = self.for_clients();
        let has_notes = problem.notes().next().is_some();
        let has_parameters = problem.public_parameters().next().is_some();
        let field_errors = problem.field_errors();
        // Some formats write the length first. Nine members are always there, and a request id is an instance, too.
        let optional = [
            entry.status().is_some(),
            has_notes,
            has_parameters,
            problem.instance().is_some() || problem.request_id().is_some(),
            problem.request_id().is_some(),
            field_errors.is_some(),
        ];
        let length = 9 + optional.into_iter().filter(|is_there| *is_there).count();
        let mut map = serializer.serialize_map(Some(length))?;
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
        if has_notes {
            map.serialize_entry("notes", &Sequence(|| problem.notes().map(|note| NoteOf(note, &problem))))?;
        }
        if has_parameters {
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
            map.serialize_entry("errors", &Shown(errors, problem.catalog_locale(), problem.conventions()))?;
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

/// The items of an iterator, as an array.
struct Sequence<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Sequence<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some((self.0)().count()))?;
        (self.0)().try_for_each(|item| sequence.serialize_element(&item))?;
        sequence.end()
    }
}

struct CauseOf<'a, 'p>(Cause, &'p Problem<'a>);

impl Serialize for CauseOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = begin(serializer, self.0.id(), &TextOf(self.0.text(), self.1), self.0.audience(), 1)?;
        let is_for_reader = |fix: &Fix| self.1.is_for_reader(fix.audience());
        map.serialize_entry("fixes", &Sequence(|| self.0.fixes().filter(is_for_reader).map(Fix::id)))?;
        map.end()
    }
}

struct FixOf<'a, 'p>(Fix, &'p Problem<'a>);

impl Serialize for FixOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let others = usize::from(self.0.link().is_some());
        let mut map = begin(serializer, self.0.id(), &TextOf(self.0.text(), self.1), self.0.audience(), others)?;
        if let Some(link) = self.0.link() {
            map.serialize_entry("href", link.href())?;
        }
        map.end()
    }
}

struct NoteOf<'a, 'p>(Note, &'p Problem<'a>);

impl Serialize for NoteOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = begin(serializer, self.0.id(), &TextOf(self.0.text(), self.1), self.0.audience(), 1)?;
        map.serialize_entry("kind", self.0.kind().as_str())?;
        map.end()
    }
}

/// The common members of causes, fixes and notes, which `others` more follow.
fn begin<S: Serializer>(
    serializer: S,
    id: &str,
    text: &TextOf<'_, '_>,
    audience: Option<Audience>,
    others: usize,
) -> Result<S::SerializeMap, S::Error> {
    let length = 2 + usize::from(audience.is_some()) + others;
    let mut map = serializer.serialize_map(Some(length))?;
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
        let mut map = serializer.serialize_map(Some(self.0.public_parameters().count()))?;
        let mut parameters = self.0.public_parameters();
        parameters.try_for_each(|(parameter, value)| map.serialize_entry(parameter.name(), &value))?;
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unsigned(number) if is_exact(self) => serializer.serialize_u64(*number),
            Self::Decimal(number) => serializer.serialize_f64(*number),
            Self::Signed(number) if is_exact(self) => serializer.serialize_i64(*number),
            Self::Duration(duration) => serializer.serialize_u64(whole_seconds(*duration)),
            Self::Term(term) => serializer.serialize_str(term.name()),
            Self::Text(text) if text.len() <= MAX_TEXT_BYTES => serializer.serialize_str(text),
            _ => serializer.collect_str(&AsText(self)),
        }
    }
}

/// A value as a text: a number that not every reader knows exactly, or a text up to the maximum length.
struct AsText<'a>(&'a Value<'a>);

impl fmt::Display for AsText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.0.machine(&mut out, |text, out| out.push(text));
        out.finish()
    }
}

impl Serialize for Retry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + usize::from(self.wait().is_some())))?;
        map.serialize_entry("kind", self.kind().as_str())?;
        if let Some(wait) = self.wait() {
            map.serialize_entry("after", &whole_seconds(wait))?;
        }
        map.end()
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;
    use crate::{Entry, FieldError, FieldErrors, Format, LiftError, Parameter, RequestId, lift};
    use alloc::string::{String, ToString as _};
    use alloc::vec::Vec;
    use serde_json::json;

    /// An error with a value for its parameters `limit` and `resource`, and examples for the others.
    #[derive(Debug)]
    struct Given(Entry, fn() -> Value<'static>);

    impl LiftError for Given {
        fn entry(&self) -> Entry {
            self.0
        }

        fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
            let is_given = ["limit", "resource"].contains(&parameter.name());
            Some(if is_given { self.1() } else { parameter.example() })
        }
    }

    impl fmt::Display for Given {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.problem().log_detail(f)
        }
    }

    impl core::error::Error for Given {}

    fn many(count: usize) -> FieldErrors {
        (0..count).map(|number| FieldError::new(number.to_string(), ("required", "Enter a value."))).collect()
    }

    /// Both writers give the same document, and formats that write lengths first accept it.
    #[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a part of tests")]
    fn document(problem: &Problem<'_>) -> serde_json::Value {
        let written: serde_json::Value =
            serde_json::from_str(&problem.display(Format::ProblemDetails).to_string()).unwrap();
        assert_eq!(serde_json::to_value(problem).unwrap(), written);
        let bytes = postcard::to_allocvec(problem).unwrap();
        // postcard begins a map with the number of its members.
        assert_eq!(usize::from(bytes[0]), written.as_object().unwrap().len());
        written
    }

    #[test]
    fn lengths_are_known_beforehand() {
        let id = RequestId::new("r-1").unwrap();
        let errors = many(2);
        for entry in lift::CATALOG.entries() {
            let error = Given(entry, || Value::Unsigned(7));
            document(&error.problem());
            document(&error.problem().with_request_id(id));
            document(&error.problem().with_request_id(id).with_instance("/i").with_field_errors(&errors));
        }
        let field = FieldError::new("a", lift::field_error::too_small(1)).with_label("A").with_parameter("b", "c");
        let bytes = postcard::to_allocvec(&FieldErrors::from_iter([field])).unwrap();
        assert_eq!(bytes[..2], [1, 6]);
        assert!(postcard::to_allocvec(&lift::Code::NotFound).is_ok());
    }

    #[test]
    fn numbers_that_not_every_reader_knows_exactly_are_strings() {
        const EXACT: u64 = (1 << 53) - 1;
        let cases: [(fn() -> Value<'static>, serde_json::Value); 6] = [
            (|| Value::Unsigned(EXACT), json!(9_007_199_254_740_991_u64)),
            (|| Value::Unsigned(EXACT + 1), json!("9007199254740992")),
            (|| Value::Unsigned(u64::MAX), json!("18446744073709551615")),
            (|| Value::Signed(-(EXACT as i64)), json!(-9_007_199_254_740_991_i64)),
            (|| Value::Signed(i64::MIN), json!("-9223372036854775808")),
            (|| Value::Duration(core::time::Duration::MAX), json!(9_007_199_254_740_991_u64)),
        ];
        for (value, expected) in cases {
            let body = document(&Given(lift::too_many_requests::ENTRY, value).problem());
            assert_eq!(body["params"]["limit"], expected);
        }
        let errors = FieldErrors::from_iter([FieldError::new("a", ("b", "c")).with_parameter("max", i64::MAX)]);
        let error = lift::Error::validation_failed();
        let body = document(&error.problem().with_field_errors(&errors));
        assert_eq!(body["errors"][0]["params"]["max"], "9223372036854775807");
    }

    #[test]
    fn nothing_is_written_without_end() {
        struct Endless;

        impl fmt::Display for Endless {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                loop {
                    f.write_str("\u{1}\u{202e}")?;
                }
            }
        }

        let long: &'static str = String::leak("\u{1}".repeat(1 << 20));
        let errors: FieldErrors = (0..1_000).map(|_| FieldError::new(long, (long, long)).with_label(long)).collect();
        let parameter = [|| Value::Display(&Endless), || Value::Text(String::leak("\u{1}".repeat(1 << 20)))];
        for value in parameter {
            let error = Given(lift::not_found::ENTRY, value);
            document(&error.problem());
            for format in [
                Format::ProblemDetails,
                Format::Envelope,
                Format::Html,
                Format::PlainText,
                Format::Markdown,
                Format::Terminal { color: true },
            ] {
                let length = error.problem().display(format).to_string().len();
                assert!(length < 100_000, "{format:?}: {length}");
                let problem = error.problem().with_field_errors(&errors);
                let length = problem.display(format).to_string().len();
                assert!(length < 4_000_000, "{format:?}: {length}");
            }
            assert!(alloc::format!("{error}").len() < 100_000);
            assert!(alloc::format!("{:?}", error.problem().public_parameters().collect::<Vec<_>>()).len() < 100_000);
        }
    }

    #[test]
    fn a_long_pointer_that_json_keeps_is_cut() {
        let long = "a".repeat(1 << 20);
        let errors = FieldErrors::from_iter([FieldError::new(long, ("unknown", "There is no such field."))]);
        let error = lift::Error::validation_failed();
        let problem = error.problem().with_field_errors(&errors);
        let pointer = document(&problem)["errors"][0]["pointer"].clone();
        assert_eq!(pointer, alloc::format!("/{}…", "a".repeat(MAX_TEXT_BYTES - 1)));
        for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown] {
            let body = problem.display(format).to_string();
            assert!(body.contains("aaa…") && body.len() < 50_000, "{format:?}: {}", body.len());
        }
    }

    #[test]
    fn field_errors_that_are_omitted_are_counted() {
        let error = lift::Error::validation_failed();
        let (all, more) = (many(100), many(100_000));
        assert_eq!(document(&error.problem().with_field_errors(&all))["errors"].as_array().unwrap().len(), 100);
        let problem = error.problem().with_field_errors(&more);
        let body = document(&problem);
        let expected = json!({ "field": "", "pointer": "", "code": "omitted", "params": { "count": 99_900 }, "message": "… +99,900" });
        assert_eq!((body["errors"].as_array().unwrap().len(), &body["errors"][100]), (101, &expected));
        let envelope: serde_json::Value = serde_json::from_str(&problem.display(Format::Envelope).to_string()).unwrap();
        assert_eq!(
            (&envelope["errorMessages"][100], &envelope["errors"][100]["message"]),
            (&"… +99,900".into(), &"… +99,900".into())
        );
        for (format, expected) in [
            (Format::PlainText, "\n- … +99,900\n"),
            (Format::Markdown, "\n- … +99,900\n"),
            (Format::Html, "<li>… +<bdi>99,900</bdi></li>"),
        ] {
            let text = problem.display(format).to_string();
            assert!(text.contains(expected), "{text}");
        }
    }
}
