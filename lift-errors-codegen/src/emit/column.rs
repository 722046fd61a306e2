//! The texts of every locale: one column of the table each. A service links the
//! columns of the canonical catalogue that its features select.

use super::catalog_tables::ColumnTables;
use super::conventions;
use super::scope::Scope;
use super::storage::Storage;
use crate::locale::Locale;
use crate::resolve::catalog::{Column, Localised};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The columns, each with a comma after it.
pub(crate) fn columns(
    scope: &Scope<'_>,
    storage: &mut Storage,
    localised: &Localised,
    tables: Vec<ColumnTables>,
) -> TokenStream {
    let columns = localised.columns.iter().zip(tables).enumerate().map(|(number, (column, tables))| {
        let texts = texts(scope, storage, column, tables);
        let fallback = Literal::u16_unsuffixed(column.fallback as u16);
        let private = &scope.private;
        if number == 0 || !scope.is_canonical {
            return quote!(#private::Column { fallback: #fallback, texts: ::core::option::Option::Some(#texts) },);
        }
        let feature = feature(column.locale);
        quote! {
            #[cfg(feature = #feature)]
            #private::Column { fallback: #fallback, texts: ::core::option::Option::Some(#texts) },
            #[cfg(not(feature = #feature))]
            #private::Column { fallback: #fallback, texts: ::core::option::Option::None },
        }
    });
    columns.collect()
}

/// The feature that links a locale's texts.
pub(crate) fn feature(locale: Locale) -> String {
    match locale {
        Locale::Cldr(locale) => format!("locale-{}", locale.tag().to_ascii_lowercase()),
        Locale::Accented | Locale::Mirrored => "locale-pseudo".to_owned(),
    }
}

fn texts(scope: &Scope<'_>, storage: &mut Storage, column: &Column, texts: ColumnTables) -> TokenStream {
    let private = &scope.private;
    let tag = column.locale.tag();
    let segments = storage.locale_words(private, &format!("{tag}.segments"), &texts.segments);
    let numbers = storage.locale_words(private, &format!("{tag}.texts"), &texts.texts);
    let own = conventions::name(column.locale);
    let others = column.languages.iter().skip(1).map(|&locale| conventions::name(locale));
    let blob = storage.text(tag, texts.blob);
    quote!(#private::Texts::new(#blob, #segments, #numbers, &#own, &[#(&#others),*]))
}
