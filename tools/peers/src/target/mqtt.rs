//! MQTT 3.1.1: a retained message for each lane, published at QoS 1, so that the broker acknowledges
//! it.

use std::net::SocketAddr;
use std::sync::Arc;

use attune_load::{Answer, Broken, Client, PAYLOAD_LEN, Payload, Target};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{Ready, Stream, bytes, connect, framed};

const CONNACK: u8 = 0x20;
const PUBLISH: u8 = 0x30;
const PUBACK: u8 = 0x40;
const SUBACK: u8 = 0x90;
const UNSUBACK: u8 = 0xb0;
const PINGRESP: u8 = 0xd0;

pub(crate) struct Mqtt {
    pub(crate) address: SocketAddr,
    pub(crate) payload: Arc<Payload>,
}

pub(crate) struct MqttClient {
    stream: Stream,
    payload: Arc<Payload>,
}

impl Ready for Mqtt {}

impl Target for Mqtt {
    type Client = MqttClient;

    async fn client(&self, number: u32) -> Result<MqttClient, Broken> {
        let stream = connect(self.address).await?;
        let mut client = MqttClient { stream, payload: Arc::clone(&self.payload) };
        // Protocol MQTT, level 4, clean session, kept alive for ever, and a name.
        let mut connect = b"\x00\x04MQTT\x04\x02\x00\x00".to_vec();
        text(&mut connect, &format!("c{number}"));
        client.send(0x10, &connect).await?;
        match client.packet().await? {
            (CONNACK, answer) if answer.get(1) == Some(&0) => Ok(client),
            _ => Err(Broken("not let in")),
        }
    }
}

impl MqttClient {
    async fn send(&mut self, kind: u8, rest: &[u8]) -> Result<(), Broken> {
        let packet = [&head(kind, rest.len()), rest].concat();
        Ok(self.stream.write_all(&packet).await?)
    }

    /// The next packet's kind, without its flags, and what follows its length.
    async fn packet(&mut self) -> Result<(u8, Vec<u8>), Broken> {
        let kind = self.stream.read_u8().await? & 0xf0;
        let (mut length, mut shift) = (0_usize, 0);
        loop {
            let byte = self.stream.read_u8().await?;
            length |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok((kind, bytes(&mut self.stream, length).await?))
    }
}

impl Client for MqttClient {
    async fn open(&mut self, _: u32) -> Result<u64, Broken> {
        Ok(0)
    }

    async fn put(&mut self, lane: u32, version: u64) -> Result<Answer, Broken> {
        let mut topic = Vec::new();
        text(&mut topic, &topic_of(lane));
        topic.extend_from_slice(&[0, 1]);
        // QoS 1 and retained.
        let start = [head(PUBLISH | 0x03, topic.len() + PAYLOAD_LEN), topic].concat();
        let request = framed(&start, &self.payload, lane, version, b"");
        self.stream.write_all(&request).await?;
        match self.packet().await? {
            (PUBACK, _) => Ok(Answer::Acknowledged),
            _ => Err(Broken("not an acknowledgement")),
        }
    }

    async fn get(&mut self, lane: u32) -> Result<Option<Vec<u8>>, Broken> {
        let mut rest = vec![0, 2];
        text(&mut rest, &topic_of(lane));
        let topic = rest.clone();
        rest.push(0);
        self.send(0x82, &rest).await?;
        // What is retained comes with the subscription, and so before the answer to what follows it.
        self.send(0xc0, b"").await?;
        let mut value = None;
        loop {
            match self.packet().await? {
                (PUBLISH, packet) => value = packet.get(2 + topic.len() - 4..).map(<[u8]>::to_vec),
                (SUBACK, _) => {}
                (PINGRESP, _) => break,
                _ => return Err(Broken("another packet")),
            }
        }
        self.send(0xa2, &topic).await?;
        match self.packet().await? {
            (UNSUBACK, _) => Ok(value),
            _ => Err(Broken("another packet")),
        }
    }
}

fn topic_of(lane: u32) -> String {
    format!("lane/{lane:08x}")
}

fn head(kind: u8, mut length: usize) -> Vec<u8> {
    let mut head = vec![kind];
    loop {
        let low = (length & 0x7f) as u8;
        length >>= 7;
        head.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            return head;
        }
    }
}

fn text(to: &mut Vec<u8>, text: &str) {
    to.extend_from_slice(&(text.len() as u16).to_be_bytes());
    to.extend_from_slice(text.as_bytes());
}
