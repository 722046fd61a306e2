//! The texts of one locale: a blob, its segments, and JSON documents that share the texts' bytes.
//!
//! A text inside a document is written once: where JSON does not change it, the text's own segments
//! point into the document. This file knows where a document contains texts, and nothing of its members.
//!
//! The documents are those of the default locale. For all other locales, their literals around the texts are enough: they are
//! the segments of a second table of documents, which names the texts by number.

use super::segments::{Place, SegmentTable};
use crate::resolve::catalog::Piece;
use lift_errors_core::escape;
use lift_errors_core::segment::{HTML_ESCAPE, JSON_ESCAPE, MARKDOWN_ESCAPE, Operation};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

/// The tables of one locale while they are filled.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// Whether the language is written from right to left.
    right_to_left: bool,
    /// Whether other locales need documents, too.
    is_shared: bool,
    pub(crate) blob: String,
    /// The texts, then the alternatives of all plurals.
    pub(crate) texts: SegmentTable,
    /// The documents of this locale.
    pub(crate) documents: SegmentTable,
    /// The documents of all other locales.
    pub(crate) shared: SegmentTable,
    /// The literals of texts in no document. They follow all documents, so that adjacent literals stay adjacent.
    apart: String,
    /// The places of literals in `apart` by their hash: equal ones are stored once.
    known: HashMap<u64, (usize, usize)>,
    hasher: RandomState,
    /// The plurals so far by number. Their texts follow all others: languages have different numbers of them, and the
    /// numbers of the other texts must be the same in all.
    plurals: HashMap<Vec<Vec<Piece>>, usize>,
    /// The same, in the order of their first use.
    plurals_in_order: Vec<Vec<Vec<Piece>>>,
}

/// A part of a document in the blob, for use in several documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// With its texts.
    whole: Vec<(Place, Operation)>,
    /// Without them.
    frame: Vec<((usize, usize), Insertion)>,
}

/// What follows a literal of a document without its texts.
#[derive(Clone, Copy, Debug)]
enum Insertion {
    Nothing,
    Machine(u8),
    /// A text by its number.
    Text(u32),
}

impl Texts {
    /// Tables of a locale that has no documents.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Tables with the documents of the default locale. `is_shared` tells whether there are other locales.
    pub(crate) fn with_documents(right_to_left: bool, is_shared: bool) -> Self {
        Self { right_to_left, is_shared, ..Self::default() }
    }

    /// The number of the next text.
    pub(crate) fn next(&self) -> u32 {
        self.texts.len()
    }

