//! What a phone or a desk asks of a relay.
//!
//! | offset | length | field |
//! |---|---|---|
//! | 0 | 1 | frame version 1 |
//! | 1 | 1 | 1 PUT, 2 GET, 3 OPEN, 4 CLOSE |
//! | 2 | 2 | zero |
//! | 4 | 32 | relay id |
//! | 36 | 32 | writer's public key |
//! | 68 | 32 | reader's public key |
//! | 100 | 8 | PUT: version; GET: the version held; else zero. u64, big endian, below 2^63 |
//! | 108 | 64 | Ed25519 over `"attune/1 f" \|\| bytes 0..107 \|\| SHA-256(bytes 172..8447)` |
//! | 172 | 84 | OPEN: grant id 16, grant signature 64, zero 4; else zero |
//! | 256 | 8,192 | PUT: the envelope; else random bytes |

use std::fmt;

use crate::grant::Grant;
use crate::lane::{LaneId, PublicKey, sha256};
use crate::layout::{
    ENVELOPE_LEN, FRAME_LEN, FRAME_VERSION, FrameError, HEADER_LEN, envelope, take, take_version,
    take_zeros,
};
use crate::origin::RelayId;
use crate::signature::{BadSignature, SigningKey, verify};

const LABEL: &[u8; 10] = b"attune/1 f";
const SIGNATURE_AT: usize = 108;
const GRANT_AT: usize = 172;
const MESSAGE_LEN: usize = LABEL.len() + SIGNATURE_AT + 32;

/// What is asked for a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Replace the envelope. Signed by the writer.
    Put,
    /// Fetch the envelope if it is newer than the version held. Signed by the reader.
    Get,
    /// Make the lane, on a grant. Signed by the writer or the reader.
    Open,
    /// Remove the lane and all it holds. Signed by the writer or the reader.
    Close,
}

impl Operation {
    /// All four, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Put, Self::Get, Self::Open, Self::Close];

    /// The code on the wire, 1 to 4.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Put => 1,
            Self::Get => 2,
            Self::Open => 3,
            Self::Close => 4,
        }
    }

    fn of_code(code: u8) -> Result<Self, FrameError> {
        Self::ALL.into_iter().find(|one| one.code() == code).ok_or(FrameError::Operation)
    }
}

/// A request to a relay. `Debug` shows the operation and the version alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What is asked.
    pub operation: Operation,
    /// Which relay is meant.
    pub relay: RelayId,
    /// Who writes the lane.
    pub writer: PublicKey,
    /// Who reads the lane.
    pub reader: PublicKey,
    /// PUT: the version to store. GET: the version held already. At most
    /// [`crate::MAX_VERSION`], or the relay refuses the frame; 0 for OPEN and CLOSE.
    pub version: u64,
    /// OPEN: the permission, if any; `None` is 84 zeros, which only a relay on trial accepts. For
    /// the other operations it must be `None` and is not written.
    pub grant: Option<Grant>,
    /// PUT: the sealed envelope. Otherwise random bytes, so that all frames look alike.
    pub envelope: Box<[u8; ENVELOPE_LEN]>,
}

impl Request {
    /// The lane it is about.
    #[must_use]
    pub fn lane(&self) -> LaneId {
        LaneId::of(&self.writer, &self.reader)
    }

