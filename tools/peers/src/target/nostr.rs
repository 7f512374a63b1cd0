//! Nostr: an addressable event for each lane (NIP-01, kind 30078), signed by its client as relays want
//! it, over a WebSocket.

use std::net::SocketAddr;
use std::sync::Arc;

use attune_load::{Answer, Broken, Client, PAYLOAD_LEN, Payload, Target};
use futures_util::{SinkExt as _, StreamExt as _};
use ring::digest::{SHA256, digest};
use secp256k1::Keypair;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::Ready;

const KIND: u32 = 30_078;
/// An event replaces one that is older by its own word, in whole seconds: a version is a second.
const EPOCH: u64 = 1_700_000_000;

pub(crate) struct Nostr {
    pub(crate) address: SocketAddr,
    pub(crate) payload: Arc<Payload>,
}

pub(crate) struct NostrClient {
    socket: WebSocketStream<TcpStream>,
    payload: Arc<Payload>,
    key: Keypair,
    author: String,
}

impl Ready for Nostr {}

impl Target for Nostr {
    type Client = NostrClient;

    async fn client(&self, number: u32) -> Result<NostrClient, Broken> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let address = format!("ws://{}/", self.address);
        let (socket, _) = tokio_tungstenite::client_async(address, stream)
            .await
            .map_err(|_| Broken("not a WebSocket"))?;
        let mut seed = [7; 32];
        seed[..4].copy_from_slice(&number.to_be_bytes());
        let key = Keypair::from_seckey_byte_array(secp256k1::global::SECP256K1, seed)
            .map_err(|_| Broken("not a key"))?;
        let author = hex(&key.x_only_public_key().0.serialize());
        Ok(NostrClient { socket, payload: Arc::clone(&self.payload), key, author })
    }
}

impl NostrClient {
    async fn say(&mut self, text: String) -> Result<(), Broken> {
        self.socket.send(Message::text(text)).await.map_err(|_| Broken("it was closed"))
    }

    /// The next message, as JSON.
    async fn hear(&mut self) -> Result<Value, Broken> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(&text).map_err(|_| Broken("not JSON"));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return Err(Broken("it was closed")),
            }
        }
    }
}

impl Client for NostrClient {
    async fn open(&mut self, _: u32) -> Result<u64, Broken> {
        Ok(0)
    }

    async fn put(&mut self, lane: u32, version: u64) -> Result<Answer, Broken> {
        let mut content = Box::new([0; PAYLOAD_LEN]);
        self.payload.write(lane, version, &mut content);
        // Letters, digits, hyphens and underscores: nothing to escape.
        let content = String::from_utf8_lossy(&content[..]);
        let (author, at) = (&self.author, EPOCH + version);
        let tags = format!("[[\"d\",\"{lane:08x}\"]]");
        let signed = format!("[0,\"{author}\",{at},{KIND},{tags},\"{content}\"]");
        let id = digest(&SHA256, signed.as_bytes());
        let sig = secp256k1::global::SECP256K1.sign_schnorr_no_aux_rand(id.as_ref(), &self.key);
        let (id, sig) = (hex(id.as_ref()), hex(&sig.to_byte_array()));
        self.say(format!(
            "[\"EVENT\",{{\"id\":\"{id}\",\"pubkey\":\"{author}\",\"created_at\":{at},\
             \"kind\":{KIND},\"tags\":{tags},\"content\":\"{content}\",\"sig\":\"{sig}\"}}]"
        ))
        .await?;
        loop {
            let answer = self.hear().await?;
            if answer[0] == "OK" && answer[1] == id.as_str() {
                let kept = answer[2] == true;
                return Ok(if kept { Answer::Acknowledged } else { Answer::Refused("not OK") });
            }
        }
    }

    async fn get(&mut self, lane: u32) -> Result<Option<Vec<u8>>, Broken> {
        let author = &self.author;
        self.say(format!(
            "[\"REQ\",\"s\",{{\"kinds\":[{KIND}],\"authors\":[\"{author}\"],\"#d\":[\"{lane:08x}\"]}}]"
        ))
        .await?;
        let mut newest: Option<(u64, Vec<u8>)> = None;
        loop {
            let answer = self.hear().await?;
            match answer[0].as_str() {
                Some("EVENT") => {
                    let event = &answer[2];
                    let at = event["created_at"].as_u64().unwrap_or(0);
                    let content = event["content"].as_str().unwrap_or_default();
                    if newest.as_ref().is_none_or(|(known, _)| *known < at) {
                        newest = Some((at, content.as_bytes().to_vec()));
                    }
                }
                Some("EOSE") => break,
                _ => {}
            }
        }
        self.say("[\"CLOSE\",\"s\"]".to_owned()).await?;
        Ok(newest.map(|(_, content)| content))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
