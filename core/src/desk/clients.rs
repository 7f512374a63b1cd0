//! Clients: inviting one, comparing words, the next session, leaving.

use attune_wire::RelayId;
use chrono::{DateTime, FixedOffset, NaiveDate};
use zeroize::Zeroizing;

use super::Desk;
use crate::due::day_of;
use crate::error::Error;
use crate::lane::ids::Incarnation;
use crate::pairing::code::{PairingCode, Seed};
use crate::pairing::invitation::DeskInvite;
use crate::pairing::messages::{INVITE_VERSION, PairingError, encode_card};
use crate::received_choice::set_next_session;
use crate::session::{Health, PairingStage};
use crate::sync::register::keep_first_key;
use crate::table::pairing::{self, Pairing, Stage};
use crate::table::received_choice::{self, ReceivedRow};

/// A paired client on this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub i64);

/// How an invitation reaches the client, and so how long it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteKind {
    /// Shown in the room: 10 minutes.
    Live,
    /// Sent: 72 hours.
    Sent,
}

impl InviteKind {
    const fn millis(self) -> i64 {
        match self {
            Self::Live => 10 * 60 * 1_000,
            Self::Sent => 72 * 60 * 60 * 1_000,
        }
    }
}

/// How the code is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeForm {
    /// A link, also for a QR code.
    Link,
    /// Eight words to read aloud.
    Words,
}

/// An invitation that was made. The code is shown once and not kept.
#[derive(Clone)]
pub struct Invitation {
    /// The pairing that it began.
    pub client: ClientId,
    /// The link or the words, as they are given to the client.
    pub code: Zeroizing<String>,
    /// The relay, which goes beside a code of words.
    pub relay: String,
    /// Until when it can be used, in milliseconds since 1970-01-01 UTC.
    pub live_until: i64,
}

/// A paired client, by the name they chose.
#[derive(Debug, Clone)]
pub struct Client {
    /// Which one.
    pub id: ClientId,
    /// The name they chose, if they chose one.
    pub name: Option<String>,
    /// How far the pairing has come.
    pub stage: PairingStage,
    /// How the pairing fares.
    pub health: Health,
    /// The day of the next session, if the desk was told.
    pub next_session: Option<NaiveDate>,
    /// A note waits until the four words were compared.
    pub note_waits: bool,
}

/// Clients.
impl Desk {
    /// Makes an invitation. It can be used once the next sync has brought it to the relay.
    ///
    /// # Errors
    /// [`Error::Card`], [`Error::Entropy`], [`Error::Vault`].
    pub fn invite(
        &mut self,
        kind: InviteKind,
        form: CodeForm,
        now: DateTime<FixedOffset>,
    ) -> Result<Invitation, Error> {
        let card = self.card()?;
        let relay = card.relays.first().cloned().ok_or(Error::RelayNeeded)?;
        let role = card.role;
        let encoded = encode_card(&card).map_err(|_| Error::Seal)?;
        let entropy = &mut *self.session.entropy;
        let seed = match form {
            CodeForm::Link => Seed::for_link(entropy)?,
            CodeForm::Words => Seed::for_words(entropy)?,
        };
        let invite = DeskInvite::create(&seed, &RelayId::of_origin(&relay), card, entropy)
            .map_err(|error| match error {
                PairingError::Card(card) => Error::Card(card),
                PairingError::Entropy(error) => Error::Entropy(error),
                _ => Error::Seal,
            })?;
        let incarnation = Incarnation::generate(entropy)?;
        let live_until = now.timestamp_millis() + kind.millis();
        let mut pairing = Pairing::new(Stage::Inviting, relay.clone(), incarnation);
        pairing.role = Some(role);
        pairing.card = Some(encoded.to_vec());
        pairing.sk0 = Some(Zeroizing::new(*invite.secret.as_bytes()));
        pairing.live_until = Some(live_until);
        pairing.nonce = Some(Zeroizing::new(*invite.nonce.as_bytes()));
        pairing.invite = Some(invite.plaintext.clone());
        pairing.pending = Some(invite.envelope.to_vec());
        pairing.pending_version = Some(INVITE_VERSION);
        let first = Zeroizing::new(*invite.receive.seed());
        self.session.vault.write(|db| {
            pairing::add(db, &mut pairing)?;
            keep_first_key(db, &pairing, &first, now.into())
        })?;
        let code = match form {
            CodeForm::Link => PairingCode::link(&relay, &seed).ok_or(Error::RelayNeeded)?,
            CodeForm::Words => Zeroizing::new(seed.words().ok_or(Error::Seal)?.join(" ")),
        };
        Ok(Invitation { client: ClientId(pairing.id), code, relay, live_until })
    }

    /// Every client, oldest pairing first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn clients(&self) -> Result<Vec<Client>, Error> {
        self.session.vault.read(|db| {
            pairing::all(db)?
                .iter()
                .map(|pairing| {
                    let received = received_choice::of_pairing(db, pairing.id)?;
                    let unsent = |row: &ReceivedRow| row.text.is_some() && !row.text_stored;
                    Ok(Client {
                        id: ClientId(pairing.id),
                        name: pairing.chosen_name.clone(),
                        stage: PairingStage::of(pairing),
                        health: Health::of(pairing),
                        next_session: pairing.next_session.and_then(day_of),
                        note_waits: !pairing.is_compared() && received.iter().any(unsent),
                    })
                })
                .collect()
        })
    }

    /// The four words to compare with the client.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotReady`] before the pairing is done.
    pub fn words(&self, client: ClientId) -> Result<[&'static str; 4], Error> {
        self.session.words(client.0)
    }

    /// The therapist says that the words match: notes may flow.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotReady`], [`Error::NotCompared`] if the words have changed
    /// since they were shown, [`Error::Vault`].
    pub fn confirm_words(&mut self, client: ClientId, shown: &[&str; 4]) -> Result<(), Error> {
        self.session.confirm_words(client.0, shown)
    }

    /// Notes the day of the client's next session; what is open is due by it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn set_next_session(
        &mut self,
        client: ClientId,
        day: Option<NaiveDate>,
    ) -> Result<(), Error> {
        self.session.vault.write(|db| {
            let mut pairing = pairing::find(db, client.0)?;
            set_next_session(db, &mut pairing, day)
        })
    }

    /// Ends a pairing: its keys and cards go; a goodbye leaves with the next sync.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn unpair(&mut self, client: ClientId, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.unpair(client.0, now)
    }
}
