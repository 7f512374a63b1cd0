//! What waits in memory while the vault is closed: a write that came too late, or a text that somebody was
//! typing. One for each session, until it unlocks, and never for longer than half an hour.

use std::sync::Arc;

use chrono::{DateTime, Duration, FixedOffset};

use super::House;
use crate::safety::form::Form;
use crate::safety::session::Session;

/// How long it waits. Then it is wiped.
const MINUTES: i64 = 30;

/// What is done with it after unlocking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    /// A write: it is done.
    Write,
    /// A text that was typed: it is on its page again, and nothing is done.
    Text,
}

/// A form that waits.
pub(crate) struct Held {
    session: Arc<Session>,
    since: DateTime<FixedOffset>,
    pub(crate) waits: Waits,
    /// Where a write goes, or the page of a text.
    pub(crate) path: String,
    pub(crate) form: Form,
}

impl Held {
    /// A clock that was set back says nothing of how long it has waited.
    fn is_over(&self, now: DateTime<FixedOffset>) -> bool {
        (now - self.since).abs() >= Duration::minutes(MINUTES)
    }
}

impl House {
    /// Keeps a form until its session has unlocked the vault: the last one of that session.
    pub(crate) fn hold(&self, session: &Arc<Session>, waits: Waits, path: String, form: Form) {
        let (since, mut hall) = (self.now(), self.hall());
        hall.held.retain(|held| !held.session.is(session));
        hall.held.push(Held { session: Arc::clone(session), since, waits, path, form });
    }

    /// What of that session waits.
    pub(crate) fn holds(&self, session: &Session) -> Option<Waits> {
        self.sweep_held();
        self.hall().held.iter().find(|held| held.session.is(session)).map(|held| held.waits)
    }

    /// What of that session waits. It does not wait any more.
    pub(crate) fn take_held(&self, session: &Session) -> Option<Held> {
        self.sweep_held();
        let mut hall = self.hall();
        let at = hall.held.iter().position(|held| held.session.is(session))?;
        Some(hall.held.remove(at))
    }

    /// Wipes what has waited for too long.
    pub(crate) fn sweep_held(&self) {
        let now = self.now();
        self.hall().held.retain(|held| !held.is_over(now));
    }
}
