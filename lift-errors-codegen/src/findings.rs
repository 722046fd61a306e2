//! The findings of a run of the compiler, as the front ends print them.

use crate::diagnostic::report::Report;
use crate::diagnostic::span::SourceFiles;
use proc_macro2::TokenStream;
use std::fmt;
use std::path::{Path, PathBuf};

/// What does not keep a catalogue from being compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings {
    shown: Vec<String>,
    count: usize,
}

impl Warnings {
    pub(crate) fn new(report: &mut Report, sources: &SourceFiles, width: usize) -> Self {
        Self { count: report.warning_count(), shown: report.warnings(sources, width) }
    }

    /// The number of all warnings.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The warnings as people read them, each with its place and a remedy. Of very many, the first are shown, and the last one
    /// counts the others.
    pub fn shown(&self) -> &[String] {
        &self.shown
    }
}

/// Why a catalogue was not compiled: `Display` shows every fault with place, caret and remedy, and so does `Debug`,
/// which is what a build script that returns it prints.
#[derive(thiserror::Error)]
#[error("{report}")]
pub struct CompileErrors {
    report: String,
    warnings: Warnings,
    stub: TokenStream,
    files: Vec<PathBuf>,
}

impl fmt::Debug for CompileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl CompileErrors {
    pub(crate) fn new(mut report: Report, sources: &SourceFiles, width: usize) -> Self {
        let files = sources.paths().map(Path::to_owned).collect();
        let warnings = Warnings::new(&mut report, sources, width);
        Self { report: report.render(sources, width), warnings, stub: TokenStream::new(), files }
    }

    /// Adds the module that a macro emits in place of the one that could not be generated.
    pub(crate) fn with_stub(self, stub: TokenStream) -> Self {
        Self { report: self.report + "; nothing was generated", stub, ..self }
    }

    /// The warnings.
    pub fn warnings(&self) -> &Warnings {
        &self.warnings
    }

    /// A module with the catalogue's names and nothing in them: a macro emits it beside the message, so
    /// that the rest of the crate does not add errors of its own.
    pub fn stub(&self) -> &TokenStream {
        &self.stub
    }

    /// The files that were read.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }
}
