//! `#[derive(Catalog)]`: passes the path to the catalogue compiler, and the compiler's errors to rustc.

use crate::attr::OnCatalog;
use crate::case::snake_case;
use crate::deprecation;
use crate::diagnostics::Diagnostics;
use lift_errors_codegen::Compiler;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use std::env;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput};

/// The catalogue's module, and a constant on the struct that refers to it.
pub(crate) fn expand(input: &DeriveInput, diagnostics: &Diagnostics) -> TokenStream {
    let attributes = OnCatalog::parse(&input.attrs, diagnostics);
    if !matches!(&input.data, Data::Struct(data) if data.fields.is_empty()) || !input.generics.params.is_empty() {
        diagnostics.at(&input.ident, "a catalogue is a struct without fields: `pub struct Onboarding;`");
        return TokenStream::new();
    }
    let Some(path) = attributes.path else {
        if !attributes.faulty {
            diagnostics.at(
                &input.ident,
                "missing path of the catalogue; add `#[catalog(path = \"catalog/catalog.toml\")]`, relative to the package",
            );
        }
        return TokenStream::new();
    };
    let name = snake_case(&input.ident.unraw().to_string());
    if syn::parse_str::<Ident>(&name).is_err() {
        diagnostics
            .at(&input.ident, format!("its module would be called `{name}`, a keyword; give the struct another name"));
        return TokenStream::new();
    }
    let krate = attributes.krate.map_or_else(|| quote!(::lift_errors), |path| path.to_token_stream());
    let visibility = &input.vis;
    let module = Ident::new(&name, input.ident.span());
    let Some(base) = env::var_os("CARGO_MANIFEST_DIR") else {
        diagnostics.span(
            path.span(),
            "`CARGO_MANIFEST_DIR` is not set, so the path starts nowhere; build with cargo, or set it to the package's folder",
        );
        return TokenStream::new();
    };
    let compiled = Compiler::new(base, path.value())
        .module(module.clone())
        .visibility(visibility.to_token_stream())
        .runtime(krate.clone())
        .track_files()
        .compile();
    let tokens = match compiled {
        Ok(compiled) => compiled.into_tokens(),
        Err(report) => {
            diagnostics.span(path.span(), format!("the catalogue does not compile\n\n{report}"));
            report.stub().clone()
        }
    };
    let (kind, allowed) = (&input.ident, deprecation::allowed(input));
    quote! {
        #tokens

        #allowed
        impl #kind {
            /// The compiled catalogue.
            pub const CATALOG: &'static #krate::Catalog = &#module::CATALOG;
        }

        // A service may use the module alone, and rustc warns of a type that nobody constructs.
        #allowed
        const _: fn() -> (#kind, &'static #krate::Catalog) = || (#kind {}, #kind::CATALOG);
    }
}
