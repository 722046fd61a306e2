//! Random chains of services, in which every answer may be refused, lost or rewritten on its way: no work of a `POST` is done twice.

use super::retries::seconds;
use super::{connection, on_a_virtual_clock};
use bytes::Bytes;
use http::{Extensions, Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use lift_errors::client::{LiftErrorExt as _, ReceivedError, RetryBudget, RetryDecision, RetryMiddleware, RetryPolicy};
use lift_errors::{ErrorLayer, ErrorResponse, RetryKind, lift};
use proptest::prelude::*;
use reqwest::ResponseBuilderExt as _;
use reqwest_middleware::{Middleware, Next};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::time::{Instant, sleep};
use tonic::Status;
use tower::retry::Retry;
use tower::{Layer as _, ServiceExt as _, service_fn};

/// What a service does for a request, one after the other.
#[derive(Clone, Debug)]
enum Step {
    /// Something that must not be done twice.
    Work,
    Call(Call),
    Fail(OwnError),
}

/// A call of the service behind this one.
#[derive(Clone, Debug)]
struct Call {
    client: Client,
    is_post: bool,
    on_error: OnError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Client {
    Tower,
    Reqwest,
    Grpc,
}

#[derive(Clone, Copy, Debug)]
enum OnError {
    Convert,
    Forward,
    /// The service goes on with its next step.
    GoOn,
}

/// An error of the service itself.
#[derive(Clone, Copy, Debug)]
enum OwnError {
    NotFound,
    Conflict,
    Internal,
    Timeout,
    /// It is a refusal if nothing was done before, and else an internal error.
    Busy,
}

/// What happens to one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Arrives,
    /// The service's own limit refuses it.
    TooMany,
    Maintenance,
    /// A proxy in front of the service refuses it, in a format of its own.
    Refused(u16),
    /// It was carried out, and its answer is lost.
    Lost,
    /// It was carried out, and a proxy answers in place of the service.
    Replaced(u16, bool),
    /// A gateway writes the answer again.
    Rewritten {
        status: Option<u16>,
        /// Which of the headers in [`CONTRACT`] it passes on.
        headers: [bool; 4],
        body: bool,
    },
}

/// The headers that a contract is read from.
const CONTRACT: [&str; 4] = ["lift-error", "lift-retry", "retry-after", "content-type"];

/// It reads the system's certificates, which takes longer than all else.
static NEVER_ASKED: LazyLock<reqwest::Client> = LazyLock::new(reqwest::Client::new);

/// A layer counts its catalogues when it is made.
static LAYER: LazyLock<ErrorLayer> = LazyLock::new(ErrorLayer::default);

struct World {
    services: Vec<Vec<Step>>,
    fates: Mutex<std::vec::IntoIter<Fate>>,
    /// How often each piece of work was done, by the calls that it was reached through.
    work: Mutex<BTreeMap<Vec<usize>, usize>>,
}

/// A service in place of the network. What the network loses is seen as the answer of a proxy: a middleware can't make an error of
/// reqwest.
fn in_place_of_the_network(
    attempt: impl Fn() -> Answer<Result<Response<Bytes>, &'static str>> + Send + Sync + 'static,
) -> impl Middleware {
    fn middleware(
        answer: impl for<'a> Fn(reqwest::Request, &'a mut Extensions, Next<'a>) -> connection::Answer<'a>
        + Send
        + Sync
        + 'static,
    ) -> impl Middleware {
        answer
    }
    middleware(move |request, _, _| {
        let attempt = attempt();
        let lost = || Response::builder().status(502).body(Bytes::new()).unwrap();
        Box::pin(async move {
            let mut response = attempt.await.unwrap_or_else(|_| lost());
            // Without an URL, the answer would look like that of a redirect.
            let of_url = Response::builder().url(request.url().clone()).body(()).unwrap();
            response.extensions_mut().extend(of_url.into_parts().0.extensions);
            Ok(response.into())
        })
    })
}

type Answer<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl World {
    fn next_fate(&self) -> Fate {
        self.fates.lock().unwrap().next().unwrap_or(Fate::Arrives)
    }

    /// Does the steps of a service. `path`: the calls that lead to it; `None` if one of them may be repeated.
    fn handle(self: Arc<Self>, service: usize, path: Option<Vec<usize>>) -> Answer<Result<(), ErrorResponse>> {
        Box::pin(async move {
            let mut has_done = false;
            for (place, step) in self.services[service].clone().into_iter().enumerate() {
                let here = path.clone().map(|path| [path, vec![place]].concat());
                match step {
                    Step::Work => {
                        has_done = true;
                        if let Some(here) = here {
                            *self.work.lock().unwrap().entry(here).or_default() += 1;
                        }
                    }
                    Step::Fail(failure) => return Err(ErrorResponse::new(failure.error(has_done))),
                    Step::Call(_) if service + 1 == self.services.len() => {}
                    Step::Call(call) => {
                        let answer = self
                            .clone()
                            .call(&call, service + 1, here.filter(|_| call.is_post))
                            .await
                            .map_err(|error| if has_done { error } else { error.before_any_work() });
                        has_done |= call.is_post;
                        match (answer, call.on_error) {
                            (Ok(()), _) | (_, OnError::GoOn) => {}
                            (Err(error), OnError::Convert) => return Err(error.into_upstream().into()),
                            (Err(error), OnError::Forward) => {
                                let forwarded = error.forward().map(ErrorResponse::new);
                                return Err(forwarded.unwrap_or_else(|error| error.into_upstream().into()));
                            }
                        }
                    }
                }
            }
            Ok(())
        })
    }

    /// Calls a service, with retries.
    fn call(
        self: Arc<Self>,
        call: &Call,
        service: usize,
        path: Option<Vec<usize>>,
    ) -> Answer<Result<(), ReceivedError>> {
        let policy = RetryPolicy::default().with_attempts(5).with_budget(RetryBudget::new(u16::MAX, 1.0));
        let method = if call.is_post { Method::POST } else { Method::GET };
        match call.client {
            Client::Tower => Box::pin(async move {
                let server = service_fn(move |_: Request<()>| self.clone().attempt(service, path.clone()));
                let request = Request::builder().method(method).body(()).unwrap();
                match Retry::new(policy, server).oneshot(request).await {
                    Ok(response) if response.status().is_success() => Ok(()),
                    Ok(response) => Err(ReceivedError::from_response(response)),
                    Err(lost) => Err(ReceivedError::unanswered(lost)),
                }
            }),
            Client::Reqwest => Box::pin(async move {
                let server = in_place_of_the_network(move || self.clone().attempt(service, path.clone()));
                let client = NEVER_ASKED.clone();
                let client = reqwest_middleware::ClientBuilder::new(client).with(RetryMiddleware::new(policy));
                client.with(server).build().request(method, "http://service.test/").send().lift_error().await.map(drop)
            }),
            Client::Grpc => Box::pin(async move {
                let began = Instant::now();
                let (mut attempts, mut may_be_carried_out) = (0, false);
                loop {
                    let error = match self.clone().grpc_attempt(service, path.clone()).await {
                        Ok(()) => return Ok(()),
                        Err(status) => ReceivedError::from(status).with_carried_out(may_be_carried_out),
                    };
                    attempts += 1;
                    may_be_carried_out |= error.retry().kind() != RetryKind::After;
                    match policy.decide(attempts, began.elapsed(), method.is_safe(), error.retry()) {
                        RetryDecision::Wait(wait) => sleep(wait).await,
                        RetryDecision::Stop(_) => return Err(error),
                    }
                }
            }),
        }
    }

    /// One attempt by HTTP.
    fn attempt(
        self: Arc<Self>,
        service: usize,
        path: Option<Vec<usize>>,
    ) -> Answer<Result<Response<Bytes>, &'static str>> {
        Box::pin(async move {
            let fate = self.next_fate();
            if let Fate::Refused(status) = fate {
                let response = Response::builder().status(status).header("Retry-After", "3");
                return Ok(response.body(Bytes::from_static(b"<h1>Busy</h1>")).unwrap());
            }
            let handler = service_fn(move |_: Request<Full<Bytes>>| {
                let world = self.clone();
                let path = path.clone();
                async move {
                    let answer = match fate {
                        Fate::TooMany => {
                            Err(ErrorResponse::new(lift::Error::too_many_requests(100, seconds(60), seconds(2))))
                        }
                        Fate::Maintenance => Err(ErrorResponse::new(lift::Error::service_unavailable(seconds(2)))),
                        _ => world.handle(service, path).await,
                    };
                    Ok::<_, Infallible>(match answer {
                        Ok(()) => Response::new(Full::default()),
                        Err(error) => error.into_http(),
                    })
                }
            });
            let response = LAYER.layer(handler).oneshot(Request::default()).await.unwrap();
            let (mut head, body) = response.into_parts();
            let mut body = body.collect().await.unwrap_or_else(|_| unreachable!()).to_bytes();
            let is_error = !head.status.is_success();
            match fate {
                Fate::Lost => return Err("the connection broke"),
                Fate::Replaced(status, says_wait) => {
                    let mut response = Response::builder().status(status);
                    if says_wait {
                        response = response.header("Retry-After", "3");
                    }
                    return Ok(response.body(Bytes::from_static(b"<h1>Bad gateway</h1>")).unwrap());
                }
                Fate::Rewritten { status, headers, body: has_body } if is_error => {
                    for (name, _) in CONTRACT.iter().zip(headers).filter(|(_, is_passed_on)| !is_passed_on) {
                        head.headers.remove(*name);
                    }
                    head.status = status.map_or(head.status, |status| status.try_into().unwrap());
                    if !has_body {
                        body = Bytes::new();
                    }
                }
                _ => {}
            }
            Ok(Response::from_parts(head, body))
        })
    }

    /// One attempt by gRPC.
    fn grpc_attempt(self: Arc<Self>, service: usize, path: Option<Vec<usize>>) -> Answer<Result<(), Status>> {
        Box::pin(async move {
            let fate = self.next_fate();
            match fate {
                Fate::TooMany => {
                    return Err(ErrorResponse::new(lift::Error::too_many_requests(100, seconds(60), seconds(2))).into());
                }
                Fate::Maintenance => {
                    return Err(ErrorResponse::new(lift::Error::service_unavailable(seconds(2))).into());
                }
                Fate::Refused(_) => return Err(Status::unavailable("busy")),
                _ => {}
            }
            let answer = self.handle(service, path).await.map_err(Status::from);
            match fate {
                Fate::Lost => Err(Status::unavailable("the connection broke")),
                Fate::Replaced(504, _) => Err(Status::deadline_exceeded("too slow")),
                Fate::Replaced(..) => Err(Status::unknown("replaced")),
                Fate::Rewritten { .. } => answer.map_err(|status| Status::new(status.code(), status.message())),
                _ => answer,
            }
        })
    }
}

