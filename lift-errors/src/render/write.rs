//! Writing a [`Problem`]: each format has a module of its own.

use crate::message::markup::Plain;
#[cfg(feature = "std")]
use crate::message::output::sealed::Sealed;
use crate::message::output::{Formatted, Output};
use crate::problem::Problem;
use crate::render::brand::Brand;
use crate::render::format::Format;
use crate::render::markdown::Markdown;
use crate::render::page::Page;
use crate::render::sources::Sources;
use crate::render::terminal::Terminal;
use crate::render::{envelope, front_matter, problem_details, readable};
use core::fmt;

impl<'a> Problem<'a> {
    /// The sources of the error, outermost first, on one line, with control characters made visible: for the log, never
    /// for the client.
    pub fn sources(&self) -> impl fmt::Display + use<'a> {
        Sources(self.error())
    }

    /// Appends the error in a format. It allocates only if `out` has to grow.
    #[inline]
    pub fn write(&self, format: Format, out: &mut impl Output) {
        write(self, format, out);
    }

    /// Writes the error in a format to a file, a socket or a terminal.
    ///
    /// It writes many small pieces: wrap an unbuffered writer into a `BufWriter`. `std::io::stderr().lock()` needs none
    /// for an error message.
    ///
    /// ```
    /// use lift_errors::{Format, LiftError, lift};
    ///
    /// let error = lift::not_found::new().with_resource("shipment SH-1024");
    /// let mut stderr = std::io::stderr().lock();
    /// let format = Format::terminal(&stderr);
    /// error.problem().write_io(format, &mut stderr)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of the writer. Nothing is written after it.
    #[cfg(feature = "std")]
    pub fn write_io(&self, format: Format, out: &mut impl std::io::Write) -> std::io::Result<()> {
        let mut out = IoOutput { target: out, result: Ok(()) };
        self.write(format, &mut out);
        out.result
    }

    /// The error in a format, as a `Display`.
    pub fn display(&self, format: Format) -> impl fmt::Display + use<'a> {
        DisplayedProblem { problem: *self, format }
    }

    /// Appends the detail, without markup, in the problem's language: for a dialog or a line on a page.
    ///
    /// ```
    /// use lift_errors::{LiftError, lift};
    ///
    /// let error = lift::not_found::new().with_resource("shipment SH-1024");
    /// let mut line = String::new();
    /// error.problem().write_detail(&mut line);
    /// assert_eq!(line, "The server could not find shipment SH-1024.");
    /// ```
    pub fn write_detail(&self, out: &mut impl Output) {
        readable::detail(self, out, &mut Plain::text());
    }

    /// Writes the detail for logs, which is also the `Display` of a canonical error.
    pub(crate) fn log_detail(&self, target: &mut dyn fmt::Write) -> fmt::Result {
        let mut out = Formatted::new(target);
        readable::detail(self, &mut out, &mut Plain::line());
        out.finish()
    }
}

#[inline]
fn write(problem: &Problem<'_>, format: Format, out: &mut impl Output) {
    match format {
        Format::ProblemDetails => problem_details::write(problem, out),
        Format::Envelope => envelope::write(problem, out),
        Format::PlainText => readable::write(problem, out, &mut Plain::text()),
        Format::Html => Page::new(*problem, &Brand::new("")).write(out),
        Format::Markdown => {
            front_matter::write(problem, out);
            readable::write(problem, out, &mut Markdown::default());
        }
        Format::Terminal { color: false } => readable::write(problem, out, &mut Plain::line()),
        Format::Terminal { color: true } => readable::write(problem, out, &mut Terminal),
    }
}

struct DisplayedProblem<'a> {
    problem: Problem<'a>,
    format: Format,
}

impl fmt::Display for DisplayedProblem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.problem.write(self.format, &mut out);
        out.finish()
    }
}

/// An `io::Write` as an output. It keeps the first error, and writes nothing after it.
#[cfg(feature = "std")]
struct IoOutput<'a, W> {
    target: &'a mut W,
    result: std::io::Result<()>,
}

#[cfg(feature = "std")]
impl<W> Sealed for IoOutput<'_, W> {}

#[cfg(feature = "std")]
impl<W: std::io::Write> Output for IoOutput<'_, W> {
    fn push(&mut self, text: &str) {
        if self.result.is_ok() {
            self.result = self.target.write_all(text.as_bytes());
        }
    }
}
