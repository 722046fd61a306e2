//! The message of a Rust error: its format string, in which each placeholder has the name of its field.

use super::parameter_name::DistinctNames;
use super::placeholder::{Message, Style, message};
use super::rust_attribute::has;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::HashMap;
use syn::parse::{Parse, ParseStream};
use syn::{Field, Fields, GenericArgument, LitStr, PathArguments, PathSegment, Token, Type};

/// The arguments of `#[error(…)]` or `display(…)`: a format string, and expressions for its placeholders.
pub(super) struct FormatArguments {
    format: String,
    positional: Vec<TokenStream>,
    named: Vec<(String, TokenStream)>,
}

impl Parse for FormatArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let format: LitStr = input.parse()?;
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let name = if input.peek(syn::Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
                let name: syn::Ident = input.parse()?;
                input.parse::<Token![=]>()?;
                Some(name.to_string())
            } else {
                None
            };
            let mut tokens = Vec::new();
            while !input.is_empty() && !input.peek(Token![,]) {
                tokens.push(input.parse::<TokenTree>()?);
            }
            let tokens = tokens.into_iter().collect();
            match name {
                Some(name) => named.push((name, tokens)),
                None => positional.push(tokens),
            }
        }
        Ok(Self { format: format.value(), positional, named })
    }
}

/// The value of a placeholder.
enum PlaceholderValue {
    /// A parameter with the type of its expression.
    Parameter { name: String, kind: &'static str, expression: usize, is_option: bool },
    /// The error that caused this one.
    Source,
}

impl FormatArguments {
    /// The message. Only the log shows sources, so that it has none.
    pub(super) fn message(&self, fields: &Fields) -> Message {
        let values = Values::new(self, fields);
        let mut kinds: HashMap<String, &'static str> = HashMap::new();
        let mut names = DistinctNames::default();
        let (mut format, mut remarks) = (String::new(), Vec::new());
        let (mut rest, mut next) = (self.format.as_str(), 0);
        while let Some((before, behind)) = rest.split_once('{') {
            format.push_str(before);
            if let Some(behind) = behind.strip_prefix('{') {
                format.push_str("{{");
                rest = behind;
                continue;
            }
            let Some((inside, behind)) = behind.split_once('}') else { break };
            rest = behind;
            let (name, how) = inside.split_once(':').unwrap_or((inside, ""));
            match values.of(name.trim(), &mut next) {
                PlaceholderValue::Parameter { name, kind, expression, is_option } => {
                    if is_option {
                        remarks.push(format!(
                            "`{{{inside}}}` may be absent: make the parameter optional, and write a detail with `when` for it"
                        ));
                    }
                    let name = distinct(&mut names, name, expression);
                    let colon = if how.is_empty() { "" } else { ":" };
                    format.push_str(&format!("{{{name}{colon}{how}}}"));
                    kinds.insert(name, kind);
                }
                PlaceholderValue::Source => {
                    remarks.push(format!("`{{{inside}}}` is the error that caused this one, which only the log shows"));
                    without_separator(&mut format, &mut rest);
                }
            }
        }
        format.push_str(rest);
        let kind_of = |name: &str| kinds.get(name).copied().unwrap_or("text");
        let mut message = message(&format, Style::Rust, &kind_of);
        message.remarks.extend(remarks);
        message
    }
}

/// The longest name of a field, in bytes: each placeholder of the field has it.
const LONGEST_NAME: usize = 200;

/// What the placeholders of one message may name. It is read once: a message may have very many of them.
struct Values<'a> {
    fields: HashMap<String, FieldFacts>,
    named: HashMap<&'a str, Argument>,
    positional: Vec<Argument>,
}

struct FieldFacts {
    kind: &'static str,
    is_option: bool,
    is_source: bool,
}

/// An expression for a placeholder.
struct Argument {
    /// The field that it begins with.
    field: Option<String>,
    /// Its type, if it is more than a field.
    kind: Option<&'static str>,
    /// The number of what it adds to the field, or of the whole expression. Expressions that are alike have the same one.
    expression: usize,
}

impl<'a> Values<'a> {
    fn new(arguments: &'a FormatArguments, fields: &Fields) -> Self {
        let named = fields.iter().enumerate().map(|(number, field)| {
            let name = field.ident.as_ref().map_or_else(|| number.to_string(), ToString::to_string);
            let (is_option, is_source) = (option_of(&field.ty).is_some(), is_source(field));
            (name, FieldFacts { kind: kind_of(&field.ty), is_option, is_source })
        });
        let fields = named.filter(|(name, _)| name.len() <= LONGEST_NAME).collect();
        // The field alone.
        let mut expressions = HashMap::from([(String::new(), 0)]);
        let mut read = |tokens: &TokenStream| Argument::new(tokens, &fields, &mut expressions);
        let positional = arguments.positional.iter().map(&mut read).collect();
        // Of two with a name the first one counts.
        let named = arguments.named.iter().rev().map(|(name, tokens)| (name.as_str(), read(tokens))).collect();
        Self { fields, named, positional }
    }

