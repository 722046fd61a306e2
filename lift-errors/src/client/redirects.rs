//! Redirects that a client follows while the retry middleware waits for its answer.

use reqwest::redirect::Policy;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;

std::thread_local! {
    /// Whether the request that this thread works on became another one. A client asks its policy while it is polled.
    static BECAME_GET: Cell<bool> = const { Cell::new(false) };
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
            BECAME_GET.set(true);
        }
        policy.redirect(attempt)
    })
}

/// The output of a request, and whether it became another one.
pub(super) async fn noted<T>(request: impl Future<Output = T>) -> (T, bool) {
    let mut request = pin!(request);
    let mut became_get = false;
    let output = poll_fn(|task| {
        // Requests of other tasks are polled on the same thread in between.
        let outer = BECAME_GET.replace(became_get);
        let polled = request.as_mut().poll(task);
        became_get = BECAME_GET.replace(outer);
        polled
    });
    let output = output.await;
    (output, became_get)
}
