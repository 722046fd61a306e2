//! The pattern of a path, for logs and metrics.

use alloc::sync::Arc;
use http::Extensions;

/// The pattern of the paths that one handler serves, such as `/orders/{number}`: the attribute `http.route` in logs and
/// metrics (OpenTelemetry). With axum it is set automatically.
#[derive(Clone, Debug)]
pub struct Route(Pattern);

#[derive(Clone, Debug)]
enum Pattern {
    Named(Arc<str>),
    #[cfg(feature = "axum")]
    Matched(axum::extract::MatchedPath),
}

impl Route {
    /// A route with a pattern.
    pub fn new(pattern: impl Into<Arc<str>>) -> Self {
        Self(Pattern::Named(pattern.into()))
    }

    /// The pattern.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Pattern::Named(pattern) => pattern,
            #[cfg(feature = "axum")]
            Pattern::Matched(path) => path.as_str(),
        }
    }

    /// The route that the framework matched.
    #[cfg(feature = "axum")]
    pub(super) fn matched(extensions: &Extensions) -> Option<Self> {
        let path: &axum::extract::MatchedPath = extensions.get()?;
        Some(Self(Pattern::Matched(path.clone())))
    }

    #[cfg(not(feature = "axum"))]
    pub(super) fn matched(_: &Extensions) -> Option<Self> {
        None
    }
}
