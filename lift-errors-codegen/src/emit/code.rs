//! `Code`: the fieldless enum, and its lookups by string and status.

use super::attribute::doc;
use super::scope::Scope;
use super::storage::Storage;
use super::{explain, key};
use lift_errors_core::status::ERRORS;
use proc_macro2::TokenStream;
use quote::quote;

/// The enum, its lookups and its traits.
pub(crate) fn code(scope: &Scope<'_>, storage: &mut Storage) -> String {
    let Scope { catalog, private, .. } = scope;
    let count = catalog.entries.len();
    let mut out = doc(&format!(
        " The codes of the catalogue `{}`, in the order of their ids.\n\n The numbers are positions in tables and change between versions: persist [`Code::as_str`] or [`Code::id`].",
        catalog.name
    ));
    out += "#[derive(Clone, Copy, PartialEq, Eq)]\n\
        #[repr(u16)]\n\
        #[non_exhaustive]\n\
        pub enum Code {\n";
    for entry in &catalog.entries {
        out += &doc(&explain::entry(scope, entry));
        out += &explain::deprecation(entry);
        out += &entry.variant;
        out += ",\n";
    }
    out += "}\nconst _: () = {\nstatic ALL: [Code; ";
    out += &count.to_string();
    out += "] = [";
    for entry in &catalog.entries {
        out.extend(["Code::", &entry.variant, ",\n"]);
    }
    out += "];\n";
    let codes: Vec<&str> = catalog.entries.iter().map(|entry| entry.code.as_str()).collect();
    let ids: Vec<&str> = catalog.entries.iter().map(|entry| entry.id.as_str()).collect();
    let (codes, ids) = (key::table(scope, storage, "CODES", &codes), key::table(scope, storage, "IDS", &ids));
    let statuses = statuses(scope, storage);
    let items = quote! {
        #codes
        #ids
        #statuses

        impl Code {
            /// The number of codes.
            pub const COUNT: usize = #count;

            /// The entry: its texts, causes, fixes and contract.
            #[inline]
            pub const fn entry(self) -> Entry {
                Entry::new(&CATALOG, self as u16)
            }

            /// The code as a string in `snake_case`, which never changes.
            #[inline]
            pub fn as_str(self) -> &'static str {
                self.entry().code()
            }

            /// The short id, for tickets and documentation, which never changes.
            #[inline]
            pub fn id(self) -> &'static str {
                self.entry().id()
            }

            /// The HTTP status; `None` if the error is never a response.
            #[inline]
            pub const fn status(self) -> Option<u16> {
                self.entry().status()
            }

            /// The code that this one is an alias of, or itself.
            #[inline]
            pub fn canonical(self) -> Self {
                ALL.get(self.entry().canonical().number() as usize).copied().unwrap_or(self)
            }

            /// The code with an id.
            #[inline]
            pub fn from_id(id: &str) -> Option<Self> {
                IDS.get(id, Code::id)
            }

            /// The default code of an HTTP status.
            #[inline]
            pub fn from_status(status: u16) -> Option<Self> {
                STATUSES.get(status)
            }

            /// The code with a number.
            #[inline]
            const fn __at(number: u16) -> Option<Self> {
                match ALL.split_at_checked(number as usize) {
                    Some((_, [code, ..])) => Some(*code),
                    _ => None,
                }
            }

            /// The code of an entry of this catalogue.
            #[inline]
            pub fn from_entry(entry: Entry) -> Option<Self> {
                if entry.catalog().ptr_eq(&CATALOG) { ALL.get(entry.number() as usize).copied() } else { None }
            }

            /// All codes, in the order of their ids.
            pub fn iter() -> ::core::iter::Copied<::core::slice::Iter<'static, Self>> {
                ALL.iter().copied()
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for Code {
            type Err = UnknownCode;

            #[inline]
            fn from_str(code: &str) -> Result<Self, UnknownCode> {
                CODES.get(code, Code::as_str).ok_or(UnknownCode::new())
            }
        }

        #private::code_traits!(Code, ALL, #count);
    };
    out + &items.to_string() + "};\n"
}

/// The default entries of all statuses of errors, as an array.
fn statuses(scope: &Scope<'_>, storage: &mut Storage) -> TokenStream {
    let private = &scope.private;
    let mut numbers = vec![u16::MAX; ERRORS.count()];
    for (number, entry) in scope.catalog.entries.iter().enumerate().filter(|(_, entry)| entry.status_default) {
        let place = entry.status().and_then(|status| numbers.get_mut(usize::from(status - ERRORS.start())));
        if let (Some(place), Ok(number)) = (place, u16::try_from(number)) {
            *place = number;
        }
    }
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let literal = storage.constant("statuses", bytes);
    quote! { static STATUSES: #private::Statuses<Code> = #private::Statuses::new(#literal, &ALL); }
}
