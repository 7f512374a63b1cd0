//! `pairing`: everything one side keeps of one pairing, read and written as one row.

use attune_cipher::rusqlite::{Connection, OptionalExtension, Row, named_params};
use zeroize::Zeroizing;

use super::{from_column, to_column};
use crate::error::Error;
use crate::lane::ids::Incarnation;
use crate::practice::PracticeRole;

/// How far a pairing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Phone: has the code, waits for the invitation.
    Joining = 1,
    /// Phone: its Hello is committed, waits for the Welcome.
    Greeted = 2,
    /// Desk: has made an invitation that is not at the relay yet.
    Inviting = 3,
    /// Desk: the invitation waits for a Hello.
    Invited = 4,
    /// Desk: has taken a Hello; its Welcome is not at the relay yet.
    Welcoming = 5,
    /// Both: choices and answers flow.
    Active = 6,
    /// Over: unpaired by the other side, or a code that ran out or was used.
    Ended = 7,
}

/// The next request of a sync that is under way. `Rest` when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Rest = 0,
    OpenRendezvousOut = 1,
    OpenRendezvousBack = 2,
    PutInvite = 3,
    GetHello = 4,
    OpenOut = 5,
    OpenBack = 6,
    PutWelcome = 7,
    WatchHello = 8,
    GetInvite = 10,
    PutHello = 11,
    GetWelcome = 12,
    Get = 20,
    Put = 21,
    PutAgain = 22,
    ReopenOut = 23,
    ReopenBack = 24,
    OpenNextOut = 30,
    OpenNextBack = 31,
    GetNext = 32,
    PutNext = 33,
    Probe0 = 40,
    Probe1 = 41,
    Probe2 = 42,
    Probe3 = 43,
}

impl Turn {
    const ALL: [Self; 25] = [
        Self::Rest,
        Self::OpenRendezvousOut,
        Self::OpenRendezvousBack,
        Self::PutInvite,
        Self::GetHello,
        Self::OpenOut,
        Self::OpenBack,
        Self::PutWelcome,
        Self::WatchHello,
        Self::GetInvite,
        Self::PutHello,
        Self::GetWelcome,
        Self::Get,
        Self::Put,
        Self::PutAgain,
        Self::ReopenOut,
        Self::ReopenBack,
        Self::OpenNextOut,
        Self::OpenNextBack,
        Self::GetNext,
        Self::PutNext,
        Self::Probe0,
        Self::Probe1,
        Self::Probe2,
        Self::Probe3,
    ];
}

/// How far a desk's move of its lanes has come. Without a relay to move to it means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MoveStep {
    /// The lanes there are not open yet. The phone is not told.
    Planned = 0,
    /// They are open.
    Open = 1,
    /// A document that says so was sealed. Whether the phone can read it is not known.
    Announced = 2,
    /// The relay has such a document.
    Known = 3,
}

impl MoveStep {
    fn of(number: i64) -> Self {
        [Self::Open, Self::Announced, Self::Known]
            .into_iter()
            .find(|step| *step as i64 == number)
            .unwrap_or(Self::Planned)
    }
}

/// Why the last sync of a pairing did not come through; `None` when it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It came through.
    None = 0,
    /// No usable answer from the relay.
    Unreachable = 1,
    /// The relay does not know the lane.
    Denied = 2,
    /// What was there could not be read.
    Unreadable = 3,
    /// The other side runs a newer version.
    NewerNeeded = 4,
    /// The relay asked to come back later.
    Slow = 5,
    /// The relay has no room, or the desk's grant is used up.
    Full = 6,
    /// The pairing code ran out, or was used already.
    CodeSpent = 7,
    /// A second phone tried the code; the pairing was stopped.
    SecondClaim = 8,
    /// A version number jumped beyond belief.
    VersionJump = 9,
    /// The other side ended the pairing.
    Goodbye = 10,
}

impl Trouble {
    const ALL: [Self; 11] = [
        Self::None,
        Self::Unreachable,
        Self::Denied,
        Self::Unreadable,
        Self::NewerNeeded,
        Self::Slow,
        Self::Full,
        Self::CodeSpent,
        Self::SecondClaim,
        Self::VersionJump,
        Self::Goodbye,
    ];

