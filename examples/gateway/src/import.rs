//! Imports of stock from CSV files. Errors name the wrong line and column, or the missing header.

use crate::access::{AccessError, Caller, Role};
use crate::store::{LONGEST_CODE, Store, StoreFull};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use csv::{ErrorKind, Position, ReaderBuilder, StringRecord, Trim};
use lift_errors::axum::Json;
use lift_errors::{ErrorResponse, LiftError, bail, ensure, lift};
use serde::Serialize;
use std::num::ParseIntError;
use std::sync::Arc;

/// The maximum size of a body, in bytes, also of requests that import nothing.
pub(crate) const BODY_LIMIT: usize = 256 * 1024;

/// The columns that a file must have, in any order and among others.
const HEADERS: [&str; 3] = ["Product Code", "Name", "Quantity"];

/// The reasons why a file can't be imported. Lines and columns count from 1, as in a spreadsheet.
#[derive(Debug, LiftError)]
pub(crate) enum ImportError {
    #[lift(code = import_failed, cause = not_csv)]
    NotCsv,
    #[lift(code = import_failed, cause = not_utf8)]
    NotUtf8 { line: Option<u64>, column: Option<usize> },
    #[lift(code = import_failed, cause = wrong_headers)]
    MissingHeader { missing_header: &'static str },
    #[lift(code = import_failed, cause = wrong_headers)]
    HeaderTwice { line: u64, column: usize },
    #[lift(code = import_failed, cause = malformed_row)]
    Row { line: Option<u64>, column: Option<u64>, source: csv::Error },
    #[lift(code = import_failed, cause = malformed_row)]
    Cell { line: Option<u64>, column: usize, source: Option<ParseIntError> },
    #[lift(transparent)]
    Full(#[from] StoreFull),
    #[lift(transparent)]
    Access(#[from] AccessError),
}

/// A body with the content type of CSV.
pub(crate) struct CsvBody(Bytes);

/// The number of imported rows.
#[derive(Serialize)]
pub(crate) struct Imported {
    rows: usize,
}

impl<S: Send + Sync> FromRequest<S> for CsvBody {
    type Rejection = ErrorResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ErrorResponse> {
        let cause = lift::unsupported_media_type::Cause::WrongContentType;
        let other = lift::unsupported_media_type::new().with_expected("text/csv").with_cause(cause);
        ensure!(is_csv(request.headers()), other);
        match Bytes::from_request(request, state).await {
            Ok(file) => Ok(Self(file)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                bail!(lift::payload_too_large::new().with_limit_bytes(BODY_LIMIT as u64).caused_by(rejection))
            }
            Err(rejection) => Err(rejection.into()),
        }
    }
}

fn is_csv(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("text/csv")
}

/// `POST /imports/stock`, which needs a manager: imports all rows of a file, or none.
pub(crate) async fn stock(
    State(store): State<Arc<Store>>,
    caller: Caller,
    CsvBody(file): CsvBody,
) -> Result<Json<Imported>, ImportError> {
    caller.require(Role::Manager)?;
    let rows = read(&file)?;
    let imported = Imported { rows: rows.len() };
    store.lock().import(rows.into_iter().collect())?;
    Ok(Json(imported))
}

/// The product and the quantity of each row.
fn read(file: &[u8]) -> Result<Vec<(String, u32)>, ImportError> {
    // A file in UTF-16 begins with a byte order mark; a file in UTF-8 may do so too.
    if file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") {
        return Err(ImportError::NotUtf8 { line: None, column: None });
    }
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    // A workbook is a zip file. Other binary files contain zeros, text does not.
    if file.starts_with(b"PK\x03\x04") || file.contains(&0) {
        return Err(ImportError::NotCsv);
    }
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(file);
    let headers = reader.headers().map_err(|source| sort(file, source))?;
    let [product_at, _, quantity_at] = places(headers)?;
    let row = |record: Result<StringRecord, csv::Error>| {
        let record = record.map_err(|source| sort(file, source))?;
        let line = || record.position().map(|position| line(file, position));
        let cell = |place| record.get(place).unwrap_or_default();
        if !(1..=LONGEST_CODE).contains(&(cell(product_at).chars().count() as u64)) {
            return Err(ImportError::Cell { line: line(), column: product_at + 1, source: None });
        }
        let quantity = cell(quantity_at).parse().map_err(|source| ImportError::Cell {
            line: line(),
            column: quantity_at + 1,
            source: Some(source),
        })?;
        Ok((cell(product_at).to_owned(), quantity))
    };
    reader.records().map(row).collect()
}

/// The position of each header, which has to occur exactly once.
fn places(headers: &StringRecord) -> Result<[usize; HEADERS.len()], ImportError> {
    let mut places = [0; HEADERS.len()];
    for (place, header) in places.iter_mut().zip(HEADERS) {
        let mut found = headers.iter().enumerate().filter(|(_, text)| *text == header);
        (*place, _) = found.next().ok_or(ImportError::MissingHeader { missing_header: header })?;
        if let Some((again, _)) = found.next() {
            return Err(ImportError::HeaderTwice { line: 1, column: again + 1 });
        }
    }
    Ok(places)
}

/// Converts an error of the `csv` crate, with its place.
fn sort(file: &[u8], source: csv::Error) -> ImportError {
    let line = source.position().map(|position| line(file, position));
    match *source.kind() {
        ErrorKind::Utf8 { ref err, .. } => ImportError::NotUtf8 { line, column: Some(err.field() + 1) },
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            ImportError::Row { line, column: Some(expected_len.min(len) + 1), source }
        }
        _ => ImportError::Row { line, column: None, source },
    }
}

/// The line on which a record begins. csv 1.4 counts one line too few in files with CRLF, which spreadsheets write, and skips
/// blank lines before the record.
fn line(file: &[u8], position: &Position) -> u64 {
    let (before, record) =
        usize::try_from(position.byte()).ok().and_then(|at| file.split_at_checked(at)).unwrap_or_default();
    let blank = record.iter().take_while(|byte| b"\r\n".contains(byte));
    let breaks = |kind| before.iter().chain(blank.clone()).filter(|byte| **byte == kind).count() as u64;
    1 + breaks(b'\n').max(breaks(b'\r'))
}
