//! What a command says: results for stdout, faults and warnings for stderr, and whether it failed. It is printed when
//! the work is done, so that a reader who closes the pipe does not stop the work.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// The answer of a command.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// In the order in which it was said.
    said: Vec<(Stream, String)>,
    failed: bool,
}

#[derive(Clone, Copy, Debug)]
enum Stream {
    Results,
    CompileErrors,
}

impl Answer {
    /// An answer that is a fault and nothing else.
    pub(crate) fn fault(fault: String) -> Self {
        let mut answer = Self::default();
        answer.fail(fault);
        answer
    }

    /// Says a result.
    pub(crate) fn say(&mut self, result: impl Into<String>) {
        self.said.push((Stream::Results, result.into()));
    }

    /// Says what is worth a look, and does not make the command fail.
    pub(crate) fn warn(&mut self, warning: impl Into<String>) {
        self.said.push((Stream::CompileErrors, warning.into()));
    }

    /// Says why the command has failed.
    pub(crate) fn fail(&mut self, fault: impl Into<String>) {
        self.said.push((Stream::CompileErrors, fault.into()));
        self.failed = true;
    }

    /// Prints everything.
    pub(crate) fn print(mut self) -> ExitCode {
        let (mut results, mut faults) = (io::stdout().lock(), io::stderr().lock());
        for (stream, text) in &self.said {
            let printed = match stream {
                Stream::Results => print(&mut results, text),
                Stream::CompileErrors => print(&mut faults, text),
            };
            match (stream, printed) {
                // Whoever reads only the first lines closes the pipe. Where stderr is closed, nobody listens.
                (_, Ok(())) | (Stream::CompileErrors, Err(_)) => {}
                (Stream::Results, Err(error)) if error.kind() == ErrorKind::BrokenPipe => {}
                (Stream::Results, Err(error)) => {
                    let _ = writeln!(faults, "error: can't write the output: {error}");
                    self.failed = true;
                    break;
                }
            }
        }
        if self.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

fn print(stream: &mut impl Write, text: &str) -> io::Result<()> {
    // A file in a catalogue may have a name that paints the terminal.
    let harmless = |character: char| if character.is_control() && character != '\n' { '\u{fffd}' } else { character };
    let text: String = text.trim_end_matches('\n').chars().map(harmless).collect();
    writeln!(stream, "{text}")?;
    stream.flush()
}
