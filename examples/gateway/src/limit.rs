//! The rate limit: 60 requests a minute on the Shared tier, 300 on the Dedicated one, and 60 logins from one address.

use crate::access::Tier;
use crate::proxy::Proxies;
use crate::session::Sessions;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use lift_errors::{LiftError, lift};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const WINDOW: Duration = Duration::from_secs(60);
// The numbers in the catalogue's texts.
const SHARED_LIMIT: NonZeroU32 = NonZeroU32::new(lift::SHARED_LIMIT as u32).unwrap();
const DEDICATED_LIMIT: NonZeroU32 = NonZeroU32::new(lift::DEDICATED_LIMIT as u32).unwrap();

/// With more callers than this, a limiter forgets those with a full allowance.
const MOST_CALLERS: usize = 10_000;

/// The route of logins. They have an allowance of their own: requests that anybody can send do not use it up.
const LOGIN: &str = "/sessions";

/// The owner of an allowance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Payer {
    Caller(&'static str),
    Address(IpAddr),
    LoginFrom(IpAddr),
}

type Limiter = RateLimiter<Payer, DefaultKeyedStateStore<Payer>, DefaultClock, StateInformationMiddleware>;

/// The remaining allowance of every caller, by tier.
#[derive(Debug)]
pub(crate) struct Limits {
    shared: Limiter,
    dedicated: Limiter,
    proxies: Proxies,
    /// The number of callers at which the shared limiter next forgets some.
    sweep_at: AtomicUsize,
}

/// The remaining allowance of one caller; if it is used up, the time to `wait`.
struct Allowance {
    limit: u32,
    remaining: u32,
    full_again: Duration,
    wait: Option<Duration>,
}

#[derive(Debug, LiftError)]
#[lift(code = too_many_requests)]
struct LimitError {
    limit: u32,
    window: Duration,
    retry_after: Duration,
}

impl Limits {
    /// Limits with a full allowance for every caller.
    pub(crate) fn new(proxies: Proxies) -> Self {
        let limiter = |limit| RateLimiter::keyed(Quota::per_minute(limit)).with_middleware();
        let sweep_at = AtomicUsize::new(MOST_CALLERS);
        Self { shared: limiter(SHARED_LIMIT), dedicated: limiter(DEDICATED_LIMIT), proxies, sweep_at }
    }

    /// Takes one request from an allowance.
    fn take(&self, payer: &Payer, tier: Tier) -> Allowance {
        let (limiter, limit) = match tier {
            Tier::Shared => (&self.shared, SHARED_LIMIT.get()),
            Tier::Dedicated => (&self.dedicated, DEDICATED_LIMIT.get()),
        };
        self.forget();
        let (remaining, wait) = match limiter.check_key(payer) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(refusal) => (0, Some(refusal.wait_time_from(DefaultClock::default().now()))),
        };
        Allowance { limit, remaining, full_again: WINDOW / limit * (limit - remaining), wait }
    }

    /// Forgets addresses that were not here for a minute. Only the shared limiter has entries for anybody. It is searched again
    /// when it has doubled, so that an attack from many addresses does not make each request search it.
    fn forget(&self) {
        if self.shared.len() >= self.sweep_at.load(Ordering::Relaxed) {
            self.shared.retain_recent();
            self.sweep_at.store(MOST_CALLERS.max(self.shared.len() * 2), Ordering::Relaxed);
        }
    }
}

impl Allowance {
    /// The response headers. `X-RateLimit-Reset` is the Unix time at which the allowance is full again.
    fn headers(&self) -> [(HeaderName, HeaderValue); 3] {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let reset = (now + self.full_again).as_secs() + 1;
        [
            (HeaderName::from_static("x-ratelimit-limit"), self.limit.into()),
            (HeaderName::from_static("x-ratelimit-remaining"), self.remaining.into()),
            (HeaderName::from_static("x-ratelimit-reset"), reset.into()),
        ]
    }
}

/// The layer that admits or refuses a request, and shows the remaining allowance on every response. It identifies the caller;
/// unknown callers share the allowance of their IP address, and so do logins.
pub(crate) async fn admit(
    State(limits): State<Arc<Limits>>,
    State(sessions): State<Arc<Sessions>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let caller = sessions.identify(request.method(), request.headers());
    let address = limits.proxies.client(peer.ip(), request.headers());
    let is_login = request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == LOGIN);
    let allowance = match &caller {
        _ if is_login => limits.take(&Payer::LoginFrom(address), Tier::Shared),
        Ok(caller) => limits.take(&Payer::Caller(caller.name), caller.tier),
        Err(_) => limits.take(&Payer::Address(address), Tier::Shared),
    };
    let mut response = match allowance.wait {
        Some(retry_after) => LimitError { limit: allowance.limit, window: WINDOW, retry_after }.into_response(),
        None => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
    };
    response.headers_mut().extend(allowance.headers());
    response
}
