//! A new entry, step by step: one question for each part, with its default. Nothing is written before the last answer.

use super::files::CatalogFiles;
use super::new_entry::{self, NewEntry, NewParameter};
use crate::error::Error;
use crate::terminal;
use lift_errors::{ParameterType, Sensitivity};
use lift_errors_codegen::duration;
use std::io::{self, BufRead, Write};

/// Asks on a stream and reads the answers from another.
pub(crate) struct Interview<R, W> {
    answers: R,
    questions: W,
    /// The width of the terminal, if it is known.
    columns: Option<usize>,
}

impl<R: BufRead, W: Write> Interview<R, W> {
    pub(crate) fn new(answers: R, questions: W, columns: Option<usize>) -> Self {
        Self { answers, questions, columns }
    }

    /// Says how to answer.
    ///
    /// # Errors
    ///
    /// If the stream fails.
    pub(crate) fn introduce(&mut self) -> Result<(), Error> {
        self.say("Enter takes the answer in brackets, or leaves the part out; Ctrl-C ends without writing anything.\n")
    }

    /// Asks for the code of an entry. The earlier answer is the default.
    ///
    /// # Errors
    ///
    /// If the answers end, or a stream fails.
    pub(crate) fn ask_code(&mut self, files: &CatalogFiles, code: &mut String) -> Result<(), Error> {
        let prefix = files.string_of_manifest("code_prefix").unwrap_or_default();
        let question = format!("Code, such as {prefix}not_found");
        loop {
            let usual = Some(code.as_str()).filter(|code| !code.is_empty());
            *code = self
                .ask(&question, usual, |code| new_entry::check_new_code(files, code).map_err(|error| error.reason()))?;
            if !code.is_empty() {
                return Ok(());
            }
        }
    }

    /// Asks for all other parts of an entry. The earlier answers are the defaults.
    ///
    /// # Errors
    ///
    /// If the answers end, or a stream fails.
    pub(crate) fn ask_entry(&mut self, files: &CatalogFiles, new: &mut NewEntry) -> Result<(), Error> {
        let names = files.error_files();
        if names.len() > 1 {
            let usual = new.file.clone().or_else(|| files.usual_file());
            new.file = Some(self.choose("File", &names, usual.as_deref().unwrap_or_default())?);
        }
        let any = |_: &str| Ok(());
        let texts: [(&str, &mut Option<String>, Check); 5] = [
            ("Title, a short name of the error", &mut new.title, any),
            ("Detail, what happened this time; {name} is a parameter", &mut new.detail, new_entry::check_detail),
            ("Meaning, what the error means", &mut new.meaning, any),
            ("Cause, a usual one", &mut new.cause, any),
            ("Fix, what helps", &mut new.fix, any),
        ];
        for (question, text, check) in texts {
            let answer = self.ask(question, text.as_deref(), check)?;
            *text = Some(answer).filter(|answer| !answer.is_empty());
        }
        // Where the entries have nothing to do with HTTP, only a status that was given is asked for.
        if let Some(status) =
            new.status.map(|status| status.to_string()).or(new_entry::usual(files, new.file.as_deref(), None).status)
        {
            let answer = self.ask("HTTP status, 400 to 599", Some(&status), |answer| match answer.parse::<u16>() {
                Ok(400..=599) => Ok(()),
                _ => Err(format!("`{answer}` is not a number from 400 to 599")),
            })?;
            new.status = answer.parse().ok();
        }
        let usual = new_entry::usual(files, new.file.as_deref(), new.status);
        for (question, words, answer, usual) in [
            (
                "Severity",
                lift_errors::Severity::ALL.iter().map(ToString::to_string).collect(),
                &mut new.severity,
                usual.severity,
            ),
            (
                "Retry",
                lift_errors::RetryKind::ALL.iter().map(ToString::to_string).collect(),
                &mut new.retry,
                usual.retry,
            ),
        ] {
            let words: Vec<String> = words;
            *answer = Some(self.choose(question, &words, answer.as_deref().unwrap_or(&usual))?);
        }
        let since = new.since.clone().unwrap_or(usual.since);
        new.since = Some(self.ask("Since version", Some(&since), |_| Ok(()))?);
        new.parameters = new_entry::parameters(files, new);
        new.parameters.iter_mut().try_for_each(|parameter| self.ask_parameter(parameter))
    }

    /// Asks for all parts of a parameter. Those that are left out, a draft may lack.
    fn ask_parameter(&mut self, parameter: &mut NewParameter) -> Result<(), Error> {
        let name = parameter.name.clone();
        let kinds: Vec<String> = ParameterType::ALL.iter().map(ToString::to_string).collect();
        let kind = self.choose(&format!("Type of {{{name}}}"), &kinds, parameter.kind.as_str())?.parse();
        let kind = kind.unwrap_or(parameter.kind);
        if kind != parameter.kind {
            // The example was one of the other type.
            let doc = parameter.doc.take();
            *parameter = NewParameter { doc, ..NewParameter::new(name.clone(), kind) };
        }
        // Who may read a text is stated, never assumed. A detail is for clients, so that all else in it is public.
        if kind == ParameterType::Text {
            let words: Vec<&str> = Sensitivity::ALL.iter().map(|reader| reader.as_str()).collect();
            let question = format!("Who may read {{{name}}} ({})", words.join(", "));
            let usual = parameter.sensitivity.map(Sensitivity::as_str);
            let answer = self.ask(&question, usual, |answer| one_of(answer, &words))?;
            parameter.sensitivity = answer.parse().ok();
        }
        let some = |answer: String| Some(answer).filter(|answer| !answer.is_empty());
        let question = format!("What {{{name}}} is, in a sentence");
        parameter.doc = some(self.ask(&question, parameter.doc.as_deref(), |_| Ok(()))?);
        let question = format!("An example of {{{name}}}");
        let example = self.ask(&question, parameter.example.as_deref(), |answer| is_example(kind, answer))?;
        parameter.example = some(example);
        Ok(())
    }

