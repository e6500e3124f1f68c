//! Tokens: JWTs like those of a signed-in Qt account, signed with a secret that everybody knows.

use std::time::{Duration, SystemTime};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode, errors::ErrorKind};
use serde::{Deserialize, Serialize};

use crate::reply;

/// It stands here in the open because it protects nothing: with it, a token from any stand-in is
/// good for every other one, and for no real server.
const SECRET: &[u8] = b"qls-standin: a public secret, for trying and testing only";

const ISSUER: &str = "qls-standin";

/// Why an expired token is refused.
pub(crate) const EXPIRED: &str = "The token has expired";

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    email: String,
    iat: u64,
    exp: u64,
}

/// A token that every stand-in accepts until `lifetime` has passed; `Duration::ZERO` gives one
/// that has already expired.
pub fn token(lifetime: Duration) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let claims = Claims {
        iss: ISSUER.into(),
        sub: "john.doe".into(),
        email: "john.doe@example.com".into(),
        iat: now,
        exp: now.saturating_add(lifetime.as_secs()),
    };
    encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(SECRET))
        .expect("claims of text and numbers can always be signed")
}

/// Says why the headers carry no acceptable token.
fn verify(headers: &HeaderMap) -> Result<(), &'static str> {
    let value = headers.get(header::AUTHORIZATION).ok_or("The Authorization header is missing")?;
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
        .map(|(_, token)| token.trim())
        .ok_or("The Authorization header carries no bearer token")?;

    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.leeway = 0;
    // A token is good for the seconds before `exp`, not for that second itself.
    rules.reject_tokens_expiring_in_less_than = 1;
    match decode::<Claims>(token, &DecodingKey::from_secret(SECRET), &rules) {
        Ok(_) => Ok(()),
        Err(e) if *e.kind() == ErrorKind::ExpiredSignature => Err(EXPIRED),
        Err(_) => Err("The token is not valid"),
    }
}

/// Extracted by handlers that answer signed-in users only; anybody else gets 401.
pub(crate) struct SignedIn;

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        verify(&parts.headers).map(|()| Self).map_err(reply::unauthorized)
    }
}
