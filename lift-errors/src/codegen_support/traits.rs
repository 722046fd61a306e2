//! The traits of generated enums. They are macros so that generated code stays short, and so that this
//! crate's features decide, not those of the crate that the code lands in.

/// The traits of a `Code`.
#[doc(hidden)]
#[macro_export]
macro_rules! __lift_code_traits {
    ($code:ident, $all:ident, $count:literal) => {
        // Derived, each of these three would copy the enum with all its documentation.
        #[automatically_derived]
        impl ::core::cmp::PartialOrd for $code {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Ord for $code {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(&(*self as u16), &(*other as u16))
            }
        }

        #[automatically_derived]
        impl ::core::hash::Hash for $code {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                state.write_u16(*self as u16);
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $code {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $code {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::convert::AsRef<str> for $code {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<$code> for &'static str {
            fn from(code: $code) -> Self {
                code.as_str()
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<$code> for $crate::Entry {
            fn from(code: $code) -> Self {
                code.entry()
            }
        }

        #[automatically_derived]
        impl ::core::convert::TryFrom<&str> for $code {
            type Error = $crate::UnknownCode;

            fn try_from(code: &str) -> ::core::result::Result<Self, Self::Error> {
                <Self as ::core::str::FromStr>::from_str(code)
            }
        }

        $crate::__lift_strum_traits!($code, $all, $count);
        $crate::__lift_serde_traits!($code);
    };
}

/// strum's traits, without its derive.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "strum")]
macro_rules! __lift_strum_traits {
    ($code:ident, $all:ident, $count:literal) => {
        #[automatically_derived]
        impl $crate::__private::strum::IntoEnumIterator for $code {
            type Iterator = ::core::iter::Copied<::core::slice::Iter<'static, Self>>;

            fn iter() -> Self::Iterator {
                ::core::iter::Iterator::copied($all.iter())
            }
        }

        #[automatically_derived]
        impl $crate::__private::strum::EnumCount for $code {
            const COUNT: usize = $count;
        }

        #[automatically_derived]
        impl $crate::__private::strum::VariantArray for $code {
            const VARIANTS: &'static [Self] = &$all;
        }
    };
}

/// Nothing: the feature `strum` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "strum"))]
macro_rules! __lift_strum_traits {
    ($($unused:tt)*) => {};
}

/// `Serialize` and `Deserialize` of a `Code` as its string.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "serde")]
macro_rules! __lift_serde_traits {
    ($code:ident) => {
        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $code {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $code {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                struct Visitor;

                impl $crate::__private::serde::de::Visitor<'_> for Visitor {
                    type Value = $code;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str("a code of the catalogue")
                    }

                    fn visit_str<E: $crate::__private::serde::de::Error>(
                        self,
                        code: &str,
                    ) -> ::core::result::Result<$code, E> {
                        <$code as ::core::str::FromStr>::from_str(code).map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Visitor)
            }
        }
    };
}

/// Nothing: the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! __lift_serde_traits {
    ($($unused:tt)*) => {};
}

/// The traits of a generated `Error`.
#[doc(hidden)]
#[macro_export]
macro_rules! __lift_error_traits {
    ($error:ident, $code:ident) => {
        #[automatically_derived]
        impl ::core::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug(self, f)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::display(self, f)
            }
        }

        #[automatically_derived]
        impl ::core::error::Error for $error {}

        $crate::__lift_responses!({} {$error} {});
        #[automatically_derived]
        impl $crate::PossibleErrors for $error {
            fn entries() -> $crate::__private::Vec<$crate::Entry> {
                ::core::iter::Iterator::collect(::core::iter::Iterator::map($code::iter(), $code::entry))
            }
        }

        $crate::__lift_openapi_traits!([] [$error] []);
    };
}

/// How an `Error` is made from what came over the wire.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "client")]
macro_rules! __lift_received_traits {
    ($error:ident, $code:ident, $catalog:ident { $($variant:ident { $($field:ident)* })* }) => {
        #[automatically_derived]
        impl $crate::client::CatalogError for $error {
            fn catalog() -> &'static $crate::Catalog {
                &$catalog
            }

            fn find_code(code: &str) -> ::core::option::Option<$crate::Entry> {
                <$code as ::core::str::FromStr>::from_str(code).ok().map($code::entry)
            }

            fn find_id(id: &str) -> ::core::option::Option<$crate::Entry> {
                $code::from_id(id).map($code::entry)
            }

            #[allow(unused_variables, unreachable_patterns)]
            fn from_parts(
                entry: $crate::Entry,
                parts: &$crate::client::WireFields<'_>,
            ) -> ::core::option::Option<Self> {
                match $code::from_entry(entry)? {
                    $($code::$variant => ::core::option::Option::Some(Self::$variant {
                        $($field: parts.take(::core::stringify!($field))?,)*
                    }),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    };
}

/// Nothing: the feature `client` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "client"))]
macro_rules! __lift_received_traits {
    ($($unused:tt)*) => {};
}
