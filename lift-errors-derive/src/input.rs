//! The type as the derive sees it: variants with their entry, fields with what they are for.

use crate::attribute::{OnField, OnType, OnVariant};
use crate::fault::Faults;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use std::collections::HashMap;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, GenericArgument, Member, PathArguments, Type};

/// The whole type.
pub(crate) struct Input<'a> {
    pub(crate) derive: &'a DeriveInput,
    pub(crate) options: OnType,
    pub(crate) variants: Vec<Variant<'a>>,
}

/// A variant, or the struct itself.
pub(crate) struct Variant<'a> {
    /// Where faults of the whole variant are shown.
    pub(crate) span: Span,
    /// `Self::Name`, or `Self`.
    pub(crate) path: TokenStream,
    pub(crate) kind: VariantKind,
    pub(crate) fields: Vec<Field<'a>>,
}

/// What a variant stands for.
pub(crate) enum VariantKind {
    /// An occurrence of an entry, with the actual cause where it is known.
    Entry { code: Ident, cause: Option<Ident> },
    /// A canonical error, passed on as it is.
    Transparent,
    /// Nothing: a fault was reported.
    Faulty,
}

/// A field, by name or place.
pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    /// What patterns call it.
    pub(crate) binding: Ident,
    pub(crate) span: Span,
    pub(crate) kind: &'a Type,
    pub(crate) role: Role,
}

/// What a field is for.
pub(crate) enum Role {
    /// Fills the parameter with this name.
    Parameter(Ident),
    FieldErrors,
    /// The error behind this one, and whether `From` takes it in.
    Source {
        from: bool,
    },
    /// The canonical error of a transparent variant, and whether `From` takes it in.
    Transparent {
        from: bool,
    },
    Skipped,
}

impl<'a> Input<'a> {
    /// Reads the type; what is wrong with it goes into `faults`.
    pub(crate) fn parse(derive: &'a DeriveInput, faults: &Faults) -> Self {
        let is_struct = matches!(derive.data, Data::Struct(_));
        let (options, on_struct) = OnType::parse(&derive.attrs, is_struct, faults);
        let variants = match &derive.data {
            Data::Struct(data) => {
                vec![Variant::parse(derive.ident.span(), quote!(Self), on_struct, &data.fields, faults)]
            }
            Data::Enum(data) => data
                .variants
                .iter()
                .map(|variant| {
                    let name = &variant.ident;
                    let attributes = OnVariant::parse(&variant.attrs, faults);
                    Variant::parse(name.span(), quote!(Self::#name), attributes, &variant.fields, faults)
                })
                .collect(),
            Data::Union(data) => {
                faults.at(&data.union_token, "a union can't be an error; write an enum or a struct");
                Vec::new()
            }
        };
        let input = Self { derive, options, variants };
        input.check_conversions(faults);
        input
    }

    /// Every type that is converted from, with its place.
    fn conversions(&self) -> impl Iterator<Item = &Type> {
        let of_fields = self
            .variants
            .iter()
            .flat_map(|variant| &variant.fields)
            .filter(|field| field.is_from())
            .map(|field| field.kind);
        self.options.conversions.iter().map(|(from, _)| from).chain(of_fields)
    }

    /// `From` can be implemented once for a type.
    fn check_conversions(&self, faults: &Faults) {
        let mut seen = HashMap::new();
        for kind in self.conversions() {
            let name = peeled(kind).to_token_stream().to_string();
            if seen.insert(name, ()).is_some() {
                faults.at(
                    kind,
                    "two conversions from one type: `?` could not choose; write `#[source]` for one, or pick the variant in a function: `#[lift(from = Type, from_with = function)]`",
                );
            }
        }
    }
}

impl<'a> Variant<'a> {
    fn parse(span: Span, path: TokenStream, attributes: OnVariant, fields: &'a Fields, faults: &Faults) -> Self {
        let transparent = attributes.transparent.is_some();
        let fields: Vec<Field<'a>> =
            fields.iter().enumerate().map(|(place, field)| Field::parse(place, field, transparent, faults)).collect();
        let kind = Self::kind(span, attributes, &fields, faults);
        let variant = Self { span, path, kind, fields };
        variant.check_fields(faults);
        variant
    }

    fn kind(span: Span, attributes: OnVariant, fields: &[Field<'_>], faults: &Faults) -> VariantKind {
        match (attributes.transparent, attributes.code) {
            (Some(place), code) => {
                if code.is_some() || attributes.cause.is_some() {
                    faults.span(place, "a transparent variant has the code and the cause of its field; remove `transparent`, or `code` and `cause`");
                }
                if fields.len() != 1 {
                    faults.span(place, "a transparent variant has one field, the canonical error that it passes on");
                }
                VariantKind::Transparent
            }
            (None, Some(code)) => VariantKind::Entry { code, cause: attributes.cause },
            (None, None) if attributes.faulty => VariantKind::Faulty,
            (None, None) => {
                faults.span(span, "no entry explains this; add `#[lift(code = …)]` with the code of an entry, or `#[lift(transparent)]`");
                VariantKind::Faulty
            }
        }
    }

    fn check_fields(&self, faults: &Faults) {
        let mut parameters = HashMap::new();
        let (mut sources, mut lists) = (0, 0);
        for field in &self.fields {
            match &field.role {
                Role::Parameter(name) => {
                    if parameters.insert(name.to_string(), ()).is_some() {
                        faults.span(
                            name.span(),
                            format!("two fields fill the parameter `{name}`; mark one with `#[lift(skip)]`"),
                        );
                    }
                }
                Role::Source { from } => {
                    sources += 1;
                    if sources > 1 {
                        faults
                            .span(field.span, "a second source; an error has one, mark the other with `#[lift(skip)]`");
                    }
                    if *from && self.fields.len() > 1 {
                        faults.span(field.span, "`#[from]` can't fill the other fields; write `#[source]` and make the error by hand, or write `#[lift(from = Type, from_with = function)]` on the type");
                    }
                }
                Role::FieldErrors => {
                    lists += 1;
                    if lists > 1 {
                        faults.span(field.span, "a second list of field errors; put them into one");
                    }
                }
                Role::Transparent { .. } | Role::Skipped => {}
            }
        }
    }

    /// The field with the source.
    pub(crate) fn source(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| matches!(field.role, Role::Source { .. }))
    }

    /// The field that a transparent variant passes on.
    pub(crate) fn transparent(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| matches!(field.role, Role::Transparent { .. }))
    }

    /// The fields that fill parameters, with the parameters' names.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&Field<'a>, &Ident)> {
        self.fields.iter().filter_map(|field| match &field.role {
            Role::Parameter(name) => Some((field, name)),
            _ => None,
        })
    }
}

