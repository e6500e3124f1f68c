//! Looking up names with the system's resolver.

use std::net::{IpAddr, UdpSocket};

use qls_precheck_os::addresses::{NoAddresses, look_up};

fn addresses(name: &str) -> Vec<IpAddr> {
    // Starts Winsock on Windows, as the standard library's first socket does.
    drop(UdpSocket::bind("127.0.0.1:0"));
    let found = look_up(name).unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
    assert!(found.iter().all(|address| address.port() == 0), "{found:?}");
    found.into_iter().map(|address| address.ip()).collect()
}

/// Each once, not once for each kind of socket. Numbers ask nobody.
#[test]
fn an_address_is_its_own() {
    for address in ["127.0.0.1", "192.0.2.1", "::1", "2001:db8::1"] {
        assert_eq!(addresses(address), [address.parse::<IpAddr>().expect("an address")]);
    }
}

#[test]
fn no_name_has_a_nul() {
    assert!(matches!(look_up("127.0.0.1\0.example.com"), Err(NoAddresses::NotFound(_))));
}

#[cfg(target_os = "linux")]
mod in_a_network_of_its_own {
    use support::lab::{self, Answer, NameServer};

    use super::*;

    #[test]
    #[ignore = "needs unshare"]
    fn a_name_that_is_not_there_is_told_from_a_resolver_that_cannot_say() {
        let name = "in_a_network_of_its_own::a_name_that_is_not_there_is_told_from_a_resolver_that_cannot_say";
        if !lab::is_inside(name, &[]) {
            return;
        }
        let unavailable = |name| match look_up(name) {
            Err(NoAddresses::Unavailable(error)) => error.to_string(),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(unavailable("early.example.com"), "Temporary failure in name resolution");
        let list = ["2001:db8:f::2", "2001:db8:f::1", "198.18.0.2", "198.18.0.1"];
        let _names = NameServer::start(move |name, _| match name {
            "many.example.com" => Answer::of(&list),
            "none.example.com" => Answer::of(&[]),
            "broken.example.com" => Answer::Failure,
            _ => Answer::NoSuchName,
        });
        let expected: Vec<IpAddr> = list.iter().map(|ip| ip.parse().expect("an address")).collect();
        assert_eq!(addresses("many.example.com"), expected);
        assert_eq!(unavailable("broken.example.com"), "Temporary failure in name resolution");
        for name in ["absent.example.com", "none.example.com"] {
            assert!(matches!(look_up(name), Err(NoAddresses::NotFound(_))), "{name}");
        }
    }
}
