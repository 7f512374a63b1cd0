//! An export: a line, records one after another, and an end that vouches for them.
//!
//! ```text
//! "attune relay 1\n"
//! 'G' grant id 16 | public key 32 | month u32 | used u32 | cap u32           grants, ascending
//! 'L' lane id 16 | ver u64 | read_ver u64 | day u32 | length u16 | body      lanes, ascending
//! 'E' lanes u64 | grants u64 | SHA-256 of all bytes before this record 32
//! ```
//!
//! Numbers are big-endian; a body has 0, 32 or 8,192 bytes, as in the table.

use std::io::{Read, Write};

use attune_wire::{ENVELOPE_LEN, LaneId};
use ring::digest::{Context, SHA256};

use super::MovingError;
use crate::store::{Body, Grant, Lane};

const START: &[u8; 15] = b"attune relay 1\n";

/// One record.
pub(super) enum Record {
    Grant(Grant),
    Lane(LaneId, Lane),
    End,
}

/// Writes records and keeps count of them.
pub(super) struct Writer<W> {
    to: W,
    seen: Context,
    pub(super) lanes: u64,
    pub(super) grants: u64,
}

impl<W: Write> Writer<W> {
    pub(super) fn start(to: W) -> Result<Self, MovingError> {
        let mut writer = Self { to, seen: Context::new(&SHA256), lanes: 0, grants: 0 };
        writer.put(START)?;
        Ok(writer)
    }

    pub(super) fn grant(&mut self, grant: &Grant) -> Result<(), MovingError> {
        self.grants += 1;
        self.put(b"G")?;
        self.put(&grant.id)?;
        self.put(&grant.key)?;
        for number in [grant.month, grant.used, grant.cap] {
            self.put(&number.to_be_bytes())?;
        }
        Ok(())
    }

    pub(super) fn lane(&mut self, id: LaneId, lane: &Lane) -> Result<(), MovingError> {
        self.lanes += 1;
        self.put(b"L")?;
        self.put(&id.0)?;
        self.put(&lane.version.to_be_bytes())?;
        self.put(&lane.read_version.to_be_bytes())?;
        self.put(&lane.day.to_be_bytes())?;
        let body: &[u8] = match &lane.body {
            Body::Nothing => &[],
            Body::Digest(digest) => digest,
            Body::Envelope(envelope) => &envelope[..],
        };
        self.put(&u16::try_from(body.len()).unwrap_or(0).to_be_bytes())?;
        self.put(body)
    }

    pub(super) fn end(mut self) -> Result<W, MovingError> {
        let digest = self.seen.clone().finish();
        self.to.write_all(b"E")?;
        self.to.write_all(&self.lanes.to_be_bytes())?;
        self.to.write_all(&self.grants.to_be_bytes())?;
        self.to.write_all(digest.as_ref())?;
        Ok(self.to)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), MovingError> {
        self.seen.update(bytes);
        Ok(self.to.write_all(bytes)?)
    }
}

/// Reads records, and at the end whether they are what was written.
pub(super) struct Reader<R> {
    from: R,
    seen: Context,
    pub(super) lanes: u64,
    pub(super) grants: u64,
    last_lane: Option<LaneId>,
}

