//! Moments. Nothing here leaves the phone.

use attune_core::misattunement;

use crate::error::AttuneError;
use crate::ids::MisattunementId;
use crate::options::Pointer;
use crate::shows_its_name_only;
use crate::time::{Day, Instant, Now};
use crate::vault::Vault;

/// Moments that one page may hold.
pub(crate) const PAGE_MOST: u32 = 1_000;

/// A moment the client flagged.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Misattunement {
    /// Which one.
    pub id: MisattunementId,
    /// When it was flagged.
    pub marked_at: Instant,
    /// How far the zone the phone was in was ahead of UTC, in minutes.
    pub utc_offset_minutes: i32,
    /// The client's own words, if any.
    pub words: Option<String>,
    /// The client's own hint at what it was about, if any.
    pub pointer: Option<Pointer>,
    /// The day after which it is erased, as moments are kept now; none if it is kept until the client erases it.
    pub ends: Option<Day>,
}

shows_its_name_only! { Misattunement }

impl Misattunement {
    /// As it is where moments are kept for `days`.
    fn kept(moment: misattunement::Misattunement, days: Option<u16>) -> Self {
        Self {
            ends: moment.last_day(days).map(Into::into),
            id: moment.id.into(),
            marked_at: Instant::stored(moment.marked_at.timestamp_millis()),
            utc_offset_minutes: moment.marked_at.offset().local_minus_utc() / 60,
            words: moment.note,
            pointer: moment.pointer.map(Into::into),
        }
    }
}

/// Moments. Nothing here leaves the phone.
#[uniffi::export]
impl Vault {
    /// Marks a moment. It is on the disk when this returns.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn flag(&self, now: Now) -> Result<MisattunementId, AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| phone.flag(now).map(Into::into))
    }

    /// Undoes a mark: the moment is erased.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn undo(&self, id: MisattunementId) -> Result<(), AttuneError> {
        self.with(|phone| phone.undo(id.into()))
    }

    /// Keeps the client's own words with a moment; blank ones remove what was there.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound` or `WordsTooLong`; what was there before then stays.
    pub fn set_words(&self, id: MisattunementId, words: Option<String>) -> Result<(), AttuneError> {
        self.with(|phone| phone.set_note(id.into(), words.as_deref()))
    }

    /// Keeps a hint with a moment, or removes it.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn set_pointer(
        &self,
        id: MisattunementId,
        pointer: Option<Pointer>,
    ) -> Result<(), AttuneError> {
        self.with(|phone| phone.set_pointer(id.into(), pointer.map(Into::into)))
    }

    /// One moment.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn moment(&self, id: MisattunementId) -> Result<Misattunement, AttuneError> {
        self.with(|phone| {
            let moment = phone.moment(id.into())?;
            Ok::<_, attune_core::Error>(Misattunement::kept(moment, phone.moment_days()?))
        })
    }

    /// Up to `limit` moments that are older than `before`, or the newest, newest first. A page that is not full is the
    /// last one.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `BadInput` for a limit over 1,000.
    pub fn moments(
        &self,
        before: Option<MisattunementId>,
        limit: u32,
    ) -> Result<Vec<Misattunement>, AttuneError> {
        if limit > PAGE_MOST {
            return Err(AttuneError::BAD_INPUT);
        }
        self.with(|phone| {
            let page = phone.moments(before.map(Into::into), limit)?;
            let days = phone.moment_days()?;
            let kept = |moment| Misattunement::kept(moment, days);
            Ok::<_, attune_core::Error>(page.into_iter().map(kept).collect())
        })
    }

    /// Erases one moment. What was shared for it stays, without a link to it.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn erase_moment(&self, id: MisattunementId) -> Result<(), AttuneError> {
        self.with(|phone| phone.erase_moment(id.into()))
    }

    /// Erases every moment.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn erase_moments(&self) -> Result<(), AttuneError> {
        self.with(|phone| phone.erase_moments())
    }

    /// Days that a moment is kept; none when it is kept until it is erased.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn moment_days(&self) -> Result<Option<u16>, AttuneError> {
        self.with(|phone| phone.moment_days())
    }

    /// Sets for how many days a moment is kept; none keeps each until it is erased.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn set_moment_days(&self, days: Option<u16>) -> Result<(), AttuneError> {
        self.with(|phone| phone.set_moment_days(days))
    }

    /// Lets moments and end dates run out. A sync does it, too. The packages call it as soon as a vault is open, before
    /// anything of it is shown.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn expire(&self, now: Now) -> Result<(), AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| phone.expire(now))
    }
}