    /// The trouble's name in scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Unreachable => "Unreachable",
            Self::Denied => "Denied",
            Self::Unreadable => "Unreadable",
            Self::NewerNeeded => "NewerNeeded",
            Self::Slow => "Slow",
            Self::Full => "Full",
            Self::CodeSpent => "CodeSpent",
            Self::SecondClaim => "SecondClaim",
            Self::VersionJump => "VersionJump",
            Self::Goodbye => "Goodbye",
        }
    }
}

/// One row. Columns are described in the schema.
pub(crate) struct Pairing {
    pub(crate) id: i64,
    pub(crate) stage: Stage,
    pub(crate) turn: Turn,
    pub(crate) role: Option<PracticeRole>,
    pub(crate) card: Option<Vec<u8>>,
    pub(crate) chosen_name: Option<String>,
    pub(crate) relay: String,
    pub(crate) sk0: Option<Zeroizing<[u8; 32]>>,
    pub(crate) live_until: Option<i64>,
    pub(crate) nonce: Option<Zeroizing<[u8; 32]>>,
    pub(crate) invite: Option<Zeroizing<Vec<u8>>>,
    pub(crate) hello: Option<Zeroizing<Vec<u8>>>,
    pub(crate) claims: u32,
    pub(crate) psk: Option<Zeroizing<[u8; 32]>>,
    pub(crate) th: Option<[u8; 32]>,
    /// The highest protocol version that both sides have spoken (R10).
    pub(crate) protocol: u64,
    pub(crate) incarnation: Incarnation,
    pub(crate) incarnation_known: bool,
    pub(crate) detections: u32,
    pub(crate) peer_incarnation: Option<Incarnation>,
    pub(crate) compared_incarnation: Option<Incarnation>,
    pub(crate) newcomers: u32,
    pub(crate) two_phones: bool,
    pub(crate) renewed: bool,
    pub(crate) version: u64,
    pub(crate) have_version: u64,
    pub(crate) have_digest: [u8; 32],
    pub(crate) pending_version: Option<u64>,
    pub(crate) pending: Option<Vec<u8>>,
    pub(crate) peer_key_epoch: Option<u64>,
    pub(crate) peer_key: Option<Vec<u8>>,
    pub(crate) peer_sealed_to: u64,
    pub(crate) peer_echo: u64,
    pub(crate) lane_epoch: u64,
    pub(crate) lane_since: Option<u32>,
    pub(crate) next_relay: Option<String>,
    pub(crate) move_step: MoveStep,
    pub(crate) trouble: Trouble,
    pub(crate) trouble_since: Option<u32>,
    pub(crate) reached_at: Option<i64>,
    pub(crate) next_session: Option<u32>,
}

impl Pairing {
    /// A new pairing over `relay`, not yet in the vault.
    pub(crate) fn new(stage: Stage, relay: String, incarnation: Incarnation) -> Self {
        Self {
            id: 0,
            stage,
            turn: Turn::Rest,
            role: None,
            card: None,
            chosen_name: None,
            relay,
            sk0: None,
            live_until: None,
            nonce: None,
            invite: None,
            hello: None,
            claims: 0,
            psk: None,
            th: None,
            protocol: 1,
            incarnation,
            incarnation_known: true,
            detections: 0,
            peer_incarnation: None,
            compared_incarnation: None,
            newcomers: 0,
            two_phones: false,
            renewed: false,
            version: 0,
            have_version: 0,
            have_digest: [0; 32],
            pending_version: None,
            pending: None,
            peer_key_epoch: None,
            peer_key: None,
            peer_sealed_to: 0,
            peer_echo: 0,
            lane_epoch: 0,
            lane_since: None,
            next_relay: None,
            move_step: MoveStep::Planned,
            trouble: Trouble::None,
            trouble_since: None,
            reached_at: None,
            next_session: None,
        }
    }

    /// Whether the words were compared under the peer's present incarnation.
    pub(crate) fn is_compared(&self) -> bool {
        self.peer_incarnation.is_some() && self.compared_incarnation == self.peer_incarnation
    }

