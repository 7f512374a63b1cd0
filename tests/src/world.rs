//! A phone, a therapist's desk, a coordinator's desk and a relay, paired, with the words compared.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use attune_core::PairingStage;
use attune_core::companion::{Choice, Companion, Practice};
use attune_core::desk::{Card, Client, ClientId, CodeForm, Desk, InviteKind};
use attune_core::lane::ids::CaseId;
use attune_core::practice::PracticeRole;
use attune_core::preview::{PracticeId, RepairChoice};
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use chrono::{DateTime, Duration, FixedOffset};
use tempfile::TempDir;

use crate::files::copy_folder;
use crate::home::{Home, card};
use crate::place::Place;
use crate::road::{Seen, Syncs, sync};

/// The therapist's name on the card.
pub const THERAPIST: &str = "Dr Ada Lind";
/// The front desk's name on the card.
pub const FRONT_DESK: &str = "The front desk";
/// The name that the client chose.
pub const CLIENT: &str = "Sam";

/// A Monday morning in March, two hours east of UTC.
///
/// # Panics
/// Never: the date is one.
#[must_use]
pub fn monday() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-02T09:30:00+02:00").unwrap()
}

/// That many days.
#[must_use]
pub fn days(count: i64) -> Duration {
    Duration::days(count)
}

/// Everybody. The fields are in the order in which they end.
pub struct World {
    /// The client's phone.
    pub phone: Companion,
    /// The therapist's desk.
    pub desk: Desk,
    /// The front desk.
    pub front: Desk,
    /// The relay.
    pub relay: Place,
    /// The therapist, on the phone.
    pub therapist: PracticeId,
    /// The front desk, on the phone.
    pub coordinator: PracticeId,
    /// The client, on the therapist's desk.
    pub client: ClientId,
    /// The client, on the front desk.
    pub front_client: ClientId,
    folder: TempDir,
}

/// The folders of a paired world, all closed.
struct Template {
    folder: TempDir,
    therapist: PracticeId,
    coordinator: PracticeId,
    client: ClientId,
    front_client: ClientId,
}

/// Paired once in a process (Argon2id takes its time), copied for every test.
static TEMPLATE: LazyLock<Template> = LazyLock::new(Template::make);

const PARTIES: [&str; 4] = ["phone", "desk", "front", "relay"];

impl World {
    /// A world of its own for one test.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn paired() -> Self {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path());
        let Template { therapist, coordinator, client, front_client, .. } = &*TEMPLATE;
        let place = |name: &str| folder.path().join(name);
        Self {
            phone: Home::at(&place("phone")).open_phone().unwrap(),
            desk: Home::at(&place("desk")).open_desk().unwrap(),
            front: Home::at(&place("front")).open_desk().unwrap(),
            relay: Place::start(&place("relay")),
            therapist: *therapist,
            coordinator: *coordinator,
            client: *client,
            front_client: *front_client,
            folder,
        }
    }

    /// A folder of this world: `phone`, `desk`, `front`, `relay`, or a new one.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The phone syncs.
    ///
    /// # Panics
    /// When the vault refuses.
    pub fn sync_phone(&mut self, now: DateTime<FixedOffset>) -> Vec<Seen> {
        sync(&mut self.phone, self.relay.address(), now).unwrap()
    }

    /// The therapist's desk syncs.
    ///
    /// # Panics
    /// When the vault refuses.
    pub fn sync_desk(&mut self, now: DateTime<FixedOffset>) -> Vec<Seen> {
        sync(&mut self.desk, self.relay.address(), now).unwrap()
    }

    /// The front desk syncs.
    ///
    /// # Panics
    /// When the vault refuses.
    pub fn sync_front(&mut self, now: DateTime<FixedOffset>) -> Vec<Seen> {
        sync(&mut self.front, self.relay.address(), now).unwrap()
    }

    /// Phone, both desks, and the phone again.
    pub fn sync_all(&mut self, now: DateTime<FixedOffset>) {
        self.sync_phone(now);
        self.sync_desk(now);
        self.sync_front(now);
        self.sync_phone(now);
    }

    /// An option with every switch off, for whoever it goes to.
    #[must_use]
    pub fn choice(&self, option: RepairOption) -> RepairChoice {
        let practice = match option.recipient() {
            Some(PracticeRole::Coordinator) => self.coordinator,
            _ => self.therapist,
        };
        plain(option, practice)
    }

    /// Previews an option and shares it.
    ///
    /// # Panics
    /// When it is refused.
    pub fn share(&mut self, option: RepairOption, now: DateTime<FixedOffset>) -> CaseId {
        let choice = self.choice(option);
        self.share_choice(&choice, now)
    }

    /// Previews a choice and shares it.
    ///
    /// # Panics
    /// When it is refused.
    pub fn share_choice(&mut self, choice: &RepairChoice, now: DateTime<FixedOffset>) -> CaseId {
        let preview = self.phone.preview(choice, now).unwrap();
        self.phone.share(&preview.digest, now).unwrap()
    }

    /// A choice as the phone shows it.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn shown(&self, case: CaseId, now: DateTime<FixedOffset>) -> Choice {
        self.phone.choice(case, now).unwrap()
    }

    /// The state that the phone shows.
    #[must_use]
    pub fn state(&self, case: CaseId, now: DateTime<FixedOffset>) -> ChoiceState {
        self.shown(case, now).state
    }

    /// The therapist's open cards.
    ///
    /// # Panics
    /// When the vault refuses.
    #[must_use]
    pub fn inbox(&self, now: DateTime<FixedOffset>) -> Vec<Card> {
        self.desk.inbox(now).unwrap()
    }

    /// The front desk's open cards.
    ///
    /// # Panics
    /// When the vault refuses.
    #[must_use]
    pub fn front_inbox(&self, now: DateTime<FixedOffset>) -> Vec<Card> {
        self.front.inbox(now).unwrap()
    }

    /// The therapist, as the phone shows them.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn practice(&self) -> Practice {
        let practices = self.phone.practices().unwrap();
        practices.into_iter().find(|practice| practice.id == self.therapist).unwrap()
    }

    /// The client, as the therapist's desk shows them.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn client(&self) -> Client {
        let clients = self.desk.clients().unwrap();
        clients.into_iter().find(|client| client.id == self.client).unwrap()
    }

    /// Closes the phone, lets `act` have its folder, and opens it again.
    ///
    /// # Panics
    /// When it does not open.
    pub fn with_phone_closed(mut self, act: impl FnOnce(&Path)) -> Self {
        self.phone.close().unwrap();
        let home = Home::at(&self.folder.path().join("phone"));
        act(home.folder());
        self.phone = home.open_phone().unwrap();
        self
    }

    /// The same with the therapist's desk.
    ///
    /// # Panics
    /// When it does not open.
    pub fn with_desk_closed(mut self, act: impl FnOnce(&Path)) -> Self {
        self.desk.close().unwrap();
        let home = Home::at(&self.folder.path().join("desk"));
        act(home.folder());
        self.desk = home.open_desk().unwrap();
        self
    }
}

