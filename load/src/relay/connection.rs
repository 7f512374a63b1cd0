//! One HTTP/1.1 connection.

use std::net::SocketAddr;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::target::Broken;

pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: header::HeaderValue,
}

impl Connection {
    pub(super) async fn open(node: SocketAddr) -> Result<Self, Broken> {
        let stream = TcpStream::connect(node).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) =
            handshake(TokioIo::new(stream)).await.map_err(|_| Broken("it was closed"))?;
        // It ends with the sender, and what went wrong is told there.
        tokio::spawn(connection);
        let host = header::HeaderValue::from_str(&node.to_string());
        Ok(Self { sender, host: host.map_err(|_| Broken("the address is not a host"))? })
    }

    /// Whether it is open still.
    pub(super) async fn is_ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Sends a frame; the status and the body of the answer.
    pub(super) async fn send(&mut self, frame: Vec<u8>) -> Result<(u16, Bytes), Broken> {
        let request = Request::post("/v1/f")
            .header(header::HOST, self.host.clone())
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(Full::new(Bytes::from(frame)))
            .map_err(|_| Broken("the request is not one"))?;
        let lost = |_| Broken("no answer came");
        let answer = self.sender.send_request(request).await.map_err(lost)?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().collect().await.map_err(lost)?.to_bytes()))
    }
}
