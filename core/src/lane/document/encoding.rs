//! The document's fields as CBOR. Keys are written in ascending order; what is empty is left out.

use zeroize::Zeroizing;

use super::{
    About, CaseId, DOCUMENT_LEN, DecodeError, Document, DocumentError, Echo, Entry, Incarnation,
    Kind, LaneMove, Malformed, Notice, NoticeState, Proposal, ProtocolRange, ReceiveKey, SaidTo,
    TextId,
};
use crate::cbor::{self, Fields, Full, Item, ReadError, Writer};
use crate::repair::{Pointer, RepairOption};

impl Document {
    pub(super) fn write(&self, w: &mut Writer<'_>) -> Result<(), Full> {
        let optional = [
            !self.entries.is_empty(),
            !self.notices.is_empty(),
            !self.texts_stored.is_empty(),
            self.goodbye,
            self.lanes.is_some(),
            !self.proposals.is_empty(),
            self.about.is_some(),
            !self.said.is_empty(),
            self.own_about.is_some(),
        ];
        w.map(6 + optional.iter().filter(|there| **there).count())?;
        w.uint(0u8)?.uint(self.version)?;
        w.uint(1u8)?;
        self.range.write(w)?;
        w.uint(2u8)?.bytes(self.incarnation.as_bytes())?;
        w.uint(3u8)?;
        self.receive_key.write(w)?;
        w.uint(4u8)?.array(2)?.uint(self.echo.version)?.bytes(&self.echo.digest)?;
        w.uint(5u8)?.uint(self.sealed_to)?;
        if !self.entries.is_empty() {
            w.uint(6u8)?.array(self.entries.len())?;
            self.entries.iter().try_for_each(|entry| entry.write(w))?;
        }
        if !self.notices.is_empty() {
            w.uint(7u8)?.array(self.notices.len())?;
            self.notices.iter().try_for_each(|notice| notice.write(w))?;
        }
        if !self.texts_stored.is_empty() {
            w.uint(8u8)?.array(self.texts_stored.len())?;
            for text in &self.texts_stored {
                w.bytes(text.as_bytes())?;
            }
        }
        if self.goodbye {
            w.uint(9u8)?.yes()?;
        }
        if let Some(lanes) = &self.lanes {
            w.uint(10u8)?.array(2)?.uint(lanes.epoch)?.text(&lanes.relay)?;
        }
        if !self.proposals.is_empty() {
            w.uint(12u8)?.array(self.proposals.len())?;
            self.proposals.iter().try_for_each(|proposal| proposal.write(w))?;
        }
        if let Some(about) = &self.about {
            w.uint(13u8)?;
            about.write(w)?;
        }
        if !self.said.is_empty() {
            w.uint(14u8)?.array(self.said.len())?;
            self.said.iter().try_for_each(|said| said.write(w))?;
        }
        if let Some(own) = &self.own_about {
            w.uint(15u8)?.text(own)?;
        }
        Ok(())
    }

    pub(super) fn read(item: Item<'_>) -> Result<Self, ReadError> {
        let mut fields = item.fields()?;
        Ok(Self {
            version: fields.need(0)?.uint()?,
            range: ProtocolRange::read(fields.need(1)?)?,
            incarnation: Incarnation::from_bytes(fields.need(2)?.bytes()?),
            receive_key: ReceiveKey::read(fields.need(3)?)?,
            echo: {
                let [version, digest] = fields.need(4)?.pair()?;
                Echo { version: version.uint()?, digest: digest.bytes()? }
            },
            sealed_to: fields.need(5)?.uint()?,
            entries: read_list(&mut fields, 6, Entry::read)?,
            notices: read_list(&mut fields, 7, Notice::read)?,
            texts_stored: read_list(&mut fields, 8, |item| Ok(TextId::from_bytes(item.bytes()?)))?,
            goodbye: fields.take(9).map_or(Ok(false), |item| item.flag())?,
            lanes: match fields.take(10) {
                None => None,
                Some(item) => {
                    let [epoch, relay] = item.pair()?;
                    Some(LaneMove { epoch: epoch.uint()?, relay: relay.text()?.to_owned() })
                }
            },
            proposals: read_list(&mut fields, 12, Proposal::read)?,
            about: fields.take(13).map(About::read).transpose()?,
            said: read_list(&mut fields, 14, SaidTo::read)?,
            own_about: fields.take(15).map(|item| item.text().map(wiped)).transpose()?,
        })
    }
}

impl ProtocolRange {
    pub(crate) fn write(self, w: &mut Writer<'_>) -> Result<(), Full> {
        w.array(2)?.uint(self.lowest)?.uint(self.highest).map(drop)
    }

