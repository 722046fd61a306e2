//! What entries have that say nothing else: a file's `[defaults]`, and behind them the manifest's.

use crate::read::draft::{Defaults, Entry};

impl Defaults {
    /// These, and the others where these have none.
    pub(crate) fn or(self, others: &Self) -> Self {
        Self {
            status: self.status.or_else(|| others.status.clone()),
            since: self.since.or_else(|| others.since.clone()),
            severity: self.severity.or_else(|| others.severity.clone()),
            retry: self.retry.or_else(|| others.retry.clone()),
        }
    }

    /// Gives an entry what it does not say itself. What could not be read was reported, and is not replaced.
    pub(crate) fn complete(&self, entry: &mut Entry) {
        let lacks = |entry: &Entry, key: &str, present: bool| entry.lacks(key, present);
        if lacks(entry, "since", entry.since.is_some()) {
            entry.since.clone_from(&self.since);
        }
        // An alias has the rest from its canonical entry.
        if entry.same_as.is_some() || entry.unreadable.contains(&"same_as") {
            return;
        }
        if lacks(entry, "severity", entry.severity.is_some()) {
            entry.severity.clone_from(&self.severity);
        }
        if lacks(entry, "retry", entry.retry.is_some()) {
            entry.retry.clone_from(&self.retry);
        }
        // An error that clients raise has no status.
        let is_raised = entry.raised_by.is_some() || entry.unreadable.contains(&"raised_by");
        if !is_raised && lacks(entry, "status", entry.status.is_some()) {
            entry.status.clone_from(&self.status);
        }
    }
}
