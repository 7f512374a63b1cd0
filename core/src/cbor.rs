//! The strict CBOR that documents and pairing messages are written in.
//!
//! A small part of RFC 8949 in its core deterministic encoding (section 4.2.1): integers, byte
//! strings, text strings, arrays, maps with integer keys, `true`, `false` and `null`. Whatever has
//! two encodings has one here, so that accepted bytes and their meaning are the same thing.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// Arrays and maps inside one another, the outermost included.
const DEPTH: u8 = 4;

/// Why bytes are not the CBOR that the protocol speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The bytes end inside an item.
    #[error("the bytes end too soon")]
    Truncated,
    /// Bytes follow the item.
    #[error("bytes follow the item")]
    Trailing,
    /// An integer or a length has a shorter encoding.
    #[error("an integer is not in its shortest form")]
    NotShortest,
    /// A string, array or map of indefinite length.
    #[error("an indefinite length")]
    Indefinite,
    /// A map's keys are not in ascending order of their bytes.
    #[error("keys out of order")]
    KeyOrder,
    /// A map has a key twice.
    #[error("a duplicate")]
    Duplicate,
    /// Arrays and maps go deeper than four.
    #[error("nested too deep")]
    TooDeep,
    /// A tag, a floating-point number, an unassigned simple value, or a key that is no integer.
    #[error("an item that the protocol has no use for")]
    Unused,
    /// A text string that is not UTF-8.
    #[error("text that is not UTF-8")]
    NotUtf8,
    /// A field that must be there is not.
    #[error("a field is missing")]
    Missing,
    /// A field is of another type.
    #[error("a field of another type")]
    WrongType,
    /// A byte string, a list or an integer is not of the size that its field has.
    #[error("a field of another size")]
    WrongSize,
    /// A code that this protocol version does not have.
    #[error("an unknown code")]
    UnknownCode,
    /// A list or map that must be left out when it is empty, or a flag that can only be true.
    #[error("an empty field that must be left out")]
    Empty,
}

/// Why an item cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// It is not what the protocol speaks.
    Malformed(Malformed),
    /// It has an unknown negative key: a newer app is needed to understand it.
    NewerNeeded,
}

impl From<Malformed> for ReadError {
    fn from(error: Malformed) -> Self {
        Self::Malformed(error)
    }
}

/// One item, strings borrowed from the bytes read.
pub(crate) enum Item<'a> {
    Uint(u64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Bool(bool),
    Array(Vec<Self>),
    Map(Vec<(Key, Self)>),
    /// A negative integer or `null`: allowed, and no field of ours.
    Other,
}

/// A map's key. Ordered as its encoding is, byte by byte: 0, 1, 2 … and then -1, -2 ….
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Plain(u64),
    /// -1 - n.
    Critical(u64),
}

/// Reads exactly one item from `bytes`.
pub(crate) fn read(bytes: &[u8]) -> Result<Item<'_>, Malformed> {
    let mut decoder = Decoder::new(bytes);
    let item = read_item(&mut decoder, DEPTH)?;
    if decoder.position() == bytes.len() { Ok(item) } else { Err(Malformed::Trailing) }
}

impl<'a> Item<'a> {
    pub(crate) fn uint(&self) -> Result<u64, Malformed> {
        if let Self::Uint(number) = self { Ok(*number) } else { Err(Malformed::WrongType) }
    }

    /// An unsigned integer that fits `T`.
    pub(crate) fn small<T: TryFrom<u64>>(&self) -> Result<T, Malformed> {
        T::try_from(self.uint()?).map_err(|_| Malformed::WrongSize)
    }

    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N], Malformed> {
        let Self::Bytes(bytes) = self else {
            return Err(Malformed::WrongType);
        };
        <[u8; N]>::try_from(*bytes).map_err(|_| Malformed::WrongSize)
    }

    pub(crate) fn text(&self) -> Result<&'a str, Malformed> {
        if let Self::Text(text) = self { Ok(text) } else { Err(Malformed::WrongType) }
    }

    /// A flag that is left out when it does not hold.
    pub(crate) fn flag(&self) -> Result<bool, Malformed> {
        match self {
            Self::Bool(true) => Ok(true),
            Self::Bool(false) => Err(Malformed::Empty),
            _ => Err(Malformed::WrongType),
        }
    }

    pub(crate) fn array(self) -> Result<Vec<Self>, Malformed> {
        if let Self::Array(items) = self { Ok(items) } else { Err(Malformed::WrongType) }
    }

    /// An array that is left out when it is empty.
    pub(crate) fn list(self) -> Result<Vec<Self>, Malformed> {
        let items = self.array()?;
        if items.is_empty() { Err(Malformed::Empty) } else { Ok(items) }
    }

    /// An array of exactly two.
    pub(crate) fn pair(self) -> Result<[Self; 2], Malformed> {
        self.array()?.try_into().map_err(|_| Malformed::WrongSize)
    }

    pub(crate) fn fields(self) -> Result<Fields<'a>, ReadError> {
        let Self::Map(fields) = self else {
            return Err(Malformed::WrongType.into());
        };
        // No negative key has a meaning in this version, so any is one of a newer app.
        if fields.iter().any(|(key, _)| matches!(key, Key::Critical(_))) {
            return Err(ReadError::NewerNeeded);
        }
        Ok(Fields(fields))
    }
}

