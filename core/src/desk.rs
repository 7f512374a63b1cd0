//! The desk of a therapist or a coordinator: everything its page or a terminal can ask of it.

use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};
use zeroize::Zeroizing;

use attune_wire::{GrantKey, RelayId, canonical_origin};

use crate::due::{Due, day_of};
use crate::entropy::Entropy;
use crate::error::Error;
use crate::lane::document::{IN_FLIGHT_LEN, Kind, NoticeState, TEXT_LEN};
use crate::lane::ids::{CaseId, Incarnation, TextId};
use crate::pairing::code::{PairingCode, Seed};
use crate::pairing::invitation::DeskInvite;
use crate::pairing::messages::{INVITE_VERSION, PairingError, decode_card, encode_card};
use crate::practice::PracticeCard;
use crate::received_choice::{DeskSide, due, set_next_session};
use crate::repair::{Pointer, RepairOption};
use crate::session::{Health, PairingStage, Session};
use crate::sync::register::keep_first_key;
use crate::sync::request::GRANT_SETTING;
use crate::sync::side::Now;
use crate::sync::{RELAY_SETTING, SyncAnswer, SyncRequest};
use crate::table::pairing::{self, Pairing, Stage};
use crate::table::received_choice::{self, ReceivedRow};
use crate::table::setting;
use crate::vault::{KeyStore, Passphrase, Vault};

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

/// An open card.
#[derive(Clone)]
pub struct Card {
    /// Which one.
    pub case: CaseId,
    /// Whose.
    pub client: ClientId,
    /// The name they chose, if they chose one.
    pub client_name: Option<String>,
    /// What they chose.
    pub option: RepairOption,
    /// What it was about, if they shared that.
    pub pointer: Option<Pointer>,
    /// Their own words, if they shared them.
    pub words: Option<Zeroizing<String>>,
    /// The last day on which it holds.
    pub until: Option<NaiveDate>,
    /// When it is due.
    pub due: Due,
    /// The due day has passed.
    pub late: bool,
    /// A person has opened it.
    pub opened: bool,
}

/// The desk's side of Attune, over one unlocked vault.
pub struct Desk {
    session: Session,
}

static SIDE: DeskSide = DeskSide;
const CARD_SETTING: &str = "card";
/// Days for which a settled case is kept.
const SETTLED_DAYS: u32 = 30;

/// Opening, settings and closing.
impl Desk {
    /// Makes a new desk with the card that its invitations will show.
    ///
    /// # Errors
    /// [`Error::Card`], [`Error::Vault`].
    pub fn create(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        card: &PracticeCard,
        mut entropy: Box<dyn Entropy>,
    ) -> Result<Self, Error> {
        card.check()?;
        let vault = Vault::create(dir, store, passcode, &mut *entropy)?;
        let mut desk = Self { session: Session::begin(vault, &SIDE, entropy)? };
        desk.set_card(card)?;
        Ok(desk)
    }

    /// Opens the desk in `dir`.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::WrongSide`].
    pub fn open(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        entropy: Box<dyn Entropy>,
    ) -> Result<Self, Error> {
        let vault = Vault::open(dir, store, passcode)?;
        Ok(Self { session: Session::resume(vault, &SIDE, entropy)? })
    }

    /// What invitations show of this practice.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Damaged`].
    pub fn card(&self) -> Result<PracticeCard, Error> {
        let bytes = self.session.vault.read(|db| setting::bytes(db, CARD_SETTING))?;
        decode_card(&bytes.ok_or(Error::Damaged)?).map_err(|_| Error::Damaged)
    }

    /// Changes what invitations show. The first relay of its list is the one in use: a change of
    /// that moves every pairing's lanes, step by step, at the next syncs.
    ///
    /// # Errors
    /// [`Error::Card`], [`Error::Vault`].
    pub fn set_card(&mut self, card: &PracticeCard) -> Result<(), Error> {
        card.check()?;
        let bytes = encode_card(card).map_err(|_| Error::Seal)?;
        let relay = card.relays.first().cloned().unwrap_or_default();
        self.session.vault.write(|db| {
            setting::set_bytes(db, CARD_SETTING, &bytes)?;
            setting::set_bytes(db, RELAY_SETTING, relay.as_bytes())
        })
    }

    /// Keeps the grant that lets this desk open lanes at its relay.
    ///
    /// # Errors
    /// [`Error::Grant`] if the text is no grant, [`Error::Vault`].
    pub fn set_grant(&mut self, grant: &str) -> Result<(), Error> {
        let grant = grant.trim();
        GrantKey::from_text(grant).map_err(|_| Error::Grant)?;
        self.session.vault.write(|db| setting::set_bytes(db, GRANT_SETTING, grant.as_bytes()))
    }