    pub(crate) fn read(item: Item<'_>) -> Result<Self, Malformed> {
        let [lowest, highest] = item.pair()?;
        Ok(Self { lowest: lowest.uint()?, highest: highest.uint()? })
    }
}

impl ReceiveKey {
    pub(crate) fn write(&self, w: &mut Writer<'_>) -> Result<(), Full> {
        w.array(2)?.uint(self.epoch)?.bytes(self.public.as_slice()).map(drop)
    }

    pub(crate) fn read(item: Item<'_>) -> Result<Self, Malformed> {
        let [epoch, public] = item.pair()?;
        Ok(Self { epoch: epoch.uint()?, public: Box::new(public.bytes()?) })
    }
}

impl Entry {
    /// The entry as it stands in a document: what a preview shows and a share is held to.
    pub(crate) fn encode(&self) -> Result<Zeroizing<Vec<u8>>, DocumentError> {
        cbor::encode(DOCUMENT_LEN, |writer| self.write(writer))
            .map_err(|Full| DocumentError::TooLarge)
    }

    /// The entry of those bytes.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self::read(cbor::read(bytes)?)?)
    }

    fn write(&self, w: &mut Writer<'_>) -> Result<(), Full> {
        let optional = [self.expiry_day.is_some(), self.pointer.is_some(), self.words.is_some()];
        w.map(3 + optional.iter().filter(|there| **there).count())?;
        w.uint(0u8)?.bytes(self.case.as_bytes())?;
        w.uint(1u8)?.uint(self.revision)?;
        let code = match self.kind {
            Kind::TakenBack => 0,
            // `Keep`, the one option without a code, was refused before anything was written.
            Kind::Choice(option) => option.code().ok_or(Full)?,
        };
        w.uint(2u8)?.uint(code)?;
        if let Some(day) = self.expiry_day {
            w.uint(3u8)?.uint(day)?;
        }
        if let Some(pointer) = self.pointer {
            w.uint(4u8)?.uint(pointer.code())?;
        }
        if let Some(words) = &self.words {
            w.uint(5u8)?.text(words)?;
        }
        Ok(())
    }

    fn read(item: Item<'_>) -> Result<Self, ReadError> {
        let mut fields = item.fields()?;
        Ok(Self {
            case: CaseId::from_bytes(fields.need(0)?.bytes()?),
            revision: fields.need(1)?.uint()?,
            kind: match code(&fields.need(2)?)? {
                0 => Kind::TakenBack,
                code => Kind::Choice(RepairOption::from_code(code).ok_or(Malformed::UnknownCode)?),
            },
            expiry_day: fields.take(3).map(|item| item.small()).transpose()?,
            pointer: match fields.take(4) {
                None => None,
                Some(item) => Some(Pointer::from_code(code(&item)?).ok_or(Malformed::UnknownCode)?),
            },
            words: fields.take(5).map(|item| item.text().map(wiped)).transpose()?,
        })
    }
}

impl Notice {
    fn write(&self, w: &mut Writer<'_>) -> Result<(), Full> {
        w.map(3 + usize::from(self.due_day.is_some()) + usize::from(self.text.is_some()))?;
        w.uint(0u8)?.bytes(self.case.as_bytes())?;
        w.uint(1u8)?.uint(self.revision)?;
        w.uint(2u8)?.uint(self.state.code())?;
        if let Some(day) = self.due_day {
            w.uint(3u8)?.uint(day)?;
        }
        if let Some((id, text)) = &self.text {
            w.uint(4u8)?.array(2)?.bytes(id.as_bytes())?.text(text)?;
        }
        Ok(())
    }

    fn read(item: Item<'_>) -> Result<Self, ReadError> {
        let mut fields = item.fields()?;
        Ok(Self {
            case: CaseId::from_bytes(fields.need(0)?.bytes()?),
            revision: fields.need(1)?.uint()?,
            state: NoticeState::from_code(code(&fields.need(2)?)?).ok_or(Malformed::UnknownCode)?,
            due_day: fields.take(3).map(|item| item.small()).transpose()?,
            text: match fields.take(4) {
                None => None,
                Some(item) => {
                    let [id, text] = item.pair()?;
                    Some((TextId::from_bytes(id.bytes()?), wiped(text.text()?)))
                }
            },
        })
    }
}

pub(super) fn wiped(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

/// A code; one too large for any table is as unknown as one that is not in it.
pub(super) fn code(item: &Item<'_>) -> Result<u8, Malformed> {
    u8::try_from(item.uint()?).map_err(|_| Malformed::UnknownCode)
}

fn read_list<T>(
    fields: &mut Fields<'_>,
    key: u64,
    read: impl Fn(Item<'_>) -> Result<T, ReadError>,
) -> Result<Vec<T>, ReadError> {
    fields.take(key).map_or(Ok(Vec::new()), |item| item.list()?.into_iter().map(read).collect())
}
