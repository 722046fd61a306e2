//! A status that no entry explains: `about:blank`, HTTP's phrase, and no code (RFC 9457 §4.2.1).

use crate::locale::Locale;
use crate::message::output::{Formatted, Output};
use crate::problem::request_id::RequestId;
use crate::render::format::Format;
use crate::render::headers;
use crate::render::html;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::{display, status};

/// A problem that consists of a status only.
///
/// ```
/// use lift_errors::{Format, StatusProblem};
///
/// let problem = StatusProblem::new(418).unwrap();
/// assert_eq!(
///     problem.display(Format::ProblemDetails).to_string(),
///     r#"{"type":"about:blank","title":"Bad Request","status":418}"#,
/// );
/// assert!(StatusProblem::new(200).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatusProblem<'a> {
    status: u16,
    request_id: Option<RequestId<'a>>,
}

impl<'a> StatusProblem<'a> {
    /// Creates the problem of a status from 400 to 599.
    pub fn new(status: u16) -> Option<Self> {
        status::ERRORS.contains(&status).then_some(Self { status, request_id: None })
    }

    /// Sets the id of the request.
    #[must_use]
    pub const fn with_request_id(mut self, id: RequestId<'a>) -> Self {
        self.request_id = Some(id);
        self
    }

    /// The status.
    pub const fn status(self) -> u16 {
        self.status
    }

    /// HTTP's phrase for the status. An unregistered status has the phrase of its class.
    pub const fn phrase(self) -> &'static str {
        status::phrase(self.status)
    }

    /// Appends the problem in a format.
    pub fn write(self, format: Format, out: &mut impl Output) {
        let number = |out: &mut _| display::digits(u64::from(self.status), &mut |digits| Output::push(out, digits));
        match format {
            Format::ProblemDetails => {
                out.push("{\"type\":\"about:blank\",\"title\":\"");
                out.push(self.phrase());
                out.push("\",\"status\":");
                number(out);
                if let Some(id) = self.request_id {
                    for piece in
                        [",\"instance\":\"", id.urn_prefix(), id.as_str(), "\",\"request_id\":\"", id.as_str(), "\""]
                    {
                        out.push(piece);
                    }
                }
                out.push("}");
            }
            Format::Envelope => {
                out.push("{\"errorCode\":");
                number(out);
                for piece in [",\"errorMessage\":\"", self.phrase(), "\""] {
                    out.push(piece);
                }
                if let Some(id) = self.request_id {
                    for piece in [",\"requestId\":\"", id.as_str(), "\""] {
                        out.push(piece);
                    }
                }
                out.push("}");
            }
            Format::Html => {
                html::open(out, &Conventions::english(Locale::EN.number()), 210, |out| out.push(self.phrase()));
                out.push("<main>\n<p class=\"id\">HTTP ");
                number(out);
                for piece in ["</p>\n<h1>", self.phrase(), "</h1>\n"] {
                    out.push(piece);
                }
                if let Some(id) = self.request_id {
                    for piece in ["<p>Request: <code>", id.as_str(), "</code></p>\n"] {
                        out.push(piece);
                    }
                }
                out.push("</main>\n");
                html::close(out);
            }
            Format::PlainText | Format::Markdown | Format::Terminal { .. } => {
                out.push(self.phrase());
                out.push(", HTTP ");
                number(out);
                if let Some(id) = self.request_id {
                    out.push("\n\nRequest: ");
                    out.push(id.as_str());
                }
                out.push("\n");
            }
        }
    }

    /// The problem in a format, as a `Display`.
    pub fn display(self, format: Format) -> impl fmt::Display + use<'a> {
        DisplayedStatus { problem: self, format }
    }

    /// Calls `write` with each header of the response, as [`Problem::headers`](crate::Problem::headers) does.
    pub fn headers(self, format: Format, mut write: impl FnMut(&'static str, &str)) {
        headers::common(format, "en", &mut write);
    }
}

struct DisplayedStatus<'a> {
    problem: StatusProblem<'a>,
    format: Format,
}

impl fmt::Display for DisplayedStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.problem.write(self.format, &mut out);
        out.finish()
    }
}
