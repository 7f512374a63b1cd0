//! How the phone's things look: as documents, and as lines for a person.

use attune_copy::option_ids;
use attune_core::companion::{Choice, Companion, Practice, WaitsFor};
use attune_core::misattunement::{Misattunement, MisattunementId};
use attune_core::practice::{AttestedTerms, PracticeRole};
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use attune_core::{Error, PairingStage, Trouble};
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use crate::output::{hex, iso, timestamp};
use crate::say::{say, say_day, say_name};

/// A moment's document.
pub(super) fn moment(
    phone: &Companion,
    moment: &Misattunement,
    now: DateTime<FixedOffset>,
) -> Result<Value, Error> {
    let choices = phone.choices_of(moment.id, now)?;
    let newest = choices.first();
    Ok(json!({
        "moment": moment.id.0.to_string(),
        "marked_at": timestamp(moment.marked_at),
        "pointer": moment.pointer.map(Pointer::name),
        "words": moment.note,
        "ends": ends(phone, moment)?.map(iso),
        "state": newest.map_or(ChoiceState::Held, |choice| choice.state).name(),
        "case": newest.map(|choice| hex(choice.case.as_bytes())),
    }))
}

/// A moment's lines.
pub(super) fn moment_lines(
    phone: &Companion,
    moment: &Misattunement,
    now: DateTime<FixedOffset>,
) -> Result<Vec<String>, Error> {
    let mut lines = vec![say_day("mark-on", moment.marked_at.date_naive())];
    if let Some(pointer) = moment.pointer {
        lines.push(format!("  {}", say(pointer_id(pointer))));
    }
    if let Some(words) = &moment.note {
        lines.extend(words.lines().map(|line| format!("  | {line}")));
    }
    match phone.choices_of(moment.id, now)?.first() {
        None => lines.push(format!("  {}", say("status-held"))),
        Some(choice) => {
            lines.push(format!("  {}: {}", say(title_id(choice.option)), state_line(choice)));
        }
    }
    if let Some(day) = ends(phone, moment)? {
        lines.push(format!("  {}", say_day("mark-ends", day)));
    }
    lines.push(format!("  {}", moment_line(moment.id)));
    Ok(lines)
}

/// Which moment it is.
pub(super) fn moment_line(id: MisattunementId) -> String {
    format!("{}: {}", say("list-moment"), id.0)
}

/// The day after which a moment is wiped.
fn ends(phone: &Companion, moment: &Misattunement) -> Result<Option<NaiveDate>, Error> {
    Ok(phone
        .moment_days()?
        .and_then(|days| moment.marked_at.date_naive().checked_add_days(Days::new(days.into()))))
}

/// A choice's document.
pub(super) fn choice(choice: &Choice) -> Value {
    let seen = match choice.state {
        ChoiceState::Withdrawn { seen } => Some(seen),
        _ => None,
    };
    json!({
        "case": hex(choice.case.as_bytes()),
        "moment": choice.moment.map(|moment| moment.0.to_string()),
        "practice": choice.practice.0.to_string(),
        "recipient": choice.recipient,
        "option": choice.option.name(),
        "pointer": choice.pointer.map(Pointer::name),
        "words": choice.words.as_ref().map(|words| words.as_str()),
        "until": choice.until.map(iso),
        "state": choice.state.name(),
        "seen": seen,
        "due": choice.due.map(iso),
        "waits_for": choice.waits_for.map(|waits| match waits {
            WaitsFor::Confirmation => "Confirmation",
            WaitsFor::Comparison => "Comparison",
        }),
        "unsure": choice.unsure,
        "ended": choice.ended,
        "has_note": choice.has_note,
    })
}

/// A choice's lines.
pub(super) fn choice_lines(choice: &Choice) -> Vec<String> {
    let mut lines = vec![
        say(title_id(choice.option)),
        format!("  {}", say_name("preview-to-name", &choice.recipient)),
        format!("  {}", state_line(choice)),
    ];
    if let Some(day) = choice.until.filter(|_| choice.state.is_open()) {
        lines.push(format!("  {}", say_day("status-ends", day)));
    }
    lines.push(format!("  {}: {}", say("list-case"), hex(choice.case.as_bytes())));
    lines
}

