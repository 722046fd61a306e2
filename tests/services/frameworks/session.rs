//! The reader of the route `/session/{when}`, as its middleware knows it.

use lift_errors::{Locale, RequestContext};

/// Tells the layer the reader's language.
pub(super) fn read() {
    let locale: Locale = "uk".parse().unwrap();
    RequestContext::update(|context| context.set_locale(locale)).unwrap();
}
