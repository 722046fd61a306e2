//! Entries with codes of 20 to 30 bytes and texts of some 77 characters, put together from words.

use crate::random::Random;
use std::fmt::{self, Write};

const SUBJECTS: [&str; 28] = [
    "order",
    "product",
    "shipment",
    "supplier",
    "customer",
    "invoice",
    "payment",
    "barcode",
    "location",
    "transfer",
    "receipt",
    "contract",
    "delivery",
    "picklist",
    "package",
    "account",
    "warehouse",
    "category",
    "template",
    "discount",
    "currency",
    "document",
    "container",
    "inventory",
    "approval",
    "purchase",
    "voucher",
    "schedule",
];

const PARTS: [&str; 28] = [
    "line",
    "amount",
    "number",
    "address",
    "status",
    "owner",
    "region",
    "label",
    "weight",
    "quantity",
    "budget",
    "series",
    "expiry",
    "origin",
    "history",
    "total",
    "limit",
    "format",
    "period",
    "signature",
    "name",
    "unit",
    "batch",
    "price",
    "group",
    "policy",
    "reason",
    "version",
];

const STATES: [&str; 28] = [
    "missing",
    "locked",
    "unknown",
    "expired",
    "invalid",
    "too_long",
    "refused",
    "changed",
    "closed",
    "in_use",
    "blocked",
    "not_set",
    "too_large",
    "doubled",
    "archived",
    "negative",
    "ambiguous",
    "rejected",
    "disabled",
    "reserved",
    "mismatch",
    "exceeded",
    "outdated",
    "cancelled",
    "empty",
    "unreadable",
    "pending",
    "withdrawn",
];

/// The parameters of an entry's detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No parameters.
    Plain,
    /// Two numbers, `limit` and `waiting`.
    Numbers,
    /// A text, `resource`.
    Text,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Numbers, Self::Text];
}

/// An entry of a catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The code.
    pub code: String,
    /// The id.
    pub id: String,
    /// The HTTP status.
    pub status: u16,
    /// Whether it is the default of several entries with its status.
    pub is_default: bool,
    /// The parameters of its detail.
    pub shape: Shape,
    subject: &'static str,
    part: &'static str,
    state: &'static str,
}

/// An entry's texts in one language.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The title.
    pub title: String,
    /// The detail, with placeholders.
    pub detail: String,
    /// The meaning.
    pub meaning: String,
    /// The causes `usual` and `rare`.
    pub causes: [String; 2],
    /// The fixes `correct` and `again`.
    pub fixes: [String; 2],
}

/// Creates `count` entries, which take the shapes in turn.
#[must_use]
pub fn entries(count: usize, shapes: &[Shape]) -> Vec<Entry> {
    let statuses = [409, 422, 400, 500, 404];
    let kinds = statuses.into_iter().cycle().zip(shapes.iter().copied().cycle());
    words(count)
        .into_iter()
        .zip(kinds)
        .enumerate()
        .map(|(number, ([subject, part, state], (status, shape)))| Entry {
            code: format!("shop_{subject}_{part}_{state}"),
            id: format!("SHOP-{:05}", number + 1),
            status,
            // The first entry with its status, if there are others.
            is_default: number < statuses.len() && number + statuses.len() < count,
            shape,
            subject,
            part,
            state,
        })
        .collect()
}

/// The length of all texts in some languages, with translations of `percent` of the entries.
#[must_use]
pub fn text_bytes(entries: &[Entry], locales: &[&str], percent: usize) -> usize {
    let of = |entry: &Entry, locale: &str| {
        let Texts { title, detail, meaning, causes, fixes } = entry.texts(locale);
        [title, detail, meaning].iter().chain(&causes).chain(&fixes).map(String::len).sum::<usize>()
    };
    let covered = |number: usize, locale: &str| locale == "en" || number * percent % 100 < percent;
    let in_locale = |locale: &&str| -> usize {
        let covered = entries.iter().enumerate().filter(|(number, _)| covered(*number, locale));
        covered.map(|(_, entry)| of(entry, locale)).sum()
    };
    locales.iter().map(in_locale).sum()
}

