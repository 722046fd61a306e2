//! The mark of a response whose request may have been carried out, although the response says that it was refused: by an earlier
//! attempt, or before a redirect.

use http::Extensions;

#[derive(Clone, Copy, Debug)]
struct MayBeCarriedOut;

/// Marks a response that a client returns.
pub(super) fn mark(extensions: &mut Extensions) {
    extensions.insert(MayBeCarriedOut);
}

/// Whether a client has marked a response.
pub(super) fn is_marked(extensions: &Extensions) -> bool {
    extensions.get::<MayBeCarriedOut>().is_some()
}
