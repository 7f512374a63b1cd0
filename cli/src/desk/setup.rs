//! A new desk, its relay and its grant.

use std::path::Path;

use attune_core::desk::{Desk, checked_grant, relay_origin};
use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::practice::{AttestedTerms, PracticeCard, PracticeRole};
use attune_core::repair::RepairOption;
use serde_json::json;

use crate::args::DeskInit;
use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::home::{Home, entropy};
use crate::output::Answer;
use crate::say::{say, say_with};

/// Makes a new desk with the card that its invitations will show.
pub(super) fn init(home: &Home, init: &DeskInit) -> Result<Answer, Fault> {
    let card = card(init)?;
    let grant = init.grant_file.as_deref().map(|file| home.read_text(Some(file))).transpose()?;
    // Before anything is made: a desk without the grant that was meant would be half a desk.
    grant.as_deref().map(|grant| checked_grant(grant).map(drop)).transpose()?;
    home.furnish(|store| {
        let mut desk = Desk::create(&home.dir, store, None, &card, entropy())?;
        if let Some(grant) = &grant {
            desk.set_grant(grant)?;
        }
        Ok(desk.close()?)
    })?;
    let dir = home.dir.display().to_string();
    let json = json!({
        "data": dir,
        "name": card.name,
        "role": card.role.name(),
        "relay": card.relays.first(),
        "options": card.offered.iter().map(|option| option.name()).collect::<Vec<_>>(),
        "grant": grant.is_some(),
    });
    let lines = vec![
        say_with("made-desk", &[("dir", dir.as_str().into())]),
        say("desk-not-watched"),
        say("next-invite"),
    ];
    Ok(Answer::new(json, lines))
}

/// Keeps the grant of the relay.
pub(super) fn grant(desk: &mut Desk, home: &Home, file: Option<&Path>) -> Result<Answer, Fault> {
    desk.set_grant(&home.read_text(file)?)?;
    let relay = desk.card()?.relays.into_iter().next();
    let json = json!({ "relay": relay, "grant": true });
    Ok(Answer::new(json, vec![say("grant-kept")]))
}

/// Moves to another relay. The one in use before stays on the list for phones that look there.
pub(super) fn relay(desk: &mut Desk, typed: &str) -> Result<Answer, Fault> {
    let origin = origin(typed)?;
    let mut card = desk.card()?;
    card.relays.retain(|relay| *relay != origin);
    card.relays.insert(0, origin.clone());
    card.relays.truncate(RELAYS);
    desk.set_card(&card)?;
    let lines =
        vec![say_with("relay-moved", &[("relay", origin.as_str().into())]), say("next-desk-sync")];
    Ok(Answer::new(json!({ "relay": origin, "relays": card.relays }), lines))
}

/// Relays that a card may list.
const RELAYS: usize = 4;

fn card(init: &DeskInit) -> Result<PracticeCard, Fault> {
    let role = PracticeRole::from_name(&init.role)
        .ok_or_else(|| Failure::of(Name::Usage, "err-no-role"))?;
    Ok(PracticeCard {
        role,
        name: init.name.trim().to_owned(),
        offered: offered(role, init.offer.as_deref())?,
        deadlines: Deadlines {
            written_follow_up: init.note_days,
            request_provider: init.provider_days,
            repair_quietly: init.repair_days,
        },
        week: week(&init.working_days)?,
        terms: AttestedTerms {
            no_fee: init.no_fee,
            keeps_slot: init.keeps_slot,
            keeps_place: init.keeps_place,
            no_missed_visit: init.no_missed_visit,
        },
        backup: init.backup.trim().to_owned(),
        leaves_practice: init.leaves_practice.trim().to_owned(),
        relays: vec![origin(&init.relay)?],
        introduced_by: init.introduced_by.clone(),
    })
}

/// The options of the role that were named, and those that cannot be left out.
fn offered(role: PracticeRole, named: Option<&[String]>) -> Result<Vec<RepairOption>, Fault> {
    let Some(named) = named else { return Ok(PracticeCard::options_of(role).collect()) };
    let mut wanted = Vec::new();
    for name in named.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let option = RepairOption::from_name(name)
            .filter(|option| option.recipient() == Some(role))
            .ok_or_else(|| no_offer(role, name))?;
        wanted.push(option);
    }
    Ok(PracticeCard::options_of(role)
        .filter(|option| !option.can_be_left_out() || wanted.contains(option))
        .collect())
}

fn no_offer(role: PracticeRole, typed: &str) -> Failure {
    let names: Vec<_> = PracticeCard::options_of(role).map(RepairOption::name).collect();
    let values = [("option", typed.into()), ("names", names.join(", ").into())];
    Failure::new(Name::Usage, say_with("err-no-offer", &values))
}

fn origin(typed: &str) -> Result<String, Failure> {
    relay_origin(typed.trim()).map_err(|_| {
        let values = [("address", typed.into())];
        Failure::new(Name::BadRelay, say_with("err-relay-address", &values))
    })
}

fn week(days: &[String]) -> Result<WorkingWeek, Failure> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let wrong = || Failure::of(Name::Usage, "err-no-weekday");
    let mut bits = 0;
    for day in days {
        let day = day.trim().to_ascii_lowercase();
        let at = DAYS.iter().position(|name| *name == day).ok_or_else(wrong)?;
        bits |= 1 << at;
    }
    WorkingWeek::from_bits(bits).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_left_out_is_offered_all_the_same() {
        use RepairOption as O;
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let of = |role, list: &[&str]| offered(role, Some(&names(list)));
        assert_eq!(
            of(PracticeRole::Therapist, &["nocontact", " Pause"]).unwrap(),
            [O::Pause, O::SwitchTopic, O::WrittenFollowUp, O::NoContact]
        );
        assert_eq!(of(PracticeRole::Coordinator, &["Interpreter"]).unwrap(), [O::Interpreter]);
        assert!(of(PracticeRole::Therapist, &["Interpreter"]).is_err());
        assert!(of(PracticeRole::Therapist, &["Keep"]).is_err());
        assert_eq!(offered(PracticeRole::Therapist, None).unwrap().len(), 6);
    }

    #[test]
    fn a_week_is_named_by_its_days() {
        let names = |text: &str| text.split(',').map(ToOwned::to_owned).collect::<Vec<_>>();
        assert_eq!(week(&names("mon,tue,wed,thu,fri")).unwrap(), WorkingWeek::MONDAY_TO_FRIDAY);
        assert_eq!(week(&names("Sun, mon")).unwrap().bits(), 0b100_0001);
        assert!(week(&names("monday")).is_err() && week(&names("")).is_err());
    }
}
