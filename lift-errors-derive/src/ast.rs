//! The type as the derive sees it: variants with their entry, fields with their role. `valid` checks it.

use crate::attr::{OnField, OnType, OnVariant};
use crate::constant::Constant;
use crate::diagnostics::Diagnostics;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, GenericArgument, Member, PathArguments, Type};

/// The whole type.
pub(crate) struct Input<'a> {
    pub(crate) derive: &'a DeriveInput,
    pub(crate) options: OnType,
    pub(crate) variants: Vec<Variant<'a>>,
}

/// A variant, or the struct itself.
pub(crate) struct Variant<'a> {
    /// Where errors about the whole variant are shown.
    pub(crate) span: Span,
    /// The name of a variant of an enum.
    pub(crate) name: Option<&'a Ident>,
    /// `Self::Name`, or `Self`.
    pub(crate) path: TokenStream,
    pub(crate) attributes: OnVariant,
    /// All attributes of a variant of an enum.
    pub(crate) rust_attributes: &'a [Attribute],
    pub(crate) kind: VariantKind,
    pub(crate) fields: Vec<Field<'a>>,
}

/// How a variant gets its entry.
pub(crate) enum VariantKind {
    /// The attribute names the entry, and the actual cause where it is known.
    Entry { code: Ident, cause: Option<Ident> },
    /// The variant's field is an error with an entry.
    Transparent,
    /// The attribute does not give one.
    Unknown,
}

/// A field, by name or position.
pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    /// The variable that patterns bind the field to.
    pub(crate) binding: Ident,
    pub(crate) span: Span,
    pub(crate) kind: &'a Type,
    pub(crate) attributes: OnField,
    pub(crate) role: Role,
}

/// How the derive uses a field.
pub(crate) enum Role {
    /// It fills the parameter with this name.
    Parameter(Ident),
    /// A formatted parameter contains it. It also fills the parameter of its name, if the entry has one.
    Mentioned(Ident),
    FieldErrors,
    /// Only the log shows it.
    Logged,
    /// The error behind this one, and whether `From` converts from it.
    Source {
        from: bool,
    },
    /// The error of a transparent variant, and whether `From` converts from it.
    Transparent {
        from: bool,
    },
    Skipped,
    /// Neither a name nor an attribute gives it a role.
    Unknown,
}

impl<'a> Input<'a> {
    /// Reads the type. Attributes that can't be read go into `diagnostics`.
    pub(crate) fn parse(derive: &'a DeriveInput, diagnostics: &Diagnostics) -> Self {
        let is_struct = matches!(derive.data, Data::Struct(_));
        let (options, on_struct) = OnType::parse(&derive.attrs, is_struct, diagnostics);
        let variants = match &derive.data {
            Data::Struct(data) => {
                vec![Variant::parse(None, derive.ident.span(), quote!(Self), on_struct, &[], &data.fields, diagnostics)]
            }
            Data::Enum(data) => data
                .variants
                .iter()
                .map(|variant| {
                    let name = &variant.ident;
                    let attributes = OnVariant::parse(&variant.attrs, diagnostics);
                    Variant::parse(
                        Some(name),
                        name.span(),
                        quote!(Self::#name),
                        attributes,
                        &variant.attrs,
                        &variant.fields,
                        diagnostics,
                    )
                })
                .collect(),
            Data::Union(_) => Vec::new(),
        };
        Self { derive, options, variants }
    }
}

impl<'a> Variant<'a> {
    fn parse(
        name: Option<&'a Ident>,
        span: Span,
        path: TokenStream,
        attributes: OnVariant,
        rust_attributes: &'a [Attribute],
        fields: &'a Fields,
        diagnostics: &Diagnostics,
    ) -> Self {
        let kind = match (attributes.transparent, &attributes.code) {
            (Some(_), _) => VariantKind::Transparent,
            (None, Some(code)) => VariantKind::Entry { code: code.clone(), cause: attributes.cause.clone() },
            (None, None) => VariantKind::Unknown,
        };
        let transparent = attributes.transparent.is_some();
        let fields = fields.iter().enumerate();
        let mut fields: Vec<Field<'a>> =
            fields.map(|(position, field)| Field::parse(position, field, transparent, diagnostics)).collect();
        for field in &mut fields {
            field.role_as_mentioned(&attributes.constants);
        }
        Self { name, span, path, attributes, rust_attributes, kind, fields }
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
            Role::Parameter(name) | Role::Mentioned(name) => Some((field, name)),
            _ => None,
        })
    }

    /// The field with a name, or with a position in a tuple.
    pub(crate) fn field(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.name() == name)
    }
}

