//! Sets ureq up for one server, with every setting of ureq's that matters written out.

use std::time::Duration;

use once_cell::sync::OnceCell;
use ureq::Agent;

use crate::error::Error;
use crate::proxy::Proxy;
use crate::settings::Settings;
use crate::tls;
use crate::transport::{CallLimit, Cancel, Dialer, MAX_HEAD, NoResolver, Resolver};

/// How long an idle connection is kept: long enough for an installer that lists, shows the licenses and then checks;
/// shorter than most servers keep theirs.
const IDLE_TIME: Duration = Duration::from_secs(15);

/// An agent for the server of `settings`, through `proxy`. Reads the CA file that was given, if there is one, and fails
/// with [`Status::Configuration`](crate::Status::Configuration) if a given CA certificate cannot be used.
pub(super) fn new(settings: &Settings, proxy: Option<Proxy>, cancel: &Cancel) -> Result<Agent, Error> {
    // Every setting is named here, so that a new one that nobody uses does not compile. Those with `_` are used
    // elsewhere: by the session and the operation.
    let Settings {
        server,
        allow_plain_http: _,
        timeout,
        connect_timeout,
        retries: _,
        proxy: _,
        trust,
        user_agent,
        log,
    } = settings;
    let config = Agent::config_builder()
        // By default ureq reads the proxy from the environment, and connects directly if it cannot parse what it finds.
        .proxy(None)
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(user_agent.as_str())
        .max_response_header_size(MAX_HEAD)
        .max_idle_connections(1)
        .max_idle_connections_per_host(1)
        .max_idle_age(IDLE_TIME)
        .build();
    let dialer = Dialer {
        server: server.clone(),
        proxy,
        user_agent: user_agent.clone(),
        call_limit: CallLimit { cancel: cancel.clone(), timeout: *timeout },
        connect_timeout: *connect_timeout,
        log: log.clone(),
        trust: trust.trust,
        given_roots: tls::given(trust)?,
        resolver: Resolver::default(),
        tls: OnceCell::new(),
    };
    Ok(Agent::with_parts(config, dialer, NoResolver))
}
