//! Rates, in memory that never grows and remembers nobody.
//!
//! A table of fixed size holds one number a slot: when the slot's allowance will be whole again
//! (the generic cell rate algorithm, ITU-T I.371, which is a token bucket without a refill step).
//! Which slot a lane or an address uses is decided by a hash under a key drawn at start. Two that
//! share a slot share an allowance; nobody outside can arrange that, and nothing in the table tells
//! who used it.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::config::Rate;

/// Slots of a table: 512 KiB.
const SLOTS: usize = 1 << 16;

pub(crate) struct Buckets {
    key: RandomState,
    slots: Box<[AtomicU64]>,
    /// Microseconds that one request costs.
    interval: u64,
    /// Microseconds that may be owed.
    tolerance: u64,
}

impl Buckets {
    pub(crate) fn new(rate: Rate) -> Self {
        let interval = 60_000_000 / u64::from(rate.per_minute.max(1));
        Self {
            key: RandomState::new(),
            slots: std::iter::repeat_with(AtomicU64::default).take(SLOTS).collect(),
            interval,
            tolerance: interval * u64::from(rate.burst.saturating_sub(1)),
        }
    }

    /// Takes one request of `who` at steady time `now`, or says how many seconds to wait.
    pub(crate) fn take(&self, who: &impl Hash, now: Duration) -> Result<(), u32> {
        let now = u64::try_from(now.as_micros()).unwrap_or(u64::MAX / 2);
        let at = usize::try_from(self.key.hash_one(who) % SLOTS as u64).unwrap_or(0);
        let Some(slot) = self.slots.get(at) else {
            return Ok(());
        };
        let latest = now.saturating_add(self.tolerance);
        slot.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |whole_at| {
            (whole_at <= latest).then(|| whole_at.max(now).saturating_add(self.interval))
        })
        .map(|_| ())
        .map_err(|whole_at| {
            let wait = whole_at.saturating_sub(latest).div_ceil(1_000_000);
            u32::try_from(wait).unwrap_or(u32::MAX)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_burst_then_the_rate() {
        let buckets = Buckets::new(Rate { burst: 3, per_minute: 6 });
        for start in [0, 1_000] {
            for _ in 0..3 {
                assert_eq!(buckets.take(&"lane", at(start)), Ok(()));
            }
            assert_eq!(buckets.take(&"lane", at(start)), Err(10));
            assert_eq!(buckets.take(&"lane", at(start + 4)), Err(6));
            assert_eq!(buckets.take(&"lane", at(start + 10)), Ok(()));
            assert_eq!(buckets.take(&"lane", at(start + 10)), Err(10));
        }
    }

    #[test]
    fn to_be_told_to_wait_costs_nothing() {
        let buckets = Buckets::new(Rate { burst: 1, per_minute: 60 });
        assert_eq!(buckets.take(&1, at(5)), Ok(()));
        for _ in 0..100 {
            assert_eq!(buckets.take(&1, at(5)), Err(1));
        }
        assert_eq!(buckets.take(&1, at(6)), Ok(()));
    }

    #[test]
    fn others_have_their_own_and_memory_is_bounded() {
        let buckets = Buckets::new(Rate { burst: 1, per_minute: 1 });
        let taken = (0..1_000_u32).filter(|who| buckets.take(who, at(0)).is_ok()).count();
        // 1,000 in 65,536 slots: about 8 share one. Ten times as many would be a broken hash.
        assert!(taken > 920, "{taken}");
        for who in 0..200_000_u32 {
            let _ = buckets.take(&who, at(0));
        }
        assert_eq!(buckets.slots.len(), SLOTS);
    }
}
