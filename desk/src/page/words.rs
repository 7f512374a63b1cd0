//! The texts that a person reads, by their ids in `attune-copy`. That every id in this crate exists, and
//! is given what it needs, is held by `tests/words.rs`.

use attune_copy::{Value, Words};
use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Timelike as _};

/// The text of `id`.
pub(crate) fn say(id: &str) -> String {
    say_with(id, &[])
}

/// The text of `id` with a value for each of its placeholders.
pub(crate) fn say_with(id: &str, values: &[(&str, Value<'_>)]) -> String {
    known(Words::english().format(id, values))
}

/// The texts `{id}-1`, `{id}-2` and so on.
pub(crate) fn say_list(id: &str) -> Vec<String> {
    Words::english().list(id).unwrap_or_default()
}

/// The text of `id`, whose one placeholder is `$name`.
pub(crate) fn say_name(id: &str, name: &str) -> String {
    say_with(id, &[("name", name.into())])
}

/// The text of `id`, whose one placeholder is `$day`.
pub(crate) fn say_day(id: &str, date: NaiveDate) -> String {
    say_with(id, &[("day", day(date).into())])
}

/// A day as a person reads it: "Friday, March 6".
pub(crate) fn day(date: NaiveDate) -> String {
    let weekday = date.weekday().number_from_monday();
    known(Words::english().day(weekday, date.month(), date.day()))
}

/// A moment as a person reads it: "10:42" today, and on another day with the day before it.
pub(crate) fn moment(at: DateTime<FixedOffset>, today: NaiveDate) -> String {
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    if at.date_naive() == today {
        return time;
    }
    say_with("page-moment", &[("day", day(at.date_naive()).into()), ("time", time.into())])
}

fn known(text: Result<String, attune_copy::WordsError>) -> String {
    text.unwrap_or_else(|error| {
        debug_assert!(false, "{error}");
        error.to_string()
    })
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
