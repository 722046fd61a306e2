//! Errors in XML: those of S3 and other services of AWS, of Azure's storage, faults of SOAP, and RFC 9457's own format.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::string::String;
use std::vec::Vec;

/// The elements that contain an error.
const ROOTS: [&str; 8] = ["Error", "ErrorResponse", "Errors", "Response", "Envelope", "Fault", "problem", "error"];

/// The maximum number of elements that are read.
const MOST_ELEMENTS: usize = 256;

/// The texts of an error's elements without children, by their local names. Anything but an error, such as HTML, has none.
pub(super) fn leaves(text: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(text);
    let mut leaves: Vec<(String, String)> = Vec::new();
    let mut open: Option<(String, String)> = None;
    let mut is_error = false;
    // A syntax error ends the reading; the elements before it stay.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
                let name = String::from_utf8_lossy(element.local_name().as_ref()).into_owned();
                if !is_error && !ROOTS.contains(&name.as_str()) {
                    return Vec::new();
                }
                is_error = true;
                open = Some((name, String::new()));
            }
            Event::Text(text) => {
                if let (Some((_, content)), Ok(text)) = (&mut open, text.decode()) {
                    content.push_str(&text);
                }
            }
            Event::CData(text) => {
                if let (Some((_, content)), Ok(text)) = (&mut open, text.decode()) {
                    content.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some((_, content)) = &mut open {
                    let name = reference.decode().unwrap_or_default();
                    let known = quick_xml::escape::resolve_predefined_entity(&name).map(String::from);
                    let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                    content.push_str(&known.or(character).unwrap_or_default());
                }
            }
            Event::End(_) => {
                // At the end of an element with children none is open.
                let leaf = open.take().map(|(name, text)| (name, text.trim().into()));
                leaves.extend(leaf.filter(|(_, text): &(String, String)| !text.is_empty()));
            }
            Event::Eof => break,
            _ => {}
        }
        if leaves.len() >= MOST_ELEMENTS {
            break;
        }
    }
    leaves
}
