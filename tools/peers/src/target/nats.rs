//! NATS: a `JetStream` key-value bucket, in its own text protocol. A put is a message to the key's
//! subject, whose acknowledgement names the place it got; a get is a direct one.

use std::net::SocketAddr;
use std::sync::Arc;

use attune_load::{Answer, Broken, Client, PAYLOAD_LEN, Payload, Target};
use tokio::io::AsyncWriteExt as _;

use super::{Ready, Stream, bytes, connect, framed, line};

/// As `nats kv add lanes --storage file` makes it: one value for each key.
const STREAM: &str = r#"{"name":"KV_lanes","subjects":["$KV.lanes.>"],"retention":"limits","max_consumers":-1,"max_msgs":-1,"max_bytes":-1,"max_age":0,"max_msgs_per_subject":1,"max_msg_size":-1,"discard":"new","storage":"file","num_replicas":1,"duplicate_window":120000000000,"allow_rollup_hdrs":true,"deny_delete":true,"allow_direct":true}"#;

pub(crate) struct Nats {
    pub(crate) address: SocketAddr,
    pub(crate) payload: Arc<Payload>,
}

pub(crate) struct NatsClient {
    stream: Stream,
    inbox: String,
    payload: Arc<Payload>,
}

impl Ready for Nats {}

impl Target for Nats {
    type Client = NatsClient;

    async fn client(&self, number: u32) -> Result<NatsClient, Broken> {
        let mut stream = connect(self.address).await?;
        line(&mut stream).await?;
        let inbox = format!("_INBOX.c{number}");
        let hello = format!(
            "CONNECT {{\"verbose\":false,\"pedantic\":false,\"headers\":true,\"no_responders\":true,\
             \"protocol\":1,\"lang\":\"plain\",\"version\":\"1\"}}\r\nSUB {inbox} 1\r\n"
        );
        stream.write_all(hello.as_bytes()).await?;
        let mut client = NatsClient { stream, inbox, payload: Arc::clone(&self.payload) };
        // The same again is no error: each client makes sure that the bucket is there.
        let made = client.ask("$JS.API.STREAM.CREATE.KV_lanes", STREAM.as_bytes()).await?;
        let made = String::from_utf8_lossy(&made);
        if made.contains("\"error\"") && !made.contains("already in use") {
            return Err(Broken("the bucket was not made"));
        }
        Ok(client)
    }
}

impl NatsClient {
    async fn ask(&mut self, subject: &str, body: &[u8]) -> Result<Vec<u8>, Broken> {
        let head = format!("PUB {subject} {} {}\r\n", self.inbox, body.len());
        let request = [head.as_bytes(), body, b"\r\n"].concat();
        self.stream.write_all(&request).await?;
        self.answer().await
    }

    /// The next message's bytes, without its headers; none when there were only headers.
    async fn answer(&mut self) -> Result<Vec<u8>, Broken> {
        loop {
            let head = line(&mut self.stream).await?;
            let words: Vec<&str> = head.split(' ').collect();
            let number = |at: usize| -> Result<usize, Broken> {
                let word = words.get(at).and_then(|word| word.parse().ok());
                word.ok_or(Broken("not a number"))
            };
            let (headers, all) = match words[0] {
                "PING" => {
                    self.stream.write_all(b"PONG\r\n").await?;
                    continue;
                }
                "MSG" => (0, number(words.len() - 1)?),
                "HMSG" => (number(words.len() - 2)?, number(words.len() - 1)?),
                "INFO" | "PONG" => continue,
                _ => return Err(Broken("an error")),
            };
            let mut body = bytes(&mut self.stream, all + 2).await?;
            body.truncate(all);
            return Ok(body.split_off(headers.min(all)));
        }
    }
}

impl Client for NatsClient {
    async fn open(&mut self, _: u32) -> Result<u64, Broken> {
        Ok(0)
    }

    async fn put(&mut self, lane: u32, version: u64) -> Result<Answer, Broken> {
        let head = format!("PUB $KV.lanes.{lane:08x} {} {PAYLOAD_LEN}\r\n", self.inbox);
        let request = framed(head.as_bytes(), &self.payload, lane, version, b"\r\n");
        self.stream.write_all(&request).await?;
        let answer = self.answer().await?;
        let answer = String::from_utf8_lossy(&answer);
        let kept = answer.contains("\"seq\":") && !answer.contains("\"error\"");
        Ok(if kept { Answer::Acknowledged } else { Answer::Refused("an error") })
    }

    async fn get(&mut self, lane: u32) -> Result<Option<Vec<u8>>, Broken> {
        let subject = format!("$JS.API.DIRECT.GET.KV_lanes.$KV.lanes.{lane:08x}");
        let value = self.ask(&subject, b"").await?;
        Ok((!value.is_empty()).then_some(value))
    }
}
