//! The parameters that the attribute of a variant fills: `required_role = "Manager"`, and texts that are formatted from
//! fields, `resource = "order {number}"`.

use crate::diagnostics::Diagnostics;
use crate::nearest::nearest;
use proc_macro2::Ident;
use syn::{Expr, ExprLit, Lit, LitStr};

/// One parameter with its value.
pub(crate) struct Constant {
    pub(crate) name: Ident,
    pub(crate) value: ConstantValue,
}

/// The value of a parameter, as the attribute writes it.
pub(crate) enum ConstantValue {
    /// An expression that rustc evaluates at compile time.
    Expression(Expr),
    /// A text with places for fields.
    Formatted(LitStr, Vec<Piece>),
}

/// A piece of a formatted text.
pub(crate) enum Piece {
    /// Text, as it is between the quotation marks of `format!`.
    Text(String),
    /// The place of a field: its name or its position, and how it is formatted (`:>5`).
    Field { name: String, format: String },
}

impl Constant {
    pub(crate) fn new(name: Ident, value: Expr) -> syn::Result<Self> {
        let value = match text(&value) {
            Some(text) => {
                let pieces = pieces(text)?;
                if pieces.iter().any(|piece| matches!(piece, Piece::Field { .. })) {
                    ConstantValue::Formatted(text.clone(), pieces)
                } else {
                    // `{{` is a brace here, too, so that a place can be added later.
                    let plain = text.value().replace("{{", "{").replace("}}", "}");
                    ConstantValue::Expression(literal(LitStr::new(&plain, text.span())))
                }
            }
            None => ConstantValue::Expression(value),
        };
        Ok(Self { name, value })
    }

    /// The names of the fields that the text mentions, each with its format.
    pub(crate) fn mentioned(&self) -> impl Iterator<Item = (&str, &str)> {
        let pieces = match &self.value {
            ConstantValue::Formatted(_, pieces) => pieces.as_slice(),
            ConstantValue::Expression(_) => &[],
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Field { name, format } => Some((name.as_str(), format.as_str())),
            Piece::Text(_) => None,
        })
    }

    /// Reports each place in the text that is not one of `fields`.
    pub(crate) fn check(&self, fields: &[String], diagnostics: &Diagnostics) {
        let ConstantValue::Formatted(text, _) = &self.value else { return };
        for (name, _) in self.mentioned().filter(|(name, _)| !fields.iter().any(|field| field == name)) {
            let list = fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ");
            let message = match (nearest(name, fields.iter().map(String::as_str)), fields.is_empty()) {
                (_, true) => {
                    format!("`{{{name}}}` is not a field; the variant has none: add it, or write `{{{{` for a brace")
                }
                (Some(near), _) => format!("`{{{name}}}` is not a field; did you mean `{{{near}}}`? fields: {list}"),
                (None, _) => format!("`{{{name}}}` is not a field; fields: {list}; write `{{{{` for a brace"),
            };
            diagnostics.at(text, message);
        }
    }
}

fn literal(text: LitStr) -> Expr {
    Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(text) })
}

/// The text, if the expression is one.
fn text(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

/// The pieces of a text for `format!`.
fn pieces(text: &LitStr) -> syn::Result<Vec<Piece>> {
    let error = |message: &str| Err(syn::Error::new(text.span(), message));
    let value = text.value();
    let (mut pieces, mut rest, mut plain) = (Vec::new(), value.as_str(), String::new());
    while let Some(at) = rest.find(['{', '}']) {
        let (before, behind) = rest.split_at(at);
        plain.push_str(before);
        if let Some(escaped) = ["{{", "}}"].into_iter().find(|brace| behind.starts_with(brace)) {
            plain.push_str(escaped);
            rest = behind.get(2..).unwrap_or_default();
            continue;
        }
        let Some((place, behind)) = behind.strip_prefix('{').and_then(|place| place.split_once('}')) else {
            return error("a brace without its partner; write `{{` and `}}` for braces");
        };
        let (name, format) = place.split_at(place.find(':').unwrap_or(place.len()));
        let name = name.trim();
        let name = name.strip_prefix("r#").unwrap_or(name);
        if name.is_empty() {
            return error("write the name of a field between the braces, such as `{number}`, or `{0}` in a tuple");
        }
        if format.contains('$') {
            return error("the width can't be a field here; write it as a number, such as `{number:>8}`");
        }
        pieces.push(Piece::Text(std::mem::take(&mut plain)));
        pieces.push(Piece::Field { name: name.to_owned(), format: format.to_owned() });
        rest = behind;
    }
    plain.push_str(rest);
    pieces.push(Piece::Text(plain));
    Ok(pieces)
}
