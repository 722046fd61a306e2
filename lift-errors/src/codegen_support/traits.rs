//! The traits of generated enums. They are macros so that generated code stays short, and so that this
//! crate's features decide, not those of the crate with the generated code.

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
        impl ::core::convert::TryFrom<u16> for $code {
            type Error = $crate::UnknownCode;

            /// The default code of an HTTP status.
            fn try_from(status: u16) -> ::core::result::Result<Self, Self::Error> {
                $code::from_status(status).ok_or($crate::UnknownCode::new())
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
        $crate::__lift_phf_traits!($code);
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

/// phf's traits for keys. A code is hashed as its string, and written as a path from another crate.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "phf")]
macro_rules! __lift_phf_traits {
    ($code:ident) => {
        #[automatically_derived]
        impl $crate::__private::phf_shared::PhfHash for $code {
            #[inline]
            fn phf_hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::__private::phf_shared::PhfHash::phf_hash(self.as_str(), state);
            }
        }

        #[automatically_derived]
        impl $crate::__private::phf_shared::PhfBorrow<$code> for $code {
            #[inline]
            fn borrow(&self) -> &$code {
                self
            }
        }

        #[automatically_derived]
        impl $crate::__private::phf_shared::FmtConst for $code {
            fn fmt_const(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let variant = $crate::__private::variant_name(self.as_str());
                ::core::write!(f, "::{}::{}::{variant}", ::core::module_path!(), ::core::stringify!($code))
            }
        }
    };
}

/// Nothing: the feature `phf` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "phf"))]
macro_rules! __lift_phf_traits {
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
    ($error:ident, $code:ident, $cause:ident, $catalog:ident) => {
        impl $error {
            /// Sets the error that caused this one, as its [`source`](::core::error::Error::source). Sources are only
            /// logged: no response contains them.
            #[must_use]
            pub fn caused_by(
                mut self,
                source: impl ::core::convert::Into<
                    $crate::__private::Box<dyn ::core::error::Error + ::core::marker::Send + ::core::marker::Sync>,
                >,
            ) -> Self {
                self.__origin_mut().set_source(::core::convert::Into::into(source));
                self
            }

            /// Sets the cause that is known for this occurrence: responses then list that cause, its fixes, and the
            /// general ones. A cause of another entry is ignored.
            #[must_use]
            pub fn with_cause(mut self, cause: $cause) -> Self {
                let cause = <$crate::Cause as ::core::convert::From<$cause>>::from(cause);
                if let ::core::option::Option::Some(number) =
                    $crate::__private::cause_number($crate::LiftError::entry(&self), cause)
                {
                    self.__origin_mut().set_cause(number);
                }
                self
            }
        }

        #[automatically_derived]
        impl $crate::WithSource for $error {
            type Error = Self;

            fn without_source(self) -> Self {
                self
            }

            fn with_source(
                self,
                source: $crate::__private::Box<
                    dyn ::core::error::Error + ::core::marker::Send + ::core::marker::Sync,
                >,
            ) -> Self {
                self.caused_by(source)
            }
        }

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

        /// Two errors are equal if they have the same code, parameters, field errors and cause. Their sources are not
        /// compared.
        #[automatically_derived]
        impl ::core::cmp::PartialEq for $error {
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::equal(self, other) && self.__has_secrets_of(other)
            }
        }

        #[automatically_derived]
        impl ::core::error::Error for $error {
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                self.__origin().source()
            }
        }

        $crate::__lift_responses!({} {$error} {});
        #[automatically_derived]
        impl $crate::PossibleErrors for $error {
            fn entries() -> $crate::__private::Vec<$crate::Entry> {
                ::core::iter::Iterator::collect(::core::iter::Iterator::map($code::iter(), $code::entry))
            }
        }

        $crate::__lift_openapi_traits!([] [$error] []);

        /// A cause of one of the catalogue's entries.
        ///
        /// The module of each entry names its causes, for example `not_found::Cause::RecordDeleted` in the canonical
        /// catalogue. They can be compared and matched, and convert into a `lift_errors::Cause`, which has the texts.
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash
        )]
        pub struct $cause {
            entry: u16,
            number: u8,
        }

        impl $cause {
            #[doc(hidden)]
            pub const fn __new(entry: u16, number: u8) -> Self {
                Self { entry, number }
            }

            /// The cause with its texts as a value that can be matched; `None` if it belongs to another catalogue.
            pub fn from_cause(cause: $crate::Cause) -> ::core::option::Option<Self> {
                let (entry, number) = $crate::__private::cause_parts(&$catalog, cause)?;
                ::core::option::Option::Some(Self { entry, number })
            }

            /// The id, unique within the entry.
            pub fn id(self) -> &'static str {
                <$crate::Cause as ::core::convert::From<Self>>::from(self).id()
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<$cause> for $crate::Cause {
            fn from(cause: $cause) -> Self {
                $crate::Cause::new($crate::Entry::new(&$catalog, cause.entry), cause.number)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $cause {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&<$crate::Cause as ::core::convert::From<Self>>::from(*self), f)
            }
        }
    };
}