impl OwnError {
    fn error(self, has_done: bool) -> lift::Error {
        match self {
            Self::NotFound => lift::Error::not_found(),
            Self::Conflict => lift::Error::conflict(),
            Self::Timeout => lift::Error::gateway_timeout(),
            Self::Busy if !has_done => lift::Error::service_unavailable(seconds(1)),
            Self::Internal | Self::Busy => lift::Error::internal_server_error(),
        }
    }
}

/// Sends a `POST` to the first service: the answer, and how often each piece of work was done.
fn run(client: Client, services: Vec<Vec<Step>>, fates: Vec<Fate>) -> (Result<(), ReceivedError>, Vec<usize>) {
    let fates = Mutex::new(fates.into_iter());
    let world = Arc::new(World { services, fates, work: Mutex::default() });
    let call = Call { client, is_post: true, on_error: OnError::Convert };
    let answer = on_a_virtual_clock(world.clone().call(&call, 0, Some(Vec::new())));
    let work = world.work.lock().unwrap().values().copied().collect();
    (answer, work)
}

fn client() -> impl Strategy<Value = Client> {
    prop::sample::select(vec![Client::Tower, Client::Reqwest, Client::Grpc])
}

fn call() -> impl Strategy<Value = Step> {
    let on_error = prop::sample::select(vec![OnError::Convert, OnError::Convert, OnError::Forward, OnError::GoOn]);
    (client(), prop::bool::weighted(0.8), on_error)
        .prop_map(|(client, is_post, on_error)| Step::Call(Call { client, is_post, on_error }))
}

