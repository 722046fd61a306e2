//! A Rust code base: the enums and structs that derive `thiserror::Error` or `snafu::Snafu`, read through syn.

use super::folder::files_below;
use super::imported::{Import, Imported, shown_name, unreadable};
use super::rust_attribute::{has, unconditional};
use super::rust_depth::{STACK, is_too_deep};
use super::rust_message::FormatArguments;
use crate::error::Error;
use crate::regular_file::read_text;
use proc_macro2::TokenStream;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread::Builder;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Fields, Ident, Item};

/// The longest name of an enum, in bytes: each of its variants has it.
const LONGEST_NAME: usize = 200;

/// Every Rust file of a folder. One that can't be read is left out.
pub(super) fn read_folder(folder: &Path) -> Result<Import, Error> {
    let mut import = Import::default();
    let mut texts = Vec::new();
    for path in files_below(folder, &mut import.left_out)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "rs"))
    {
        match read_text(&path) {
            Ok(text) => texts.push((path, text)),
            Err(error) => import.left_out.push(format!("`{}` can't be read: {error}", path.display())),
        }
    }
    if texts.is_empty() && import.left_out.is_empty() {
        return Err(unreadable(folder, "no file in it ends in .rs; name a file of another kind by itself"));
    }
    read_texts(texts, import)
}

pub(super) fn read_file(path: &Path) -> Result<Import, Error> {
    let text = read_text(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    read_texts(vec![(path.to_owned(), text)], Import::default())
}

/// Reads the texts of files, with a stack of their own.
fn read_texts(texts: Vec<(PathBuf, String)>, mut import: Import) -> Result<Import, Error> {
    let first = texts.first().map(|(path, _)| path.clone()).unwrap_or_default();
    let read = move || {
        texts.iter().for_each(|(path, text)| read_one(path, text, &mut import));
        import
    };
    let thread = Builder::new().stack_size(STACK).spawn(read).map_err(|source| Error::Read { path: first, source })?;
    Ok(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
}

fn read_one(path: &Path, text: &str, import: &mut Import) {
    // syn says what is not a token.
    if text.parse().is_ok_and(is_too_deep) {
        import.left_out.push(format!("`{}` is nested too deeply", path.display()));
        return;
    }
    match syn::parse_file(text) {
        Ok(file) => items(&file.items, path, import),
        Err(error) => import.left_out.push(format!("`{}` is not Rust: {error}", path.display())),
    }
}

fn items(of: &[Item], path: &Path, import: &mut Import) {
    for item in of {
        match item {
            Item::Enum(item)
                if !is_error(&item.attrs) && !item.variants.iter().any(|variant| has_message(&variant.attrs)) => {}
            Item::Enum(item) if item.ident.to_string().len() > LONGEST_NAME => {
                let name = item.ident.to_string();
                import.left_out.push(format!("`{}` ({}): its name is too long", shown_name(&name), path.display()));
            }
            Item::Enum(item) => {
                for variant in &item.variants {
                    let name = format!("{}::{}", item.ident, variant.ident);
                    error(name, &variant.attrs, &variant.fields, path, import);
                }
            }
            Item::Struct(item) if is_error(&item.attrs) => {
                error(item.ident.to_string(), &item.attrs, &item.fields, path, import);
            }
            Item::Mod(module) => {
                items(module.content.as_ref().map_or(&[], |(_, items)| items.as_slice()), path, import);
            }
            _ => {}
        }
    }
}

/// Whether a type is an error by its attributes: it derives `Error` or `Snafu`, or has a message.
fn is_error(attributes: &[Attribute]) -> bool {
    let mut found = has_message(attributes);
    for attribute in unconditional(attributes).iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // A derive that is not a list of paths is not one of these.
        let _ = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last();
            found |= last.is_some_and(|segment| segment.ident == "Error" || segment.ident == "Snafu");
            Ok(())
        });
    }
    found
}

/// Whether there is an attribute of the derives, which a file may have under other names: `use thiserror::Error as ErrorTrait`.
fn has_message(attributes: &[Attribute]) -> bool {
    has(attributes, "error") || has(attributes, "snafu")
}

/// Why `#[error(transparent)]` has no message.
const OF_ANOTHER: &str = "its message is that of another error";

/// The word that an attribute's arguments begin with.
fn first_word(attribute: &Attribute) -> Option<String> {
    let word = |input: ParseStream<'_>| {
        let word = input.call(Ident::parse_any)?;
        input.parse::<TokenStream>()?;
        Ok(word.to_string())
    };
    attribute.parse_args_with(word).ok()
}

/// The message in `#[error("…")]` or `#[snafu(display("…"))]`, or why there is none.
fn format_of(attributes: &[Attribute]) -> Result<FormatArguments, &'static str> {
    for attribute in unconditional(attributes) {
        if attribute.path().is_ident("error") {
            return attribute.parse_args().map_err(|_| match first_word(&attribute).as_deref() {
                Some("transparent") => OF_ANOTHER,
                Some("fmt") => "a function writes its message",
                _ => "its message can't be read",
            });
        }
        if attribute.path().is_ident("snafu") {
            let (mut found, mut is_transparent) = (None, false);
            // The other arguments say nothing about the message.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("display") {
                    let content;
                    syn::parenthesized!(content in meta.input);
                    found = Some(content.parse::<FormatArguments>()?);
                } else if meta.path.is_ident("transparent") {
                    is_transparent = true;
                } else if meta.input.peek(syn::token::Paren) {
                    let content;
                    syn::parenthesized!(content in meta.input);
                    content.parse::<TokenStream>()?;
                }
                Ok(())
            });
            if let Some(format) = found {
                return Ok(format);
            }
            if is_transparent {
                return Err(OF_ANOTHER);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_found_whatever_their_derive_is_called_and_under_a_condition() {
        let text = r#"
            use thiserror::Error as ErrorTrait;
            #[derive(ErrorTrait, Debug)]
            enum Code { Unknown, #[error("it is closed")] Closed }
            #[derive(ErrorTrait)]
            #[error("no shelf")]
            struct NoShelf;
            #[cfg_attr(feature = "std", derive(Debug, thiserror::Error))]
            enum Io {
                #[cfg_attr(feature = "std", error("no {0}: {1}"))]
                Read(u32, #[cfg_attr(feature = "std", source)] std::io::Error),
            }
            #[derive(Debug)]
            enum NotAnError { A }
            #[derive(Debug)]
            struct NorThis;
        "#;
        let mut import = Import::default();
        read_one(Path::new("code.rs"), text, &mut import);
        let errors: Vec<(&str, &str)> = import
            .errors
            .iter()
            .map(|error| (error.name.as_str(), error.message.as_ref().map_or("", |message| message.text.as_str())))
            .collect();
        assert_eq!(errors, [("Code::Closed", "it is closed"), ("NoShelf", "no shelf"), ("Io::Read", "no {value_1}")]);
        assert_eq!(import.left_out, ["`Code::Unknown` (code.rs): it has no message"]);
    }
}
