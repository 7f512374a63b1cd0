//! The addresses: `POST /v1/f`, `GET /v1/info`, `GET /healthz`; and `GET /metrics`, which is served
//! on a port of its own.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use attune_wire::{ENVELOPE_LEN, FRAME_LEN, FRAME_VERSION};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::address::{Network, prefix};
use crate::bucket::Buckets;
use crate::exchange::Exchange;
use crate::health::Health;
use crate::metrics::{Count, Metrics};
use crate::problem::Problem;
use crate::seats::Seat;
use crate::store::{BODY_DAYS, LANE_DAYS, Store};

/// Who is at the other end of the connection; put into each request by the server.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// What the routes share.
pub(crate) struct Service<S> {
    pub(crate) exchange: Exchange<S>,
    pub(crate) health: Health,
    pub(crate) prefixes: Buckets,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) body_timeout: Duration,
    /// The document of `GET /v1/info`.
    pub(crate) info: String,
}

/// The public routes.
pub(crate) fn routes<S: Store>(service: Arc<Service<S>>) -> Router {
    Router::new()
        .route("/v1/f", post(frame::<S>).fallback(wrong_method_post::<S>))
        .route("/v1/info", get(info::<S>).fallback(wrong_method_get::<S>))
        .route("/healthz", get(health::<S>).fallback(wrong_method_get::<S>))
        .fallback(not_found::<S>)
        .with_state(service)
}

/// The route of the metrics port.
pub(crate) fn metrics_routes(metrics: Arc<Metrics>) -> Router {
    let render = async |State(metrics): State<Arc<Metrics>>| {
        let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        ([(header::CONTENT_TYPE, kind)], metrics.render())
    };
    Router::new().route("/metrics", get(render)).with_state(metrics)
}

/// The document of `GET /v1/info`: what a client needs to know, and nothing of who uses the relay.
pub(crate) fn info_document(origin: &str, open: bool) -> String {
    // A canonical origin is ASCII without quotes or backslashes.
    format!(
        "{{\"name\":\"attune-relay\",\"origin\":\"{origin}\",\"frame_versions\":[{FRAME_VERSION}],\
         \"frame_bytes\":{FRAME_LEN},\"envelope_bytes\":{ENVELOPE_LEN},\
         \"body_days\":{BODY_DAYS},\"lane_days\":{LANE_DAYS},\"grant_needed\":{}}}",
        !open
    )
}

async fn frame<S: Store>(State(service): State<Arc<Service<S>>>, request: Request) -> Response {
    match service.frame(request).await {
        Ok(frame) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, Vec::from(frame as Box<[u8]>)).into_response()
        }
        Err(problem) => service.refuse(problem),
    }
}

async fn info<S: Store>(State(service): State<Arc<Service<S>>>, request: Request) -> Response {
    if let Err(problem) = service.allow(&request) {
        return service.refuse(problem);
    }
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], service.info.clone()).into_response()
}

async fn health<S: Store>(State(service): State<Arc<Service<S>>>, request: Request) -> Response {
    if let Err(problem) = service.allow(&request) {
        return service.refuse(problem);
    }
    let asked = Arc::clone(&service);
    let ask = async move { asked.exchange.store.is_ready().await };
    if service.health.is_ready(&service.exchange.clock, ask).await {
        "ok\n".into_response()
    } else {
        service.refuse(Problem::Unavailable)
    }
}

async fn wrong_method_post<S: Store>(State(service): State<Arc<Service<S>>>) -> Response {
    service.refuse(Problem::Method("POST"))
}

async fn wrong_method_get<S: Store>(State(service): State<Arc<Service<S>>>) -> Response {
    service.refuse(Problem::Method("GET, HEAD"))
}

async fn not_found<S: Store>(State(service): State<Arc<Service<S>>>) -> Response {
    service.refuse(Problem::NotFound)
}

impl<S: Store> Service<S> {
    /// From cheap to dear: rate, headers, body, frame.
    async fn frame(&self, request: Request) -> Result<Box<[u8; FRAME_LEN]>, Problem> {
        self.allow(&request)?;
        check_headers(request.headers())?;
        let seat = request.extensions().get::<Arc<Seat>>().cloned();
        let body = self.read(request.into_body()).await?;
        let _answering = seat.as_ref().map(Seat::answering);
        self.exchange.answer(&body).await
    }

    fn allow(&self, request: &Request) -> Result<(), Problem> {
        let Some(Peer(peer)) = request.extensions().get() else {
            return Ok(());
        };
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            // What is not text ends the search for an address, as any other junk does.
            .map(|value| value.to_str().unwrap_or("?"))
            .collect::<Vec<_>>();
        match prefix(*peer, forwarded.into_iter(), &self.trusted_proxies) {
            None => Ok(()),
            Some(prefix) => {
                self.prefixes.take(&prefix, self.exchange.clock.steady()).map_err(Problem::TooMany)
            }
        }
    }

    async fn read(&self, body: Body) -> Result<axum::body::Bytes, Problem> {
        match tokio::time::timeout(self.body_timeout, to_bytes(body, FRAME_LEN)).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) | Err(_) => Err(Problem::Body),
        }
    }

    fn refuse(&self, problem: Problem) -> Response {
        self.exchange.metrics.add(Count::of_problem(problem.status()), 1);
        problem.into_response()
    }
}

/// The length comes first: it decides whether a body is read at all.
fn check_headers(headers: &HeaderMap) -> Result<(), Problem> {
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok())
        .ok_or(Problem::LengthRequired)?;
    if length > FRAME_LEN as u64 {
        return Err(Problem::TooLarge);
    }
    let is_binary = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().eq_ignore_ascii_case(b"application/octet-stream"));
    if !is_binary || headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Problem::MediaType);
    }
    Ok(())
}
