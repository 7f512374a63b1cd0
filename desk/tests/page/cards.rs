//! Cards: opening is an act, looking is none; what may be done about each, and what leaves quietly.

use std::collections::BTreeMap;

use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use chrono::Duration;

use crate::phone::Linked;
use crate::world::say;

/// Every file of the desk, as it lies on the disk.
fn files(linked: &Linked) -> BTreeMap<String, Vec<u8>> {
    let all = std::fs::read_dir(linked.world.dir()).unwrap().map(|entry| entry.unwrap().path());
    all.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

#[test]
fn opening_a_card_is_what_the_phone_is_told_and_looking_is_not() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.card(RepairOption::WrittenFollowUp, "You laughed at my name.");
    assert_eq!(sam.phone.state(case), ChoiceState::Received);
    let before = files(&sam);
    let list = sam.browser.get("/");
    assert!(list.says(&say("card-note")) && list.says("From Sam"), "{}", list.body);
    assert!(list.says("By Tuesday, March 10"), "{}", list.body);
    let shut = sam.browser.get(&path);
    assert!(shut.says(&say("card-closed-line")), "{}", shut.body);
    for page in [&list, &shut] {
        assert!(!page.says("You laughed") && !page.says(&say("card-where-said")));
    }
    // Nothing can be done about it before, and the act itself cannot be had by looking.
    for (page, status) in [("/worksheet", 404), ("/note", 404), ("/done", 404), ("/open", 405)] {
        assert_eq!(sam.browser.get(&format!("{path}{page}")).status, status, "{page}");
    }
    assert!(files(&sam) == before, "looking has written");
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Received);

    let opened = sam.write(&format!("{path}/open"), &[]);
    assert_eq!((opened.status, opened.location()), (303, path.as_str()));
    let card = sam.browser.get(&path);
    assert!(card.says(&say("opened-told")) && card.says("You laughed at my name."));
    assert!(card.says(&say("card-where-said")) && card.says(&say("card-note-do-2")));
    assert!(card.says(&say("card-note-do-not-5")) && card.says(&say("card-file")));
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Opened);
}

#[test]
fn looking_at_any_page_writes_nothing() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::RepairQuietly);
    sam.browser.get(&path);
    let before = files(&sam);
    let of_card = ["", "/worksheet", "/note", "/done"].map(|page| format!("{path}{page}"));
    let pages =
        ["/", "/work", "/proposals", "/about", "/retention", "/own-data", "/own-data/print"];
    let write = format!("{}/proposals", sam.client);
    let all = of_card.iter().map(String::as_str).chain(pages).chain([write.as_str()]);
    for page in all {
        let shown = sam.browser.get(page);
        assert_eq!(shown.status, 200, "{page}: {}", shown.body);
        assert_eq!(shown.body.matches("<h1").count(), 1, "{page}");
    }
    assert_eq!(sam.browser.get("/own-data/attune-desk.json").status, 200);
    assert!(files(&sam) == before, "looking has written");
}

#[test]
fn a_name_and_words_are_text_and_never_a_part_of_a_page() {
    let name = "\"><script>alert(1)</script>'\u{202e}";
    let mut sam = Linked::new("therapist", name);
    let words = "</blockquote><img src=x onerror=\"a\"> & \u{202e}gnp";
    let (_, path) = sam.card(RepairOption::WrittenFollowUp, words);
    sam.write(&format!("{path}/open"), &[]);
    let typed = "</textarea><script>alert(2)</script>\" & <b>";
    let note = format!("{path}/note");
    assert_eq!(sam.write(&note, &[("impact", typed), ("step", "<i>")]).status, 303);
    sam.write(&format!("{path}/worksheet"), &[("said", typed)]);
    sam.write("/work-items", &[("kind", "Learning"), ("what", typed)]);
    sam.write("/corrections", &[("change", typed), ("from", "2026-03-02")]);
    sam.write("/about", &[("text", typed)]);
    let put = format!("{}/proposals/send", sam.client);
    assert_eq!(sam.write(&put, &[("kind", "FileLine"), ("text", typed)]).status, 303);
    let pages = ["", "/worksheet", "/note", "/done"].map(|page| format!("{path}{page}"));
    let more = ["/", "/work", "/proposals", "/about", "/own-data/print"];
    for page in pages.iter().map(String::as_str).chain(more) {
        let body = sam.browser.get(page).body;
        let ours = body.matches("<script").count();
        assert_eq!(ours, body.matches("<script src=\"/assets/desk.js\" defer>").count(), "{page}");
        for tag in ["<img", "<b>", "<i>", "onerror=\"a\"", "alert(1)</script>'\u{202e}"] {
            assert!(!body.contains(tag), "{page}: {tag}");
        }
    }
    let card = sam.browser.get(&path).body;
    assert!(card.contains("&lt;script&gt;alert(1)&lt;/script&gt;'</p>"), "{card}");
    assert!(card.contains("dir=\"auto\">&lt;/blockquote&gt;"), "{card}");
    let editor = sam.browser.get(&note).body;
    assert!(editor.contains("&lt;/textarea&gt;&lt;script&gt;alert(2)"), "{editor}");
}

