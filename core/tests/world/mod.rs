//! A small world for the sync tests: a relay in memory with a relay's rules and faults on demand,
//! phones and desks over real vaults. The real relay is tested in relay/ and tests/.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "each test file uses a part of it")]

mod relay;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use attune_core::companion::Companion;
use attune_core::desk::{ClientId, CodeForm, Desk, Invitation, InviteKind};
use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::entropy::{Entropy, EntropyError};
use attune_core::practice::{AttestedTerms, PracticeCard, PracticeRole};
use attune_core::preview::{PracticeId, RepairChoice};
use attune_core::repair::RepairOption;
use attune_core::sync::{SyncAnswer, SyncRequest};
use attune_core::vault::{KeyStore, KeyStoreError};
use chrono::{DateTime, Duration, FixedOffset};
use ring::digest::{Context, SHA256};
use tempfile::TempDir;
use zeroize::Zeroizing;

pub use relay::{Relay, Seen};

pub const RELAY: &str = "https://relay.example";
pub const OTHER_RELAY: &str = "https://other.example";

/// A Monday morning in March, two hours east of UTC.
pub fn monday() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-02T09:30:00+02:00").unwrap()
}

pub fn days(count: i64) -> Duration {
    Duration::days(count)
}

/// A key store that seals by wrapping: the real ones are tested with the vault.
pub struct OpenStore;

impl KeyStore for OpenStore {
    fn seal(&self, secret: &[u8], associated: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        Ok(associated.iter().copied().chain(secret.iter().map(|byte| byte ^ 0x5A)).collect())
    }

    fn open(&self, sealed: &[u8], associated: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        sealed
            .strip_prefix(associated)
            .map(|secret| Zeroizing::new(secret.iter().map(|byte| byte ^ 0x5A).collect()))
            .ok_or(KeyStoreError::Refused)
    }

    fn destroy(&self) -> Result<(), KeyStoreError> {
        Ok(())
    }
}

/// Random bytes that can be replayed: SHA-256 over a seed and a counter. Clones share the counter.
#[derive(Clone)]
pub struct Seeded(Arc<Mutex<(u64, u64)>>);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new((seed, 0))))
    }

    /// Starts anew from a seed, in every clone.
    pub fn reset(&self, seed: u64) {
        *self.0.lock().unwrap() = (seed, 0);
    }
}

impl Entropy for Seeded {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        let mut state = self.0.lock().unwrap();
        for chunk in out.chunks_mut(32) {
            let mut hash = Context::new(&SHA256);
            hash.update(&state.0.to_be_bytes());
            hash.update(&state.1.to_be_bytes());
            state.1 += 1;
            chunk.copy_from_slice(&hash.finish().as_ref()[..chunk.len()]);
        }
        Ok(())
    }
}

/// What a network may do to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The request never arrives.
    Lost,
    /// It arrives; the answer does not.
    AnswerLost,
    /// It arrives; the process dies before the answer is taken in.
    Killed,
}

