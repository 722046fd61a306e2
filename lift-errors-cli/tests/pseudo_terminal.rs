//! The command in a terminal: questions, Ctrl-C, colours, and lines that fit its width.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use sandbox::Sandbox;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ExitStatus};

const ERRORS: &str = "catalog/errors.toml";

/// A terminal with the command in it.
struct Terminal {
    pty: Pty,
    child: Child,
    /// All that was shown so far.
    shown: String,
}

impl Terminal {
    fn run(folder: &Path, arguments: &str, columns: u16) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(40, columns)).unwrap();
        let command = Command::new(env!("CARGO_BIN_EXE_lift-errors")).current_dir(folder).env("TERM", "xterm");
        let child = command.env_remove("NO_COLOR").args(arguments.split_whitespace()).spawn(pts).unwrap();
        Self { pty, child, shown: String::new() }
    }

    /// Reads on; false at the end.
    fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        // Linux reports an error when the last program has closed the terminal.
        let count = self.pty.read(&mut bytes).unwrap_or(0);
        self.shown.push_str(&String::from_utf8_lossy(&bytes[..count]));
        count > 0
    }

    /// Waits for a question, and types an answer.
    #[track_caller]
    fn answer(&mut self, question: &str, keys: &str) {
        while !self.shown.contains(question) {
            assert!(self.read(), "{question:?} was not asked:\n{}", self.shown);
        }
        // The next question is another one.
        self.shown = self.shown.split_once(question).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        self.pty.write_all(keys.as_bytes()).unwrap();
    }

    fn end(mut self) -> (ExitStatus, String) {
        while self.read() {}
        (self.child.wait().unwrap(), self.shown.replace('\r', ""))
    }
}

fn with_two_files() -> Sandbox {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "[\"errors.toml\"]", "[\"errors.toml\", \"gates.toml\"]");
    sandbox.write("catalog/gates.toml", "[defaults]\nstatus = 423\nseverity = \"info\"\n");
    sandbox
}

#[test]
fn new_asks_step_by_step() {
    let sandbox = with_two_files();
    let mut terminal = Terminal::run(&sandbox.root, "new", 80);
    terminal.answer("Code, such as dep_not_found: ", "gate_shut\n");
    terminal.answer("write `dep_gate_shut`", "dep_count_open\n");
    terminal.answer("there is already a `dep_count_open`", "dep_gate_shut\n");
    terminal.answer("File (errors.toml, gates.toml) [gates.toml]: ", "\n");
    terminal.answer("Title, a short name of the error: ", "The gate is \"shut\"\n");
    terminal.answer("{name} is a parameter: ", "The gate is shut.\n");
    terminal.answer("Meaning, what the error means: ", "Nothing leaves.\n");
    terminal.answer("Cause, a usual one: ", "It is night.\n");
    terminal.answer("Fix, what helps: ", "Wait.\n");
    terminal.answer("HTTP status, 400 to 599 [423]: ", "200\n");
    terminal.answer("`200` is not a number from 400 to 599", "\n");
    terminal.answer("Severity (info, warning, error, critical) [info]: ", "warn\n");
    terminal.answer("did you mean `warning`?", "warning\n");
    terminal.answer("Retry (never, after_change, idempotent, after) [never]: ", "after\n");
    terminal.answer("Since version [0.1.0]: ", "0.2.0\n");
    terminal.answer("Write this to `gates.toml`? (y, n) [y]: ", "\n");
    let (status, shown) = terminal.end();
    assert!(status.success() && shown.contains("added `dep_gate_shut` with the id DEP-0003, complete"), "{shown}");
    let file = sandbox.read("catalog/gates.toml");
    let expected = "\n[dep_gate_shut]\nid = \"DEP-0003\"\nsince = \"0.2.0\"\nseverity = \"warning\"\n\
        title = 'The gate is \"shut\"'\ndetail = \"The gate is shut.\"\nmeaning = \"Nothing leaves.\"\n\
        retry = { kind = \"after\", delay = \"retry_after\" }\n\n[dep_gate_shut.params]\nretry_after = ";
    assert!(file.contains(expected), "{file}");
    assert_eq!(sandbox.run("check").code, Some(0));
}

