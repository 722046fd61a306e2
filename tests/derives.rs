//! Types that `#[derive(LiftError)]` accepts, in modules of this crate that must compile without warnings. Mistakes in it and in
//! `#[derive(Catalog)]` are the files of `tests/ui/derive_*`, with the messages beside them.

use crate::{folder, golden_files};
use lift_errors::{FieldError, FieldErrors, Format, LiftError, PossibleErrors as _, Secret, lift};
use std::error::Error as _;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

/// Puts a catalogue where the trybuild project looks for it: beside its manifest.
fn provide(catalogue: &str, name: &str) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder = target.join("tests/trybuild/lift-errors-tests").join(name);
    folder::copy(&golden_files::path(catalogue), &folder);
}

#[test]
fn what_is_refused() {
    provide("golden/onboarding", "onboarding");
    provide("ui/all_at_once", "all_at_once");
    trybuild::TestCases::new().compile_fail("ui/derive_*/*.rs");
}

#[test]
fn messages_name_no_folder_of_this_machine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = fs::read_dir(root.join("ui")).unwrap().map(|folder| folder.unwrap().path());
    for folder in folders.filter(|folder| folder.file_name().unwrap().to_string_lossy().starts_with("derive_")) {
        for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            let text = fs::read_to_string(&file).unwrap();
            for path in [root.parent().unwrap().to_str().unwrap(), "/.cargo/", "/rustc/", "/home/", "/tmp/"] {
                assert!(!text.contains(path), "{} names {path}", file.display());
            }
        }
    }
}

/// Every form of type, in a scope without a prelude and with lints at their strictest.
#[deny(warnings, missing_docs, unused_qualifications, rust_2018_idioms, clippy::all, clippy::pedantic)]
pub mod accepted {
    #![no_implicit_prelude]

    use ::std::option::Option;
    use ::std::string::String;
    use ::std::{boxed::Box, fmt, io};

    /// An enum with everything that a service needs.
    #[derive(Debug, ::lift_errors::LiftError)]
    pub enum Enum {
        /// A parameter by name.
        #[lift(code = forbidden)]
        Role {
            /// The role.
            required_role: &'static str,
        },
        /// An optional parameter, which may be absent.
        #[lift(code = not_found)]
        Order {
            /// The order.
            resource: Option<u32>,
        },
        /// A known cause.
        #[lift(code = unauthorized, cause = wrong_credentials)]
        Key,
        /// A source.
        #[lift(code = internal_server_error)]
        Storage(#[from] io::Error),
        /// A canonical error.
        #[lift(transparent)]
        Other(#[from] ::lift_errors::lift::Error),
    }

    /// A struct with private fields, one of which is nothing to clients.
    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(code = conflict)]
    pub struct Struct {
        pub(super) resource: String,
        #[lift(skip)]
        pub(super) attempt: u8,
    }

    /// A tuple struct.
    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(code = forbidden)]
    pub struct Tuple(#[lift(param = required_role)] pub(super) char);

    /// A struct without fields.
    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(code = bad_gateway)]
    pub struct Unit;

    /// An enum without values.
    #[derive(Debug, ::lift_errors::LiftError)]
    pub enum Never {}

