//! The texts for a program that asks only for ids that exist, and gives each what it needs: its own test
//! holds that. Were one missing all the same, its name says more than nothing.

use chrono::{Datelike as _, NaiveDate};

use crate::{Value, Words, WordsError};

/// The text of `id`.
#[must_use]
pub fn say(id: &str) -> String {
    say_with(id, &[])
}

/// The text of `id` with a value for each of its placeholders.
#[must_use]
pub fn say_with(id: &str, values: &[(&str, Value<'_>)]) -> String {
    known(Words::english().format(id, values))
}

/// The texts `{id}-1`, `{id}-2` and so on.
#[must_use]
pub fn say_list(id: &str) -> Vec<String> {
    Words::english().list(id).unwrap_or_default()
}

/// The text of `id`, whose one placeholder is `$name`.
#[must_use]
pub fn say_name(id: &str, name: &str) -> String {
    say_with(id, &[("name", name.into())])
}

/// The text of `id`, whose one placeholder is `$day`.
#[must_use]
pub fn say_day(id: &str, date: NaiveDate) -> String {
    say_with(id, &[("day", day(date).into())])
}

/// A day as a person reads it: "Friday, March 6".
#[must_use]
pub fn day(date: NaiveDate) -> String {
    let weekday = date.weekday().number_from_monday();
    known(Words::english().day(weekday, date.month(), date.day()))
}

fn known(text: Result<String, WordsError>) -> String {
    text.unwrap_or_else(|error| {
        debug_assert!(false, "{error}");
        error.to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_as_a_person_reads_it() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        assert_eq!(day(date), "Friday, March 6");
        assert_eq!(say_day("work-item-due", date), "By Friday, March 6");
    }
}