    /// Adds a text that is in no document.
    pub(crate) fn text(&mut self, pieces: &[Piece]) {
        let mut text = Segments::default();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => text.literal = Some(self.append(literal)),
                Piece::Plural(parameter, alternatives) => {
                    text.alone(self.plural(alternatives), Operation::Plural(*parameter));
                }
                _ => text.push(piece),
            }
        }
        self.texts.add(&text.finish(), flags(pieces), [&self.blob, &self.apart]);
    }

    /// The number of a plural.
    fn plural(&mut self, alternatives: &[Vec<Piece>]) -> Place {
        if let Some(&number) = self.plurals.get(alternatives) {
            return Place::Plural(number);
        }
        let number = self.plurals_in_order.len();
        self.plurals_in_order.push(alternatives.to_vec());
        self.plurals.insert(alternatives.to_vec(), number);
        Place::Plural(number)
    }

    /// Adds the document that consists of the parts. Its texts are counted from `first`.
    pub(crate) fn document(&mut self, parts: &[&Part], first: u32) {
        let mut whole: Vec<(Place, Operation)> = Vec::new();
        for (place, operation) in parts.iter().flat_map(|part| &part.whole) {
            match (whole.last_mut(), place) {
                // Adjacent parts become one literal.
                (Some((Place::Blob(_, end), last)), Place::Blob(start, new_end))
                    if *last == Operation::None && end == start =>
                {
                    (*end, *last) = (*new_end, *operation);
                }
                _ => whole.push((*place, *operation)),
            }
        }
        // It is JSON already: nothing is escaped again.
        self.documents.add(&whole, 0, [&self.blob, &self.apart]);
        if self.is_shared {
            self.frame(parts, first);
        }
    }

    /// Adds the document of the other locales.
    fn frame(&mut self, parts: &[&Part], first: u32) {
        let mut frame: Vec<(Place, Operation)> = Vec::new();
        for &((start, end), insertion) in parts.iter().flat_map(|part| &part.frame) {
            let literal = match frame.last_mut() {
                Some((Place::Blob(before, last_end), Operation::None)) if *last_end == start => {
                    let literal = Place::Blob(*before, end);
                    frame.pop();
                    literal
                }
                _ => Place::Blob(start, end),
            };
            match insertion {
                Insertion::Nothing => frame.push((literal, Operation::None)),
                Insertion::Machine(parameter) => frame.push((literal, Operation::Machine(parameter))),
                Insertion::Text(number) => match number.checked_sub(first).and_then(|far| u8::try_from(far).ok()) {
                    Some(distance) => frame.push((literal, Operation::Text(distance))),
                    None => frame.extend([(literal, Operation::None), (Place::Number(number), Operation::FarText)]),
                },
            }
        }
        self.shared.add(&frame, 0, [&self.blob, &self.apart]);
    }

    /// Adds the texts of all plurals, and the end of the last text. Nothing can be added after it.
    pub(crate) fn finish(&mut self) {
        let mut firsts = Vec::new();
        // Texts of plurals contain no plurals.
        for alternatives in std::mem::take(&mut self.plurals_in_order) {
            firsts.push(self.next());
            for text in &alternatives {
                self.text(text);
            }
        }
        let base = self.blob.len() as u32;
        self.blob.push_str(&std::mem::take(&mut self.apart));
        for table in [&mut self.texts, &mut self.documents, &mut self.shared] {
            table.finish(base, &firsts);
        }
    }

    fn append(&mut self, literal: &str) -> Place {
        let hash = self.hasher.hash_one(literal);
        if let Some(&(start, end)) = self.known.get(&hash) {
            if self.apart.get(start..end) == Some(literal) {
                return Place::Apart(start, end);
            }
        }
        let start = self.apart.len();
        self.apart.push_str(literal);
        self.known.insert(hash, (start, self.apart.len()));
        Place::Apart(start, self.apart.len())
    }
}

/// The segments of a text while its pieces are read.
#[derive(Default)]
struct Segments {
    segments: Vec<(Place, Operation)>,
    /// A literal that the next operation follows.
    literal: Option<Place>,
}

impl Segments {
    /// Adds an operation that needs the place of the literal for itself.
    fn alone(&mut self, place: Place, operation: Operation) {
        self.segments.extend(self.literal.take().map(|literal| (literal, Operation::None)));
        self.segments.push((place, operation));
    }

    /// Adds the operation of a piece that is neither a literal nor a plural.
    fn push(&mut self, piece: &Piece) {
        match piece {
            Piece::LinkStart(link) => self.alone(Place::Number(*link), Operation::LinkStart),
            Piece::LinkEnd(link) => self.alone(Place::Number(*link), Operation::LinkEnd),
            _ => self.segments.push((self.literal.take().unwrap_or(Place::Number(0)), operation(piece))),
        }
    }

    fn finish(mut self) -> Vec<(Place, Operation)> {
        self.segments.extend(self.literal.map(|place| (place, Operation::None)));
        self.segments
    }
}

/// A JSON document with texts in it, at the end of the blob.
pub(crate) struct Document<'a> {
    tables: &'a mut Texts,
    /// The end of the blob that the document's segments already cover.
    written: usize,
    /// The same of the document without its texts.
    framed: usize,
    part: Part,
}

impl<'a> Document<'a> {
    pub(crate) fn new(tables: &'a mut Texts) -> Self {
        let written = tables.blob.len();
        Self { tables, written, framed: written, part: Part::default() }
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
        self.insert(Insertion::Machine(parameter));
        self
    }

    fn operation(&mut self, operation: Operation) {
        let end = self.tables.blob.len();
        self.part.whole.push((Place::Blob(self.written, end), operation));
        self.written = end;
    }

    fn insert(&mut self, insertion: Insertion) {
        let end = self.tables.blob.len();
        self.part.frame.push(((self.framed, end), insertion));
        self.framed = end;
    }

