//! CLDR's conventions for a language, as a static that its texts refer to.

use super::scope::Scope;
use crate::locale::{Locale, categories};
use crate::resolve::catalog::Localised;
use lift_errors_cldr::duration::{self, UnitNames};
use lift_errors_cldr::plural::{self, Category, Rules};
use lift_errors_cldr::{Locale as CldrLocale, number};
use lift_errors_core::conventions::{Numbers, Pattern, Separators, Unit};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The name of a locale's static.
pub(crate) fn name(locale: Locale) -> Ident {
    Ident::new(&format!("CONVENTIONS_{}", locale.tag().replace('-', "_").to_ascii_uppercase()), Span::call_site())
}

/// The statics of all locales. A static without a reference is not linked.
pub(crate) fn statics(scope: &Scope<'_>, localised: &Localised) -> TokenStream {
    let default = match localised.columns.first().map(|column| column.locale) {
        Some(Locale::Cldr(locale)) => locale,
        _ => CldrLocale::root(),
    };
    let locales = localised.columns.iter().map(|column| column.locale);
    locales.map(|locale| conventions(&scope.private, locale, default)).collect()
}

/// The conventions of every language that texts can be in, as Rust: a static each, and the table of them by the number of
/// the locale. Locales without texts have no conventions.
pub(crate) fn table() -> String {
    let private = quote!(::lift_errors::__private);
    let root = CldrLocale::root();
    let usable = |locale: &Locale| !locale.is_pseudolocale() && locale.lacks().is_none();
    let statics: Vec<TokenStream> =
        Locale::all().filter(usable).map(|locale| conventions(&private, locale, root)).collect();
    let table = Locale::all().filter(|locale| !locale.is_pseudolocale()).map(|locale| match usable(&locale) {
        true => {
            let name = name(locale);
            quote!(::core::option::Option::Some(&#name))
        }
        false => quote!(::core::option::Option::None),
    });
    quote! {
        #(#statics)*
        static CONVENTIONS: &[::core::option::Option<&::lift_errors::__private::Conventions>] = &[#(#table),*];
    }
    .to_string()
}

fn conventions(private: &TokenStream, locale: Locale, default: CldrLocale) -> TokenStream {
    // A pseudolocale has the texts of the default locale, and its rules.
    let rules_of = match locale {
        Locale::Cldr(locale) => locale,
        Locale::Accented | Locale::Mirrored => default,
    };
    let (name, tag, number) = (name(locale), locale.tag(), Literal::u16_unsuffixed(locale.number()));
    let (language, right_to_left) = (locale.language(), locale.is_right_to_left());
    let categories = categories(rules_of);
    let count = Literal::u8_unsuffixed(categories.len() as u8);
    let plural = plural_rules(rules_of, &categories, |rules, place| rules.integer_to_rust(place));
    let plural_of_fraction = plural_rules(rules_of, &categories, |rules, place| rules.fraction_to_rust(place));
    // A language that CLDR knows by name alone has the manifest's conventions, and so have durations without words.
    let numbers = numbers(private, if rules_of.has_data() { rules_of } else { default });
    let words = duration::words(rules_of).or_else(|| duration::words(default));
    let durations = durations(private, words, &categories);
    quote! {
        static #name: #private::Conventions = #private::Conventions {
            locale: #number,
            tag: #tag,
            language: #language,
            right_to_left: #right_to_left,
            plural: #plural,
            plural_of_fraction: #plural_of_fraction,
            categories: #count,
            numbers: #numbers,
            durations: || &#durations,
        };
    }
}

/// The rules as a function from a number to the index of its category among the language's.
fn plural_rules(
    locale: CldrLocale,
    categories: &[Category],
    to_rust: impl Fn(Rules, &dyn Fn(Category) -> String) -> String,
) -> TokenStream {
    let place = |category| categories.iter().position(|&known| known == category).unwrap_or(0).to_string();
    let source = plural::rules(locale).map(|rules| to_rust(rules, &place)).unwrap_or_else(|| "0".to_owned());
    // The source is CLDR's rules in Rust: it always parses.
    let body: TokenStream = source.parse().unwrap_or_default();
    let argument = if source.contains('n') { quote!(n) } else { quote!(_) };
    quote!(|#argument| #body)
}

fn numbers(private: &TokenStream, locale: CldrLocale) -> TokenStream {
    let &Numbers { digits, group, decimal, minus, primary, secondary, minimum } = number::numbers(locale);
    let [primary, secondary, minimum] = [primary, secondary, minimum].map(Literal::u8_unsuffixed);
    quote! {
        #private::Numbers {
            digits: #digits,
            group: #group,
            decimal: #decimal,
            minus: #minus,
            primary: #primary,
            secondary: #secondary,
            minimum: #minimum,
        }
    }
}

fn durations(private: &TokenStream, words: Option<&UnitNames>, categories: &[Category]) -> TokenStream {
    let patterns = |unit| {
        let none = Pattern { before: "", after: Some("") };
        let mut patterns: Vec<Pattern> =
            categories.iter().map(|&category| words.map_or(none, |words| words.pattern(unit, category))).collect();
        // If all are equal, one is enough.
        if patterns.iter().all(|pattern| Some(pattern) == patterns.first()) {
            patterns.truncate(1);
        }
        let patterns = patterns.into_iter().map(|Pattern { before, after }| {
            let after = match after {
                Some(after) => quote!(::core::option::Option::Some(#after)),
                None => quote!(::core::option::Option::None),
            };
            quote!(#private::Pattern { before: #before, after: #after })
        });
        quote!(&[#(#patterns),*])
    };
    let [days, hours, minutes, seconds] = Unit::ALL.map(patterns);
    let spaces = Separators { two: " ", start: " ", middle: " ", end: " " };
    let Separators { two, start, middle, end } = words.map_or(spaces, |words| words.separators);
    quote! {
        #private::Durations {
            days: #days,
            hours: #hours,
            minutes: #minutes,
            seconds: #seconds,
            separators: #private::Separators { two: #two, start: #start, middle: #middle, end: #end },
        }
    }
}
