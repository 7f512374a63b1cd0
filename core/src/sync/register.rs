//! One single-writer register: how a version of it comes to be, and how a peer's is taken in.
//!
//! The rules' numbers are those of docs/protocol.md, "Rules".

use attune_cipher::rusqlite::Connection;
use zeroize::Zeroizing;

use super::side::{Now, Side};
use super::{Step, request};
use crate::entropy::Entropy;
use crate::error::Error;
use crate::lane::document::{Document, Echo, PUBLIC_KEY_LEN, ProtocolRange, ReceiveKey};
use crate::lane::envelope::is_public_key;
use crate::lane::ids::Incarnation;
use crate::lane::keys::{LaneKeys, Psk};
use crate::lane::seal::{OpenError, ReceiveSecret, SealContext, open_document, seal_document};
use crate::lane::{Direction, Envelope, envelope_digest};
use crate::table::pairing::{MoveStep, Pairing, Trouble};
use crate::table::{farewell, receive_key, sent};

/// Days after which a receive key is followed by a new one.
const KEY_DAYS: u32 = 7;
/// Days for which a superseded receive key is kept.
const SUPERSEDED_DAYS: u32 = 30;
/// A version further ahead than this raises an alarm (R5).
const BELIEVABLE_JUMP: u64 = 1 << 32;
/// A relay's bare word is believed so far and no further: more than anybody syncs in a life.
pub(super) const STALE_JUMP: u64 = 1 << 20;
/// A copy that had to renew itself this often without compared words has a twin.
const TWIN_DETECTIONS: u32 = 2;

impl Direction {
    /// The lane that goes the other way.
    pub(crate) const fn back(self) -> Self {
        match self {
            Self::ClientToDesk => Self::DeskToClient,
            Self::DeskToClient => Self::ClientToDesk,
        }
    }
}

impl Pairing {
    pub(crate) fn psk(&self) -> Result<Psk, Error> {
        self.psk.as_ref().map(|psk| Psk::from_bytes(psk)).ok_or(Error::NotReady)
    }

    fn transcript(&self) -> Result<[u8; 32], Error> {
        self.th.ok_or(Error::NotReady)
    }
}

/// Seals what this side has to say as the next version, for the lane of `lane_epoch`, and commits
/// it as the only bytes that may be uploaded under that version (R1).
///
/// A fresh version is sealed even if nothing changed: the relay cannot tell the difference.
pub(crate) fn seal_next(
    step: &mut Step<'_>,
    pairing: &mut Pairing,
    lane_epoch: u64,
    goodbye: bool,
) -> Result<(), Error> {
    let newest = rotate(step, pairing)?;
    pairing.version += 1;
    let mut document = Document {
        version: pairing.version,
        range: ProtocolRange::OURS,
        incarnation: pairing.incarnation,
        receive_key: newest.public().map_err(|_| Error::Seal)?,
        echo: Echo { version: pairing.have_version, digest: pairing.have_digest },
        sealed_to: pairing.peer_key_epoch.ok_or(Error::NotReady)?,
        entries: Vec::new(),
        notices: Vec::new(),
        texts_stored: Vec::new(),
        goodbye,
        lanes: None,
        proposals: Vec::new(),
        about: None,
        said: Vec::new(),
        own_about: None,
    };
    if !goodbye {
        step.side.fill(step.db, pairing, step.now, &mut document)?;
        if document.lanes.is_some() && lane_epoch == pairing.lane_epoch {
            pairing.move_step = pairing.move_step.max(MoveStep::Announced);
        }
    }
    let envelope = seal(pairing, &document, step.side.writes(), lane_epoch, step.entropy)?;
    sent::add(step.db, pairing.id, pairing.version, &envelope_digest(&envelope))?;
    pairing.pending_version = Some(pairing.version);
    pairing.pending = Some(envelope.to_vec());
    Ok(())
}

fn seal(
    pairing: &Pairing,
    document: &Document,
    direction: Direction,
    lane_epoch: u64,
    entropy: &mut dyn Entropy,
) -> Result<Envelope, Error> {
    let psk = pairing.psk()?;
    let th = pairing.transcript()?;
    let lane_id = LaneKeys::derive(&psk, direction, lane_epoch).id;
    let public: [u8; PUBLIC_KEY_LEN] =
        pairing.peer_key.as_deref().and_then(|key| key.try_into().ok()).ok_or(Error::NotReady)?;
    let peer = ReceiveKey { epoch: document.sealed_to, public: Box::new(public) };
    let context = SealContext { psk: &psk, th: &th, direction, lane_id };
    seal_document(document, &context, &peer, entropy).map_err(|_| Error::Seal)
}

