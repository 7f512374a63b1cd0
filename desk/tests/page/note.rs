//! The worksheet and the editor: nothing typed is lost, what blocks is not sent, and what was read is what
//! is sent.

use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use ring::digest::{SHA256, digest};

use crate::phone::Linked;
use crate::world::{PASSPHRASE, say};

const PARTS: [(&str, &str); 4] = [
    (
        "impact",
        "I joked about how you speak last week. That may have made the room feel less safe.",
    ),
    ("apology", "I am sorry I said it."),
    ("correction", "I will not joke about how people speak."),
    ("step", "I will work on this with my supervisor before our next session."),
];

const PENALTY: &str = "If you do not answer, I will have to tell your insurer.";

fn whole(parts: &[(&str, &str)]) -> String {
    let texts: Vec<_> = parts.iter().map(|(_, text)| *text).collect();
    format!("{}\n\n{}", texts.join("\n\n"), say("write-leave"))
}

/// Which text a button sends.
fn read(text: &str) -> String {
    let bytes = digest(&SHA256, text.as_bytes());
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_was_read_is_what_is_sent() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.opened(RepairOption::WrittenFollowUp);
    let note = format!("{path}/note");
    let empty = sam.browser.get(&note);
    assert!(empty.says(&say("write-empty")) && !empty.says(&say("read-send")), "{}", empty.body);
    assert_eq!(sam.write(&note, &PARTS).location(), note);
    let page = sam.browser.get(&note);
    assert!(page.says(&say("check-nothing")), "{}", page.body);
    assert!(
        page.body.contains(&format!("<blockquote class=\"exact\" dir=\"auto\">{}<", whole(&PARTS)))
    );
    let known = page.value("read").unwrap();
    assert_eq!(known, read(&whole(&PARTS)));

    // Somebody goes on writing above the preview, and presses the button below it.
    let mut other = PARTS;
    other[3].1 = "I will go over my notes by Friday.";
    let fields: Vec<_> = other.into_iter().chain([("read", known.as_str())]).collect();
    assert_eq!(sam.edit(&note, &format!("{note}/send"), &fields).location(), note);
    let page = sam.browser.get(&note);
    assert!(page.says(&say("write-changed")) && page.says(other[3].1), "{}", page.body);
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Opened);
    assert!(sam.phone.companion.notes().unwrap().is_empty());

    let known = page.value("read").unwrap();
    let fields: Vec<_> = other.into_iter().chain([("read", known.as_str())]).collect();
    assert_eq!(sam.edit(&note, &format!("{note}/send"), &fields).location(), "/");
    let list = sam.browser.get("/");
    assert!(list.says(&say("reply-sent")) && list.says(&say("desk-empty")), "{}", list.body);
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Answered);
    let notes = sam.phone.companion.notes().unwrap();
    assert_eq!(notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), [whole(&other)]);
    // The button was pressed twice: the second page says what the first did, and nothing is sent again.
    assert_eq!(sam.edit(&note, &format!("{note}/send"), &fields).location(), "/");
    assert!(sam.browser.get("/").says(&say("reply-sent")));
    sam.sync();
    assert_eq!(sam.phone.companion.notes().unwrap().len(), 1);
    // Another text is too late.
    let fields: Vec<_> = PARTS.into_iter().chain([("read", known.as_str())]).collect();
    let twice = sam.edit(&note, &format!("{note}/send"), &fields);
    assert!(twice.status == 410 && twice.says(&say("gone-answered")), "{}", twice.body);
}

