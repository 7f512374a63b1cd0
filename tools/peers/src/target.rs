//! What each peer is asked, in its own protocol: one request of one client under way, and the next
//! one after its acknowledgement.

pub(crate) mod mqtt;
pub(crate) mod nats;
pub(crate) mod nostr;
pub(crate) mod redis;

use attune_load::{Broken, Ledger, PAYLOAD_LEN, Payload, Target, relay::RelayTarget};
use tokio::io::{AsyncReadExt as _, BufReader};
use tokio::net::TcpStream;

/// A target that may do some of its work before a run.
pub(crate) trait Ready: Target {
    /// Gets the first `count` PUTs of each client ready.
    fn get_ready(&self, _ledger: &Ledger, _count: usize) {}
}

impl Ready for RelayTarget {
    fn get_ready(&self, ledger: &Ledger, count: usize) {
        self.sign_ahead(ledger, count);
    }
}

/// A connection whose answers are read through a buffer.
type Stream = BufReader<TcpStream>;

async fn connect(address: std::net::SocketAddr) -> Result<Stream, Broken> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(BufReader::with_capacity(16 * 1_024, stream))
}

/// A line without its end.
async fn line(stream: &mut Stream) -> Result<String, Broken> {
    let mut line = Vec::new();
    loop {
        match stream.read_u8().await? {
            b'\n' => break,
            byte => line.push(byte),
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    String::from_utf8(line).map_err(|_| Broken("the answer is no text"))
}

async fn bytes(stream: &mut Stream, count: usize) -> Result<Vec<u8>, Broken> {
    let mut bytes = vec![0; count];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

/// The payload behind `head`, and `tail` behind it: one write for the whole of a request.
fn framed(head: &[u8], payload: &Payload, lane: u32, version: u64, tail: &[u8]) -> Vec<u8> {
    let mut all = Vec::with_capacity(head.len() + PAYLOAD_LEN + tail.len());
    all.extend_from_slice(head);
    all.resize(head.len() + PAYLOAD_LEN, 0);
    if let Some(room) = all.last_chunk_mut::<PAYLOAD_LEN>() {
        payload.write(lane, version, room);
    }
    all.extend_from_slice(tail);
    all
}
