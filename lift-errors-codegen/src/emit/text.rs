//! The texts of one locale: a blob, its segments, and JSON documents that share the texts' bytes.
//!
//! A text inside a document is written once: where JSON does not change it, the text's own segments
//! point into the document. This file knows where a document contains texts, and nothing of its members.

use crate::resolve::catalog::Piece;
use lift_errors_core::escape;
use lift_errors_core::segment::{FIRST_SEGMENT, HTML_ESCAPE, JSON_ESCAPE, MARKDOWN_ESCAPE, Operation};
use std::collections::HashMap;

/// The tables of one locale while they are filled.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// For each language of the texts, whether it is written from right to left.
    right_to_left: Vec<bool>,
    pub(crate) blob: String,
    /// Three words each, see `lift_errors_core::segment`.
    pub(crate) segments: Vec<u32>,
    /// The first segment of every text, with its flags.
    pub(crate) texts: Vec<u32>,
    /// The literals of texts in no document. They follow all documents, so that adjacent literals stay adjacent.
    apart: String,
    /// The words of segments with a position in `apart`.
    apart_words: Vec<usize>,
    /// The plurals so far, each with the numbers of the segments that refer to it. Their texts follow all others:
    /// languages have different numbers of them, and the numbers of the other texts must be the same in all.
    plurals: HashMap<Vec<Vec<Piece>>, Vec<usize>>,
    /// The same, in the order of their first use.
    plurals_in_order: Vec<Vec<Vec<Piece>>>,
}

/// A literal's place: in the blob, or after it. A plural has none.
#[derive(Clone, Debug)]
enum Place {
    Blob(usize, usize),
    Apart(usize, usize),
    Plural(Vec<Vec<Piece>>),
}

/// A part of a document in the blob, for use in other documents.
#[derive(Clone, Debug)]
pub(crate) struct Part(Vec<(Place, Operation)>);

impl Texts {
    pub(crate) fn new(right_to_left: Vec<bool>) -> Self {
        Self { right_to_left, ..Self::default() }
    }

    /// The number of the next text.
    pub(crate) fn next(&self) -> u32 {
        self.texts.len() as u32
    }

    /// Adds a text that is in no document, and returns its number.
    pub(crate) fn text(&mut self, pieces: &[Piece]) -> u32 {
        let number = self.next();
        let mut segments = Vec::new();
        let mut literal = None;
        for piece in pieces {
            match piece {
                Piece::Literal(text) => literal = Some(self.append(text)),
                Piece::Plural(parameter, alternatives) => {
                    segments.extend(literal.take().map(|place| (place, Operation::None)));
                    segments.push((Place::Plural(alternatives.clone()), Operation::Plural(*parameter)));
                }
                _ => segments.push((literal.take().unwrap_or(Place::Blob(0, 0)), operation(piece))),
            }
        }
        segments.extend(literal.map(|place| (place, Operation::None)));
        self.add(segments, flags(pieces));
        number
    }

    /// Adds the document that consists of the parts, and returns its number.
    pub(crate) fn document(&mut self, parts: &[&Part]) -> u32 {
        let number = self.next();
        let mut segments: Vec<(Place, Operation)> = Vec::new();
        for (place, operation) in parts.iter().flat_map(|part| &part.0) {
            match (segments.last_mut(), place) {
                // Adjacent parts become one literal.
                (Some((Place::Blob(_, end), last)), Place::Blob(start, new_end))
                    if *last == Operation::None && end == start =>
                {
                    (*end, *last) = (*new_end, *operation);
                }
                _ => segments.push((place.clone(), *operation)),
            }
        }
        // It is JSON already: nothing is escaped again.
        self.add(segments, 0);
        number
    }

    /// Adds the texts of all plurals, and the end of the last text. Nothing can be added after it.
    pub(crate) fn finish(&mut self) {
        for alternatives in std::mem::take(&mut self.plurals_in_order) {
            let first = self.next();
            let segments = self.plurals.remove(&alternatives).unwrap_or_default();
            for place in segments.iter().flat_map(|segment| [segment * 3, segment * 3 + 1]) {
                if let Some(word) = self.segments.get_mut(place) {
                    *word = first;
                }
            }
            for text in &alternatives {
                self.text(text);
            }
        }
        let base = self.blob.len() as u32;
        self.blob.push_str(&std::mem::take(&mut self.apart));
        for place in std::mem::take(&mut self.apart_words) {
            if let Some(word) = self.segments.get_mut(place) {
                *word += base;
            }
        }
        let end = self.segments.len() as u32 / 3;
        self.texts.push(end);
    }

