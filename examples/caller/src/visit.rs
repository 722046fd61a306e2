//! Sends one request, prints its error, and retries where the error allows it.
//!
//! `client::RetryMiddleware` retries by itself; this module uses its parts to show each step.

use crate::story;
use lift_errors::client::{ACCEPT, LiftErrorExt as _, ReceivedError, RetryDecision, RetryPolicy, is_retry_safe};
use lift_errors::lift;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, header};
use std::error::Error;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// More requests than a minute's allowance, because some of it comes back meanwhile.
const MORE_THAN_ALLOWED: usize = 120;

/// A client of the gateway, and the number of surprises so far.
pub(crate) struct Visitor {
    client: Client,
    gateway: String,
    policy: RetryPolicy,
    surprises: usize,
}

impl Visitor {
    /// A visitor of the gateway at this URL.
    pub(crate) fn new(gateway: &str, policy: RetryPolicy) -> Result<Self, reqwest::Error> {
        let headers = [(header::ACCEPT, header::HeaderValue::from_static(ACCEPT))].into_iter().collect();
        // A redirect may make a GET of a POST that was carried out: no redirect, no doubt.
        let client = Client::builder().no_proxy().redirect(Policy::none()).default_headers(headers);
        let client = client.timeout(Duration::from_secs(20)).build()?;
        Ok(Self { client, gateway: gateway.into(), policy, surprises: 0 })
    }

    /// The client, for requests to other servers.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The gateway's URL.
    pub(crate) fn gateway(&self) -> &str {
        &self.gateway
    }

    /// A request to the gateway.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.gateway))
    }

    /// Whether every error was the expected one.
    pub(crate) fn met_what_it_expected(&self) -> bool {
        self.surprises == 0
    }

    /// Sends a request that has to succeed for the rest of the tour.
    pub(crate) async fn prepare(&self, request: RequestBuilder) -> Result<Response, ReceivedError<lift::Error>> {
        request.send().lift_error().await
    }

    /// Sends a request until the gateway refuses it.
    pub(crate) async fn use_up(&self, request: impl Fn(&Self) -> RequestBuilder) {
        for _ in 0..MORE_THAN_ALLOWED {
            match request(self).send().lift_error::<lift::Error>().await {
                Ok(_) => self.policy.succeeded(),
                Err(_) => return,
            }
        }
    }

    /// Sends a request that should get an error, prints it, and does what the error asks for.
    pub(crate) async fn expect(&mut self, expected: lift::Code, request: RequestBuilder) -> Result<(), Box<dyn Error>> {
        let request = request.build()?;
        self.tell(&format!("{} {}\n", request.method(), request.url().path()))?;
        let repeatable = is_retry_safe(request.method(), request.headers());
        let began = Instant::now();
        for attempt in 1.. {
            let Some(copy) = request.try_clone() else { return Err("a request of the tour is sent only once".into()) };
            let received: ReceivedError<lift::Error> = match self.client.execute(copy).lift_error().await {
                Ok(response) => {
                    self.policy.succeeded();
                    self.surprises += usize::from(attempt == 1);
                    return self.tell(&format!("  attempt {attempt}   {}: it works now\n\n", response.status()));
                }
                Err(received) => received,
            };
            if attempt == 1 {
                self.surprises += usize::from(received.error().map(lift::Error::code) != Some(expected));
                self.tell(&story::of(&received))?;
            }
            let repeatable = repeatable || was_never_sent(&received);
            match self.policy.decide(attempt, began.elapsed(), repeatable, received.retry()) {
                RetryDecision::Wait(wait) => {
                    self.tell(&format!("  again?      yes, in {:.1} seconds\n", wait.as_secs_f32()))?;
                    sleep(wait).await;
                }
                RetryDecision::Stop(reason) => {
                    return self.tell(&format!("  again?      {}\n\n", story::refusal(reason, received.retry())));
                }
            }
        }
        Ok(())
    }

    /// Prints and flushes, so that a delay is visible.
    pub(crate) fn tell(&self, text: &str) -> Result<(), Box<dyn Error>> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }
}

/// Whether there was no connection, so that the request was never sent.
fn was_never_sent(received: &ReceivedError<lift::Error>) -> bool {
    let source = received.source().and_then(|source| source.downcast_ref::<reqwest::Error>());
    received.is_unanswered() && source.is_some_and(reqwest::Error::is_connect)
}
