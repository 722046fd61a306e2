//! The module of one entry: its handle, for the derive, and its causes.

use super::{Scope, doc, explain};
use crate::catalog::Entry;
use crate::naming;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// `pub mod not_found { … }`.
pub(crate) fn module(scope: &Scope<'_>, number: usize, entry: &Entry) -> TokenStream {
    let Scope { krate, private, catalog, .. } = scope;
    let name = Ident::new(&entry.code, Span::call_site());
    let title = explain::title(entry);
    let (module_doc, entry_doc) =
        (doc(&format!(" {title}: the entry and its causes.")), doc(&format!(" The entry `{}`.", entry.code)));
    let index = Literal::u16_unsuffixed(number as u16);
    let causes = match catalog.entries.get(entry.canonical).filter(|canonical| canonical.code != entry.code) {
        Some(canonical) => {
            let canonical = Ident::new(&canonical.code, Span::call_site());
            quote! { #[doc(inline)] pub use super::#canonical::Cause; }
        }
        None => causes(scope, entry),
    };
    quote! {
        #module_doc
        pub mod #name {
            #entry_doc
            pub const ENTRY: #krate::Entry = #private::entry_of(&super::CATALOG, #index);
            #causes
        }
    }
}

/// The causes, written as an enum's variants. As an enum with its traits they took rustc as long as all else in the
/// module together.
fn causes(scope: &Scope<'_>, entry: &Entry) -> TokenStream {
    let Scope { krate, private, .. } = scope;
    let causes = entry.causes.iter().enumerate().map(|(number, cause)| {
        let text = super::text::plain(&cause.text, &|_| "…".to_owned());
        let mut escaped = String::from(" ");
        lift_errors_core::escape::markdown_literal(&text, &mut |piece| escaped.push_str(piece));
        let doc = doc(&escaped);
        let (name, number) =
            (Ident::new(&naming::pascal_case(&cause.id), Span::call_site()), Literal::u8_unsuffixed(number as u8));
        quote!(#doc pub const #name: #krate::Cause = #private::cause_of(super::ENTRY, #number);)
    });
    let causes_doc = doc(&format!(" What can cause `{}`.", entry.code));
    quote! {
        #causes_doc
        pub mod Cause {
            #(#causes)*
        }
    }
}
