//! Reasons why a command fails, and the exit code of each.

use crate::count::count;
use crate::exchange::fault::Fault;
use crate::exchange::file::Format;
use crate::runtime::sample::SampleError;
use lift_errors_codegen::{CompileErrors, UnknownTranslation};
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// A reason why a command fails. `Display` gives the whole message, as the terminal shows it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(
        "error: there is no catalogue here: neither `{}` nor `{}`, in this folder or one above it\n  \
         = help: go to the folder with the catalogue, or name its manifest: `--manifest PATH`",
        .0[0], .0[1]
    )]
    NoCatalog([&'static str; 2]),
    // The report has its own headline for each fault.
    #[error(transparent)]
    Compile(#[from] CompileErrors),
    #[error("error: {0}")]
    Unknown(#[from] UnknownTranslation),
    #[error("error: the catalogue has no code `{code}`: {hint}")]
    UnknownCode { code: String, hint: String },
    #[error(
        "error: the code `{code}` was removed in version {version}\n  = help: `lift-errors explain {code}` tells what is known of it"
    )]
    Removed { code: String, version: String },
    #[error(
        "error: the code `{code}` was removed in version {version}: clients know it as something else\n  = help: choose another code"
    )]
    CodeOfRemoved { code: String, version: String },
    #[error("error: the code `{code}` has no cause `{cause}`: {hint}")]
    UnknownCause { code: String, cause: String, hint: String },
    #[error(
        "error: only readers `{audience}` see the cause `{cause}` of `{code}`\n  = help: name that reader: `--audience {audience}`"
    )]
    HiddenCause { code: String, cause: String, audience: String },
    #[error("error: `{query}` means {count} errors: {codes}; name one")]
    Ambiguous { query: String, count: usize, codes: String },
    #[error("error: {0}")]
    Sample(#[from] SampleError),
    #[error("error: nothing in the catalogue matches `{query}`: {hint}")]
    NoMatch { query: String, hint: String },
    #[error("error: no entry matches these filters")]
    NothingLeft,
    #[error("error: the pasted text names no error of the catalogue `{catalog}`: {hint}")]
    NoErrorInBody { catalog: String, hint: String },
    #[error("error: there is no `{target}`: {hint}")]
    NoTarget { target: String, hint: String },
    #[error("error: name the code: `lift-errors new {example}`; without one, the command asks on a terminal")]
    NoCode { example: String },
    #[error(
        "error: the code `{code}` does not begin with `{prefix}`, as those of this catalogue do: write `{example}`"
    )]
    NoPrefix { code: String, prefix: String, example: String },
    #[error("error: the answers ended before the last question; nothing was written")]
    Unfinished,
    #[error("error: can't write to the terminal: {0}")]
    Terminal(io::Error),
    #[error(
        "error: `{name}` can't be a name\n  = help: write the new name alone{}",
        last.as_ref().map(|last| format!(": `lift-errors rename {old} {last}`")).unwrap_or_default()
    )]
    NewNameWithPath { name: String, old: String, last: Option<String> },
    #[error("error: there is already a `{target}`")]
    NameTaken { target: String },
    #[error(
        "error: `{file}` has a `{key}` already, which the new name would replace\n  = help: take another name, or remove that one first"
    )]
    KeyTaken { file: String, key: String },
    #[error(
        "error: `{name}` can't be a code, because files have another table of that name\n  = help: take another name"
    )]
    NotACode { name: String },
    #[error("error: `{code}` can't be a code: write {form}")]
    FormOfCode { code: String, form: &'static str },
    #[error(
        "error: the code `{code}` was released: clients know it, so it can't be renamed\n  \
         = help: add a new entry, and write `replaced_by = \"…\"` into `{code}`; if no release has it yet, delete its table from `catalog.lock`"
    )]
    Released { code: String },
    #[error(
        "error: the parameter `{name}` of `{code}` was released: clients read it by its name\n  \
         = help: keep it, or add another parameter beside it; if no release has it yet, delete it from `params` of `{code}` in \
         `catalog.lock`"
    )]
    ReleasedParameter { code: String, name: String },
    // `alias` is the code that is removed, with the version that does not have it any more, if it was released.
    #[error(
        "error: no other text names the parameter `{name}` of `{code}`, which was released: clients read it by its name\n  \
         = help: {}",
        last_use(code, alias.as_ref())
    )]
    LastUse { code: String, name: String, alias: Option<(String, Option<String>)> },
    #[error(
        "error: `{target}` replaces the base's; under another name the base's would come back\n  \
         = help: keep the name, or add a part of another name beside it"
    )]
    ReplacesBase { target: String },
    #[error("error: `{address}` is the base's, which can't be removed\n  = help: {remedy}")]
    OfBase { address: String, remedy: String },
    #[error("error: `{}` is not a version\n  = help: write three numbers: `--in 0.4.0`", version.escape_debug())]
    NotAVersion { version: String },
    #[error(
        "error: `{name}` is in version {since}, so {version} can't be the one that does not have it any more\n  \
         = help: name a later one: `--in {later}`"
    )]
    VersionBefore { name: String, since: String, version: String, later: String },
    #[error("error: `{key}` of `{by}` names `{code}`\n  = help: change `{by}` first")]
    InUse { code: String, by: String, key: &'static str },
    #[error(
        "error: `{code}` explains a bare {status}, and several other entries have that status\n  \
         = help: move `status_default = true` from `{code}` to one of them first: {others}"
    )]
    StatusDefault { code: String, status: u16, others: String },
    #[error(
        "error: `{code}` was released, so `catalog.lock` keeps it\n  \
         = help: name the version that does not have it any more: `lift-errors remove {code} --in VERSION`; if no release has it yet, \
         delete its table from `catalog.lock`"
    )]
    NoVersion { code: String },
    #[error("{0}\n  = help: nothing was written: the catalogue would have these faults after the change")]
    WouldBeFaulty(String),
    #[error("error: can't import `{}`: {reason}", path.display())]
    Import { path: PathBuf, reason: String },
    #[error(
        "error: nothing to import: {0}\n  \
         = help: if an earlier import made the codes, delete its files, those of its name in `locales` among them, and its name \
         in `files` of the manifest; after `lock`, their tables in `catalog.lock`, too, if no release has the codes"
    )]
    NothingToImport(String),
    #[error(
        "error: the catalogue has no ids left: `{form}` has too few digits\n  = help: put a longer form before it, so that the ids in use keep theirs: `id_form = [{forms}]`"
    )]
    IdsExhausted { form: String, forms: String },
    #[error(
        "error: the next id is unknown, because no form in `id_form` ends with a number\n  = help: add a form such as `ORD-0000`, or write the entry by hand"
    )]
    IdsNotNumbered,
    #[error(
        "error: the path `{}` has a control character, such as the end of a line\n  = help: rename the folder, or call the \
         command in it",
        path.escape_debug()
    )]
    NameOfFolder { path: String },
    #[error("error: `{}` exists already; nothing was written", path.display())]
    Exists { path: PathBuf },
    #[error(
        "error: `{}` is a file of the catalogue; nothing was written\n  = help: name another one: `--out FILE`",
        path.display()
    )]
    FileOfCatalog { path: PathBuf },
    #[error("error: `{}` exists already; nothing was written\n  = help: {help}", path.display())]
    PlaceOfCatalogTaken { path: PathBuf, help: &'static str },
    #[error(
        "error: `{}` exists already; nothing was written\n  \
         = help: name another file: `--into FILE`; to undo an import, delete its files, those of its name in `locales` \
         among them, and its name in `files` of the manifest; after `lock`, their tables in `catalog.lock`, too, if no release has \
         the codes",
        path.display()
    )]
    ImportExists { path: PathBuf },
    #[error(
        "error: `{}` exists already; nothing was written\n  \
         = help: `lift-errors new{option}` adds an entry to it; for another catalogue, name its folder: `--folder PATH`",
        path.display()
    )]
    CatalogExists { path: PathBuf, option: String },
    #[error(
        "error: `{}` can't be the name of a catalogue: write lower-case words of `a`–`z` and `0`–`9`, joined by `_`, and none of Rust's own\n  \
         = help: `{command}`",
        name.escape_debug()
    )]
    NameOfCatalog { name: String, command: String },
    #[error("error: `{}` can't begin codes\n  = help: write one short lower-case word: `--prefix ord`", prefix.escape_debug())]
    NotAPrefix { prefix: String },
    #[error(
        "error: `{name}` can't be a file of the catalogue\n  \
         = help: name it by its path in the manifest's folder, without `..`: `imported.toml`"
    )]
    NotInside { name: String },
    #[error(
        "error: `{}` is not empty, and `docs` did not make it; nothing was written\n  = help: name a folder that is not there yet: `--out {free}`",
        path.display()
    )]
    NotOurs { path: PathBuf, free: String },
    #[error("error: `{}` is a file, and the site is a folder\n  = help: name a folder: `--out {free}`", path.display())]
    SiteIsFile { path: PathBuf, free: String },
    #[error(
        "error: the site has a file at `{}`, and `docs` did not make what is there; nothing was written\n  \
         = help: move it to another place",
        path.display()
    )]
    PlaceTaken { path: PathBuf },
    #[error(
        "error: `{}` is the current folder or one above it, and `docs` replaces the folder that it writes\n  \
         = help: name a folder in it: `--out {free}`",
        path.display()
    )]
    CurrentFolder { path: PathBuf, free: String },
    #[error(
        "error: `{}` is in use by the system, such as a place where a volume is mounted, and `docs` replaces the folder that it writes\n  \
         = help: name a folder in it: `--out {}`",
        path.display(), path.join("site").display()
    )]
    MountPoint { path: PathBuf },
    #[error("error: {0} not in the usual layout; run `lift-errors fmt`")]
    Unformatted(String),
    #[error("error: `{}` is not TOML: {error}\n  = help: `lift-errors check` shows every fault with a remedy", path.display())]
    Toml { path: PathBuf, error: toml_edit::TomlError },
    #[error("error: `{}`, {fault}", path.display())]
    Exchange { path: PathBuf, fault: Fault },
    #[error(
        "error: `{}` is {}\n  = help: `lift-errors import {}` reads it",
        path.display(), format.noun(), format.word()
    )]
    OtherFormat { path: PathBuf, format: Format },
    #[error(
        "error: `{}` does not say which language its translations are in\n  \
         = help: name it: `--locale LOCALE`, or the header `Language` of a PO file, `target-language` of an XLIFF file",
        path.display()
    )]
    NoLanguage { path: PathBuf },
    #[error(
        "error: `{}` names its language, but {fault}\n  = help: if its translations are in another locale, name that: `--locale LOCALE`",
        path.display()
    )]
    LanguageOfFile { path: PathBuf, fault: UnknownTranslation },
    #[error("error: {}", left_out(*.texts, *.gone))]
    LeftOut { texts: usize, gone: usize },
    #[error("error: `{}` has something else where the table of `{address}` belongs", path.display())]
    NotATable { path: PathBuf, address: String },
    #[error("error: can't read the standard input: {0}")]
    Stdin(io::Error),
    #[error("error: can't read `{}`: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("error: can't write `{}`: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    /// One of several files can't be written. Those that are `written` could not be restored.
    #[error("error: can't write `{}`: {source}{}", path.display(), not_restored(written))]
    WriteAll { path: PathBuf, source: io::Error, written: Vec<PathBuf> },
    #[error("error: `{}` has changed meanwhile; nothing was written\n  = help: run the command again", path.display())]
    Changed { path: PathBuf },
    #[error(
        "error: another command is changing this catalogue; nothing was written\n  \
         = help: wait for it; if there is none, remove `{}`",
        path.display()
    )]
    Busy { path: PathBuf },
    #[error("error: can't remove `{}`: {source}", path.display())]
    Remove { path: PathBuf, source: io::Error },
    #[error("{}", cannot_serve(*port, source))]
    Serve { port: u16, source: io::Error },
    #[error("error: can't write the output: {0}")]
    Stdout(io::Error),
    #[error("error: can't write the output as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("error: 1 file is not current; run `lift-errors sync`")]
    NotCurrent,
    #[error("error: {0} files are not current; run `lift-errors sync`")]
    SeveralNotCurrent(usize),
    #[error("error: there is no lock file; run `lift-errors lock`, read it, and commit it")]
    NoLock,
    #[error("error: the lock file is not current; run `lift-errors lock`, read what changed, and commit the file")]
    LockNotCurrent,
}

