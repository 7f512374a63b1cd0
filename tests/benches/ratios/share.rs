//! Sharing, against one HPKE seal and one commit.
//!
//! A share commits the choice and seals nothing: the next sync seals one envelope whether or not
//! anything was shared, so that both look alike. So there are several lines: the share by itself,
//! the share with the step of the next sync that seals, and that step against an idle sync's.

use std::convert::Infallible;
use std::time::Duration;

use attune_cipher::rusqlite::{Connection, Statement, params};
use attune_core::lane::ids::CaseId;
use attune_core::sync::SyncAnswer;
use hpke::aead::ChaCha20Poly1305;
use hpke::inout::InOutBuf;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Kem, OpModeS, PskBundle};
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::bare;
use crate::harness::{Outcome, Report, Times, by_turns, timed};
use crate::paired::Paired;
use crate::world::monday;

/// What is sealed in an envelope: all of it but the first byte, the encapsulation and the tag.
const PLAINTEXT_LEN: usize = 7_055;

pub(crate) fn share(report: &mut Report) -> Outcome {
    let (mut alone, mut sealed, mut idle) = (Paired::new()?, Paired::new()?, Paired::new()?);
    let database = bare::create(&alone.folder.path().join("bare.db"), bare::WIPED)?;
    let seal = Seal::new();
    let mut row = Row::new(&database)?;
    let mut first = Row::new(&database)?;
    let mut second = Row::new(&database)?;
    let mut case = None;
    let mut step = Times::default();
    let [one_commit, two_commits, alone, sealed, idle] = by_turns(
        400,
        [
            &mut || Ok(seal.time()? + row.time()?),
            &mut || Ok(seal.time()? + first.time()? + second.time()?),
            &mut || of_choice(&mut alone),
            &mut || {
                let share = of_choice_in_place(&mut sealed, &mut case)?;
                let seal = sealing_step(&mut sealed)?;
                step.add(seal);
                Ok(share + seal)
            },
            &mut || sealing_step(&mut idle),
        ],
    )?;
    report.ratio("share, against a seal and one commit", &one_commit, &alone, Some(1.2));
    report.ratio("share and the next sync's seal, against the same", &one_commit, &sealed, None);
    report.ratio(
        "share and the next sync's seal, against two commits",
        &two_commits,
        &sealed,
        None,
    );
    report.ratio("that sync's sealing step, against an idle sync's", &idle, &step, None);
    Ok(())
}

/// A new choice; it is taken back and erased again, which does not count.
fn of_choice(pair: &mut Paired) -> Outcome<Duration> {
    let digest = pair.preview(None, monday())?;
    let (took, case) = timed(|| pair.phone.share(&digest, monday()))?;
    pair.phone.take_back(case)?;
    pair.phone.erase_choice(case)?;
    Ok(took)
}

/// A choice that takes the place of the one before.
fn of_choice_in_place(pair: &mut Paired, last: &mut Option<CaseId>) -> Outcome<Duration> {
    let digest = pair.preview(*last, monday())?;
    let (took, case) = timed(|| pair.phone.share(&digest, monday()))?;
    *last = Some(case);
    Ok(took)
}

/// A whole sync; only the step that seals counts, which is taking in the answer to the GET.
fn sealing_step(pair: &mut Paired) -> Outcome<Duration> {
    let Paired { phone, relay, .. } = pair;
    phone.sync_begin(monday())?;
    let mut seal = None;
    while let Some(request) = phone.sync_next()? {
        let body = relay.answer(&request).ok_or("no answer")?;
        let answer = SyncAnswer::Http { status: 200, body: &body };
        let (took, ()) = timed(|| phone.sync_feed(monday(), answer))?;
        seal.get_or_insert(took);
    }
    seal.ok_or_else(|| "the sync asked for nothing".into())
}

/// The row of a choice, and its commit.
struct Row<'a> {
    insert: Statement<'a>,
    delete: Statement<'a>,
    case: [u8; 16],
}

impl<'a> Row<'a> {
    fn new(database: &'a Connection) -> Outcome<Self> {
        database.execute(
            "INSERT OR IGNORE INTO pairing (id, stage, relay, incarnation)
             VALUES (1, 5, 'https://relay.example', zeroblob(16))",
            [],
        )?;
        let mut case = [0; 16];
        SystemRandom::new().fill(&mut case).map_err(|_| "no random bytes")?;
        let insert = database.prepare(
            "INSERT INTO repair_choice (case_id, pairing, chosen, revision, previewed,
                confirmed_under, state, shared_at)
             VALUES (?1, 1, 3, 40000, ?2, ?3, 1, ?4)",
        )?;
        let delete = database.prepare("DELETE FROM repair_choice WHERE case_id = ?1")?;
        Ok(Self { insert, delete, case })
    }

    /// Removing it again does not count.
    fn time(&mut self) -> Outcome<Duration> {
        let row = params![self.case, [7_u8; 32], [7_u8; 16], monday().timestamp_millis()];
        let (took, _) = timed(|| self.insert.execute(row))?;
        self.delete.execute([self.case])?;
        Ok(took)
    }
}

/// HPKE by itself, with the suite of the protocol and a whole envelope's plaintext.
struct Seal {
    peer: <XWing as Kem>::PublicKey,
}

impl Seal {
    fn new() -> Self {
        let (_, peer) = XWing::gen_keypair_with_rng(&mut System(SystemRandom::new()));
        Self { peer }
    }

    fn time(&self) -> Outcome<Duration> {
        let mut plaintext = vec![0; PLAINTEXT_LEN];
        let (took, _) = timed(|| {
            let bundle = PskBundle::new(&[7; 32], &[7; 32])?;
            hpke::single_shot_seal_inout_detached_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
                &OpModeS::Psk(bundle),
                &self.peer,
                &[7; 44],
                InOutBuf::from(plaintext.as_mut_slice()),
                &[7; 25],
                &mut System(SystemRandom::new()),
            )
        })
        .map_err(|error| format!("not sealed: {error}"))?;
        Ok(took)
    }
}

/// The system's randomness as `hpke` takes it.
struct System(SystemRandom);

impl TryRng for System {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut word = [0; 4];
        self.try_fill_bytes(&mut word)?;
        Ok(u32::from_le_bytes(word))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut word = [0; 8];
        self.try_fill_bytes(&mut word)?;
        Ok(u64::from_le_bytes(word))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        // Nothing that is sealed here is kept: bytes that stay zeros harm nobody.
        let _ = self.0.fill(out);
        Ok(())
    }
}

impl TryCryptoRng for System {}
