//! [`Passthrough`]: a response that the layers leave as it is.

use alloc::borrow::Cow;

/// Marks a response, among its extensions, that the layers leave as it is, whatever its status and its body. It is logged
/// with the reason, and counted as a foreign error; one that the service made of an error of a catalogue, as that error.
///
/// A status of gRPC needs no mark: it stays, unless it says nothing or the service wishes
/// [foreign errors replaced](crate::ErrorResponder::with_foreign_errors_replaced).
///
/// It is for a proxy, for example, whose upstream answers with plain text that the clients read.
///
/// ```
/// use http::{Request, Response};
/// use lift_errors::{ErrorResponder, Passthrough, RequestContext};
///
/// let (request, ()) = Request::get("/legacy/orders").body(()).unwrap().into_parts();
/// let mut context = RequestContext::new(&request.method, &request.uri, &request.headers, &request.extensions);
///
/// let mut response = Response::builder().status(404).header("content-type", "text/plain").body(()).unwrap();
/// response.extensions_mut().insert(Passthrough::new("the legacy client reads the text"));
/// let (mut head, ()) = response.into_parts();
/// assert!(ErrorResponder::new().respond(&mut context, &mut head, false).is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passthrough(Cow<'static, str>);

impl Passthrough {
    /// A mark with the reason why the response is left as it is, for the log.
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(reason.into())
    }

    /// The reason.
    pub fn reason(&self) -> &str {
        &self.0
    }
}