/// The builder of errors with optional parameters: one type for all entries, so that ten thousand of them need no trait
/// implementations of their own.
#[doc(hidden)]
#[macro_export]
macro_rules! __lift_builder {
    ($builder:ident, $error:ident, $cause:ident) => {
        /// An error whose optional parameters can be set.
        ///
        /// The function `new` in the module of each entry with optional parameters creates it. It has the setters of that
        /// entry alone, is an error itself, and `?` and `into` turn it into the [`Error`].
        #[must_use]
        pub struct $builder<E> {
            error: $error,
            entry: ::core::marker::PhantomData<fn() -> E>,
        }

        impl<E> $builder<E> {
            #[doc(hidden)]
            #[inline]
            pub const fn __new(error: $error) -> Self {
                Self { error, entry: ::core::marker::PhantomData }
            }

            /// The error.
            #[inline]
            pub fn build(self) -> $error {
                self.error
            }

            /// For `bail!`: the method of the trait `Build` leaves other errors as they are.
            #[doc(hidden)]
            #[inline]
            pub fn __lift_build(self) -> $error {
                self.error
            }

            /// Sets the error that caused this one, as [`Error::caused_by`] does.
            pub fn caused_by(
                self,
                source: impl ::core::convert::Into<
                    $crate::__private::Box<dyn ::core::error::Error + ::core::marker::Send + ::core::marker::Sync>,
                >,
            ) -> Self {
                Self::__new(self.error.caused_by(source))
            }

            /// Sets the cause that is known for this occurrence, as [`Error::with_cause`] does.
            pub fn with_cause(self, cause: $cause) -> Self {
                Self::__new(self.error.with_cause(cause))
            }
        }

        #[automatically_derived]
        impl<E> ::core::ops::Deref for $builder<E> {
            type Target = $error;

            #[inline]
            fn deref(&self) -> &$error {
                &self.error
            }
        }

        #[automatically_derived]
        impl<E> ::core::convert::From<$builder<E>> for $error {
            #[inline]
            fn from(builder: $builder<E>) -> Self {
                builder.error
            }
        }

        #[automatically_derived]
        impl<E> $crate::WithSource for $builder<E> {
            type Error = $error;

            fn without_source(self) -> $error {
                self.error
            }

            fn with_source(
                self,
                source: $crate::__private::Box<
                    dyn ::core::error::Error + ::core::marker::Send + ::core::marker::Sync,
                >,
            ) -> $error {
                self.error.caused_by(source)
            }
        }

        #[automatically_derived]
        impl<E> ::core::fmt::Debug for $builder<E> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.error, f)
            }
        }

        #[automatically_derived]
        impl<E> ::core::fmt::Display for $builder<E> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.error, f)
            }
        }

        #[automatically_derived]
        impl<E> ::core::error::Error for $builder<E> {
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                ::core::error::Error::source(&self.error)
            }
        }

        #[automatically_derived]
        impl<E> $crate::LiftError for $builder<E> {
            #[inline]
            fn entry(&self) -> $crate::Entry {
                $crate::LiftError::entry(&self.error)
            }

            fn parameter(&self, parameter: $crate::Parameter) -> ::core::option::Option<$crate::Value<'_>> {
                $crate::LiftError::parameter(&self.error, parameter)
            }

            #[inline]
            fn __parameter(&self, number: u8) -> ::core::option::Option<$crate::Value<'_>> {
                $crate::LiftError::__parameter(&self.error, number)
            }

            fn known_cause(&self) -> ::core::option::Option<$crate::Cause> {
                $crate::LiftError::known_cause(&self.error)
            }

            fn field_errors(&self) -> ::core::option::Option<&$crate::FieldErrors> {
                $crate::LiftError::field_errors(&self.error)
            }
        }

        $crate::__lift_responses!({<E: 'static>} {$builder<E>} {});
    };
}

/// How a client makes an `Error` from a response.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "client")]
macro_rules! __lift_received_traits {
    ($error:ident, $code:ident, $cause:ident, $catalog:ident { $($variant:ident { $($field:ident)* })* }) => {
        #[automatically_derived]
        impl $crate::client::CatalogError for $error {
            type Cause = $cause;

            fn catalog() -> &'static $crate::Catalog {
                &$catalog
            }

            fn from_cause(cause: $crate::Cause) -> ::core::option::Option<$cause> {
                $cause::from_cause(cause)
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
                        __origin: $crate::__private::Origin::UNKNOWN,
                    }),)*
                    _ => ::core::option::Option::None,
                }
            }

            fn __with_cause(self, cause: $crate::Cause) -> Self {
                match $cause::from_cause(cause) {
                    ::core::option::Option::Some(cause) => self.with_cause(cause),
                    ::core::option::Option::None => self,
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