    /// Lets settled cases go after 30 days. Called on opening.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn sweep(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        let oldest = Now::from(now).today.saturating_sub(SETTLED_DAYS);
        self.session.vault.write(|db| received_choice::remove_settled_before(db, oldest))
    }

    /// The vault below, for copies, passcodes and checks.
    #[must_use]
    pub fn vault(&mut self) -> &mut Vault {
        &mut self.session.vault
    }

    /// Closes the vault: no lock and no side file remains.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn close(self) -> Result<(), Error> {
        self.session.close()
    }
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
        pairing.invite = Some(invite.plaintext.to_vec());
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
    /// [`Error::NotFound`], [`Error::NotReady`], [`Error::Vault`].
    pub fn confirm_words(&mut self, client: ClientId) -> Result<(), Error> {
        self.session.confirm_words(client.0)
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

/// Cards and answers.
impl Desk {
    /// The open cards, the soonest due first. A choice shows only after the relay has stored the
    /// notice that it was received (R3); taken back and expired ones leave quietly.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn inbox(&self, now: DateTime<FixedOffset>) -> Result<Vec<Card>, Error> {
        let today = Now::from(now).today;
        let mut cards: Vec<Card> = self.session.vault.read(|db| {
            let mut cards = Vec::new();
            for row in received_choice::all(db)? {
                if is_open(&row, today) {
                    let pairing = pairing::find(db, row.pairing)?;
                    cards.extend(card(row, &pairing, today));
                }
            }
            Ok::<_, Error>(cards)
        })?;
        cards.sort_by_key(|card| {
            let day = card.due.day().or(match card.due {
                Due::AtOnce => Some(NaiveDate::MIN),
                _ => None,
            });
            (day.is_none(), day, card.case)
        });
        Ok(cards)
    }

    /// A person opens a card: the one act behind `Opened`.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such card is open, [`Error::Vault`].
    pub fn open_card(&mut self, case: CaseId, now: DateTime<FixedOffset>) -> Result<Card, Error> {
        let today = Now::from(now).today;
        self.session.vault.write(|db| {
            let mut row = open_row(db, case, today)?;
            row.notice = row.notice.max(NoticeState::Opened);
            received_choice::save(db, &row)?;
            let pairing = pairing::find(db, row.pairing)?;
            card(row, &pairing, today).ok_or(Error::Damaged)
        })
    }

    /// Sends a note on an open card. It leaves with the next sync, and only to a phone whose four
    /// words were compared.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NoteNotAllowed`] on `NoContact`, [`Error::TextEmpty`],
    /// [`Error::TextTooLong`] over 4,800 bytes or over what is under way already, [`Error::Vault`].
    pub fn reply(
        &mut self,
        case: CaseId,
        text: &str,
        now: DateTime<FixedOffset>,
    ) -> Result<TextId, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::TextEmpty);
        }
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| {
            let mut row = open_row(db, case, Now::from(now).today)?;
            if row.kind == Kind::Choice(RepairOption::NoContact) {
                return Err(Error::NoteNotAllowed);
            }
            let mut in_flight = text.len();
            for other in received_choice::of_pairing(db, row.pairing)? {
                if let (Some((_, text)), false) = (&other.text, other.text_stored) {
                    in_flight += text.len();
                }
            }
            if text.len() > TEXT_LEN || in_flight > IN_FLIGHT_LEN {
                return Err(Error::TextTooLong);
            }
            let id = TextId::generate(&mut **entropy)?;
            row.notice = NoticeState::Answered;
            row.text = Some((id, Zeroizing::new(text.to_owned())));
            row.text_stored = false;
            received_choice::save(db, &row)?;
            Ok(id)
        })
    }

    /// Marks an open card as done without a note.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn done(&mut self, case: CaseId, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.vault.write(|db| {
            let mut row = open_row(db, case, Now::from(now).today)?;
            row.notice = NoticeState::Answered;
            received_choice::save(db, &row)
        })
    }
}

/// Sync.
impl Desk {
    /// Starts a sync.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn sync_begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.sweep(now)?;
        self.session.sync_begin(now)
    }

    /// The next request; `None` when the sync is done.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Entropy`], [`Error::Damaged`].
    pub fn sync_next(&mut self) -> Result<Option<SyncRequest>, Error> {
        self.session.sync_next()
    }

    /// Brings the answer to the request that [`sync_next`](Self::sync_next) gave last.
    ///
    /// # Errors
    /// [`Error::NotWaiting`], [`Error::Vault`].
    pub fn sync_feed(
        &mut self,
        now: DateTime<FixedOffset>,
        answer: SyncAnswer<'_>,
    ) -> Result<(), Error> {
        self.session.sync_feed(now, answer)
    }
}

/// A relay's address as a card may list it.
///
/// # Errors
/// [`Error::RelayNeeded`].
pub fn relay_origin(text: &str) -> Result<String, Error> {
    canonical_origin(text).map_err(|_| Error::RelayNeeded)
}

fn is_open(row: &ReceivedRow, today: u32) -> bool {
    row.notice_stored
        && !row.hidden
        && row.settled_day.is_none()
        && matches!(row.kind, Kind::Choice(_))
        && matches!(row.notice, NoticeState::Received | NoticeState::Opened)
        && row.expiry_day.is_none_or(|day| day >= today)
}

fn open_row(
    db: &attune_cipher::rusqlite::Connection,
    case: CaseId,
    today: u32,
) -> Result<ReceivedRow, Error> {
    received_choice::find(db, case)?.filter(|row| is_open(row, today)).ok_or(Error::NotFound)
}

fn card(row: ReceivedRow, pairing: &Pairing, today: u32) -> Option<Card> {
    let Kind::Choice(option) = row.kind else { return None };
    let practice = pairing.card.as_deref().and_then(|card| decode_card(card).ok());
    let due = due(option, practice.as_ref(), day_of(row.received_day)?, pairing.next_session);
    Some(Card {
        case: row.case,
        client: ClientId(row.pairing),
        client_name: pairing.chosen_name.clone(),
        option,
        pointer: row.pointer,
        words: row.words,
        until: row.expiry_day.and_then(day_of),
        due,
        late: row.due_day.is_some_and(|day| day < today) && due.day().is_some(),
        opened: row.notice == NoticeState::Opened,
    })
}
