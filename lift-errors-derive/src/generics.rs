//! The generic parameters of the type, with the bounds that its fields need.

use crate::ast::{Input, Role};
use crate::constant::Constant;
use crate::paths::{Paths, entry_of};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Generics, Type, WherePredicate, parse_quote};

/// The type itself. `Self` may be another one: `From` is implemented for what is made from it.
pub(crate) fn this(input: &Input<'_>) -> TokenStream {
    let (kind, (_, arguments, _)) = (&input.derive.ident, input.derive.generics.split_for_impl());
    quote!(#kind #arguments)
}

/// The generics with a bound for each field whose type depends on them.
pub(crate) fn bounded(input: &Input<'_>, paths: &Paths) -> Generics {
    let mut generics = input.derive.generics.clone();
    let names: Vec<&Ident> = input.derive.generics.type_params().map(|parameter| &parameter.ident).collect();
    if names.is_empty() {
        return generics;
    }
    let (Paths { krate, private, .. }, this) = (paths, this(input));
    let mut bounds: Vec<WherePredicate> =
        vec![parse_quote!(#this: ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync)];
    if input.options.no_display {
        bounds.push(parse_quote!(#this: ::core::fmt::Display));
    }
    if input.options.no_error {
        bounds.push(parse_quote!(#this: ::core::error::Error));
    }
    for (number, variant) in input.variants.iter().enumerate() {
        let is_generic = |kind| depends_on(kind, &names) || contains_itself(kind, input);
        for field in variant.fields.iter().filter(|field| is_generic(field.kind)) {
            let kind = field.kind;
            // `Box<Tree<T>>` in `Tree<T>`: a bound on it would need the implementation that it is a bound of (E0275).
            if contains_itself(kind, input) {
                if matches!(field.role, Role::Source { .. }) {
                    bounds.push(parse_quote!(#this: 'static));
                }
                continue;
            }
            let constants = variant.attributes.constants.iter().flat_map(Constant::mentioned);
            for (_, format) in constants.filter(|(name, _)| *name == field.name()) {
                let bound = if format.ends_with('?') { quote!(Debug) } else { quote!(Display) };
                bounds.push(parse_quote!(#kind: ::core::fmt::#bound));
            }
            match &field.role {
                Role::Parameter(name) | Role::Mentioned(name) => {
                    let (kind, marker) = (field.optional().unwrap_or(kind), marker(private, number, name));
                    bounds.push(parse_quote!(#kind: #private::Field<#marker>));
                }
                Role::Source { .. } => {
                    let kind = field.optional().unwrap_or(kind);
                    bounds.push(parse_quote!(#kind: ::core::error::Error + 'static));
                }
                Role::Transparent { .. } => bounds.push(parse_quote!(#kind: #krate::LiftError)),
                Role::Logged => {
                    let kind = field.optional().unwrap_or(kind);
                    bounds.push(parse_quote!(#kind: ::core::fmt::Display));
                }
                Role::FieldErrors | Role::Skipped | Role::Unknown => {}
            }
        }
    }
    generics.make_where_clause().predicates.extend(bounds);
    generics
}

/// Whether a type contains that of the input, by its name or as `Self`. `other::Error` is another type than `Error`.
pub(crate) fn contains_itself(kind: &Type, input: &Input<'_>) -> bool {
    let this = &input.derive.ident;
    mentions(kind, &|name, prefix| (name == this || name == "Self") && prefix != Prefix::Module)
}

/// Whether a type depends on one of these parameters.
fn depends_on(kind: &Type, parameters: &[&Ident]) -> bool {
    mentions(kind, &|name, prefix| parameters.contains(&name) && prefix == Prefix::None)
}

/// What is before a name.
#[derive(Clone, Copy, PartialEq)]
enum Prefix {
    None,
    /// `self::`
    OwnModule,
    /// `other::`, `::`
    Module,
}

impl Prefix {
    fn of(before: &[TokenTree]) -> Self {
        let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ':');
        match before {
            [rest @ .., first, second] if is_colon(first) && is_colon(second) => match rest.last() {
                Some(TokenTree::Ident(name)) if name == "self" => Self::OwnModule,
                _ => Self::Module,
            },
            _ => Self::None,
        }
    }
}

/// Whether `is_it` takes a name in a type.
fn mentions(kind: &Type, is_it: &dyn Fn(&Ident, Prefix) -> bool) -> bool {
    fn any(tokens: TokenStream, is_it: &dyn Fn(&Ident, Prefix) -> bool) -> bool {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        tokens.iter().enumerate().any(|(number, token)| match token {
            TokenTree::Ident(name) => is_it(name, Prefix::of(tokens.get(..number).unwrap_or_default())),
            TokenTree::Group(group) => any(group.stream(), is_it),
            _ => false,
        })
    }
    any(kind.to_token_stream(), is_it)
}

/// The type of an entry's parameter, as a type.
pub(crate) fn marker(private: &TokenStream, number: usize, name: &Ident) -> TokenStream {
    let (entry, text) = (entry_of(number), name.to_string());
    quote!(<#private::Kind<{ #private::kind(#entry, #text) }> as #private::ParameterKind>::Marker)
}
