//! The practice's card as CBOR. What is empty or standard is left out.

use super::{Full, Item, Malformed, PairingError, Writer};
use crate::due::{Deadlines, WorkingWeek};
use crate::practice::{AttestedTerms, PracticeCard, PracticeRole};
use crate::repair::RepairOption;

pub(super) fn write(card: &PracticeCard, w: &mut Writer<'_>) -> Result<(), Full> {
    let deadlines = deadlines(card.deadlines);
    let shorter = deadlines.iter().filter(|days| days.is_some()).count();
    let terms = terms_bits(card.terms);
    let optional = [
        shorter > 0,
        terms != 0,
        !card.backup.is_empty(),
        !card.leaves_practice.is_empty(),
        card.introduced_by.is_some(),
    ];
    w.map(5 + optional.iter().filter(|there| **there).count())?;
    w.uint(0u8)?.uint(card.role.code())?;
    w.uint(1u8)?.text(&card.name)?;
    w.uint(2u8)?.array(card.offered.len())?;
    for option in &card.offered {
        // `Keep`, the one option without a code, is on no card that passed its check.
        w.uint(option.code().ok_or(Full)?)?;
    }
    if shorter > 0 {
        w.uint(3u8)?.map(shorter)?;
        for (key, days) in (0u8..).zip(deadlines) {
            if let Some(days) = days {
                w.uint(key)?.uint(days)?;
            }
        }
    }
    w.uint(4u8)?.uint(card.week.bits())?;
    if terms != 0 {
        w.uint(5u8)?.uint(terms)?;
    }
    if !card.backup.is_empty() {
        w.uint(6u8)?.text(&card.backup)?;
    }
    if !card.leaves_practice.is_empty() {
        w.uint(7u8)?.text(&card.leaves_practice)?;
    }
    w.uint(8u8)?.array(card.relays.len())?;
    for relay in &card.relays {
        w.text(relay)?;
    }
    if let Some(introducer) = &card.introduced_by {
        w.uint(9u8)?.text(introducer)?;
    }
    Ok(())
}

/// The card, not yet held to its rules.
pub(super) fn read(item: Item<'_>) -> Result<PracticeCard, PairingError> {
    let mut fields = item.fields()?;
    Ok(PracticeCard {
        role: PracticeRole::from_code(fields.need(0)?.small()?).ok_or(Malformed::UnknownCode)?,
        name: fields.need(1)?.text()?.to_owned(),
        offered: fields
            .need(2)?
            .list()?
            .iter()
            .map(|item| RepairOption::from_code(item.small()?).ok_or(Malformed::UnknownCode))
            .collect::<Result<_, _>>()?,
        deadlines: fields.take(3).map_or(Ok(Deadlines::default()), read_deadlines)?,
        week: WorkingWeek::from_bits(fields.need(4)?.small()?).ok_or(Malformed::UnknownCode)?,
        terms: fields.take(5).map_or(Ok(AttestedTerms::default()), |item| read_terms(&item))?,
        backup: fields.take(6).map_or(Ok(String::new()), |item| some_text(&item))?,
        leaves_practice: fields.take(7).map_or(Ok(String::new()), |item| some_text(&item))?,
        relays: fields
            .need(8)?
            .list()?
            .iter()
            .map(|item| item.text().map(str::to_owned))
            .collect::<Result<_, _>>()?,
        introduced_by: fields.take(9).map(|item| item.text().map(str::to_owned)).transpose()?,
    })
}

fn deadlines(of: Deadlines) -> [Option<u8>; 3] {
    [of.written_follow_up, of.request_provider, of.repair_quietly]
}

fn read_deadlines(item: Item<'_>) -> Result<Deadlines, PairingError> {
    let mut fields = item.fields()?;
    let mut days = |key| fields.take(key).map(|item| item.small()).transpose();
    let deadlines = Deadlines {
        written_follow_up: days(0)?,
        request_provider: days(1)?,
        repair_quietly: days(2)?,
    };
    // A map of deadlines that this version does not know is not empty.
    if deadlines == Deadlines::default() && fields.is_empty() {
        return Err(Malformed::Empty.into());
    }
    Ok(deadlines)
}

fn terms_bits(terms: AttestedTerms) -> u8 {
    [terms.no_fee, terms.keeps_slot, terms.keeps_place, terms.no_missed_visit]
        .iter()
        .rev()
        .fold(0, |bits, attested| bits << 1 | u8::from(*attested))
}

fn read_terms(item: &Item<'_>) -> Result<AttestedTerms, Malformed> {
    let bits: u8 = item.small()?;
    match bits {
        0 => Err(Malformed::Empty),
        1..=15 => Ok(AttestedTerms {
            no_fee: bits & 1 != 0,
            keeps_slot: bits & 2 != 0,
            keeps_place: bits & 4 != 0,
            no_missed_visit: bits & 8 != 0,
        }),
        16.. => Err(Malformed::UnknownCode),
    }
}

fn some_text(item: &Item<'_>) -> Result<String, Malformed> {
    let text = item.text()?;
    if text.is_empty() { Err(Malformed::Empty) } else { Ok(text.to_owned()) }
}
