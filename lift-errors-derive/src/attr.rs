//! `#[lift(…)]` and `#[catalog(…)]`: keys and values, as they were written. This module knows which keys each place has; whether
//! they fit together is checked by `valid`.

use crate::constant::Constant;
use crate::diagnostics::Diagnostics;
use crate::nearest::nearest;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Path, Type};

/// The attributes of a type.
#[derive(Default)]
pub(crate) struct OnType {
    pub(crate) catalog: Option<Path>,
    pub(crate) krate: Option<Path>,
    pub(crate) no_display: bool,
    pub(crate) no_error: bool,
    pub(crate) no_response: bool,
    pub(crate) client: bool,
    /// Types with the functions that convert from them: `from = Type, from_with = function`.
    pub(crate) conversions: Vec<(Type, Path)>,
}

/// The attributes of a variant, or of the struct itself.
#[derive(Default)]
pub(crate) struct OnVariant {
    pub(crate) catalog: Option<Path>,
    pub(crate) code: Option<Ident>,
    pub(crate) cause: Option<Ident>,
    pub(crate) transparent: Option<Span>,
    /// The codes that the error of a transparent variant can have.
    pub(crate) codes: Option<Vec<Ident>>,
    /// The severity in place of the entry's.
    pub(crate) severity: Option<Ident>,
    /// The parameters that are filled here.
    pub(crate) constants: Vec<Constant>,
    /// An attribute could not be read, which was reported.
    pub(crate) faulty: bool,
}

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct OnField {
    pub(crate) parameter: Option<Ident>,
    pub(crate) skip: Option<Span>,
    pub(crate) field_errors: Option<Span>,
    pub(crate) log: Option<Span>,
    pub(crate) private: Option<Span>,
    pub(crate) from: Option<Span>,
    pub(crate) source: Option<Span>,
    /// An attribute could not be read, which was reported.
    pub(crate) faulty: bool,
}

/// The keys at each place.
const TYPE_KEYS: &[&str] =
    &["catalog", "client", "crate", "from", "from_with", "no_display", "no_error", "no_response"];
const VARIANT_KEYS: &[&str] = &["catalog", "cause", "code", "codes", "severity", "transparent"];
const FIELD_KEYS: &[&str] = &["field_errors", "log", "param", "private", "skip"];

/// Calls `read` for each key of each `#[lift(…)]`. Returns whether all attributes could be read; an error in one does not affect
/// the others.
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
    let keys: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
    let keys = keys.join(", ");
    let places = [("type", TYPE_KEYS), ("variant", VARIANT_KEYS), ("field", FIELD_KEYS)];
    let place = places.into_iter().find(|(_, keys)| keys.contains(&key));
    let message = match (place, nearest(key, known.iter().copied())) {
        (Some((place, _)), _) => {
            format!("unknown key `{key}`; the keys here are {keys}; `{key}` belongs to the {place}")
        }
        (None, Some(nearest)) => format!("unknown key `{key}`; did you mean `{nearest}`? the keys here are {keys}"),
        (None, None) => format!("unknown key `{key}`; the keys here are {keys}"),
    };
    at_key(meta, message)
}

/// An error at the key alone.
fn at_key(meta: &ParseNestedMeta<'_>, message: impl std::fmt::Display) -> syn::Error {
    syn::Error::new(meta.path.span(), message)
}

/// The key as a message names it.
fn key(meta: &ParseNestedMeta<'_>) -> String {
    written(&meta.path)
}

/// A path without the blanks that tokens have.
fn written(path: &impl ToTokens) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

/// Sets `slot`, which must be empty.
fn once<T>(slot: &mut Option<T>, meta: &ParseNestedMeta<'_>, value: T) -> syn::Result<()> {
    if slot.replace(value).is_some() {
        return Err(at_key(meta, format!("duplicate key `{}`; remove one of the two", key(meta))));
    }
    Ok(())
}

/// The place of a key that has no value.
fn flag(meta: &ParseNestedMeta<'_>) -> syn::Result<Span> {
    if meta.input.peek(syn::Token![=]) || meta.input.peek(syn::token::Paren) {
        return Err(at_key(meta, format!("`{0}` does not take a value; write `{0}` alone", key(meta))));
    }
    Ok(meta.path.span())
}

/// The value after `=`; `example` is a whole correct line.
fn value<'a>(meta: &ParseNestedMeta<'a>, example: &str) -> syn::Result<ParseStream<'a>> {
    meta.value().map_err(|_| at_key(meta, format!("missing value of `{}`; write for example `{example}`", key(meta))))
}

/// A path or a type, without quotation marks.
fn parsed<T: Parse + ToTokens>(meta: &ParseNestedMeta<'_>, kind: &str, example: &str) -> syn::Result<T> {
    let value = value(meta, example)?;
    if value.peek(syn::LitStr) {
        let text: syn::LitStr = value.parse()?;
        let message = match text.parse::<T>() {
            Ok(inner) => format!("write {kind} without quotation marks: `{} = {}`", key(meta), written(&inner)),
            Err(_) => format!("expected {kind}, such as `{example}`"),
        };
        return Err(syn::Error::new(text.span(), message));
    }
    value.parse().map_err(|error| syn::Error::new(error.span(), format!("expected {kind}, such as `{example}`")))
}

