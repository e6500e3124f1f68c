//! The endpoint and everything a request passes before it: log, rate limit, faults, path, token.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, DefaultBodyLimit, Extension, FromRequest, Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::post,
};

use crate::{
    date::Date,
    fault::Kind,
    rate::RateLimit,
    reply,
    request::{self, Misread, Operation},
    seen::SeenRequest,
    stage::{Stage, Watched},
    switches::Switches,
    token::{self, SignedIn},
};

/// Where the endpoint lives below a server's address.
const PATH: &str = "/api/v2/pre-check/licenses";

/// The largest body read: the 64 MiB of a client's largest consumer list, and its wrapping.
const BODY_LIMIT: usize = 65 * 1024 * 1024;

/// What all requests of one stand-in share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) switches: Arc<Switches>,
    pub(crate) rate_limit: RateLimit,
    /// `None`: whatever day it is.
    pub(crate) today: Option<Date>,
    /// `None`: requests are not kept.
    pub(crate) seen: Option<Arc<Mutex<Vec<SeenRequest>>>>,
    /// `None`: nobody watches.
    pub(crate) stage: Option<Arc<Stage>>,
}

/// The row of a request, for those who have something to report of it.
type Row = Option<Arc<Watched>>;

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

async fn answer(
    _: SignedIn,
    State(shared): State<Arc<Shared>>,
    Extension(row): Extension<Row>,
    body: Bytes,
) -> Response {
    let licenses = shared.switches.licenses();
    let today = shared.today.unwrap_or_else(Date::today);
    let (operation, consumers, mut response) = match request::read(&body) {
        Err(Misread::NotJson) => return reply::error(StatusCode::BAD_REQUEST),
        Err(Misread::MakesNoSense) => return reply::invalid_data(),
        Ok(Operation::List) => ("list", Vec::new(), reply::listed(&licenses)),
        Ok(Operation::Check(consumers)) => {
            let response = reply::checked(&consumers, |c| licenses.allow(c, today));
            ("check", consumers, response)
        }
    };
    if let Some(row) = row {
        row.judged(&licenses, &consumers, today);
    }
    response.extensions_mut().insert(Asked { operation, consumers: consumers.len() });
    response
}

/// Reads the whole request, keeps it where a test wants to see it, and tells the log and the stage how it went.
async fn observe(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());

    let whole = Request::from_parts(parts.clone(), body);
    let (body, refusal) = match Bytes::from_request(whole, &()).await {
        Err(rejection) => (Bytes::new(), Some(reply::error(rejection.status()))),
        Ok(body) => (body, None),
    };
    let row: Row = shared.stage.as_ref().map(|stage| stage.watch(&parts, &body));
    parts.extensions.insert(row.clone());
    let response = match refusal {
        Some(refusal) => refusal,
        None => {
            if let Some(seen) = &shared.seen {
                let mut seen = seen.lock().expect("no holder of this lock panics");
                seen.push(SeenRequest::new(&parts, &body));
            }
            next.run(Request::from_parts(parts, Body::from(body))).await
        }
    };

    // Only what is named here is logged: a header or a query could hold a token.
    let status = response.status().as_u16();
    let broken = response.extensions().get::<reply::Broken>().is_some();
    match response.extensions().get::<Asked>() {
        _ if broken => tracing::info!(%method, ?path, "request, connection broken"),
        Some(Asked { operation, consumers }) => {
            tracing::info!(%method, ?path, status, operation, consumers, "request");
        }
        None => tracing::info!(%method, ?path, status, "request"),
    }
    match row {
        None => response,
        Some(row) if broken => {
            row.broken();
            response
        }
        Some(row) => {
            let (parts, body) = response.into_parts();
            // Every other reply is in memory.
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            row.answered(parts.status, &body);
            Response::from_parts(parts, Body::from(body))
        }
    }
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

async fn strike(
    State(shared): State<Arc<Shared>>,
    Extension(row): Extension<Row>,
    request: Request,
    next: Next,
) -> Response {
    let (faults, changed) = shared.switches.strike();
    if let Some(row) = row {
        row.struck(&faults);
    }
    if let Some(stage) = shared.stage.as_ref().filter(|_| changed) {
        stage.switched();
    }
    for fault in faults {
        match fault {
            Kind::Delay(time) => tokio::time::sleep(time).await,
            Kind::Status(status) => return reply::failure(status),
            Kind::Html => return reply::login_page(),
            Kind::Redirect(url) => return reply::redirect(url),
            Kind::ExpiredToken => return reply::unauthorized(token::EXPIRED),
            Kind::Broken => return reply::broken(),
            // Until the client gives up and this is dropped.
            Kind::Silence => std::future::pending().await,
        }
    }
    next.run(request).await
}