/// Anything that syncs.
pub trait Syncs {
    fn begin(&mut self, now: DateTime<FixedOffset>);
    fn next(&mut self) -> Option<SyncRequest>;
    fn feed(&mut self, now: DateTime<FixedOffset>, answer: SyncAnswer<'_>);
}

macro_rules! syncs {
    ($($name:ident)*) => {$(
        impl Syncs for $name {
            fn begin(&mut self, now: DateTime<FixedOffset>) {
                self.sync_begin(now).unwrap();
            }
            fn next(&mut self) -> Option<SyncRequest> {
                self.sync_next().unwrap()
            }
            fn feed(&mut self, now: DateTime<FixedOffset>, answer: SyncAnswer<'_>) {
                self.sync_feed(now, answer).unwrap();
            }
        }
    )*};
}

syncs!(Companion Desk);

/// A whole sync with a fault for each request; true if it was killed.
pub fn sync_with(
    who: &mut dyn Syncs,
    relay: &mut Relay,
    now: DateTime<FixedOffset>,
    mut fault: impl FnMut() -> Fault,
) -> bool {
    who.begin(now);
    // A sync asks a bounded number of things; one that would not end is a defect.
    for _ in 0..60 {
        let Some(request) = who.next() else { return false };
        let fault = fault();
        let answer = match fault {
            Fault::Lost => None,
            Fault::None | Fault::AnswerLost | Fault::Killed => relay.answer(&request),
        };
        match (fault, answer) {
            (Fault::Killed, _) => return true,
            (Fault::None, Some(body)) => {
                who.feed(now, SyncAnswer::Http { status: 200, body: &body });
            }
            _ => who.feed(now, SyncAnswer::Unreachable),
        }
    }
    panic!("a sync that does not end");
}

pub fn sync(who: &mut dyn Syncs, relay: &mut Relay, now: DateTime<FixedOffset>) {
    sync_with(who, relay, now, || Fault::None);
}

/// One request and its answer; false when the sync is done.
pub fn step(who: &mut dyn Syncs, relay: &mut Relay, now: DateTime<FixedOffset>) -> bool {
    let Some(request) = who.next() else { return false };
    let body = relay.answer(&request).expect("a relay that lives");
    who.feed(now, SyncAnswer::Http { status: 200, body: &body });
    true
}

/// A phone and a therapist's desk that do not know each other yet.
pub struct Meeting {
    pub folder: TempDir,
    pub entropy: Seeded,
    pub relay: Relay,
    pub phone: Companion,
    pub desk: Desk,
}

impl Meeting {
    pub fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let entropy = Seeded::new(seed);
        Self {
            phone: new_phone(&folder.path().join("phone"), &entropy),
            desk: new_desk(&folder.path().join("desk"), PracticeRole::Therapist, &entropy),
            relay: Relay::default(),
            folder,
            entropy,
        }
    }

    /// Another phone, with a vault of its own.
    pub fn other_phone(&self) -> Companion {
        new_phone(&self.folder.path().join("other"), &self.entropy)
    }

    /// An invitation that is at the relay.
    pub fn invite(&mut self, form: CodeForm) -> Invitation {
        let invitation = self.desk.invite(InviteKind::Live, form, monday()).unwrap();
        self.sync_desk();
        invitation
    }

    pub fn sync_phone(&mut self) {
        sync(&mut self.phone, &mut self.relay, monday());
    }

    pub fn sync_desk(&mut self) {
        sync(&mut self.desk, &mut self.relay, monday());
    }
}

pub fn card(role: PracticeRole) -> PracticeCard {
    PracticeCard {
        role,
        name: match role {
            PracticeRole::Therapist => "Dr Ada Lind".to_owned(),
            PracticeRole::Coordinator => "Front desk".to_owned(),
        },
        offered: PracticeCard::options_of(role).collect(),
        deadlines: Deadlines::default(),
        week: WorkingWeek::MONDAY_TO_FRIDAY,
        terms: AttestedTerms { no_fee: true, ..AttestedTerms::default() },
        backup: "Noa Brand".to_owned(),
        leaves_practice: "Dates go to your insurer.".to_owned(),
        relays: vec![RELAY.to_owned(), OTHER_RELAY.to_owned()],
        introduced_by: None,
    }
}

/// A phone, a therapist's desk and a coordinator's desk, paired and compared.
pub struct World {
    pub folder: TempDir,
    pub relay: Relay,
    pub entropy: Seeded,
    pub phone: Companion,
    pub desk: Desk,
    pub front: Desk,
    pub therapist: PracticeId,
    pub coordinator: PracticeId,
    pub client: ClientId,
    pub front_client: ClientId,
}

impl World {
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Paired once in this process (Argon2id takes its time), copied for every test.
    pub fn paired(seed: u64) -> Self {
        let template = TEMPLATE.get_or_init(Template::make);
        let folder = tempfile::tempdir().unwrap();
        for name in ["phone", "desk", "front"] {
            copy_folder(&template.folder.path().join(name), &folder.path().join(name));
        }
        let entropy = Seeded::new(seed);
        Self {
            relay: template.relay.clone(),
            phone: open_phone(&folder.path().join("phone"), &entropy),
            desk: open_desk(&folder.path().join("desk"), &entropy),
            front: open_desk(&folder.path().join("front"), &entropy),
            therapist: template.therapist,
            coordinator: template.coordinator,
            client: template.client,
            front_client: template.front_client,
            folder,
            entropy,
        }
    }

    pub fn sync_all(&mut self, now: DateTime<FixedOffset>) {
        sync(&mut self.phone, &mut self.relay, now);
        sync(&mut self.desk, &mut self.relay, now);
        sync(&mut self.front, &mut self.relay, now);
        sync(&mut self.phone, &mut self.relay, now);
    }