/// The parties' folders in a new, paired state: for processes that open them themselves.
///
/// # Panics
/// When the file system refuses.
pub fn lay_out(root: &Path) {
    for name in PARTIES {
        copy_folder(&TEMPLATE.folder.path().join(name), &root.join(name));
    }
}

impl Template {
    fn make() -> Self {
        let now = monday();
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let mut relay = Place::start(&place("relay"));
        let mut phone = Home::at(&place("phone")).new_phone();
        let therapist = card(PracticeRole::Therapist, THERAPIST);
        let coordinator = card(PracticeRole::Coordinator, FRONT_DESK);
        let mut desk = Home::at(&place("desk")).new_desk(&therapist);
        let mut front = Home::at(&place("front")).new_desk(&coordinator);
        let (therapist, client) = pair(&mut phone, &mut desk, &relay, now);
        let (coordinator, front_client) = pair(&mut phone, &mut front, &relay, now);
        phone.confirm_words(therapist, &phone.words(therapist).unwrap()).unwrap();
        phone.confirm_words(coordinator, &phone.words(coordinator).unwrap()).unwrap();
        desk.confirm_words(client, &desk.words(client).unwrap()).unwrap();
        front.confirm_words(front_client, &front.words(front_client).unwrap()).unwrap();
        // Until the lanes that the codes led to are closed.
        for _ in 0..2 {
            for who in [&mut phone as &mut dyn Syncs, &mut desk, &mut front] {
                sync(who, relay.address(), now).unwrap();
            }
        }
        phone.close().unwrap();
        desk.close().unwrap();
        front.close().unwrap();
        relay.stop();
        Self { folder, therapist, coordinator, client, front_client }
    }
}

/// Pairs a phone with a desk by a link, until both say so. The words are not compared.
///
/// # Panics
/// When they do not come together.
pub fn pair(
    phone: &mut Companion,
    desk: &mut Desk,
    relay: &Place,
    now: DateTime<FixedOffset>,
) -> (PracticeId, ClientId) {
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(desk, relay.address(), now).unwrap();
    let practice = phone.join(&invitation.code, None, Some(CLIENT)).unwrap();
    meet(phone, desk, relay, now);
    let joined = phone.practices().unwrap();
    let joined = joined.iter().find(|known| known.id == practice).unwrap();
    assert_eq!(joined.stage, PairingStage::Active);
    (practice, invitation.client)
}

/// The syncs of a pairing after the code was entered.
///
/// # Panics
/// When a vault refuses.
pub fn meet(phone: &mut Companion, desk: &mut Desk, relay: &Place, now: DateTime<FixedOffset>) {
    for _ in 0..2 {
        sync(phone, relay.address(), now).unwrap();
        sync(desk, relay.address(), now).unwrap();
    }
}

/// An option with every switch off.
#[must_use]
pub const fn plain(option: RepairOption, practice: PracticeId) -> RepairChoice {
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
