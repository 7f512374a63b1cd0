//! Instants and days, as they cross the boundary. Each platform has its own types on the other side (`uniffi.toml`).

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::error::AttuneError;
use crate::shows_its_name_only;

/// An instant: milliseconds since 1970-01-01 UTC, from 1970 to 9999. Any number may come across the boundary, since a
/// record is also sent here for its text form, which must not fail; whoever uses one looks at it then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant(i64);

/// 9999-12-31T23:59:59.999Z.
const LAST_MILLIS: i64 = 253_402_300_799_999;

uniffi::custom_type!(Instant, i64, {
    lower: |instant| instant.0,
    try_lift: |millis| Ok(Instant(millis)),
});

impl Instant {
    /// The instant of that many milliseconds since 1970-01-01 UTC.
    ///
    /// # Errors
    /// `BadInput` before 1970 and after 9999.
    pub fn of_millis(millis: i64) -> Result<Self, AttuneError> {
        let fits = (0..=LAST_MILLIS).contains(&millis);
        fits.then_some(Self(millis)).ok_or(AttuneError::BAD_INPUT)
    }

    /// What the vault keeps, as near as can be told.
    pub(crate) fn stored(millis: i64) -> Self {
        Self(millis.clamp(0, LAST_MILLIS))
    }

    /// Milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }
}

/// A day of the Gregorian calendar, from 1970 to 9999: `yyyymmdd`, ISO 8601's basic format as a number. What came across
/// the boundary and is no such day is nothing; whoever uses it declines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(Option<NaiveDate>);

uniffi::custom_type!(Day, i64, {
    lower: |day| day.number(),
    try_lift: |number| Ok(Day::of_number(number).unwrap_or(Day(None))),
});

impl Day {
    /// The day of that number, `yyyymmdd`.
    ///
    /// # Errors
    /// `BadInput` for no day, or one outside of 1970 to 9999.
    pub fn of_number(number: i64) -> Result<Self, AttuneError> {
        let part = |value: i64| u32::try_from(value).ok();
        let date = || {
            let year = i32::try_from(number / 10_000).ok()?;
            let date =
                NaiveDate::from_ymd_opt(year, part(number / 100 % 100)?, part(number % 100)?)?;
            (1970..=9999).contains(&year).then_some(date)
        };
        date().map(|day| Self(Some(day))).ok_or(AttuneError::BAD_INPUT)
    }

    /// `yyyymmdd`; 0 for no day.
    #[must_use]
    pub fn number(self) -> i64 {
        self.0.map_or(0, |day| {
            i64::from(day.year()) * 10_000 + i64::from(day.month() * 100 + day.day())
        })
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(Some(date))
    }
}

impl TryFrom<Day> for NaiveDate {
    type Error = AttuneError;

    fn try_from(day: Day) -> Result<Self, AttuneError> {
        day.0.ok_or(AttuneError::BAD_INPUT)
    }
}

/// The present, as the caller's clock and zone have it.
#[derive(Clone, Copy, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Now {
    /// The instant.
    pub instant: Instant,
    /// How far the zone is ahead of UTC at that instant, in minutes; less than a day either way.
    pub utc_offset_minutes: i32,
}

shows_its_name_only! { Now }

impl TryFrom<Now> for DateTime<FixedOffset> {
    type Error = AttuneError;

    fn try_from(now: Now) -> Result<Self, AttuneError> {
        let seconds = now.utc_offset_minutes.checked_mul(60);
        let zone = seconds.and_then(FixedOffset::east_opt).ok_or(AttuneError::BAD_INPUT)?;
        let Instant(millis) = Instant::of_millis(now.instant.0)?;
        let instant = DateTime::from_timestamp_millis(millis).ok_or(AttuneError::BAD_INPUT)?;
        Ok(instant.with_timezone(&zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_back_and_what_is_none_is_declined() {
        for number in [19700101, 20240229, 20261122, 99991231] {
            assert_eq!(Day::of_number(number).map(Day::number), Ok(number));
        }
        let none = [0, -1, 19691231, 20260229, 20261301, 20260010, 100000101, i64::MIN, i64::MAX];
        for number in none {
            assert_eq!(Day::of_number(number), Err(AttuneError::BAD_INPUT), "{number}");
        }
    }

    #[test]
    fn instants_outside_of_the_calendar_are_declined() {
        for millis in [-1, i64::MIN, i64::MAX, LAST_MILLIS + 1] {
            assert_eq!(Instant::of_millis(millis), Err(AttuneError::BAD_INPUT), "{millis}");
        }
        assert!(DateTime::from_timestamp_millis(LAST_MILLIS).is_some());
    }

    #[test]
    fn a_present_that_came_across_is_looked_at_when_it_is_used() {
        for millis in [-1, i64::MIN, i64::MAX, LAST_MILLIS + 1] {
            let now = Now { instant: Instant(millis), utc_offset_minutes: 0 };
            let declined = DateTime::<FixedOffset>::try_from(now);
            assert_eq!(declined, Err(AttuneError::BAD_INPUT), "{millis}");
        }
        assert_eq!(NaiveDate::try_from(Day(None)), Err(AttuneError::BAD_INPUT));
    }

    #[test]
    fn a_zone_of_a_day_or_more_is_declined() {
        let instant = Instant::of_millis(1).unwrap();
        for (minutes, fits) in
            [(0, true), (840, true), (-720, true), (1_440, false), (i32::MAX, false)]
        {
            let now =
                DateTime::<FixedOffset>::try_from(Now { instant, utc_offset_minutes: minutes });
            assert_eq!(now.is_ok(), fits, "{minutes}");
        }
    }
}
