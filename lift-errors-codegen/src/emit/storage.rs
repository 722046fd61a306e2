//! Where tables and texts are stored: as literals in the source, or in files that the source includes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Bytes on their way into a module.
pub(crate) enum Storage {
    /// Each is a literal: for a macro, which has no folder to write to, and for files that people keep.
    Literals,
    /// rustc takes files in as they are, where escaped literals cost it a second for each 10 MB.
    Files(Files),
}

/// The files beside a module. Their names begin with the module's.
#[derive(Debug, Default)]
pub(crate) struct Files {
    module: String,
    tables: Vec<u8>,
    others: Vec<(String, Vec<u8>)>,
}

impl Storage {
    /// Files beside the module `module`.
    pub(crate) fn files(module: &str) -> Self {
        Self::Files(Files { module: module.to_owned(), ..Files::default() })
    }

    /// An expression of type `U32Table`.
    pub(crate) fn words(&mut self, private: &TokenStream, words: &[u32]) -> TokenStream {
        let bytes = self.bytes(words.iter().flat_map(|word| word.to_le_bytes()).collect());
        quote!(#private::U32Table::new(#bytes))
    }

    /// A table of a locale, which is only linked with that locale. `name` is unique in the module.
    pub(crate) fn locale_words(&mut self, private: &TokenStream, name: &str, words: &[u32]) -> TokenStream {
        if words.is_empty() {
            return quote!(#private::U32Table::new(b""));
        }
        let bytes = self.constant(name, words.iter().flat_map(|word| word.to_le_bytes()).collect());
        quote!(#private::U32Table::new(#bytes))
    }

    /// An expression of type `&'static [u8]`.
    pub(crate) fn bytes(&mut self, bytes: Vec<u8>) -> TokenStream {
        match self {
            Self::Literals => {
                let literal = Literal::byte_string(&bytes);
                quote!(#literal)
            }
            Self::Files(files) => {
                let start = Literal::usize_unsuffixed(files.tables.len());
                files.tables.extend(bytes);
                let end = Literal::usize_unsuffixed(files.tables.len());
                quote!(table(#start, #end))
            }
        }
    }

    /// An expression of type `&'static str`; `name` is unique in the module.
    pub(crate) fn text(&mut self, name: &str, text: String) -> TokenStream {
        match self {
            Self::Literals => quote!(#text),
            Self::Files(files) => {
                let file = format!("{}.{name}.txt", files.module);
                let expression = quote!(::core::include_str!(#file));
                files.others.push((file, text.into_bytes()));
                expression
            }
        }
    }

    /// An expression of type `&'static [u8; N]` that constants are made of: they copy it, so that a program has it but
    /// once. `name` is unique in the module.
    pub(crate) fn constant(&mut self, name: &str, bytes: Vec<u8>) -> TokenStream {
        match self {
            Self::Literals => {
                let literal = Literal::byte_string(&bytes);
                quote!(#literal)
            }
            Self::Files(files) => {
                let file = format!("{}.{name}", files.module);
                let expression = quote!(::core::include_bytes!(#file));
                files.others.push((file, bytes));
                expression
            }
        }
    }

    /// The items that the expressions refer to.
    pub(crate) fn items(&self, private: &TokenStream) -> TokenStream {
        match self {
            Self::Literals => TokenStream::new(),
            Self::Files(files) => {
                let file = files.tables_name();
                quote! {
                    static __TABLES: &[u8] = ::core::include_bytes!(#file);

                    const fn table(start: usize, end: usize) -> &'static [u8] {
                        #private::part(__TABLES, start, end)
                    }
                }
            }
        }
    }

    /// The names of the files and what is in them.
    pub(crate) fn into_files(self) -> Vec<(String, Vec<u8>)> {
        match self {
            Self::Literals => Vec::new(),
            Self::Files(files) => {
                let tables = (files.tables_name(), files.tables);
                files.others.into_iter().chain([tables]).collect()
            }
        }
    }
}

impl Files {
    fn tables_name(&self) -> String {
        format!("{}.tables", self.module)
    }
}