    pub fn share(
        &mut self,
        option: RepairOption,
        now: DateTime<FixedOffset>,
    ) -> attune_core::lane::ids::CaseId {
        let choice = self.choice(option);
        let preview = self.phone.preview(&choice, now).unwrap();
        self.phone.share(&preview.digest, now).unwrap()
    }

    pub fn choice(&self, option: RepairOption) -> RepairChoice {
        let practice = match option.recipient() {
            Some(PracticeRole::Coordinator) => self.coordinator,
            _ => self.therapist,
        };
        RepairChoice {
            option,
            practice,
            moment: None,
            with_pointer: false,
            with_words: false,
            until: None,
            replaces: None,
        }
    }

    pub fn state(
        &self,
        case: attune_core::lane::ids::CaseId,
        now: DateTime<FixedOffset>,
    ) -> attune_core::state::ChoiceState {
        self.phone.choice(case, now).unwrap().state
    }

    /// Copies the phone's folder away, as a backup of the whole device would.
    pub fn back_up_phone(&self, name: &str) -> PathBuf {
        copy_folder(&self.path("phone"), &self.path(name))
    }

    /// Ends the phone's process and starts it from a folder.
    pub fn phone_from(&mut self, folder: &Path) {
        self.phone = open_phone(folder, &self.entropy);
    }
}

struct Template {
    folder: TempDir,
    relay: Relay,
    therapist: PracticeId,
    coordinator: PracticeId,
    client: ClientId,
    front_client: ClientId,
}

static TEMPLATE: OnceLock<Template> = OnceLock::new();

impl Template {
    fn make() -> Self {
        let now = monday();
        let folder = tempfile::tempdir().unwrap();
        let entropy = Seeded::new(0);
        let mut relay = Relay::default();
        let place = |name: &str| folder.path().join(name);
        let mut phone = new_phone(&place("phone"), &entropy);
        let mut desk = new_desk(&place("desk"), PracticeRole::Therapist, &entropy);
        let mut front = new_desk(&place("front"), PracticeRole::Coordinator, &entropy);
        let (therapist, client) = pair(&mut phone, &mut desk, &mut relay, now);
        let (coordinator, front_client) = pair(&mut phone, &mut front, &mut relay, now);
        phone.confirm_words(therapist, &phone.words(therapist).unwrap()).unwrap();
        phone.confirm_words(coordinator, &phone.words(coordinator).unwrap()).unwrap();
        desk.confirm_words(client, &desk.words(client).unwrap()).unwrap();
        front.confirm_words(front_client, &front.words(front_client).unwrap()).unwrap();
        phone.close().unwrap();
        desk.close().unwrap();
        front.close().unwrap();
        relay.seen.clear();
        Self { folder, relay, therapist, coordinator, client, front_client }
    }
}

pub fn new_phone(folder: &Path, entropy: &Seeded) -> Companion {
    Companion::create(folder, &OpenStore, None, Box::new(entropy.clone())).unwrap()
}

pub fn open_phone(folder: &Path, entropy: &Seeded) -> Companion {
    Companion::open(folder, &OpenStore, None, Box::new(entropy.clone())).unwrap()
}

pub fn new_desk(folder: &Path, role: PracticeRole, entropy: &Seeded) -> Desk {
    Desk::create(folder, &OpenStore, None, &card(role), Box::new(entropy.clone())).unwrap()
}

pub fn open_desk(folder: &Path, entropy: &Seeded) -> Desk {
    Desk::open(folder, &OpenStore, None, Box::new(entropy.clone())).unwrap()
}

/// Pairs a phone with a desk by link, as far as active on both sides; words not yet compared.
pub fn pair(
    phone: &mut Companion,
    desk: &mut Desk,
    relay: &mut Relay,
    now: DateTime<FixedOffset>,
) -> (PracticeId, ClientId) {
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(desk, relay, now);
    let practice = phone.join(&invitation.code, None, Some("Sam")).unwrap();
    sync(phone, relay, now);
    sync(desk, relay, now);
    sync(phone, relay, now);
    sync(desk, relay, now);
    (practice, invitation.client)
}

pub fn copy_folder(from: &Path, to: &Path) -> PathBuf {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
    to.to_owned()
}
