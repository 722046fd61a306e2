//! Faults of one macro call: all of them are reported.

use proc_macro2::Span;
use quote::ToTokens;
use std::cell::RefCell;

/// The faults so far.
#[derive(Default)]
pub(crate) struct Faults(RefCell<Vec<syn::Error>>);

impl Faults {
    /// Adds a fault that covers `tokens`.
    pub(crate) fn at(&self, tokens: &impl ToTokens, message: impl std::fmt::Display) {
        self.add(syn::Error::new_spanned(tokens, message));
    }

    /// Adds a fault at `span`.
    pub(crate) fn span(&self, span: Span, message: impl std::fmt::Display) {
        self.add(syn::Error::new(span, message));
    }

    /// Adds a fault that was found elsewhere.
    pub(crate) fn add(&self, error: syn::Error) {
        self.0.borrow_mut().push(error);
    }

    /// All faults as one, or none.
    pub(crate) fn finish(self) -> syn::Result<()> {
        let combined = self.0.into_inner().into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        });
        combined.map_or(Ok(()), Err)
    }
}