impl<R: Read> Reader<R> {
    pub(super) fn start(mut from: R) -> Result<Self, MovingError> {
        let mut start = [0; START.len()];
        let mut seen = Context::new(&SHA256);
        match from.read_exact(&mut start) {
            Ok(()) if start == *START => seen.update(START),
            Ok(()) => return Err(MovingError::NotAnExport),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                return Err(MovingError::NotAnExport);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(Self { from, seen, lanes: 0, grants: 0, last_lane: None })
    }

    /// The next record; nothing comes after [`Record::End`].
    pub(super) fn next(&mut self) -> Result<Record, MovingError> {
        let mut kind = [0];
        self.from.read_exact(&mut kind)?;
        if kind == *b"E" {
            return self.end();
        }
        self.seen.update(&kind);
        match &kind {
            b"G" => {
                self.grants += 1;
                let (id, key) = (self.take()?, self.take()?);
                let [month, used, cap] = [self.number()?, self.number()?, self.number()?];
                Ok(Record::Grant(Grant { id, key, month, used, cap }))
            }
            b"L" => {
                self.lanes += 1;
                let id = LaneId(self.take()?);
                // Whoever removes what lies between two lanes relies on their order.
                if self.last_lane.is_some_and(|last| last >= id) {
                    return Err(MovingError::Damaged);
                }
                self.last_lane = Some(id);
                let version = u64::from_be_bytes(self.take()?);
                let read_version = u64::from_be_bytes(self.take()?);
                let day = self.number()?;
                let body = match u16::from_be_bytes(self.take()?) {
                    0 => Body::Nothing,
                    32 => Body::Digest(self.take()?),
                    8_192 => Body::Envelope(Box::new(self.take::<ENVELOPE_LEN>()?)),
                    _ => return Err(MovingError::Damaged),
                };
                if i64::try_from(version).is_err() || i64::try_from(read_version).is_err() {
                    return Err(MovingError::Damaged);
                }
                Ok(Record::Lane(id, Lane { version, read_version, day, body }))
            }
            _ => Err(MovingError::Damaged),
        }
    }

    fn end(&mut self) -> Result<Record, MovingError> {
        let digest = self.seen.clone().finish();
        let lanes = u64::from_be_bytes(self.take()?);
        let grants = u64::from_be_bytes(self.take()?);
        let kept: [u8; 32] = self.take()?;
        let is_whole = digest.as_ref() == kept
            && (lanes, grants) == (self.lanes, self.grants)
            && self.from.read(&mut [0])? == 0;
        if is_whole { Ok(Record::End) } else { Err(MovingError::Damaged) }
    }

    fn number(&mut self) -> Result<u32, MovingError> {
        Ok(u32::from_be_bytes(self.take()?))
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], MovingError> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        self.seen.update(&bytes);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(version: u64, body: Body) -> Lane {
        Lane { version, read_version: version / 2, day: 20_513, body }
    }

    fn written() -> Vec<u8> {
        let mut writer = Writer::start(Vec::new()).unwrap();
        let grant = Grant { id: [1; 16], key: [2; 32], month: 24_314, used: 3, cap: 200 };
        writer.grant(&grant).unwrap();
        writer.lane(LaneId([1; 16]), &lane(0, Body::Nothing)).unwrap();
        writer.lane(LaneId([2; 16]), &lane(7, Body::Digest([9; 32]))).unwrap();
        let envelope = Body::Envelope(Box::new([5; ENVELOPE_LEN]));
        writer.lane(LaneId([3; 16]), &lane(u64::from(u32::MAX), envelope)).unwrap();
        writer.end().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<Vec<Record>, MovingError> {
        let mut reader = Reader::start(bytes)?;
        let mut records = Vec::new();
        loop {
            match reader.next()? {
                Record::End => return Ok(records),
                record => records.push(record),
            }
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let records = read(&written()).unwrap();
        let [
            Record::Grant(grant),
            Record::Lane(..),
            Record::Lane(second, digest),
            Record::Lane(_, last),
        ] = &records[..]
        else {
            panic!("{} records", records.len())
        };
        assert_eq!((grant.cap, grant.used, grant.month), (200, 3, 24_314));
        assert_eq!(*second, LaneId([2; 16]));
        assert!(*digest == lane(7, Body::Digest([9; 32])));
        assert!(*last == lane(u64::from(u32::MAX), Body::Envelope(Box::new([5; ENVELOPE_LEN]))));
    }

    /// Every byte counts, and so does every byte that is missing or too many.
    #[test]
    fn what_is_not_whole_is_refused() {
        let whole = written();
        let ends = [0, 1, 14, 15, 16, 40, 150, whole.len() / 2, whole.len() - 33, whole.len() - 1];
        for end in ends {
            assert!(read(&whole[..end]).is_err(), "cut at {end}");
        }
        for at in (0..whole.len()).step_by(37).chain(whole.len() - 60..whole.len()) {
            let mut other = whole.clone();
            other[at] ^= 1;
            assert!(read(&other).is_err(), "changed at {at}");
        }
        assert!(read(&[&whole[..], b"E"].concat()).is_err());
        assert!(matches!(read(b"a letter, and no export"), Err(MovingError::NotAnExport)));
    }

    #[test]
    fn lanes_out_of_order_are_refused() {
        let mut writer = Writer::start(Vec::new()).unwrap();
        writer.lane(LaneId([2; 16]), &lane(1, Body::Nothing)).unwrap();
        writer.lane(LaneId([1; 16]), &lane(1, Body::Nothing)).unwrap();
        assert!(matches!(read(&writer.end().unwrap()), Err(MovingError::Damaged)));
    }
}
