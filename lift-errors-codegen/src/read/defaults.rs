//! The keys of entries that do not set them: a file's `[defaults]`, then the manifest's.

use crate::read::draft::{Defaults, Entry};

impl Defaults {
    /// These, and the others where these have none.
    pub(crate) fn or(self, others: &Self) -> Self {
        // Each says the same thing in another way: which response the entries are.
        let is_open = self.status.is_none() && self.transport.is_none();
        let (status, transport) =
            if is_open { (others.status.clone(), others.transport.clone()) } else { (self.status, self.transport) };
        Self {
            status,
            transport,
            class: self.class.or_else(|| others.class.clone()),
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
        if lacks(entry, "class", entry.class.is_some()) {
            entry.class.clone_from(&self.class);
        }
        if lacks(entry, "severity", entry.severity.is_some()) {
            entry.severity.clone_from(&self.severity);
        }
        if lacks(entry, "retry", entry.retry.is_some()) {
            entry.retry.clone_from(&self.retry);
        }
        // One of the three says it all.
        let is_open = lacks(entry, "status", entry.status.is_some())
            && lacks(entry, "raised_by", entry.raised_by.is_some())
            && lacks(entry, "transport", entry.transport.is_some());
        if is_open {
            entry.status.clone_from(&self.status);
            entry.transport.clone_from(&self.transport);
        }
    }
}