#[test]
fn no_contact_has_no_editor_and_takes_no_note() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.opened(RepairOption::NoContact);
    let card = sam.browser.get(&path);
    assert!(card.says(&say("card-quiet-next")), "{}", card.body);
    for page in ["note", "worksheet", "offer"] {
        assert!(!card.body.contains(&format!("{path}/{page}")), "{page}");
    }
    let refused = sam.browser.get(&format!("{path}/note"));
    assert!(refused.status == 409 && refused.says(&say("reply-quiet")), "{}", refused.body);
    for to in ["note", "note/draft", "note/template", "note/send"] {
        let answer = sam.write(&format!("{path}/{to}"), &[("impact", "I am here."), ("read", "")]);
        assert!(answer.status == 409 && answer.says(&say("reply-quiet")), "{to}");
    }
    assert_eq!(sam.write(&format!("{path}/worksheet"), &[("said", "A")]).status, 404);
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Opened);
    assert_eq!(sam.write(&format!("{path}/done"), &[]).location(), "/");
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Answered);
    assert!(sam.phone.companion.notes().unwrap().is_empty());
}

#[test]
fn a_quiet_repair_is_done_with_a_correction() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.opened(RepairOption::RepairQuietly);
    let done = format!("{path}/done");
    assert!(sam.browser.get(&done).says(&say("card-done-line")));
    let change = "Forms now have a field for a chosen name.";
    let kept = sam.write(&done, &[("change", change), ("from", "soon")]);
    assert!(kept.status == 422 && kept.says(change) && kept.says(&say("work-day-needed")));
    let list = sam.write(&done, &[("change", change), ("from", "2026-03-02")]);
    assert_eq!(list.location(), "/");
    assert!(sam.browser.get("/").says(&say("done-told")));
    let work = sam.browser.get("/work");
    assert!(work.says(change) && work.says("From Monday, March 2") && !work.says("Sam"));
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Answered);
    // It was done once: pressing again finds nothing and notes nothing.
    assert_eq!(sam.write(&done, &[("change", "Twice."), ("from", "2026-03-02")]).status, 410);
    assert!(!sam.browser.get("/work").says("Twice."));
}

#[test]
fn what_is_late_is_told_in_one_line_with_who_steps_in() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::WrittenFollowUp);
    assert!(!sam.browser.get("/").says("This is late."));
    sam.world.hands.forward(Duration::days(9));
    let unlock = [("passphrase", crate::world::PASSPHRASE), ("to", "/")];
    let fields = unlock.map(|(name, value)| (name, value.to_owned()));
    assert_eq!(sam.browser.write("/unlock", "/unlock", &fields).status, 303);
    let line = "This is late. Do it today. If you cannot, Kim steps in.";
    for page in ["/", &path] {
        let shown = sam.browser.get(page);
        assert_eq!(shown.body.matches(line).count(), 1, "{}", shown.body);
    }
}

#[test]
fn what_is_taken_back_leaves_quietly() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.opened(RepairOption::WrittenFollowUp);
    let note = format!("{path}/note");
    assert_eq!(sam.write(&note, &[("impact", "I joked about it.")]).status, 303);
    sam.phone.companion.take_back(case).unwrap();
    sam.sync();
    let list = sam.browser.get("/");
    assert!(list.says(&say("desk-empty")) && !list.says("Sam"), "{}", list.body);
    for page in [&path, &note] {
        assert_eq!(sam.browser.get(page).status, 404);
    }
    let late = sam.write(&format!("{note}/send"), &[("impact", "I joked about it.")]);
    assert!(late.status == 410 && late.says("I joked about it."), "{}", late.body);
    assert!(!sam.browser.get("/own-data/attune-desk.json").body.contains("I joked about it."));
}
