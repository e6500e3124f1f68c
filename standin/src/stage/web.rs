//! The stage's HTTP: a page, a stream of events for it, and the interface for scripts.
//!
//! It is for the person at this machine alone. A page of another origin must neither read nor change anything, also
//! where its name is made to mean this address, and nothing that a client sends may become markup or script.

use std::{convert::Infallible, future::ready, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Path, Request, State, rejection::StringRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Value, json};

use super::{Change, Stage, text};
use crate::{Error, licenses};

const PAGE: &str = include_str!("page/index.html");
const PAGE_STYLE: &str = include_str!("page/page.css");
const PARTS_STYLE: &str = include_str!("page/parts.css");
const SCRIPT: &str = include_str!("page/page.js");
const ICON: &str = include_str!("page/icon.svg");

/// What every answer carries. Trusted types make the browser refuse to read text as HTML.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'",
    ),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

pub(crate) fn router(stage: Arc<Stage>) -> Router {
    let at = |path: &str| format!("/{}/{path}", stage.secret);
    let file = |media_type, text: &'static str| get(async move || ([(header::CONTENT_TYPE, media_type)], text));
    Router::new()
        .route(&at(""), file("text/html; charset=utf-8", PAGE))
        .route(&at("page.css"), file("text/css; charset=utf-8", PAGE_STYLE))
        .route(&at("parts.css"), file("text/css; charset=utf-8", PARTS_STYLE))
        .route(&at("page.js"), file("text/javascript; charset=utf-8", SCRIPT))
        .route(&at("icon.svg"), file("image/svg+xml", ICON))
        .route(&at("state"), get(async |State(stage): State<Arc<Stage>>| answer(StatusCode::OK, stage.view())))
        .route(&at("events"), get(events))
        .route(&at("switches"), post(set))
        .route(&at("scenes/{name}"), post(play))
        .route(&at("clear"), post(clear))
        .method_not_allowed_fallback(async || {
            refuse(StatusCode::METHOD_NOT_ALLOWED, "it is there, but not for this method")
        })
        .fallback(async || refuse(StatusCode::NOT_FOUND, "there is nothing here; was the whole address copied?"))
        .layer(from_fn_with_state(stage.clone(), guard))
        .with_state(stage)
}

/// Lets nobody in but the page itself, and scripts that name it as their origin.
async fn guard(State(stage): State<Arc<Stage>>, request: Request, next: Next) -> Response {
    let mut response = match stranger(&stage.authority, request.method(), request.headers()) {
        Some(reason) => refuse(StatusCode::FORBIDDEN, &reason),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why a request is not the page's own, if it is not.
fn stranger(authority: &str, method: &Method, headers: &HeaderMap) -> Option<String> {
    let is = |name, value: &str| one(headers, name).is_some_and(|found| found == value);
    let origin = format!("http://{authority}");
    if !is(header::HOST, authority) {
        Some(format!("the stage is at {origin} only: Host must be {authority}"))
    } else if !matches!(*method, Method::GET | Method::HEAD) && !is(header::ORIGIN, &origin) {
        Some(format!("changes come from the stage's own page: Origin must be {origin}"))
    } else {
        None
    }
}

/// The value of a header that is there once.
fn one(headers: &HeaderMap, name: HeaderName) -> Option<&HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

async fn set(State(stage): State<Arc<Stage>>, body: Result<String, StringRejection>) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return refuse(rejection.status(), &rejection.body_text()),
    };
    // In two steps: in what somebody typed on a page, a line and a column mean nothing.
    let setting = serde_json::from_str::<Value>(&body)
        .map_err(|e| Error::new(format!("the body is no JSON: {e}")))
        .and_then(licenses::placed);
    answer_change(&stage, setting.and_then(|setting| stage.set(setting, None)))
}

async fn play(State(stage): State<Arc<Stage>>, Path(name): Path<String>) -> Response {
    match stage.play(&name) {
        Ok(false) => refuse(StatusCode::NOT_FOUND, &format!("there is no scene {name:?}")),
        done => answer_change(&stage, done.map(drop)),
    }
}

async fn clear(State(stage): State<Arc<Stage>>) -> Response {
    stage.clear();
    answer_change(&stage, Ok(()))
}

/// After a change: the switches as they are now, or why they did not change.
fn answer_change(stage: &Stage, done: Result<(), Error>) -> Response {
    match done {
        Ok(()) => answer(StatusCode::OK, text(&stage.switch_positions())),
        Err(error) => refuse(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

/// First everything, then what changes. A page that is too slow is dropped, and comes again for everything.
async fn events(State(stage): State<Arc<Stage>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // Before anything is looked up, so that no change falls between.
    let changes = stage.changes.subscribe();
    let changes = stream::unfold(changes, async |mut changes| Some((changes.recv().await.ok()?, changes)));
    let events =
        stream::iter([Change::All]).chain(changes).filter_map(move |change| ready(event(&stage, change).map(Ok)));
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// `None`: of a row that is kept no longer.
fn event(stage: &Stage, change: Change) -> Option<Event> {
    let (name, data) = match change {
        Change::All => ("state", stage.view()),
        Change::Switches => ("switches", text(&stage.switch_positions())),
        Change::Row(id) => ("request", stage.row(id)?),
    };
    Some(Event::default().event(name).data(data).retry(Duration::from_millis(500)))
}

fn answer(status: StatusCode, json: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], json).into_response()
}

fn refuse(status: StatusCode, error: &str) -> Response {
    answer(status, json!({"error": error}).to_string())
}
