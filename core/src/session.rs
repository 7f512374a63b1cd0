//! An open vault with what every call on it needs, for either side.

use std::path::Path;

use attune_cipher::rusqlite::Connection;
use chrono::{DateTime, FixedOffset};

use crate::entropy::Entropy;
use crate::error::Error;
use crate::lane::Direction;
use crate::pairing::schedule::{comparison_words, comparison_words_again};
use crate::sync::register::begin_incarnation;
use crate::sync::side::{Now, Side};
use crate::sync::{Engine, Step, SyncAnswer, SyncRequest, take_leave};
use crate::table::pairing::{self, Pairing, Stage, Trouble};
use crate::table::setting;
use crate::vault::{KeyStore, Passphrase, Vault};

/// How far a pairing has come, as both sides show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingStage {
    /// The code was made or entered; the other side has not answered yet.
    Waiting,
    /// Choices and answers flow.
    Active,
    /// It is over.
    Ended,
}

impl PairingStage {
    pub(crate) fn of(pairing: &Pairing) -> Self {
        match pairing.stage {
            Stage::Active => Self::Active,
            Stage::Ended => Self::Ended,
            _ => Self::Waiting,
        }
    }

    /// The stage's name in scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Active => "Active",
            Self::Ended => "Ended",
        }
    }
}

/// An open vault, its source of randomness and its sync engine.
pub(crate) struct Session {
    pub(crate) vault: Vault,
    pub(crate) entropy: Box<dyn Entropy>,
    engine: Engine,
    side: &'static (dyn Side + Sync),
}

impl Session {
    /// Makes a new vault, which is this side's from the start, with what `fill` adds: killed at any point, there is none,
    /// or all of it.
    pub(crate) fn begin(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        side: &'static (dyn Side + Sync),
        mut entropy: Box<dyn Entropy>,
        fill: impl FnOnce(&Connection) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let vault = Vault::create_filled(dir, store, passcode, &mut *entropy, |db| {
            fill(db)?;
            setting::set_bytes(db, setting::SIDE, side.writes().label().as_bytes())
        })?;
        Ok(Self { vault, entropy, engine: Engine::default(), side })
    }

    /// An existing vault, which must be this side's. One that was brought back from a copy first
    /// begins a new incarnation with every pairing, so that nothing old is taken for new (R5 to R7).
    pub(crate) fn resume(
        mut vault: Vault,
        side: &'static (dyn Side + Sync),
        mut entropy: Box<dyn Entropy>,
    ) -> Result<Self, Error> {
        let whose = vault.read(|db| setting::text(db, setting::SIDE))?;
        if whose.as_deref() != Some(side.writes().label()) {
            return Err(Error::WrongSide);
        }
        let brought_back = vault.read(|db| setting::bytes(db, setting::BROUGHT_BACK))?.is_some();
        if brought_back {
            vault.write(|db| renew_all(db, side, &mut *entropy))?;
        }
        Ok(Self { vault, entropy, engine: Engine::default(), side })
    }

    pub(crate) fn sync_begin(
        &mut self,
        now: DateTime<FixedOffset>,
        first: impl FnOnce(&Connection) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.engine.begin(&mut self.vault, self.side, now, &mut *self.entropy, first)
    }

    pub(crate) fn sync_next(&mut self) -> Result<Option<SyncRequest>, Error> {
        self.engine.next(&mut self.vault, self.side, &mut *self.entropy)
    }

    pub(crate) fn sync_feed(
        &mut self,
        now: DateTime<FixedOffset>,
        answer: SyncAnswer<'_>,
    ) -> Result<(), Error> {
        self.engine.feed(&mut self.vault, self.side, now, answer, &mut *self.entropy)
    }

    pub(crate) fn pairing(&self, id: i64) -> Result<Pairing, Error> {
        self.vault.read(|db| pairing::find(db, id))
    }

    /// The four words to compare with the person at the other end.
    pub(crate) fn words(&self, id: i64) -> Result<[&'static str; 4], Error> {
        let pairing = self.pairing(id)?;
        let (psk, Some(peer)) = (pairing.psk()?, pairing.peer_incarnation) else {
            return Err(Error::NotReady);
        };
        if !pairing.renewed {
            return Ok(comparison_words(&psk));
        }
        Ok(match self.side.writes() {
            Direction::ClientToDesk => comparison_words_again(&psk, &pairing.incarnation, &peer),
            Direction::DeskToClient => comparison_words_again(&psk, &peer, &pairing.incarnation),
        })
    }

    /// The person says that the words match, those that were shown.
    pub(crate) fn confirm_words(&mut self, id: i64, shown: &[&str; 4]) -> Result<(), Error> {
        if self.words(id)? != *shown {
            return Err(Error::NotCompared);
        }
        self.vault.write(|db| {
            let mut pairing = pairing::find(db, id)?;
            if pairing.stage != Stage::Active {
                return Err(Error::NotReady);
            }
            pairing.compared_incarnation = pairing.peer_incarnation;
            pairing.newcomers = 0;
            pairing.detections = 0;
            pairing.two_phones = false;
            pairing.claims = pairing.claims.min(1);
            pairing::save(db, &pairing)
        })
    }

    /// Ends a pairing from this side: at once, and silently (R11).
    pub(crate) fn unpair(&mut self, id: i64, now: DateTime<FixedOffset>) -> Result<(), Error> {
        let (side, entropy) = (self.side, &mut *self.entropy);
        self.vault.write(|db| {
            let mut pairing = pairing::find(db, id)?;
            let mut step = Step { db, side, now: Now::from(now), entropy };
            take_leave(&mut step, &mut pairing)?;
            pairing::remove(db, id)
        })
    }

    /// Closes the vault.
    pub(crate) fn close(self) -> Result<(), Error> {
        Ok(self.vault.close()?)
    }
}

fn renew_all(db: &Connection, side: &dyn Side, entropy: &mut dyn Entropy) -> Result<(), Error> {
    for mut pairing in pairing::all(db)? {
        if pairing.stage == Stage::Active {
            begin_incarnation(db, side, &mut pairing, entropy)?;
            pairing::save(db, &pairing)?;
        }
    }
    setting::remove(db, setting::BROUGHT_BACK)
}

/// What both sides show of a pairing's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// How the last sync went.
    pub trouble: Trouble,
    /// The four words were compared under the peer's present installation.
    pub compared: bool,
    /// The other side was installed anew or restored since the words were compared.
    pub newcomer: bool,
    /// Two installations take turns: one of them may be somebody else's.
    pub two_phones: bool,
    /// A second phone tried the pairing code.
    pub second_claim: bool,
    /// When something last came through, in milliseconds since 1970-01-01 UTC.
    pub reached_at: Option<i64>,
}

impl Health {
    pub(crate) fn of(pairing: &Pairing) -> Self {
        Self {
            trouble: pairing.trouble,
            compared: pairing.is_compared(),
            newcomer: pairing.newcomers > 0,
            two_phones: pairing.two_phones,
            second_claim: pairing.claims > 1,
            reached_at: pairing.reached_at,
        }
    }
}
