//! Puts each string of a JSON list (on stdin) into a value, a field error and a code, and prints it in every format as one line of
//! JSON, for `.ci/judges`: other programs have to read it back.

use lift_errors::{FieldError, FieldErrors, Format, LiftError, lift};
use serde_json::json;
use std::io;

fn main() -> Result<(), serde_json::Error> {
    let strings: Vec<String> = serde_json::from_reader(io::stdin().lock())?;
    for string in strings {
        let error = lift::not_found::new().with_resource(string.clone());
        let errors = FieldErrors::from_iter([
            FieldError::new("/name", ("odd", string.clone())).with_parameter("given", string.clone())
        ]);
        let problem = error.problem().with_field_errors(&errors);
        let format = |format| problem.display(format).to_string();
        let line = json!({
            "string": string,
            "json": format(Format::ProblemDetails),
            "envelope": format(Format::Envelope),
            "html": format(Format::Html),
            "markdown": format(Format::Markdown),
            "text": format(Format::PlainText),
        });
        println!("{line}");
    }
    Ok(())
}
