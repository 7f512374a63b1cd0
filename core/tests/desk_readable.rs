//! The desk's own data as JSON: all that was shared with it and written there, no key, and nothing of what
//! was taken back.

mod world;

use attune_core::desk::{WorkItemKind, Worksheet};
use attune_core::followup::NoteParts;
use attune_core::preview::RepairChoice;
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use attune_core::repair::{Pointer, RepairOption};
use serde_json::{Value, json};
use world::{World, monday, sync};
use zeroize::Zeroizing;

fn text(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn both_ways(w: &mut World) {
    for _ in 0..2 {
        sync(&mut w.phone, &mut w.relay, monday());
        sync(&mut w.desk, &mut w.relay, monday());
    }
}

fn read(w: &World) -> Value {
    serde_json::from_str(&w.desk.readable(monday()).unwrap()).unwrap()
}

#[test]
fn it_holds_what_was_shared_and_written_and_no_key() {
    let mut w = World::paired(41);
    let now = monday();
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some("You laughed.")).unwrap();
    w.phone.set_pointer(moment, Some(Pointer::Said)).unwrap();
    let choice = RepairChoice {
        moment: Some(moment),
        with_pointer: true,
        with_words: true,
        ..w.choice(RepairOption::WrittenFollowUp)
    };
    let preview = w.phone.preview(&choice, now).unwrap();
    let case = w.phone.share(&preview.digest, now).unwrap();
    both_ways(&mut w);
    w.desk.open_card(case, now).unwrap();
    let sheet = Worksheet {
        said: text("A joke."),
        consult_on: "2026-03-04".parse().ok(),
        ..Worksheet::default()
    };
    w.desk.set_worksheet(case, &sheet, now).unwrap();
    let parts = NoteParts { impact: text("I joked."), ..NoteParts::default() };
    w.desk.set_note_parts(case, &parts, now).unwrap();
    w.desk.add_work_item(WorkItemKind::Learning, "How names are said.", None).unwrap();
    w.desk.add_correction("A field for names.", "2026-03-02".parse().unwrap()).unwrap();
    w.desk.set_about("I work slowly.").unwrap();
    let client = w.desk.clients().unwrap()[0].id;
    w.desk.propose(client, ProposalKind::FileLine, "Asked for a note.", None, now).unwrap();
    both_ways(&mut w);
    let put = w.phone.proposals().unwrap()[0].id;
    w.phone.answer_proposal(put, Some(ProposalAnswer::LooksRight), None).unwrap();
    both_ways(&mut w);

    let data = read(&w);
    assert_eq!(data["made_at"], "2026-03-02T09:30:00+02:00");
    assert_eq!(data["practice"]["name"], "Dr Ada Lind");
    assert_eq!(data["about"], "I work slowly.");
    assert_eq!(data["clients"], json!([{ "name": "Sam", "next_session": null, "about": null }]));
    let kept = &data["cases"][0];
    assert_eq!(kept["option"], "WrittenFollowUp");
    assert_eq!((&kept["pointer"], &kept["words"]), (&json!("Said"), &json!("You laughed.")));
    assert_eq!((&kept["state"], &kept["due"]), (&json!("Opened"), &json!("2026-03-05")));
    assert_eq!(kept["worksheet"]["said"], "A joke.");
    assert_eq!(kept["worksheet"]["consult_on"], "2026-03-04");
    assert_eq!(kept["draft"]["impact"], "I joked.");
    assert_eq!(kept["note"], Value::Null);
    let items = data["work_items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["what"] == "How names are said."), "{items:?}");
    assert!(items.iter().any(|item| item["option"] == "WrittenFollowUp"), "{items:?}");
    assert_eq!(
        data["corrections"],
        json!([{ "what": "A field for names.", "from": "2026-03-02" }])
    );
    assert_eq!(data["proposals"][0]["answer"], "LooksRight");

    w.desk.reply(case, "I joked. I am sorry. No reply is needed.", now).unwrap();
    let kept = &read(&w)["cases"][0];
    assert_eq!(kept["note"], "I joked. I am sorry. No reply is needed.");
    assert_eq!((&kept["state"], kept.get("draft")), (&json!("Answered"), None));

    // No key, no id and no lane: nothing in it is a long run of digits.
    let whole = w.desk.readable(now).unwrap();
    let is_digit = |c: char| c.is_ascii_hexdigit();
    let runs = whole.split(|c| !is_digit(c)).map(str::len);
    assert!(runs.max().unwrap() < 16, "{}", whole.as_str());
}

#[test]
fn what_was_taken_back_is_not_in_it() {
    let mut w = World::paired(42);
    let case = w.share(RepairOption::BriefCheckIn, monday());
    both_ways(&mut w);
    assert_eq!(read(&w)["cases"][0]["option"], "BriefCheckIn");
    w.phone.take_back(case).unwrap();
    both_ways(&mut w);
    let data = read(&w);
    assert_eq!((&data["cases"], &data["work_items"]), (&json!([]), &json!([])));
}
