//! The client of the carriers, the services behind the gateway. Calls have a deadline, and nothing in an answer is trusted.

use crate::carrier;
use lift_errors::LiftError;
use serde::{Deserialize, Serialize};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::{JoinError, spawn_blocking};
use ureq::Agent;

/// The maximum size of an answer, in bytes.
const LONGEST_ANSWER: u64 = 64 * 1024;

/// A company that carries shipments.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) enum Carrier {
    /// The stand-in that the gateway starts.
    Swift,
    /// A carrier whose service is down.
    Gone,
}

/// The place of a shipment.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Tracking {
    status: String,
    place: String,
}

/// The failures of a carrier. The gateway does not forward a carrier's error: its 401 is about our credentials there, not about
/// those of our caller.
#[derive(Debug, LiftError)]
pub(crate) enum CarrierError {
    #[lift(code = bad_gateway, cause = network_problem)]
    Unreachable { upstream: &'static str, source: ureq::Error },
    #[lift(code = bad_gateway)]
    Nonsense { upstream: &'static str, source: ureq::Error },
    #[lift(code = gateway_timeout)]
    TooSlow { limit: Duration, upstream: &'static str, source: ureq::Error },
    #[lift(code = internal_server_error, cause = rare_bug)]
    Crashed(#[from] JoinError),
}

/// The client of all carriers.
#[derive(Debug)]
pub(crate) struct Carriers {
    agent: Agent,
    limit: Duration,
    swift: SocketAddr,
    gone: SocketAddr,
    /// Bound but not listening, so that no other process takes the port of the carrier that is down.
    _reserved: TcpSocket,
}

impl Carriers {
    /// Starts the stand-in, and a client that waits for `limit` at most.
    pub(crate) async fn start(limit: Duration) -> io::Result<Self> {
        let free_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listener = TcpListener::bind(free_port).await?;
        let reserved = TcpSocket::new_v4()?;
        reserved.bind(free_port)?;
        let (swift, gone) = (listener.local_addr()?, reserved.local_addr()?);
        tokio::spawn(carrier::serve(listener));
        let agent = Agent::config_builder().timeout_global(Some(limit)).max_redirects(0).proxy(None).build().into();
        Ok(Self { agent, limit, swift, gone, _reserved: reserved })
    }

    /// Asks a carrier where a shipment is.
    pub(crate) async fn track(&self, carrier: Carrier, tracking_number: &str) -> Result<Tracking, CarrierError> {
        let (upstream, address) = match carrier {
            Carrier::Swift => ("swift", self.swift),
            Carrier::Gone => ("gone", self.gone),
        };
        let (agent, url) = (self.agent.clone(), format!("http://{address}/track/{tracking_number}"));
        // ureq blocks, so it runs on a thread for blocking work.
        let answer = spawn_blocking(move || {
            let mut answer = agent.get(url).call()?;
            // `read_json` makes every failure in the body one of JSON.
            let body = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec()?;
            Ok(serde_json::from_slice(&body)?)
        });
        answer.await?.map_err(|source| match source {
            ureq::Error::Timeout(_) => CarrierError::TooSlow { limit: self.limit, upstream, source },
            ureq::Error::Io(_) | ureq::Error::ConnectionFailed => CarrierError::Unreachable { upstream, source },
            _ => CarrierError::Nonsense { upstream, source },
        })
    }
}
