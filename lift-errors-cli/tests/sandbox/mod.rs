//! A small catalogue in a temporary folder, in which the command runs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

const MANIFEST: &str = r#"[catalog]
name = "depot"
id_form = "DEP-0000"
code_prefix = "dep_"
reference = "https://example.com/depot/errors"
default_locale = "en"
locales = ["en", "uk"]
files = ["errors.toml"]

[labels]
fixes = "What you can do"
"#;

const ERRORS: &str = r#"[dep_shelf_unknown]
id = "DEP-0001"
status = 404
since = "0.1.0"
severity = "warning"
title = "Unknown shelf"
detail = "There is no shelf {shelf}."
meaning = "The depot has no shelf of that name."
retry = { kind = "after_change" }

[dep_shelf_unknown.params]
shelf = { type = "text", sensitivity = "public", doc = "The shelf's name.", example = "B-7" }

[[dep_shelf_unknown.cause]]
id = "misspelt"
text = "The name is misspelt."
fixes = ["look_it_up"]

[[dep_shelf_unknown.fix]]
id = "look_it_up"
text = "Look the name up on the shelf's sign."

[dep_count_open]
id = "DEP-0002"
status = 409
since = "0.1.0"
severity = "info"
title = "A count is open"
detail = "The shelf is being counted."
meaning = "Nothing may leave the shelf until the count is closed."
retry = { kind = "after_change" }

[[dep_count_open.cause]]
id = "colleague_counts"
text = "A colleague is counting the stock."
fixes = ["close_it"]

[[dep_count_open.fix]]
id = "close_it"
text = "Ask the colleague to close the count."
"#;

/// All texts except the last one.
const UKRAINIAN: &str = r#"[dep_shelf_unknown]
title = "Невідома полиця"
detail = "Полиці {shelf} немає."
meaning = "На складі немає полиці з такою назвою."

[dep_shelf_unknown.cause]
misspelt = "Назву написано з помилкою."

[dep_shelf_unknown.fix]
look_it_up = "Знайдіть назву на табличці полиці."

[dep_count_open]
title = "Триває підрахунок"
detail = "Полицю саме перераховують."
meaning = "Ніщо не може залишити полицю, доки підрахунок не закрито."

[dep_count_open.cause]
colleague_counts = "Колега перераховує запаси."
"#;

/// A folder that is removed at the end of the test.
pub(crate) struct Sandbox {
    pub(crate) root: PathBuf,
}

impl Sandbox {
    /// Creates an empty folder.
    pub(crate) fn empty() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("lift-errors-cli-{}-{number}", process::id()));
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// Creates the catalogue with its translations, without generated files.
    pub(crate) fn new() -> Self {
        let sandbox = Self::empty();
        sandbox.write("catalog/catalog.toml", MANIFEST);
        sandbox.write("catalog/errors.toml", ERRORS);
        sandbox.write("catalog/locales/uk/catalog.toml", "[labels]\nfixes = \"Що ви можете зробити\"\n");
        sandbox.write("catalog/locales/uk/errors.toml", UKRAINIAN);
        sandbox
    }

    /// Creates the catalogue with its generated files.
    pub(crate) fn synced() -> Self {
        let sandbox = Self::new();
        sandbox.run("sync").succeeds();
        sandbox
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All files with their contents, by their paths.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, String> {
        let (mut files, mut folders) = (BTreeMap::new(), vec![self.root.clone()]);
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let text = fs::read_to_string(&path).unwrap();
                    files.insert(path, text);
                }
            }
        }
        files
    }

    /// Replaces a text in a file. The text must be there.
    pub(crate) fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} has no {old:?}");
        self.write(file, &text.replace(old, new));
    }

    /// Asserts that each command fails with the code, says the text, and changes no file.
    pub(crate) fn assert_refused(&self, commands: &[(&str, i32, &str)]) {
        let before = self.files();
        for (arguments, code, says) in commands {
            let run = self.run(arguments);
            assert!(run.fails(*code).contains(says), "{arguments}: {run:#?}");
            assert_eq!(self.files(), before, "{arguments}");
        }
    }

    /// Runs the command. Arguments are separated by blanks.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        run_in(&self.root, arguments)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// The command in a folder.
pub(crate) fn command_in(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lift-errors"));
    command.current_dir(folder).args(arguments.split_whitespace());
    command
}

pub(crate) fn run_in(folder: &Path, arguments: &str) -> Run {
    Run::new(arguments, command_in(folder, arguments).output().unwrap())
}

/// The output and the exit code of the command.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) arguments: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn new(arguments: &str, output: Output) -> Self {
        let text = |bytes| with_slashes(String::from_utf8(bytes).unwrap());
        Self {
            arguments: arguments.to_owned(),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Asserts that the command succeeded without a word on stderr, and gives its stdout.
    #[track_caller]
    pub(crate) fn succeeds(&self) -> &str {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "lift-errors {}: {self:#?}", self.arguments);
        &self.stdout
    }

    /// Asserts that the command failed without a word on stdout, and gives its stderr.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32) -> &str {
        assert_eq!((self.code, self.stdout.as_str()), (Some(code), ""), "lift-errors {}: {self:#?}", self.arguments);
        &self.stderr
    }
}

/// A report whose paths have the separator of Unix, as the tests expect them. Other lines may have backslashes of their own.
fn with_slashes(report: String) -> String {
    const FOLDERS: [&str; 7] = ["catalog\\", "..\\", "docs\\", "i18n\\", "site\\", "src\\", "tests\\"];
    if !cfg!(windows) {
        return report;
    }
    let has_path = |line: &str| FOLDERS.iter().any(|folder| line.contains(folder));
    let lines = report.split_inclusive('\n');
    lines.map(|line| if has_path(line) { line.replace('\\', "/") } else { line.to_owned() }).collect()
}
