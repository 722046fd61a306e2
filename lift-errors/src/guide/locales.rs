//! Choose the language of a response, and translate a catalogue.
//!
//! # Choose a language
//!
//! Enable `locales`, or one feature for each language, such as `locale-uk`. English is always there. A framework's layer reads
//! `Accept-Language`, and sets `Content-Language` and `Vary`; a [`Locale`](crate::Locale) among the extensions of a request,
//! from a user's profile for example, takes precedence. If a cookie chooses it, and you let caches store errors, add `Cookie` to
//! `Vary`.
//!
//! Without a framework you choose the locale yourself:
//!
//! ```
//! use lift_errors::{LiftError, Locale, lift};
//!
//! let locale = Locale::negotiate(["uk-UA, en;q=0.5"], &[&lift::CATALOG]);
//! let error = lift::payload_too_large::new().with_limit_bytes(10_485_762);
//! let mut line = String::new();
//! error.problem().with_locale(locale).write_detail(&mut line);
//! assert_eq!(line, "Обсяг даних завеликий: сервер приймає щонайбільше 10\u{a0}485\u{a0}762 байти.");
//! ```
//!
//! A program for the terminal takes the user's language from `LC_ALL`, `LC_MESSAGES` or `LANG`:
//! [`Locale::from_env`](crate::Locale::from_env). If its errors are of several catalogues, ask the one of the error at hand:
//! `Locale::from_env(&[error.entry().catalog()])`.
//!
//! A reader gets the nearest language that there is, by CLDR's language matching: `en-AU` finds `en-GB` before `en`, `es-AR` finds
//! `es-MX` before `es`, `nn` and `no` find `nb`. Another script comes last: of English and Simplified Chinese, `zh-TW, en;q=0.8` gets
//! English. It differs from CLDR in two points. A parent locale that is there, such as `en-001` or `es-419`, comes before a sibling. A
//! language that many readers have learnt, such as Russian for Kazakh, is chosen only if a reader asks for it.
//!
//! A response of a layer has the best language that its error has in its catalogue. In a language that the canonical catalogue
//! lacks, or that is not linked (`locales`), its words around your texts, such as "How to fix it", are English, or in another
//! script of that language, as Simplified Chinese for `zh-Hant`; your own `[labels]` can be translated. For a document of several catalogues, name all of them, and you get the best language that all
//! of them have: `Locale::negotiate(values, &[&onboarding::CATALOG, &lift::CATALOG])`. A text that a language lacks falls back
//! to a parent (`fr-CA` to `fr`) and at last to the catalogue's default language. Plural forms, numbers and durations follow
//! CLDR. Codes, ids and parameters, which programs read, are the same in every language.
//!
//! A language adds about 80 kB to a program, all eight together 650 kB. Nothing is parsed, locked or allocated at run time.
//! The pseudolocales `en-XA` and `ar-XB` (feature `locale-pseudo`) show texts that are not translated, cut off or on the wrong
//! side of a page.
//!
#![doc = include_str!("translations.md")]