impl<'a> Field<'a> {
    fn parse(position: usize, field: &'a syn::Field, transparent: bool, diagnostics: &Diagnostics) -> Self {
        let attributes = OnField::parse(&field.attrs, diagnostics);
        let span = field.ident.as_ref().map_or_else(|| field.ty.span(), Ident::span);
        let member = match &field.ident {
            Some(name) => Member::Named(name.clone()),
            None => Member::Unnamed(syn::Index { index: u32::try_from(position).unwrap_or(u32::MAX), span }),
        };
        let role = if transparent {
            Role::Transparent { from: attributes.from.is_some() }
        } else {
            Self::role(field.ident.as_ref(), &attributes)
        };
        let binding = format_ident!("__field_{position}", span = field.ty.span());
        Self { member, binding, span, kind: &field.ty, attributes, role }
    }

    fn role(name: Option<&Ident>, attributes: &OnField) -> Role {
        if attributes.from.is_some() || attributes.source.is_some() {
            return Role::Source { from: attributes.from.is_some() };
        }
        if attributes.skip.is_some() {
            return Role::Skipped;
        }
        if attributes.field_errors.is_some() {
            return Role::FieldErrors;
        }
        if attributes.log.is_some() {
            return Role::Logged;
        }
        match (&attributes.parameter, name) {
            (Some(name), _) => Role::Parameter(name.clone()),
            (None, Some(name)) if name == "source" => Role::Source { from: false },
            (None, Some(name)) => Role::Parameter(Ident::new(&unraw(name), name.span())),
            (None, None) => Role::Unknown,
        }
    }

    /// The name as a formatted text writes it: `number`, or `0`.
    pub(crate) fn name(&self) -> String {
        match &self.member {
            Member::Named(name) => unraw(name),
            Member::Unnamed(index) => index.index.to_string(),
        }
    }

    /// A field without an attribute that a formatted parameter contains need not be a parameter itself.
    fn role_as_mentioned(&mut self, constants: &[Constant]) {
        let name = self.name();
        let is_mentioned = constants.iter().flat_map(Constant::mentioned).any(|(mentioned, _)| mentioned == name);
        if !is_mentioned || self.attributes.parameter.is_some() {
            return;
        }
        self.role = match std::mem::replace(&mut self.role, Role::Skipped) {
            // `resource = "order {resource}"`: the attribute fills the parameter.
            Role::Parameter(parameter) if constants.iter().any(|constant| constant.name == parameter) => Role::Skipped,
            Role::Parameter(parameter) => Role::Mentioned(parameter),
            Role::Unknown => Role::Skipped,
            role => role,
        };
    }

    /// Whether `From` converts from the field's type.
    pub(crate) fn is_from(&self) -> bool {
        matches!(self.role, Role::Source { from: true } | Role::Transparent { from: true })
    }

    /// The type inside of an `Option<…>`, if the field is written as one.
    pub(crate) fn optional(&self) -> Option<&'a Type> {
        self.inside("Option")
    }

    /// The trait object inside of a `Box<dyn …>`, if the field is written as one.
    pub(crate) fn boxed_object(&self) -> Option<&'a Type> {
        self.inside("Box").map(peeled).filter(|kind| matches!(kind, Type::TraitObject(_)))
    }

    /// The first type argument of `name<…>`, if the field is written as one.
    fn inside(&self, name: &str) -> Option<&'a Type> {
        let Type::Path(path) = peeled(self.kind) else { return None };
        let last = path.path.segments.last().filter(|segment| segment.ident == name)?;
        match &last.arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The type without the invisible group that a `$t:ty` of a macro puts around it, and without parentheses.
pub(crate) fn peeled(kind: &Type) -> &Type {
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
