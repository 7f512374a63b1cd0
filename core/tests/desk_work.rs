//! What a therapist does between a card and its answer, and afterwards; and what goes by itself.

mod world;

use attune_core::Error;
use attune_core::desk::{CardEnd, WorkItemKind, Worksheet};
use attune_core::followup::NoteParts;
use attune_core::lane::ids::CaseId;
use attune_core::repair::RepairOption;
use world::{World, days, monday, sync};
use zeroize::Zeroizing;

fn text(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

/// A world with one open card.
fn with_card(seed: u64, option: RepairOption) -> (World, CaseId) {
    let mut w = World::paired(seed);
    let case = w.share(option, monday());
    w.sync_all(monday());
    (w, case)
}

#[test]
fn the_worksheet_and_the_parts_of_a_note_are_kept_until_the_note_is_sent() {
    let (mut w, case) = with_card(51, RepairOption::WrittenFollowUp);
    let now = monday();
    assert!(w.desk.worksheet(case, now).unwrap().is_empty());
    let sheet = Worksheet {
        said: text("I said her name wrong."),
        consult: text("Noa"),
        consult_on: Some("2026-03-04".parse().unwrap()),
        ..Worksheet::default()
    };
    w.desk.set_worksheet(case, &sheet, now).unwrap();
    let parts = NoteParts {
        impact: text("I said your name wrong, and that may have made you feel unseen."),
        apology: text("I am sorry."),
        correction: text("I have learned it, and I will say it right."),
        step: text("I will start with it on Friday."),
    };
    w.desk.set_note_parts(case, &parts, now).unwrap();
    let path = w.path("desk");
    let entropy = w.entropy.clone();
    w.desk.close().unwrap();
    let mut desk = world::open_desk(&path, &entropy);
    assert!(desk.worksheet(case, now).unwrap() == sheet);
    assert!(desk.note_parts(case, now).unwrap() == parts);

    let whole = parts.text("No reply is needed.");
    let card = desk.open_card(case, now).unwrap();
    let check = desk.check(&card, &whole);
    assert!(!check.blocks() && check.remarks.is_empty(), "{check:?}");
    desk.reply(case, &whole, now).unwrap();
    // The card is not open any more, and nothing is left of the draft.
    assert!(matches!(desk.note_parts(case, now), Err(Error::NotFound)));
    let left = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        move |db: &attune_cipher::rusqlite::Connection| -> Result<i64, Error> {
            Ok(db.query_row(&sql, [], |row| row.get(0))?)
        }
    };
    assert_eq!(desk.vault().read(left("note_parts")).unwrap(), 0);
    assert_eq!(desk.vault().read(left("worksheet")).unwrap(), 1);
}

#[test]
fn a_note_that_names_a_cost_is_not_sent_and_nothing_of_it_is_lost() {
    let (mut w, case) = with_card(52, RepairOption::WrittenFollowUp);
    let now = monday();
    let blocked = "If you stop now, I have to tell your insurer.";
    let parts = NoteParts { impact: text(blocked), ..NoteParts::default() };
    w.desk.set_note_parts(case, &parts, now).unwrap();
    assert!(matches!(w.desk.reply(case, blocked, now), Err(Error::NoteBlocked)));
    assert!(w.desk.note_parts(case, now).unwrap() == parts);
    w.sync_all(now);
    assert!(w.phone.notes().unwrap().is_empty());
    let good = "I said your name wrong. I am sorry. No reply is needed.";
    w.desk.reply(case, good, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.phone.notes().unwrap()[0].text.as_str(), good);
}

#[test]
fn a_choice_brings_something_to_consult_on_and_taking_it_back_takes_it_away() {
    let mut w = World::paired(53);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.share(RepairOption::Interpreter, now);
    sync(&mut w.phone, &mut w.relay, now);
    w.desk.set_next_session(w.client, Some("2026-03-09".parse().unwrap())).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    let [item] = &w.desk.work_items(now).unwrap()[..] else { panic!("one item") };
    assert_eq!(item.kind, WorkItemKind::Consultation);
    assert_eq!(item.option, Some(RepairOption::Pause));
    assert_eq!(item.due, Some("2026-03-09".parse().unwrap()));
    let id = item.id;
    assert!(matches!(w.desk.remove_work_item(id), Err(Error::TooLate)));
    w.sync_all(now);
    assert!(w.front.work_items(now).unwrap().is_empty(), "the front desk consults nobody");

    w.phone.take_back(case).unwrap();
    w.sync_all(now);
    assert!(w.desk.work_items(now).unwrap().is_empty());
}

#[test]
fn an_item_that_somebody_wrote_on_is_their_own() {
    let (mut w, case) = with_card(54, RepairOption::Pause);
    let now = monday();
    let id = w.desk.work_items(now).unwrap()[0].id;
    w.desk.set_work_item(id, " How I speak of families ", None).unwrap();
    w.desk.set_work_item_done(id, true, now).unwrap();
    w.phone.take_back(case).unwrap();
    w.sync_all(now);
    let [item] = &w.desk.work_items(now).unwrap()[..] else { panic!("one item") };
    assert_eq!((item.what.as_str(), item.option), ("How I speak of families", None));
    assert_eq!(item.done, Some(now.date_naive()));
    w.desk.set_work_item_done(id, false, now).unwrap();
    assert!(w.desk.work_items(now).unwrap()[0].done.is_none());
    w.desk.remove_work_item(id).unwrap();
    assert!(w.desk.work_items(now).unwrap().is_empty());
}

