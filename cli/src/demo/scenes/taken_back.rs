//! A choice that is taken back before anybody received it.

use attune_core::practice::PracticeRole;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;

use crate::demo::DemoError;
use crate::demo::line::{Details, Who};
use crate::demo::search::{Needle, vault_holds};
use crate::demo::show::Show;
use crate::demo::stage::{Links, hex};

/// Shares, uploads, takes back, and looks at who learned of it.
pub(super) fn play(show: &mut Show<'_>, links: &Links) -> Result<(), DemoError> {
    show.scene("demo-scene-back")?;
    let case = show.stage.share(RepairOption::SwitchTopic, links.therapist)?;
    show.stage.sync_phone()?;
    let choice = show.stage.choice(case)?;
    let title = show.text("pick-switch")?;
    let says = show.format("demo-back-shared", &[("title", &title)])?;
    let details = Details {
        option: Some(choice.option.name()),
        state: Some(choice.state.name()),
        recipient: Some(choice.recipient),
        case: Some(hex(case.as_bytes())),
        ..Details::default()
    };
    show.say_with(Who::Client, says, choice.state == ChoiceState::Uploaded, details)?;

    let before = show.stage.relay_rows()?;
    show.stage.phone()?.take_back(case)?;
    show.phone_says(case, ChoiceState::Withdrawing, "takeback-waiting", true)?;

    let frames = show.stage.sync_phone()?;
    let after = show.stage.relay_rows()?;
    let changed = after.iter().zip(&before).filter(|(new, old)| new.ver > old.ver).count();
    let says = show.text("demo-back-relay")?;
    show.say(Who::Relay, says, frames == links.quiet && changed == 2)?;

    show.stage.sync_desks()?;
    let empty = show.stage.inbox(PracticeRole::Therapist)?.is_empty();
    let vault = show.stage.therapist.vault();
    let known = vault_holds(vault, Needle::Bytes(case.as_bytes()))?;
    let says = show.format("demo-back-desk", &[("line", &show.text("desk-empty")?)])?;
    show.say(Who::Therapist, says, empty && !known)?;

    show.stage.sync_phone()?;
    show.phone_says(case, ChoiceState::Withdrawn { seen: false }, "takeback-ok", true)
}
