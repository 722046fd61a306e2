//! The pattern of a path, for logs and metrics.

use alloc::sync::Arc;
use http::Extensions;

/// The pattern of the paths that one handler serves, such as `/orders/{number}`: the attribute `http.route` in logs and
/// metrics (OpenTelemetry). With axum it is set automatically.
#[derive(Clone, Debug)]
pub struct Route(Pattern);

/// The pattern at which a whole router is nested, among the extensions of a request.
#[cfg(feature = "axum")]
#[derive(Clone, Debug)]
pub(super) struct Prefix(pub(super) axum::extract::NestedPath);

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
        match extensions.get() {
            // axum's pattern lacks the prefix of a router that was a nested router's fallback.
            Some(Prefix(prefix)) if !path.as_str().starts_with(prefix.as_str()) => {
                Some(Self::new([prefix.as_str(), path.as_str()].concat()))
            }
            _ => Some(Self(Pattern::Matched(path.clone()))),
        }
    }

    #[cfg(not(feature = "axum"))]
    pub(super) fn matched(_: &Extensions) -> Option<Self> {
        None
    }
}
