//! The house: one vault behind one lock, and what is known without it.
//!
//! Two locks. `desk` is the open vault; it is held for one call of the core at a time, on a thread that
//! may wait, and never while the network is asked. `hall` is what stands in memory alone (who is in, when
//! the last touch was, what is under way); it is held for a few lines and never across a call of the core.
//! Who needs both takes `desk` first.

mod held;
mod sync;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attune_core::desk::{Desk, Invitation};
use attune_core::entropy::SystemEntropy;
use attune_core::practice::{PracticeCard, PracticeRole};
use attune_core::vault::{FileKeyStoreError, KdfCost, Passphrase, PassphraseFolder, VaultError};
use chrono::{DateTime, FixedOffset};
use zeroize::Zeroizing;

use crate::attempts::Attempts;
use crate::carrier::Carrier;
use crate::clock::Clock;
use crate::idle::Idle;
use crate::page::problem::Problem;
use crate::safety::form::Form;
use crate::safety::launch::{Links, write_launcher};
use crate::safety::once::{Led, Presses};
use crate::safety::secret::Secret;
use crate::safety::session::{Session, Sessions};

use self::held::Held;
pub(crate) use self::held::Waits;
pub(crate) use self::sync::SyncState;

/// Everything behind the page.
pub(crate) struct House {
    folder: PassphraseFolder,
    cost: KdfCost,
    clock: Arc<dyn Clock>,
    carrier: Arc<dyn Carrier>,
    /// The port that it is bound to.
    pub(crate) port: u16,
    desk: Mutex<Option<Desk>>,
    hall: Mutex<Hall>,
    /// One sync at a time.
    syncing: tokio::sync::Mutex<()>,
}

/// What is known without the vault.
struct Hall {
    door: Door,
    idle: Idle,
    attempts: Attempts,
    /// A passphrase is being tried.
    trying: bool,
    sessions: Sessions,
    links: Links,
    held: Vec<Held>,
    presses: Presses,
    invitation: Option<Invitation>,
    notices: Vec<(Arc<Session>, &'static str)>,
    sync: SyncState,
}

/// Whether one can go in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// There is no vault yet.
    Absent,
    /// The vault is closed.
    Locked,
    /// The vault is open.
    Open {
        /// Whose desk it is.
        role: PracticeRole,
        /// Counts openings: what began under one does not go on under another.
        opening: u64,
    },
}

/// Why the vault was not unlocked.
pub(crate) enum NotUnlocked {
    /// The passphrase is wrong.
    Wrong,
    /// Too soon after wrong ones: that many seconds are left.
    Wait(i64),
    /// Something else is in the way.
    Problem(Problem),
}

impl House {
    /// A house over that folder.
    pub(crate) fn new(
        folder: &Path,
        cost: KdfCost,
        clock: Arc<dyn Clock>,
        carrier: Arc<dyn Carrier>,
        port: u16,
    ) -> Self {
        let folder = PassphraseFolder::new(folder);
        let door = if folder.require_empty().is_ok() { Door::Absent } else { Door::Locked };
        let hall = Hall {
            door,
            idle: Idle::new(clock.now(), attune_core::desk::house_rules::IDLE_MINUTES),
            attempts: Attempts::default(),
            trying: false,
            sessions: Sessions::default(),
            links: Links::default(),
            held: Vec::new(),
            presses: Presses::default(),
            invitation: None,
            notices: Vec::new(),
            sync: SyncState::default(),
        };
        Self {
            folder,
            cost,
            clock,
            carrier,
            port,
            desk: Mutex::new(None),
            hall: Mutex::new(hall),
            syncing: tokio::sync::Mutex::new(()),
        }
    }

    /// What the clock says.
    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        self.clock.now()
    }

    /// Whether one can go in.
    pub(crate) fn door(&self) -> Door {
        self.hall().door
    }

    /// Whose desk it is; `None` while it is closed.
    pub(crate) fn role(&self) -> Option<PracticeRole> {
        match self.door() {
            Door::Open { role, .. } => Some(role),
            Door::Absent | Door::Locked => None,
        }
    }

    /// One call of the core on the open vault, on a thread that may wait.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&mut Desk, DateTime<FixedOffset>) -> Result<T, attune_core::Error>
        + Send
        + 'static,
    ) -> Result<T, Problem> {
        self.apart(move |house| {
            let now = house.now();
            let mut desk = house.desk();
            let desk = desk.as_mut().ok_or(Problem::Locked)?;
            call(desk, now).map_err(Problem::from)
        })
        .await
    }

    /// Runs what may wait on a thread of its own.
    async fn apart<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let house = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&house)).await;
        done.unwrap_or(Err(Problem::Internal))
    }

    fn desk(&self) -> MutexGuard<'_, Option<Desk>> {
        // What a call that broke off had begun in the vault was taken back with its transaction.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hall(&self) -> MutexGuard<'_, Hall> {
        // Each change of it is a few assignments, none of which depends on the others.
        self.hall.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lock.
