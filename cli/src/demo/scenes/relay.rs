//! What the relay holds: its file, column by column, and a search through every byte of it.

use attune_core::due::day_of;
use attune_core::lane::ids::CaseId;
use attune_relay::Row;
use attune_wire::ENVELOPE_LEN;

use super::moment::Moment;
use super::sharing::thousands;
use crate::demo::DemoError;
use crate::demo::line::Who;
use crate::demo::search::{folder_holds, tables};
use crate::demo::show::Show;
use crate::demo::stage::{LANES, hex};

/// All that a row has.
const COLUMNS: [&str; 5] = ["lane_id", "ver", "read_ver", "day", "body"];
/// Bytes of a column that are shown.
const SHOWN: usize = 8;
/// The suite and format of an envelope, its first byte.
const SUITE: u8 = 0x01;

/// Shows the two rows that the phone's last sync changed since `before`.
pub(super) fn look_inside(
    show: &mut Show<'_>,
    before: &[Row],
    moment: &Moment,
    case: CaseId,
) -> Result<(), DemoError> {
    show.scene("demo-scene-relay")?;
    let now = show.stage.relay_rows()?;
    let tables = tables(&show.stage.relay_database())?;
    let lane = tables.iter().find(|(name, ..)| name == "lane");
    let five = lane.is_some_and(|(_, columns, rows)| {
        *columns == COLUMNS && usize::try_from(*rows) == Ok(LANES)
    });
    let others_empty = tables.iter().all(|(name, _, rows)| name == "lane" || *rows == 0);
    let says = show.format("demo-relay-rows", &[("count", &LANES.to_string())])?;
    show.say(Who::Relay, says, five && others_empty && now.len() == LANES)?;

    let written: Vec<&Row> = now
        .iter()
        .filter(|row| before.iter().any(|old| old.lane_id == row.lane_id && old.ver < row.ver))
        .collect();
    let [one, other] = written[..] else { return Err(DemoError::Ended) };
    let own_name = now.iter().filter(|row| row.lane_id == one.lane_id).count() == 1;
    columns(show, one, own_name)?;
    let other_body = other.body.as_deref().unwrap_or_default();
    let says = show.format(
        "demo-relay-other",
        &[("case", &short(&other.lane_id.0)), ("value", &short(other_body))],
    )?;
    show.say(Who::Relay, says, sealed(other) && one.lane_id != other.lane_id)?;

    let says = show.text("demo-relay-alike")?;
    let alike = (one.ver, one.read_ver, one.day) == (other.ver, other.read_ver, other.day);
    show.say(Who::Relay, says, alike && sealed(one) && sealed(other) && one.body != other.body)?;

    let words = moment.words.as_bytes();
    let name = show.cast.therapist.clone();
    let blind =
        !holds(show, words)? && !holds(show, case.as_bytes())? && !holds(show, name.as_bytes())?;
    // The search is not blind: the schema is there in plain text.
    let says = show.text("demo-relay-blind")?;
    show.say(Who::Relay, says, blind && holds(show, b"lane_id")?)
}

/// Whether the relay's files hold those bytes, anywhere.
pub(super) fn holds(show: &Show<'_>, needle: &[u8]) -> Result<bool, DemoError> {
    Ok(folder_holds(&show.stage.relay_folder(), needle)?)
}

/// One row, a line for each column.
fn columns(show: &mut Show<'_>, row: &Row, own_name: bool) -> Result<(), DemoError> {
    let body = row.body.as_deref().unwrap_or_default();
    let day = day_of(row.day).map(|day| show.day(day)).transpose()?;
    let (ver, read, number) = (row.ver.to_string(), row.read_ver.to_string(), row.day.to_string());
    let lines = [
        show.format("demo-relay-lane", &[("value", &short(&row.lane_id.0))])?,
        show.format("demo-relay-ver", &[("value", &ver)])?,
        show.format("demo-relay-read", &[("value", &read)])?,
        show.format(
            "demo-relay-day",
            &[("value", &number), ("day", day.as_deref().unwrap_or(""))],
        )?,
        show.format(
            "demo-relay-body",
            &[("value", &short(body)), ("bytes", &thousands(body.len()))],
        )?,
    ];
    let checks = [own_name, row.ver > 0, row.read_ver < row.ver, day.is_some(), sealed(row)];
    for (says, holds) in lines.into_iter().zip(checks) {
        show.say(Who::Relay, says, holds)?;
    }
    Ok(())
}

/// Whether the row has a whole envelope of the one size.
fn sealed(row: &Row) -> bool {
    let body = row.body.as_deref().unwrap_or_default();
    row.holds_envelope() && body.len() == ENVELOPE_LEN && body.first() == Some(&SUITE)
}

fn short(bytes: &[u8]) -> String {
    let shown = hex(&bytes[..bytes.len().min(SHOWN)]);
    if bytes.len() > SHOWN { format!("{shown}…") } else { shown }
}
