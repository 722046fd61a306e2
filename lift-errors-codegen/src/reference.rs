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

/// A mistake in a reference.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReferenceFault {
    /// These words between braces name no part of an entry.
    UnknownPart(String),
    /// A brace lacks the other one.
    SingleBrace,
}

impl Reference {
    /// Reads a reference.
    pub(crate) fn parse(text: &str) -> Result<Self, ReferenceFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or(ReferenceFault::SingleBrace)?;
            pieces.push(Piece::Literal(before.to_owned()));
            pieces.push(match name {
                "id" => Piece::Id,
                "id:lower" => Piece::LowerId,
                "code" => Piece::Code,
                _ => return Err(ReferenceFault::UnknownPart(name.to_owned())),
            });
            rest = after;
        }
        if rest.contains('}') {
            return Err(ReferenceFault::SingleBrace);
        }
        pieces.push(Piece::Literal(rest.to_owned()));
        if let [_] = pieces.as_slice() {
            pieces.extend([Piece::Literal("#".to_owned()), Piece::Id]);
        }
        Ok(Self { pieces })
    }

    /// The form of all addresses, as a manifest can have it: two manifests that give the same addresses have the same.
    pub(crate) fn form(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Id => "{id}".to_owned(),
            Piece::LowerId => "{id:lower}".to_owned(),
            Piece::Code => "{code}".to_owned(),
        };
        self.pieces.iter().map(text).collect()
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

    /// The page that all addresses are at or below: the last whole one before the first part of an entry.
    pub(crate) fn page(&self) -> &str {
        match self.pieces.as_slice() {
            [Piece::Literal(page), Piece::Literal(_), Piece::Id] => page,
            [Piece::Literal(text), ..] => page(text),
            _ => "",
        }
    }
}

/// The whole page in the beginning of an address: `https://a.example/e` of `https://a.example/e/of-` and `https://a.example/e?code=`.
fn page(start: &str) -> &str {
    let host = start.find("://").map_or(0, |place| place + "://".len());
    let end = start.find(['#', '?']).or_else(|| start.rfind('/').filter(|&slash| slash >= host));
    end.and_then(|end| start.get(..end)).unwrap_or_default().trim_end_matches('/')
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
            ("https://a.example/e/of-{code}", "https://a.example/e/of-not_found", "https://a.example/e"),
            ("https://a.example/e/?code={code}", "https://a.example/e/?code=not_found", "https://a.example/e"),
            ("https://a.example/e#of-{id}", "https://a.example/e#of-E-01", "https://a.example/e"),
            ("https://{id:lower}.example/", "https://e-01.example/", ""),
        ] {
            let reference = Reference::parse(text).unwrap();
            assert_eq!((reference.address("E-01", "not_found").as_str(), reference.page()), (address, page));
            assert_eq!(Reference::parse(&reference.form()).unwrap().address("E-01", "not_found"), address);
        }
        let unknown = Reference::parse("https://a.example/{title}").unwrap_err();
        assert_eq!(unknown, ReferenceFault::UnknownPart("title".to_owned()));
        for text in ["https://a.example/{id", "a}"] {
            assert_eq!(Reference::parse(text).unwrap_err(), ReferenceFault::SingleBrace);
        }
    }
}
