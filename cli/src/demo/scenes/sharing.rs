//! Preview, share, sync.

use attune_copy::option_ids;
use attune_core::lane::ids::CaseId;
use attune_core::practice::PracticeRole;
use attune_core::preview::{Preview, RepairChoice};
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use attune_wire::FRAME_LEN;

use super::moment::Moment;
use crate::demo::DemoError;
use crate::demo::line::{Details, Who};
use crate::demo::search::{Needle, vault_count, vault_holds};
use crate::demo::show::Show;
use crate::demo::stage::{Links, hex, plain};

/// What Sam picks.
const OPTION: RepairOption = RepairOption::WrittenFollowUp;

/// Shows exactly what would be shared, and with whom.
pub(super) fn look(
    show: &mut Show<'_>,
    links: &Links,
    moment: &Moment,
) -> Result<Preview, DemoError> {
    show.scene("demo-scene-preview")?;
    let (before, now) = (show.stage.relay_rows()?, show.stage.now);
    let choice = RepairChoice {
        moment: Some(moment.id),
        with_pointer: true,
        ..plain(OPTION, links.therapist)
    };
    let preview = show.stage.phone()?.preview(&choice, now)?;

    let to_her = preview.recipient == show.cast.therapist
        && preview.role == PracticeRole::Therapist
        && preview.practice == links.therapist;
    let says = show.format("preview-to-name", &[("name", &preview.recipient)])?;
    let recipient = Some(preview.recipient.clone());
    let details = Details { recipient, ..Details::default() };
    show.say_with(Who::Client, says, to_her, details)?;

    let title = option_ids(preview.option.name()).map_or("", |ids| ids.title);
    let says = field(show, "preview-choice", title)?;
    let details = Details { option: Some(preview.option.name()), ..Details::default() };
    show.say_with(Who::Client, says, preview.option == OPTION, details)?;

    let says = field(show, "preview-where", "mark-where-said")?;
    let details = Details { pointer: preview.pointer.map(Pointer::name), ..Details::default() };
    show.say_with(Who::Client, says, preview.pointer == Some(Pointer::Said), details)?;

    let practices = show.stage.phone()?.practices()?;
    let practice = practices.into_iter().find(|practice| practice.id == preview.practice);
    let name = practice.and_then(|practice| practice.chosen_name).unwrap_or_default();
    let says = show.format("preview-name", &[("name", &name)])?;
    show.say(Who::Client, says, name == show.cast.client)?;

    let says = show.text("preview-notsent")?;
    show.say(Who::Client, says, preview.words.is_none() && preview.until.is_none())?;

    let says = show.text("demo-preview-nothing")?;
    let nothing = show.stage.phone()?.choices(now)?.is_empty();
    show.say(Who::NobodyElse, says, nothing && show.stage.relay_rows()? == before)?;
    Ok(preview)
}

/// Shares what was shown.
pub(super) fn share(show: &mut Show<'_>, preview: &Preview) -> Result<CaseId, DemoError> {
    show.scene("demo-scene-share")?;
    let (before, now) = (show.stage.relay_rows()?, show.stage.now);
    let case = show.stage.phone()?.share(&preview.digest, now)?;
    show.phone_says(case, ChoiceState::Queued, "status-waiting", true)?;

    let query = "SELECT count(*) FROM repair_choice WHERE previewed = ?1";
    let same = vault_count(show.stage.phone()?.vault(), query, [preview.digest])?;
    // A digest is good for one share.
    let only_once = show.stage.phone()?.share(&preview.digest, now).is_err();
    let says = show.text("demo-share-same")?;
    show.say(Who::Client, says, same == 1 && only_once)?;

    let says = show.text("demo-share-waits")?;
    show.say(Who::NobodyElse, says, show.stage.relay_rows()? == before)?;
    Ok(case)
}

/// The phone syncs.
pub(super) fn connect(show: &mut Show<'_>, links: &Links, case: CaseId) -> Result<(), DemoError> {
    show.scene("demo-scene-sync")?;
    let frames = show.stage.sync_phone()?;
    show.phone_says(case, ChoiceState::Uploaded, "status-sent", true)?;

    let whole = frames.iter().all(|frame| (frame.sent, frame.received) == (FRAME_LEN, FRAME_LEN));
    let (count, bytes) = (frames.len().to_string(), thousands(FRAME_LEN));
    let says = show.format("demo-sync-frames", &[("count", &count), ("bytes", &bytes)])?;
    show.say(Who::Relay, says, whole && !frames.is_empty() && frames == links.quiet)?;

    let mut known = false;
    for role in [PracticeRole::Therapist, PracticeRole::Coordinator] {
        let needle = Needle::Bytes(case.as_bytes());
        known |= vault_holds(show.stage.desk(role).vault(), needle)?;
        known |= !show.stage.inbox(role)?.is_empty();
    }
    // The search is not blind: it finds the case where it is.
    let here = vault_holds(show.stage.phone()?.vault(), Needle::Bytes(case.as_bytes()))?;
    let says = show.text("demo-sync-nobody")?;
    show.say(Who::NobodyElse, says, here && !known)
}

/// A field of the preview: its name and its content.
fn field(show: &Show<'_>, name: &str, content: &str) -> Result<String, DemoError> {
    let (name, content) = (show.text(name)?, show.text(content)?);
    show.format("demo-preview-field", &[("title", &name), ("value", &content)])
}

/// A number with a comma at the thousands.
pub(super) fn thousands(number: usize) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", thousands(number / 1_000), number % 1_000)
}

/// The case in hex, for scripts.
pub(super) fn case_details(case: CaseId) -> Details {
    Details { case: Some(hex(case.as_bytes())), ..Details::default() }
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart() {
        let cases = [(0, "0"), (999, "999"), (8_448, "8,448"), (1_000_002, "1,000,002")];
        for (number, text) in cases {
            assert_eq!(thousands(number), text);
        }
    }
}
