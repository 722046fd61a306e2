//! The formats of an error.

/// A format in which an error can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Problem details for HTTP APIs, `application/problem+json` (RFC 9457).
    ProblemDetails,
    /// The Lift API's own error body, `application/json`.
    Envelope,
    /// A page for a browser, without a brand. [`Page`](crate::Page) writes one with the brand of a service.
    Html,
    /// Text without markup.
    PlainText,
    /// Markdown (CommonMark), for agents, tickets and chats. YAML front matter has the facts that a program decides by: `code`,
    /// `id`, `status`, `retryable`, `retry` (the kind of the [contract](crate::RetryKind): `idempotent` holds for requests that
    /// are safe to repeat), `retry_after` in seconds, `actor` (`client` or `service`: who must act), `type` and `request_id`.
    Markdown,
    /// Text for a terminal. [`Format::terminal`] decides about colour.
    Terminal {
        /// Whether to use escape codes for colour.
        color: bool,
    },
}

impl Format {
    /// The format for a stream. It has colour if the stream is a terminal, `NO_COLOR` (no-color.org) is not set, and `TERM`
    /// is not `dumb`.
    #[cfg(feature = "std")]
    pub fn terminal(stream: &impl std::io::IsTerminal) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self::Terminal { color: stream.is_terminal() && !refused && !dumb }
    }

    /// The media type, for `Content-Type`.
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
