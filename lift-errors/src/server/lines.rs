//! The values of a header of the request, kept until there may be an error.

use alloc::vec::Vec;
use core::fmt;

/// The longest value that is copied: an id, and what most clients accept.
pub(crate) const SHORT: usize = 54;

/// The values of a header: one short one, nearly always.
///
/// A short one is copied, since the first clone of a value that was not read from a socket is allocated.
#[derive(Clone)]
pub(crate) enum Lines<V> {
    None,
    Short(Short),
    One(V),
    Several(Vec<V>),
}

/// A copy of a short value.
#[derive(Clone, Copy)]
pub(crate) struct Short {
    length: u8,
    bytes: [u8; SHORT],
}

impl Short {
    pub(crate) const EMPTY: Self = Self { length: 0, bytes: [0; SHORT] };

    pub(crate) fn new(value: &[u8]) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..value.len())?.copy_from_slice(value);
        Some(Self { length: u8::try_from(value.len()).ok()?, bytes })
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length.into()).unwrap_or_default()
    }
}

impl<V: AsRef<[u8]> + Clone> Lines<V> {
    pub(crate) fn of<'a>(mut values: impl Iterator<Item = &'a V>) -> Self
    where
        V: 'a,
    {
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(value), None) => match Short::new(value.as_ref()) {
                Some(short) => Self::Short(short),
                None => Self::One(value.clone()),
            },
            (Some(first), Some(second)) => Self::Several([first, second].into_iter().chain(values).cloned().collect()),
        }
    }

    /// The values as they were sent.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let (short, values): (_, &[V]) = match self {
            Self::None => (None, &[]),
            Self::Short(short) => (Some(short.as_bytes()), &[]),
            Self::One(value) => (None, core::slice::from_ref(value)),
            Self::Several(values) => (None, values),
        };
        short.into_iter().chain(values.iter().map(AsRef::as_ref))
    }

    /// The values that are text: visible ASCII, blanks and tabs.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let is_text = |value: &&[u8]| value.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t'));
        self.iter().filter(is_text).filter_map(|value| core::str::from_utf8(value).ok())
    }
}

impl<V: AsRef<[u8]> + Clone> fmt::Debug for Lines<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|value| value.escape_ascii().to_string())).finish()
    }
}
