//! Redirects that a client follows while the retry middleware waits for its answer, and what the middleware then knows of a
//! request where only an error comes back.

use reqwest::redirect::Policy;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;

std::thread_local! {
    /// Whether the request that this thread works on may have been carried out, whatever its answer says: it became another one,
    /// or an earlier attempt had no answer. A client asks its policy while it is polled.
    static MAY_BE_CARRIED_OUT: Cell<bool> = const { Cell::new(false) };
}

/// A redirect policy that tells [`RetryMiddleware`](super::RetryMiddleware) of each redirect after which a `POST` becomes a `GET`
/// (301, 302 and 303), and else decides as `policy` does. [`lift_error`](super::LiftErrorExt::lift_error) is told, too.
///
/// The middleware then never repeats a `POST` that was carried out because the page that it led to fails. Without it, a redirect
/// to the same URL, and one to a host without a connection, are not recognized.
///
/// ```
/// use lift_errors::client::{RetryMiddleware, noting_redirects};
/// use reqwest::redirect::Policy;
///
/// let client = reqwest::Client::builder().redirect(noting_redirects(Policy::default())).build()?;
/// let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::default()).build();
/// # Ok::<(), reqwest::Error>(())
/// ```
pub fn noting_redirects(policy: Policy) -> Policy {
    Policy::custom(move |attempt| {
        if !matches!(attempt.status().as_u16(), 307 | 308) {
            note();
        }
        policy.redirect(attempt)
    })
}

/// Tells those who wait for the current request that it may have been carried out. Only a response can be marked: an error that a
/// middleware makes from it has no place for that.
pub(super) fn note() {
    MAY_BE_CARRIED_OUT.set(true);
}

/// The output of a request, and whether it may have been carried out, whatever the output says.
pub(super) async fn noted<T>(request: impl Future<Output = T>) -> (T, bool) {
    let mut request = pin!(request);
    let mut is_noted = false;
    let output = poll_fn(|task| {
        // Requests of other tasks are polled on the same thread in between.
        let outer = MAY_BE_CARRIED_OUT.replace(is_noted);
        let polled = request.as_mut().poll(task);
        is_noted = MAY_BE_CARRIED_OUT.replace(outer);
        polled
    });
    let output = output.await;
    (output, is_noted)
}
