//! Time, given from outside, so that tests own it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where the relay reads the time.
pub trait Clock: Send + Sync + 'static {
    /// Time since some fixed start, never going back. For the rates.
    fn steady(&self) -> Duration;

    /// Time since 1970-01-01, UTC. For days and months; it may be wrong and may jump.
    fn unix(&self) -> Duration;

    /// Whole days since 1970-01-01.
    fn day(&self) -> u32 {
        u32::try_from(self.unix().as_secs() / 86_400).unwrap_or(u32::MAX)
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Starts counting now.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn steady(&self) -> Duration {
        self.start.elapsed()
    }

    fn unix(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

/// The month of a day, counted as `year * 12 + month - 1`; 1970-01 is 23,640.
///
/// After Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`, for days
/// since 1970-01-01 only.
#[must_use]
pub fn month_of_day(day: u32) -> u32 {
    let shifted = u64::from(day) + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    // Years begin in March here, so that the leap day is the last one.
    let month = era * 4_800 + year_of_era * 12 + march_month + 2;
    u32::try_from(month).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months() {
        // `date -u -d 1970-01-01+DAYSdays +%Y-%m`
        for (day, year, month) in [
            (0, 1970, 1),
            (30, 1970, 1),
            (31, 1970, 2),
            (58, 1970, 2),
            (59, 1970, 3),
            (364, 1970, 12),
            (365, 1971, 1),
            (11_016, 2000, 2),
            (11_017, 2000, 3),
            (20_512, 2026, 2),
            (20_513, 2026, 3),
            (47_541, 2100, 3),
        ] {
            assert_eq!(month_of_day(day), year * 12 + month - 1, "{day}");
        }
    }
}