fn step() -> impl Strategy<Value = Step> {
    use OwnError::{Busy, Conflict, Internal, NotFound, Timeout};
    let fail = prop::sample::select(vec![NotFound, Conflict, Internal, Timeout, Busy]).prop_map(Step::Fail);
    prop_oneof![3 => Just(Step::Work), 4 => call(), 1 => fail]
}

fn fate() -> impl Strategy<Value = Fate> {
    let status = || prop::sample::select(vec![500, 502, 503, 504]);
    prop_oneof![
        4 => Just(Fate::Arrives),
        3 => prop::sample::select(vec![Fate::TooMany, Fate::Maintenance, Fate::Lost]),
        1 => prop::sample::select(vec![429, 503]).prop_map(Fate::Refused),
        1 => (status(), any::<bool>()).prop_map(|(status, wait)| Fate::Replaced(status, wait)),
        3 => (prop::option::of(status()), any::<[bool; 4]>(), any::<bool>())
            .prop_map(|(status, headers, body)| Fate::Rewritten { status, headers, body }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_work_of_a_post_is_done_twice(
        first in client(),
        services in prop::collection::vec(prop::collection::vec(step(), 1..5), 1..4),
        fates in prop::collection::vec(fate(), 0..16),
    ) {
        let (answer, work) = run(first, services, fates);
        prop_assert!(work.iter().all(|times| *times == 1), "{answer:?}");
    }

    #[test]
    fn what_is_only_refused_is_carried_out(
        clients in prop::collection::vec(client(), 1..4),
        refusals in prop::collection::vec(prop::option::of(any::<bool>()), 0..5),
    ) {
        let first = clients[0];
        let mut services: Vec<Vec<Step>> = clients[1..].iter().map(|client| {
            let call = Call { client: *client, is_post: true, on_error: OnError::Convert };
            vec![Step::Call(call), Step::Work]
        }).collect();
        services.push(vec![Step::Work]);
        let fates = refusals.iter().map(|refusal| match refusal {
            None => Fate::Arrives,
            Some(true) => Fate::TooMany,
            Some(false) => Fate::Maintenance,
        });
        let (answer, work) = run(first, services, fates.collect());
        prop_assert!(answer.is_ok() && work.iter().all(|times| *times == 1), "{answer:?} {work:?}");
    }
}