fn identifier(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<Ident> {
    let value = value(meta, example)?;
    if value.peek(syn::LitStr) {
        let text: syn::LitStr = value.parse()?;
        let message = match text.parse::<Ident>() {
            Ok(name) => format!("write the name without quotation marks: `{} = {name}`", key(meta)),
            Err(_) => format!("expected a name, such as `{example}`"),
        };
        return Err(syn::Error::new(text.span(), message));
    }
    if value.peek(syn::Token![::]) || (value.peek(syn::Ident::peek_any) && value.peek2(syn::Token![::])) {
        let path: Path = value.parse()?;
        return Err(syn::Error::new_spanned(&path, name_alone(meta, &path)));
    }
    value.parse().map_err(|error| syn::Error::new(error.span(), format!("expected a name, such as `{example}`")))
}

/// A list of names: `codes = [not_found, conflict]`.
fn names(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<Ident>> {
    let example = "codes = [not_found, conflict]";
    let list = value(meta, example)?;
    let place = list.span();
    let expected = |span| syn::Error::new(span, format!("expected a list of codes, such as `{example}`"));
    if !list.peek(syn::token::Bracket) {
        return Err(expected(place));
    }
    let inside;
    syn::bracketed!(inside in list);
    let names = Punctuated::<Ident, syn::Token![,]>::parse_terminated(&inside);
    let names = names.map_err(|error| expected(error.span()))?;
    if names.is_empty() { Err(expected(place)) } else { Ok(names.into_iter().collect()) }
}

/// A severity as the catalogue writes it; the result is the name of its variant.
fn severity(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    const SEVERITIES: [(&str, &str); 4] =
        [("info", "Info"), ("warning", "Warning"), ("error", "Error"), ("critical", "Critical")];
    let example = "severity = \"info\"";
    let expected = "expected `\"info\"`, `\"warning\"`, `\"error\"` or `\"critical\"`";
    let text: syn::LitStr = value(meta, example)?
        .parse()
        .map_err(|error| syn::Error::new(error.span(), format!("{expected}, such as `{example}`")))?;
    let found = SEVERITIES.iter().find(|(name, _)| *name == text.value());
    found.map(|(_, variant)| Ident::new(variant, text.span())).ok_or_else(|| {
        let near = nearest(&text.value(), SEVERITIES.iter().map(|(name, _)| *name));
        let remedy = near.map_or_else(|| expected.to_owned(), |near| format!("did you mean `\"{near}\"`?"));
        syn::Error::new(text.span(), format!("`{}` is not a severity; {remedy}", text.value()))
    })
}

/// The message for a path where a name belongs. A path of a code names its catalogue, too.
fn name_alone(meta: &ParseNestedMeta<'_>, path: &Path) -> String {
    let Some(name) = path.segments.last().map(|last| &last.ident) else { return "expected a name".to_owned() };
    let whole = written(path);
    let catalog = whole.strip_suffix(&format!("::{name}")).unwrap_or_default();
    match (meta.path.is_ident("code"), catalog) {
        (true, catalog) if !catalog.is_empty() => {
            format!("`code` takes a name alone; write `#[lift(catalog = {catalog}, code = {name})]`")
        }
        _ => format!("`{0}` takes a name alone; write `{0} = {name}`", key(meta)),
    }
}

/// The module of a catalogue.
fn module(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    parsed(meta, "the path of the catalogue's module", "catalog = onboarding")
}

/// The path of `lift_errors`.
fn runtime(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    parsed(meta, "a path", "crate = lift_errors")
}

impl OnType {
    /// Reads the attributes of a type. A struct's are also those of its one variant.
    pub(crate) fn parse(attributes: &[Attribute], is_struct: bool, diagnostics: &Diagnostics) -> (Self, OnVariant) {
        let (mut on_type, mut on_variant) = (Self::default(), OnVariant::default());
        let known: Vec<&str> = if is_struct {
            let of_variants = VARIANT_KEYS.iter().filter(|key| !TYPE_KEYS.contains(key));
            TYPE_KEYS.iter().chain(of_variants).copied().collect()
        } else {
            TYPE_KEYS.to_vec()
        };
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("lift")) {
            let (mut from, mut from_with) = (None, None);
            let read = |meta: &ParseNestedMeta<'_>, key: &str| {
                match key {
                    "catalog" => once(&mut on_type.catalog, meta, module(meta)?)?,
                    "crate" => once(&mut on_type.krate, meta, runtime(meta)?)?,
                    "no_display" | "no_error" | "no_response" | "client" => {
                        flag(meta)?;
                        match key {
                            "no_display" => on_type.no_display = true,
                            "no_error" => on_type.no_error = true,
                            "no_response" => on_type.no_response = true,
                            _ => on_type.client = true,
                        }
                    }
                    "from" => once(&mut from, meta, parsed::<Type>(meta, "a type", "from = sqlx::Error")?)?,
                    "from_with" => {
                        let function = parsed::<Path>(meta, "the path of a function", "from_with = classify")?;
                        once(&mut from_with, meta, function)?;
                    }
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
            "catalog" => once(&mut self.catalog, meta, module(meta)?)?,
            "code" => once(&mut self.code, meta, identifier(meta, "code = not_found")?)?,
            "cause" => once(&mut self.cause, meta, identifier(meta, "cause = wrong_credentials")?)?,
            "severity" => once(&mut self.severity, meta, severity(meta)?)?,
            "codes" => once(&mut self.codes, meta, names(meta)?)?,
            "transparent" => once(&mut self.transparent, meta, flag(meta)?)?,
            _ => return self.read_constant(meta, key),
        }
        Ok(true)
    }

    /// Reads `parameter = value`. Which parameters there are is known to rustc only; a misspelt key is told from one by
    /// its value, a lowercase name.
    fn read_constant(&mut self, meta: &ParseNestedMeta<'_>, key: &str) -> syn::Result<bool> {
        let is_key = TYPE_KEYS.iter().chain(FIELD_KEYS).any(|known| *known == key);
        let Some(name) = meta.path.get_ident() else { return Ok(false) };
        let near = nearest(key, VARIANT_KEYS.iter().copied()).is_some();
        if is_key || !meta.input.peek(syn::Token![=]) {
            if is_key || near {
                return Ok(false);
            }
            let keys = VARIANT_KEYS.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            let message =
                format!("unknown key `{key}`; the keys here are {keys}; a parameter has a value: `{key} = …`");
            return Err(at_key(meta, message));
        }
        let value: Expr = meta.value()?.parse().map_err(|error| {
            let example = format!("`{key} = \"Manager\"` or `{key} = \"order {{number}}\"`");
            syn::Error::new(error.span(), format!("expected the value of the parameter `{key}`, such as {example}"))
        })?;
        let value = ungrouped(value);
        if near && is_name(&value) {
            return Ok(false);
        }
        if self.constants.iter().any(|constant| constant.name == *name) {
            return Err(at_key(meta, format!("duplicate parameter `{key}`; remove one of the two")));
        }
        self.constants.push(Constant::new(name.clone(), value)?);
        Ok(true)
    }
}

/// The expression without the invisible group that a macro puts around what it was given.
fn ungrouped(value: Expr) -> Expr {
    match value {
        Expr::Group(group) => ungrouped(*group.expr),
        value => value,
    }
}

/// Whether a value is a name, as those of codes, causes and modules are; constants are in capitals.
fn is_name(value: &Expr) -> bool {
    matches!(value, Expr::Path(path) if path.path.segments.iter().all(|segment| {
        segment.ident.to_string().chars().all(|letter| !letter.is_uppercase())
    }))
}

impl OnField {
    pub(crate) fn parse(attributes: &[Attribute], diagnostics: &Diagnostics) -> Self {
        let mut field = Self::default();
        let read = |meta: &ParseNestedMeta<'_>, key: &str| {
            match key {
                "param" => once(&mut field.parameter, meta, identifier(meta, "param = resource")?)?,
                "skip" => once(&mut field.skip, meta, flag(meta)?)?,
                "log" => once(&mut field.log, meta, flag(meta)?)?,
                "private" => once(&mut field.private, meta, flag(meta)?)?,
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

/// The values of `#[catalog(…)]`.
#[cfg(feature = "catalog")]
#[derive(Default)]
pub(crate) struct OnCatalog {
    pub(crate) path: Option<syn::LitStr>,
    pub(crate) krate: Option<Path>,
    /// An attribute could not be read, which was reported.
    pub(crate) faulty: bool,
}

#[cfg(feature = "catalog")]
impl OnCatalog {
    pub(crate) fn parse(attributes: &[Attribute], diagnostics: &Diagnostics) -> Self {
        let mut catalog = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("catalog")) {
            let parsed = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("path") {
                    once(&mut catalog.path, &meta, file(&meta)?)
                } else if meta.path.is_ident("crate") {
                    once(&mut catalog.krate, &meta, runtime(&meta)?)
                } else {
                    Err(unknown(&meta, &written(&meta.path), &["crate", "path"]))
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

/// The path of a catalogue's file.
#[cfg(feature = "catalog")]
fn file(meta: &ParseNestedMeta<'_>) -> syn::Result<syn::LitStr> {
    let example = "path = \"catalog/catalog.toml\"";
    value(meta, example)?.parse().map_err(|error| {
        syn::Error::new(error.span(), format!("expected a path in quotation marks, such as `{example}`"))
    })
}
