//! Asks Windows which proxies lead to a server, where a script chooses them (PAC). The script is at an address that the
//! user has set, or Windows looks for it in the network (WPAD). WinHTTP does both.

/// Where the script is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Script {
    /// Wherever the network says (WPAD). Nobody vouches for what is found so.
    Detected,
    /// At this address.
    At(String),
}

/// A way that the script names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the server itself.
    Direct,
    /// Through the proxy at this address, such as `http://proxy.example.com:3128`. A scheme may be missing; that of a
    /// SOCKS proxy is `socks4`.
    Proxy(String),
}

/// Why no script names a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWays {
    /// The network has no script, as most have none.
    NotDetected,
    /// There is a script, and it cannot be run, for this reason, in words for a message.
    Unusable(String),
    /// Windows has no script, for this reason; it cannot say whether there is one, where it looked for one.
    Unavailable(String),
}

/// The ways to `url` that the script names, in their order; at least one. Blocks for as long as Windows takes to find,
/// fetch and run the script, which may be minutes, and cannot be interrupted.
#[cfg(windows)]
pub fn ask(script: &Script, url: &str) -> Result<Vec<Way>, NoWays> {
    crate::winhttp::ask(script, url)
}

/// Names no way: the desktop's scripts are only asked on Windows.
#[cfg(not(windows))]
pub fn ask(_: &Script, _: &str) -> Result<Vec<Way>, NoWays> {
    Err(NoWays::NotDetected)
}
