//! The forms that an error can be written in.

/// A form that an error can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Problem details for HTTP APIs, `application/problem+json` (RFC 9457).
    ProblemDetails,
    /// The Lift API's own error body, `application/json`.
    Envelope,
    /// A page for a browser, in no service's brand: [`Page`](crate::Page) is the one in its brand.
    Html,
    /// Text without markup.
    PlainText,
    /// Markdown (CommonMark), for tickets and chats.
    Markdown,
    /// Text for a terminal, in colour where the terminal wants it: [`Format::terminal`].
    Terminal {
        /// Whether to write escape codes for colour.
        color: bool,
    },
}

impl Format {
    /// The form for a stream: in colour where it is a terminal and `NO_COLOR` (no-color.org) is not set.
    #[cfg(feature = "std")]
    pub fn terminal(stream: &impl std::io::IsTerminal) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self::Terminal { color: stream.is_terminal() && !refused && !dumb }
    }

    /// The media type, as `Content-Type` has it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::ProblemDetails => "application/problem+json",
            Self::Envelope => "application/json",
            Self::PlainText | Self::Terminal { .. } => "text/plain; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }
}