/// Where a choice stands, and no more than is known.
pub(super) fn state_line(choice: &Choice) -> String {
    match choice.waits_for {
        Some(WaitsFor::Confirmation) => return say("status-wait-confirm"),
        Some(WaitsFor::Comparison) => return say("status-wait-words"),
        None => {}
    }
    if choice.ended && choice.state.is_open() {
        return say("status-ended");
    }
    // A note is the one thing that is read: everything else is due, but no reply is.
    let reply = choice.option == RepairOption::WrittenFollowUp;
    match choice.state {
        ChoiceState::Held => say("status-held"),
        ChoiceState::Queued if choice.unsure => say("status-unsure"),
        ChoiceState::Queued => say("status-waiting"),
        ChoiceState::Uploaded => say("status-sent"),
        ChoiceState::Received => due_line(choice, reply, &PICKED),
        ChoiceState::Opened => due_line(choice, reply, &OPENED),
        ChoiceState::Answered if choice.has_note => say("status-done"),
        ChoiceState::Answered => say("status-done-quiet"),
        ChoiceState::Late if reply => say("status-late"),
        ChoiceState::Late => say("status-late-quiet"),
        ChoiceState::Withdrawing if choice.unsure => say("takeback-waiting"),
        ChoiceState::Withdrawing => say("takeback-telling"),
        ChoiceState::Withdrawn { seen: false } => say("takeback-ok"),
        ChoiceState::Withdrawn { seen: true } => say("takeback-late"),
        ChoiceState::Expired => say("status-expired"),
    }
}

/// The ids of one state's lines, by when it is due.
struct DueIds {
    reply: &'static str,
    by: &'static str,
    now: &'static str,
    session: &'static str,
    only: &'static str,
}

const PICKED: DueIds = DueIds {
    reply: "status-picked",
    by: "status-picked-by",
    now: "status-picked-now",
    session: "status-picked-session",
    only: "status-picked-only",
};

const OPENED: DueIds = DueIds {
    reply: "status-opened",
    by: "status-opened-by",
    now: "status-opened-now",
    session: "status-opened-session",
    only: "status-opened-only",
};

fn due_line(choice: &Choice, reply: bool, ids: &DueIds) -> String {
    use RepairOption as O;
    match (choice.due, choice.option) {
        (Some(day), _) if reply => say_day(ids.reply, day),
        (_, O::Pause | O::NoContact) => say(ids.now),
        (Some(day), _) => say_day(ids.by, day),
        (None, O::SwitchTopic | O::BriefCheckIn | O::Interpreter) => say(ids.session),
        (None, _) => say(ids.only),
    }
}

/// A practice's document.
pub(super) fn practice(practice: &Practice) -> Value {
    let card = practice.card.as_ref();
    json!({
        "practice": practice.id.0.to_string(),
        "recipient": card.map(|card| card.name.as_str()),
        "role": card.map(|card| card.role.name()),
        "stage": practice.stage.name(),
        "relay": practice.relay,
        "name": practice.chosen_name,
        "options": card.map(|card| {
            card.offered.iter().map(|option| option.name()).collect::<Vec<_>>()
        }),
        "terms": card.map(|card| terms(card.terms)),
        "backup": card.map(|card| card.backup.as_str()),
        "leaves_practice": card.map(|card| card.leaves_practice.as_str()),
        "introduced_by": card.and_then(|card| card.introduced_by.as_deref()),
        "compared": practice.health.compared,
        "newcomer": practice.health.newcomer,
        "two_phones": practice.health.two_phones,
        "second_claim": practice.health.second_claim,
        "trouble": practice.health.trouble.name(),
    })
}

