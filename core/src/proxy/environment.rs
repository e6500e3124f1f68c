//! Reads the environment variables that name a proxy, or in `NO_PROXY` servers that need none. They are those that curl
//! reads.

use std::ffi::OsString;

use zeroize::Zeroizing;

use crate::environment::variable;
use crate::error::{Cause, Error, Status};
use crate::server::Server;

use super::address::{Proxy, Source, secrets_in};
use super::no_proxy::exempting;
use super::route::Route;

/// The way to `server` that the environment names: through a proxy, or directly because `NO_PROXY` says so. None if it
/// names neither. Fails with [`Status::Configuration`] if the proxy's address cannot be read.
pub(super) fn route(server: &Server) -> Result<Option<Route>, Error> {
    if let Some((name, list)) = first_set(&["no_proxy", "NO_PROXY"])
        && let Some(entry) = exempting(&list.to_string_lossy(), &server.host, server.port)
    {
        return Ok(Some(Route::direct(format!("the environment variable {name} has the entry {entry}"))));
    }
    let names: &[_] = match server.https {
        true => &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
        false if is_cgi() => AS_CGI,
        false => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
    };
    let Some((name, value)) = first_set(names) else { return Ok(None) };
    let proxy = match value.into_string().map(Zeroizing::new) {
        Ok(value) => Proxy::parse(&value, Source::Variable(name)),
        // Replacing the bytes that are not UTF-8 would give another password.
        Err(_) => Err("it is not UTF-8; write special characters as % and two hexadecimal digits"),
    };
    match proxy {
        Ok(proxy) => Ok(Some(Route::through(proxy))),
        Err(why) => {
            let message = format!(
                "the proxy in the environment variable {name} cannot be used: {why}; correct the variable, or set a proxy explicitly"
            );
            Err(Error::new(Status::Configuration, Cause::ProxySettingInvalid, message))
        }
    }
}

/// The secrets in all proxies that the environment names, whatever the server is.
pub(super) fn secrets() -> Vec<Zeroizing<String>> {
    let names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    let values = names.into_iter().filter_map(|name| variable(name)?.into_string().ok().map(Zeroizing::new));
    values.flat_map(|value| secrets_in(&value)).collect()
}

/// The variables for an http server in a CGI process. A web server sets `HTTP_PROXY` there to the header `Proxy` of the
/// request that it is asked for. On Windows `http_proxy` is the same variable.
const AS_CGI: &[&str] = if cfg!(windows) { &["all_proxy"] } else { &["http_proxy", "all_proxy", "ALL_PROXY"] };

/// Whether a web server runs this process for a request (RFC 3875).
fn is_cgi() -> bool {
    variable("REQUEST_METHOD").is_some()
}

/// The first of the variables `names` that is set and not empty.
fn first_set(names: &[&'static str]) -> Option<(&'static str, OsString)> {
    names.iter().find_map(|name| variable(name).map(|value| (*name, value)))
}