    fn of(&self, name: &str, next: &mut usize) -> PlaceholderValue {
        let number = if name.is_empty() { Some(std::mem::replace(next, *next + 1)) } else { name.parse().ok() };
        let argument = match number {
            Some(number) => self.positional.get(number),
            None => self.named.get(name),
        };
        let shown = number.map_or_else(|| name.to_owned(), |number| number.to_string());
        match argument {
            None => self.of_field(&shown, None, 0),
            Some(Argument { field: Some(field), kind, expression }) => self.of_field(field, *kind, *expression),
            Some(&Argument { field: None, kind, expression }) => {
                PlaceholderValue::Parameter { name: shown, kind: kind.unwrap_or("text"), expression, is_option: false }
            }
        }
    }

    /// The field with a name or a number. `kind` is the type of an expression that is more than the field.
    fn of_field(&self, name: &str, kind: Option<&'static str>, expression: usize) -> PlaceholderValue {
        let field = self.fields.get(name);
        if field.is_some_and(|field| field.is_source) {
            return PlaceholderValue::Source;
        }
        let is_option = kind.is_none() && field.is_some_and(|field| field.is_option);
        let kind = kind.or_else(|| field.map(|field| field.kind)).unwrap_or("text");
        PlaceholderValue::Parameter { name: name.to_owned(), kind, expression, is_option }
    }
}

impl Argument {
    fn new(
        expression: &TokenStream,
        fields: &HashMap<String, FieldFacts>,
        expressions: &mut HashMap<String, usize>,
    ) -> Self {
        let mut tokens = expression.clone().into_iter().map(|token| token.to_string());
        let first = tokens.find(|token| !matches!(token.as_str(), "." | "&" | "*" | "self"));
        // The lexer reads `.0.1` as a number with a fraction.
        let first = first.unwrap_or_default();
        let (first, inner) = first.split_once('.').unwrap_or((&first, ""));
        let calls: Vec<String> = tokens.collect();
        let field = fields.get(first);
        let kind = match calls.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => None,
            [.., "len" | "count", _] => Some("u64"),
            // The value in an option.
            [.., "unwrap_or" | "unwrap_or_default", _] => field.map(|field| field.kind),
            _ => Some("text"),
        };
        let text = field.map_or_else(|| expression.to_string(), |_| format!("{inner}{}", calls.concat()));
        let number = expressions.len();
        let expression = *expressions.entry(text).or_insert(number);
        Self { field: field.map(|_| first.to_owned()), kind, expression }
    }
}

/// The name, with a number if it is that of another expression: `.range.start` and `.range.end` are two values of one field.
fn distinct(names: &mut DistinctNames<(String, usize)>, name: String, expression: usize) -> String {
    // A number begins with 1 in the catalogue: `value_1` is the field 0.
    let of_number = |field: usize| format!("value_{}", field.saturating_add(1));
    let word = name.parse().map_or_else(|_| name.clone(), of_number);
    let distinct = names.name((name.clone(), expression), &word);
    if distinct == word { name } else { distinct }
}

fn is_source(field: &Field) -> bool {
    let is_named = field.ident.as_ref().is_some_and(|ident| ident == "source");
    is_named || has(&field.attrs, "source") || has(&field.attrs, "from")
}

/// Takes away the separator before a source that is left out, or the parentheses around it.
fn without_separator(before: &mut String, behind: &mut &str) {
    let separators = [' ', ':', ',', ';', '-', '–', '—'];
    before.truncate(before.trim_end_matches(separators).len());
    if let (Some(shorter), Some(rest)) = (before.strip_suffix('('), behind.strip_prefix(')')) {
        before.truncate(shorter.trim_end_matches(separators).len());
        *behind = rest;
    }
}

/// The catalogue's type for a field's, or for that of the value in an option: those of the derive.
fn kind_of(of: &Type) -> &'static str {
    let last = last_segment(option_of(of).unwrap_or(of));
    match last.map(|segment| segment.ident.to_string()).as_deref() {
        Some("u8" | "u16" | "u32" | "NonZeroU8" | "NonZeroU16" | "NonZeroU32") => "u32",
        Some("u64" | "usize" | "NonZeroU64" | "NonZeroUsize") => "u64",
        Some("i8" | "i16" | "i32" | "i64" | "isize") => "i64",
        Some("Duration") => "duration",
        _ => "text",
    }
}

