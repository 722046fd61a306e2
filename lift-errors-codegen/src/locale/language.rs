//! One language while a catalogue is resolved for it: how constants are shown, which plural categories there are,
//! and what turns the default locale's texts into those of a pseudolocale.

use crate::locale::constant_value::ConstantValue;
use crate::locale::{Locale, categories};
use crate::read::draft::{Draft, Manifest};
use lift_errors_cldr as cldr;
use lift_errors_cldr::plural::Category;
use std::collections::HashMap;

/// A language and what resolving asks of it.
pub(crate) struct Language<'a> {
    pub(crate) locale: Locale,
    /// The locale whose rules it has: itself, and the default for a pseudolocale.
    rules: cldr::Locale,
    /// Constants, as the language shows them.
    pub(crate) constants: HashMap<&'a str, (String, &'a ConstantValue)>,
    /// The plural categories, in CLDR's order; `other` is the last.
    pub(crate) categories: Vec<Category>,
}

/// The manifest's default locale, where it is one.
pub(crate) fn known_default(draft: &Draft) -> Option<cldr::Locale> {
    cldr::Locale::from_tag(&draft.manifest.default_locale.as_ref()?.value)
}

/// The manifest's default locale; the root where it is not known, which a rule reports.
pub(crate) fn default_locale(draft: &Draft) -> cldr::Locale {
    known_default(draft).unwrap_or_else(cldr::Locale::root)
}

impl<'a> Language<'a> {
    pub(crate) fn new(locale: Locale, default: cldr::Locale, manifest: &'a Manifest) -> Self {
        let rules = match locale {
            Locale::Cldr(locale) => locale,
            Locale::Accented | Locale::Mirrored => default,
        };
        let shown = |value: &'a ConstantValue| (value.shown(rules), value);
        let constants =
            manifest.constants.iter().map(|constant| (constant.name.as_str(), shown(&constant.value))).collect();
        let categories = categories(rules);
        Self { locale, rules, constants, categories }
    }

    /// The plural category of a constant number.
    pub(crate) fn category(&self, number: u64) -> Category {
        cldr::plural::category(self.rules, &number.into()).unwrap_or(Category::Other)
    }
}
