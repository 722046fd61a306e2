//! The module of one entry: its handle, for the derive, and its causes.

use super::{Scope, derive, doc, explain};
use crate::catalog::Entry;
use crate::naming;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// `pub mod not_found { … }`.
pub(crate) fn module(scope: &Scope<'_>, number: usize, entry: &Entry) -> TokenStream {
    let Scope { krate, catalog, .. } = scope;
    let name = Ident::new(&entry.code, Span::call_site());
    let title = explain::title(entry);
    let (module_doc, entry_doc) =
        (doc(&format!(" {title}: the entry and its causes.")), doc(&format!(" The entry `{}`.", entry.code)));
    let index = Literal::u16_unsuffixed(number as u16);
    let cause = match catalog.entries.get(entry.canonical).filter(|canonical| canonical.code != entry.code) {
        Some(canonical) => {
            let canonical = Ident::new(&canonical.code, Span::call_site());
            quote! { #[doc(inline)] pub use super::#canonical::Cause; }
        }
        None => cause(scope, entry),
    };
    quote! {
        #module_doc
        pub mod #name {
            #entry_doc
            pub const ENTRY: #krate::Entry = #krate::Entry::new(&super::CATALOG, #index);
            #cause
        }
    }
}

fn cause(scope: &Scope<'_>, entry: &Entry) -> TokenStream {
    let private = &scope.private;
    let variants: Vec<Ident> =
        entry.causes.iter().map(|cause| Ident::new(&naming::pascal_case(&cause.id), Span::call_site())).collect();
    let docs = entry.causes.iter().map(|cause| {
        let text = super::text::plain(&cause.text, &|_| "…".to_owned());
        let mut escaped = String::from(" ");
        lift_errors_core::escape::markdown_literal(&text, &mut |piece| escaped.push_str(piece));
        doc(&escaped)
    });
    let enum_doc = doc(&format!(" What can cause `{}`.", entry.code));
    let derive = derive(&["clone::Clone", "marker::Copy", "cmp::PartialEq", "cmp::Eq"]);
    quote! {
        #enum_doc
        #derive
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Cause {
            #(#docs #variants,)*
        }

        #private::cause_traits!(Cause, ENTRY);
    }
}
