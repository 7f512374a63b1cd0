//! A lane's writer and reader without a phone or a desk: frames alone, and what was acknowledged.

use std::net::SocketAddr;

use attune_core::sync::SyncRequest;
use attune_wire::{
    ENVELOPE_LEN, LaneId, Operation, RelayId, Request, Response, SigningKey, Status,
};

use crate::dice::Dice;
use crate::place::ORIGIN;
use crate::road::{agent, send};

/// One lane, and what its writer knows of it.
pub struct Writer {
    writer: SigningKey,
    reader: SigningKey,
    /// The last version that the relay said is stored.
    pub acknowledged: u64,
    /// The last version that was sent.
    pub tried: u64,
}

impl Writer {
    /// The writer of a lane of its own.
    #[must_use]
    pub fn new(number: u8) -> Self {
        let key = |end| {
            let mut seed = [end; 32];
            seed[0] = number;
            SigningKey::from_seed(&seed)
        };
        Self { writer: key(1), reader: key(2), acknowledged: 0, tried: 0 }
    }

    /// The lane.
    #[must_use]
    pub fn lane(&self) -> LaneId {
        LaneId::of(&self.writer.public(), &self.reader.public())
    }

    /// What the relay says to one frame with the envelope of version `body`; `None` if it does not
    /// answer, or is not able to.
    ///
    /// # Panics
    /// When it answers something that is no frame.
    #[must_use]
    pub fn ask(
        &self,
        address: SocketAddr,
        operation: Operation,
        version: u64,
        body: u64,
    ) -> Option<Response> {
        let request = Request {
            operation,
            relay: RelayId::of_origin(ORIGIN),
            writer: self.writer.public(),
            reader: self.reader.public(),
            version,
            grant: None,
            envelope: envelope(body),
        };
        let signer = if operation == Operation::Get { &self.reader } else { &self.writer };
        let request = SyncRequest { url: format!("{ORIGIN}/v1/f"), body: request.sign(signer) };
        let (status, body) = send(&agent(), address, &request)?;
        if status == 503 {
            return None;
        }
        assert_eq!(status, 200);
        Some(Response::parse(&body).unwrap())
    }

    /// Writes one version after the other, until nobody answers.
    ///
    /// # Panics
    /// When one is answered with anything but STORED.
    pub fn write(&mut self, address: SocketAddr, mut dice: Dice) {
        loop {
            self.tried += 1 + dice.below(3);
            let Some(answer) = self.ask(address, Operation::Put, self.tried, self.tried) else {
                return;
            };
            assert_eq!((answer.status, answer.version), (Status::Stored, self.tried));
            self.acknowledged = self.tried;
        }
    }

    /// The relay is back: it holds the acknowledged version or the one that was under way.
    ///
    /// # Panics
    /// When it does not.
    pub fn check(&mut self, address: SocketAddr, there: u64) {
        assert!(there >= self.acknowledged, "{there} is below {}", self.acknowledged);
        assert!([self.acknowledged, self.tried].contains(&there), "{there} was never sent");
        if there == 0 {
            return;
        }
        let got = self.ask(address, Operation::Get, there - 1, 0).unwrap();
        assert_eq!((got.status, got.version), (Status::New, there));
        assert_eq!(got.envelope, envelope(there), "the very bytes of that version");
        let again = self.ask(address, Operation::Put, there, there).unwrap();
        assert_eq!(again.status, Status::Same);
        let other = self.ask(address, Operation::Put, there, there + 1).unwrap();
        assert_eq!((other.status, other.version), (Status::Stale, there));
        self.acknowledged = there;
        self.tried = there;
    }
}

/// The bytes that this test stores as a version.
#[must_use]
pub fn envelope(version: u64) -> Box<[u8; ENVELOPE_LEN]> {
    let mut dice = Dice::new(version);
    let mut envelope = Box::new([0; ENVELOPE_LEN]);
    for chunk in envelope.chunks_exact_mut(8) {
        chunk.copy_from_slice(&dice.roll().to_be_bytes());
    }
    envelope
}
