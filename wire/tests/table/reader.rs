//! A second reader of frames, by the byte tables of docs/protocol.md, section 7.1, and by nothing of
//! the crate's: its own offsets, its own signature check. Where the two disagree, one of them is
//! wrong. The fuzz targets in `wire/fuzz` and the tests beside it run these checks.

use attune_wire::{FrameError, GrantKey, Operation, Request, Response, canonical_origin};
use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, UnparsedPublicKey};

/// The first row of a table that bytes break, in the table's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// They are not 8,448 bytes.
    Length,
    /// Offset 0.
    FrameVersion,
    /// Offset 1.
    Code,
    /// A row that says zero.
    Zero,
    /// A number above 2^63 - 1.
    Number,
}

/// A row of a table: so many bytes from an offset.
fn row(frame: &[u8], offset: usize, length: usize) -> &[u8] {
    &frame[offset..offset + length]
}

fn zero(frame: &[u8], offset: usize, length: usize) -> Result<(), Broken> {
    if row(frame, offset, length).iter().any(|byte| *byte != 0) {
        Err(Broken::Zero)
    } else {
        Ok(())
    }
}

fn number(frame: &[u8], offset: usize) -> Result<u64, Broken> {
    let number = row(frame, offset, 8).iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    if number >> 63 == 0 { Ok(number) } else { Err(Broken::Number) }
}

fn start(frame: &[u8], codes: std::ops::RangeInclusive<u8>) -> Result<u8, Broken> {
    if frame.len() != 8_448 {
        return Err(Broken::Length);
    }
    if frame[0] != 1 {
        return Err(Broken::FrameVersion);
    }
    if !codes.contains(&frame[1]) {
        return Err(Broken::Code);
    }
    zero(frame, 2, 2)?;
    Ok(frame[1])
}

/// The y of all points whose order divides 8, little endian: those of order 4, 1, 8, 8 and 2, and two of them again
/// plus p (Chalkias and others, 2020, table 1).
const SMALL_ORDER: [&str; 7] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

fn is_of_small_order(point: &[u8]) -> bool {
    let mut y = point.to_vec();
    y[31] &= 0x7f;
    let y: String = y.iter().map(|byte| format!("{byte:02x}")).collect();
    SMALL_ORDER.contains(&&*y)
}

/// Reads a request: the number at offset 100, and whether somebody who may sign it did.
pub(crate) fn read_request(frame: &[u8]) -> Result<(u64, bool), Broken> {
    let code = start(frame, 1..=4)?;
    let version = if code <= 2 {
        number(frame, 100)?
    } else {
        zero(frame, 100, 8)?;
        0
    };
    if code == 3 {
        zero(frame, 172 + 16 + 64, 4)?;
    } else {
        zero(frame, 172, 84)?;
    }
    let (writer, reader) = (row(frame, 36, 32), row(frame, 68, 32));
    let hash = digest(&SHA256, row(frame, 172, 8_448 - 172));
    let message = [b"attune/1 f", row(frame, 0, 108), hash.as_ref()].concat();
    let signature = row(frame, 108, 64);
    let by = |key: &[u8]| {
        !is_of_small_order(key)
            && !is_of_small_order(&signature[..32])
            && UnparsedPublicKey::new(&ED25519, key).verify(&message, signature).is_ok()
    };
    let signed = match code {
        1 => by(writer),
        2 => by(reader),
        _ => by(writer) || by(reader),
    };
    Ok((version, signed))
}

/// Reads a response: the lane's version, and the seconds to wait.
pub(crate) fn read_response(frame: &[u8]) -> Result<(u64, u32), Broken> {
    start(frame, 0..=8)?;
    let version = number(frame, 4)?;
    let wait = row(frame, 12, 4).iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    zero(frame, 16, 240)?;
    Ok((version, wait))
}