/// The key to publish: the newest, or a new one once that is a week old.
///
/// A key is followed only after the peer has sealed to it: with both sides cut off for months,
/// neither is left sealing to a key that the other has dropped.
fn rotate(step: &mut Step<'_>, pairing: &Pairing) -> Result<ReceiveSecret, Error> {
    let today = step.now.today;
    let newest =
        receive_key::all(step.db, pairing.id)?.into_iter().next().ok_or(Error::NotReady)?;
    let in_use = pairing.peer_sealed_to >= newest.secret.epoch();
    if !in_use || today < newest.made_day.saturating_add(KEY_DAYS) {
        return Ok(newest.secret);
    }
    let next = ReceiveSecret::generate(newest.secret.epoch() + 1, step.entropy)
        .map_err(|_| Error::Seal)?;
    receive_key::add(step.db, pairing.id, &next, today)?;
    Ok(next)
}

/// Takes in what the relay gave as `version` of the peer's lane of `lane_epoch`. What is not newer
/// is no news (a relay may be rolled back or lie); what cannot be read changes nothing but the
/// trouble that is answered. `None` is "no news".
pub(crate) fn accept(
    step: &mut Step<'_>,
    pairing: &mut Pairing,
    lane_epoch: u64,
    version: u64,
    envelope: &Envelope,
) -> Result<Option<Trouble>, Error> {
    let (db, side, now) = (step.db, step.side, step.now);
    if version <= pairing.have_version {
        return Ok(None);
    }
    let jump = version - pairing.have_version > BELIEVABLE_JUMP;
    let psk = pairing.psk()?;
    let th = pairing.transcript()?;
    let direction = side.writes().back();
    let lane_id = LaneKeys::derive(&psk, direction, lane_epoch).id;
    let keys: Vec<ReceiveSecret> =
        receive_key::all(db, pairing.id)?.into_iter().map(|row| row.secret).collect();
    let context = SealContext { psk: &psk, th: &th, direction, lane_id };
    let opened = match open_document(&envelope[..], &context, version, &keys) {
        Ok(opened) => opened,
        Err(OpenError::NewerNeeded) => return Ok(Some(Trouble::NewerNeeded)),
        Err(OpenError::Unreadable) => return Ok(Some(Trouble::Unreadable)),
    };
    let document = opened.document;
    let Some(protocol) = document.range.agree(ProtocolRange::OURS) else {
        return Ok(Some(Trouble::NewerNeeded));
    };
    let key = document.receive_key.public.as_slice();
    if protocol < pairing.protocol || !side.admits(pairing, &document) || !is_public_key(key) {
        return Ok(Some(Trouble::Unreadable));
    }
    if is_older_copy(pairing, &document) {
        return Ok(Some(Trouble::Unreadable));
    }

    pairing.protocol = protocol;
    pairing.have_version = version;
    pairing.have_digest = envelope_digest(envelope);
    pairing.reached_at = Some(now.millis);
    if document.goodbye {
        // Nobody writes this lane any more.
        let (relay, frame) = request::close(pairing, direction, lane_epoch, step.entropy)?;
        farewell::add(db, &relay, &frame[..], now.today)?;
        receive_key::remove_all(db, pairing.id)?;
        sent::forget_all(db, pairing.id)?;
        side.ended(db, pairing, now)?;
        pairing.end(Trouble::Goodbye);
        return Ok(Some(Trouble::Goodbye));
    }
    let renewed = meet(db, pairing, document.incarnation)?;
    pairing.peer_key_epoch = Some(document.receive_key.epoch);
    pairing.peer_key = Some(document.receive_key.public.to_vec());
    pairing.peer_sealed_to = opened.key_epoch;
    receive_key::retire(
        db,
        pairing.id,
        opened.key_epoch,
        now.today.saturating_sub(SUPERSEDED_DAYS),
    )?;
    pairing.peer_echo = document.echo.version;
    let trouble = heed_echo(step, pairing, document.echo)?;
    side.apply(db, pairing, &document, renewed, now)?;
    if let Some(lanes) = document.lanes
        && lanes.epoch > pairing.lane_epoch
        && lanes.epoch - pairing.lane_epoch < BELIEVABLE_JUMP
    {
        pairing.lane_epoch = lanes.epoch;
        pairing.relay = lanes.relay;
        pairing.lane_since = Some(now.today);
    }
    // The peer itself sealed it: it counts, and the person is told.
    Ok(Some(if jump { Trouble::VersionJump } else { trouble }))
}

