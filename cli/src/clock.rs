//! "Now", in the zone of this machine.

use chrono::{DateTime, FixedOffset, Local};

use crate::exit::Name;
use crate::failure::Failure;
use crate::say::say;

/// For tests and scripts: a moment in time that takes the place of the clock, as RFC 3339.
const INSTEAD: &str = "ATTUNE_NOW";

/// What the clock says, or what `ATTUNE_NOW` says in its place.
pub(crate) fn now() -> Result<DateTime<FixedOffset>, Failure> {
    match std::env::var_os(INSTEAD) {
        None => Ok(Local::now().fixed_offset()),
        Some(text) => text
            .to_str()
            .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
            .ok_or_else(|| Failure::new(Name::Usage, say("err-now"))),
    }
}
