//! The address of a client that calls through proxies.

use axum::http::{HeaderMap, HeaderName};
use ipnet::{IpNet, Ipv6Net};
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies that tell the truth: each appends the address of its client to `X-Forwarded-For`. Anybody else can write
/// anything there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies(Vec<IpNet>);

impl FromStr for Proxies {
    type Err = String;

    /// Reads addresses and networks, separated by commas: `10.0.0.0/8, ::1`.
    fn from_str(list: &str) -> Result<Self, String> {
        let network = |text: &str| match text.parse() {
            Ok(address) => Ok(IpNet::from(IpAddr::to_canonical(&address))),
            Err(_) => {
                text.parse().map_err(|_| format!("`{text}` is not an IP address or a network such as `10.0.0.0/8`"))
            }
        };
        list.split(',').map(str::trim).filter(|text| !text.is_empty()).map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl Proxies {
    /// The address of the client: the last one in the chain that is not a trusted proxy.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all(X_FORWARDED_FOR).iter().rev().map(|line| line.to_str().unwrap_or_default());
        let mut hops = lines.flat_map(|line| line.rsplit(','));
        let mut client = peer.to_canonical();
        while self.0.iter().any(|network| network.contains(&client)) {
            let Some(address) = hops.next().and_then(address) else { break };
            client = address.to_canonical();
        }
        household(client)
    }
}

/// An address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    text.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

/// The network of a customer in IPv6, who has 2^64 addresses in it.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => Ipv6Net::new(address, 64).map_or(address, |network| network.network()).into(),
        IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxies: Proxies = "10.0.0.0/8, ::1,192.0.2.7".parse().unwrap();
        let client = |peer: &str, lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(X_FORWARDED_FOR, HeaderValue::from_static(line));
            }
            proxies.client(peer.parse().unwrap(), &headers).to_string()
        };
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        // What the client itself wrote is further left, or on an earlier line.
        assert_eq!(client("10.0.0.1", &["1.2.3.4, 198.51.100.1, 192.0.2.7"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["1.2.3.4", "198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["1.2.3.4, unknown, 10.0.0.2"]), "10.0.0.2");
        assert_eq!(client("::1", &["2001:db8:1:2:aaaa::1"]), "2001:db8:1:2::");
        assert_eq!(client("::1", &["[2001:db8:1:2::5]:80"]), "2001:db8:1:2::");
        assert!("10.0.0.0/33".parse::<Proxies>().is_err() && "proxy.example".parse::<Proxies>().is_err());
    }
}