    fn append(&mut self, literal: &str) -> Place {
        let start = self.apart.len();
        self.apart.push_str(literal);
        Place::Apart(start, self.apart.len())
    }

    /// Adds a text.
    fn add(&mut self, segments: Vec<(Place, Operation)>, flags: u32) {
        self.texts.push((self.segments.len() as u32 / 3) & FIRST_SEGMENT | flags);
        for (place, operation) in segments {
            let word = self.segments.len();
            let (start, end) = match place {
                Place::Blob(start, end) => (start, end),
                Place::Apart(start, end) => {
                    self.apart_words.extend([word, word + 1]);
                    (start, end)
                }
                Place::Plural(alternatives) => {
                    if !self.plurals.contains_key(&alternatives) {
                        self.plurals_in_order.push(alternatives.clone());
                    }
                    self.plurals.entry(alternatives).or_default().push(word / 3);
                    (0, 0)
                }
            };
            self.segments.extend([start as u32, end as u32, operation.to_word()]);
        }
    }
}

/// A JSON document with texts in it, at the end of the blob.
pub(crate) struct Document<'a> {
    tables: &'a mut Texts,
    /// The end of what the document's segments already cover.
    written: usize,
    segments: Vec<(Place, Operation)>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(tables: &'a mut Texts) -> Self {
        let written = tables.blob.len();
        Self { tables, written, segments: Vec::new() }
    }

    /// JSON, unchanged.
    pub(crate) fn json(&mut self, json: &str) -> &mut Self {
        self.tables.blob.push_str(json);
        self
    }

    /// A quoted JSON string.
    pub(crate) fn string(&mut self, text: &str) -> &mut Self {
        self.json("\"").escaped(text);
        self.json("\"")
    }

    fn escaped(&mut self, text: &str) {
        escape::json(text, &mut |piece| self.tables.blob.push_str(piece));
    }

    /// A parameter's value as JSON.
    pub(crate) fn machine(&mut self, parameter: u8) -> &mut Self {
        self.operation(Operation::Machine(parameter));
        self
    }

    fn operation(&mut self, operation: Operation) {
        let end = self.tables.blob.len();
        self.segments.push((Place::Blob(self.written, end), operation));
        self.written = end;
    }

    /// A text inside a JSON string; the caller writes the quotation marks. The text gets a number of its own, in the
    /// order of these calls.
    pub(crate) fn text(&mut self, pieces: &[Piece]) -> &mut Self {
        let mut segments = Vec::new();
        let mut literal = None;
        let is_right_to_left =
            |tables: &Texts, language: u8| tables.right_to_left.get(usize::from(language)) == Some(&true);
        let mut isolates = is_right_to_left(self.tables, 0);
        for piece in pieces {
            match piece {
                Piece::Literal(text) => {
                    let start = self.tables.blob.len();
                    self.escaped(text);
                    literal = Some(match self.tables.blob.get(start..) == Some(text.as_str()) {
                        true => Place::Blob(start, self.tables.blob.len()),
                        false => self.tables.append(text),
                    });
                    continue;
                }
                Piece::Plural(parameter, alternatives) => {
                    self.operation(Operation::None);
                    let plural = (Place::Plural(alternatives.clone()), Operation::Plural(*parameter));
                    self.segments.push(plural.clone());
                    segments.extend(literal.take().map(|place| (place, Operation::None)).into_iter().chain([plural]));
                    continue;
                }
                Piece::Value(_) => self.operation(operation(piece)),
                Piece::Language(number) => {
                    isolates = is_right_to_left(self.tables, *number);
                    self.operation(operation(piece));
                }
                // In JSON, marks only isolate foreign words.
                Piece::CodeStart | Piece::CodeEnd | Piece::IsolateStart | Piece::IsolateEnd if isolates => {
                    self.operation(operation(piece));
                }
                Piece::CodeStart
                | Piece::CodeEnd
                | Piece::IsolateStart
                | Piece::IsolateEnd
                | Piece::LinkStart(_)
                | Piece::LinkEnd(_) => {}
            }
            let end = self.tables.blob.len();
            segments.push((literal.take().unwrap_or(Place::Blob(end, end)), operation(piece)));
        }
        segments.extend(literal.map(|place| (place, Operation::None)));
        self.tables.add(segments, flags(pieces));
        self
    }

    /// A text that is not part of the document, but has its number among the document's.
    pub(crate) fn place_apart(&mut self, pieces: &[Piece]) {
        self.tables.text(pieces);
    }

    /// The document, as a part of others.
    pub(crate) fn finish(mut self) -> Part {
        if self.written < self.tables.blob.len() {
            self.operation(Operation::None);
        }
        Part(self.segments)
    }
}

