//! The command `explain`: all about the errors that somebody means.

use crate::arguments::{ExplainArguments, ExplainFormat};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::explanation::collect::{self, ByCode, View};
use crate::explanation::find::{Codes, Found};
use crate::explanation::find_pasted::FoundPasted;
use crate::explanation::{Explanation, markdown, schema as explanation_schema, text};
use crate::nearest;
use crate::output::CommandOutput;
use crate::runtime::image;
use crate::taxonomy;
use lift_errors::__private::TextMarkup;
use lift_errors::lift;
use lift_errors_codegen::CatalogSnapshot;
use std::io::{self, Read as _};

/// The longest pasted text, in bytes.
const LONGEST: u64 = 1 << 20;

/// Prints the schema of the JSON formats.
pub(super) fn schema(output: &mut CommandOutput) -> Result<(), Error> {
    output.rendered(serde_json::to_string_pretty(&explanation_schema())?);
    Ok(())
}

pub(super) fn explain(
    catalog: &Catalog,
    arguments: &ExplainArguments,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let CatalogSnapshot { tables, entries, field_errors, removed, taxonomy, .. } = catalog.snapshot()?;
    taxonomy::check_words(&arguments.only, &taxonomy)?;
    let codes = Codes { catalog: image::catalog(tables), facts: entries, field_errors, removed };
    let FoundPasted { mut found, status } = find(&codes, arguments)?;
    found.filter(arguments.status, arguments.severity, arguments.retry);
    found.filter_taxonomy(&arguments.only);
    if found.is_empty() {
        return Err(Error::NothingLeft);
    }
    if let Some(status) = status {
        let known = match found.len() {
            1 => "this one has".to_owned(),
            several => format!("these {several} have"),
        };
        output.warning(format!("note: the text names no error of the catalogue; {known} its status, {status}"));
    }
    let explanations = explanations(&codes, &found, arguments);
    let is_list = arguments.format == ExplainFormat::Text && found.len() > 1 && !arguments.is_all;
    let layout = text::TextLayout::of_stdout(output.color());
    match arguments.format {
        ExplainFormat::Text if is_list => {
            output.result(text::list(&explanations, layout));
            output.result(format!("\n{} errors; name one to read all about it, or add --all", found.len()));
        }
        ExplainFormat::Text => {
            let pages: Vec<String> =
                explanations.iter().map(|explanation| text::explanation(explanation, layout)).collect();
            output.rendered(pages.join("\n\n"));
        }
        ExplainFormat::Markdown => {
            output.rendered(explanations.iter().map(markdown::explanation).collect::<Vec<_>>().join("\n"));
        }
        ExplainFormat::Json => output.rendered(serde_json::to_string_pretty(&explanations)?),
        ExplainFormat::Jsonl => {
            for explanation in &explanations {
                output.rendered(serde_json::to_string(explanation)?);
            }
        }
    }
    Ok(())
}

/// The codes that the query means.
fn find(codes: &Codes, arguments: &ExplainArguments) -> Result<FoundPasted, Error> {
    let Some(query) = &arguments.query else { return Ok(codes.all().into()) };
    if query == "-" {
        let mut body = Vec::new();
        io::stdin().lock().take(LONGEST).read_to_end(&mut body).map_err(Error::Stdin)?;
        let pasted = codes.find_pasted(&String::from_utf8_lossy(&body));
        if pasted.found.is_empty() {
            let hint = "paste a response body, a page or a log line with a code or an id; \
                        for one of another catalogue, name that with `--manifest`"
                .to_owned();
            return Err(Error::NoErrorInBody { catalog: codes.catalog.name().to_owned(), hint });
        }
        return Ok(pasted);
    }
    let found = codes.find(query);
    if found.is_empty() {
        let hint = nearest::entry_hint(query, codes.names(), "codes and ids");
        return Err(Error::NoMatch { query: query.clone(), hint });
    }
    Ok(found.into())
}

fn explanations(codes: &Codes, found: &Found, arguments: &ExplainArguments) -> Vec<Explanation> {
    let view = View {
        locale: arguments.locale.or_else(|| codes.catalog.locales().next()).unwrap_or_default(),
        audience: arguments.audience,
        markup: match arguments.format {
            ExplainFormat::Markdown => TextMarkup::Markdown,
            _ => TextMarkup::None,
        },
    };
    // Canonical entries may be among those that are found.
    let by_code = ByCode::of([&lift::CATALOG, codes.catalog]);
    let entry = |entry| collect::entry(entry, codes.facts_of(entry), view, &by_code);
    let entries = found.entries.iter().map(|&it| Explanation::Entry(Box::new(entry(it))));
    let removed = found.removed.iter().map(|code| Explanation::Removed(collect::removed(codes.catalog.name(), code)));
    entries.chain(removed).collect()
}