/// The meaning of an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitReason {
    /// The command did its work and found something.
    Findings = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The command could not do its work.
    CouldNotRun = 3,
}

impl Error {
    /// The message without its label, where it follows a question.
    pub(crate) fn reason(&self) -> String {
        let message = self.to_string();
        message.strip_prefix("error: ").unwrap_or(&message).to_owned()
    }

    /// The kind of failure.
    pub(crate) fn failure(&self) -> ExitReason {
        match self {
            // Without a manifest there are no findings about a catalogue.
            Self::Compile(faults) if faults.files().is_empty() => ExitReason::CouldNotRun,
            Self::Compile(_)
            | Self::Unknown(_)
            | Self::UnknownCode { .. }
            | Self::Removed { .. }
            | Self::CodeOfRemoved { .. }
            | Self::UnknownCause { .. }
            | Self::HiddenCause { .. }
            | Self::Ambiguous { .. }
            | Self::NoMatch { .. }
            | Self::NothingLeft
            | Self::NoErrorInBody { .. }
            | Self::NoTarget { .. }
            | Self::NewNameWithPath { .. }
            | Self::NameTaken { .. }
            | Self::KeyTaken { .. }
            | Self::NotACode { .. }
            | Self::NoPrefix { .. }
            | Self::FormOfCode { .. }
            | Self::Released { .. }
            | Self::ReleasedParameter { .. }
            | Self::LastUse { .. }
            | Self::ReplacesBase { .. }
            | Self::OfBase { .. }
            | Self::InUse { .. }
            | Self::StatusDefault { .. }
            | Self::WouldBeFaulty(_)
            | Self::Exists { .. }
            | Self::PlaceOfCatalogTaken { .. }
            | Self::ImportExists { .. }
            | Self::CatalogExists { .. }
            | Self::NameOfCatalog { .. }
            | Self::NotAPrefix { .. }
            | Self::NotOurs { .. }
            | Self::SiteIsFile { .. }
            | Self::PlaceTaken { .. }
            | Self::CurrentFolder { .. }
            | Self::FileOfCatalog { .. }
            | Self::NameOfFolder { .. }
            | Self::IdsExhausted { .. }
            | Self::IdsNotNumbered
            | Self::NothingToImport(_)
            | Self::Unformatted(_)
            | Self::Toml { .. }
            | Self::Exchange { .. }
            | Self::LanguageOfFile { .. }
            | Self::LeftOut { .. }
            | Self::NotATable { .. }
            | Self::NotCurrent
            | Self::SeveralNotCurrent(_)
            | Self::NoLock
            | Self::LockNotCurrent => ExitReason::Findings,
            Self::Sample(_)
            | Self::NoCode { .. }
            | Self::NoVersion { .. }
            | Self::NotAVersion { .. }
            | Self::VersionBefore { .. }
            | Self::OtherFormat { .. }
            | Self::NoLanguage { .. }
            | Self::NotInside { .. } => ExitReason::Usage,
            Self::NoCatalog(_)
            | Self::Import { .. }
            | Self::Stdin(_)
            | Self::Unfinished
            | Self::Terminal(_)
            | Self::Read { .. }
            | Self::Write { .. }
            | Self::MountPoint { .. }
            | Self::WriteAll { .. }
            | Self::Changed { .. }
            | Self::Busy { .. }
            | Self::Remove { .. }
            | Self::Serve { .. }
            | Self::Stdout(_)
            | Self::Json(_) => ExitReason::CouldNotRun,
        }
    }
}

