//! Words of XLIFF 1.2 that reader and writer share.

/// The value of `restype` of a group with plural forms.
pub(super) const PLURALS: &str = "x-gettext-plurals";

/// The attribute of a unit with the mark of the exported translation (XLIFF 1.2, `extradata`).
pub(super) const MARK: &str = "extradata";

/// The states of a translation in the order of the work (XLIFF 1.2, attribute `state`): somebody has to look at these.
pub(super) const UNFINISHED: [&str; 4] = ["new", "needs-translation", "needs-adaptation", "needs-l10n"];

/// The states of a translation that somebody has found right.
pub(super) const APPROVED: [&str; 2] = ["final", "signed-off"];
