//! Write a catalogue of your own.
//!
//! The canonical catalogue is the module [`lift`](crate::lift); its errors are [listed below](#the-canonical-errors). A
//! service with errors of its own adds a catalogue. The two never clash: the codes of yours begin with a prefix.
//!
//! # Two files
//!
//! The manifest, here `onboarding/catalog.toml`, names the catalogue and lists its files:
//!
//! ```toml
#![doc = include_str!("../../onboarding/catalog.toml")]
//! ```
//!
//! `onboarding/errors.toml` contains the entries, one table each:
//!
//! ```toml
#![doc = include_str!("../../onboarding/errors.toml")]
//! ```
//!
//! # See it
//!
//! The command `lift-errors` (`cargo install lift-errors-cli`) reads the TOML, without a build. Use the library's version of it: a base
//! catalogue may have more entries in a newer one. `lift-errors check` reports mistakes,
//! `lift-errors preview onb_site_unknown --format html` shows what readers get, and `lift-errors explain onb_site_unknown` tells all that
//! the catalogue knows of an error. `lift-errors serve` shows the whole catalogue in a browser, and follows the files as they are saved.
//!
//! # Compile it
//!
//! A package that is published has its catalogue in its own folder, with `catalog.lock`: `cargo package` takes nothing from above it.
//!
//! ## With a derive
//!
//! The feature `catalog` has a derive that makes a module beside a struct, called like it in snake_case. The path is relative
//! to the package's `Cargo.toml`.
//!
//! ```
//! use lift_errors::{Catalog, LiftError};
//!
//! #[derive(Catalog)]
//! #[catalog(path = "onboarding/catalog.toml")]
//! pub struct Onboarding; // makes `mod onboarding`
//!
//! #[derive(Debug, LiftError)]
//! #[lift(catalog = onboarding)]
//! enum OpenSiteError {
//!     #[lift(code = onb_site_unknown)]
//!     Unknown { site: String },
//! }
//!
//! # fn main() {
//! let error = OpenSiteError::Unknown { site: "Nairobi".into() };
//! assert_eq!(error.to_string(), "There is no site called Nairobi.");
//! assert_eq!(error.entry().id(), "ONB-0001");
//!
//! // The same without a type of your own:
//! let error = onboarding::Error::onb_site_unknown("Nairobi");
//! assert_eq!(error.code(), onboarding::Code::OnbSiteUnknown);
//! # }
//! ```
//!
//! ## In a build script
//!
//! The build step makes the same module as a file in `OUT_DIR` that you can open and step through. It needs no feature of
//! `lift-errors`, which is a dependency of the package under any name; a package that has it by re-export alone uses the derive, with
//! `#[catalog(crate = path)]`.
//!
//! ```toml
//! [build-dependencies]
//! lift-errors-codegen = "0.1"
//! ```
//!
//! ```ignore
//! // build.rs
//! fn main() {
//!     lift_errors_codegen::compile("onboarding/catalog.toml");
//! }
//!
//! // src/lib.rs: `onboarding` is the catalogue's name
//! lift_errors::include_catalog!(onboarding);
//! ```
//!
//! # From errors that you have
//!
//! A code base with `thiserror` or `snafu` becomes a catalogue without inventing a text:
//!
//! 1. `lift-errors init parcels`, then `lift-errors import src`: each variant becomes a [draft](#drafts)
//!    with its message and typed parameters, and the report says which parts could not be expressed. A draft compiles, and clients see
//!    only what it has.
//! 2. Make the module of the catalogue as above.
//! 3. Derive `LiftError` in place of `thiserror::Error`, and write `#[lift(code = …)]` in place of `#[error("…")]`; the comment
//!    above each draft names its variant. A field fills the parameter of its name, and a field of a tuple says which it fills.
//!    `#[from]` and `#[source]` stay. A variant that was `transparent` for an error of another library gets a code. The derive writes
//!    `IntoResponse`: before you delete your own, copy its statuses and delays into the drafts. Each draft is a 500 that nobody should
//!    retry, until its `status` and `retry` say something else. `#[lift(no_response)]` keeps yours for a while. A text parameter of a
//!    draft is hidden, in `Display`, too: an `IntoResponse` that writes `self.to_string()` sends `…` in its place until
//!    `sensitivity = "public"` is written. To keep the texts as well, leave `thiserror::Error` and `#[error("…")]` beside the new
//!    attributes, and write `#[lift(no_display, no_error, no_response)]`.
//! 4. `lift-errors serve` shows all of them, and `lift-errors check` counts the drafts. Complete them one by one: an editor that
//!    knows the schema in the file's first line completes the keys.
//!
//! ```
//! # use lift_errors::{Catalog, LiftError};
//! # #[derive(Catalog)]
//! # #[catalog(path = "onboarding/catalog.toml")]
//! # pub struct Onboarding;
//! #[derive(Debug, LiftError)] // was: Debug, thiserror::Error
//! #[lift(catalog = onboarding)]
//! enum OpenSiteError {
//!     #[lift(code = onb_site_unknown)] // was: #[error("there is no site called {0}")]
//!     Unknown(#[lift(param = site)] String),
//! }
//!
//! # fn main() {
//! assert_eq!(OpenSiteError::Unknown("Nairobi".into()).to_string(), "There is no site called Nairobi.");
//! # }
//! ```
//!
//! # Canonical errors in the same enum
//!
//! `#[lift(catalog = onboarding)]` holds for all variants of the type. A `transparent` variant carries the errors of another
//! catalogue:
//!
//! ```
//! # use lift_errors::{Catalog, LiftError, lift};
//! # #[derive(Catalog)]
//! # #[catalog(path = "onboarding/catalog.toml")]
//! # pub struct Onboarding;
//! #[derive(Debug, LiftError)]
//! #[lift(catalog = onboarding)]
//! enum OpenSiteError {
//!     #[lift(code = onb_site_unknown)]
//!     Unknown { site: String },
//!     #[lift(transparent)]
//!     Canonical(#[from] lift::Error),
//! }
//!
//! fn open(allowed: bool, site: &str) -> Result<(), OpenSiteError> {
//!     if !allowed {
//!         return Err(lift::forbidden::new().with_required_role("Manager").build().into());
//!     }
//!     Err(OpenSiteError::Unknown { site: site.into() })
//! }
//!
//! # fn main() {
//! assert_eq!(open(false, "Nairobi").unwrap_err().entry().code(), "forbidden");
//! assert_eq!(open(true, "Nairobi").unwrap_err().entry().code(), "onb_site_unknown");
//! # }
//! ```
//!
//! # The module
//!
//! | item | what it is |
//! | --- | --- |
//! | `Code` | a fieldless enum of the codes: `as_str`, `id`, `status`, `entry`, `from_id`, `from_status`, `FromStr`, `iter` |
//! | `Error` | an enum with a variant for each entry, and constructors that take its required parameters |
//! | `onb_site_unknown::new` | starts an error with optional parameters; only entries that declare some have it |
//! | `CATALOG` | the [`Catalog`](struct@crate::Catalog): its entries and locales |
//! | `onb_site_unknown::ENTRY`, `onb_site_unknown::Cause` | one entry, and its causes |
//! | constants | the `[constants]` of the manifest, in upper case |
//!
//! Tell the responder about the catalogue. A counter of each of its errors then exists from the start, with the value zero:
//!
//! ```
//! # use lift_errors::{Catalog, ErrorResponder};
//! # #[derive(Catalog)]
//! # #[catalog(path = "onboarding/catalog.toml")]
//! # pub struct Onboarding;
//! # fn main() {
//! let responder = ErrorResponder::new().with_catalog(&onboarding::CATALOG);
//! # let _ = responder;
//! # }
//! ```
//!
//! A constructor takes the required parameters, so a new optional one changes no caller. A builder sets those, and has the setters
//! of its entry alone. Any error can carry the error that caused it, which is only logged, and the cause that applies this time:
//!
//! ```
//! use lift_errors::lift;
//! use std::{error::Error as _, io};
//!
//! let timeout = io::Error::from(io::ErrorKind::TimedOut);
//! let error: lift::Error = lift::bad_gateway::new()
//!     .with_upstream("carrier-7")
//!     .with_cause(lift::bad_gateway::Cause::NetworkProblem)
//!     .caused_by(timeout)
//!     .into();
//!
//! assert!(matches!(error, lift::Error::BadGateway { .. }));
//! assert!(error.source().is_some_and(|source| source.is::<io::Error>()));
//! ```
//!
//! # Maps of codes
//!
//! With the feature `phf`, codes are keys for the crate `phf`. A build script makes a map that the program only reads. The crate
//! with the catalogue is a dependency of both:
//!
//! ```
//! use lift_errors::lift::Code;
//!
//! // In `build.rs`: write this to a file in `OUT_DIR`, and `include!` the file.
//! let mut map = phf_codegen::Map::new();
//! for code in Code::iter() {
//!     let team = if code.status().is_some_and(|status| status >= 500) { "\"platform\"" } else { "\"orders\"" };
//!     map.entry(code, team);
//! }
//! let text = format!("static TEAMS: phf::Map<lift_errors::lift::Code, &str> = {};", map.build());
//!
//! assert!(text.contains("(::lift_errors::lift::Code::BadGateway, \"platform\")"));
//! ```
//!
//! # Mistakes
//!
//! The compiler reports all mistakes of a catalogue in one run, with the place and a remedy:
//!
//! ```text
//! error: placeholder `{sit}` is not a parameter of `onb_site_unknown`
//!  --> onboarding/errors.toml:7:35
//!   |
//! 7 | detail = "There is no site called {sit}."
//!   |                                   ^^^^^
//!   = help: did you mean `site`?
//! ```
//!
//! # Keep what was released
//!
//! Programs store codes and people quote ids. A test keeps both: it compares `catalog.lock`, beside the manifest, with the
//! catalogue. `lift-errors-codegen` is a dev-dependency for it. Run the test with `LIFT_ERRORS_BLESS=1`, the first time and
//! after each change, to write the file, and commit that; without a Rust project, `lift-errors lock` writes it. Until a release has a
//! new entry, its table may be deleted from the file again, for another code or id. After a merge, the file may have the lines of
//! both branches: keep all tables, and if both branches gave one id, `check` says what to do.
//!
//! ```ignore
//! #[test]
//! fn released_codes_are_kept() {
//!     lift_errors_codegen::assert_lock("onboarding/catalog.toml");
//! }
//! ```
//!
#![doc = include_str!("catalog_format.md")]
//!
#![doc = include_str!("canonical_errors.md")]
