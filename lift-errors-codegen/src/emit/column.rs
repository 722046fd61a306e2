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
    shared: &DocumentTables,
) -> (TokenStream, TokenStream) {
    let private = &scope.private;
    let (shared_name, kind) =
        (Ident::new("__SHARED_DOCUMENTS", Span::call_site()), Ident::new("shared", Span::call_site()));
    let mut statics = TokenStream::new();
    if let Some(default) = localised.columns.first().filter(|_| !shared.starts.is_empty()) {
        let blob = name("__BLOB", default.locale);
        statics.extend(documents(private, storage, "shared", (&shared_name, &kind), (&blob, shared)));
    }
    let columns = localised.columns.iter().zip(tables).enumerate().map(|(number, (column, tables))| {
        let tag = column.locale.tag();
        let [segments, starts, presence] =
            [("segments", &tables.segments), ("texts", &tables.texts), ("presence", &tables.presence)]
                .map(|(name, words)| storage.locale_words(private, &format!("{tag}.{name}"), words));
        let mut blob = storage.text(tag, tables.blob);
        let mut documents_name = shared_name.clone();
        if let Some(own) = &tables.documents {
            // A static: its documents refer to the same literal.
            let blob_name = name("__BLOB", column.locale);
            documents_name = name("__DOCUMENTS", column.locale);
            let kind = Ident::new("of_locale", Span::call_site());
            let file = format!("{tag}.documents");
            statics.extend(quote!(static #blob_name: &str = #blob;));
            statics.extend(documents(private, storage, &file, (&documents_name, &kind), (&blob_name, own)));
            blob = quote!(#blob_name);
        }
        let fallback = Literal::u16_unsuffixed(column.fallback as u16);
        let conventions = conventions::name(column.locale);
        let texts = quote! {
            #private::Texts::new(#blob, [#segments, #starts, #presence], &#documents_name, &#conventions, #fallback)
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
    (statics, columns)
}

/// The static of documents, by its name and its constructor, with the literals of a blob.
fn documents(
    private: &TokenStream,
    storage: &mut Storage,
    file: &str,
    (name, kind): (&Ident, &Ident),
    (blob, tables): (&Ident, &DocumentTables),
) -> TokenStream {
    let segments = storage.locale_words(private, &format!("{file}.segments"), &tables.segments);
    let starts = storage.locale_words(private, &format!("{file}.starts"), &tables.starts);
    quote!(static #name: #private::Documents = #private::Documents::#kind(#blob, #segments, #starts);)
}

/// The name of a locale's static.
fn name(kind: &str, locale: Locale) -> Ident {
    Ident::new(&format!("{kind}_{}", locale.tag().replace('-', "_").to_ascii_uppercase()), Span::call_site())
}

/// The feature that links a locale's texts.
pub(crate) fn feature(locale: Locale) -> String {
    match locale {
        Locale::Cldr(locale) => format!("locale-{}", locale.tag().to_ascii_lowercase()),
        Locale::Accented | Locale::Mirrored => "locale-pseudo".to_owned(),
    }
}
