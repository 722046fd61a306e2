//! Clients of a server that is in trouble, simulated on a virtual clock: bounded amplification, and no request
//! earlier than the server asked for.

use super::on_a_virtual_clock;
use http::{Method, Request, Response};
use lift_errors::client::{RetryBudget, RetryPolicy};
use proptest::prelude::*;
use std::cell::Cell;
use std::convert::Infallible;
use std::rc::Rc;
use std::time::{Duration, UNIX_EPOCH};
use tokio::task::LocalSet;
use tokio::time::{Instant, sleep};
use tower::retry::Retry;
use tower::{ServiceExt as _, service_fn};

const REQUESTS: u32 = 60;

/// The result of a simulation, as parts of the requests that the callers needed.
#[derive(Debug)]
struct Outcome {
    sent: f64,
    answered: f64,
}

/// Callers need a request a second each; the server fails at the attempts that `fails` picks.
fn simulate(callers: u32, policy: impl Fn() -> RetryPolicy, fails: fn(u32) -> bool) -> Outcome {
    let (sent, answered) = (Rc::new(Cell::new(0_u32)), Rc::new(Cell::new(0_u32)));
    on_a_virtual_clock(LocalSet::new().run_until(async {
        let tasks = (0..callers).map(|_| {
            let (sent, answered, policy) = (sent.clone(), answered.clone(), policy());
            tokio::task::spawn_local(async move {
                for _ in 0..REQUESTS {
                    let server = service_fn(|_: Request<()>| {
                        sent.set(sent.get() + 1);
                        let status = if fails(sent.get()) { 503 } else { 200 };
                        async move { Ok::<_, Infallible>(Response::builder().status(status).body(()).unwrap()) }
                    });
                    let response = Retry::new(policy.clone(), server).oneshot(Request::new(())).await.unwrap();
                    answered.set(answered.get() + u32::from(response.status() == 200));
                    sleep(Duration::from_secs(1)).await;
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
    }));
    let part = |count: &Cell<u32>| f64::from(count.get()) / f64::from(callers * REQUESTS);
    Outcome { sent: part(&sent), answered: part(&answered) }
}

#[test]
fn an_outage_is_not_made_worse() {
    let shared = RetryPolicy::default();
    let outcome = simulate(1_000, || shared.clone(), |_| true);
    assert!(outcome.sent < 1.001 && outcome.answered == 0.0, "one client for all: {outcome:?}");
    let outcome = simulate(200, RetryPolicy::default, |_| true);
    assert!(outcome.sent < 1.1, "a process for each: {outcome:?}");
    // Without the budget, the server gets many more requests.
    let boundless = || RetryPolicy::default().with_budget(RetryBudget::new(u16::MAX, 1.0));
    let outcome = simulate(100, boundless, |_| true);
    assert!(outcome.sent == 4.0, "{outcome:?}");
}

#[test]
fn a_fault_now_and_then_is_mended() {
    // Every caller of a client meets it: one attempt in twenty fails.
    let shared = RetryPolicy::default();
    let outcome = simulate(200, || shared.clone(), |attempt| attempt % 20 == 0);
    assert!(outcome.sent < 1.1 && outcome.answered > 0.999, "{outcome:?}");
    // Half of all attempts fail: that is an outage again, and no hail of retries.
    let shared = RetryPolicy::default();
    let outcome = simulate(200, || shared.clone(), |attempt| attempt % 2 == 0);
    assert!(outcome.sent < 1.1, "{outcome:?}");
}

#[test]
fn a_connection_that_breaks_is_tried_again_where_that_is_safe() {
    for (method, attempts) in [(Method::GET, 3), (Method::PUT, 3), (Method::POST, 1)] {
        let sent = Cell::new(0);
        on_a_virtual_clock(async {
            let server = service_fn(|_: Request<()>| {
                sent.set(sent.get() + 1);
                let answer = if sent.get() < 3 { Err("broken") } else { Ok(Response::new(())) };
                async { answer }
            });
            let request = Request::builder().method(&method).body(()).unwrap();
            let answer = Retry::new(RetryPolicy::default(), server).oneshot(request).await;
            assert_eq!(answer.is_ok(), attempts == 3, "{method}");
        });
        assert_eq!(sent.get(), attempts, "{method}");
    }
}

#[test]
fn a_deadline_covers_all_attempts_and_their_waits() {
    let sent = Cell::new(0);
    let policy = RetryPolicy::default().with_attempts(100).with_deadline(Duration::from_secs(5));
    on_a_virtual_clock(async {
        let server = service_fn(|_: Request<()>| {
            sent.set(sent.get() + 1);
            async { Ok::<_, Infallible>(Response::builder().status(429).header("Retry-After", "2").body(()).unwrap()) }
        });
        let start = Instant::now();
        let answer = Retry::new(policy, server).oneshot(Request::new(())).await.unwrap();
        assert!(answer.status() == 429 && start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    });
    // The third wait would end after the deadline.
    assert!((2..=3).contains(&sent.get()), "{}", sent.get());
}

/// The server's answer to one attempt.
#[derive(Clone, Debug)]
struct PlannedResponse {
    status: u16,
    asked: Option<u64>,
    by_date: bool,
    code: bool,
    /// Whether it says that nothing was done.
    refuses: bool,
}

impl PlannedResponse {
    fn response(&self) -> Response<()> {
        let mut response = Response::builder().status(self.status);
        if let (true, 429 | 503) = (self.code, self.status) {
            response = response.header("Lift-Error", format!("LIFT-0{}", self.status));
        }
        if let (true, 429 | 503) = (self.refuses, self.status) {
            response = response.header("Lift-Retry", "after");
        }
        // The server's clock is years behind.
        let date = |seconds| httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(900_000_000 + seconds));
        response = match (self.asked, self.by_date) {
            (Some(seconds), false) => response.header("Retry-After", seconds.to_string()),
            (Some(seconds), true) => response.header("Date", date(0)).header("Retry-After", date(seconds)),
            (None, _) => response,
        };
        response.body(()).unwrap()
    }

    /// Whether a request may be sent again after this answer.
    fn allows(&self, method: &Method) -> bool {
        let names_a_time = self.asked.is_some();
        let refused = match self.status {
            429 => true,
            503 => self.refuses,
            408 => false,
            status => status < 500 && names_a_time,
        };
        let repeatable = matches!(self.status, 408 | 502 | 503 | 504) || self.status == 500 && names_a_time;
        self.asked.unwrap_or(0) <= 150 && (refused || *method == Method::GET && repeatable)
    }
}

fn answer() -> impl Strategy<Value = PlannedResponse> {
    let status = prop::sample::select(vec![404, 408, 429, 429, 500, 502, 503, 503, 504]);
    (status, prop::option::of(0_u64..190), any::<[bool; 3]>())
        .prop_map(|(status, asked, [by_date, code, refuses])| PlannedResponse { status, asked, by_date, code, refuses })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_request_is_sent_earlier_than_asked_nor_where_it_is_not_safe(
        answers in prop::collection::vec(answer(), 1..8),
        post in any::<bool>(),
    ) {
        let method = if post { Method::POST } else { Method::GET };
        let policy = RetryPolicy::default().with_attempts(6).with_budget(RetryBudget::new(u16::MAX, 1.0));
        let times = Rc::new(Cell::new(Vec::new()));
        on_a_virtual_clock(async {
            let server = service_fn(|_: Request<()>| {
                let mut seen = times.take();
                let answer = answers.get(seen.len()).map_or_else(|| Response::new(()), PlannedResponse::response);
                seen.push(Instant::now());
                times.set(seen);
                async { Ok::<_, Infallible>(answer) }
            });
            let request = Request::builder().method(&method).body(()).unwrap();
            Retry::new(policy, server).oneshot(request).await.unwrap();
        });
        let times = times.take();
        for (pair, answer) in times.windows(2).zip(&answers) {
            let asked = Duration::from_secs(answer.asked.unwrap_or(0));
            prop_assert!(pair[1] - pair[0] >= asked, "{answer:?}");
        }
        let sent = answers.iter().take_while(|answer| answer.allows(&method)).count() + 1;
        prop_assert_eq!(times.len(), sent.min(6));
    }
}