impl House {
    /// Makes the vault with its card, and leaves it open.
    pub(crate) async fn furnish(
        self: &Arc<Self>,
        passphrase: Passphrase,
        card: PracticeCard,
        grant: Option<Zeroizing<String>>,
    ) -> Result<(), Problem> {
        let opened = self.apart(move |house| {
            let mut desk = house.desk();
            let entropy = &mut SystemEntropy::new();
            let made = house.folder.furnish(&passphrase, house.cost, entropy, |store| {
                let entropy = Box::new(SystemEntropy::new());
                let mut made = Desk::create(house.folder.dir(), store, None, &card, entropy)?;
                made.read_notes_with(attune_reader::shipped());
                if let Some(grant) = &grant {
                    made.set_grant(grant)?;
                }
                Ok::<_, Problem>(made)
            })?;
            let minutes = made.idle_minutes()?;
            *desk = Some(made);
            house.let_in(card.role, minutes);
            Ok(())
        });
        opened.await
    }

    /// Opens the vault under a passphrase, unless it is too soon for another try.
    pub(crate) async fn unlock(
        self: &Arc<Self>,
        passphrase: Passphrase,
    ) -> Result<(), NotUnlocked> {
        self.try_passphrase(move |house| {
            let mut desk = house.desk();
            if desk.is_some() {
                house.folder.unlock(&passphrase)?;
                return Ok(());
            }
            house.folder.require_vault()?;
            let store = house.folder.unlock(&passphrase)?;
            let entropy = Box::new(SystemEntropy::new());
            let mut opened = Desk::open(house.folder.dir(), &store, None, entropy)?;
            opened.read_notes_with(attune_reader::shipped());
            opened.sweep(house.now())?;
            let (role, minutes) = (opened.card()?.role, opened.idle_minutes()?);
            *desk = Some(opened);
            house.let_in(role, minutes);
            Ok(())
        })
        .await
    }

    /// Sets another passphrase. The old one is tried as at the door.
    pub(crate) async fn change_passphrase(
        self: &Arc<Self>,
        old: Passphrase,
        new: Passphrase,
    ) -> Result<(), NotUnlocked> {
        self.try_passphrase(move |house| {
            let entropy = &mut SystemEntropy::new();
            Ok(house.folder.locked().change_passphrase(&old, &new, house.cost, entropy)?)
        })
        .await
    }

    /// One try at a time, and slower after each that was wrong.
    async fn try_passphrase(
        self: &Arc<Self>,
        attempt: impl FnOnce(&Self) -> Result<(), Problem> + Send + 'static,
    ) -> Result<(), NotUnlocked> {
        {
            let mut hall = self.hall();
            if let Some(seconds) = hall.attempts.wait(self.now()) {
                return Err(NotUnlocked::Wait(seconds));
            }
            if std::mem::replace(&mut hall.trying, true) {
                return Err(NotUnlocked::Wait(1));
            }
        }
        // Spawned: a browser that goes away does not leave the try half done.
        let house = Arc::clone(self);
        let tried = tokio::spawn(async move {
            let tried = house.apart(attempt).await;
            let (now, mut hall) = (house.now(), house.hall());
            hall.trying = false;
            match tried {
                Ok(()) => {
                    hall.attempts.succeeded();
                    Ok(())
                }
                Err(Problem::Store(FileKeyStoreError::WrongPassphrase)) => {
                    hall.attempts.failed(now);
                    Err(NotUnlocked::Wrong)
                }
                Err(problem) => Err(NotUnlocked::Problem(problem)),
            }
        });
        tried.await.unwrap_or(Err(NotUnlocked::Problem(Problem::Internal)))
    }

    fn let_in(&self, role: PracticeRole, minutes: u16) {
        let (now, mut hall) = (self.now(), self.hall());
        let opening = hall.sync.next_opening();
        hall.door = Door::Open { role, opening };
        hall.idle = Idle::new(now, minutes);
    }

    /// Closes the vault.
    pub(crate) async fn lock(self: &Arc<Self>) {
        let closed = self.apart(|house| {
            let mut desk = house.desk();
            {
                let mut hall = house.hall();
                if hall.door != Door::Absent {
                    hall.door = Door::Locked;
                }
                hall.invitation = None;
                hall.notices.clear();
            }
            desk.take().map_or(Ok(()), |desk| Ok(desk.close()?))
        });
        // A vault that could not be closed well is closed; its next opening says what is the matter.
        let _ = closed.await;
    }

