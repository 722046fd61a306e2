//! The sources of an error as one value of the log. `tracing` passes it on as an error, of which Sentry and OpenTelemetry make
//! an exception.

use super::quoted::Quoted;
use crate::message::foreign::text_of;
use crate::message::visible::Visible;
use crate::problem::lift_error::{LiftError, MAX_SOURCES};
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Write};

/// The texts of the sources, outermost first, each once.
pub(crate) struct Sources {
    texts: Vec<String>,
    /// The type of the outermost source, as far as its `Debug` tells.
    kind: String,
}

impl Sources {
    /// The sources of an error that has some. Many errors repeat what their source says, and so may the error itself: a text
    /// that an earlier one contains is left out.
    pub(crate) fn of(error: &dyn LiftError) -> Option<Self> {
        let first = error.source()?;
        let mut seen = Vec::from([text_of(Visible(error))]);
        let mut sources = Self { texts: Vec::new(), kind: kind_of(first) };
        for source in core::iter::successors(Some(first), |&source| source.source()).take(MAX_SOURCES) {
            let text = text_of(Visible(source));
            if !seen.iter().any(|earlier| earlier.contains(&text)) {
                sources.texts.push(text.clone());
                seen.push(text);
            }
        }
        // All of them say what the error says.
        (!sources.texts.is_empty()).then_some(sources)
    }

    /// The texts, with control characters made visible.
    #[cfg(debug_assertions)]
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// `["no connection", "refused"]`. The texts are escaped already.
impl fmt::Display for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = "[";
        for text in &self.texts {
            write!(f, "{before}{}", Quoted(text))?;
            before = ", ";
        }
        f.write_str("]")
    }
}

/// The name of the type: Sentry takes an exception's type from it.
impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)
    }
}

impl Error for Sources {}

/// The name that an error's `Debug` begins with. Nothing more of it is written: it may hold secrets.
fn kind_of(error: &(dyn Error + 'static)) -> String {
    struct Name(String);

    impl Write for Name {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            const MAX_LENGTH: usize = 64;
            let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
            self.0.push_str(text.get(..end.min(MAX_LENGTH)).unwrap_or_default());
            if end < text.len() || self.0.len() >= MAX_LENGTH { Err(fmt::Error) } else { Ok(()) }
        }
    }

    let mut name = Name(String::new());
    let _ = write!(name, "{error:?}");
    let is_type = name.0.starts_with(char::is_uppercase);
    if is_type { name.0 } else { "Error".to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift;

    #[derive(Debug)]
    struct Step(&'static str, Option<Box<Step>>);

    impl fmt::Display for Step {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Step {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|step| step as _)
        }
    }

    fn logged(texts: &[&'static str]) -> Option<String> {
        let chain = texts.iter().rfold(None, |source, text| Some(Box::new(Step(text, source))));
        let mut error = lift::not_found::new().build();
        if let Some(source) = chain {
            error = error.caused_by(*source);
        }
        Sources::of(&error).map(|sources| sources.to_string())
    }

    #[test]
    fn each_sentence_is_there_once_and_quoted() {
        assert_eq!(logged(&[]), None);
        assert_eq!(logged(&["no connection", "refused"]).unwrap(), r#"["no connection", "refused"]"#);
        let repeated = ["loading: no connection: refused", "no connection: refused", "refused", "host x"];
        assert_eq!(logged(&repeated).unwrap(), r#"["loading: no connection: refused", "host x"]"#);
        // The error itself says it.
        let own = lift::Error::not_found().to_string();
        assert_eq!(logged(&[String::leak(own)]), None);
        assert_eq!(logged(&["say \"a\", \"b\"\n"]).unwrap(), r#"["say \"a\", \"b\"\u{a}"]"#);
    }

    #[test]
    fn an_exception_has_the_type_of_its_error_and_none_of_its_values() {
        #[derive(Debug)]
        #[allow(dead_code, reason = "it is only debugged")]
        enum Refused {
            Login { password: &'static str },
        }

        impl fmt::Display for Refused {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("login refused")
            }
        }

        impl Error for Refused {}

        let error = lift::not_found::new().build().caused_by(Refused::Login { password: "canary" });
        assert_eq!(alloc::format!("{:?}", Sources::of(&error).unwrap()), "Login");
        let text = lift::not_found::new().build().caused_by("a text");
        assert_eq!(alloc::format!("{:?}", Sources::of(&text).unwrap()), "Error");
    }
}
