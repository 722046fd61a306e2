//! The attributes of Rust's items, variants and fields.

use std::borrow::Cow;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// Those of one, with those that it has under a condition, as in `#[cfg_attr(feature = "std", error("…"))]`.
pub(super) fn unconditional(attributes: &[Attribute]) -> Vec<Cow<'_, Attribute>> {
    let mut all = Vec::new();
    for attribute in attributes {
        let inner = attribute.path().is_ident("cfg_attr").then(|| {
            let list = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            list.ok().into_iter().flatten().skip(1)
        });
        match inner {
            Some(inner) => all.extend(inner.map(|meta| Cow::Owned(Attribute { meta, ..attribute.clone() }))),
            None => all.push(Cow::Borrowed(attribute)),
        }
    }
    all
}

/// Whether one of them has a name.
pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    unconditional(attributes).iter().any(|attribute| attribute.path().is_ident(name))
}
