//! Connections: taken from a listener, counted, given their time, and let end when the relay stops.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::address::{Network, connecting};
use crate::config::Timeouts;
use crate::http::Peer;
use crate::metrics::{Count, Metrics};
use crate::seats::{Seat, Seats};
use crate::tls::Tls;

/// How long a connection that was just made may take to ask when the relay stops: its request is
/// likely on its way.
const FIRST: Duration = Duration::from_secs(2);

/// Takes connections from one listener.
pub(crate) struct Gate {
    pub(crate) router: Router,
    pub(crate) tls: Option<Tls>,
    pub(crate) timeouts: Timeouts,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) seats: Arc<Seats>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Gate {
    /// Serves until it is told to stop and requests under way have ended.
    pub(crate) async fn serve(self, listener: TcpListener) {
        let mut stopping = self.stopping.clone();
        let mut open = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => break,
                accepted = self.accept(&listener) => accepted,
            };
            while open.try_join_next().is_some() {}
            let Some((stream, peer, seat)) = accepted else {
                continue;
            };
            self.metrics.add(Count::Connections, 1);
            let talk = Talk {
                peer: Peer(peer.ip()),
                seat: Arc::clone(&seat),
                router: self.router.clone(),
                timeouts: self.timeouts,
                stopping: self.stopping.clone(),
            };
            let (tls, metrics) = (self.tls.clone(), Arc::clone(&self.metrics));
            open.spawn(async move {
                let talk = async {
                    match tls {
                        None => talk.converse(stream).await,
                        Some(tls) => talk.greet(stream, &tls, &metrics).await,
                    }
                };
                // Counted before the connection ends, so that whoever sees its end finds it counted.
                let shed = async {
                    seat.lost().await;
                    metrics.add(Count::ConnectionsShed, 1);
                };
                tokio::select! {
                    () = talk => {}
                    () = shed => {}
                }
            });
        }
        drop(listener);
        let drained = async { while open.join_next().await.is_some() {} };
        // Who is still connected after that is cut off with the JoinSet.
        let _ = tokio::time::timeout(self.timeouts.drain, drained).await;
    }

    /// The next connection, with a place of its own.
    async fn accept(&self, listener: &TcpListener) -> Option<(TcpStream, SocketAddr, Arc<Seat>)> {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Small answers at once; without it the relay still works.
                let _ = stream.set_nodelay(true);
                let prefix = connecting(peer.ip(), &self.trusted_proxies);
                let Ok(seat) = self.seats.take(prefix).await else {
                    self.metrics.add(Count::ConnectionsRefused, 1);
                    return None;
                };
                Some((stream, peer, seat))
            }
            Err(error) => {
                tracing::error!(kind = %error.kind(), "cannot accept a connection");
                // Out of file descriptors, most likely: somebody makes room, and a pause lets it.
                let pause = if self.seats.shed() { 1 } else { 100 };
                tokio::time::sleep(Duration::from_millis(pause)).await;
                None
            }
        }
    }
}

/// What one connection needs.
struct Talk {
    peer: Peer,
    seat: Arc<Seat>,
    router: Router,
    timeouts: Timeouts,
    stopping: watch::Receiver<bool>,
}

impl Talk {
    /// The handshake of TLS first, in the time that headers have. A peer that sends something else is
    /// counted and not logged.
    async fn greet(self, stream: TcpStream, tls: &Tls, metrics: &Metrics) {
        match tokio::time::timeout(self.timeouts.header, tls.acceptor().accept(stream)).await {
            Ok(Ok(stream)) => self.converse(stream).await,
            Ok(Err(_)) | Err(_) => metrics.add(Count::Handshakes, 1),
        }
    }

    /// From its first request to its end.
    async fn converse(self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let Self { peer, seat, router, timeouts, mut stopping } = self;
        let router = TowerToHyperService::new(router);
        let asked = Notify::new();
        let service = service_fn(|mut request: hyper::Request<Incoming>| {
            asked.notify_one();
            request.extensions_mut().insert(peer);
            request.extensions_mut().insert(Arc::clone(&seat));
            let answer = router.call(request.map(Body::new));
            async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
        });
        let mut connection = pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(timeouts.header)
                .max_buf_size(32 * 1_024)
                .serve_connection(TokioIo::new(stream), service)
        );
        let stopped = tokio::select! {
            // A peer that breaks off or sends junk is no error of ours, and is not logged.
            _ = connection.as_mut() => return,
            _ = stopping.wait_for(|stop| *stop) => true,
            () = tokio::time::sleep(timeouts.connection) => false,
        };
        if stopped {
            // What has never asked is not shut in its face: nobody told it that the relay was going.
            tokio::select! {
                _ = connection.as_mut() => return,
                () = asked.notified() => {}
                () = tokio::time::sleep(FIRST) => {}
            }
        }
        connection.as_mut().graceful_shutdown();
        let _ = tokio::time::timeout(timeouts.body + timeouts.drain, connection).await;
    }
}
