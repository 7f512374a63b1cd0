//! An answer that is lost on the way, and a phone that is killed: nothing is lost, and nothing
//! happens twice.

use attune_copy::option_ids;
use attune_core::lane::ids::CaseId;
use attune_core::practice::PracticeRole;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;

use super::answer::tell_card;
use super::moment::Moment;
use crate::demo::DemoError;
use crate::demo::child::kill_a_phone;
use crate::demo::line::{Details, Who};
use crate::demo::search::vault_count;
use crate::demo::show::Show;
use crate::demo::stage::{Links, hex};

/// The choices that Sam has made when the phone was killed, taken back ones included.
const CHOICES: usize = 5;

/// The relay stores a choice, and the phone does not hear of it.
pub(super) fn lose_an_answer(show: &mut Show<'_>, links: &Links) -> Result<(), DemoError> {
    show.scene("demo-scene-lost")?;
    let option = RepairOption::Pause;
    let case = show.stage.share(option, links.therapist)?;
    let before = show.stage.relay_rows()?;
    show.stage.sync_phone_with_a_lost_answer()?;
    let after = show.stage.relay_rows()?;
    let stored = after.iter().zip(&before).filter(|(new, old)| new.ver > old.ver).count();
    shared(show, "demo-lost-answer", case, option, stored == 2)?;
    show.phone_says(case, ChoiceState::Queued, "status-unsure", true)?;
    everybody_syncs(show)?;
    show.phone_says(case, ChoiceState::Received, "status-picked-now", true)?;
    once(show, case, 1, "demo-lost-once")
}

/// The phone is killed between an upload and its answer.
pub(super) fn kill_the_phone(
    show: &mut Show<'_>,
    links: &Links,
    moment: &Moment,
) -> Result<(), DemoError> {
    show.scene("demo-scene-killed")?;
    let option = RepairOption::RepairQuietly;
    let before = show.stage.relay_rows()?;
    let killed = kill_a_phone(&mut show.stage, option, links.therapist)?;
    let after = show.stage.relay_rows()?;
    let uploaded = after.iter().zip(&before).filter(|(new, old)| new.ver > old.ver).count() == 1;
    shared(show, "demo-killed-shared", killed.case, option, killed.by_kill && uploaded)?;

    let now = show.stage.now;
    let phone = show.stage.phone()?;
    phone.vault().verify()?;
    let all_there = phone.moment(moment.id)?.note.as_ref() == Some(&moment.words)
        && phone.notes()?.len() == 1
        && phone.choices(now)?.len() == CHOICES;
    let says = show.text("demo-killed-opened")?;
    show.say(Who::Client, says, all_there)?;
    show.phone_says(killed.case, ChoiceState::Queued, "status-unsure", true)?;
    everybody_syncs(show)?;
    show.phone_says(killed.case, ChoiceState::Received, "status-picked-by", true)?;
    once(show, killed.case, 2, "demo-killed-once")
}

/// What Sam picked and what then went wrong.
fn shared(
    show: &mut Show<'_>,
    id: &str,
    case: CaseId,
    option: RepairOption,
    holds: bool,
) -> Result<(), DemoError> {
    let title = show.text(option_ids(option.name()).map_or("", |ids| ids.title))?;
    let says = show.format(id, &[("title", &title)])?;
    let details = Details {
        option: Some(option.name()),
        case: Some(hex(case.as_bytes())),
        ..Details::default()
    };
    show.say_with(Who::Client, says, holds, details)
}

/// The desks, the phone, and all of them once more: a second effect would have its chance.
fn everybody_syncs(show: &mut Show<'_>) -> Result<(), DemoError> {
    for _ in 0..2 {
        show.stage.sync_desks()?;
        show.stage.sync_phone()?;
    }
    show.stage.sync_desks()
}

/// The therapist has one card of the case among the `open` ones, and her vault one row.
fn once(show: &mut Show<'_>, case: CaseId, open: usize, id: &str) -> Result<(), DemoError> {
    let cards = show.stage.inbox(PracticeRole::Therapist)?;
    let mut of_case = cards.iter().filter(|card| card.case == case);
    let (Some(card), None) = (of_case.next(), of_case.next()) else {
        return Err(DemoError::Ended);
    };
    let query = "SELECT count(*) FROM received_choice WHERE case_id = ?1";
    let rows = vault_count(show.stage.therapist.vault(), query, [case.as_bytes()])?;
    tell_card(show, PracticeRole::Therapist, card, rows == 1)?;
    let says = show.text(id)?;
    show.say(Who::Therapist, says, cards.len() == open && rows == 1)
}