#[test]
fn a_note_that_meets_a_locked_desk_is_sent_once_it_is_unlocked() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.opened(RepairOption::WrittenFollowUp);
    let note = format!("{path}/note");
    sam.write(&note, &PARTS);
    let page = sam.browser.get(&note);
    let carried = ["read", "csrf", "base"].map(|name| (name, page.value(name).unwrap()));
    sam.write("/lock", &[]);
    let fields = PARTS.map(|(name, text)| (name, text.to_owned()));
    let fields: Vec<_> = fields.into_iter().chain(carried).collect();
    let held = sam.browser.post(&format!("{note}/send"), &fields);
    assert_eq!((held.status, held.location()), (303, "/unlock"));
    let go_on = [("passphrase", PASSPHRASE.to_owned()), ("held", "yes".to_owned())];
    let done = sam.browser.write("/unlock", "/unlock", &go_on);
    assert_eq!((done.status, done.location()), (303, "/"), "{}", done.body);
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Answered);
    assert_eq!(sam.phone.companion.notes().unwrap()[0].text.as_str(), whole(&PARTS));
}

#[test]
fn what_blocks_is_shown_where_it_stands_and_is_not_sent() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.opened(RepairOption::WrittenFollowUp);
    let note = format!("{path}/note");
    let mut parts = PARTS;
    parts[3].1 = PENALTY;
    sam.write(&note, &parts);
    let page = sam.browser.get(&note);
    for id in ["burden-penalty", "check-blocks", "check-held", "note-no-date"] {
        assert!(page.says(&say(id)), "{id}: {}", page.body);
    }
    assert!(page.body.contains("<mark>") && !page.says(&say("read-send")));
    // A form that was made by hand does not get it past the core.
    let known = read(&whole(&parts));
    let fields: Vec<_> = parts.into_iter().chain([("read", known.as_str())]).collect();
    assert_eq!(sam.edit(&note, &format!("{note}/send"), &fields).location(), note);
    let page = sam.browser.get(&note);
    assert!(page.says(&say("write-not-sent")) && page.says(PENALTY), "{}", page.body);
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Opened);
    assert!(sam.phone.companion.notes().unwrap().is_empty());
}

#[test]
fn a_template_is_picked_by_hand_and_fills_only_what_is_empty() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::WrittenFollowUp);
    let note = format!("{path}/note");
    let page = sam.browser.get(&note);
    assert!(page.says(&say("template-line")) && page.says(&say("template-known")));
    assert!(!page.says(&say("template-pause")) && !page.body.contains(" checked"), "{}", page.body);
    let fill = format!("{note}/template");
    let mine = ("apology", "I am sorry about that joke.");
    assert_eq!(sam.edit(&note, &fill, &[mine]).location(), note);
    let page = sam.browser.get(&note);
    assert!(page.says(&say("template-none-picked")) && page.says(mine.1), "{}", page.body);
    // One for another choice is none.
    sam.edit(&note, &fill, &[mine, ("template", "pause")]);
    assert!(!sam.browser.get(&note).says(&say("template-pause-impact")));
    sam.edit(&note, &fill, &[mine, ("template", "known")]);
    let page = sam.browser.get(&note);
    for text in [&say("template-known-impact"), &say("template-known-step"), mine.1] {
        assert!(page.says(text), "{text}: {}", page.body);
    }
    assert!(!page.says(&say("template-known-apology")), "{}", page.body);
    // Three parts are still the template's own words, and the page says so at each.
    assert_eq!(page.body.matches(&say("template-untouched")).count(), 3);
}

#[test]
fn a_draft_is_kept_by_itself_and_what_is_too_long_is_not_lost() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::WrittenFollowUp);
    let note = format!("{path}/note");
    assert_eq!(sam.write(&format!("{note}/draft"), &PARTS[..2]).status, 204);
    let page = sam.browser.get(&note);
    assert!(page.says(PARTS[0].1) && page.says(&say("note-no-correction")), "{}", page.body);
    let long = "word ".repeat(1_000);
    let answer = sam.edit(&note, &note, &[("impact", long.as_str()), PARTS[1]]);
    assert_eq!(answer.status, 422);
    assert!(answer.says(&say("write-long")) && answer.says(long.trim()));
    assert!(answer.body.contains("aria-describedby=\"h-impact e-impact\""), "{}", answer.body);
    assert!(sam.browser.get(&note).says(PARTS[0].1));
    let over = "word ".repeat(130);
    sam.edit(&note, &note, &[("impact", over.as_str())]);
    let page = sam.browser.get(&note);
    assert!(
        page.says(&say("note-too-long")) && page.says("14 words are over 120."),
        "{}",
        page.body
    );
}

