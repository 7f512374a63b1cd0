//! What requests and responses share: sizes, the frame version, and how a field is read.

/// Bytes of a sealed envelope, always.
pub const ENVELOPE_LEN: usize = 8_192;

/// Bytes before the envelope, in a request and in a response.
pub const HEADER_LEN: usize = 256;

/// Bytes of a frame, in either direction, whatever it asks or answers.
pub const FRAME_LEN: usize = HEADER_LEN + ENVELOPE_LEN;

/// The frame version of this crate, byte 0 of every frame.
pub const FRAME_VERSION: u8 = 1;

/// The highest version a lane can have: 2^63 - 1, so that every database's signed 64-bit integer
/// holds it. At one write a second that is 292 billion years.
pub const MAX_VERSION: u64 = i64::MAX as u64;

/// Why bytes are not a frame. Holds nothing of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Not exactly [`FRAME_LEN`] bytes.
    #[error("a frame is exactly 8448 bytes")]
    Length,
    /// Byte 0 names another frame version than [`FRAME_VERSION`].
    #[error("this frame version is not known")]
    FrameVersion,
    /// Byte 1 of a request names no operation.
    #[error("this operation is not known")]
    Operation,
    /// Byte 1 of a response names no status.
    #[error("this status is not known")]
    Status,
    /// A field that must be zero is not.
    #[error("a field that must be zero is not")]
    NotZero,
    /// The version is over [`MAX_VERSION`].
    #[error("the version is over 2^63 - 1")]
    Version,
}

/// Splits the next `N` bytes off `rest`.
pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], FrameError> {
    let (field, after) = rest.split_first_chunk::<N>().ok_or(FrameError::Length)?;
    *rest = after;
    Ok(*field)
}

/// Splits `N` bytes off `rest` that must be zero.
pub(crate) fn take_zeros<const N: usize>(rest: &mut &[u8]) -> Result<(), FrameError> {
    if take::<N>(rest)?.iter().all(|byte| *byte == 0) { Ok(()) } else { Err(FrameError::NotZero) }
}

/// Splits a version off `rest`: u64, big endian, at most [`MAX_VERSION`].
pub(crate) fn take_version(rest: &mut &[u8]) -> Result<u64, FrameError> {
    let version = u64::from_be_bytes(take(rest)?);
    if version <= MAX_VERSION { Ok(version) } else { Err(FrameError::Version) }
}

/// What is left must be one envelope.
pub(crate) fn envelope(rest: &[u8]) -> Result<Box<[u8; ENVELOPE_LEN]>, FrameError> {
    Box::<[u8]>::from(rest).try_into().map_err(|_| FrameError::Length)
}
