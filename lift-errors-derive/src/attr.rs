//! `#[lift(…)]`: keys and values, as they were written. It knows which keys there are at each place, and
//! not whether they fit together.

use crate::diagnostics::Diagnostics;
use proc_macro2::{Ident, Span};
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Path, Type};

/// What a type says.
#[derive(Default)]
pub(crate) struct OnType {
    pub(crate) catalog: Option<Path>,
    pub(crate) krate: Option<Path>,
    pub(crate) no_display: bool,
    pub(crate) no_error: bool,
    pub(crate) no_response: bool,
    pub(crate) client: bool,
    /// The types that functions convert: `from = Type, from_with = function`.
    pub(crate) conversions: Vec<(Type, Path)>,
}

/// What a variant says, or the struct itself.
#[derive(Default)]
pub(crate) struct OnVariant {
    pub(crate) code: Option<Ident>,
    pub(crate) cause: Option<Ident>,
    pub(crate) transparent: Option<Span>,
    /// An attribute could not be read, and that was reported.
    pub(crate) faulty: bool,
}

/// What a field says.
#[derive(Default)]
pub(crate) struct OnField {
    pub(crate) parameter: Option<Ident>,
    pub(crate) skip: Option<Span>,
    pub(crate) field_errors: Option<Span>,
    pub(crate) from: Option<Span>,
    pub(crate) source: Option<Span>,
    /// An attribute could not be read, and that was reported.
    pub(crate) faulty: bool,
}

/// The keys at each place.
const TYPE_KEYS: &[&str] =
    &["catalog", "client", "crate", "from", "from_with", "no_display", "no_error", "no_response"];
const VARIANT_KEYS: &[&str] = &["cause", "code", "transparent"];
const FIELD_KEYS: &[&str] = &["field_errors", "param", "skip"];

/// Calls `read` for each key of each `#[lift(…)]`, and says whether all could be read; what goes wrong in one attribute leaves the others alone.
fn keys(
    attributes: &[Attribute],
    diagnostics: &Diagnostics,
    mut read: impl FnMut(&ParseNestedMeta<'_>, &str) -> syn::Result<bool>,
    known: &[&str],
) -> bool {
    let mut good = true;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("lift")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
            if read(&meta, &key)? { Ok(()) } else { Err(unknown(&meta, &key, known)) }
        });
        if let Err(error) = parsed {
            diagnostics.add(error);
            good = false;
        }
    }
    good
}

fn unknown(meta: &ParseNestedMeta<'_>, key: &str, known: &[&str]) -> syn::Error {
    let listed: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
    let elsewhere = [("type", TYPE_KEYS), ("variant", VARIANT_KEYS), ("field", FIELD_KEYS)]
        .into_iter()
        .find(|(_, keys)| keys.contains(&key))
        .map(|(place, _)| format!("; `{key}` belongs to the {place}"))
        .unwrap_or_default();
    meta.error(format!("unknown key `{key}`; the keys here are {}{elsewhere}", listed.join(", ")))
}

/// Sets `place` once.
fn once<T>(place: &mut Option<T>, meta: &ParseNestedMeta<'_>, value: T) -> syn::Result<()> {
    if place.replace(value).is_some() {
        return Err(meta.error("this key is there twice; remove one of the two"));
    }
    Ok(())
}

/// The place of a key that stands alone.
fn flag(meta: &ParseNestedMeta<'_>) -> syn::Result<Span> {
    if meta.input.peek(syn::Token![=]) || meta.input.peek(syn::token::Paren) {
        return Err(meta.error("this key has no value; write it alone"));
    }
    Ok(meta.path.span())
}