    /// Closes the vault if it has lain untouched for long enough.
    pub(crate) async fn lock_if_idle(self: &Arc<Self>) {
        let over = {
            let hall = self.hall();
            matches!(hall.door, Door::Open { .. }) && hall.idle.is_over(self.now())
        };
        if over {
            self.lock().await;
        }
    }

    /// A person did something.
    pub(crate) fn touch(&self) {
        let (now, mut hall) = (self.now(), self.hall());
        hall.idle.touch(now);
    }

    /// Seconds without a touch after which the desk locks.
    pub(crate) fn idle_seconds(&self) -> u32 {
        self.hall().idle.seconds()
    }

    /// The practice set another time, which is in the vault by now.
    pub(crate) fn set_idle_minutes(&self, minutes: u16) {
        self.hall().idle.set_minutes(minutes);
    }

    /// A passphrase is not tried for that many seconds.
    pub(crate) fn wait(&self) -> Option<i64> {
        self.hall().attempts.wait(self.now())
    }
}

/// Who is in, and what waits for them.
impl House {
    /// A new one-time link.
    pub(crate) fn make_link(&self) -> Result<String, Problem> {
        let key = self.make_key()?;
        Ok(self.link(&key))
    }

    /// A new one-time link, behind a private file that leads a browser to it.
    pub(crate) fn make_launcher(&self, title: &str) -> Result<PathBuf, Problem> {
        let key = self.make_key()?;
        let dir = self.folder.dir();
        let written = write_launcher(dir, &self.link(&key), title);
        let path = written.map_err(|error| Problem::from(VaultError::from(error)))?;
        self.hall().links.goes_with(&key, path.clone());
        Ok(path)
    }

    fn make_key(&self) -> Result<Secret, Problem> {
        let now = self.now();
        Ok(self.hall().links.make(now)?)
    }

    fn link(&self, key: &Secret) -> String {
        format!("http://127.0.0.1:{}/open?key={}", self.port, key.text())
    }

    /// Lets go of links that no longer count.
    pub(crate) fn sweep_links(&self) {
        let now = self.now();
        self.hall().links.sweep(now);
    }

    /// Takes a link; whoever brought it is in from now on.
    pub(crate) fn admit(&self, key: &str) -> Result<Option<Arc<Session>>, Problem> {
        let now = self.now();
        let mut hall = self.hall();
        if !hall.links.take(key, now) {
            return Ok(None);
        }
        Ok(Some(hall.sessions.begin()?))
    }

    /// Whose cookie it is.
    pub(crate) fn session(&self, headers: &axum::http::HeaderMap) -> Option<Arc<Session>> {
        self.hall().sessions.of(headers, self.port)
    }

    /// Where that press of a button led, if it was pressed before; `None` for a form that may be sent
    /// again and again.
    pub(crate) fn press(&self, path: &str, form: &Form) -> Option<Led> {
        self.hall().presses.of(path, form)
    }

    /// Has the text of that id shown on the next page of this session.
    pub(crate) fn notice(&self, session: &Arc<Session>, id: &'static str) {
        let mut hall = self.hall();
        hall.notices.retain(|(whose, _)| !whose.is(session));
        hall.notices.push((Arc::clone(session), id));
    }

    /// What is to be shown on this page of the session.
    pub(crate) fn take_notice(&self, session: &Session) -> Option<&'static str> {
        let mut hall = self.hall();
        let at = hall.notices.iter().position(|(whose, _)| whose.is(session))?;
        Some(hall.notices.remove(at).1)
    }

    /// Keeps an invitation in memory while it is shown; another one takes its place.
    pub(crate) fn show_invitation(&self, invitation: Invitation) {
        self.hall().invitation = Some(invitation);
    }

    /// The invitation that is shown, while it counts.
    pub(crate) fn invitation(&self) -> Option<Invitation> {
        let now = self.now().timestamp_millis();
        let mut hall = self.hall();
        hall.invitation.take_if(|shown| shown.live_until <= now);
        hall.invitation.clone()
    }

    /// The code was used, or is not wanted any more.
    pub(crate) fn forget_invitation(&self) {
        self.hall().invitation = None;
    }

    /// The end: nothing of the vault, of links and of files that lead to them stays.
    pub(crate) async fn leave(self: &Arc<Self>) {
        self.lock().await;
        let mut hall = self.hall();
        hall.links.clear();
        hall.held.clear();
    }
}
