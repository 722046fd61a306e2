//! Checks that the attributes of a type fit together. Each message names the remedy.

use crate::ast::{Field, Input, Role, Variant, VariantKind, peeled};
use crate::canonical::CODES;
use crate::case::snake_case;
use crate::diagnostics::Diagnostics;
use crate::nearest::nearest;
use proc_macro2::Ident;
use quote::ToTokens;
use std::collections::HashSet;
use syn::{Data, Type};

/// Checks the whole type.
pub(crate) fn check(input: &Input<'_>, diagnostics: &Diagnostics) {
    if let Data::Union(data) = &input.derive.data {
        diagnostics.at(&data.union_token, "a union can't be an error; write an enum or a struct");
    }
    for variant in &input.variants {
        for field in &variant.fields {
            check_role(input, field, diagnostics);
        }
        check_kind(variant, diagnostics);
        check_codes(input, variant, diagnostics);
        check_fields(variant, diagnostics);
        check_constants(variant, diagnostics);
    }
    check_conversions(input, diagnostics);
}

/// A field has one role.
fn check_role(input: &Input<'_>, field: &Field<'_>, diagnostics: &Diagnostics) {
    let attributes = &field.attributes;
    if matches!(field.role, Role::Transparent { .. }) {
        check_transparent(field, diagnostics);
        return;
    }
    let is_source = attributes.from.is_some() || attributes.source.is_some();
    let others = [attributes.parameter.is_some(), attributes.skip.is_some(), attributes.field_errors.is_some()];
    let roles = others.into_iter().chain([attributes.log.is_some(), is_source]);
    if roles.filter(|role| *role).count() > 1 {
        diagnostics.span(
            field.span,
            "a field can have one of `#[from]` or `#[source]`, `param`, `field_errors`, `log`, `skip`; keep one of them",
        );
    }
    if let (Some(span), false) = (attributes.private, matches!(field.role, Role::Source { .. })) {
        diagnostics.span(
            span,
            "`private` belongs to a source; mark the field with `#[source]` or `#[from]`, or remove `private`",
        );
    } else if let (Some(span), true) = (attributes.private, input.options.no_error) {
        diagnostics.span(
            span,
            "`private` needs the `source()` of this derive, and with `no_error` another one shows the source; remove one of the two",
        );
    }
    if matches!(field.role, Role::Unknown) && !attributes.faulty {
        diagnostics.span(field.span, "missing attribute: write `#[from]` or `#[source]` for a source, `#[lift(param = …)]` for a parameter, `#[lift(field_errors)]` for field errors, `#[lift(log)]` for the log, `#[lift(skip)]` for none of them");
    }
}

/// The field of a transparent variant passes its error on as it is.
fn check_transparent(field: &Field<'_>, diagnostics: &Diagnostics) {
    let attributes = &field.attributes;
    let parameter = attributes.parameter.as_ref().map(Ident::span);
    let keys = [
        ("param", parameter),
        ("skip", attributes.skip),
        ("field_errors", attributes.field_errors),
        ("log", attributes.log),
        ("private", attributes.private),
    ];
    for (key, span) in keys {
        if let Some(span) = span {
            diagnostics.span(
                span,
                format!("the field of a transparent variant is the error that it passes on; remove `{key}`"),
            );
        }
    }
}

/// A variant names its entry, or passes on an error that has one.
fn check_kind(variant: &Variant<'_>, diagnostics: &Diagnostics) {
    let attributes = &variant.attributes;
    match (&variant.kind, attributes.transparent) {
        (_, Some(span)) => {
            if attributes.code.is_some() || attributes.cause.is_some() {
                diagnostics.span(span, "a transparent variant has the code and the cause of its field; remove `transparent`, or `code` and `cause`");
            }
            if let (Some(catalog), None) = (&attributes.catalog, &attributes.codes) {
                diagnostics.at(catalog, "a transparent variant has the catalogue of its field; remove `catalog`");
            }
            if let Some(constant) = attributes.constants.first() {
                diagnostics.at(
                    &constant.name,
                    format!("a transparent variant has the parameters of its field; remove `{}`", constant.name),
                );
            }
            if variant.fields.len() != 1 {
                diagnostics.span(span, "a transparent variant has exactly one field, the error that it passes on");
            }
        }
        (_, None) if attributes.codes.is_some() => {
            let first = attributes.codes.iter().flatten().next();
            diagnostics.span(first.map_or(variant.span, Ident::span), "`codes` lists what the field of a transparent variant can have; write `transparent, codes = […]`, or `code = …`");
        }
        (VariantKind::Unknown, None) if !attributes.faulty => {
            diagnostics.span(variant.span, "missing `code`; add `#[lift(code = …)]` with the code of an entry, such as `#[lift(code = not_found)]`, or `#[lift(transparent)]` if the field is a `LiftError`");
        }
        _ => {}
    }
}