/// A practice's lines.
pub(super) fn practice_lines(practice: &Practice) -> Vec<String> {
    let mut lines = vec![name_of(practice)];
    if let Some(card) = &practice.card {
        lines.push(format!("  {}", say(role_id(card.role))));
    }
    lines.push(format!(
        "  {}",
        say(match practice.stage {
            PairingStage::Waiting => "pair-stage-waiting",
            PairingStage::Active => "pair-stage-active",
            PairingStage::Ended => "pair-stage-ended",
        })
    ));
    lines.extend(health_lines(practice).into_iter().map(|line| format!("  {line}")));
    lines.push(format!("  {}: {}", say("list-practice"), practice.id.0));
    lines
}

/// What the last sync met, and what else is the matter with a pairing. That a relay was not reached
/// is told once, for all practices.
pub(super) fn health_lines(practice: &Practice) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(match practice.health.trouble {
        Trouble::None | Trouble::Unreachable => None,
        Trouble::Denied => Some(say("sync-denied")),
        Trouble::Unreadable => Some(say("sync-odd")),
        Trouble::NewerNeeded => Some(say("sync-peer-newer")),
        Trouble::Slow => Some(say("sync-busy")),
        Trouble::Full => Some(say("sync-full")),
        Trouble::CodeSpent => Some(say("pair-spent")),
        Trouble::SecondClaim => Some(say("pair-used-other")),
        Trouble::VersionJump => Some(say("sync-jump")),
        Trouble::Goodbye => Some(say_name("pair-goodbye", &name_of(practice))),
    });
    if practice.health.two_phones {
        lines.extend([say("phones-two"), say("phones-two-sub")]);
    }
    if practice.health.second_claim && practice.health.trouble != Trouble::SecondClaim {
        lines.push(say("pair-used-other"));
    }
    if practice.health.newcomer {
        lines.push(say("phones-desk-new"));
    }
    lines
}

/// The name that a practice gave itself; before it said one, its number stands for it.
pub(super) fn name_of(practice: &Practice) -> String {
    practice.card.as_ref().map_or_else(
        || format!("{} {}", say("list-practice"), practice.id.0),
        |card| card.name.clone(),
    )
}

/// What a choice will not cost, as a document.
pub(super) fn terms(terms: AttestedTerms) -> Value {
    json!({
        "no_fee": terms.no_fee,
        "keeps_slot": terms.keeps_slot,
        "keeps_place": terms.keeps_place,
        "no_missed_visit": terms.no_missed_visit,
    })
}

/// What a choice will not cost, as lines: only what was attested, or that nothing was.
pub(super) fn terms_lines(terms: AttestedTerms) -> Vec<String> {
    let attested = [
        (terms.no_fee, "cost-fee"),
        (terms.keeps_slot, "cost-slot"),
        (terms.keeps_place, "cost-wait"),
        (terms.no_missed_visit, "cost-visit"),
    ];
    let mut lines = vec![say("cost-title")];
    lines.extend(attested.iter().filter(|(told, _)| *told).map(|(_, id)| format!("  {}", say(id))));
    if lines.len() == 1 {
        lines.push(format!("  {}", say("cost-unknown")));
    }
    lines
}

/// The id of an option's title.
pub(super) fn title_id(option: RepairOption) -> &'static str {
    option_ids(option.name()).map_or("pick-keep", |ids| ids.title)
}

/// The id of the line below an option's title.
pub(super) fn sub_id(option: RepairOption) -> &'static str {
    option_ids(option.name()).map_or("pick-keep-sub", |ids| ids.sub)
}

/// The id of a pointer's text.
pub(super) const fn pointer_id(pointer: Pointer) -> &'static str {
    match pointer {
        Pointer::Said => "mark-where-said",
        Pointer::LeftOut => "mark-where-missed",
        Pointer::Plan => "mark-where-plan",
        Pointer::Place => "mark-where-place",
    }
}

/// The id of a role's text.
pub(super) const fn role_id(role: PracticeRole) -> &'static str {
    match role {
        PracticeRole::Therapist => "pair-role-therapist",
        PracticeRole::Coordinator => "pair-role-desk",
    }
}

/// Milliseconds since 1970-01-01 UTC as a moment in time, in the zone of `now`.
pub(super) fn instant(millis: i64, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    DateTime::from_timestamp_millis(millis).map(|at| at.with_timezone(now.offset()))
}