    /// A keyword as a name.
    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(code = not_found)]
    pub struct Raw {
        #[lift(param = resource)]
        pub(super) r#type: String,
    }

    /// A borrowed parameter.
    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(code = not_found)]
    pub struct Borrowed<'a> {
        pub(super) resource: &'a str,
    }

    /// Parameters and sources of any type.
    #[derive(Debug, ::lift_errors::LiftError)]
    pub enum Generic<T, E: fmt::Debug, const N: usize>
    where
        T: Clone,
    {
        /// A parameter.
        #[lift(code = not_found)]
        Resource {
            /// The resource.
            resource: T,
        },
        /// A source, and what no bound is asked for.
        #[lift(code = internal_server_error)]
        Source(#[source] E, #[lift(skip)] [u8; N]),
    }
    use ::std::clone::Clone;

    /// All numbers that a `u64` takes.
    #[derive(Debug, ::lift_errors::LiftError)]
    pub enum Numbers {
        /// A small one.
        #[lift(code = payload_too_large)]
        Small {
            /// The limit.
            limit_bytes: u8,
        },
        /// That of the machine.
        #[lift(code = payload_too_large)]
        Size {
            /// The limit.
            limit_bytes: usize,
        },
        /// One that is not zero.
        #[lift(code = payload_too_large)]
        NonZero {
            /// The limit.
            limit_bytes: ::std::num::NonZeroU64,
        },
    }

    /// Sources that are boxed, optional, or no errors themselves.
    #[derive(Debug, ::lift_errors::LiftError)]
    pub enum Sources {
        /// By the field's name.
        #[lift(code = bad_gateway)]
        Named {
            /// The source.
            source: fmt::Error,
        },
        /// Boxed.
        #[lift(code = bad_gateway)]
        Boxed(#[source] Box<dyn ::std::error::Error + ::std::marker::Send + ::std::marker::Sync>),
        /// Perhaps.
        #[lift(code = bad_gateway)]
        Perhaps(#[source] Option<Box<dyn ::std::error::Error + ::std::marker::Send + ::std::marker::Sync>>),
        /// Anything.
        #[lift(code = internal_server_error)]
        Anyhow(#[from] ::anyhow::Error),
    }

    /// A source of any type that is not shown.
    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(code = bad_gateway)]
    pub struct Private<E: fmt::Debug> {
        /// The source.
        #[source]
        #[lift(private)]
        pub query: Option<E>,
    }

    /// Errors that clients raise, with a runtime that has another name.
    pub mod renamed {
        pub use ::lift_errors as errors;

        /// No answer ever came.
        #[derive(Debug, errors::LiftError)]
        #[lift(client, code = connection_failed, crate = crate::derives::accepted::renamed::errors)]
        pub struct Offline;
    }

    /// Another catalogue, with a secret and an operator's parameter.
    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(catalog = crate::catalogs::derived::onboarding)]
    pub enum Own {
        /// A secret.
        #[lift(code = onb_import_invalid)]
        Import {
            /// The key.
            api_key: ::lift_errors::Secret<String>,
            /// The line.
            line: Option<u16>,
        },
        /// Only operators see it.
        #[lift(code = onb_site_unknown, cause = deleted_since)]
        Site {
            /// The site.
            site: &'static str,
            /// The machine.
            host: String,
        },
        /// Field errors.
        #[lift(code = onb_form_invalid)]
        Form(#[lift(field_errors)] ::lift_errors::FieldErrors),
        /// An alias, whose parameters are those of its entry.
        #[lift(code = onb_depot_unknown)]
        Depot {
            /// The site.
            site: u8,
            /// The machine.
            host: char,
        },
        /// Every type of a number, and a duration.
        #[lift(code = onb_import_busy)]
        Busy {
            /// The imports that run.
            running: u16,
            /// Those that wait.
            queued: usize,
            /// Those that are left.
            balance: isize,
            /// The time to wait.
            retry_after: ::std::time::Duration,
        },
    }
}

use accepted::{Borrowed, Enum, Generic, Numbers, Own, Raw, Sources, Struct, Tuple, Unit};

/// The public parameters, as the wire has them.
pub(crate) fn params(error: &dyn LiftError) -> serde_json::Value {
    let mut body = String::new();
    lift_errors::Problem::new(error).write(Format::ProblemDetails, &mut body);
    serde_json::from_str::<serde_json::Value>(&body).unwrap()["params"].take()
}

#[test]
fn fields_fill_parameters() {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(params(&Enum::Role { required_role: "Manager" }), json(r#"{"required_role":"Manager"}"#));
    assert_eq!(params(&Enum::Order { resource: Some(7) }), json(r#"{"resource":"7"}"#));
    assert_eq!(params(&Enum::Order { resource: None }), json("null"));
    assert_eq!(params(&Struct { resource: "order 7".into(), attempt: 3 }), json(r#"{"resource":"order 7"}"#));
    assert_eq!(params(&Tuple('M')), json(r#"{"required_role":"M"}"#));
    assert_eq!(params(&Raw { r#type: "a".into() }), json(r#"{"resource":"a"}"#));
    assert_eq!(params(&Borrowed { resource: &String::from("b") }), json(r#"{"resource":"b"}"#));
    assert_eq!(params(&Generic::<_, io::Error, 2>::Resource { resource: 1.5 }), json(r#"{"resource":"1.5"}"#));
    assert_eq!(params(&Numbers::Small { limit_bytes: 255 }), json(r#"{"limit_bytes":255}"#));
    assert_eq!(params(&Numbers::Size { limit_bytes: 1 << 30 }), json(r#"{"limit_bytes":1073741824}"#));
    let limit_bytes = u64::MAX.try_into().unwrap();
    assert_eq!(params(&Numbers::NonZero { limit_bytes }), json(r#"{"limit_bytes":"18446744073709551615"}"#));
    assert_eq!(params(&Own::Depot { site: 7, host: 'x' }), json(r#"{"site":"7"}"#));
    let busy = Own::Busy { running: 2, queued: 3, balance: -5, retry_after: Duration::from_secs(1) };
    assert_eq!(params(&busy), json(r#"{"running":2,"queued":3,"balance":-5,"retry_after":1}"#));
}

#[test]
fn display_is_the_public_detail() {
    let shown = Enum::Role { required_role: "Manager" }.to_string();
    assert_eq!(shown, lift::forbidden::new().with_required_role("Manager").to_string());
    let storage = Enum::from(io::Error::other("password 1234"));
    assert_eq!(storage.to_string(), lift::Error::internal_server_error().to_string());
    assert_eq!(Own::Site { site: "D", host: "onb-1".into() }.to_string(), "Somebody has deleted the site D.");
    assert_eq!(Unit.to_string(), lift::Error::bad_gateway().to_string());
    let other = lift::forbidden::new().with_required_role("Clerk").build();
    let text = other.to_string();
    assert_eq!(Enum::from(other).to_string(), text);
}

#[test]
fn entries_and_causes_are_those_of_the_attribute() {
    assert_eq!(Unit.entry(), lift::Code::BadGateway.entry());
    assert_eq!(Enum::Key.known_cause().unwrap().id(), "wrong_credentials");
    assert_eq!(Enum::Order { resource: None }.known_cause(), None);
    let transparent = Enum::from(lift::Error::conflict());
    assert_eq!((transparent.entry(), transparent.known_cause()), (lift::Code::Conflict.entry(), None));
    assert_eq!(Own::Site { site: "D", host: String::new() }.known_cause().unwrap().id(), "deleted_since");
    assert_eq!(accepted::renamed::Offline.entry().status(), None);
    assert_eq!(None::<accepted::Never>.map(|never| never.entry()), None);
}

#[test]
fn sources_are_kept_for_the_log() {
    let text = |error: &dyn std::error::Error| error.source().map(ToString::to_string);
    assert_eq!(text(&Enum::from(io::Error::other("disk"))).as_deref(), Some("disk"));
    assert_eq!(text(&Sources::Named { source: std::fmt::Error }), Some(std::fmt::Error.to_string()));
    assert_eq!(text(&Sources::Boxed("boxed".into())).as_deref(), Some("boxed"));
    assert_eq!(text(&Sources::Perhaps(Some("perhaps".into()))).as_deref(), Some("perhaps"));
    assert_eq!(text(&Sources::Perhaps(None)), None);
    let private = |query| text(&accepted::Private { query });
    assert_eq!((private(None), private(Some(std::fmt::Error)).as_deref()), (None, Some("core::fmt::Error")));
    assert_eq!(text(&Sources::from(anyhow::anyhow!("root").context("context"))).as_deref(), Some("context"));
    assert_eq!(text(&Generic::<u8, _, 1>::Source(io::Error::other("generic"), [1])).as_deref(), Some("generic"));
    assert!(Struct { resource: String::new(), attempt: 1 }.source().is_none());
    let fails = || -> Result<(), Enum> { Err(io::Error::other("disk"))? };
    assert!(matches!(fails(), Err(Enum::Storage(_))));
    for format in FORMATS {
        let shown = Sources::from(anyhow::anyhow!("root-1234")).problem().display(format).to_string();
        assert!(!shown.contains("root-1234"), "{shown}");
    }
}

const FORMATS: [Format; 5] =
    [Format::ProblemDetails, Format::Envelope, Format::PlainText, Format::Markdown, Format::Terminal { color: false }];

#[test]
fn secrets_and_operators_parameters_are_never_shown() {
    let secret = Own::Import { api_key: Secret::new("key-1234".to_owned()), line: Some(3) };
    let site = Own::Site { site: "D", host: "host-1234".into() };
    assert!(!format!("{secret} {secret:?} {secret:#?}").contains("1234"));
    for format in FORMATS {
        assert!(!secret.problem().display(format).to_string().contains("1234"));
        assert!(!site.problem().display(format).to_string().contains("1234"));
    }
    assert_eq!(params(&secret), serde_json::json!({ "line": 3 }));
    let logged: Vec<_> = secret.problem().operator_parameters().map(|(_, value)| format!("{value:?}")).collect();
    assert!(logged.iter().all(|value| !value.contains("1234")) && logged.len() == 1);
}

#[test]
fn field_errors_are_carried() {
    let errors = FieldErrors::from_iter([FieldError::new("name", ("required", "Enter a name."))]);
    assert_eq!(Own::Form(errors.clone()).field_errors(), Some(&errors));
    assert_eq!(Unit.field_errors(), None);
}

/// One foreign error becomes several: a function picks the variant. With sqlx and reqwest it is the same.
#[derive(Debug, LiftError)]
#[lift(from = io::Error, from_with = FileError::sort)]
#[lift(from = std::num::ParseIntError, from_with = FileError::broken)]
enum FileError {
    #[lift(code = not_found)]
    Missing,
    #[lift(code = gateway_timeout)]
    Slow(#[source] io::Error),
    #[lift(code = internal_server_error)]
    Broken,
}

impl FileError {
    fn broken(_: std::num::ParseIntError) -> Self {
        Self::Broken
    }

    fn sort(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::TimedOut => Self::Slow(error),
            _ => Self::Broken,
        }
    }
}

#[test]
fn a_function_sorts_foreign_errors() {
    let sorted = |kind: io::ErrorKind| FileError::from(io::Error::from(kind)).entry().status();
    assert_eq!(sorted(io::ErrorKind::NotFound), Some(404));
    assert_eq!(sorted(io::ErrorKind::TimedOut), Some(504));
    assert_eq!(sorted(io::ErrorKind::BrokenPipe), Some(500));
    assert_eq!(FileError::from(io::Error::from(io::ErrorKind::TimedOut)).source().unwrap().to_string(), "timed out");
}

/// Beside thiserror, whose `Display`, `Error` and `From` stay as they are.
#[derive(Debug, thiserror::Error, LiftError)]
#[lift(no_display, no_error)]
enum Gradual {
    #[error("the order {order} clashes")]
    #[lift(code = conflict)]
    Clash {
        #[lift(skip)]
        order: u32,
    },
    #[error("the disk")]
    #[lift(code = internal_server_error)]
    Disk(#[from] io::Error),
}

#[test]
fn thiserror_keeps_its_part() {
    let clash = Gradual::Clash { order: 7 };
    assert_eq!((clash.to_string().as_str(), clash.entry().code()), ("the order 7 clashes", "conflict"));
    let disk = Gradual::from(io::Error::other("full"));
    assert_eq!((disk.to_string(), disk.source().unwrap().to_string()), ("the disk".into(), "full".into()));
    let body = disk.problem().display(Format::ProblemDetails).to_string();
    assert!(!body.contains("the disk") && !body.contains("full"), "{body}");
}

/// A text parameter of a draft is hidden, also in `Display`.
#[derive(Debug, LiftError)]
#[lift(catalog = crate::phrases::own::shop)]
enum Moved {
    #[lift(code = shop_parcel_unknown)]
    Unknown { number: String },
}

/// The same enum as the guide keeps it while its clients read the old texts.
#[derive(Debug, thiserror::Error, LiftError)]
#[lift(catalog = crate::phrases::own::shop, no_display, no_error, no_response)]
enum Moving {
    #[error("there is no parcel {number}")]
    #[lift(code = shop_parcel_unknown)]
    Unknown { number: String },
}

#[test]
fn a_migration_keeps_its_texts_beside_drafts() {
    let (moved, moving) = (Moved::Unknown { number: "P-1".into() }, Moving::Unknown { number: "P-1".into() });
    assert_eq!(
        (moved.to_string().as_str(), moving.to_string().as_str()),
        ("there is no parcel …", "there is no parcel P-1")
    );
    for problem in [moved.problem(), moving.problem()] {
        assert_eq!(problem.entry().code(), "shop_parcel_unknown");
        let body = problem.display(Format::ProblemDetails).to_string();
        assert!(!body.contains("P-1"), "{body}");
    }
}

/// An enum with codes of two catalogues.
#[derive(Debug, LiftError)]
enum TwoCatalogues {
    #[lift(code = forbidden)]
    Role { required_role: &'static str },
    #[lift(catalog = crate::catalogs::derived::onboarding, code = onb_site_unknown, cause = deleted_since)]
    Site { site: u8, host: &'static str },
}

#[test]
fn a_variant_can_name_its_catalogue() {
    let (role, site) = (TwoCatalogues::Role { required_role: "Manager" }, TwoCatalogues::Site { site: 7, host: "a" });
    assert_eq!((role.entry().code(), site.entry().code()), ("forbidden", "onb_site_unknown"));
    assert_eq!(site.known_cause().unwrap().id(), "deleted_since");
    assert_eq!(TwoCatalogues::entries().len(), 2);
}

/// A generic type that contains itself.
#[derive(Debug, LiftError)]
enum Tree<T> {
    #[lift(code = internal_server_error)]
    Node(#[source] Box<Tree<T>>),
    #[lift(code = not_found)]
    Leaf { resource: T },
    #[lift(transparent)]
    Same(Box<Self>),
}

/// The same by the name `Self` alone.
#[derive(Debug, LiftError)]
enum Chain<T> {
    #[lift(code = internal_server_error)]
    Link(#[source] Box<Self>),
    #[lift(code = not_found)]
    End { resource: T },
}

#[test]
fn a_generic_type_can_be_its_own_source() {
    let chain = Chain::Link(Box::new(Chain::End { resource: 7 }));
    assert_eq!(chain.source().unwrap().to_string(), Chain::End { resource: 7 }.to_string());
    let tree = Tree::Node(Box::new(Tree::Same(Box::new(Tree::Leaf { resource: 7 }))));
    assert_eq!(tree.source().unwrap().to_string(), Tree::Leaf { resource: 7 }.to_string());
}

/// Errors of types that are not known here.
#[derive(Debug, LiftError)]
enum Anything {
    #[lift(transparent)]
    Boxed(#[from] Box<dyn LiftError>),
    #[lift(transparent)]
    Shared(std::sync::Arc<dyn LiftError>),
    #[lift(transparent)]
    Bounded(Box<dyn LiftError + Send + Sync + 'static>),
}

#[test]
fn a_trait_object_is_passed_on() {
    let role = || Enum::Role { required_role: "Manager" };
    for error in [
        Anything::from(Box::new(role()) as Box<dyn LiftError>),
        Anything::Shared(std::sync::Arc::new(role())),
        Anything::Bounded(Box::new(role())),
    ] {
        assert_eq!((error.to_string(), params(&error)), (role().to_string(), params(&role())));
    }
    let storage: Box<dyn LiftError> = Box::new(Enum::from(io::Error::other("disk")));
    assert_eq!(Anything::from(storage).source().unwrap().to_string(), "disk");
}

/// Two variants with one code differ in `Debug`, which is the standard library's.
#[test]
fn debug_names_the_variant() {
    assert!(format!("{:?}", FileError::Broken).contains("Broken"));
    assert_ne!(format!("{:?}", Sources::Perhaps(None)), format!("{:?}", Sources::Named { source: std::fmt::Error }));
}

#[test]
fn the_derive_knows_the_canonical_codes() {
    let list = include_str!("../lift-errors-derive/src/canonical.rs");
    let mut known: Vec<&str> =
        list.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\",")).collect();
    let mut codes: Vec<&str> = lift::CATALOG.entries().map(|entry| entry.code()).collect();
    known.sort_unstable();
    codes.sort_unstable();
    assert_eq!(known, codes);
}
