//! The relay as a process that is killed while many write: what it acknowledged it has, and no lane
//! ever goes back.

use std::path::Path;
use std::time::Duration;

use attune_core::sync::SyncRequest;
use attune_relay::inspect;
use attune_tests::dice::Dice;
use attune_tests::place::{ORIGIN, database_in};
use attune_tests::process::{RelayProcess, kills};
use attune_tests::road::{agent, send};
use attune_wire::{
    ENVELOPE_LEN, LaneId, Operation, RelayId, Request, Response, SigningKey, Status,
};

const PARTY: &str = env!("CARGO_BIN_EXE_party");
const WRITERS: u8 = 8;

/// One lane, and what its writer knows of it.
struct Writer {
    writer: SigningKey,
    reader: SigningKey,
    /// The last version that the relay said is stored.
    acknowledged: u64,
    /// The last version that was sent.
    tried: u64,
}

impl Writer {
    fn new(number: u8) -> Self {
        let key = |end| {
            let mut seed = [end; 32];
            seed[0] = number;
            SigningKey::from_seed(&seed)
        };
        Self { writer: key(1), reader: key(2), acknowledged: 0, tried: 0 }
    }

    fn lane(&self) -> LaneId {
        LaneId::of(&self.writer.public(), &self.reader.public())
    }

    fn ask(
        &self,
        address: std::net::SocketAddr,
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
        assert_eq!(status, 200);
        Some(Response::parse(&body).unwrap())
    }

    /// Writes one version after the other, until nobody answers.
    fn write(&mut self, address: std::net::SocketAddr, mut dice: Dice) {
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
    fn check(&mut self, address: std::net::SocketAddr, there: u64) {
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
fn envelope(version: u64) -> Box<[u8; ENVELOPE_LEN]> {
    let mut dice = Dice::new(version);
    let mut envelope = Box::new([0; ENVELOPE_LEN]);
    for chunk in envelope.chunks_exact_mut(8) {
        chunk.copy_from_slice(&dice.roll().to_be_bytes());
    }
    envelope
}

#[test]
fn what_a_killed_relay_acknowledged_it_has() {
    let seed = Dice::seed(23);
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let folder = tempfile::tempdir().unwrap();
    let mut relay = RelayProcess::start(Path::new(PARTY), folder.path());
    let mut writers: Vec<Writer> = (1..=WRITERS).map(Writer::new).collect();
    for writer in &writers {
        let opened = writer.ask(relay.address(), Operation::Open, 0, 0).unwrap();
        assert_eq!(opened.status, Status::Stored);
    }
    let rounds = kills().div_ceil(5).max(10);
    for _ in 0..rounds {
        let address = relay.address();
        std::thread::scope(|scope| {
            for writer in &mut writers {
                let dice = Dice::new(dice.roll());
                scope.spawn(move || writer.write(address, dice));
            }
            // The delay is the fault itself: nothing is waited for.
            std::thread::sleep(Duration::from_micros(dice.below(120_000)));
            relay.kill();
        });
        relay.go_on();
        let rows = inspect(&database_in(folder.path())).unwrap();
        assert_eq!(rows.len(), writers.len());
        for writer in &mut writers {
            let row = rows.iter().find(|row| row.lane_id == writer.lane()).unwrap();
            writer.check(relay.address(), row.ver);
        }
    }
    let stored: u64 = writers.iter().map(|writer| writer.acknowledged).sum();
    println!("{rounds} kills, versions up to {stored}");
    assert!(stored > u64::from(rounds), "hardly anything was written");
}
