//! How wrong passphrases are slowed. A pure state machine: it is told the time.
//!
//! It slows somebody at the page. Who has the folder can try on a machine of their own, and Argon2id
//! is what slows them.

use chrono::{DateTime, Duration, FixedOffset};

/// Seconds to wait after that many wrong passphrases in a row; the last one holds from then on.
const WAITS: [i64; 8] = [0, 0, 5, 15, 30, 60, 120, 300];

/// Wrong passphrases in a row. It is kept in memory alone, and forgotten at the right one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempts {
    wrong: usize,
    wait_until: Option<DateTime<FixedOffset>>,
}

impl Attempts {
    /// Seconds until the next one may be tried; `None` when it may be tried now.
    pub(crate) fn wait(&self, now: DateTime<FixedOffset>) -> Option<i64> {
        let left = self.wait_until? - now;
        // A clock that was set back never makes the wait longer than it was.
        let longest = WAITS[self.wrong.saturating_sub(1).min(WAITS.len() - 1)];
        let seconds = (left.num_milliseconds() + 999).div_euclid(1_000);
        (seconds > 0).then(|| seconds.min(longest))
    }

    /// One was wrong.
    pub(crate) fn failed(&mut self, now: DateTime<FixedOffset>) {
        let wait = WAITS[self.wrong.min(WAITS.len() - 1)];
        self.wrong = self.wrong.saturating_add(1);
        self.wait_until = (wait > 0).then(|| now + Duration::seconds(wait));
    }

    /// One was right.
    pub(crate) fn succeeded(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_passphrase_makes_the_wait_longer_up_to_five_minutes() {
        let start = DateTime::parse_from_rfc3339("2026-03-02T09:30:00+02:00").unwrap();
        let mut attempts = Attempts::default();
        let mut now = start;
        let waits = [None, None, Some(5), Some(15), Some(30), Some(60), Some(120), Some(300)];
        for wait in waits.into_iter().chain([Some(300), Some(300)]) {
            assert_eq!(attempts.wait(now), None);
            attempts.failed(now);
            assert_eq!(attempts.wait(now), wait);
            if let Some(seconds) = wait {
                assert_eq!(attempts.wait(now + Duration::seconds(seconds - 1)), Some(1));
                now += Duration::seconds(seconds);
            }
        }
        attempts.succeeded();
        attempts.failed(now);
        assert_eq!(attempts.wait(now), None);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_shut_anybody_out() {
        let start = DateTime::parse_from_rfc3339("2026-03-02T09:30:00+02:00").unwrap();
        let mut attempts = Attempts::default();
        (0..3).for_each(|_| attempts.failed(start));
        assert_eq!(attempts.wait(start - Duration::days(30)), Some(5));
    }
}