fn identifier(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<Ident> {
    let value = meta.value().map_err(|_| meta.error(format!("this key needs a name, such as `{example}`")))?;
    if value.peek(syn::Ident) && value.peek2(syn::Token![::]) {
        return Err(value.error(format!(
            "write the name alone, such as `{example}`; the catalogue's path stands on the type: `#[lift(catalog = path)]`"
        )));
    }
    if value.peek(syn::LitStr) {
        let text: syn::LitStr = value.parse()?;
        return Err(syn::Error::new(
            text.span(),
            format!("write the name without quotation marks, such as `{example}`"),
        ));
    }
    value.parse().map_err(|error| syn::Error::new(error.span(), format!("expected a name, such as `{example}`")))
}

impl OnType {
    /// Reads the attributes of a type. A struct's are those of a variant as well.
    pub(crate) fn parse(attributes: &[Attribute], is_struct: bool, diagnostics: &Diagnostics) -> (Self, OnVariant) {
        let (mut on_type, mut on_variant) = (Self::default(), OnVariant::default());
        let known: Vec<&str> = TYPE_KEYS.iter().chain(if is_struct { VARIANT_KEYS } else { &[] }).copied().collect();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("lift")) {
            let (mut from, mut from_with) = (None, None);
            let read = |meta: &ParseNestedMeta<'_>, key: &str| {
                match key {
                    "catalog" => once(&mut on_type.catalog, meta, meta.value()?.parse()?)?,
                    "crate" => once(&mut on_type.krate, meta, meta.value()?.parse()?)?,
                    "no_display" | "no_error" | "no_response" | "client" => {
                        flag(meta)?;
                        match key {
                            "no_display" => on_type.no_display = true,
                            "no_error" => on_type.no_error = true,
                            "no_response" => on_type.no_response = true,
                            _ => on_type.client = true,
                        }
                    }
                    "from" => once(&mut from, meta, meta.value()?.parse::<Type>()?)?,
                    "from_with" => once(&mut from_with, meta, meta.value()?.parse::<Path>()?)?,
                    _ => return if is_struct { on_variant.read(meta, key) } else { Ok(false) },
                }
                Ok(true)
            };
            let good = keys(std::slice::from_ref(attribute), diagnostics, read, &known);
            on_variant.faulty |= !good;
            match (from, from_with) {
                (Some(from), Some(with)) => on_type.conversions.push((from, with)),
                (None, None) => {}
                _ => diagnostics.at(
                    attribute,
                    "`from` and `from_with` go together: `#[lift(from = sqlx::Error, from_with = classify)]`",
                ),
            }
        }
        (on_type, on_variant)
    }
}

impl OnVariant {
    pub(crate) fn parse(attributes: &[Attribute], diagnostics: &Diagnostics) -> Self {
        let mut variant = Self::default();
        variant.faulty = !keys(attributes, diagnostics, |meta, key| variant.read(meta, key), VARIANT_KEYS);
        variant
    }

    fn read(&mut self, meta: &ParseNestedMeta<'_>, key: &str) -> syn::Result<bool> {
        match key {
            "code" => once(&mut self.code, meta, identifier(meta, "code = not_found")?)?,
            "cause" => once(&mut self.cause, meta, identifier(meta, "cause = wrong_credentials")?)?,
            "transparent" => once(&mut self.transparent, meta, flag(meta)?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl OnField {
    pub(crate) fn parse(attributes: &[Attribute], diagnostics: &Diagnostics) -> Self {
        let mut field = Self::default();
        let read = |meta: &ParseNestedMeta<'_>, key: &str| {
            match key {
                "param" => once(&mut field.parameter, meta, identifier(meta, "param = resource")?)?,
                "skip" => once(&mut field.skip, meta, flag(meta)?)?,
                "field_errors" => once(&mut field.field_errors, meta, flag(meta)?)?,
                _ => return Ok(false),
            }
            Ok(true)
        };
        field.faulty = !keys(attributes, diagnostics, read, FIELD_KEYS);
        for attribute in attributes {
            if attribute.path().is_ident("from") {
                field.from = Some(attribute.path().span());
            } else if attribute.path().is_ident("source") {
                field.source = Some(attribute.path().span());
            }
        }
        field
    }
}

/// What `#[catalog(…)]` says.
#[cfg(feature = "catalog")]
#[derive(Default)]
pub(crate) struct OnCatalog {
    pub(crate) path: Option<syn::LitStr>,
    pub(crate) krate: Option<Path>,
    /// An attribute could not be read, and that was reported.
    pub(crate) faulty: bool,
}

#[cfg(feature = "catalog")]
impl OnCatalog {
    pub(crate) fn parse(attributes: &[Attribute], diagnostics: &Diagnostics) -> Self {
        let mut catalog = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("catalog")) {
            let parsed = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("path") {
                    once(&mut catalog.path, &meta, meta.value()?.parse()?)
                } else if meta.path.is_ident("crate") {
                    once(&mut catalog.krate, &meta, meta.value()?.parse()?)
                } else {
                    Err(meta.error("unknown key; the keys here are `path`, `crate`"))
                }
            });
            if let Err(error) = parsed {
                diagnostics.add(error);
                catalog.faulty = true;
            }
        }
        catalog
    }
}
