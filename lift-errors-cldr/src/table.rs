//! How a locale finds its entry in a table that has one only where a locale differs from its parent. It knows
//! nothing of what is in the table.

use crate::locale::Locale;

/// The entry of the nearest locale in `locale`'s fallback chain; `None` where not even the root has one.
pub(crate) fn inherited<T>(table: &'static [(&'static str, T)], locale: Locale) -> Option<&'static T> {
    locale.fallback().find_map(|locale| {
        let index = table.binary_search_by_key(&locale.tag(), |(tag, _)| tag).ok()?;
        table.get(index).map(|(_, entry)| entry)
    })
}
