//! What a relay answers.
//!
//! | offset | length | field |
//! |---|---|---|
//! | 0 | 1 | frame version 1 |
//! | 1 | 1 | status |
//! | 2 | 2 | zero |
//! | 4 | 8 | the lane's current version, u64, big endian, below 2^63 |
//! | 12 | 4 | seconds to wait before the next try, u32, big endian |
//! | 16 | 240 | zero |
//! | 256 | 8,192 | NEW: the envelope; else random bytes |
//!
//! A relay signs nothing: status, version and wait are its word alone, and the envelope proves
//! itself when it is opened.

use std::fmt;

use crate::layout::{
    ENVELOPE_LEN, FRAME_LEN, FRAME_VERSION, FrameError, HEADER_LEN, envelope, take, take_version,
    take_zeros,
};

/// How a request went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// PUT: stored. OPEN: the lane was made. CLOSE: the lane was removed.
    Stored,
    /// PUT: this very envelope was stored before. OPEN: the lane was there. CLOSE: it was not.
    Same,
    /// GET: here is a newer envelope.
    New,
    /// GET: nothing newer is held.
    Nothing,
    /// PUT: this version or a later one was stored before, with other bytes.
    Stale,
    /// No such lane, no such grant, a bad signature or another relay: one answer for all.
    Denied,
    /// Too many requests for this lane; try again after the given seconds.
    Slow,
    /// The relay has no room, or the grant is used up for this month.
    Full,
    /// The relay does not speak this frame version.
    Version,
}

impl Status {
    /// All nine, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Stored,
        Self::Same,
        Self::New,
        Self::Nothing,
        Self::Stale,
        Self::Denied,
        Self::Slow,
        Self::Full,
        Self::Version,
    ];

    /// The code on the wire, 0 to 8.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Stored => 0,
            Self::Same => 1,
            Self::New => 2,
            Self::Nothing => 3,
            Self::Stale => 4,
            Self::Denied => 5,
            Self::Slow => 6,
            Self::Full => 7,
            Self::Version => 8,
        }
    }

    fn of_code(code: u8) -> Result<Self, FrameError> {
        Self::ALL.into_iter().find(|one| one.code() == code).ok_or(FrameError::Status)
    }
}

/// A relay's answer. `Debug` leaves the envelope out.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// How it went.
    pub status: Status,
    /// The lane's current version; 0 where there is none to tell.
    pub version: u64,
    /// Seconds to wait before the next try; 0 but for [`Status::Slow`].
    pub retry_after: u32,
    /// [`Status::New`]: the envelope. Otherwise random bytes.
    pub envelope: Box<[u8; ENVELOPE_LEN]>,
}

impl Response {
    /// The frame to send.
    #[must_use]
    pub fn encode(&self) -> Box<[u8; FRAME_LEN]> {
        let mut frame = Box::new([0; FRAME_LEN]);
        frame[0] = FRAME_VERSION;
        frame[1] = self.status.code();
        frame[4..12].copy_from_slice(&self.version.to_be_bytes());
        frame[12..16].copy_from_slice(&self.retry_after.to_be_bytes());
        frame[HEADER_LEN..].copy_from_slice(&self.envelope[..]);
        frame
    }

    /// Reads a frame against the byte table.
    ///
    /// # Errors
    /// [`FrameError`]: the length, the frame version, the status, a field that must be zero, or a
    /// version out of range.
    pub fn parse(bytes: &[u8]) -> Result<Self, FrameError> {
        if bytes.len() != FRAME_LEN {
            return Err(FrameError::Length);
        }
        let mut rest = bytes;
        let [frame_version, status] = take(&mut rest)?;
        if frame_version != FRAME_VERSION {
            return Err(FrameError::FrameVersion);
        }
        let status = Status::of_code(status)?;
        take_zeros::<2>(&mut rest)?;
        let version = take_version(&mut rest)?;
        let retry_after = u32::from_be_bytes(take(&mut rest)?);
        take_zeros::<240>(&mut rest)?;
        Ok(Self { status, version, retry_after, envelope: envelope(rest)? })
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("version", &self.version)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}
