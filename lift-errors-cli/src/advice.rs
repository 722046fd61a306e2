//! The commands that messages advise, as they work where somebody pastes them.

/// A text in which each command of this program names a manifest, as the command did that prints it. Excerpts of files stay as they
/// are, and so does a command that needs no catalogue.
pub(crate) fn with_manifest(text: &str, manifest: Option<&str>) -> String {
    let Some(manifest) = manifest else { return text.to_owned() };
    let option = format!(" --manifest {}", argument(manifest));
    text.split_inclusive('\n')
        .map(|line| if is_excerpt(line) { line.to_owned() } else { in_line(line, &option) })
        .collect()
}

/// A path as an argument of a command in a shell.
pub(crate) fn argument(path: &str) -> String {
    let signs = if cfg!(windows) { "/\\._-:" } else { "/._-:" };
    if !path.is_empty() && path.chars().all(|character| character.is_alphanumeric() || signs.contains(character)) {
        path.to_owned()
    } else if cfg!(windows) {
        format!("\"{path}\"")
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

fn in_line(line: &str, option: &str) -> String {
    const BEGINNING: &str = "`lift-errors ";
    let mut pieces = line.split(BEGINNING);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        // It is a literal of a text, which a message shows: `` `lift-errors sync` ``.
        let is_of_text = out.ends_with("`` ");
        out.push_str(BEGINNING);
        match piece.split_once('`') {
            Some((command, rest)) if !is_of_text && !command.contains("--manifest") && !command.starts_with("init") => {
                out.push_str(command);
                out.push_str(option);
                out.push('`');
                out.push_str(rest);
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// Whether a line of a report shows one of a file (`12 | title = "…"`), or a text of the catalogue or of another system.
fn is_excerpt(line: &str) -> bool {
    const OF_TEXTS: [&str; 5] = ["= note: the text ", "was: ", "is now: ", "changed: ", "left out: "];
    let line = line.trim_start();
    let of_file = line.trim_start_matches(|character: char| character.is_ascii_digit()).starts_with(" | ");
    of_file || line.contains("` is: ") || OF_TEXTS.iter().any(|beginning| line.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advised_command_names_the_manifest() {
        let text = "12 | # `lift-errors sync` writes this\n  = help: run `lift-errors accept uk a.title`, or `lift-errors sync`\n";
        assert_eq!(with_manifest(text, None), text);
        let option = format!("--manifest {}`", argument("a/b c.toml"));
        assert_eq!(
            with_manifest(text, Some("a/b c.toml")),
            text.replace("title`", &format!("title {option}"))
                .replace("or `lift-errors sync`", &format!("or `lift-errors sync {option}"))
        );
        for text in [
            "`` `lift-errors check` ``",
            "`lift-errors check --manifest a.toml`",
            "`lift-errors init orders`",
            "`lift-errors sync",
            "`sync`",
            "   = note: the text was: Run `lift-errors sync`",
            "changed: `A`: owner: `lift-errors sync`",
        ] {
            assert_eq!(with_manifest(text, Some("b.toml")), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_argument_is_one_word_for_the_shell() {
        let words = ["", "a b", "it's", "a/b_c-d.toml"].map(argument);
        assert_eq!(words, ["''", "'a b'", r"'it'\''s'", "a/b_c-d.toml"]);
    }
}