    /// Forgets every key and every half-done step; the name and the trouble stay to be shown.
    pub(crate) fn end(&mut self, trouble: Trouble) {
        self.stage = Stage::Ended;
        self.turn = Turn::Rest;
        self.trouble = trouble;
        self.sk0 = None;
        self.psk = None;
        self.th = None;
        self.peer_key = None;
        self.nonce = None;
        self.invite = None;
        self.hello = None;
        self.pending = None;
        self.pending_version = None;
        self.next_relay = None;
        self.move_step = MoveStep::Planned;
    }
}

/// Every pairing, oldest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<Pairing>, Error> {
    let mut statement = db.prepare_cached("SELECT * FROM pairing ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut pairings = Vec::new();
    while let Some(row) = rows.next()? {
        pairings.push(read(row)?);
    }
    Ok(pairings)
}

/// The pairing of that id.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Pairing, Error> {
    let mut statement = db.prepare_cached("SELECT * FROM pairing WHERE id = ?1")?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(read).ok_or(Error::NotFound)?
}

/// The first pairing with a request to send.
pub(crate) fn at_work(db: &Connection) -> Result<Option<Pairing>, Error> {
    let id = db
        .prepare_cached("SELECT id FROM pairing WHERE turn <> 0 ORDER BY id LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    id.map(|id| find(db, id)).transpose()
}

/// Adds a new pairing and gives it its id.
pub(crate) fn add(db: &Connection, pairing: &mut Pairing) -> Result<(), Error> {
    db.execute(
        "INSERT INTO pairing (stage, relay, incarnation) VALUES (?1, ?2, ?3)",
        attune_cipher::rusqlite::params![
            pairing.stage as i64,
            pairing.relay,
            pairing.incarnation.as_bytes()
        ],
    )?;
    pairing.id = db.last_insert_rowid();
    save(db, pairing)
}

/// Writes the whole row.
pub(crate) fn save(db: &Connection, p: &Pairing) -> Result<(), Error> {
    let changed = db
        .prepare_cached(
            "UPDATE pairing SET stage = :stage, turn = :turn, role = :role, card = :card,
                chosen_name = :chosen_name, relay = :relay, sk0 = :sk0, live_until = :live_until,
                nonce = :nonce, invite = :invite, hello = :hello,
                claims = :claims, psk = :psk, th = :th, protocol = :protocol, incarnation = :incarnation,
                incarnation_known = :incarnation_known, detections = :detections,
                peer_incarnation = :peer_incarnation,
                compared_incarnation = :compared_incarnation, newcomers = :newcomers,
                two_phones = :two_phones, renewed = :renewed, version = :version,
                have_version = :have_version, have_digest = :have_digest,
                pending_version = :pending_version, pending = :pending,
                peer_key_epoch = :peer_key_epoch, peer_key = :peer_key,
                peer_sealed_to = :peer_sealed_to, peer_echo = :peer_echo, lane_epoch = :lane_epoch,
                lane_since = :lane_since, next_relay = :next_relay, move_step = :move_step, trouble = :trouble,
                trouble_since = :trouble_since, reached_at = :reached_at,
                next_session = :next_session
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": p.id,
            ":stage": p.stage as i64,
            ":turn": p.turn as i64,
            ":role": p.role.map(PracticeRole::code),
            ":card": p.card,
            ":chosen_name": p.chosen_name,
            ":relay": p.relay,
            ":sk0": p.sk0.as_ref().map(|key| key.as_slice()),
            ":live_until": p.live_until,
            ":nonce": p.nonce.as_ref().map(|nonce| nonce.as_slice()),
            ":invite": p.invite.as_ref().map(|bytes| bytes.as_slice()),
            ":hello": p.hello.as_ref().map(|bytes| bytes.as_slice()),
            ":claims": p.claims,
            ":psk": p.psk.as_ref().map(|key| key.as_slice()),
            ":th": p.th,
            ":protocol": to_column(p.protocol),
            ":incarnation": p.incarnation.as_bytes(),
            ":incarnation_known": p.incarnation_known,
            ":detections": p.detections,
            ":peer_incarnation": p.peer_incarnation.as_ref().map(Incarnation::as_bytes),
            ":compared_incarnation": p.compared_incarnation.as_ref().map(Incarnation::as_bytes),
            ":newcomers": p.newcomers,
            ":two_phones": p.two_phones,
            ":renewed": p.renewed,
            ":version": to_column(p.version),
            ":have_version": to_column(p.have_version),
            ":have_digest": p.have_digest,
            ":pending_version": p.pending_version.map(to_column),
            ":pending": p.pending,
            ":peer_key_epoch": p.peer_key_epoch.map(to_column),
            ":peer_key": p.peer_key,
            ":peer_sealed_to": to_column(p.peer_sealed_to),
            ":peer_echo": to_column(p.peer_echo),
            ":lane_epoch": to_column(p.lane_epoch),
            ":lane_since": p.lane_since,
            ":next_relay": p.next_relay,
            ":move_step": p.move_step as i64,
            ":trouble": p.trouble as i64,
            ":trouble_since": p.trouble_since,
            ":reached_at": p.reached_at,
            ":next_session": p.next_session,
        })?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Removes a pairing with all that hangs on it.
pub(crate) fn remove(db: &Connection, id: i64) -> Result<(), Error> {
    db.execute("DELETE FROM pairing WHERE id = ?1", [id])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Pairing, Error> {
    let number = |name: &str| -> Result<u64, Error> { Ok(from_column(row.get(name)?)) };
    let maybe = |name: &str| -> Result<Option<u64>, Error> {
        Ok(row.get::<_, Option<i64>>(name)?.map(from_column))
    };
    let key = |name: &str| -> Result<Option<Zeroizing<[u8; 32]>>, Error> {
        Ok(row.get::<_, Option<[u8; 32]>>(name)?.map(Zeroizing::new))
    };
    let incarnation = |name: &str| -> Result<Option<Incarnation>, Error> {
        Ok(row.get::<_, Option<[u8; 16]>>(name)?.map(Incarnation::from_bytes))
    };
    let (stage, turn, trouble): (i64, i64, i64) =
        (row.get("stage")?, row.get("turn")?, row.get("trouble")?);
    let stages = [
        Stage::Joining,
        Stage::Greeted,
        Stage::Inviting,
        Stage::Invited,
        Stage::Welcoming,
        Stage::Active,
        Stage::Ended,
    ];
    Ok(Pairing {
        id: row.get("id")?,
        stage: stages.into_iter().find(|s| *s as i64 == stage).ok_or(Error::Damaged)?,
        turn: Turn::ALL.into_iter().find(|t| *t as i64 == turn).ok_or(Error::Damaged)?,
        role: row.get::<_, Option<u8>>("role")?.and_then(PracticeRole::from_code),
        card: row.get("card")?,
        chosen_name: row.get("chosen_name")?,
        relay: row.get("relay")?,
        sk0: key("sk0")?,
        live_until: row.get("live_until")?,
        nonce: key("nonce")?,
        invite: row.get::<_, Option<Vec<u8>>>("invite")?.map(Zeroizing::new),
        hello: row.get::<_, Option<Vec<u8>>>("hello")?.map(Zeroizing::new),
        claims: row.get("claims")?,
        psk: key("psk")?,
        th: row.get("th")?,
        protocol: number("protocol")?,
        incarnation: incarnation("incarnation")?.ok_or(Error::Damaged)?,
        incarnation_known: row.get("incarnation_known")?,
        detections: row.get("detections")?,
        peer_incarnation: incarnation("peer_incarnation")?,
        compared_incarnation: incarnation("compared_incarnation")?,
        newcomers: row.get("newcomers")?,
        two_phones: row.get("two_phones")?,
        renewed: row.get("renewed")?,
        version: number("version")?,
        have_version: number("have_version")?,
        have_digest: row.get("have_digest")?,
        pending_version: maybe("pending_version")?,
        pending: row.get("pending")?,
        peer_key_epoch: maybe("peer_key_epoch")?,
        peer_key: row.get("peer_key")?,
        peer_sealed_to: number("peer_sealed_to")?,
        peer_echo: number("peer_echo")?,
        lane_epoch: number("lane_epoch")?,
        lane_since: row.get("lane_since")?,
        next_relay: row.get("next_relay")?,
        move_step: MoveStep::of(row.get("move_step")?),
        trouble: Trouble::ALL.into_iter().find(|t| *t as i64 == trouble).ok_or(Error::Damaged)?,
        trouble_since: row.get("trouble_since")?,
        reached_at: row.get("reached_at")?,
        next_session: row.get("next_session")?,
    })
}