#[test]
fn items_of_ones_own_come_open_and_soonest_first() {
    let mut w = World::paired(55);
    let (now, day) = (monday(), |day: &str| Some(day.parse().unwrap()));
    let mut add = |kind, what: &str, due| w.desk.add_work_item(kind, what, due).unwrap();
    let done = add(WorkItemKind::Learning, "Read on silence", day("2026-03-03"));
    add(WorkItemKind::Learning, "Some day", None);
    add(WorkItemKind::Consultation, "Second", day("2026-03-12"));
    add(WorkItemKind::Consultation, "First", day("2026-03-11"));
    w.desk.set_work_item_done(done, true, now).unwrap();
    let items = w.desk.work_items(now).unwrap();
    let order: Vec<&str> = items.iter().map(|item| item.what.as_str()).collect();
    assert_eq!(order, ["First", "Second", "Some day", "Read on silence"]);
    let refused = w.desk.add_work_item(WorkItemKind::Learning, "  ", None);
    assert!(matches!(refused, Err(Error::TextEmpty)));
    let long = "w".repeat(4_801);
    assert!(matches!(
        w.desk.add_work_item(WorkItemKind::Learning, &long, None),
        Err(Error::TextTooLong)
    ));
    // What is done goes with the days that the practice set; what is open stays.
    w.desk.sweep(now + days(31)).unwrap();
    assert_eq!(w.desk.work_items(now).unwrap().len(), 3);
}

#[test]
fn corrections_are_kept_with_the_day_from_which_they_hold() {
    let mut w = World::paired(56);
    let day = |day: &str| day.parse().unwrap();
    let first = w.desk.add_correction("Names are asked for, not read.", day("2026-03-02")).unwrap();
    w.desk.add_correction("The form has a free field.", day("2026-03-20")).unwrap();
    let corrections = w.desk.corrections().unwrap();
    assert_eq!(corrections[0].from, day("2026-03-20"));
    assert_eq!(corrections[1].what.as_str(), "Names are asked for, not read.");
    w.desk.remove_correction(first).unwrap();
    assert!(matches!(w.desk.remove_correction(first), Err(Error::NotFound)));
    assert!(matches!(w.desk.add_correction(" ", day("2026-03-02")), Err(Error::TextEmpty)));
}

#[test]
fn a_practice_sets_when_its_desk_locks_and_how_long_settled_cases_stay() {
    let (mut w, case) = with_card(57, RepairOption::Pause);
    let now = monday();
    assert_eq!((w.desk.idle_minutes().unwrap(), w.desk.retention_days().unwrap()), (10, 30));
    for days in [0, 367] {
        assert!(matches!(w.desk.set_retention_days(days), Err(Error::OutOfRange)));
    }
    assert!(matches!(w.desk.set_idle_minutes(0), Err(Error::OutOfRange)));
    w.desk.set_idle_minutes(3).unwrap();
    w.desk.set_retention_days(2).unwrap();
    assert_eq!((w.desk.idle_minutes().unwrap(), w.desk.retention_days().unwrap()), (3, 2));

    w.desk.done(case, now).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    let rows = |w: &mut World| {
        let sql = "SELECT count(*) FROM received_choice";
        let count = |db: &attune_cipher::rusqlite::Connection| -> Result<i64, Error> {
            Ok(db.query_row(sql, [], |row| row.get(0))?)
        };
        w.desk.vault().read(count).unwrap()
    };
    w.desk.sweep(now + days(2)).unwrap();
    assert_eq!(rows(&mut w), 1, "settled two days ago");
    w.desk.sweep(now + days(3)).unwrap();
    assert_eq!(rows(&mut w), 0);
}

#[test]
fn a_card_is_done_with_its_correction_or_neither_is_kept() {
    let (mut w, case) = with_card(58, RepairOption::RepairQuietly);
    let (now, from) = (monday(), "2026-03-02".parse().unwrap());
    let empty = w.desk.done_with(case, " ", from, now);
    assert!(matches!(empty, Err(Error::TextEmpty)));
    assert_eq!(w.desk.card_end(case, now).unwrap(), None);
    w.desk.done_with(case, "Names are asked for.", from, now).unwrap();
    // The second press finds no open card, and its correction goes with it.
    let twice = w.desk.done_with(case, "Names are asked for.", from, now);
    assert!(matches!(twice, Err(Error::NotFound)));
    assert_eq!(w.desk.corrections().unwrap().len(), 1);
}

#[test]
fn a_card_that_is_not_open_says_why() {
    let mut w = World::paired(59);
    let now = monday();
    let [done, taken, ends] =
        [RepairOption::Pause, RepairOption::SwitchTopic, RepairOption::BriefCheckIn]
            .map(|option| w.share(option, now));
    w.sync_all(now);
    let end = |w: &World, case| w.desk.card_end(case, now).unwrap();
    assert!([done, taken, ends].into_iter().all(|case| end(&w, case).is_none()));
    w.desk.done(done, now).unwrap();
    w.phone.take_back(taken).unwrap();
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    let last = |db: &attune_cipher::rusqlite::Connection| -> Result<(), Error> {
        let sql = "UPDATE received_choice SET expiry_day = 20000 WHERE case_id = ?1";
        db.execute(sql, [ends.as_bytes()])?;
        Ok(())
    };
    w.desk.vault().write(last).unwrap();
    assert_eq!(end(&w, done), Some(CardEnd::Answered));
    assert_eq!(end(&w, taken), Some(CardEnd::TakenBack));
    assert_eq!(end(&w, ends), Some(CardEnd::Expired));
    // Once the phone knows that it knows, nothing of it is kept.
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(end(&w, taken), Some(CardEnd::TakenBack));
}
