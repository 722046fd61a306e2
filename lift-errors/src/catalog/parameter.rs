//! The parameters of an entry.

use crate::catalog::entry::Entry;
use crate::catalog::term::Term;
use crate::catalog::value::Value;
use core::fmt;
use core::time::Duration;
use lift_errors_core::layout::{self, NONE, entry as field};
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};

/// A parameter that an entry declares.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parameter {
    entry: Entry,
    number: u8,
}

impl Parameter {
    const fn word(self, field: usize) -> u32 {
        let first = self.entry.range(field::PARAMETERS).first as usize + self.number as usize;
        self.entry.catalog().tables().parameters.get(first * layout::parameter::WIDTH + field)
    }

    pub(crate) const fn new(entry: Entry, number: u8) -> Self {
        Self { entry, number }
    }

    /// The entry that declares it.
    pub const fn entry(self) -> Entry {
        self.entry
    }

    /// The position among the entry's parameters.
    pub(crate) const fn number(self) -> u8 {
        self.number
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.entry.catalog().tables().strings.get(self.word(layout::parameter::NAME) as usize)
    }

    pub(crate) const fn constant_name(self) -> &'static str {
        self.entry.catalog().tables().strings.get_in_constant(self.word(layout::parameter::NAME) as usize)
    }

    /// A sentence that describes it.
    pub fn doc(self) -> &'static str {
        self.entry.catalog().tables().strings.get(self.word(layout::parameter::DOC) as usize)
    }

    /// A typical value.
    ///
    /// ```
    /// use lift_errors::lift;
    ///
    /// let role = lift::forbidden::ENTRY.parameters().next().unwrap();
    /// assert_eq!(format!("{} = {:?}", role.name(), role.example()), r#"required_role = "Manager""#);
    /// ```
    pub fn example(self) -> Value<'static> {
        let text = self.entry.catalog().tables().strings.get(self.word(layout::parameter::EXAMPLE) as usize);
        match self.kind() {
            ParameterType::U32 | ParameterType::U64 => Value::Unsigned(text.parse().unwrap_or_default()),
            ParameterType::I64 => Value::Signed(text.parse().unwrap_or_default()),
            ParameterType::Duration => Value::Duration(Duration::from_secs(text.parse().unwrap_or_default())),
            ParameterType::Term => Term::find(self.entry.catalog(), text).map_or(Value::Text(text), Value::Term),
            _ => Value::Text(text),
        }
    }

    /// The type.
    pub const fn kind(self) -> ParameterType {
        match ParameterType::from_number(self.word(layout::parameter::FLAGS) & 0xff) {
            Some(kind) => kind,
            None => ParameterType::Text,
        }
    }

    /// The readers who may see the value.
    pub const fn sensitivity(self) -> Sensitivity {
        match Sensitivity::from_number(
            self.word(layout::parameter::FLAGS) >> layout::parameter::SENSITIVITY_SHIFT & 0xff,
        ) {
            Some(sensitivity) => sensitivity,
            None => Sensitivity::Secret,
        }
    }

    /// Whether an error may leave it out.
    pub const fn is_optional(self) -> bool {
        self.word(layout::parameter::FLAGS) & layout::parameter::OPTIONAL != 0
    }

    /// Whether an error that explains a bare status may lack it. Every error that is raised has it.
    ///
    /// A router or a proxy answers 429 and does not say how many requests are allowed: the detail then leaves it out.
    ///
    /// ```
    /// use lift_errors::lift;
    ///
    /// let limit = lift::too_many_requests::ENTRY.parameters().next().unwrap();
    /// assert!(!limit.is_optional() && limit.is_lackable());
    /// ```
    pub const fn is_lackable(self) -> bool {
        self.word(layout::parameter::FLAGS) & layout::parameter::LACKABLE != 0
    }

    /// The response header that carries the value, in lower case.
    pub fn header(self) -> Option<&'static str> {
        match self.word(layout::parameter::HEADER) {
            NONE => None,
            name => Some(self.entry.catalog().tables().strings.get(name as usize)),
        }
    }
}

impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Entry {
    /// The declared parameters, in the catalogue's order.
    pub fn parameters(self) -> impl ExactSizeIterator<Item = Parameter> + Clone {
        (0..self.range(field::PARAMETERS).count).map(move |number| Parameter::new(self, number as u8))
    }
}
