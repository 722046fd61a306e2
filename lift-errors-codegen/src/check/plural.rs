//! Rules about plural tables, in the default locale and in every translation.

use super::Context;
use crate::diagnostic::{Diagnostic, suggest};
use crate::draft::{Entry, TextRole};
use crate::language::default_locale;
use crate::locale::Locale;
use crate::speech::selector;
use crate::wording::Wording;
use lift_errors_cldr::Locale as CldrLocale;
use lift_errors_cldr::plural::{self, Category};

/// A plural table has a text for each category of its language (UTS 35, language plural rules) and for no other.
pub(super) fn have_every_category(context: &Context<'_>) {
    let default = default_locale(context.draft);
    for (_, wording) in &context.draft.manifest.labels {
        categories(context, wording, default);
    }
    for (_, _, wording) in context.draft.entries.iter().flat_map(Entry::wordings) {
        categories(context, wording, default);
    }
    for overlay in &context.draft.overlays {
        let Locale::Cldr(locale) = overlay.locale else { continue };
        overlay.wordings().for_each(|(_, wording)| categories(context, wording, locale));
    }
}

fn categories(context: &Context<'_>, wording: &Wording, locale: CldrLocale) {
    // A locale without rules is a fault of its own.
    let Some(known) = plural::categories(locale).filter(|_| wording.is_plural()) else { return };
    let listed = known.iter().map(|category| format!("`{category}`")).collect::<Vec<_>>().join(", ");
    let remedy = format!("a plural table in `{}` has exactly these: {listed}", locale.tag());
    for form in &wording.forms {
        if !known.contains(&form.category) {
            let message = format!("`{}` has no plural category `{}`", locale.tag(), form.category);
            context.fault(Diagnostic::at(form.name, message).help(remedy.clone()));
        }
    }
    // Only whole numbers select a form. Translators' tools leave out `other` where it is for fractions alone.
    let has = |category: Category| {
        wording.forms.iter().any(|form| form.category == category)
            || (category == Category::Other && !is_for_whole_numbers(locale, category))
    };
    let missing: Vec<String> =
        known.iter().filter(|&&category| !has(category)).map(|category| format!("`{category}`")).collect();
    if !missing.is_empty() && !wording.is_incomplete {
        let message = format!("the plural table has no text for {}", missing.join(", "));
        context.fault(Diagnostic::at(wording.span, message).help(remedy));
    }
}

/// Whether some whole number is in a category. `other` has one below a thousand, if it has one at all.
fn is_for_whole_numbers(locale: CldrLocale, category: Category) -> bool {
    (0..1_000_u64).any(|number| plural::category(locale, &number.into()) == Some(category))
}

/// What selects the form is a number: a parameter of the entry or a constant.
pub(super) fn are_selected_by_a_number(context: &Context<'_>) {
    for entry in &context.draft.entries {
        for (key, role, wording) in entry.wordings() {
            number(context, entry, role, wording, wording);
            for overlay in &context.draft.overlays {
                if let Some(translation) = overlay.text(&entry.code.value, key) {
                    number(context, entry, role, translation, wording);
                }
            }
        }
    }
}

fn number(context: &Context<'_>, entry: &Entry, role: TextRole, wording: &Wording, default: &Wording) {
    let Some(canonical) = context.canonical(entry) else { return };
    if !wording.is_plural() || wording.is_incomplete || wording.is_broken() || canonical.unreadable.contains(&"params")
    {
        return;
    }
    let same = matches!(role, TextRole::Title | TextRole::Meaning);
    let is_parameter = |name: &str| !same && canonical.parameter(name).is_some_and(|parameter| parameter.is_number());
    let is_constant =
        |name: &str| context.constants.get(name).is_some_and(|constant| constant.value.magnitude().is_some());
    let numbers = || {
        let parameters = canonical.parameters.iter().map(|parameter| parameter.name.as_str());
        parameters
            .filter(|name| is_parameter(name))
            .chain(context.constants.keys().copied().filter(|name| is_constant(name)))
    };
    let place = wording.selector.as_ref().map_or(wording.span, |selector| selector.span);
    match selector(wording, default, is_parameter, is_constant) {
        Some(name) if is_parameter(name) || is_constant(name) => {}
        Some(name) => {
            let message = format!("`{}` is no number that selects a plural form", name.escape_debug());
            let mut known: Vec<&str> = numbers().collect();
            known.sort_unstable();
            context.fault(Diagnostic::at(place, message).help(suggest(name, known, "numbers of the entry")));
        }
        None => context.fault(
            Diagnostic::at(place, "nothing says which number selects the plural form")
                .help("add `plural = \"name\"` with the name of an integer parameter or constant, or write one text"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_has_a_number_below_a_thousand_or_none() {
        for locale in CldrLocale::all().filter(|&locale| plural::rules(locale).is_some()) {
            let mut numbers = (0..2_000).chain([10_000, 1_000_000, 1_000_001, 10_000_000]);
            let any = numbers.any(|number: u64| plural::category(locale, &number.into()) == Some(Category::Other));
            assert_eq!(is_for_whole_numbers(locale, Category::Other), any, "{locale}");
        }
    }
}
