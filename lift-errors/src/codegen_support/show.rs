//! Showing a catalogue that a program has read at run time. The command `lift-errors` calls these functions; generated code does
//! not.

use crate::catalog::text::Text;
use crate::message::markup::Plain;
use crate::problem::Problem;
use crate::render::markdown::Markdown;
use alloc::string::String;

/// One text of a problem's entry, with the problem's values, as Markdown or without markup.
pub fn text_of(problem: &Problem<'_>, text: Text, is_markdown: bool) -> String {
    let mut out = String::new();
    match is_markdown {
        true => problem.write_text(text, &mut out, &mut Markdown::default()),
        false => problem.write_text(text, &mut out, &mut Plain::line()),
    }
    out
}

/// The status of gRPC for a problem, in the problem's language.
#[cfg(feature = "tonic")]
pub fn grpc_status(problem: &Problem<'_>) -> tonic::Status {
    crate::grpc::status(problem, &http::HeaderMap::new())
}
