//! When the desk locks by itself. A pure state machine: it is told the time.

use chrono::{DateTime, Duration, FixedOffset};

/// The last touch, and how long the desk may lie untouched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Idle {
    last: DateTime<FixedOffset>,
    minutes: u16,
}

impl Idle {
    /// Touched now.
    pub(crate) fn new(now: DateTime<FixedOffset>, minutes: u16) -> Self {
        Self { last: now, minutes }
    }

    /// A person did something.
    pub(crate) fn touch(&mut self, now: DateTime<FixedOffset>) {
        self.last = now;
    }

    /// The practice set another time.
    pub(crate) fn set_minutes(&mut self, minutes: u16) {
        self.minutes = minutes;
    }

    /// Whether it is time to lock. So it is after a clock that was set back by more than the time
    /// allowed: what it says of the last touch means nothing then.
    pub(crate) fn is_over(&self, now: DateTime<FixedOffset>) -> bool {
        (now - self.last).abs() >= Duration::minutes(self.minutes.into())
    }

    /// The time allowed, in seconds.
    pub(crate) fn seconds(&self) -> u32 {
        u32::from(self.minutes) * 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_locks_after_the_minutes_allowed_and_not_before() {
        let start = DateTime::parse_from_rfc3339("2026-03-02T09:30:00+02:00").unwrap();
        let at = |seconds| start + Duration::seconds(seconds);
        let mut idle = Idle::new(start, 10);
        assert!(!idle.is_over(at(599)) && idle.is_over(at(600)));
        idle.touch(at(599));
        assert!(!idle.is_over(at(1_198)) && idle.is_over(at(1_199)));
        idle.set_minutes(1);
        assert!(idle.is_over(at(659)));
        assert_eq!(idle.seconds(), 60);
        // The clock was set back: by a little, and by more than the time allowed.
        assert!(!idle.is_over(at(590)) && idle.is_over(at(0)));
    }
}