#[test]
fn the_worksheet_comes_first_and_stays_at_the_desk() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::WrittenFollowUp);
    let sheet = format!("{path}/worksheet");
    let card = sam.browser.get(&path);
    assert!(card.body.contains(&format!("href=\"{sheet}\"")), "{}", card.body);
    let page = sam.browser.get(&sheet);
    assert!(page.says(&say("sheet-line")) && page.says(&say("sheet-free")));
    // Nobody has to write in it.
    assert_eq!(sam.write(&sheet, &[("then", "note")]).location(), format!("{path}/note"));
    let said = ("said", "A joke about their name.");
    let kept = sam.write(&sheet, &[said, ("consult_on", "soon"), ("then", "note")]);
    assert!(kept.status == 422 && kept.says(said.1) && kept.says(&say("work-day-needed")));
    let day = ("consult_on", "2026-03-04");
    assert_eq!(sam.write(&sheet, &[said, day, ("then", "card")]).location(), path);
    assert!(sam.browser.get(&path).says(&say("sheet-saved")));
    let page = sam.browser.get(&sheet);
    assert!(page.says(said.1) && page.value("consult_on").as_deref() == Some(day.1));
    // From now on the card leads to the note.
    assert!(sam.browser.get(&path).body.contains(&format!("href=\"{path}/note\"")));
    assert_eq!(sam.edit(&sheet, &format!("{sheet}/draft"), &[("mine", "My place.")]).status, 204);
    assert!(sam.browser.get(&sheet).says("My place."));
    sam.write(&format!("{path}/done"), &[]);
    sam.sync();
    assert!(sam.phone.companion.notes().unwrap().is_empty());
    assert_eq!(sam.browser.get(&sheet).status, 404);
}

#[test]
fn a_client_who_wants_no_contact_is_named_before_a_note_is_written_to_them() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::Pause);
    let note = format!("{path}/note");
    sam.write(&note, &PARTS);
    let (_, quiet) = sam.opened(RepairOption::NoContact);
    let page = sam.browser.get(&note);
    assert!(page.says(&say("write-quiet")) && page.says(PARTS[0].1), "{}", page.body);
    assert!(!page.says(&say("read-send")) && !page.body.contains("/note/send"), "{}", page.body);
    assert!(sam.browser.get(&path).says(&say("write-quiet")));
    // A draft may be written; a button of an older page sends nothing and loses nothing.
    let known = read(&whole(&PARTS));
    let fields: Vec<_> = PARTS.into_iter().chain([("read", known.as_str())]).collect();
    assert_eq!(sam.edit(&note, &format!("{note}/send"), &fields).location(), note);
    let page = sam.browser.get(&note);
    assert!(page.says(&say("reply-quiet")) && page.says(PARTS[3].1), "{}", page.body);
    // So it is for a plan: what is written is read, and there is no button that would be refused.
    let put = format!("{}/proposals", sam.client);
    assert!(sam.browser.get(&put).says(&say("proposal-quiet")));
    let plan = sam.write(&put, &[("kind", "PlanDraft"), ("text", "We meet less.")]);
    assert!(
        plan.says(&say("proposal-quiet")) && !plan.says(&say("proposal-send")),
        "{}",
        plan.body
    );

    sam.write(&format!("{quiet}/done"), &[]);
    let page = sam.browser.get(&note);
    assert!(!page.says(&say("write-quiet")) && page.says(&say("read-send")), "{}", page.body);
}
