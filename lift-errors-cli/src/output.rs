//! The output of a command: results for stdout, faults and warnings for stderr, and whether the command failed. It is
//! printed at the end, so that a reader who closes the pipe does not stop the work.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// The output of a command, in order.
#[derive(Debug, Default)]
pub(crate) struct CommandOutput {
    texts: Vec<(Stream, String)>,
    has_failed: bool,
}

#[derive(Clone, Copy, Debug)]
enum Stream {
    Stdout,
    Stderr,
}

impl CommandOutput {
    /// Adds a result.
    pub(crate) fn result(&mut self, result: impl Into<String>) {
        self.texts.push((Stream::Stdout, result.into()));
    }

    /// Adds a warning. The command does not fail because of it.
    pub(crate) fn warning(&mut self, warning: impl Into<String>) {
        self.texts.push((Stream::Stderr, warning.into()));
    }

    /// Adds an error. The command fails.
    pub(crate) fn error(&mut self, error: impl Display) {
        self.texts.push((Stream::Stderr, error.to_string()));
        self.has_failed = true;
    }

    /// Prints everything.
    pub(crate) fn print(mut self) -> ExitCode {
        let (mut stdout, mut stderr) = (io::stdout().lock(), io::stderr().lock());
        for (stream, text) in &self.texts {
            let printed = match stream {
                Stream::Stdout => print(&mut stdout, text),
                Stream::Stderr => print(&mut stderr, text),
            };
            match (stream, printed) {
                // A reader of only the first lines closes the pipe. If stderr is closed, nobody can be told.
                (_, Ok(())) | (Stream::Stderr, Err(_)) => {}
                (Stream::Stdout, Err(error)) if error.kind() == ErrorKind::BrokenPipe => {}
                (Stream::Stdout, Err(error)) => {
                    let _ = writeln!(stderr, "error: can't write the output: {error}");
                    self.has_failed = true;
                    break;
                }
            }
        }
        if self.has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

fn print(stream: &mut impl Write, text: &str) -> io::Result<()> {
    // The name of a file in a catalogue may contain control sequences for the terminal.
    let harmless = |character: char| if character.is_control() && character != '\n' { '\u{fffd}' } else { character };
    let text: String = text.trim_end_matches('\n').chars().map(harmless).collect();
    writeln!(stream, "{text}")?;
    stream.flush()
}
