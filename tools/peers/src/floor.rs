//! What HTTP alone can do here: a server that takes a frame, checks nothing, keeps nothing, and answers
//! one. No store behind the relay's protocol is faster, on this machine with these clients.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;

use attune_load::relay::RelayTarget;
use attune_load::{Payload, Verdict};
use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::routing::post;

use crate::server::{Server, free_port};
use crate::subject::{Figures, Load, Peer, Subject};

/// The command line's word for being the server.
pub(crate) const WORD: &str = "http-alone";

/// As on the relay's wire.
const FRAME_LEN: usize = 8_448;

/// Serves at `address` until it is killed.
pub(crate) fn serve(address: &str) -> Result<(), String> {
    let address: SocketAddr = address.parse().map_err(|_| "not an address")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        let router = Router::new().route("/v1/f", post(answer));
        let listener = tokio::net::TcpListener::bind(address).await;
        let listener = listener.map_err(|error| error.to_string())?;
        axum::serve(listener, router).await.map_err(|error| error.to_string())
    })
}

async fn answer(request: Bytes) -> ([(HeaderName, &'static str); 1], Vec<u8>) {
    // Frame version 1, STORED, and the version that was asked for.
    let mut frame = vec![0; FRAME_LEN];
    frame[0] = 1;
    if let Some(version) = request.get(100..108) {
        frame[4..12].copy_from_slice(version);
    }
    ([(CONTENT_TYPE, "application/octet-stream")], frame)
}

/// The server, with the relay's own clients.
pub(crate) struct Floor(Peer<RelayTarget>);

impl Floor {
    /// This program again, as the server.
    pub(crate) fn start(seed: u64, payload: &Arc<Payload>, load: &Load) -> Result<Self, String> {
        let address = free_port()?;
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let server = Server::start(address, move || {
            let mut server = Command::new(&program);
            server.args([WORD, &address.to_string()]);
            server
        })?;
        let origin = format!("http://{address}");
        let target = RelayTarget::new(vec![address], &origin, seed, Arc::clone(payload), None);
        let name = "HTTP alone, nothing checked or kept";
        Ok(Self(Peer::new(name, vec![server], target, payload, load)?))
    }
}

impl Subject for Floor {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn turn(&mut self, load: &Load) -> Result<Figures, String> {
        self.0.turn(load)
    }

    fn kill(&mut self, _: &Load) -> Result<Option<Verdict>, String> {
        Ok(None)
    }
}
