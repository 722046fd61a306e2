//! The derives of [`lift-errors`](https://docs.rs/lift-errors); use them through that crate.
//!
//! | module | does |
//! | --- | --- |
//! | `attr` | reads `#[lift(…)]` and `#[catalog(…)]` |
//! | `ast` | the type as the derive sees it: variants, and the role of each field |
//! | `constant` | the parameters that an attribute fills, and texts that are formatted from fields |
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
mod constant;
mod deprecation;
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

/// Makes a service's own enum or struct a canonical error.
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
/// The derive implements:
///
/// | trait | behaviour |
/// | --- | --- |
/// | `LiftError` | the entry, the parameters, the cause and the field errors |
/// | `Display` | the detail in English; it contains public text only, never a source |
/// | `Error` | `source()` returns the source |
/// | `From` | for each `#[from]` and each `from = …, from_with = …` |
/// | `PossibleErrors` | the entries that the type can have; not if a variant passes on a `Box<dyn LiftError>` without `codes` |
/// | `IntoResponse` and others | what each framework among the features of `lift_errors` needs to respond with the error |
///
/// `Debug` is yours to derive. It names the variant, so two variants with one code differ in the log.
///
/// # On the type
///
/// | attribute | meaning |
/// | --- | --- |
/// | `catalog = path` | the module of the catalogue; without it, the canonical one. Beside a dependency of the same name: `crate::orders` |
/// | `from = Type, from_with = function` | implements `From<Type>` with a function that picks the variant; can be repeated in further `#[lift(…)]`, once for each foreign type |
/// | `client` | only clients raise the error, so entries without an HTTP status are allowed |
/// | `no_display` | does not implement `Display`; another derive does, such as thiserror's |
/// | `no_error` | does not implement `Error`, nor `From` for `#[from]`; another derive does |
/// | `no_response` | does not implement the frameworks' traits, such as axum's `IntoResponse`, nor `From` for `ErrorResponse`: `.map_err(ErrorResponse::new)?` converts |
/// | `crate = path` | the path of `lift_errors`, if it was renamed or is re-exported |
///
/// If another derive implements the same trait, rustc reports E0119, conflicting implementations: add `no_display` or `no_error`.
/// If rustc reports that axum's `Handler` is not implemented, enable the feature `axum` of `lift_errors`.
///
/// # On a variant, or on the struct
///
/// | attribute | meaning |
/// | --- | --- |
/// | `code = name` | the entry, by its code in snake_case |
/// | `cause = name` | its actual cause, if it is known |
/// | `catalog = path` | the module of another catalogue than the type's |
/// | `transparent` | the one field is a `LiftError` (also `Box<dyn LiftError>`), whose entry this is |
/// | `severity = "info"` | the level of the event in place of the entry's: `info`, `warning`, `error` or `critical` |
/// | `codes = [name, …]` | the codes that the error of a transparent variant can have, for the description of an API; without it, those of its type |
/// | `parameter = value` | a parameter of the entry that every occurrence fills alike, or a text with fields in it |
///
/// A text in `parameter = "…"` is formatted as by `format!`, with fields of the variant by name, or by position in a tuple.
/// Nothing is stored: it is written when the error is. A field in such a text fills the parameter of its name only if the
/// entry has one.
///
/// ```
/// use lift_errors::LiftError;
/// use std::time::Duration;
///
/// #[derive(Debug, LiftError)]
/// enum OrderError {
///     #[lift(code = forbidden, required_role = "Manager")]
///     NotAManager,
///     #[lift(code = not_found, resource = "order {number}")]
///     NoSuchOrder { number: u64 },
///     #[lift(code = too_many_requests, limit = 60, window = Duration::from_secs(60))]
///     TooFast { retry_after: Duration },
/// }
///
/// assert_eq!(OrderError::NoSuchOrder { number: 1024 }.to_string(), "The server could not find order 1024.");
/// ```
///
/// # On a field
///
/// A field without an attribute is the parameter of its name.
///
/// | attribute | meaning |
/// | --- | --- |
/// | `#[lift(param = name)]` | the parameter, if the field has another name or none |
/// | `#[lift(log)]` | the field is not a parameter; the log shows it: any `Display`, and an `Option` of one |
/// | `#[lift(private)]` | the log shows the type of this source, and not its text. So does `source()`, which returns a stand-in: only the field is the source. It can't be used with `no_error` |
/// | `#[lift(skip)]` | the field is not a parameter |
/// | `#[lift(field_errors)]` | a `FieldErrors`: the invalid fields of the request |
/// | `#[source]`, or the name `source` | the error behind this one; it is logged and never sent to clients |
/// | `#[from]` | a source, with `From` |
///
/// # Foreign errors that become several variants
///
/// `#[from]` works for as many types as there are, once for each. A function is needed where one foreign type becomes several
/// variants:
///
/// ```
/// use lift_errors::LiftError;
/// use std::io;
/// use std::num::ParseIntError;
///
/// #[derive(Debug, LiftError)]
/// #[lift(from = io::Error, from_with = ImportError::classify)]
/// #[lift(from = ParseIntError, from_with = ImportError::invalid)]
/// enum ImportError {
///     #[lift(code = not_found)]
///     NoSuchFile,
///     #[lift(code = unprocessable_content)]
///     Invalid(#[source] ParseIntError),
///     #[lift(code = internal_server_error)]
///     Disk(#[source] io::Error),
/// }
///
/// impl ImportError {
///     fn classify(error: io::Error) -> Self {
///         match error.kind() {
///             io::ErrorKind::NotFound => Self::NoSuchFile,
///             _ => Self::Disk(error),
///         }
///     }
///
///     fn invalid(error: ParseIntError) -> Self {
///         Self::Invalid(error)
///     }
/// }
///
/// fn count(path: &str) -> Result<u32, ImportError> {
///     Ok(std::fs::read_to_string(path)?.trim().parse()?)
/// }
///
/// assert_eq!(count("no/such/file").unwrap_err().entry().code(), "not_found");
/// ```
///
/// # Two catalogues in one enum
///
/// ```ignore
/// #[derive(Debug, lift_errors::LiftError)]
/// enum ImportError {
///     #[lift(code = forbidden)]
///     NotAManager { required_role: &'static str },
///     #[lift(catalog = onboarding, code = onb_site_unknown)]
///     UnknownSite { site: String },
/// }
/// ```
///
/// # Beside thiserror
///
/// ```ignore
/// #[derive(Debug, thiserror::Error, lift_errors::LiftError)]
/// #[lift(no_display, no_error)]
/// enum OrderError {
///     #[error("the database is down")]
///     #[lift(code = internal_server_error)]
///     Database(#[from] std::io::Error),
/// }
/// ```
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

