//! Redis: `SET` and `GET` in its own protocol (RESP 2).

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use attune_load::{Answer, Broken, Client, PAYLOAD_LEN, Payload, Target};
use tokio::io::AsyncWriteExt as _;

use super::{Ready, Stream, bytes, connect, framed, line};

/// Between two questions to one that reads its file.
const LOADING: Duration = Duration::from_millis(20);

pub(crate) struct Redis {
    pub(crate) address: SocketAddr,
    pub(crate) payload: Arc<Payload>,
}

pub(crate) struct RedisClient {
    stream: Stream,
    payload: Arc<Payload>,
}

impl Ready for Redis {}

impl Target for Redis {
    type Client = RedisClient;

    async fn client(&self, _: u32) -> Result<RedisClient, Broken> {
        let stream = connect(self.address).await?;
        Ok(RedisClient { stream, payload: Arc::clone(&self.payload) })
    }
}

impl Client for RedisClient {
    async fn open(&mut self, _: u32) -> Result<u64, Broken> {
        Ok(0)
    }

    async fn put(&mut self, lane: u32, version: u64) -> Result<Answer, Broken> {
        let head = format!("*3\r\n$3\r\nSET\r\n$8\r\n{lane:08x}\r\n${PAYLOAD_LEN}\r\n");
        let request = framed(head.as_bytes(), &self.payload, lane, version, b"\r\n");
        self.stream.write_all(&request).await?;
        match line(&mut self.stream).await?.as_str() {
            "+OK" => Ok(Answer::Acknowledged),
            _ => Ok(Answer::Refused("an error")),
        }
    }

    async fn get(&mut self, lane: u32) -> Result<Option<Vec<u8>>, Broken> {
        let request = format!("*2\r\n$3\r\nGET\r\n$8\r\n{lane:08x}\r\n");
        let head = loop {
            self.stream.write_all(request.as_bytes()).await?;
            let head = line(&mut self.stream).await?;
            // After a kill it listens before it has read its file.
            if !head.starts_with("-LOADING") {
                break head;
            }
            tokio::time::sleep(LOADING).await;
        };
        if head == "$-1" {
            return Ok(None);
        }
        let count = head.strip_prefix('$').and_then(|count| count.parse::<usize>().ok());
        let count = count.ok_or(Broken("not a value"))?;
        let mut value = bytes(&mut self.stream, count + 2).await?;
        value.truncate(count);
        Ok(Some(value))
    }
}