impl<'a> Field<'a> {
    fn parse(place: usize, field: &'a syn::Field, transparent: bool, faults: &Faults) -> Self {
        let attributes = OnField::parse(&field.attrs, faults);
        let span = field.ident.as_ref().map_or_else(|| field.ty.span(), Ident::span);
        let member = match &field.ident {
            Some(name) => Member::Named(name.clone()),
            None => Member::Unnamed(syn::Index { index: u32::try_from(place).unwrap_or(u32::MAX), span }),
        };
        let role = Self::role(field, attributes, transparent, span, faults);
        Self { member, binding: format_ident!("__field_{place}", span = field.ty.span()), span, kind: &field.ty, role }
    }

    fn role(field: &syn::Field, attributes: OnField, transparent: bool, span: Span, faults: &Faults) -> Role {
        let from = attributes.from.is_some();
        let is_source = from || attributes.source.is_some();
        let said =
            [attributes.parameter.is_some(), attributes.skip.is_some(), attributes.field_errors.is_some(), is_source];
        if said.into_iter().filter(|said| *said).count() > 1 {
            faults.span(
                span,
                "a field is one of `#[from]` or `#[source]`, `param`, `field_errors`, `skip`; keep one of them",
            );
        }
        if transparent {
            return Role::Transparent { from };
        }
        if is_source {
            return Role::Source { from };
        }
        if attributes.skip.is_some() {
            return Role::Skipped;
        }
        if attributes.field_errors.is_some() {
            return Role::FieldErrors;
        }
        match (attributes.parameter, &field.ident) {
            (Some(name), _) => Role::Parameter(name),
            (None, Some(name)) if name == "source" => Role::Source { from: false },
            (None, Some(name)) => Role::Parameter(Ident::new(&unraw(name), name.span())),
            (None, None) if attributes.faulty => Role::Skipped,
            (None, None) => {
                faults.span(span, "what is this field for? write `#[from]` or `#[source]` for a source, `#[lift(param = …)]` for a parameter, `#[lift(skip)]` for neither");
                Role::Skipped
            }
        }
    }

    /// Whether `From` takes the field in.
    pub(crate) fn is_from(&self) -> bool {
        matches!(self.role, Role::Source { from: true } | Role::Transparent { from: true })
    }

    /// The type inside of an `Option<…>`, where the field is written as one.
    pub(crate) fn optional(&self) -> Option<&'a Type> {
        let Type::Path(path) = peeled(self.kind) else { return None };
        let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
        match &last.arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The type without the invisible group that a `$t:ty` of a macro puts round it, and without parentheses.
fn peeled(kind: &Type) -> &Type {
    match kind {
        Type::Group(group) => peeled(&group.elem),
        Type::Paren(paren) => peeled(&paren.elem),
        _ => kind,
    }
}

/// `r#type` as the catalogue would call it.
fn unraw(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}