/// The files of a change that stay written although another one can't be.
fn not_restored(written: &[PathBuf]) -> String {
    if written.is_empty() {
        return "; nothing was written".to_owned();
    }
    let written: Vec<String> = written.iter().map(|path| format!("`{}`", path.display())).collect();
    format!(
        "\n  = note: already written, and not restored: {}\n  \
         = help: bring them back from your version control, and run the command again",
        written.join(", ")
    )
}

/// The texts of a file that were left out, of which the catalogue does not have `gone`: of those most need nothing.
fn left_out(texts: usize, gone: usize) -> String {
    let all = count(texts, "text");
    let of_gone =
        "a text that has another name now needs that name in the file, and one that was removed needs nothing";
    match gone {
        0 => format!("{all} left out; mend them as the warnings say, and import again"),
        gone if gone == texts => format!("{all} left out, which the catalogue does not have\n  = help: {of_gone}"),
        gone => format!(
            "{all} left out; mend them as the warnings say, and import again\n  = help: the catalogue does not have {gone} of them: {of_gone}"
        ),
    }
}

/// What to do about a parameter of an entry that only the text or the alias names which is removed.
fn last_use(code: &str, alias: Option<&(String, Option<String>)>) -> String {
    match alias {
        None => format!(
            "name it in another text of the entry first; if clients can do without it, delete both the text and the parameter from \
             the file of `{code}`; if no release has it yet, delete it from `params` of `{code}` in `catalog.lock`"
        ),
        Some((alias, version)) => {
            let tombstone = version.as_ref().map(|version| {
                format!("; `lift-errors remove {alias} --in {version}` then writes the tombstone of `{alias}`")
            });
            format!(
                "name it in a text of `{code}` first; if clients can do without it, delete both the parameter of `{code}` and the \
                 table of `{alias}` from their files{}",
                tombstone.unwrap_or_default()
            )
        }
    }
}

fn cannot_serve(port: u16, error: &io::Error) -> String {
    let (message, help) = match error.kind() {
        ErrorKind::AddrInUse => (format!("the port {port} is taken"), "take a free one: `--port 0`"),
        ErrorKind::PermissionDenied => {
            (format!("the port {port} needs rights that this user does not have"), "name one above 1023: `--port 4400`")
        }
        _ => return format!("error: can't serve at port {port}: {error}"),
    };
    format!("error: {message}\n  = help: {help}")
}