#[test]
fn no_status_is_asked_for_where_the_default_is_none() {
    let sandbox = with_two_files();
    sandbox.write("catalog/gates.toml", "[defaults]\ntransport = \"none\"\n");
    let manifest = sandbox.read("catalog/catalog.toml") + "\n[defaults]\nstatus = 423\n";
    sandbox.write("catalog/catalog.toml", &manifest);
    let mut terminal = Terminal::run(&sandbox.root, "new dep_gate_shut", 80);
    for question in ["File", "Title", "Detail", "Meaning", "Cause", "Fix"] {
        terminal.answer(question, if question == "File" { "\n" } else { "Shut.\n" });
    }
    terminal.answer("Severity", "\n");
    for question in ["Retry", "Since version", "Write this"] {
        terminal.answer(question, "\n");
    }
    let (status, shown) = terminal.end();
    assert!(status.success() && !shown.contains("HTTP status"), "{shown}");
    let gates = sandbox.read("catalog/gates.toml");
    assert!(gates.contains("[dep_gate_shut]\nid = \"DEP-0003\"\nsince"), "{gates}");
    assert_eq!(sandbox.run("check").code, Some(0));
}

#[test]
fn new_asks_for_each_parameter_of_the_detail() {
    let sandbox = Sandbox::synced();
    let most = "\n[constants]\nmost = 7\n";
    sandbox.write("catalog/catalog.toml", &(sandbox.read("catalog/catalog.toml") + most));
    sandbox.replace(ERRORS, "Nothing may leave", "Nothing of {most} shelves may leave");
    sandbox.replace("catalog/locales/uk/errors.toml", "Ніщо не може", "Ніщо з {most} не може");
    let flags = "new dep_gate_shut --severity info --retry after --since 0.2.0 --status 423 --title Shut --meaning Shut --cause Night --fix Wait";
    let answer_all = |terminal: &mut Terminal, detail: &str| {
        terminal.answer("Title", "\n");
        terminal.answer("{name} is a parameter", detail);
        for question in ["Meaning", "Cause", "Fix", "HTTP status", "Severity", "Retry", "Since version"] {
            terminal.answer(question, "\n");
        }
    };
    // Without a code, it asks even though the rest is given.
    let mut terminal = Terminal::run(&sandbox.root, &flags.replace("dep_gate_shut ", ""), 80);
    terminal.answer("Code, such as dep_not_found: ", "dep_gate_shut\n");
    answer_all(&mut terminal, "Gate {gate} of {most} is shut {{now}} for {waiting} in {window} and {retry_after}.\n");
    terminal.answer("Type of {gate} (u32, u64, i64, duration, text, term) [text]: ", "\n");
    terminal.answer("Who may read {gate} (public, operator, secret): ", "everyone\n");
    terminal.answer("answers: `operator`, `public`, `secret`", "operator\n");
    terminal.answer("What {gate} is, in a sentence: ", "The \"name\" of the gate.\n");
    terminal.answer("An example of {gate}: ", "17\n");
    terminal.answer("Type of {waiting} (", "u32\n");
    terminal.answer("What {waiting} is", "How many wait.\n");
    terminal.answer("An example of {waiting}: ", "many\n");
    terminal.answer("`many` is not a whole number up to 4294967295", "012\n");
    terminal.answer("Type of {window} (", "duration\n");
    terminal.answer("What {window} is", "For how long.\n");
    terminal.answer("An example of {window}: ", "soon\n");
    terminal.answer("`soon` is not a duration such as 12s or 1h 5m", "90m\n");
    // The answers can be changed, and those before are the defaults.
    terminal.answer("names the operator parameter `gate`", "");
    terminal.answer("Change the answers? (y, n) [y]: ", "\n");
    terminal.answer("Code, such as", "dep_gate_shut\n");
    answer_all(&mut terminal, "\n");
    terminal.answer("Type of {gate}", "\n");
    terminal.answer("Who may read {gate} (public, operator, secret) [operator]: ", "public\n");
    for question in [
        "What {gate} is",
        "An example of {gate} [17]: ",
        "Type of {waiting} (u32, u64, i64, duration, text, term) [u32]: ",
        "What",
        "An example of {waiting} [012]: ",
        "Type of {window}",
        "What",
        "An example of {window} [90m]: ",
    ] {
        terminal.answer(question, "\n");
    }
    terminal.answer("Write this to `errors.toml`? (y, n) [y]: ", "\n");
    let (status, shown) = terminal.end();
    assert!(status.success() && shown.contains("added `dep_gate_shut` with the id DEP-0003, complete"), "{shown}");
    let params = "[dep_gate_shut.params]\nretry_after = { type = \"duration\", header = \"Retry-After\", doc = \"The time to wait.\", example = \"30s\" }\n\
        gate = { type = \"text\", sensitivity = \"public\", doc = 'The \"name\" of the gate.', example = \"17\" }\n\
        waiting = { type = \"u32\", doc = \"How many wait.\", example = 12 }\n\
        window = { type = \"duration\", doc = \"For how long.\", example = \"90m\" }\n";
    assert!(sandbox.read(ERRORS).contains(params), "{}", sandbox.read(ERRORS));
    assert_eq!(sandbox.run("check").code, Some(0));
}

