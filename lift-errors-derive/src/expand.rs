//! The implementations, and the constants that hold the type against the catalogue's tables.

use crate::ast::{Field, Input, Role, Variant, VariantKind};
use crate::case::pascal_case;
use crate::constant::{ConstantValue, Piece};
use crate::deprecation;
use crate::errors;
use crate::generics::{bounded, marker, this};
use crate::paths::{Paths, entry_of, is_like_its_package, listed_entry};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Data, Expr, ExprLit, Lit, LitStr, Type, parse_quote};

/// All implementations, in a scope of their own.
pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let paths = Paths::new(input);
    let entries = input.variants.iter().enumerate().map(|(number, variant)| entries(input, &paths, number, variant));
    let assertions =
        input.variants.iter().enumerate().filter_map(|(number, variant)| assertions(input, &paths, number, variant));
    let lift_error = lift_error(input, &paths);
    let errors = errors::errors(input, &paths);
    let display = (!input.options.no_display).then(|| display(input, &paths));
    let error = (!input.options.no_error).then(|| error(input, &paths));
    let conversions = conversions(input);
    let formatted = formatted(input, &paths);
    let responses = (!input.options.no_response && !input.options.client).then(|| responses(input, &paths));
    let implementations = quote!(#lift_error #errors #display #error #conversions #formatted #responses);
    // Not around the entries: only those of variants that allow it may be deprecated.
    let implementations = match deprecation::allowed(input.derive) {
        Some(allowed) => quote!(#allowed const _: () = { #implementations };),
        None => implementations,
    };
    quote! {
        // No group of lints: with `#![forbid(clippy::unwrap_used)]`, rustc refuses to allow the group of that lint (E0453).
        #[allow(unused_qualifications)]
        const _: () = {
            #(#entries)*
            #(#assertions)*
            #implementations
        };
    }
}

/// The constants of the entries that a variant names. Only there is each named at the user's word, so that rustc warns once of a
/// deprecated one.
fn entries(input: &Input<'_>, paths: &Paths, number: usize, variant: &Variant<'_>) -> TokenStream {
    let own_catalog = variant.attributes.catalog.as_ref().map(ToTokens::to_token_stream);
    let catalog = own_catalog.as_ref().unwrap_or(&paths.catalog);
    let krate = &paths.krate;
    let allowed = deprecation::allowed_entry(input.derive, variant.rust_attributes);
    let is_like_its_package = is_like_its_package(catalog);
    let entry = |code: &Ident, name: Ident| {
        let tokens = match is_like_its_package {
            true => {
                let variant = Ident::new(&pascal_case(&code.unraw().to_string()), code.span());
                quote!(#allowed const #name: #krate::Entry = #catalog::Code::#variant.entry();)
            }
            // For an import that fails, rustc suggests the code that was meant.
            false => {
                let module = format_ident!("{name}_MODULE");
                quote!(use #catalog::#code as #module; #allowed const #name: #krate::Entry = #module::ENTRY;)
            }
        };
        at(code.span(), &tokens)
    };
    let of_variant = match &variant.kind {
        VariantKind::Entry { code, .. } => Some(entry(code, entry_of(number))),
        _ => None,
    };
    let listed = variant.attributes.codes.iter().flatten().enumerate();
    let listed = listed.map(|(position, code)| entry(code, listed_entry(number, position)));
    quote!(#of_variant #(#listed)*)
}

/// The same tokens, with `span`: rustc shows what is wrong with them at the user's word, not at the derive. By its span, `$crate`
/// is the crate of the macro that wrote it, and stays that.
fn at(span: Span, tokens: &TokenStream) -> TokenStream {
    let respanned = tokens.clone().into_iter().map(|mut token| {
        if let TokenTree::Group(group) = &token {
            token = TokenTree::Group(Group::new(group.delimiter(), at(span, &group.stream())));
        }
        let is_macros_crate = matches!(&token, TokenTree::Ident(name) if name == "$crate");
        token.set_span(if is_macros_crate { span.resolved_at(token.span()) } else { span });
        token
    });
    respanned.collect()
}

/// The assertions about the variant and its entry.
fn assertions(input: &Input<'_>, paths: &Paths, number: usize, variant: &Variant<'_>) -> Option<TokenStream> {
    let VariantKind::Entry { code, cause } = &variant.kind else { return None };
    let (private, entry) = (&paths.private, entry_of(number));
    let server =
        (!input.options.client).then(|| at(code.span(), &quote!(const _: () = #private::require_server(#entry);)));
    let constants = &variant.attributes.constants;
    let given = variant.parameters().map(|(_, name)| name).chain(constants.iter().map(|constant| &constant.name));
    let given = given.map(Ident::to_string);
    let all = at(variant.span, &quote!(const _: () = #private::require_all(#entry, &[#(#given),*]);));
    let fields = variant.fields.iter().map(|field| match &field.role {
        Role::Parameter(name) | Role::Mentioned(name) => {
            let (constant, text) = (constant(number, field), name.to_string());
            let optional = field
                .optional()
                .map(|_| at(field.span, &quote!(const _: () = #private::require_optional(#entry, #text);)));
            let number = match field.role {
                Role::Mentioned(_) => quote!(const #constant: u8 = #private::parameter_if_any(#entry, #text);),
                _ => at(name.span(), &quote!(const #constant: u8 = #private::parameter(#entry, #text);)),
            };
            quote!(#number #optional)
        }
        Role::FieldErrors => at(field.span, &quote!(const _: () = #private::require_field_errors(#entry);)),
        _ => TokenStream::new(),
    });
    let cause = cause.as_ref().map(|cause| {
        let (krate, constant, text) = (&paths.krate, cause_constant(number), cause.to_string());
        at(cause.span(), &quote!(const #constant: #krate::Cause = #private::cause(#entry, #text);))
    });
    let constants = constants.iter().enumerate().map(|(position, constant)| {
        let (name, text) = (constant_name(number, position), constant.name.to_string());
        let filled = quote!(const #name: u8 = #private::constant_parameter(#entry, #text););
        let formatted = match &constant.value {
            ConstantValue::Formatted(text_with_places, _) => {
                Some(at(text_with_places.span(), &quote!(const _: () = #private::require_text(#entry, #text);)))
            }
            ConstantValue::Expression(_) => None,
        };
        let filled = at(constant.name.span(), &filled);
        quote!(#filled #formatted)
    });
    Some(quote!(#server #all #cause #(#fields)* #(#constants)*))
}

/// The name of the constant with the number of a parameter that the attribute fills.
fn constant_name(number: usize, position: usize) -> Ident {
    format_ident!("__LIFT_CONSTANT_{number}_{position}")
}

/// The name of the constant with a variant's actual cause.
fn cause_constant(number: usize) -> Ident {
    format_ident!("__LIFT_CAUSE_{number}")
}

/// The name of the constant with a parameter's number.
fn constant(number: usize, field: &Field<'_>) -> Ident {
    format_ident!("__LIFT_{number}{}", field.binding.to_string().to_uppercase())
}

/// The implementation of a trait's header for the type, with the bounds that its fields need.
fn header(input: &Input<'_>, paths: &Paths, name: &TokenStream) -> TokenStream {
    let kind = &input.derive.ident;
    let generics = bounded(input, paths);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote!(impl #parameters #name for #kind #arguments #bounds)
}

fn lift_error(input: &Input<'_>, paths: &Paths) -> TokenStream {
    let Paths { krate, private, .. } = paths;
    let header = header(input, paths, &quote!(#krate::LiftError));
    let entries = arms(input, |number, variant| match variant.transparent() {
        Some(field) => Some(passed_on(krate, field, &quote!(entry), &quote!())),
        None => {
            let entry = entry_of(number);
            Some(quote!(#entry))
        }
    });
    let values = arms(input, |number, variant| match variant.transparent() {
        Some(field) => Some(passed_on(krate, field, &quote!(__parameter), &quote!(__number))),
        None => values(private, number, variant),
    });
    let causes = arms(input, |number, variant| match (&variant.kind, variant.transparent()) {
        (_, Some(field)) => Some(passed_on(krate, field, &quote!(known_cause), &quote!())),
        (VariantKind::Entry { cause: Some(_), .. }, _) => {
            let constant = cause_constant(number);
            Some(quote!(::core::option::Option::Some(#constant)))
        }
        _ => None,
    });
    let lists = arms(input, |_, variant| {
        if let Some(field) = variant.transparent() {
            return Some(passed_on(krate, field, &quote!(field_errors), &quote!()));
        }
        let field = variant.fields.iter().find(|field| matches!(field.role, Role::FieldErrors))?;
        let (kind, binding) = (field.kind, &field.binding);
        let path = at(syn::spanned::Spanned::span(kind), &quote!(<#kind as #private::FieldList>::list));
        Some(quote!(::core::option::Option::Some(#path(#binding))))
    });
    let (kind, private_path) = (&input.derive.ident, private);
    let is_struct = matches!(input.derive.data, Data::Struct(_));
    let names = arms(input, |_, variant| {
        let name = match variant.name {
            Some(name) if !is_struct => format!("{kind}::{name}"),
            _ => kind.to_string(),
        };
        let severity = match &variant.attributes.severity {
            Some(name) => quote!(::core::option::Option::Some(#krate::Severity::#name)),
            None => quote!(::core::option::Option::None),
        };
        if let Some(field) = variant.transparent() {
            let inner = passed_on(krate, field, &quote!(__log_facts), &quote!());
            return Some(quote!(#inner.of_variant(#name, #severity)));
        }
        Some(quote!(#private_path::LogFacts::new(#name, #severity)))
    });
    let log_fields = input.variants.iter().filter_map(|variant| {
        let path = &variant.path;
        if let Some(field) = variant.transparent() {
            let (member, call) = (&field.member, passed_on(krate, field, &quote!(__log_fields), &quote!(__visit)));
            return Some(quote!(#path { #member: __inner } => #call,));
        }
        let fields = variant.fields.iter().filter(|field| matches!(field.role, Role::Logged));
        let fields: Vec<_> = fields.collect();
        let patterns = fields.iter().map(|field| {
            let (member, binding) = (&field.member, &field.binding);
            quote!(#member: #binding)
        });
        let calls = fields.iter().map(|field| {
            let (name, binding, span) = (field.name(), &field.binding, syn::spanned::Spanned::span(field.kind));
            // rustc points at a type that is not a `Display`. Only the function has its span: a macro around the type would
            // hide the variables otherwise.
            let function = match field.optional() {
                Some(_) => quote_spanned!(span=> #private_path::log_option),
                None => quote_spanned!(span=> #private_path::log_field),
            };
            quote!(#function(#name, #binding, __visit);)
        });
        (!fields.is_empty()).then(|| quote!(#path { #(#patterns,)* .. } => { #(#calls)* }))
    });
    let log_fields: Vec<TokenStream> = log_fields.collect();
    let rest = (log_fields.len() < input.variants.len()).then(|| quote!(_ => {}));
    // Only an error that is passed on can have a contract that is not its entry's.
    let contract = input.variants.iter().any(|variant| variant.transparent().is_some()).then(|| {
        let retries =
            arms(input, |_, variant| Some(passed_on(krate, variant.transparent()?, &quote!(__retry), &quote!())));
        let bare = arms(input, |_, variant| match variant.transparent() {
            Some(field) => Some(passed_on(krate, field, &quote!(__is_bare), &quote!())),
            None => Some(quote!(false)),
        });
        let unanswerable = arms(input, |_, variant| {
            Some(passed_on(krate, variant.transparent()?, &quote!(__unanswerable), &quote!()))
        });
        quote! {
            fn __unanswerable(&self) -> ::core::option::Option<&dyn #krate::LiftError> {
                #unanswerable
            }

            fn __retry(&self) -> ::core::option::Option<#krate::Retry> {
                #retries
            }

            fn __is_bare(&self) -> bool {
                #bare
            }
        }
    });
    let log_fields = (!log_fields.is_empty()).then(|| {
        quote! {
            fn __log_fields(&self, __visit: &mut #private_path::VisitLogField<'_>) {
                match self {
                    #(#log_fields)*
                    #rest
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        #header {
            #[inline]
            fn entry(&self) -> #krate::Entry {
                #entries
            }

            fn parameter(&self, __parameter: #krate::Parameter) -> ::core::option::Option<#krate::Value<'_>> {
                #private::value_of(self, __parameter)
            }

            fn __parameter(&self, __number: u8) -> ::core::option::Option<#krate::Value<'_>> {
                #values
            }

            fn __log_facts(&self) -> #private_path::LogFacts {
                #names
            }

            #log_fields

            #contract

            fn known_cause(&self) -> ::core::option::Option<#krate::Cause> {
                #causes
            }

            fn field_errors(&self) -> ::core::option::Option<&#krate::FieldErrors> {
                #lists
            }
        }
    }
}

/// A call to the error in `field`. If it is not a `LiftError`, rustc points at the field's type. The variables keep the span of the
/// derive: with another one, a macro around the type would hide them.
fn passed_on(krate: &TokenStream, field: &Field<'_>, method: &TokenStream, arguments: &TokenStream) -> TokenStream {
    let (kind, inner) = (field.boxed_object().unwrap_or(field.kind), inner(field));
    let path = at(syn::spanned::Spanned::span(kind), &quote!(<#kind as #krate::LiftError>::#method));
    quote!(#path(#inner, #arguments))
}

/// The error of a transparent variant by reference, without the box around a `Box<dyn LiftError>`.
fn inner(field: &Field<'_>) -> TokenStream {
    if field.boxed_object().is_some() { quote!(&**__inner) } else { quote!(__inner) }
}

/// A `match` over the variants. Those for which `body` has nothing are `None`; one that passes an error
/// on binds it as `__inner`. A type without variants has no value to match.
fn arms(input: &Input<'_>, body: impl Fn(usize, &Variant<'_>) -> Option<TokenStream>) -> TokenStream {
    if input.variants.is_empty() {
        return quote!(match *self {});
    }
    let mut incomplete = false;
    let arms: Vec<TokenStream> = input
        .variants
        .iter()
        .enumerate()
        .filter_map(|(number, variant)| {
            let Some(body) = body(number, variant) else {
                incomplete = true;
                return None;
            };
            let path = &variant.path;
            let fields = variant.fields.iter().map(|field| {
                let (member, binding) = (&field.member, &field.binding);
                match field.role {
                    Role::Transparent { .. } => quote!(#member: __inner),
                    _ => quote!(#member: #binding),
                }
            });
            Some(quote!(#path { #(#fields),* } => #body,))
        })
        .collect();
    let rest = incomplete.then(|| quote!(_ => ::core::option::Option::None,));
    quote!(match self { #(#arms)* #rest })
}

/// The values of a variant's parameters by number; nothing for a variant without.
fn values(private: &TokenStream, number: usize, variant: &Variant<'_>) -> Option<TokenStream> {
    let constants = variant.attributes.constants.iter().enumerate().map(|(position, constant)| {
        let name = constant_name(number, position);
        let value = match &constant.value {
            ConstantValue::Expression(expression) => {
                constant_value(&marker(private, number, &constant.name), private, expression)
            }
            ConstantValue::Formatted(..) => quote!(#private::formatted(self, #name)),
        };
        quote!(if __number == #name { ::core::option::Option::Some(#value) })
    });
    let mut branches = variant
        .parameters()
        .map(|(field, name)| {
            let (constant, marker, binding) = (constant(number, field), marker(private, number, name), &field.binding);
            let value = |binding: &TokenStream, kind: &Type| value(private, field, &marker, binding, kind);
            let value = match field.optional() {
                Some(inner) => {
                    let value = value(&quote!(__value), inner);
                    quote!(match #binding {
                        ::core::option::Option::Some(__value) => ::core::option::Option::Some(#value),
                        ::core::option::Option::None => ::core::option::Option::None,
                    })
                }
                None => {
                    let value = value(&quote!(#binding), field.kind);
                    quote!(::core::option::Option::Some(#value))
                }
            };
            quote!(if __number == #constant { #value })
        })
        .chain(constants)
        .peekable();
    branches.peek()?;
    Some(quote!({ #(#branches else)* { ::core::option::Option::None } }))
}

/// A constant as a value. Its type is held against the parameter's at the constant's own place.
fn constant_value(marker: &TokenStream, private: &TokenStream, expression: &Expr) -> TokenStream {
    let span = syn::spanned::Spanned::span(expression);
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            let typed = quote_spanned!(span=> <&'static str as #private::Field<#marker>>::value);
            quote!(#typed(&#text))
        }
        // Every numeric parameter takes a `u32`, and those of 64 bits a `u64`.
        Expr::Lit(ExprLit { lit: Lit::Int(digits), .. }) if digits.suffix().is_empty() => {
            let is_short = digits.base10_parse::<u32>().is_ok();
            let kind = if is_short { quote_spanned!(span=> u32) } else { quote_spanned!(span=> u64) };
            let typed = quote_spanned!(span=> <#kind as #private::Field<#marker>>::value);
            quote!(#typed(&#digits))
        }
        _ => {
            let function = at(span, &quote!(#private::Field::<#marker>::value));
            quote_spanned!(span=> #function(&const { #expression }))
        }
    }
}

/// A field as a value. Its type is held against the parameter's at the field's own place.
fn value(
    private: &TokenStream,
    field: &Field<'_>,
    marker: &TokenStream,
    binding: &TokenStream,
    kind: &Type,
) -> TokenStream {
    // The type is written with the field's span, so that this is where rustc points.
    let typed = quote_spanned!(syn::spanned::Spanned::span(&field.kind)=> <#kind as #private::Field<#marker>>::value);
    quote!(#typed(#binding))
}

/// Writes the texts that are formatted from fields.
fn formatted(input: &Input<'_>, paths: &Paths) -> Option<TokenStream> {
    let private = &paths.private;
    let of_variants = input.variants.iter().enumerate().map(|(number, variant)| {
        let texts = variant.attributes.constants.iter().enumerate().filter_map(|(position, constant)| {
            let ConstantValue::Formatted(text, pieces) = &constant.value else { return None };
            Some((constant_name(number, position), arguments(variant, text, pieces)))
        });
        texts.collect::<Vec<_>>()
    });
    let of_variants: Vec<_> = of_variants.collect();
    if of_variants.iter().all(Vec::is_empty) {
        return None;
    }
    let header = header(input, paths, &quote!(#private::FormatParameter));
    let arms =
        input.variants.iter().zip(&of_variants).filter(|(_, texts)| !texts.is_empty()).map(|(variant, texts)| {
            let path = &variant.path;
            let fields = variant.fields.iter().map(|field| {
                let (member, binding) = (&field.member, &field.binding);
                quote!(#member: #binding)
            });
            let branches = texts.iter().map(|(name, arguments)| {
            quote!(if __number == #name { __formatter.write_fmt(::core::format_args!(#arguments)) } else)
        });
            quote!(#path { #(#fields),* } => #(#branches)* { ::core::result::Result::Ok(()) },)
        });
    let rest = of_variants.iter().any(Vec::is_empty).then(|| quote!(_ => ::core::result::Result::Ok(()),));
    Some(quote! {
        #[automatically_derived]
        #header {
            fn format_parameter(
                &self,
                __number: u8,
                __formatter: &mut ::core::fmt::Formatter<'_>,
            ) -> ::core::fmt::Result {
                match self {
                    #(#arms)*
                    #rest
                }
            }
        }
    })
}

/// The arguments of `format_args!`: the text, with the variables of the fields in the places.
fn arguments(variant: &Variant<'_>, text: &LitStr, pieces: &[Piece]) -> TokenStream {
    let (mut template, mut bindings) = (String::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Text(text) => template.push_str(text),
            Piece::Field { name, format } => {
                let Some(field) = variant.field(name) else { continue };
                template.push_str(&format!("{{{}{format}}}", field.binding));
                if !bindings.contains(&&field.binding) {
                    bindings.push(&field.binding);
                }
            }
        }
    }
    let template = LitStr::new(&template, text.span());
    quote!(#template, #(#bindings = #bindings),*)
}

fn display(input: &Input<'_>, paths: &Paths) -> TokenStream {
    let private = &paths.private;
    let header = header(input, paths, &quote!(::core::fmt::Display));
    let body = arms(input, |_, variant| {
        Some(match variant.transparent() {
            Some(_) => quote!(::core::fmt::Display::fmt(__inner, __formatter)),
            None => quote!(#private::display(self, __formatter)),
        })
    });
    quote! {
        #[automatically_derived]
        #header {
            fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #body
            }
        }
    }
}

fn error(input: &Input<'_>, paths: &Paths) -> TokenStream {
    let private = &paths.private;
    let header = header(input, paths, &quote!(::core::error::Error));
    let is_shown = |variant: &Variant<'_>| variant.source().is_some_and(|source| source.attributes.private.is_none());
    let import = input.variants.iter().any(is_shown).then(|| quote!(use #private::AsError as _;));
    let body = arms(input, |_, variant| {
        if let Some(field) = variant.transparent() {
            let inner = inner(field);
            return Some(quote!(::core::error::Error::source(#inner)));
        }
        let field = variant.source()?;
        let binding = &field.binding;
        let source = |binding: TokenStream| match field.attributes.private {
            Some(_) => {
                let kind = field.optional().unwrap_or(field.kind);
                quote!(#private::private_source::<#kind>())
            }
            None => quote_spanned!(field.span=> #binding.__lift_as_error()),
        };
        Some(match field.optional() {
            Some(_) => {
                let source = source(quote!(__source));
                quote!(match #binding {
                    ::core::option::Option::Some(__source) => ::core::option::Option::Some(#source),
                    ::core::option::Option::None => ::core::option::Option::None,
                })
            }
            None => {
                let source = source(quote!(#binding));
                quote!(::core::option::Option::Some(#source))
            }
        })
    });
    quote! {
        #[automatically_derived]
        #header {
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                #import
                #body
            }
        }
    }
}

/// The implementations that frameworks need for an error that handlers return. The runtime's features select them.
fn responses(input: &Input<'_>, paths: &Paths) -> TokenStream {
    let (private, kind) = (&paths.private, &input.derive.ident);
    let mut generics = bounded(input, paths);
    if !generics.params.is_empty() {
        let this = this(input);
        generics.make_where_clause().predicates.push(parse_quote!(#this: 'static));
    }
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote!(#private::response_traits!({ #parameters } { #kind #arguments } { #bounds });)
}

/// `From` for sources and for types that a function sorts.
fn conversions(input: &Input<'_>) -> TokenStream {
    let kind = &input.derive.ident;
    let (parameters, arguments, bounds) = input.derive.generics.split_for_impl();
    let of_fields = input.variants.iter().flat_map(|variant| variant.fields.iter().map(move |field| (variant, field)));
    let of_fields =
        of_fields.filter(|(_, field)| field.is_from() && !input.options.no_error).map(|(variant, field)| {
            let (from, path, member) = (field.kind, &variant.path, &field.member);
            let from = match field.optional() {
                Some(inner) => inner,
                None => from,
            };
            let value = if field.optional().is_some() {
                quote!(::core::option::Option::Some(__source))
            } else {
                quote!(__source)
            };
            quote! {
                #[automatically_derived]
                impl #parameters ::core::convert::From<#from> for #kind #arguments #bounds {
                    fn from(__source: #from) -> Self {
                        #path { #member: #value }
                    }
                }
            }
        });
    let of_functions = input.options.conversions.iter().map(|(from, function)| {
        quote! {
            #[automatically_derived]
            impl #parameters ::core::convert::From<#from> for #kind #arguments #bounds {
                fn from(__source: #from) -> Self {
                    #function(__source)
                }
            }
        }
    });
    quote!(#(#of_fields)* #(#of_functions)*)
}
