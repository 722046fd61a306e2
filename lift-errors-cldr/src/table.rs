//! The lookup in a table that has entries only for locales that differ from their parents.

use crate::locale::Locale;

/// The entry of the locale, or of the nearest locale that it inherits from; `None` if not even the root has one.
pub(crate) fn inherited<T>(table: &'static [(&'static str, T)], locale: Locale) -> Option<&'static T> {
    locale.fallback().find_map(|locale| {
        let index = table.binary_search_by_key(&locale.tag(), |(tag, _)| tag).ok()?;
        table.get(index).map(|(_, entry)| entry)
    })
}
