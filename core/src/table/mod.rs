//! The vault's tables as rows of ours: one file a table, SQL and column order in one place.

pub(crate) mod about;
pub(crate) mod correction;
pub(crate) mod draft;
pub(crate) mod farewell;
pub(crate) mod follow_up;
pub(crate) mod note_parts;
pub(crate) mod pairing;
pub(crate) mod proposal;
pub(crate) mod receive_key;
pub(crate) mod received_choice;
pub(crate) mod received_proposal;
pub(crate) mod repair_choice;
pub(crate) mod sent;
pub(crate) mod setting;
pub(crate) mod unknown_case;
pub(crate) mod work_item;
pub(crate) mod worksheet;

/// A counter as SQLite keeps it. Ours stay far below 2^63; one that would not is held there.
pub(crate) fn to_column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A counter as it was kept. None of ours is negative.
pub(crate) fn from_column(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
