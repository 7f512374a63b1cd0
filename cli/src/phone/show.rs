//! How the phone's things look: as documents, and as lines for a person.

use attune_copy::option_ids;
use attune_core::companion::{Choice, Companion, Practice, PracticeNotice, StatusLine, WaitsFor};
use attune_core::misattunement::{Misattunement, MisattunementId};
use attune_core::practice::{AttestedTerms, PracticeRole};
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use attune_core::{Error, PairingStage};
use chrono::{DateTime, FixedOffset};
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
        "ends": moment.last_day(phone.moment_days()?).map(iso),
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
    if let Some(day) = moment.last_day(phone.moment_days()?) {
        lines.push(format!("  {}", say_day("mark-ends", day)));
    }
    lines.push(format!("  {}", moment_line(moment.id)));
    Ok(lines)
}

/// Which moment it is.
pub(super) fn moment_line(id: MisattunementId) -> String {
    format!("{}: {}", say("list-moment"), id.0)
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
    if let Some(day) = choice.until.filter(|_| choice.is_open()) {
        lines.push(format!("  {}", say_day("status-ends", day)));
    }
    lines.push(format!("  {}: {}", say("list-case"), hex(choice.case.as_bytes())));
    lines
}

/// Where a choice stands, and no more than is known.
pub(super) fn state_line(choice: &Choice) -> String {
    let line = choice.status();
    match choice.due.filter(|_| line.names_a_day()) {
        Some(day) => say_day(status_id(line), day),
        None => say(status_id(line)),
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

/// What there is to say of a link. That a relay was not reached is told once, for all practices.
pub(super) fn health_lines(practice: &Practice) -> Vec<String> {
    practice.notices().into_iter().flat_map(|notice| notice_lines(practice, notice)).collect()
}

fn notice_lines(practice: &Practice, notice: PracticeNotice) -> Vec<String> {
    use PracticeNotice as Notice;
    let id = match notice {
        Notice::Goodbye => return vec![say_name("pair-goodbye", &name_of(practice))],
        Notice::TwoPhones => return vec![say("phones-two"), say("phones-two-sub")],
        Notice::NotReached => return Vec::new(),
        Notice::SecondClaim => "pair-used-other",
        Notice::Newcomer => "phones-desk-new",
        Notice::CodeSpent => "pair-spent",
        Notice::NewerNeeded => "sync-peer-newer",
        Notice::VersionJump => "sync-jump",
        Notice::Unreadable => "sync-odd",
        Notice::Denied => "sync-denied",
        Notice::Full => "sync-full",
        Notice::Slow => "sync-busy",
    };
    vec![say(id)]
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

/// The id of the line on where a choice stands.
const fn status_id(line: StatusLine) -> &'static str {
    match line {
        StatusLine::Held => "status-held",
        StatusLine::WaitsForConfirmation => "status-wait-confirm",
        StatusLine::WaitsForComparison => "status-wait-words",
        StatusLine::LinkEnded => "status-ended",
        StatusLine::NotSent => "status-waiting",
        StatusLine::MaybeSent => "status-unsure",
        StatusLine::Sent => "status-sent",
        StatusLine::ReceivedNoteBy => "status-picked",
        StatusLine::ReceivedDueBy => "status-picked-by",
        StatusLine::ReceivedCounts => "status-picked-now",
        StatusLine::ReceivedForSession => "status-picked-session",
        StatusLine::Received => "status-picked-only",
        StatusLine::OpenedNoteBy => "status-opened",
        StatusLine::OpenedDueBy => "status-opened-by",
        StatusLine::OpenedCounts => "status-opened-now",
        StatusLine::OpenedForSession => "status-opened-session",
        StatusLine::Opened => "status-opened-only",
        StatusLine::NoteHere => "status-done",
        StatusLine::Done => "status-done-quiet",
        StatusLine::LateNote => "status-late",
        StatusLine::Late => "status-late-quiet",
        StatusLine::TakingBackUnsure => "takeback-waiting",
        StatusLine::TakingBack => "takeback-telling",
        StatusLine::TakenBackUnseen => "takeback-ok",
        StatusLine::TakenBackSeen => "takeback-late",
        StatusLine::Expired => "status-expired",
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
