//! Yearly stock reports from the ledger, a small database in files. The file of 2026 is truncated, as if the disk was full when it
//! was written.

use crate::access::{AccessError, Caller, Role};
use axum::extract::State;
use lift_errors::axum::{Json, Path};
use lift_errors::{LiftError, lift};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::fs;
use uuid::Uuid;

/// The folder with a file for each year. It is deleted with the gateway.
#[derive(Debug)]
pub(crate) struct Ledger(PathBuf);

/// The number of pieces of each product that moved in a year.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    received: BTreeMap<String, u64>,
    shipped: BTreeMap<String, u64>,
}

/// The year in the path of a request. A field has a name that an error can show.
#[derive(Deserialize)]
pub(crate) struct Yearly {
    year: u16,
}

/// A failure of the ledger. Its text is only for the log: it names and quotes files.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LedgerError {
    #[error("can't read {file}")]
    Read { file: PathBuf, source: io::Error },
    #[error("{file} is damaged")]
    Damaged { file: PathBuf, source: serde_json::Error },
}

/// The reasons for which a report fails.
#[derive(Debug, LiftError)]
pub(crate) enum ReportError {
    #[lift(code = not_found, resource_kind = lift::Term::Report, resource = "{year}")]
    NoSuchYear { year: u16, source: LedgerError },
    #[lift(code = internal_server_error, cause = failed_query)]
    Ledger { source: LedgerError },
    #[lift(transparent)]
    Access(#[from] AccessError),
}

/// The reason for which the report of a year fails.
fn sort(year: u16, source: LedgerError) -> ReportError {
    match &source {
        LedgerError::Read { source: cause, .. } if cause.kind() == io::ErrorKind::NotFound => {
            ReportError::NoSuchYear { year, source }
        }
        _ => ReportError::Ledger { source },
    }
}

impl Ledger {
    /// Writes the demonstration's ledger to a new folder.
    pub(crate) async fn create() -> io::Result<Self> {
        let ledger = Self(std::env::temp_dir().join(format!("lift-gateway-{}", Uuid::new_v4())));
        fs::create_dir(&ledger.0).await?;
        fs::write(ledger.file(2025), r#"{"received": {"GLOVES-M": 5000}, "shipped": {"GLOVES-M": 4520}}"#).await?;
        fs::write(ledger.file(2026), r#"{"received": {"GLOVES-M": 800}, "shipped": {"GLO"#).await?;
        Ok(ledger)
    }

    fn file(&self, year: u16) -> PathBuf {
        self.0.join(format!("{year}.json"))
    }

    async fn report(&self, year: u16) -> Result<Report, LedgerError> {
        let file = self.file(year);
        match fs::read(&file).await {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|source| LedgerError::Damaged { file, source }),
            Err(source) => Err(LedgerError::Read { file, source }),
        }
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `GET /reports/{year}`, which needs a manager.
pub(crate) async fn show(
    State(ledger): State<Arc<Ledger>>,
    caller: Caller,
    Path(Yearly { year }): Path<Yearly>,
) -> Result<Json<Report>, ReportError> {
    caller.require(Role::Manager)?;
    ledger.report(year).await.map(Json).map_err(|source| sort(year, source))
}
