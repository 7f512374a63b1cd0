//! The texts that a person reads, by their ids in `attune-copy`. That every id in this crate exists, and
//! is given what it needs, is held by `tests/words.rs`.

pub(crate) use attune_copy::say::{day, say, say_day, say_list, say_name, say_with};
use chrono::{DateTime, FixedOffset, NaiveDate, Timelike as _};

/// A moment as a person reads it: "10:42" today, and on another day with the day before it.
pub(crate) fn moment(at: DateTime<FixedOffset>, today: NaiveDate) -> String {
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    if at.date_naive() == today {
        return time;
    }
    say_with("page-moment", &[("day", day(at.date_naive()).into()), ("time", time.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_names_its_day_unless_it_is_today() {
        let at = DateTime::parse_from_rfc3339("2026-03-06T09:05:00+02:00").unwrap();
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(moment(at, day("2026-03-06")), "09:05");
        assert_eq!(moment(at, day("2026-03-05")), "Friday, March 6, 09:05");
    }
}