/// Words that make codes of 20 to 30 bytes, shuffled.
fn words(count: usize) -> Vec<[&'static str; 3]> {
    let mut all: Vec<[&'static str; 3]> = Vec::new();
    for subject in SUBJECTS {
        for part in PARTS {
            all.extend(STATES.map(|state| [subject, part, state]));
        }
    }
    all.retain(|words| (20..=30).contains(&(words.concat().len() + "shop___".len())));
    Random::new(0x2545_f491_4f6c_dd1d).shuffle(&mut all);
    assert!(all.len() >= count, "there are only words for {} entries", all.len());
    all.truncate(count);
    all
}

impl Entry {
    /// The name of its variant.
    #[must_use]
    pub fn variant(&self) -> String {
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        self.code.split('_').map(capital).collect()
    }

    /// The texts in a language of `LOCALES`.
    #[must_use]
    pub fn texts(&self, locale: &str) -> Texts {
        let Self { subject, part, .. } = self;
        let state = self.state.replace('_', " ");
        match locale {
            "de" => Texts {
                title: format!("{subject}: {part} {state}"),
                detail: self.german_detail(),
                meaning: format!(
                    "Der Vorgang braucht {part} von {subject}, und das ist gerade {state}, also ging es nicht weiter."
                ),
                causes: [
                    format!(
                        "Jemand hat {part} in einem anderen Fenster geändert, während Sie an {subject} gearbeitet haben."
                    ),
                    format!(
                        "Ein Import hat {subject} angelegt, ohne dass {part} in der Datei stand, die geladen wurde."
                    ),
                ],
                fixes: [
                    format!(
                        "Öffnen Sie {subject} noch einmal, berichtigen Sie {part} und speichern Sie danach erneut."
                    ),
                    format!("Schicken Sie {subject} ein zweites Mal ab, sobald {part} nicht mehr {state} ist."),
                ],
            },
            "fr" => Texts {
                title: format!("{subject} : {part} {state}"),
                detail: self.french_detail(),
                meaning: format!(
                    "L'opération a besoin de {part} de {subject}, qui est {state} pour le moment ; elle s'est arrêtée."
                ),
                causes: [
                    format!(
                        "Quelqu'un a modifié {part} dans une autre fenêtre pendant que vous travailliez sur {subject}."
                    ),
                    format!(
                        "Un import a créé {subject} sans que {part} soit présent dans le fichier qui a été chargé."
                    ),
                ],
                fixes: [
                    format!("Ouvrez de nouveau {subject}, corrigez {part}, puis enregistrez vos modifications."),
                    format!("Envoyez {subject} une seconde fois dès que {part} n'est plus {state}."),
                ],
            },
            "en" => Texts {
                title: capital(&format!("{subject} {part} {state}")),
                detail: self.english_detail(),
                meaning: format!(
                    "The step needs the {part} of the {subject}, which is {state} at the moment, so it did not go on."
                ),
                causes: [
                    format!("Somebody changed the {part} in another window while you were working on the {subject}."),
                    format!("An import made the {subject} from a file in which the {part} had not been filled in."),
                ],
                fixes: [
                    format!("Open the {subject} once more, correct the {part} there, and then save your changes."),
                    format!("Send the {subject} for a second time as soon as the {part} is no longer {state}."),
                ],
            },
            _ => {
                let Texts { title, detail, meaning, causes, fixes } = self.texts("en");
                let marked = |text: String| format!("{locale} {text}");
                Texts {
                    title: marked(title),
                    detail: marked(detail),
                    meaning: marked(meaning),
                    causes: causes.map(marked),
                    fixes: fixes.map(marked),
                }
            }
        }
    }

    fn english_detail(&self) -> String {
        let (subject, part) = (self.subject, self.part);
        match self.shape {
            Shape::Plain => format!("The {part} of this {subject} does not allow the step that you have asked for."),
            Shape::Numbers => {
                format!("The {part} of this {subject} may be {{limit}} at most, and {{waiting}} are waiting already.")
            }
            Shape::Text => {
                format!("The {part} of this {subject} does not go together with what {{resource}} says of it.")
            }
        }
    }

    fn german_detail(&self) -> String {
        let (subject, part) = (self.subject, self.part);
        match self.shape {
            Shape::Plain => {
                format!("{subject}: {part} lässt den Schritt nicht zu, den Sie gerade ausführen wollten.")
            }
            Shape::Numbers => {
                format!("{subject}: {part} darf höchstens {{limit}} sein, und {{waiting}} warten bereits darauf.")
            }
            Shape::Text => {
                format!("{subject}: {part} passt nicht zu dem, was {{resource}} im Augenblick darüber sagt.")
            }
        }
    }

    fn french_detail(&self) -> String {
        let (subject, part) = (self.subject, self.part);
        match self.shape {
            Shape::Plain => format!("{subject} : {part} ne permet pas l'étape que vous avez demandée à l'instant."),
            Shape::Numbers => {
                format!("{subject} : {part} peut valoir {{limit}} au plus, et {{waiting}} attendent déjà leur tour.")
            }
            Shape::Text => format!("{subject} : {part} ne va pas avec ce que {{resource}} en dit en ce moment même."),
        }
    }

    pub(crate) fn write(&self, toml: &mut String) -> fmt::Result {
        let texts = self.texts("en");
        writeln!(toml, "[{}]\nid = {:?}\nstatus = {}", self.code, self.id, self.status)?;
        if self.is_default {
            writeln!(toml, "status_default = true")?;
        }
        writeln!(toml, "since = \"0.1.0\"\nseverity = \"warning\"\ntitle = {:?}", texts.title)?;
        writeln!(toml, "detail = {:?}\nmeaning = {:?}", texts.detail, texts.meaning)?;
        writeln!(toml, "retry = {{ kind = \"after_change\" }}")?;
        match self.shape {
            Shape::Plain => {}
            Shape::Numbers => writeln!(
                toml,
                "\n[{0}.params]\nlimit = {{ type = \"u32\", doc = \"The most there may be.\", example = 60 }}\n\
                 waiting = {{ type = \"u32\", doc = \"How many wait.\", example = 12 }}",
                self.code
            )?,
            Shape::Text => writeln!(
                toml,
                "\n[{0}.params]\nresource = {{ type = \"text\", sensitivity = \"public\", doc = \"What it contradicts.\", \
                 example = \"order PO-404\" }}",
                self.code
            )?,
        }
        let [usual, rare] = &texts.causes;
        let [correct, again] = &texts.fixes;
        writeln!(
            toml,
            "\n[[{0}.cause]]\nid = \"usual\"\naudience = \"browser\"\ntext = {usual:?}\nfixes = [\"correct\"]\n\
             \n[[{0}.cause]]\nid = \"rare\"\ntext = {rare:?}\nfixes = [\"correct\", \"again\"]\n\
             \n[[{0}.fix]]\nid = \"correct\"\ntext = {correct:?}\n\n[[{0}.fix]]\nid = \"again\"\ntext = {again:?}\n",
            self.code
        )
    }
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}
