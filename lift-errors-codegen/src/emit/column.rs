//! The texts of every locale: one column of the table each. A service links the
//! columns of the canonical catalogue that its features select.

use super::catalog_tables::{ColumnTables, DocumentTables};
use super::conventions;
use super::scope::Scope;
use super::storage::Storage;
use crate::locale::Locale;
use crate::resolve::catalog::Localised;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The statics that the columns refer to, and the columns, each with a comma after it.
pub(crate) fn columns(
    scope: &Scope<'_>,
    storage: &mut Storage,
    localised: &Localised,
    tables: Vec<ColumnTables>,
    documents: [DocumentTables; 2],
) -> (TokenStream, TokenStream) {
    let private = &scope.private;
    let mut statics = TokenStream::new();
    let columns = localised.columns.iter().zip(tables).enumerate().map(|(number, (column, tables))| {
        let tag = column.locale.tag();
        let [segments, starts, presence] =
            [("segments", &tables.segments), ("texts", &tables.texts), ("presence", &tables.presence)]
                .map(|(name, words)| storage.locale_words(private, &format!("{tag}.{name}"), words));
        let mut blob = storage.text(tag, tables.blob);
        let mut documents = quote!(__SHARED_DOCUMENTS);
        if number == 0 {
            statics.extend(quote!(static __BLOB: &str = #blob;));
            (blob, documents) = (quote!(__BLOB), quote!(__DOCUMENTS));
        }
        let fallback = Literal::u16_unsuffixed(column.fallback as u16);
        let conventions = conventions::name(column.locale);
        let texts = quote! {
            #private::Texts::new(#blob, [#segments, #starts, #presence], &#documents, &#conventions, #fallback)
        };
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
    let columns = columns.collect();
    let kinds = [("__DOCUMENTS", "of_locale", "documents"), ("__SHARED_DOCUMENTS", "shared", "shared")];
    for ((name, kind, file), documents) in kinds.into_iter().zip(documents) {
        if documents.starts.is_empty() {
            continue;
        }
        let [name, kind] = [name, kind].map(|name| Ident::new(name, Span::call_site()));
        let segments = storage.locale_words(private, &format!("{file}.segments"), &documents.segments);
        let starts = storage.locale_words(private, &format!("{file}.starts"), &documents.starts);
        statics.extend(quote! {
            static #name: #private::Documents = #private::Documents::#kind(__BLOB, #segments, #starts);
        });
    }
    (statics, columns)
}

/// The feature that links a locale's texts.
pub(crate) fn feature(locale: Locale) -> String {
    match locale {
        Locale::Cldr(locale) => format!("locale-{}", locale.tag().to_ascii_lowercase()),
        Locale::Accented | Locale::Mirrored => "locale-pseudo".to_owned(),
    }
}