/// The type of the value in an option.
fn option_of(of: &Type) -> Option<&Type> {
    let segment = last_segment(of).filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn last_segment(of: &Type) -> Option<&PathSegment> {
    let Type::Path(path) = of else { return None };
    path.path.segments.last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn of(variant: &syn::Variant, arguments: FormatArguments) -> (String, Vec<(String, String)>, usize) {
        let message = arguments.message(&variant.fields);
        (message.text, message.parameters, message.remarks.len())
    }

    fn pairs(parameters: &[(&str, &str)]) -> Vec<(String, String)> {
        parameters.iter().map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned())).collect()
    }

    #[test]
    fn placeholders_have_the_names_of_their_fields() {
        let named = parse_quote!(A { message: String, items: Vec<u8>, after: std::time::Duration });
        let arguments =
            parse_quote!("{}: {1:?} of {0:?}, {count}, {{x}}", .message.trim(), .after, count = .items.len());
        let read = of(&named, arguments);
        let parameters = pairs(&[("message", "text"), ("after", "duration"), ("items", "u64")]);
        // The order of the arguments is not that of the placeholders.
        assert_eq!(read, ("{message}: {after} of {message}, {items}, {{x}}".to_owned(), parameters, 1));
        let tuple = parse_quote!(A(std::path::PathBuf, (u8, u8), u64));
        let read = of(&tuple, parse_quote!("no {} at {}, {2}, {}", .0.display(), .1.1, MOST));
        let parameters = pairs(&[("value_1", "text"), ("value_2", "text"), ("value_3", "text")]);
        assert_eq!(read, ("no {value_1} at {value_2}, {value_3}, {value_3}".to_owned(), parameters, 0));
        let range = parse_quote!(A { range: std::ops::Range<u64>, limit: u64 });
        let read = of(&range, parse_quote!("{} to {} of {limit}, {}", .range.start, .range.end, .range.start));
        let parameters = pairs(&[("range", "text"), ("range_2", "text"), ("limit", "u64")]);
        assert_eq!(read, ("{range} to {range_2} of {limit}, {range}".to_owned(), parameters, 0));
        let read = of(&tuple, parse_quote!("{}x{}", .1.0, .1.1));
        assert_eq!(read.0, "{value_2}x{value_2_2}");
        // snafu names fields without a dot.
        let read = of(&named, parse_quote!("can't read {}", message.display()));
        assert_eq!(read.0, "can't read {message}");
    }

    #[test]
    fn an_option_has_the_type_of_its_value() {
        let held = parse_quote!(A {
            limit: Option<usize>,
            wait: Option<std::time::Duration>,
            name: Option<Box<str>>,
            shift: isize,
            port: std::num::NonZeroU16
        });
        let read = of(&held, parse_quote!("{limit:?} {wait:?} {name:?} {shift} {port}"));
        let parameters =
            pairs(&[("limit", "u64"), ("wait", "duration"), ("name", "text"), ("shift", "i64"), ("port", "u32")]);
        // Each option has a remark, since its value may be absent, and so has `?`.
        assert_eq!(read, ("{limit} {wait} {name} {shift} {port}".to_owned(), parameters, 4));
        let read = of(&held, parse_quote!("{} {}", .limit.unwrap_or(1), .name.as_deref().unwrap_or("x")));
        assert_eq!(read, ("{limit} {name}".to_owned(), pairs(&[("limit", "u64"), ("name", "text")]), 0));
    }

    #[test]
    fn sources_are_left_out_with_a_remark() {
        for (format, text) in [
            ("can't read {path}: {source}", "can't read {path}"),
            ("can't read {path} ({source:?})", "can't read {path}"),
            ("can't read {path} – {source}.", "can't read {path}."),
        ] {
            let variant = parse_quote!(A { path: String, source: std::io::Error });
            assert_eq!(of(&variant, parse_quote!(#format)), (text.to_owned(), pairs(&[("path", "text")]), 1));
        }
        let variant = parse_quote!(A(
            u32,
            #[from]
            std::io::Error
        ));
        assert_eq!(of(&variant, parse_quote!("{0} failed: {1}")).0, "{value_1} failed");
        let variant = parse_quote!(A(
            #[source]
            std::io::Error
        ));
        assert_eq!(of(&variant, parse_quote!("{0}")).0, "");
    }
}
