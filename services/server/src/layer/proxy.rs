//! Where a request comes from: the peer, or whom a proxy of ours names.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// A range of addresses, such as `10.0.0.0/8` or `192.0.2.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: u128,
    fixed_bits: u32,
}

/// The proxies whose `X-Forwarded-For` and `X-Forwarded-Host` count.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Arc<Vec<Network>>);

/// The address that a request came from, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        let mask = u128::MAX.checked_shl(128 - self.fixed_bits).unwrap_or(0);
        bits(address) & mask == self.first & mask
    }
}

/// IPv4 in the place that IPv6 has for it (RFC 4291, 2.5.5.2), so that both compare alike.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(four) => four.to_ipv6_mapped().to_bits(),
        IpAddr::V6(six) => six.to_bits(),
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no address and no network such as `10.0.0.0/8`");
        let (address, length) =
            text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (most, before) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let length = match length {
            Some(length) => length.parse().ok().filter(|length| *length <= most).ok_or_else(wrong)?,
            None => most,
        };
        Ok(Self { first: bits(address), fixed_bits: before + length })
    }
}

impl Proxies {
    /// Proxies in these networks.
    pub fn new(networks: Vec<Network>) -> Self {
        Self(Arc::new(networks))
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// The last address that no proxy of ours has: what stands before it anybody can write.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let named = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok());
        let chain: Vec<IpAddr> =
            named.flat_map(|line| line.split(',')).filter_map(|one| one.trim().parse().ok()).collect();
        chain.into_iter().rev().find(|address| !self.trust(*address)).unwrap_or(peer)
    }
}

/// Notes the client's address. From a proxy of ours the host is the one that it names; from anybody else both headers
/// count for nothing.
pub async fn layer(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let trusted = peer.filter(|peer| proxies.trust(*peer));
    let client = trusted.map(|peer| proxies.client(peer, request.headers())).or(peer);
    let host: Option<HeaderValue> = request.headers().get(FORWARDED_HOST).cloned();
    if let (Some(_), Some(host)) = (trusted, host) {
        request.headers_mut().insert(header::HOST, host);
    }
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(chain: &str) -> HeaderMap {
        HeaderMap::from_iter([(FORWARDED_FOR, chain.parse().unwrap())])
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        let ten: Network = "10.0.0.0/8".parse().unwrap();
        let one: Network = "192.0.2.1".parse().unwrap();
        let six: Network = "2001:db8::/32".parse().unwrap();

        assert!(ten.contains(address("10.255.0.1")) && !ten.contains(address("11.0.0.1")));
        assert!(one.contains(address("192.0.2.1")) && !one.contains(address("192.0.2.2")));
        assert!(six.contains(address("2001:db8::7")) && !six.contains(address("2001:db9::7")));
        assert!("0.0.0.0/0".parse::<Network>().unwrap().contains(address("203.0.113.9")));
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "proxy.example.test", "::/129"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_client_is_the_last_whom_no_proxy_of_ours_could_have_invented() {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let peer = address("10.0.0.1");

        let client = proxies.client(peer, &headers("198.51.100.1, 203.0.113.9, 10.0.0.2"));

        assert_eq!(client, address("203.0.113.9"));
        assert_eq!(proxies.client(peer, &HeaderMap::new()), peer);
    }
}
