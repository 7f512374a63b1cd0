//! Sync: on unlocking, when a person asks, and now and then. The vault is free while the network is asked.

use std::sync::Arc;

use attune_core::desk::Desk;
use attune_core::entropy::{SystemEntropy, random};
use attune_core::sync::SyncAnswer;
use chrono::{DateTime, Duration, FixedOffset};

use super::{Door, House};
use crate::carrier::Carried;
use crate::page::problem::Problem;

/// Between two syncs that nobody asked for, in minutes. Not the same each time: a rhythm would tell a
/// relay which desk asks.
const MINUTES: std::ops::RangeInclusive<u16> = 15..=60;

/// Where syncs stand.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SyncState {
    /// How many began.
    begun: u64,
    openings: u64,
    /// One is under way.
    pub(crate) running: bool,
    /// How the last one ended.
    pub(crate) last: Option<Synced>,
    /// When the next one begins by itself.
    next: Option<DateTime<FixedOffset>>,
}

/// A sync that came to its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Synced {
    /// When.
    pub(crate) at: DateTime<FixedOffset>,
    /// Every request was answered.
    pub(crate) reached: bool,
}

impl SyncState {
    /// The vault was opened: a sync is due.
    pub(super) fn next_opening(&mut self) -> u64 {
        self.openings += 1;
        self.last = None;
        self.next = None;
        self.openings
    }
}

impl House {
    /// Where syncs stand.
    pub(crate) fn sync_state(&self) -> SyncState {
        self.hall().sync
    }

    /// Runs a sync to its end. Whoever asks while one is under way gets one that begins after it; all who
    /// ask meanwhile share that one.
    pub(crate) async fn sync(self: &Arc<Self>) {
        let begun = self.hall().sync.begun;
        let _alone = self.syncing.lock().await;
        let Door::Open { opening, .. } = self.door() else { return };
        {
            let mut hall = self.hall();
            if hall.sync.begun > begun {
                return;
            }
            hall.sync.begun += 1;
            hall.sync.running = true;
        }
        let run = self.run_sync(opening).await;
        let (now, mut hall) = (self.now(), self.hall());
        hall.sync.running = false;
        hall.sync.next = Some(now + pause(random(&mut SystemEntropy::new()).unwrap_or_default()));
        // One that was broken off by the lock says nothing.
        if let Ok(reached) = run {
            hall.sync.last = Some(Synced { at: now, reached });
        }
    }

    /// Starts a sync and waits for its end, but no longer than that; it goes on by itself.
    pub(crate) async fn sync_within(self: &Arc<Self>, most: std::time::Duration) {
        let house = Arc::clone(self);
        let running = tokio::spawn(async move { house.sync().await });
        // One that takes longer is told on the page.
        let _ = tokio::time::timeout(most, running).await;
    }

    /// Begins a sync if one is due.
    pub(crate) async fn sync_if_due(self: &Arc<Self>) {
        let due = {
            let hall = self.hall();
            let over = hall.sync.next.is_none_or(|next| {
                // A clock that was set back does not put it off for longer than it could have been.
                let left = next - self.now();
                left <= Duration::zero() || left > Duration::minutes((*MINUTES.end()).into())
            });
            matches!(hall.door, Door::Open { .. }) && !hall.sync.running && over
        };
        if due {
            self.sync().await;
        }
    }

    /// Whether every request was answered.
    async fn run_sync(self: &Arc<Self>, opening: u64) -> Result<bool, Problem> {
        let mut reached = true;
        self.step(opening, Desk::sync_begin).await?;
        while let Some(request) = self.step(opening, |desk, _| desk.sync_next()).await? {
            // Here nothing is locked.
            let carried = self.apart(move |house| Ok(house.carrier.carry(&request))).await?;
            reached &= matches!(carried, Carried::Answered { .. });
            self.step(opening, move |desk, now| {
                desk.sync_feed(
                    now,
                    match &carried {
                        Carried::Answered { status, body } => {
                            SyncAnswer::Http { status: *status, body }
                        }
                        Carried::Unreachable => SyncAnswer::Unreachable,
                    },
                )
            })
            .await?;
        }
        Ok(reached)
    }

    /// One step on the vault, if it is still the one that the sync began with.
    async fn step<T: Send + 'static>(
        self: &Arc<Self>,
        opening: u64,
        call: impl FnOnce(&mut Desk, DateTime<FixedOffset>) -> Result<T, attune_core::Error>
        + Send
        + 'static,
    ) -> Result<T, Problem> {
        match self.door() {
            Door::Open { opening: now, .. } if now == opening => self.ask(call).await,
            _ => Err(Problem::Locked),
        }
    }
}

/// How long to wait before the next sync that nobody asks for.
fn pause(random: [u8; 2]) -> Duration {
    let (least, most) = (*MINUTES.start(), *MINUTES.end());
    let span = u32::from(most - least) * 60 + 1;
    let extra = (u32::from(u16::from_be_bytes(random)) * span) >> 16;
    Duration::minutes(least.into()) + Duration::seconds(extra.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syncs_that_nobody_asked_for_are_a_quarter_of_an_hour_to_an_hour_apart() {
        assert_eq!(pause([0, 0]), Duration::minutes(15));
        assert_eq!(pause([255, 255]), Duration::minutes(60));
        assert_eq!(pause([128, 0]), Duration::seconds(15 * 60 + 1_350));
    }
}