/// What the crate calls the same fault.
fn named(broken: Broken, code: FrameError) -> FrameError {
    match broken {
        Broken::Length => FrameError::Length,
        Broken::FrameVersion => FrameError::FrameVersion,
        Broken::Code => code,
        Broken::Zero => FrameError::NotZero,
        Broken::Number => FrameError::Version,
    }
}

/// A frame of at most 256 given bytes, filled up; more bytes are taken as they are.
pub(crate) fn whole(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() > 256 {
        return bytes.to_vec();
    }
    let mut frame = bytes.to_vec();
    frame.resize(256, 0);
    frame.extend((0..8_192_u32).map(|at| (at % 251) as u8));
    frame
}

/// Both readers say the same of a request, to the last field.
///
/// # Panics
/// When they do not.
pub(crate) fn check_request(frame: &[u8]) {
    let parsed = Request::parse(frame);
    let (version, signed) = match read_request(frame) {
        Ok(read) => read,
        Err(broken) => {
            assert_eq!(parsed.map(|_| ()), Err(named(broken, FrameError::Operation)));
            return;
        }
    };
    let parsed = parsed.expect("the table has it");
    assert_eq!(parsed.relay().0, row(frame, 4, 32));
    let Ok(request) = parsed.verify() else {
        assert!(!signed, "a good signature was refused");
        return;
    };
    assert!(signed, "a bad signature was taken");
    let operation = [Operation::Put, Operation::Get, Operation::Open, Operation::Close];
    assert_eq!(request.operation, operation[usize::from(frame[1]) - 1]);
    assert_eq!(request.relay.0, row(frame, 4, 32));
    assert_eq!(request.writer, row(frame, 36, 32));
    assert_eq!(request.reader, row(frame, 68, 32));
    assert_eq!(request.version, version);
    let lane =
        digest(&SHA256, &[b"attune/1 lane", row(frame, 36, 32), row(frame, 68, 32)].concat());
    assert_eq!(request.lane().0, lane.as_ref()[..16]);
    match request.grant {
        Some(grant) => {
            assert_eq!(frame[1], 3);
            assert_eq!(
                (&grant.id[..], &grant.signature[..]),
                (row(frame, 172, 16), row(frame, 188, 64))
            );
        }
        None => assert_eq!(zero(frame, 172, 84), Ok(())),
    }
    assert_eq!(&request.envelope[..], row(frame, 256, 8_192));
}

/// Both readers say the same of a response, and it is written back to the same bytes.
///
/// # Panics
/// When they do not, or it is not.
pub(crate) fn check_response(frame: &[u8]) {
    let parsed = Response::parse(frame);
    match read_response(frame) {
        Ok((version, wait)) => {
            let response = parsed.expect("the table has it");
            assert_eq!((response.version, response.retry_after), (version, wait));
            assert_eq!(response.status.code(), frame[1]);
            assert_eq!(&response.envelope[..], row(frame, 256, 8_192));
            assert_eq!(&response.encode()[..], frame);
        }
        Err(broken) => assert_eq!(parsed, Err(named(broken, FrameError::Status))),
    }
}

/// An origin has one spelling, and `http` is for this machine.
///
/// # Panics
/// When it does not.
pub(crate) fn check_origin(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(canonical) = canonical_origin(text) else { return };
    assert_eq!(canonical_origin(&canonical).as_deref(), Ok(canonical.as_str()));
    assert_eq!(canonical_origin(&canonical.to_uppercase()).as_deref(), Ok(canonical.as_str()));
    assert!(canonical.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase()));
    let (scheme, authority) = canonical.split_once("://").expect("a scheme");
    assert!(!authority.contains(['/', '?', '#', '@', '\\']));
    let at_home = ["localhost", "127.", "[::1]"].iter().any(|host| authority.starts_with(host));
    assert!(scheme == "https" || (scheme == "http" && at_home));
}

/// A grant's text that is taken is the text of that grant.
///
/// # Panics
/// When it is not.
pub(crate) fn check_grant(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(key) = GrantKey::from_text(text) {
        assert_eq!(key.to_text().as_str(), text.trim().to_ascii_lowercase());
    }
}