/// A map's fields, taken out one by one; what is left is unknown and ignored.
pub(crate) struct Fields<'a>(Vec<(Key, Item<'a>)>);

impl<'a> Fields<'a> {
    pub(crate) fn take(&mut self, key: u64) -> Option<Item<'a>> {
        let at = self.0.iter().position(|(other, _)| *other == Key::Plain(key))?;
        Some(self.0.remove(at).1)
    }

    /// Whether no field is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn need(&mut self, key: u64) -> Result<Item<'a>, Malformed> {
        self.take(key).ok_or(Malformed::Missing)
    }
}

fn read_item<'a>(decoder: &mut Decoder<'a>, depth: u8) -> Result<Item<'a>, Malformed> {
    let start = decoder.position();
    let kind = decoder.datatype().map_err(|_| Malformed::Truncated)?;
    let item = match kind {
        Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64
        | Type::Int => match read_key(decoder)? {
            Key::Plain(number) => Item::Uint(number),
            Key::Critical(_) => Item::Other,
        },
        Type::Bytes => {
            let bytes = decoder.bytes().map_err(|_| Malformed::Truncated)?;
            shortest(decoder.position() - start - bytes.len(), bytes.len() as u64)?;
            Item::Bytes(bytes)
        }
        Type::String => {
            let text = decoder.str().map_err(text_error)?;
            shortest(decoder.position() - start - text.len(), text.len() as u64)?;
            Item::Text(text)
        }
        Type::Array | Type::Map => {
            let depth = depth.checked_sub(1).ok_or(Malformed::TooDeep)?;
            let is_map = kind == Type::Map;
            let count = if is_map { decoder.map() } else { decoder.array() };
            let count = count.map_err(|_| Malformed::Truncated)?.ok_or(Malformed::Indefinite)?;
            shortest(decoder.position() - start, count)?;
            if is_map {
                read_map(decoder, count, depth)?
            } else {
                read_array(decoder, count, depth)?
            }
        }
        Type::Bool => Item::Bool(decoder.bool().map_err(|_| Malformed::Truncated)?),
        Type::Null => {
            decoder.null().map_err(|_| Malformed::Truncated)?;
            Item::Other
        }
        Type::BytesIndef | Type::StringIndef | Type::ArrayIndef | Type::MapIndef => {
            return Err(Malformed::Indefinite);
        }
        Type::Undefined
        | Type::F16
        | Type::F32
        | Type::F64
        | Type::Simple
        | Type::Tag
        | Type::Break
        | Type::Unknown(_) => return Err(Malformed::Unused),
    };
    Ok(item)
}

// A count is a claim of whoever wrote the bytes: nothing is reserved for it.
fn read_array<'a>(decoder: &mut Decoder<'a>, count: u64, depth: u8) -> Result<Item<'a>, Malformed> {
    let mut items = Vec::new();
    for _ in 0..count {
        items.push(read_item(decoder, depth)?);
    }
    Ok(Item::Array(items))
}

fn read_map<'a>(decoder: &mut Decoder<'a>, count: u64, depth: u8) -> Result<Item<'a>, Malformed> {
    let mut fields: Vec<(Key, Item<'a>)> = Vec::new();
    for _ in 0..count {
        let key = read_key(decoder)?;
        if let Some((last, _)) = fields.last() {
            match key.cmp(last) {
                std::cmp::Ordering::Greater => {}
                std::cmp::Ordering::Equal => return Err(Malformed::Duplicate),
                std::cmp::Ordering::Less => return Err(Malformed::KeyOrder),
            }
        }
        fields.push((key, read_item(decoder, depth)?));
    }
    Ok(Item::Map(fields))
}

fn read_key(decoder: &mut Decoder<'_>) -> Result<Key, Malformed> {
    let start = decoder.position();
    let number = match decoder.datatype().map_err(|_| Malformed::Truncated)? {
        Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64
        | Type::Int => decoder.int().map_err(|_| Malformed::Truncated)?,
        _ => return Err(Malformed::Unused),
    };
    let number = i128::from(number);
    let (argument, key): (u64, fn(u64) -> Key) = if number < 0 {
        (u64::try_from(-1 - number).map_err(|_| Malformed::Unused)?, Key::Critical)
    } else {
        (u64::try_from(number).map_err(|_| Malformed::Unused)?, Key::Plain)
    };
    shortest(decoder.position() - start, argument)?;
    Ok(key(argument))
}

