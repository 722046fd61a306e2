//! A Rust code base: the enums and structs that derive `thiserror::Error` or `snafu::Snafu`, read through syn.

use super::folder::files_below;
use super::imported::{Import, Imported};
use super::rust_message::FormatArguments;
use crate::error::Error;
use std::fs;
use std::path::Path;
use syn::{Attribute, Fields, Item};

/// Every Rust file of a folder.
pub(super) fn read_folder(folder: &Path) -> Result<Import, Error> {
    let mut import = Import::default();
    for file in files_below(folder)?.iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
        let text = fs::read_to_string(file).map_err(|source| Error::Read { path: file.clone(), source })?;
        read_file(file, &text, &mut import);
    }
    Ok(import)
}

pub(super) fn read_file(path: &Path, text: &str, import: &mut Import) {
    match syn::parse_file(text) {
        Ok(file) => items(&file.items, path, import),
        Err(error) => import.left_out.push(format!("`{}` is not Rust: {error}", path.display())),
    }
}

fn items(of: &[Item], path: &Path, import: &mut Import) {
    for item in of {
        match item {
            Item::Enum(item) if derives_error(&item.attrs) => {
                for variant in &item.variants {
                    let name = format!("{}::{}", item.ident, variant.ident);
                    error(name, &variant.attrs, &variant.fields, path, import);
                }
            }
            Item::Struct(item) if derives_error(&item.attrs) => {
                error(item.ident.to_string(), &item.attrs, &item.fields, path, import);
            }
            Item::Mod(module) => {
                items(module.content.as_ref().map_or(&[], |(_, items)| items.as_slice()), path, import);
            }
            _ => {}
        }
    }
}

/// Whether `#[derive(…)]` has `Error` or `Snafu`.
fn derives_error(attributes: &[Attribute]) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let mut found = false;
    for attribute in derives {
        // A derive that is not a list of paths is not one of these.
        let _ = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last();
            found |= last.is_some_and(|segment| segment.ident == "Error" || segment.ident == "Snafu");
            Ok(())
        });
    }
    found
}

/// The message in `#[error("…")]` or `#[snafu(display("…"))]`, or why there is none.
fn format_of(attributes: &[Attribute]) -> Result<FormatArguments, &'static str> {
    for attribute in attributes {
        if attribute.path().is_ident("error") {
            return attribute.parse_args().map_err(|_| "its message is that of another error");
        }
        if attribute.path().is_ident("snafu") {
            let mut found = None;
            // The other arguments say nothing about the message.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("display") {
                    let content;
                    syn::parenthesized!(content in meta.input);
                    found = Some(content.parse::<FormatArguments>()?);
                } else if meta.input.peek(syn::token::Paren) {
                    let content;
                    syn::parenthesized!(content in meta.input);
                    content.parse::<proc_macro2::TokenStream>()?;
                }
                Ok(())
            });
            if let Some(format) = found {
                return Ok(format);
            }
        }
    }
    Err("it has no message")
}

fn error(name: String, attributes: &[Attribute], fields: &Fields, path: &Path, import: &mut Import) {
    let format = match format_of(attributes) {
        Ok(format) => format,
        Err(reason) => {
            import.left_out.push(format!("`{name}` ({}): {reason}", path.display()));
            return;
        }
    };
    import.errors.push(Imported { name, message: Some(format.message(fields)), ..Imported::default() });
}
