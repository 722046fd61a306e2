//! The files of a new catalogue.

use crate::advice::argument;
use crate::catalog::Catalog;
use crate::edit::staged::Folder;
use crate::error::Error;
use crate::regular_file::read_text;
use crate::schema::FileKind;
use crate::update::Update;
use lift_errors_codegen::path_name;
use std::env;
use std::path::{Component, Path, PathBuf};
use toml_edit::DocumentMut;

/// The usual folder of a catalogue.
const FOLDER: &str = "catalog";

/// The usual language of the entries.
pub(crate) const LOCALE: &str = "en";

/// The choices for a new catalogue. All else has defaults.
#[derive(Debug)]
pub(crate) struct NewCatalog {
    pub(crate) name: Option<String>,
    pub(crate) prefix: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) locale: String,
    pub(crate) folder: String,
}

impl NewCatalog {
    /// The option by which commands in this folder find the catalogue, if they need one.
    pub(crate) fn manifest_option(&self) -> String {
        let folder: PathBuf = Path::new(&self.folder).components().filter(|part| *part != Component::CurDir).collect();
        match folder.to_str() {
            Some(FOLDER) => String::new(),
            // The commands look there first.
            Some("") if !Path::new(FOLDER).join("catalog.toml").exists() => String::new(),
            _ => {
                format!(" --manifest {}", argument(&path_name(&folder.join("catalog.toml"))))
            }
        }
    }
}

/// The files to write, for a catalogue without faults.
///
/// # Errors
///
/// If one of the files exists, or the names are not usable.
pub(crate) fn files(new: &NewCatalog) -> Result<Vec<Update>, Error> {
    let folder = Path::new(&new.folder);
    // Who has a catalogue already need not name it.
    let path = folder.join("catalog.toml");
    if path.exists() {
        return Err(Error::CatalogExists { path, option: new.manifest_option() });
    }
    let name = name(new)?;
    let prefix = prefix(new, &name)?;
    let reference = new.reference.clone().unwrap_or_else(|| format!("https://example.com/{name}/errors"));
    // A literal of Rust.
    let manifest = format!("{:?}", path_name(&path));
    let fill = |template: &str| {
        template
            .replace("{name}", &name)
            .replace("{prefix}", &prefix)
            .replace("{letters}", &prefix.to_uppercase())
            .replace("{reference}", &reference)
            .replace("{locale}", &new.locale)
            .replace("{version}", env!("CARGO_PKG_VERSION"))
            .replace("{manifest}", &manifest)
            .replace("{option}", &new.manifest_option())
    };
    let catalog = [
        (
            "catalog.toml",
            FileKind::Manifest.directive("catalog.toml") + &fill(include_str!("../../templates/catalog.toml")),
        ),
        ("errors.toml", FileKind::Errors.directive("errors.toml") + &fill(include_str!("../../templates/errors.toml"))),
    ];
    check(&catalog, &new.folder)?;
    let mut files: Vec<(PathBuf, String)> = catalog.into_iter().map(|(file, text)| (folder.join(file), text)).collect();
    files.push((folder.join("README.md"), fill(include_str!("../../templates/README.md"))));
    files.extend(FileKind::ALL.iter().map(|kind| (folder.join(kind.path()), kind.schema())));
    // Only a Rust package has tests, and a workspace need not be one.
    if package().is_some_and(|package| package.contains_key("package")) {
        let test = fill(include_str!("../../templates/lock_test.rs"));
        files.push((Path::new("tests").join(format!("{name}_lock.rs")), test));
    }
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        let help = match path.starts_with(folder) && !folder.as_os_str().is_empty() {
            true => "name another folder: `--folder PATH`",
            false => "give the catalogue another name: `lift-errors init NAME`",
        };
        return Err(Error::PlaceOfCatalogTaken { path: path.clone(), help });
    }
    Ok(files.into_iter().map(|(path, text)| Update::new(path, text)).collect())
}

/// The code of the entry that a new catalogue has.
///
/// # Errors
///
/// If the name or the prefix is not usable.
pub(crate) fn example_code(new: &NewCatalog) -> Result<String, Error> {
    Ok(format!("{}_order_not_found", prefix(new, &name(new)?)?))
}

/// The word that all codes begin with.
fn prefix(new: &NewCatalog, name: &str) -> Result<String, Error> {
    let prefix = new.prefix.clone().unwrap_or_else(|| usual_prefix(name));
    let prefix = prefix.trim_end_matches('_').to_owned();
    let is_word = lift_errors_codegen::is_name(&prefix) && !prefix.contains('_');
    if is_word { Ok(prefix) } else { Err(Error::NotAPrefix { prefix }) }
}

/// Checks the catalogue before it is written.
fn check(files: &[(&str, String)], folder: &str) -> Result<(), Error> {
    let unwritten = |source| Error::Write { path: env::temp_dir(), source };
    let copy = Folder::new().map_err(unwritten)?;
    for (name, text) in files {
        copy.write(name, text).map_err(unwritten)?;
    }
    let manifest = copy.path().join("catalog.toml");
    let checked = Catalog::at(&manifest).check();
    checked.map(drop).map_err(|faults| Error::WouldBeFaulty(copy.shown_as(&faults.to_string(), folder)))
}

/// The manifest of Cargo here.
fn package() -> Option<DocumentMut> {
    read_text(Path::new("Cargo.toml")).ok()?.parse().ok()
}

/// The name that was chosen, or that of the Rust package here, or of the folder.
fn name(new: &NewCatalog) -> Result<String, Error> {
    let (written, name) = match &new.name {
        Some(name) => (name.clone(), name.clone()),
        None => {
            let package = package().and_then(|it| Some(it.get("package")?.get("name")?.as_str()?.to_owned()));
            let folder = || Some(env::current_dir().ok()?.file_name()?.to_string_lossy().into_owned());
            let usual = package.or_else(folder).unwrap_or_default();
            let name = in_words(&usual);
            (usual, name)
        }
    };
    if lift_errors_codegen::is_name(&name) {
        return Ok(name);
    }
    let last = written.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let words = in_words(last);
    let better = [words.clone(), format!("{words}_service")];
    let better = better.into_iter().find(|name| lift_errors_codegen::is_name(name));
    let mut command = format!("lift-errors init {}", better.as_deref().unwrap_or("orders"));
    // Who names a path wants the catalogue there.
    let folder = if last != written && new.folder == FOLDER { &written } else { &new.folder };
    let folder = Some(folder).filter(|folder| *folder != FOLDER);
    let locale = Some(&new.locale).filter(|locale| *locale != LOCALE);
    let options = [("prefix", new.prefix.as_ref()), ("reference", new.reference.as_ref()), ("locale", locale)];
    for (option, value) in options.into_iter().chain([("folder", folder)]) {
        command.extend(value.map(|value| format!(" --{option} {}", argument(value))));
    }
    Err(Error::NameOfCatalog { name: written, command })
}

/// A name in lower-case words with `_` between them.
fn in_words(name: &str) -> String {
    let name = name.to_lowercase();
    let words: Vec<&str> =
        name.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_").trim_start_matches(|character: char| character == '_' || character.is_ascii_digit()).to_owned()
}

/// The first letters of a name that can be a prefix: `ord` of `orders`, and `user` of `users`, since `use` is a keyword.
fn usual_prefix(name: &str) -> String {
    let letters = || name.chars().filter(|character| *character != '_');
    let first = |count| letters().take(count).collect::<String>();
    (3..=letters().count()).map(first).find(|word| lift_errors_codegen::is_code(word)).unwrap_or_else(|| first(3))
}
