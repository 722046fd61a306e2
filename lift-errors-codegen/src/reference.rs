//! The address of an entry's page, and so its type URI: the manifest's `reference` with `#` and the id, or with `{id}`,
//! `{id:lower}` and `{code}` in the places where it names them.

/// A `reference`, in pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reference {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Literal(String),
    Id,
    LowerId,
    Code,
}

impl Reference {
    /// Reads a reference.
    ///
    /// # Errors
    ///
    /// The words between braces that name no part of an entry.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            pieces.push(Piece::Literal(before.to_owned()));
            pieces.push(match name {
                "id" => Piece::Id,
                "id:lower" => Piece::LowerId,
                "code" => Piece::Code,
                _ => return Err(name.to_owned()),
            });
            rest = after;
        }
        if rest.contains('}') {
            return Err(String::new());
        }
        pieces.push(Piece::Literal(rest.to_owned()));
        if let [_] = pieces.as_slice() {
            pieces.extend([Piece::Literal("#".to_owned()), Piece::Id]);
        }
        Ok(Self { pieces })
    }

    /// The address of the entry with an id and a code.
    pub(crate) fn address(&self, id: &str, code: &str) -> String {
        let mut address = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => address.push_str(text),
                Piece::Id => address.push_str(id),
                Piece::LowerId => address.push_str(&id.to_ascii_lowercase()),
                Piece::Code => address.push_str(code),
            }
        }
        address
    }

    /// The page that all addresses are below: what comes before the first part of an entry.
    pub(crate) fn page(&self) -> &str {
        match self.pieces.as_slice() {
            [Piece::Literal(page), Piece::Literal(_), Piece::Id] => page,
            [Piece::Literal(text), ..] => text.trim_end_matches(['#', '/', '?', '=']),
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_in_any_place() {
        for (text, address, page) in [
            ("https://a.example/errors", "https://a.example/errors#E-01", "https://a.example/errors"),
            ("https://a.example/", "https://a.example/#E-01", "https://a.example/"),
            ("https://a.example/{code}/", "https://a.example/not_found/", "https://a.example"),
            ("https://a.example/e#{id:lower}", "https://a.example/e#e-01", "https://a.example/e"),
            ("https://a.example/{id}.html#{code}", "https://a.example/E-01.html#not_found", "https://a.example"),
        ] {
            let reference = Reference::parse(text).unwrap();
            assert_eq!((reference.address("E-01", "not_found").as_str(), reference.page()), (address, page));
        }
        for (text, name) in [("https://a.example/{title}", "title"), ("https://a.example/{id", "id"), ("a}", "")] {
            assert_eq!(Reference::parse(text).unwrap_err(), name);
        }
    }
}