fn operation(piece: &Piece) -> Operation {
    match piece {
        Piece::Literal(_) => Operation::None,
        Piece::Value(parameter) => Operation::Value(*parameter),
        Piece::CodeStart => Operation::CodeStart,
        Piece::CodeEnd => Operation::CodeEnd,
        Piece::LinkStart(link) => Operation::LinkStart(*link),
        Piece::LinkEnd(link) => Operation::LinkEnd(*link),
        Piece::Plural(parameter, _) => Operation::Plural(*parameter),
        Piece::IsolateStart => Operation::IsolateStart,
        Piece::IsolateEnd => Operation::IsolateEnd,
        Piece::Language(number) => Operation::Language(*number),
    }
}

fn flags(pieces: &[Piece]) -> u32 {
    let any =
        |keeps: fn(&str) -> bool| pieces.iter().any(|piece| matches!(piece, Piece::Literal(text) if !keeps(text)));
    let flag = |set: bool, flag: u32| if set { flag } else { 0 };
    flag(any(escape::json_keeps), JSON_ESCAPE)
        | flag(any(escape::html_keeps), HTML_ESCAPE)
        | flag(any(escape::markdown_keeps), MARKDOWN_ESCAPE)
}

/// A text for documentation: without markup, with `{…}` for values.
pub(crate) fn plain(pieces: &[Piece], parameter: &dyn Fn(u8) -> String) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Value(number) => parameter(*number),
            Piece::Plural(_, alternatives) => {
                alternatives.last().map(|other| plain(other, parameter)).unwrap_or_default()
            }
            _ => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(tables: &Texts, text: usize) -> Vec<&str> {
        let first = |text: usize| {
            tables.texts.get(text).map_or(tables.segments.len() / 3, |word| (word & FIRST_SEGMENT) as usize)
        };
        tables.segments[first(text) * 3..first(text + 1) * 3]
            .chunks(3)
            .map(|segment| &tables.blob[segment[0] as usize..segment[1] as usize])
            .collect()
    }

    #[test]
    fn texts_point_into_their_document_and_escaped_ones_stand_apart() {
        let mut tables = Texts::default();
        let literal = |text: &str| Piece::Literal(text.into());
        let mut document = Document::new(&mut tables);
        document.json("{\"a\":\"").text(&[literal("plain "), Piece::CodeStart, literal("x"), Piece::CodeEnd]);
        document.json("\",\"b\":\"").text(&[literal("say \"hi\" "), Piece::Value(0)]).json("\"}");
        let part = document.finish();
        let mut tail = Document::new(&mut tables);
        tail.json(" and more");
        let tail = tail.finish();
        assert_eq!(tables.document(&[&part, &tail]), 2);
        tables.finish();
        assert_eq!(slice(&tables, 0), ["plain ", "x"]);
        assert_eq!(slice(&tables, 1), ["say \"hi\" "]);
        assert_eq!(slice(&tables, 2), [r#"{"a":"plain x","b":"say \"hi\" "#, "\"} and more"]);
        assert_eq!(tables.texts[1] & (JSON_ESCAPE | HTML_ESCAPE), JSON_ESCAPE | HTML_ESCAPE);
        assert_eq!(tables.blob.matches("plain").count(), 1);
    }
}
