//! When the next request of a sync leaves.

use std::time::Duration;

/// Requests of one sync leave at multiples of this after the answer before. A desk stores a card in three
/// milliseconds, and in thirty when its machine is slow and busy.
pub const PACE: Duration = Duration::from_millis(50);

/// How long to hold the next request back when it is ready `since` the last answer came, whatever that answer was.
///
/// A device does a little more with some answers than with others: a desk that is sent a choice stores a
/// card before it asks on, a quarter of a millisecond or so. Length, count and order of a sync say nothing;
/// sent at once, the pause between an answer and the next request would. So whoever carries requests lets
/// each leave at a whole multiple of [`PACE`] after the answer before: work that takes less than that does
/// not show, and work that takes longer shows only where it crosses a multiple.
#[must_use]
pub fn hold_back(since: Duration) -> Duration {
    let pace = PACE.as_nanos();
    let over = since.as_nanos() % pace;
    let left = if over == 0 && !since.is_zero() { 0 } else { pace - over };
    Duration::from_nanos(u64::try_from(left).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ready_sooner_or_later_leaves_at_one_moment() {
        for (since, held) in [
            (0, 50_000),
            (1, 49_999),
            (3_230, 46_770),
            (3_480, 46_520),
            (49_999, 1),
            (50_000, 0),
            (50_001, 49_999),
            (131_000, 19_000),
        ] {
            let since = Duration::from_micros(since);
            assert_eq!(hold_back(since), Duration::from_micros(held), "{since:?}");
            assert!((since + hold_back(since)).as_nanos().is_multiple_of(PACE.as_nanos()));
        }
    }
}
