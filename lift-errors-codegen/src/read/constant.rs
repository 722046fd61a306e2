//! Reads the constants of the manifest: facts that several texts name, each in one place.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::locale::constant_value::ConstantValue;
use crate::read::format;
use crate::read::literal::{duration, not_a_duration};
use crate::read::table::{File, Reader, UNREADABLE, integer, wrong_type};
use toml::Spanned;
use toml::de::DeValue;

/// One constant.
#[derive(Debug)]
pub(crate) struct Constant {
    pub(crate) name: Text,
    pub(crate) value: ConstantValue,
    /// Whether the value is a substitute for one that could not be read.
    pub(crate) is_unreadable: bool,
}

/// Reads a constant. An unreadable one gets a substitute, so that the texts that name it are not at
/// fault.
pub(crate) fn decode(file: &File<'_>, name: Text, value: &Spanned<DeValue<'_>>) -> Constant {
    let what = format!("the constant `{}`", name.value.escape_debug());
    let read = match value.get_ref() {
        DeValue::String(text) => Some(ConstantValue::Text(text.clone().into_owned())),
        DeValue::Table(table) => of_table(Reader::new(file, table, &format::DURATION, file.span(value.span()), what)),
        other => {
            let number = integer(other).and_then(|number| match u64::try_from(number) {
                Ok(number) => Some(ConstantValue::Unsigned(number)),
                Err(_) => i64::try_from(number).ok().map(ConstantValue::Signed),
            });
            if number.is_none() {
                wrong_type(file, &what, value, "an integer of at most 64 bits, a string or a duration");
            }
            number
        }
    };
    let is_unreadable = read.is_none();
    Constant { name, value: read.unwrap_or_else(|| ConstantValue::Text(UNREADABLE.to_owned())), is_unreadable }
}

fn of_table(mut reader: Reader<'_, '_>) -> Option<ConstantValue> {
    let file = reader.file;
    let (kind, text) = (reader.required_text("type"), reader.required_text("value"));
    reader.finish();
    let (kind, text) = (kind?, text?);
    if kind.value != "duration" {
        file.fault(
            Diagnostic::at(kind.span, format!("a constant can't have the type `{}`", kind.value.escape_debug()))
                .help("write an integer or a string as it is, or `{ type = \"duration\", value = \"30m\" }`"),
        );
        return None;
    }
    let read = duration(&text.value);
    if read.is_none() {
        file.fault(not_a_duration(&text));
    }
    read.map(ConstantValue::Duration)
}