/// Whether the peer, under the incarnation that we know, has forgotten what it once confirmed: a
/// copy from before then, at a relay that went back, too. Refused, it meets our echo and sees that
/// the version which we hold is not the one that it sealed (R5).
///
/// Only what it did confirm counts: two sides that seal their first versions at the same time both
/// echo nothing, and neither is a copy.
fn is_older_copy(pairing: &Pairing, document: &Document) -> bool {
    pairing.peer_incarnation == Some(document.incarnation)
        && pairing.incarnation_known
        && document.echo.version < pairing.peer_echo
}

/// Notes who is at the other end. True if it is not the installation that was there before.
fn meet(db: &Connection, pairing: &mut Pairing, peer: Incarnation) -> Result<bool, Error> {
    let before = pairing.peer_incarnation.replace(peer);
    let Some(before) = before.filter(|before| *before != peer) else { return Ok(false) };
    // One that was replaced and speaks again, or a second newcomer before the words were compared:
    // two installations take turns (R7).
    pairing.newcomers += 1;
    if sent::is_past(db, pairing.id, peer)? || pairing.newcomers >= TWIN_DETECTIONS {
        pairing.two_phones = true;
    }
    sent::add_past(db, pairing.id, before)?;
    pairing.renewed = true;
    Ok(true)
}

/// Rule R5: what the peer last committed of ours tells whether this copy is the only one.
fn heed_echo(step: &mut Step<'_>, pairing: &mut Pairing, echo: Echo) -> Result<Trouble, Error> {
    if echo.version > pairing.version {
        return renew(step, pairing, echo.version);
    }
    match sent::digest(step.db, pairing.id, echo.version)? {
        Some(digest) if digest != echo.digest => renew(step, pairing, echo.version),
        Some(_) => {
            pairing.incarnation_known = true;
            sent::forget_before(step.db, pairing.id, echo.version)?;
            Ok(Trouble::None)
        }
        None => Ok(Trouble::None),
    }
}

/// This copy was restored or cloned: it goes on under a new incarnation, above every version that
/// was ever accepted (R5).
///
/// While nothing of the present incarnation has been accepted yet, only the version moves.
pub(crate) fn renew(
    step: &mut Step<'_>,
    pairing: &mut Pairing,
    seen_version: u64,
) -> Result<Trouble, Error> {
    if seen_version.saturating_sub(pairing.version) > BELIEVABLE_JUMP {
        return Ok(Trouble::VersionJump);
    }
    pairing.version = pairing.version.max(seen_version);
    pairing.pending = None;
    pairing.pending_version = None;
    if pairing.incarnation_known {
        pairing.detections += 1;
        pairing.two_phones |= pairing.detections >= TWIN_DETECTIONS;
        begin_incarnation(step.db, step.side, pairing, step.entropy)?;
    } else {
        // Whatever was sealed meanwhile may have been another copy's: it proves nothing.
        step.side.renew(step.db, pairing)?;
    }
    Ok(Trouble::None)
}

/// A new incarnation: by rule R5, or because the vault was brought back from a copy.
pub(crate) fn begin_incarnation(
    db: &Connection,
    side: &dyn Side,
    pairing: &mut Pairing,
    entropy: &mut dyn Entropy,
) -> Result<(), Error> {
    pairing.incarnation = Incarnation::generate(entropy)?;
    pairing.incarnation_known = false;
    pairing.renewed = true;
    // Whoever was compared with this copy's past may be gone since.
    pairing.compared_incarnation = None;
    sent::forget_all(db, pairing.id)?;
    side.renew(db, pairing)
}

/// Makes the pairing's first receive key part of the vault.
pub(crate) fn keep_first_key(
    db: &Connection,
    pairing: &Pairing,
    seed: &Zeroizing<[u8; 32]>,
    now: Now,
) -> Result<(), Error> {
    let secret = ReceiveSecret::from_seed(0, seed);
    receive_key::add(db, pairing.id, &secret, now.today)
}
