//! The endpoint and everything a request passes before it: log, rate limit, faults, path, token.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::post,
};

use crate::{
    date::Date,
    fault::Faults,
    licenses::Licenses,
    rate::RateLimit,
    reply,
    request::{self, Misread, Operation},
    seen::SeenRequest,
    token::SignedIn,
};

/// Where the endpoint lives below a server's address.
const PATH: &str = "/api/v2/pre-check/licenses";

/// The largest body read: the 64 MiB of a client's largest consumer list, and its wrapping.
const BODY_LIMIT: usize = 65 * 1024 * 1024;

/// What all requests of one stand-in share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) licenses: Licenses,
    pub(crate) rate_limit: RateLimit,
    pub(crate) faults: Faults,
    /// `None`: whatever day it is.
    pub(crate) today: Option<Date>,
    /// `None`: requests are not kept.
    pub(crate) seen: Option<Arc<Mutex<Vec<SeenRequest>>>>,
}

/// The endpoint below `prefix`; every other path is answered with 404.
pub(crate) fn router(prefix: &str, shared: Arc<Shared>) -> Router {
    Router::new()
        .route(&format!("{prefix}{PATH}"), post(answer))
        .method_not_allowed_fallback(async || reply::error(StatusCode::METHOD_NOT_ALLOWED))
        .fallback(async || reply::error(StatusCode::NOT_FOUND))
        .layer(from_fn_with_state(shared.clone(), strike))
        .layer(from_fn_with_state(shared.clone(), limit))
        .layer(from_fn_with_state(shared.clone(), observe))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(shared)
}

/// What the log tells about an answered request.
#[derive(Clone, Copy)]
struct Asked {
    operation: &'static str,
    consumers: usize,
}

async fn answer(_: SignedIn, State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let (operation, consumers, mut response) = match request::read(&body) {
        Err(Misread::NotJson) => return reply::error(StatusCode::BAD_REQUEST),
        Err(Misread::MakesNoSense) => return reply::invalid_data(),
        Ok(Operation::List) => ("list", 0, reply::listed(&shared.licenses)),
        Ok(Operation::Check(consumers)) => {
            let today = shared.today.unwrap_or_else(Date::today);
            let response = reply::checked(&consumers, |c| shared.licenses.allow(c, today));
            ("check", consumers.len(), response)
        }
    };
    response.extensions_mut().insert(Asked { operation, consumers });
    response
}

/// Reads the whole request, keeps it where a test wants to see it, and logs how it went.
async fn observe(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());

    let whole = Request::from_parts(parts.clone(), body);
    let response = match Bytes::from_request(whole, &()).await {
        Err(rejection) => reply::error(rejection.status()),
        Ok(body) => {
            if let Some(seen) = &shared.seen {
                let mut seen = seen.lock().expect("no holder of this lock panics");
                seen.push(SeenRequest::new(&parts, &body));
            }
            next.run(Request::from_parts(parts, Body::from(body))).await
        }
    };

    // Only what is named here is logged: a header or a query could hold a token.
    let status = response.status().as_u16();
    match response.extensions().get::<Asked>() {
        Some(Asked { operation, consumers }) => {
            tracing::info!(%method, ?path, status, operation, consumers, "request");
        }
        None => tracing::info!(%method, ?path, status, "request"),
    }
    response
}

async fn limit(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if shared.rate_limit.admits(client.ip()) {
        next.run(request).await
    } else {
        reply::error(StatusCode::TOO_MANY_REQUESTS)
    }
}

async fn strike(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (delay, answer) = shared.faults.strike();
    tokio::time::sleep(delay).await;
    match answer {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}