/// Compiles a service's own catalogue to a module beside the struct. The module has the struct's name in snake_case.
///
/// ```ignore
/// #[derive(lift_errors::Catalog)]
/// #[catalog(path = "catalog/catalog.toml")]
/// pub struct Onboarding;
///
/// let code: onboarding::Code = "onb_site_unknown".parse()?;
/// ```
///
/// | attribute | meaning |
/// | --- | --- |
/// | `path = "…"` | the catalogue's file, relative to the package |
/// | `crate = path` | the path of `lift_errors`, if it was renamed |
///
/// The module is compiled again when one of the catalogue's files changes. A derive can't ask cargo to watch a folder: a new file
/// in `locales/` is seen as soon as another file of the catalogue is saved. The build step `lift_errors_codegen::compile` writes
/// the same module to a file, and sees new files at once.
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

/// Names the feature: rustc only knows that `lift_errors::Catalog` is a struct, too.
#[cfg(not(feature = "catalog"))]
#[doc(hidden)]
#[proc_macro_derive(Catalog, attributes(catalog))]
pub fn catalog(_: TokenStream) -> TokenStream {
    let needed = "`#[derive(Catalog)]` needs the feature `catalog` of `lift-errors`";
    syn::Error::new(proc_macro2::Span::call_site(), needed).to_compile_error().into()
}