/// A code is in snake_case. One of the canonical catalogue is known here; one of another catalogue is looked up by rustc.
fn check_codes(input: &Input<'_>, variant: &Variant<'_>, diagnostics: &Diagnostics) {
    let is_canonical = input.options.catalog.is_none() && variant.attributes.catalog.is_none();
    if let VariantKind::Entry { code, .. } = &variant.kind {
        check_code(code, is_canonical, diagnostics);
    }
    for code in variant.attributes.codes.iter().flatten() {
        check_code(code, is_canonical, diagnostics);
    }
}

fn check_code(code: &Ident, is_canonical: bool, diagnostics: &Diagnostics) {
    let (written, snake) = (code.to_string(), snake_case(&code.to_string()));
    if written != snake {
        let near = if is_canonical { nearest(&snake, CODES.iter().copied()).unwrap_or(&snake) } else { &snake };
        diagnostics
            .span(code.span(), format!("`{written}` is not a code; codes are in snake_case: write `code = {near}`"));
    } else if is_canonical && !CODES.contains(&written.as_str()) {
        let remedy = match nearest(&written, CODES.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "if it is a code of another catalogue, write `#[lift(catalog = …, code = {written})]` with the path of that catalogue's module"
            ),
        };
        diagnostics.span(code.span(), format!("`{written}` is not a code of the catalogue `lift`; {remedy}"));
    }
}

/// No two fields of a variant have the same role, if only one can have it.
fn check_fields(variant: &Variant<'_>, diagnostics: &Diagnostics) {
    let mut parameters = HashSet::new();
    let (mut sources, mut lists) = (0, 0);
    for field in &variant.fields {
        match &field.role {
            // What a text mentions fills no parameter, unless the entry has one of its name, as another field says here.
            Role::Parameter(name) | Role::Mentioned(name) => {
                if !parameters.insert(name.to_string()) {
                    diagnostics.span(
                        name.span(),
                        format!("two fields fill the parameter `{name}`; give one `#[lift(skip)]`, in place of its `param` if it has one"),
                    );
                }
            }
            Role::Source { from } => {
                sources += 1;
                if sources > 1 {
                    diagnostics.span(
                        field.span,
                        "a second source; an error has one: give the other `#[lift(skip)]` in place of its attribute",
                    );
                }
                if *from && variant.fields.len() > 1 {
                    diagnostics.span(field.span, "`#[from]` can't fill the other fields; write `#[source]` and construct the error yourself, or write `#[lift(from = Type, from_with = function)]` on the type");
                }
            }
            Role::FieldErrors => {
                lists += 1;
                if lists > 1 {
                    diagnostics.span(field.span, "a second list of field errors; put all of them into one");
                }
            }
            Role::Transparent { .. } | Role::Logged | Role::Skipped | Role::Unknown => {}
        }
    }
}

/// A parameter is filled once, and a formatted text names fields.
fn check_constants(variant: &Variant<'_>, diagnostics: &Diagnostics) {
    let fields: Vec<String> = variant.fields.iter().map(Field::name).collect();
    for constant in &variant.attributes.constants {
        let name = &constant.name;
        let is_filled = |field: &&Field<'_>| matches!(&field.role, Role::Parameter(filled) if filled == name);
        if let Some(field) = variant.fields.iter().find(is_filled) {
            diagnostics.span(
                field.span,
                format!("the attribute fills the parameter `{name}` already; remove one, or mark the field with `#[lift(skip)]`"),
            );
        }
        constant.check(&fields, diagnostics);
    }
}

/// `From` can be implemented once for a type.
fn check_conversions(input: &Input<'_>, diagnostics: &Diagnostics) {
    let mut seen = HashSet::new();
    for kind in conversions(input) {
        if !seen.insert(peeled(kind).to_token_stream().to_string()) {
            diagnostics.at(
                kind,
                "two conversions from one type: `?` could not choose; write `#[source]` for one, or pick the variant in a function: `#[lift(from = Type, from_with = function)]`",
            );
        }
    }
}

/// Each type that the input is converted from.
fn conversions<'a>(input: &'a Input<'_>) -> impl Iterator<Item = &'a Type> {
    let fields = input.variants.iter().flat_map(|variant| &variant.fields);
    let of_fields = fields.filter(|field| field.is_from()).map(|field| field.kind);
    input.options.conversions.iter().map(|(from, _)| from).chain(of_fields)
}
