//! A new entry, step by step: one question for each part, with its default. Nothing is written before the last answer.

use super::files::CatalogFiles;
use super::new_entry::{self, NewEntry};
use crate::error::Error;
use std::io::{self, BufRead, Write};

/// Asks on a stream and reads the answers from another.
pub(crate) struct Interview<R, W> {
    answers: R,
    questions: W,
}

impl<R: BufRead, W: Write> Interview<R, W> {
    pub(crate) fn new(answers: R, questions: W) -> Self {
        Self { answers, questions }
    }

    /// Asks for all parts of an entry. The earlier answers are the defaults.
    ///
    /// # Errors
    ///
    /// If the answers end, or a stream fails.
    pub(crate) fn ask_entry(
        &mut self,
        files: &CatalogFiles,
        code: &mut String,
        new: &mut NewEntry,
    ) -> Result<(), Error> {
        self.say(
            "Enter takes the answer in brackets, or leaves the part out; Ctrl-C ends without writing anything.\n",
        )?;
        if code.is_empty() {
            let prefix = files.string_of_manifest("code_prefix").unwrap_or_default();
            while code.is_empty() {
                *code = self.ask(&format!("Code, such as {prefix}not_found"), None, |code| {
                    new_entry::check_code(files, code).map_err(|error| error.reason())
                })?;
            }
        }
        let names = files.error_files();
        if names.len() > 1 {
            let usual = new.file.clone().or_else(|| names.last().cloned());
            new.file = Some(self.choose("File", &names, usual.as_deref().unwrap_or_default())?);
        }
        let texts = [
            ("Title, a short name of the error", &mut new.title),
            ("Detail, what happened this time; {name} is a parameter", &mut new.detail),
            ("Meaning, what the error means", &mut new.meaning),
            ("Cause, a usual one", &mut new.cause),
            ("Fix, what helps", &mut new.fix),
        ];
        for (question, text) in texts {
            let answer = self.ask(question, text.as_deref(), |_| Ok(()))?;
            *text = Some(answer).filter(|answer| !answer.is_empty());
        }
        let usual = new_entry::usual(files, new.file.as_deref());
        let status = new.status.map_or(usual.status, |status| status.to_string());
        let answer = self.ask("HTTP status, 400 to 599", Some(&status), |answer| match answer.parse::<u16>() {
            Ok(400..=599) => Ok(()),
            _ => Err(format!("`{answer}` is not a number from 400 to 599")),
        })?;
        new.status = answer.parse().ok();
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
        writeln!(self.questions, "{text}").and_then(|()| self.questions.flush()).map_err(Error::Terminal)
    }

    fn choose(&mut self, question: &str, words: &[String], usual: &str) -> Result<String, Error> {
        self.ask(&format!("{question} ({})", words.join(", ")), Some(usual), |answer| {
            match words.iter().any(|word| word == answer) {
                true => Ok(()),
                false => Err(crate::nearest::hint(answer, words.iter().map(String::as_str), "answers")),
            }
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
            write!(self.questions, "{question}{shown}: ")
                .and_then(|()| self.questions.flush())
                .map_err(Error::Terminal)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn interview(answers: &'static str) -> Interview<&'static [u8], Vec<u8>> {
        Interview::new(answers.as_bytes(), Vec::new())
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