    /// The frame to send, signed by `key`: the writer's for PUT, the reader's for GET, either for
    /// OPEN and CLOSE. The same request and key give the same bytes.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Box<[u8; FRAME_LEN]> {
        let mut frame = Box::new([0; FRAME_LEN]);
        frame[0] = FRAME_VERSION;
        frame[1] = self.operation.code();
        frame[4..36].copy_from_slice(&self.relay.0);
        frame[36..68].copy_from_slice(&self.writer);
        frame[68..100].copy_from_slice(&self.reader);
        frame[100..SIGNATURE_AT].copy_from_slice(&self.version.to_be_bytes());
        if let (Operation::Open, Some(grant)) = (self.operation, &self.grant) {
            frame[GRANT_AT..GRANT_AT + 16].copy_from_slice(&grant.id);
            frame[GRANT_AT + 16..GRANT_AT + 80].copy_from_slice(&grant.signature);
        }
        frame[HEADER_LEN..].copy_from_slice(&self.envelope[..]);
        let signature = key.sign(&message(&frame));
        frame[SIGNATURE_AT..GRANT_AT].copy_from_slice(&signature);
        frame
    }

    /// Reads a frame against the byte table. Cheap: no signature is checked yet.
    ///
    /// # Errors
    /// [`FrameError`]: the length, the frame version, the operation, a field that must be zero, or
    /// a version out of range, checked in this order.
    pub fn parse(bytes: &[u8]) -> Result<SignedRequest, FrameError> {
        let frame: &[u8; FRAME_LEN] = bytes.try_into().map_err(|_| FrameError::Length)?;
        let mut rest = &frame[..];
        let [frame_version, operation] = take(&mut rest)?;
        if frame_version != FRAME_VERSION {
            return Err(FrameError::FrameVersion);
        }
        let operation = Operation::of_code(operation)?;
        take_zeros::<2>(&mut rest)?;
        let relay = RelayId(take(&mut rest)?);
        let writer = take(&mut rest)?;
        let reader = take(&mut rest)?;
        let version = match operation {
            Operation::Put | Operation::Get => take_version(&mut rest)?,
            Operation::Open | Operation::Close => take_zeros::<8>(&mut rest).map(|()| 0)?,
        };
        let signature = take(&mut rest)?;
        let grant = match operation {
            Operation::Open => take_grant(&mut rest)?,
            Operation::Put | Operation::Get | Operation::Close => {
                take_zeros::<84>(&mut rest).map(|()| None)?
            }
        };
        let envelope = envelope(rest)?;
        let request = Self { operation, relay, writer, reader, version, grant, envelope };
        Ok(SignedRequest { request, signature, message: message(frame) })
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A well-formed request whose signature nobody has checked yet.
#[derive(Debug, Clone)]
pub struct SignedRequest {
    pub(crate) request: Request,
    pub(crate) signature: [u8; 64],
    pub(crate) message: [u8; MESSAGE_LEN],
}

impl SignedRequest {
    /// The relay that the frame is meant for, as the unchecked frame says.
    #[must_use]
    pub fn relay(&self) -> &RelayId {
        &self.request.relay
    }

    /// Checks the signature by whoever may ask for the operation.
    ///
    /// # Errors
    /// [`BadSignature`]: by somebody else, or over other bytes. The request is then gone.
    pub fn verify(self) -> Result<Request, BadSignature> {
        let by = |key| verify(key, &self.message, &self.signature);
        let Request { operation, writer, reader, .. } = &self.request;
        match operation {
            Operation::Put => by(writer),
            Operation::Get => by(reader),
            Operation::Open | Operation::Close => by(writer).or_else(|BadSignature| by(reader)),
        }?;
        Ok(self.request)
    }
}

/// What is signed: `"attune/1 f" || bytes 0..107 || SHA-256(bytes 172..8447)`.
fn message(frame: &[u8; FRAME_LEN]) -> [u8; MESSAGE_LEN] {
    let mut message = [0; MESSAGE_LEN];
    message[..10].copy_from_slice(LABEL);
    message[10..118].copy_from_slice(&frame[..SIGNATURE_AT]);
    message[118..].copy_from_slice(&sha256(&[&frame[GRANT_AT..]]));
    message
}

fn take_grant(rest: &mut &[u8]) -> Result<Option<Grant>, FrameError> {
    let grant = Grant { id: take(rest)?, signature: take(rest)? };
    take_zeros::<4>(rest)?;
    Ok((grant != Grant { id: [0; 16], signature: [0; 64] }).then_some(grant))
}