#[test]
fn a_parameter_of_which_something_is_not_known_makes_a_draft() {
    let sandbox = Sandbox::synced();
    let mut terminal = Terminal::run(&sandbox.root, "new dep_gate_shut", 120);
    for question in ["Title", "Detail", "Meaning", "Cause", "Fix"] {
        let answer = if question == "Detail" { "Gate {gate} is shut for {waiting}.\n" } else { "Shut.\n" };
        terminal.answer(&format!("{question}, "), answer);
    }
    for question in ["HTTP status", "Severity", "Retry", "Since version", "Type", "Who", "What", "An example of {gate}"]
    {
        terminal.answer(question, "\n");
    }
    terminal.answer("Type", "u64\n");
    terminal.answer("What", "How many wait.\n");
    terminal.answer("An example", "3\n");
    terminal.answer("Write this", "\n");
    let (status, shown) = terminal.end();
    let expected = "as a draft: complete it, then remove `draft = true`\ngive each parameter its type, sensitivity, doc and example: `gate`\n";
    assert!(status.success() && shown.contains(expected), "{shown}");
    assert!(sandbox.read(ERRORS).contains("\ngate = { type = \"text\" }\nwaiting = { type = \"u64\","));
    assert_eq!(sandbox.run("check").code, Some(0));
}

#[test]
fn answers_with_a_fault_are_asked_again() {
    let sandbox = Sandbox::synced();
    let mut terminal = Terminal::run(&sandbox.root, "new dep_gate_shut", 80);
    for question in ["Title", "Detail", "Meaning", "Cause", "Fix"] {
        terminal.answer(&format!("{question}, "), if question == "Title" { "Shut {now}\n" } else { "\n" });
    }
    for question in ["HTTP status", "Severity", "Retry", "Since version"] {
        terminal.answer(question, "\n");
    }
    terminal.answer("placeholder `{now}` is not a parameter", "");
    terminal.answer("Change the answers? (y, n) [y]: ", "\n");
    terminal.answer("Code, such as dep_not_found [dep_gate_shut]: ", "\n");
    terminal.answer("Title, a short name of the error [Shut {now}]: ", "Shut\n");
    for question in ["Detail", "Meaning", "Cause", "Fix", "HTTP status", "Severity", "Retry", "Since version"] {
        terminal.answer(question, "\n");
    }
    terminal.answer("Write this", "n\n");
    let before = sandbox.read(ERRORS);
    let (status, shown) = terminal.end();
    assert!(status.success() && shown.contains("nothing was written"), "{shown}");
    assert_eq!(sandbox.read(ERRORS), before);
}

