//! The words that a catalogue may use: one enum for each closed list, with the spelling that TOML
//! and the wire have in common.

use core::fmt;

/// Declares an enum whose variants have one spelling and one number each.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every word of the list, in the list's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in the catalogue and on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The variant with the number `number`, as a table holds it.
            #[doc(hidden)]
            pub const fn from_number(number: u32) -> Option<Self> {
                $(if number == Self::$variant as u32 { return Some(Self::$variant); })+
                None
            }
        }

        impl core::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { list: stringify!($name), words: &[$($word),+] }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// A string that is not a word of the list: the error of `FromStr` of [`Severity`], [`RetryKind`] and their like.
///
/// ```
/// use lift_errors_core::vocabulary::NoteKind;
///
/// let error = "hint".parse::<NoteKind>().map_err(|error| error.to_string());
/// assert_eq!(error, Err("unknown `NoteKind`; expected `tip` or `warning`".to_string()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownWord {
    list: &'static str,
    words: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown `{}`; expected ", self.list)?;
        for (place, word) in self.words.iter().enumerate() {
            let separator = match place {
                0 => "",
                _ if place + 1 == self.words.len() => " or ",
                _ => ", ",
            };
            write!(f, "{separator}`{word}`")?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownWord {}

vocabulary! {
    /// How bad an error is for the service that raises it.
    Severity {
        /// Expected in normal operation.
        Info = "info",
        /// Worth a look when it happens often.
        Warning = "warning",
        /// A request failed that should have worked.
        Error = "error",
        /// The service itself is in trouble.
        Critical = "critical",
    }
}

vocabulary! {
    /// Who a cause, a fix or a note speaks to. A text without an audience speaks to everyone.
    Audience {
        /// A person in the web interface.
        Browser = "browser",
        /// A script or an integration.
        Api = "api",
        /// Whoever runs the service.
        Operator = "operator",
    }
}

vocabulary! {
    /// Who may see a parameter's value.
    Sensitivity {
        /// Everyone, the client included.
        Public = "public",
        /// The operator, in logs; never a client.
        Operator = "operator",
        /// Nobody: logs redact it too.
        Secret = "secret",
    }
}

vocabulary! {
    /// Whether and when the same request may be sent again.
    RetryKind {
        /// It will fail again.
        Never = "never",
        /// The caller must change something first.
        AfterChange = "after_change",
        /// The same request may be sent again where that is safe (RFC 9110 §9.2.2).
        Idempotent = "idempotent",
        /// The request was not carried out; send it again after the delay.
        After = "after",
    }
}

vocabulary! {
    /// What kind of remark a note is.
    NoteKind {
        /// It helps next time.
        Tip = "tip",
        /// Something may be lost or done twice.
        Warning = "warning",
    }
}

vocabulary! {
    /// The words around an error's own texts, in the order in which they stand at the head of a text table.
    Label {
        /// Above the one cause that is known.
        Cause = "cause",
        /// Above several possible causes.
        Causes = "causes",
        /// Above general advice.
        Fixes = "fixes",
        /// Above remarks.
        Notes = "notes",
        /// Above what is wrong with each field.
        Fields = "fields",
        /// Above what support needs to know.
        Support = "support",
        /// Above what operators do.
        Runbook = "runbook",
        /// The line that names the request.
        Request = "request",
        /// The line that leads to the page that explains more.
        More = "more",
        /// Above what a support ticket should quote.
        Details = "details",
        /// The line with the entry's id.
        Identifier = "identifier",
        /// The line with the time of the error.
        Time = "time",
        /// The line with the address that was asked for.
        Address = "address",
        /// The button that copies those lines.
        Copy = "copy",
        /// What the button says when it has done so.
        Copied = "copied",
        /// The words of the link to the status page.
        StatusPage = "status_page",
    }
}

impl Label {
    /// The placeholder that the label has, where it has one.
    pub const fn placeholder(self) -> Option<&'static str> {
        match self {
            Self::Request => Some("request_id"),
            Self::More | Self::Address => Some("address"),
            Self::Identifier => Some("id"),
            Self::Time => Some("time"),
            _ => None,
        }
    }
}

vocabulary! {
    /// The type of a parameter.
    ParameterType {
        /// A `u32`.
        U32 = "u32",
        /// A `u64`.
        U64 = "u64",
        /// An `i64`.
        I64 = "i64",
        /// A `core::time::Duration`; whole seconds where a machine reads it.
        Duration = "duration",
        /// Anything that has `Display`.
        Text = "text",
    }
}

vocabulary! {
    /// The status codes of gRPC that an error can have, by their canonical names (`google.rpc.Code`).
    GrpcCode {
        /// 1: the caller cancelled.
        Cancelled = "CANCELLED",
        /// 2: an error from another address space, or without more information.
        Unknown = "UNKNOWN",
        /// 3: the arguments are wrong, whatever the state of the system.
        InvalidArgument = "INVALID_ARGUMENT",
        /// 4: the deadline passed.
        DeadlineExceeded = "DEADLINE_EXCEEDED",
        /// 5: the entity was not found.
        NotFound = "NOT_FOUND",
        /// 6: the entity exists already.
        AlreadyExists = "ALREADY_EXISTS",
        /// 7: the caller is known and may not do this.
        PermissionDenied = "PERMISSION_DENIED",
        /// 8: a quota or a resource is used up.
        ResourceExhausted = "RESOURCE_EXHAUSTED",
        /// 9: the system is not in the state that the operation needs.
        FailedPrecondition = "FAILED_PRECONDITION",
        /// 10: a conflict with another operation.
        Aborted = "ABORTED",
        /// 11: past the valid range.
        OutOfRange = "OUT_OF_RANGE",
        /// 12: the operation is not supported.
        Unimplemented = "UNIMPLEMENTED",
        /// 13: an internal error.
        Internal = "INTERNAL",
        /// 14: the service is unavailable for now.
        Unavailable = "UNAVAILABLE",
        /// 15: data was lost.
        DataLoss = "DATA_LOSS",
        /// 16: the caller is not known.
        Unauthenticated = "UNAUTHENTICATED",
    }
}

impl GrpcCode {
    /// The number on the wire, 1 to 16.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The code that an HTTP status stands for, as `google.rpc.Code` documents it.
    pub const fn from_status(status: u16) -> Self {
        match status {
            400 | 413 | 415 | 422 => Self::InvalidArgument,
            401 => Self::Unauthenticated,
            403 => Self::PermissionDenied,
            404 => Self::NotFound,
            405 | 501 => Self::Unimplemented,
            409 => Self::Aborted,
            412 | 428 => Self::FailedPrecondition,
            416 => Self::OutOfRange,
            429 => Self::ResourceExhausted,
            499 => Self::Cancelled,
            500 => Self::Internal,
            502 | 503 => Self::Unavailable,
            504 => Self::DeadlineExceeded,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_by_its_spelling_and_its_number() {
        for &kind in RetryKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(RetryKind::from_number(kind as u32), Some(kind));
        }
        assert!("always".parse::<RetryKind>().is_err());
        assert!("".parse::<Audience>().is_err() && "API".parse::<Audience>().is_err());
        assert_eq!(RetryKind::from_number(99), None);
    }

    #[test]
    fn grpc_numbers_are_those_of_the_protocol() {
        assert_eq!(GrpcCode::Cancelled.number(), 1);
        assert_eq!(GrpcCode::Unauthenticated.number(), 16);
        assert_eq!(GrpcCode::from_status(429), GrpcCode::ResourceExhausted);
    }
}