/// Holds an item's head of `len` bytes to the shortest one for its `argument`.
fn shortest(len: usize, argument: u64) -> Result<(), Malformed> {
    let wanted = match argument {
        0..=23 => 1,
        24..=0xff => 2,
        0x100..=0xffff => 3,
        0x1_0000..=0xffff_ffff => 5,
        _ => 9,
    };
    if len == wanted { Ok(()) } else { Err(Malformed::NotShortest) }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn text_error(error: minicbor::decode::Error) -> Malformed {
    if error.is_end_of_input() { Malformed::Truncated } else { Malformed::NotUtf8 }
}

/// The room given for an encoding is too small. Nothing is to be made of what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

/// Writes items into a buffer of fixed size, so that no copy of a plaintext is left in a grown one.
pub(crate) struct Writer<'a>(Encoder<&'a mut [u8]>);

impl<'a> Writer<'a> {
    pub(crate) fn new(room: &'a mut [u8]) -> Self {
        Self(Encoder::new(room))
    }

    /// Bytes of the room that are still free.
    pub(crate) fn free(&self) -> usize {
        self.0.writer().len()
    }

    pub(crate) fn map(&mut self, count: usize) -> Result<&mut Self, Full> {
        self.0.map(count as u64).map_err(|_| Full)?;
        Ok(self)
    }

    pub(crate) fn array(&mut self, count: usize) -> Result<&mut Self, Full> {
        self.0.array(count as u64).map_err(|_| Full)?;
        Ok(self)
    }

    pub(crate) fn uint(&mut self, number: impl Into<u64>) -> Result<&mut Self, Full> {
        self.0.u64(number.into()).map_err(|_| Full)?;
        Ok(self)
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<&mut Self, Full> {
        self.0.bytes(bytes).map_err(|_| Full)?;
        Ok(self)
    }

    pub(crate) fn text(&mut self, text: &str) -> Result<&mut Self, Full> {
        self.0.str(text).map_err(|_| Full)?;
        Ok(self)
    }

    pub(crate) fn yes(&mut self) -> Result<&mut Self, Full> {
        self.0.bool(true).map_err(|_| Full)?;
        Ok(self)
    }
}

/// Encodes through `write` into at most `most` bytes; the buffer between is wiped.
pub(crate) fn encode(
    most: usize,
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), Full>,
) -> Result<zeroize::Zeroizing<Vec<u8>>, Full> {
    let mut room = zeroize::Zeroizing::new(vec![0; most]);
    let mut writer = Writer::new(&mut room);
    write(&mut writer)?;
    let written = most - writer.free();
    room.truncate(written);
    Ok(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_out_of_the_one_encoding_is_refused() {
        use Malformed as M;
        let cases: [(&[u8], M); 26] = [
            (&[], M::Truncated),
            (&[0x18], M::Truncated),
            (&[0x42, 0], M::Truncated),
            (&[0x82, 0], M::Truncated),
            (&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], M::Truncated),
            (&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], M::Truncated),
            (&[0, 0], M::Trailing),
            (&[0x18, 23], M::NotShortest),
            (&[0x19, 0, 255], M::NotShortest),
            (&[0x38, 23], M::NotShortest),
            (&[0x58, 1, 0], M::NotShortest),
            (&[0x78, 1, b'a'], M::NotShortest),
            (&[0x98, 1, 0], M::NotShortest),
            (&[0xb8, 1, 0, 0], M::NotShortest),
            (&[0xa1, 0x18, 0, 0], M::NotShortest),
            (&[0x5f, 0xff], M::Indefinite),
            (&[0x7f, 0xff], M::Indefinite),
            (&[0x9f, 0xff], M::Indefinite),
            (&[0xbf, 0xff], M::Indefinite),
            (&[0xa2, 1, 0, 0, 0], M::KeyOrder),
            (&[0xa2, 1, 0, 1, 0], M::Duplicate),
            (&[0x81, 0x81, 0x81, 0x81, 0x80], M::TooDeep),
            (&[0xc0, 0], M::Unused),
            (&[0xf9, 0, 0], M::Unused),
            (&[0xa1, 0x61, b'a', 0], M::Unused),
            (&[0x61, 0xff], M::NotUtf8),
        ];
        for (bytes, wanted) in cases {
            assert_eq!(read(bytes).err(), Some(wanted), "{bytes:02x?}");
        }
    }

    #[test]
    fn the_one_encoding_is_read() {
        let cases: [&[u8]; 8] = [
            &[0x18, 24],
            &[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0xa2, 1, 0, 0x20, 0],
            &[0x81, 0x81, 0x81, 0x80],
            &[0xf5],
            &[0xf6],
            &[0x62, 0xc3, 0xa9],
        ];
        for bytes in cases {
            assert!(read(bytes).is_ok(), "{bytes:02x?}");
        }
    }

    #[test]
    fn a_negative_key_asks_for_a_newer_app() {
        let item = read(&[0xa2, 0, 0, 0x20, 0]).unwrap();
        assert_eq!(item.fields().err(), Some(ReadError::NewerNeeded));
    }

    #[test]
    fn an_encoding_that_does_not_fit_is_an_error() {
        assert!(encode(3, |w| w.bytes(&[1, 2, 3]).map(drop)).is_err());
        assert_eq!(*encode(9, |w| w.bytes(&[1, 2, 3]).map(drop)).unwrap(), [0x43, 1, 2, 3]);
    }
}