    /// A text inside a JSON string; the caller writes the quotation marks. The text gets a number of its own, in the
    /// order of these calls.
    pub(crate) fn text(&mut self, pieces: &[Piece]) -> &mut Self {
        self.insert(Insertion::Text(self.tables.next()));
        let mut text = Segments::default();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => {
                    let start = self.tables.blob.len();
                    self.escaped(literal);
                    text.literal = Some(match self.tables.blob.get(start..) == Some(literal.as_str()) {
                        true => Place::Blob(start, self.tables.blob.len()),
                        false => self.tables.append(literal),
                    });
                    continue;
                }
                Piece::Plural(parameter, alternatives) => {
                    self.operation(Operation::None);
                    let plural = self.tables.plural(alternatives);
                    self.part.whole.push((plural, Operation::Plural(*parameter)));
                    text.alone(plural, Operation::Plural(*parameter));
                    continue;
                }
                Piece::Value(_) => self.operation(operation(piece)),
                // In JSON, marks only isolate foreign words.
                Piece::CodeStart | Piece::CodeEnd | Piece::IsolateStart | Piece::IsolateEnd
                    if self.tables.right_to_left =>
                {
                    self.operation(operation(piece));
                }
                _ => {}
            }
            text.push(piece);
        }
        self.tables.texts.add(&text.finish(), flags(pieces), [&self.tables.blob, &self.tables.apart]);
        self.framed = self.tables.blob.len();
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
        if self.framed < self.tables.blob.len() {
            self.insert(Insertion::Nothing);
        }
        self.part
    }
}

fn operation(piece: &Piece) -> Operation {
    match piece {
        Piece::Literal(_) => Operation::None,
        Piece::Value(parameter) => Operation::Value(*parameter),
        Piece::CodeStart => Operation::CodeStart,
        Piece::CodeEnd => Operation::CodeEnd,
        Piece::LinkStart(_) => Operation::LinkStart,
        Piece::LinkEnd(_) => Operation::LinkEnd,
        Piece::Plural(parameter, _) => Operation::Plural(*parameter),
        Piece::IsolateStart => Operation::IsolateStart,
        Piece::IsolateEnd => Operation::IsolateEnd,
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
    use lift_errors_core::segment::{FIRST_SEGMENT, LENGTH_SHIFT, SEGMENT_WORDS};

    fn slice(blob: &str, table: &SegmentTable, text: usize) -> Vec<String> {
        let first = |text: usize| (table.starts[text] & FIRST_SEGMENT) as usize * SEGMENT_WORDS;
        let literal = |segment: &[u32]| {
            let start = segment[0] as usize;
            blob[start..start + (segment[1] >> LENGTH_SHIFT) as usize].to_owned()
        };
        table.words[first(text)..first(text + 1)].chunks(SEGMENT_WORDS).map(literal).collect()
    }

    #[test]
    fn texts_point_into_their_document_and_escaped_ones_stand_apart() {
        let mut tables = Texts::with_documents(false, true);
        let literal = |text: &str| Piece::Literal(text.into());
        let mut document = Document::new(&mut tables);
        document.json("{\"a\":\"").text(&[literal("plain "), Piece::CodeStart, literal("x"), Piece::CodeEnd]);
        document.json("\",\"b\":\"").text(&[literal("say \"hi\" "), Piece::Value(0)]).json("\"}");
        let part = document.finish();
        let mut tail = Document::new(&mut tables);
        tail.json(" and more");
        let tail = tail.finish();
        tables.document(&[&part, &tail], 0);
        tables.finish();
        let Texts { blob, texts, documents, shared, .. } = tables;
        assert_eq!(slice(&blob, &texts, 0), ["plain ", "x"]);
        assert_eq!(slice(&blob, &texts, 1), ["say \"hi\" "]);
        assert_eq!(slice(&blob, &documents, 0), [r#"{"a":"plain x","b":"say \"hi\" "#, "\"} and more"]);
        assert_eq!(slice(&blob, &shared, 0), [r#"{"a":""#, r#"","b":""#, "\"} and more"]);
        assert_eq!(texts.starts[1] & (JSON_ESCAPE | HTML_ESCAPE), JSON_ESCAPE | HTML_ESCAPE);
        assert_eq!(blob.matches("plain").count(), 1);
    }

    #[test]
    fn equal_literals_are_stored_once() {
        let mut tables = Texts::new();
        let text = [Piece::Literal("Try again later.".into())];
        tables.text(&text);
        tables.text(&text);
        tables.finish();
        assert_eq!(tables.blob, "Try again later.");
    }
}
