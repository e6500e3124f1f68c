//! Every reply the stand-in can give, with the members and the spelling of the reference page.

use std::future::ready;

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use futures_util::stream;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{licenses::Licenses, request::Consumer};

#[derive(Serialize)]
struct Listed<'a> {
    status: bool,
    message: &'static str,
    licenses: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct Checked<'a> {
    status: bool,
    message: &'static str,
    data: Vec<Verdict<'a>>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    component_id: &'a str,
    consumer_id: &'a str,
    /// Misspelt in the contract.
    installtion_allowed: bool,
}

#[derive(Serialize)]
struct Refused<'a> {
    status: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

/// The answer to `list`.
pub(crate) fn listed(licenses: &Licenses) -> Response {
    json(
        StatusCode::OK,
        &Listed {
            status: true,
            message: "Fetched available licenses for user.",
            licenses: licenses.on().map(|license| &*license.text).collect(),
        },
    )
}

/// The answer to `check`: one entry per consumer, in their order.
pub(crate) fn checked(consumers: &[Consumer<'_>], allowed: impl Fn(&Consumer<'_>) -> bool) -> Response {
    json(
        StatusCode::OK,
        &Checked {
            status: true,
            message: "Checked consumers available for installation",
            data: consumers
                .iter()
                .map(|consumer| Verdict {
                    component_id: &consumer.component_id,
                    consumer_id: &consumer.consumer_id,
                    installtion_allowed: allowed(consumer),
                })
                .collect(),
        },
    )
}

/// The answer to JSON that asks nothing: the server says so with status 200.
pub(crate) fn invalid_data() -> Response {
    json(StatusCode::OK, &Refused { status: false, code: None, message: Some("Invalid data") })
}

/// An error status in the shape of the reference page. Its `code` is the status, as text.
pub(crate) fn error(status: StatusCode) -> Response {
    let message = match status {
        StatusCode::BAD_REQUEST => Some("Bad request"),
        StatusCode::INTERNAL_SERVER_ERROR => None,
        _ => status.canonical_reason(),
    };
    refused(status, message)
}

/// 401 with the reason, which an installer author wants to see.
pub(crate) fn unauthorized(reason: &str) -> Response {
    refused(StatusCode::UNAUTHORIZED, Some(reason))
}

fn refused(status: StatusCode, message: Option<&str>) -> Response {
    let mut response = json(status, &Refused { status: false, code: Some(status.as_str()), message });
    // The headers with which HTTP accompanies these.
    let (name, value) = match status {
        StatusCode::UNAUTHORIZED => (header::WWW_AUTHENTICATE, "Bearer"),
        StatusCode::METHOD_NOT_ALLOWED => (header::ALLOW, "POST"),
        StatusCode::TOO_MANY_REQUESTS => (header::RETRY_AFTER, "1"),
        _ => return response,
    };
    response.headers_mut().insert(name, HeaderValue::from_static(value));
    response
}

/// An error status from 400 to 599. The gateway's own come as the gateway's pages, the others from the server itself.
pub(crate) fn failure(status: StatusCode) -> Response {
    match status {
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => gateway_page(status),
        _ => error(status),
    }
}

/// What a gateway in front of a server says when it cannot reach it.
fn gateway_page(status: StatusCode) -> Response {
    let title = format!("{} {}", status.as_str(), status.canonical_reason().unwrap_or_default());
    let page = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n\
         <center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    (status, Html(page)).into_response()
}

/// What a captive portal or a company's sign-in answers instead of the server.
pub(crate) fn login_page() -> Response {
    Html(
        "<!DOCTYPE html>\n<html>\n<head><title>Sign in</title></head>\n<body>\n\
         <h1>Sign in to the network</h1>\n\
         <form method=\"post\" action=\"/login\">\n\
         <input name=\"user\"> <input name=\"password\" type=\"password\"> <button>Sign in</button>\n\
         </form>\n</body>\n</html>\n",
    )
    .into_response()
}

/// A redirect, as a sign-in or a moved server gives it.
pub(crate) fn redirect(location: HeaderValue) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// A connection that breaks before anything of an answer has come.
pub(crate) fn broken() -> Response {
    let mut response = Body::from_stream(stream::once(ready(Err::<Bytes, _>("broken on purpose")))).into_response();
    response.extensions_mut().insert(Broken);
    response
}

/// Marks the reply of [`broken`], of which a client sees nothing.
#[derive(Clone, Copy)]
pub(crate) struct Broken;

fn json(status: StatusCode, reply: &impl Serialize) -> Response {
    let bytes = serde_json::to_vec(reply).expect("structs with text keys always serialize");
    let content_type = [(header::CONTENT_TYPE, "application/json")];
    (status, content_type, bytes).into_response()
}
