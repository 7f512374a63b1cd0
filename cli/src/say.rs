//! The texts that a person reads, by their ids in `attune-copy`.

use attune_copy::{Value, Words};
use chrono::{Datelike as _, NaiveDate};

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

/// A day as a person reads it.
pub(crate) fn day(date: NaiveDate) -> String {
    let weekday = date.weekday().number_from_monday();
    known(Words::english().day(weekday, date.month(), date.day()))
}

/// That every id that stands in this program exists is held by a test; were one missing, its name
/// says more than nothing.
fn known(text: Result<String, attune_copy::WordsError>) -> String {
    text.unwrap_or_else(|error| {
        debug_assert!(false, "{error}");
        error.to_string()
    })
}
