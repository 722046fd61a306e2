//! The errors of one macro call. All of them are reported, not only the first.

use proc_macro2::Span;
use quote::ToTokens;
use std::cell::RefCell;

/// The errors so far.
#[derive(Default)]
pub(crate) struct Diagnostics(RefCell<Vec<syn::Error>>);

impl Diagnostics {
    /// Adds an error that covers `tokens`.
    pub(crate) fn at(&self, tokens: &impl ToTokens, message: impl std::fmt::Display) {
        self.add(syn::Error::new_spanned(tokens, message));
    }

    /// Adds an error at `span`.
    pub(crate) fn span(&self, span: Span, message: impl std::fmt::Display) {
        self.add(syn::Error::new(span, message));
    }

    /// Adds an error that `syn` found.
    pub(crate) fn add(&self, error: syn::Error) {
        self.0.borrow_mut().push(error);
    }

    /// All errors as one; `Ok` if there are none.
    pub(crate) fn finish(self) -> syn::Result<()> {
        let combined = self.0.into_inner().into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        });
        combined.map_or(Ok(()), Err)
    }
}
