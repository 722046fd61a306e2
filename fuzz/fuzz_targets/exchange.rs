//! Files of translators' tools, as PO and as XLIFF: any bytes are a file or a fault with its line, and every translation comes back
//! as it was from a file that the command wrote.
#![no_main]

#[allow(dead_code, reason = "the command uses the rest")]
#[path = "../../lift-errors-cli/src/exchange/mod.rs"]
mod exchange;

use exchange::fault;
use exchange::file::{ExchangeFile, Format};
use lift_errors_codegen::{Compiler, TranslationFiles, TranslationUnits, UnitText};
use std::path::Path;
use std::sync::OnceLock;

/// Arabic has six plural forms, Polish four, French three.
const LOCALES: [&str; 3] = ["ar", "pl", "fr"];

fn units(locale: &str) -> TranslationUnits {
    static FILES: OnceLock<TranslationFiles> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/onboarding");
    let files = FILES.get_or_init(|| Compiler::new(folder, "catalog.toml").translation_files().unwrap());
    files.units(Some(locale)).unwrap()
}

/// Any bytes as a file, compared with the catalogue.
fn read(format: Format, bytes: &[u8]) {
    static UNITS: OnceLock<TranslationUnits> = OnceLock::new();
    let units = UNITS.get_or_init(|| units("pl"));
    let file = fault::text(bytes.to_vec()).and_then(|text| {
        let file = ExchangeFile::read(format, &text)?;
        file.merge(units).map(|merge| (text, merge))
    });
    match file {
        Ok((text, merge)) => {
            let lines = text.lines().count().max(1);
            assert!(merge.changes.iter().all(|change| (1..=lines).contains(&change.line)), "{merge:?}");
        }
        Err(fault) => {
            let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() + 1;
            assert!((1..=lines).contains(&fault.line), "{fault}");
            let acts = |character: char| character.is_control() && character != '\n';
            assert!(!fault.to_string().contains(acts), "{fault}");
        }
    }
}

/// Translations as a file, and back.
fn round_trip(format: Format, locale: u8, texts: &str) {
    let locale = LOCALES[usize::from(locale) % LOCALES.len()];
    let mut units = units(locale);
    // The compiler refuses control characters in texts, and XML has no noncharacters.
    let is_text = |it: &char| !it.is_control() && !matches!(it, '\u{fffe}' | '\u{ffff}');
    let mut texts = texts.split('\u{1}').map(|text| text.chars().filter(is_text).collect::<String>());
    for unit in &mut units.units {
        let Some(text) = texts.next() else { break };
        unit.translation = Some(match unit.source.is_plural() {
            true => {
                let mut form = || texts.next().unwrap_or_else(|| text.clone());
                let forms = units.categories.iter().map(|category| (category.name, form())).collect();
                UnitText { selector: unit.source.selector.clone(), forms }
            }
            false => UnitText::plain(text),
        });
    }
    let written = format.write(&units, Some(locale)).unwrap();
    let merge = ExchangeFile::read(format, &written).and_then(|file| file.merge(&units));
    let merge = merge.unwrap_or_else(|fault| panic!("{fault}\n{written}"));
    assert!(merge.changes.is_empty() && merge.left_out.is_empty(), "{merge:?}\n{written}");
    assert_eq!(merge.unchanged + merge.untranslated, units.units.len(), "{merge:?}\n{written}");
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| match bytes {
    [0, locale, texts @ ..] => round_trip(Format::Po, *locale, &String::from_utf8_lossy(texts)),
    [1, locale, texts @ ..] => round_trip(Format::Xliff, *locale, &String::from_utf8_lossy(texts)),
    [b'<', ..] => read(Format::Xliff, bytes),
    _ => read(Format::Po, bytes),
});
