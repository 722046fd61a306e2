//! The words that a catalogue may use: an enum for each closed list. TOML and the wire have the same spelling.

use core::fmt;

/// Declares an enum of words, with the spelling and the number of each.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All values, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in catalogues and on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value with this number in a table.
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

/// The error of `FromStr` for [`Severity`], [`RetryKind`], [`Audience`] and the other lists of words.
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
    /// How serious an error is for the service that raises it.
    Severity {
        /// Expected in normal operation.
        Info = "info",
        /// Worth a look if it happens often.
        Warning = "warning",
        /// A request failed that should have succeeded.
        Error = "error",
        /// The service itself is in trouble.
        Critical = "critical",
    }
}

vocabulary! {
    /// The readers of a cause, a fix or a note. A text without an audience is for everyone.
    Audience {
        /// A person in the web interface.
        Browser = "browser",
        /// A script or an integration.
        Api = "api",
        /// The people who run the service.
        Operator = "operator",
    }
}

vocabulary! {
    /// The readers who may see the value of a parameter, from all to none.
    Sensitivity {
        /// Everyone, including clients.
        Public = "public",
        /// Operators, in logs; never clients.
        Operator = "operator",
        /// Nobody; logs redact it.
        Secret = "secret",
    }
}

vocabulary! {
    /// Whether and when the same request may be sent again.
    RetryKind {
        /// Never: it fails again.
        Never = "never",
        /// After the caller has changed something.
        AfterChange = "after_change",
        /// If its method is idempotent (RFC 9110 §9.2.2).
        Idempotent = "idempotent",
        /// After the delay, with any method: the request was not carried out.
        After = "after",
    }
}

vocabulary! {
    /// The kind of a note.
    NoteKind {
        /// Advice that helps next time.
        Tip = "tip",
        /// A danger, such as data that is lost or a step that is done twice.
        Warning = "warning",
    }
}

vocabulary! {
    /// The headings and lines around the texts of an error. A table of texts begins with them, in this order.
    Label {
        /// The heading of the known cause.
        Cause = "cause",
        /// The heading of several possible causes.
        Causes = "causes",
        /// The heading of fixes that belong to no cause.
        Fixes = "fixes",
        /// The heading of notes.
        Notes = "notes",
        /// The heading of field errors.
        Fields = "fields",
        /// The heading of the information for support.
        Support = "support",
        /// The heading of the runbook.
        Runbook = "runbook",
        /// The line with the request id.
        Request = "request",
        /// The line with the URL of the reference page.
        More = "more",
        /// The heading of the details to quote in a support ticket.
        Details = "details",
        /// The name of the entry's id in the details.
        Identifier = "identifier",
        /// The name of the time in the details.
        Time = "time",
        /// The name of the request's address in the details.
        Address = "address",
        /// The text of the button that copies the details.
        Copy = "copy",
        /// The text of that button after it has copied them.
        Copied = "copied",
        /// The text of the link to the status page.
        StatusPage = "status_page",
        /// The text of the link that sends the request again.
        Retry = "retry",
        /// The line with the time to wait before that.
        RetryIn = "retry_in",
        /// The line that takes its place after that time.
        RetryNow = "retry_now",
        /// The text of the link to the page where one logs in.
        Login = "login",
        /// The text of the link to the service's start page.
        Home = "home",
        /// The heading of a warning.
        Warning = "warning",
        /// The text of the link to support.
        Contact = "contact",
        /// The line for a browser that has selected the details and refuses to copy them.
        Selected = "selected",
        /// The text of the link to the reference page.
        About = "about",
        /// The name of the request's id in the details.
        RequestId = "request_id",
    }
}

impl Label {
    /// The placeholder in the label, if it has one.
    pub const fn placeholder(self) -> Option<&'static str> {
        match self {
            Self::Request => Some("request_id"),
            Self::More => Some("address"),
            Self::RetryIn => Some("wait"),
            Self::Home => Some("brand"),
            Self::About => Some("id"),
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
        /// A `core::time::Duration`; `params` and headers have whole seconds.
        Duration = "duration",
        /// Any type that implements `Display`.
        Text = "text",
        /// The name of a thing, which the catalogue translates.
        Term = "term",
    }
}

vocabulary! {
    /// The gRPC status code of an error, spelled as in `google.rpc.Code`.
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
        /// 7: the caller is authenticated and lacks a permission.
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
        /// 16: the caller is not authenticated.
        Unauthenticated = "UNAUTHENTICATED",
    }
}

impl GrpcCode {
    /// The number on the wire, from 1 to 16.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The code for an HTTP status, by the mapping that `google.rpc.Code` documents.
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

    /// The HTTP status for the code, by the same mapping.
    pub const fn http_status(self) -> u16 {
        match self {
            Self::InvalidArgument | Self::FailedPrecondition | Self::OutOfRange => 400,
            Self::Unauthenticated => 401,
            Self::PermissionDenied => 403,
            Self::NotFound => 404,
            Self::AlreadyExists | Self::Aborted => 409,
            Self::ResourceExhausted => 429,
            Self::Cancelled => 499,
            Self::Unknown | Self::Internal | Self::DataLoss => 500,
            Self::Unimplemented => 501,
            Self::Unavailable => 503,
            Self::DeadlineExceeded => 504,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_numbers_are_read_back() {
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
        assert_eq!(GrpcCode::ResourceExhausted.http_status(), 429);
    }
}