/// A name that TOML could not hold would end the interview, and all answers with it.
#[test]
fn a_name_that_cannot_be_is_asked_again() {
    let sandbox = Sandbox::synced();
    sandbox.write("catalog/catalog.lock", "[dep_old]\nid = \"DEP-0007\"\nremoved = \"0.2.0\"\n");
    let mut terminal = Terminal::run(&sandbox.root, "new", 200);
    terminal.answer("Code, such as dep_not_found: ", "dep_old\n");
    terminal.answer("the code `dep_old` was removed in version 0.2.0", "");
    terminal.answer("Code, such as dep_not_found: ", "dep_gate shut\n");
    terminal.answer("`dep_gate shut` can't be a code: write lower-case words", "");
    terminal.answer("Code, such as dep_not_found: ", "dep_gate_shut\n");
    terminal.answer("Title, ", "\n");
    terminal.answer("Detail, ", "The file {file name} is missing.\n");
    terminal.answer("`file name` can't be the name of a parameter: write lower-case words", "");
    terminal.answer("Detail, ", "The file {file_name} is missing.\n");
    for question in ["Meaning", "Cause", "Fix", "HTTP status", "Severity", "Retry", "Since version"] {
        terminal.answer(question, "\n");
    }
    for question in ["Type of {file_name}", "Who may read {file_name}", "What {file_name} is", "An example of"] {
        terminal.answer(question, "\n");
    }
    terminal.answer("Write this", "\n");
    let (status, shown) = terminal.end();
    assert!(status.success() && sandbox.read(ERRORS).contains("[dep_gate_shut]"), "{shown}");
    let (status, shown) = Terminal::run(&sandbox.root, "new dep_Gate", 200).end();
    assert!(!status.success() && shown.contains("`dep_Gate` can't be a code"), "{shown}");
}

/// At every question.
#[test]
fn ctrl_c_and_ctrl_d_write_nothing() {
    let sandbox = Sandbox::synced();
    let before = sandbox.read(ERRORS);
    let questions = [
        "Title",
        "Detail",
        "Meaning",
        "Cause",
        "Fix",
        "HTTP status",
        "Severity",
        "Retry",
        "Since version",
        "Write this",
    ];
    for last in 0..questions.len() {
        for (key, is_signal) in [("\u{3}", true), ("\u{4}", false)] {
            let mut terminal = Terminal::run(&sandbox.root, "new dep_gate_shut", 80);
            for (number, question) in questions.iter().take(last + 1).enumerate() {
                terminal.answer(question, if number == last { key } else { "\n" });
            }
            let (status, shown) = terminal.end();
            assert_eq!(status.code(), if is_signal { None } else { Some(3) }, "{shown}");
            assert!(is_signal || shown.contains("nothing was written"), "{shown}");
        }
    }
    assert_eq!(sandbox.read(ERRORS), before);
    let names: Vec<_> =
        std::fs::read_dir(sandbox.path("catalog")).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

/// Without the sequences for colours.
fn plain(shown: &str) -> String {
    let mut parts = shown.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.map(|part| part.split_once('m').map_or("", |(_, rest)| rest)).collect::<String>()
}

#[test]
fn lines_fit_the_terminal() {
    let sandbox = Sandbox::synced();
    let long = format!("title = \"{} {{shelv}} {}\"", "before ".repeat(20), "after ".repeat(20));
    sandbox.replace(ERRORS, "title = \"Unknown shelf\"", &long);
    for columns in [80, 120] {
        for arguments in [
            "--help",
            "new --help",
            "explain --help",
            "import --help",
            "explain 409",
            // The long title is in a list.
            "explain 4xx",
            "explain",
            "explain --status 9xx",
            "preview 404 --locale xx",
            "init lift-errors-pseudo-terminal --folder a-new-catalogue-beside-the-other-one",
            "new dep_gate_shut --title Shut --detail {gate}",
            "remove dep_nothing",
        ] {
            let (_, shown) = Terminal::run(&sandbox.root, arguments, columns).end();
            for line in plain(&shown).lines() {
                // The terminal itself breaks a command, which can still be copied.
                let is_command = line.contains("`lift-errors ") && line.ends_with('`');
                let fits = line.chars().count() <= usize::from(columns);
                assert!(fits || is_command, "{arguments} at {columns}: {line}");
            }
        }
        let (status, shown) = Terminal::run(&sandbox.root, "check", columns).end();
        assert_eq!(status.code(), Some(1));
        assert!(shown.contains("\u{1b}[1;31merror\u{1b}[0m"), "{shown}");
        let plain = plain(&shown);
        let lines: Vec<&str> = plain.lines().collect();
        let at = lines.iter().position(|line| line.contains("{shelv}") && line.contains(" | ")).unwrap();
        assert!(lines[at].chars().count() <= usize::from(columns), "{plain}");
        // The caret is under its word.
        let column = |line: &str, character| line.chars().position(|other| other == character);
        assert_eq!(column(lines[at + 1], '^'), column(lines[at], '{'), "{plain}");
    }
}
