//! The output of a command: results for stdout, faults and warnings for stderr, and whether the command failed. It is
//! printed at the end, so that a reader who closes the pipe does not stop the work.

use crate::advice;
use crate::error::{Error, ExitReason};
use crate::terminal::{self, Color};
use lift_errors_codegen::escape;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// The output of a command, in order.
#[derive(Debug)]
pub(crate) struct CommandOutput {
    color: Color,
    /// The manifest that the command line names.
    manifest: Option<String>,
    texts: Vec<(Stream, String)>,
    has_written: bool,
    failure: Option<ExitReason>,
}

#[derive(Clone, Copy, Debug)]
enum Stream {
    Stdout,
    /// The output of a renderer, which has made control characters of the catalogue visible, as `Catalog::snapshot` has those of
    /// strings that are not rendered; the others give colour.
    Rendered,
    Stderr,
}

impl CommandOutput {
    pub(crate) fn new(color: Color, manifest: Option<String>) -> Self {
        Self { color, manifest, texts: Vec::new(), has_written: false, failure: None }
    }

    /// When the output has colours.
    pub(crate) fn color(&self) -> Color {
        self.color
    }

    /// Takes back all that was added: the command begins again.
    pub(crate) fn clear(&mut self) {
        self.texts.clear();
    }

    /// Says that the command has written files: what it reports is about those.
    pub(crate) fn set_written(&mut self) {
        self.has_written = true;
    }

    pub(crate) fn has_written(&self) -> bool {
        self.has_written
    }

    /// Adds a result.
    pub(crate) fn result(&mut self, result: impl Into<String>) {
        self.texts.push((Stream::Stdout, result.into()));
    }

    /// Adds the output of a renderer, which is printed as it is.
    pub(crate) fn rendered(&mut self, text: impl Into<String>) {
        self.texts.push((Stream::Rendered, text.into()));
    }

    /// Adds a warning. The command does not fail because of it.
    pub(crate) fn warning(&mut self, warning: impl Into<String>) {
        self.texts.push((Stream::Stderr, warning.into()));
    }

    /// Adds an error. The command fails.
    pub(crate) fn error(&mut self, error: &Error) {
        self.texts.push((Stream::Stderr, error.to_string()));
        self.failure = Some(error.failure());
    }

    /// Prints a line now: the command goes on for long.
    ///
    /// # Errors
    ///
    /// If stdout can't be written, unless its reader closed the pipe after the first lines.
    pub(crate) fn announce(&mut self, text: &str) -> Result<(), Error> {
        match print(&mut io::stdout().lock(), &harmless(text)) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::Stdout(error)),
            _ => Ok(()),
        }
    }

    /// Prints faults now: the command goes on in spite of them.
    pub(crate) fn announce_faults(&mut self, text: &str) {
        // If stderr is closed, nobody can be told.
        let _ = print(&mut io::stderr().lock(), &report(&self.advised(text), self.color));
    }

    /// A text whose commands name the manifest, as this one does.
    fn advised(&self, text: &str) -> String {
        advice::with_manifest(text, self.manifest.as_deref())
    }

    /// Prints everything.
    pub(crate) fn print(mut self) -> ExitCode {
        let (mut stdout, mut stderr) = (io::stdout().lock(), io::stderr().lock());
        for (stream, text) in &self.texts {
            let printed = match stream {
                Stream::Stdout => {
                    let text = terminal::fitted(&harmless(&self.advised(text)), terminal::stdout_columns());
                    print(&mut stdout, &text)
                }
                Stream::Rendered => print(&mut stdout, text),
                Stream::Stderr => print(&mut stderr, &report(&self.advised(text), self.color)),
            };
            match (stream, printed) {
                // If stderr is closed, nobody can be told.
                (_, Ok(())) | (Stream::Stderr, Err(_)) => {}
                // A reader of only the first lines closes the pipe.
                (_, Err(error)) if error.kind() == ErrorKind::BrokenPipe => {}
                (_, Err(error)) => {
                    drop(stderr);
                    not_written(&error);
                    self.failure = Some(ExitReason::CouldNotRun);
                    break;
                }
            }
        }
        self.failure.map_or(ExitCode::SUCCESS, |failure| ExitCode::from(failure as u8))
    }
}

/// Prints the help, or a message about wrong arguments.
///
/// # Errors
///
/// If the stream can't be written.
pub(crate) fn print_usage(usage: &clap::Error) -> io::Result<()> {
    if !usage.use_stderr() {
        return usage.print();
    }
    let text = usage.render().to_string();
    // A long list of alternatives has no blanks.
    let is_long = |line: &str| line.len() > NARROW && line.contains('|');
    let spaced = |line: &str| if is_long(line) { line.replace('|', " | ") } else { line.to_owned() };
    let text: String = text.split_inclusive('\n').map(spaced).collect();
    let text = terminal::fitted(&terminal::wrapped(&text), terminal::stderr_columns());
    io::stderr().write_all(text.as_bytes())
}

/// The columns of a narrow terminal.
const NARROW: usize = 80;

/// Says that the standard output can't be written, for example to a full disk.
pub(crate) fn not_written(error: &io::Error) {
    let _ = writeln!(io::stderr(), "error: can't write the output: {error}");
}

/// The name of a file in a catalogue may contain control sequences for the terminal, or reorder the text around it.
fn harmless(text: &str) -> String {
    let harmless = |character: char| if character.is_control() && character != '\n' { '\u{fffd}' } else { character };
    let visible: String = text.chars().map(harmless).collect();
    let mut ordered = String::with_capacity(visible.len());
    visible.split_inclusive('\n').for_each(|line| escape::unturned(line, &mut |piece| ordered.push_str(piece)));
    ordered
}

/// A report as the terminal shows it.
fn report(text: &str, color: Color) -> String {
    let text = harmless(text);
    terminal::wrapped(&if color.is_for(&io::stderr()) { terminal::painted(&text) } else { text })
}

fn print(stream: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(stream, "{}", text.trim_end_matches('\n'))?;
    stream.flush()
}
