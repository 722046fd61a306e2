//! The derives of [`lift-errors`](https://docs.rs/lift-errors); use them through that crate.
//!
//! | module | does |
//! | --- | --- |
//! | `attr` | reads `#[lift(…)]` and `#[catalog(…)]` |
//! | `ast` | the type as the derive sees it: variants, and the role of each field |
//! | `valid` | checks that the attributes fit together |
//! | `paths`, `generics` | the paths and the bounds that generated code writes |
//! | `expand` | the implementations, and the constants that check the type against the catalogue's tables |
//! | `errors` | `PossibleErrors`: the entries that the type's errors can have |
//! | `stub` | the implementations that are emitted beside an error, so that it stays the only one |
//! | `catalog` | `#[derive(Catalog)]`: calls the catalogue compiler |
//! | `canonical` | the codes of the canonical catalogue, for messages |
//! | `case`, `nearest` | snake_case, and "did you mean" |
//! | `diagnostics` | collects the errors of a macro call, so that all of them are reported |
//!
//! The derive of `LiftError` does not read the catalogue's files. It emits constants that compare the attributes with the
//! compiled tables; rustc evaluates them and reports a mismatch at the word that is wrong.

#![forbid(unsafe_code)]

mod ast;
mod attr;
mod canonical;
mod case;
#[cfg(feature = "catalog")]
mod catalog;
mod diagnostics;
mod errors;
mod expand;
mod generics;
mod nearest;
mod paths;
mod stub;
mod valid;

use diagnostics::Diagnostics;
use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Gives a service's enum or struct the canonical explanation of entries.
///
/// ```
/// use lift_errors::{LiftError, lift};
///
/// #[derive(Debug, LiftError)]
/// enum ApproveOrderError {
///     #[lift(code = forbidden)]
///     NotAManager { required_role: &'static str },
///     #[lift(code = unauthorized, cause = wrong_credentials)]
///     BadKey,
///     #[lift(code = internal_server_error)]
///     Storage(#[from] std::io::Error),
///     #[lift(transparent)]
///     Other(#[from] lift::Error),
/// }
///
/// let error = ApproveOrderError::NotAManager { required_role: "Manager" };
/// assert!(error.to_string().contains("Manager"));
/// ```
///
/// It implements `LiftError`, `Display` (the detail in English: public, without sources), `Error` (with
/// the source), `From` for each `#[from]`, and `PossibleErrors`: which entries the type can have.
///
/// On the type:
///
/// - `catalog = path`: the module of another catalogue than the canonical one, such as `onboarding`.
/// - `from = Type, from_with = function`: `From<Type>` by a function that picks the variant.
/// - `client`: the type is raised by clients, so that entries without a status are allowed.
/// - `no_display`, `no_error`: leave `Display`, or `Error` and `From`, to another derive, such as thiserror's. Without them
///   rustc reports E0119, conflicting implementations.
/// - `no_response`: leave what frameworks want of an error that handlers return, such as axum's `IntoResponse`, to the
///   service. Otherwise it is there for each framework that is a feature of `lift_errors`: where rustc says that axum's
///   `Handler` is not implemented, the feature `axum` is missing.
/// - `crate = path`: where `lift_errors` is, if it was renamed.
///
/// On a variant, or on the struct:
///
/// - `code = name`: the entry. `cause = name`: its actual cause, where it is known.
/// - `transparent`: the one field is a canonical error, passed on as it is.
///
/// On a field; one without an attribute is the parameter of its name:
///
/// - `param = name`: the parameter, where the field has another name or none. `skip`: no parameter.
/// - `field_errors`: a `FieldErrors`, what is wrong with each field of the request.
/// - `#[source]`, or the name `source`: the error behind this one. It reaches the log, never the client.
/// - `#[from]`: a source, with `From`.
#[proc_macro_derive(LiftError, attributes(lift, from, source))]
pub fn lift_error(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let diagnostics = Diagnostics::default();
    let parsed = ast::Input::parse(&input, &diagnostics);
    valid::check(&parsed, &diagnostics);
    match diagnostics.finish() {
        Ok(()) => expand::expand(&parsed),
        Err(errors) => stub::stub(&parsed, &errors),
    }
    .into()
}

/// Compiles a catalogue of one's own to a module beside the struct, called as the struct in snake_case.
///
/// ```ignore
/// #[derive(lift_errors::Catalog)]
/// #[catalog(path = "catalog/catalog.toml")]
/// pub struct Onboarding;
///
/// let code: onboarding::Code = "onb_site_unknown".parse()?;
/// ```
///
/// The path is relative to the package. The module is compiled again when one of the catalogue's files
/// changes. `crate = path` says where `lift_errors` is, if it was renamed. The build step
/// `lift_errors_codegen::compile` makes the same module as a file that one can open.
#[cfg(feature = "catalog")]
#[proc_macro_derive(Catalog, attributes(catalog))]
pub fn catalog(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let diagnostics = Diagnostics::default();
    let tokens = catalog::expand(&input, &diagnostics);
    match diagnostics.finish() {
        Ok(()) => tokens,
        Err(errors) => {
            let errors = errors.to_compile_error();
            quote::quote!(#errors #tokens)
        }
    }
    .into()
}