    /// Asks for consent.
    ///
    /// # Errors
    ///
    /// If the answers end, or a stream fails.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<bool, Error> {
        let is_known = |answer: &str| match answer.to_lowercase().as_str() {
            "y" | "yes" | "n" | "no" => Ok(()),
            _ => Err("answer y or n".to_owned()),
        };
        let answer = self.ask(&format!("{question} (y, n)"), Some("y"), is_known)?;
        Ok(answer.to_lowercase().starts_with('y'))
    }

    /// Writes a text between the questions.
    ///
    /// # Errors
    ///
    /// If the stream fails.
    pub(crate) fn say(&mut self, text: &str) -> Result<(), Error> {
        writeln!(self.questions, "{}", terminal::fitted(text, self.columns))
            .and_then(|()| self.questions.flush())
            .map_err(Error::Terminal)
    }

    fn choose(&mut self, question: &str, words: &[String], usual: &str) -> Result<String, Error> {
        self.ask(&format!("{question} ({})", words.join(", ")), Some(usual), |answer| {
            one_of(answer, &words.iter().map(String::as_str).collect::<Vec<_>>())
        })
    }

    /// Asks until the answer is usable. An empty answer is the default.
    fn ask(
        &mut self,
        question: &str,
        usual: Option<&str>,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String, Error> {
        loop {
            let shown = usual.map_or_else(String::new, |usual| format!(" [{usual}]"));
            let text = terminal::fitted(&format!("{question}{shown}:"), self.columns);
            write!(self.questions, "{text} ").and_then(|()| self.questions.flush()).map_err(Error::Terminal)?;
            let mut line = String::new();
            match self.answers.read_line(&mut line) {
                Ok(0) => return Err(Error::Unfinished),
                Ok(_) => {}
                // Something that is not text was pasted.
                Err(error) if error.kind() == io::ErrorKind::InvalidData => line = "\u{0}".to_owned(),
                Err(error) => return Err(Error::Stdin(error)),
            }
            let answer = line.trim();
            if answer.is_empty() {
                return Ok(usual.unwrap_or_default().to_owned());
            }
            let checked = match answer.chars().any(char::is_control) {
                true => Err("the answer has control characters, as the arrow keys send them".to_owned()),
                false => check(answer),
            };
            match checked {
                Ok(()) => return Ok(answer.to_owned()),
                Err(reason) => self.say(&format!("  {reason}"))?,
            }
        }
    }
}

/// Whether an answer is usable, or why it is not.
type Check = fn(&str) -> Result<(), String>;

fn one_of(answer: &str, words: &[&str]) -> Result<(), String> {
    match words.contains(&answer) {
        true => Ok(()),
        false => Err(crate::nearest::hint(answer, words.iter().copied(), "answers")),
    }
}

/// Whether a value has a type. The names of terms are checked with the entry.
fn is_example(kind: ParameterType, answer: &str) -> Result<(), String> {
    let (fits, remedy) = match kind {
        ParameterType::U32 => (answer.parse::<u32>().is_ok(), "a whole number up to 4294967295"),
        ParameterType::U64 => {
            (answer.parse::<u64>().is_ok_and(|number| i64::try_from(number).is_ok()), "a whole number")
        }
        ParameterType::I64 => (answer.parse::<i64>().is_ok(), "a whole number, which may be negative"),
        ParameterType::Duration => (duration(answer).is_some(), "a duration such as 12s or 1h 5m"),
        _ => (true, ""),
    };
    if fits { Ok(()) } else { Err(format!("`{answer}` is not {remedy}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interview(answers: &'static str) -> Interview<&'static [u8], Vec<u8>> {
        Interview::new(answers.as_bytes(), Vec::new(), None)
    }

    #[test]
    fn a_question_is_asked_until_its_answer_is_usable() {
        let words = ["info".to_owned(), "error".to_owned()];
        let mut asked = interview("eror\n\u{1b}[A\ninfo\n");
        assert_eq!(asked.choose("Severity", &words, "error").unwrap(), "info");
        let shown = String::from_utf8(asked.questions).unwrap();
        let question = "Severity (info, error) [error]: ";
        let control = "the answer has control characters, as the arrow keys send them";
        assert_eq!(shown, format!("{question}  did you mean `error`?\n{question}  {control}\n{question}"));
        assert_eq!(interview("\n").choose("Severity", &words, "error").unwrap(), "error");
    }

    #[test]
    fn answers_that_end_are_no_consent() {
        assert!(matches!(interview("").confirm("Write it?"), Err(Error::Unfinished)));
        assert!(!interview("what\nNo\n").confirm("Write it?").unwrap());
        assert!(interview("\n").confirm("Write it?").unwrap());
    }
}
