//! The endpoint and everything a request passes before it: log, rate limit, faults, path, token.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, DefaultBodyLimit, Extension, FromRequest, Request, State},
    http::{Method, StatusCode},
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

/// A request as the stage knows it, for those who have something to report of it.
type OnStage = Option<Arc<Watched>>;

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
    Extension(watched): Extension<OnStage>,
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
    if let Some(watched) = watched {
        watched.judged(&licenses, &consumers, today);
    }
    response.extensions_mut().insert(Asked { operation, consumers: consumers.len() });
    response
}

/// Reads the whole request, keeps it where a test wants to see it, and tells the log and the stage how it went.
async fn observe(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let mut log = Log { method: parts.method.clone(), path: parts.uri.path().to_owned(), answered: false };

    let whole = Request::from_parts(parts.clone(), body);
    let (body, refusal) = match Bytes::from_request(whole, &()).await {
        Err(rejection) => (Bytes::new(), Some(reply::error(rejection.status()))),
        Ok(body) => (body, None),
    };
    let watched: OnStage = shared.stage.as_ref().map(|stage| stage.watch(&parts, &body));
    parts.extensions.insert(watched.clone());
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
    log.answered(&response);
    match watched {
        Some(watched) => show(&watched, response).await,
        None => response,
    }
}

/// Shows on the stage what is answered.
async fn show(watched: &Watched, response: Response) -> Response {
    if response.extensions().get::<reply::Broken>().is_some() {
        watched.broken();
        return response;
    }
    let (parts, body) = response.into_parts();
    // Every reply but the broken one is in memory.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    watched.answered(parts.status, &body);
    Response::from_parts(parts, Body::from(body))
}

/// Logs a request when it is answered, or at the end where it never is. Only what is named here is logged: a header or
/// a query could hold a token.
struct Log {
    method: Method,
    path: String,
    answered: bool,
}

impl Log {
    fn answered(&mut self, response: &Response) {
        self.answered = true;
        let Self { method, path, .. } = self;
        let status = response.status().as_u16();
        if response.extensions().get::<reply::Broken>().is_some() {
            tracing::info!(%method, ?path, "request, connection broken");
        } else if let Some(Asked { operation, consumers }) = response.extensions().get::<Asked>() {
            tracing::info!(%method, ?path, status, operation, consumers, "request");
        } else {
            tracing::info!(%method, ?path, status, "request");
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let Self { method, path, answered } = self;
        if !*answered {
            tracing::info!(%method, ?path, "request, gone before an answer");
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
    Extension(watched): Extension<OnStage>,
    request: Request,
    next: Next,
) -> Response {
    let (faults, changed) = shared.switches.strike();
    if let Some(watched) = watched {
        watched.struck(&faults);
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
