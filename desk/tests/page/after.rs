//! What comes after: items, corrections, plans and lines for the file, "about me", how long things stay,
//! and the desk's own data.

use attune_core::proposal::ProposalAnswer;
use attune_core::repair::RepairOption;

use crate::phone::Linked;
use crate::world::say;

#[test]
fn what_is_put_to_a_client_is_read_first_and_their_word_comes_back() {
    let mut sam = Linked::therapist();
    let path = format!("{}/proposals", sam.client);
    let text = "We meet every second week,\nand you pick the topic.";
    let empty = sam.write(&path, &[("text", "")]);
    assert_eq!(empty.status, 422);
    assert!(empty.says(&say("proposal-needed")) && empty.says(&say("proposal-kind-needed")));
    let plan = [("kind", "PlanDraft"), ("text", text)];
    let page = sam.write(&path, &plan);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.says(text) && page.says(&say("proposal-preview-title")), "{}", page.body);
    sam.sync();
    assert!(sam.phone.companion.proposals().unwrap().is_empty());
    let again = sam.write(&path, &[plan[0], plan[1], ("change", "yes")]);
    assert!(again.body.contains("<textarea") && again.says(text), "{}", again.body);

    assert_eq!(sam.write(&format!("{path}/send"), &plan).location(), "/proposals");
    assert!(sam.browser.get("/proposals").says(&say("proposal-on-its-way")));
    sam.sync();
    let list = sam.browser.get("/proposals");
    assert!(list.says(&say("proposal-arrived")) && list.says(&say("proposal-silence")));
    let put = sam.phone.companion.proposals().unwrap().remove(0);
    assert_eq!(put.text.as_str(), text);

    let how = "Every <week>.";
    let answer = Some(ProposalAnswer::ChangeIt);
    sam.phone.companion.answer_proposal(put.id, answer, Some(how)).unwrap();
    sam.sync();
    let list = sam.browser.get("/proposals");
    assert!(list.says(&say("proposal-asked-how")), "{}", list.body);
    assert!(list.body.contains("Every &lt;week&gt;."), "{}", list.body);

    // A new wording takes the old one's place, and nobody has said anything to it.
    let id: String = put.id.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let anew = sam.browser.get(&format!("{path}?replaces={id}"));
    assert!(anew.says(text) && anew.says(&say("proposal-replaces")), "{}", anew.body);
    let fields =
        [("kind", "PlanDraft"), ("text", "We meet every week."), ("replaces", id.as_str())];
    assert_eq!(sam.write(&format!("{path}/send"), &fields).status, 303);
    sam.sync();
    let on_phone = sam.phone.companion.proposals().unwrap();
    let open: Vec<_> = on_phone.iter().filter(|one| one.open).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].text.as_str(), "We meet every week.");
    sam.phone
        .companion
        .answer_proposal(open[0].id, Some(ProposalAnswer::LooksRight), None)
        .unwrap();
    sam.sync();
    let list = sam.browser.get("/proposals");
    assert!(list.says(&say("proposal-right")) && list.says(&say("proposal-closed")));
    // The old one can be erased; one that is open cannot.
    let removed = sam.write(&format!("/proposals/{id}/remove"), &[]);
    assert_eq!(removed.status, 303);
    assert!(!sam.browser.get("/proposals").says(how));
    let other = open_id(&sam);
    assert_eq!(sam.write(&format!("/proposals/{other}/remove"), &[]).status, 409);
    assert_eq!(sam.write(&format!("/proposals/{other}/close"), &[]).status, 303);
    assert!(sam.browser.get("/proposals").says(&say("proposal-close-said")));
}

#[test]
fn nothing_is_put_to_a_client_who_wants_no_contact_and_the_text_stays() {
    let mut sam = Linked::therapist();
    let (_, card) = sam.opened(RepairOption::NoContact);
    let send = format!("{}/proposals/send", sam.client);
    let text = "We meet every week.";
    let put = [("kind", "PlanDraft"), ("text", text)];
    let held = sam.write(&send, &put);
    assert_eq!(held.status, 422, "{}", held.body);
    assert!(held.says(&say("reply-quiet")) && held.says(text), "{}", held.body);
    sam.write(&format!("{card}/done"), &[]);
    assert_eq!(sam.write(&send, &put).status, 303);
}

/// The one that is still open, as its button names it.
fn open_id(sam: &Linked) -> String {
    let body = sam.browser.get("/proposals").body;
    let before = body.split_once("/close\"").unwrap().0;
    before.rsplit('/').next().unwrap().to_owned()
}

#[test]
fn about_me_goes_to_clients_and_theirs_is_on_their_page() {
    let mut sam = Linked::therapist();
    let mine = "I work slowly, and I like to be told.";
    let long = "long ".repeat(300);
    let refused = sam.write("/about", &[("text", &long)]);
    assert!(refused.status == 422 && refused.says(&say("about-long")) && refused.says(long.trim()));
    assert_eq!(sam.write("/about", &[("text", mine)]).location(), "/about");
    sam.sync();
    let practice = sam.practice;
    let about = |sam: &Linked| {
        let about = sam.phone.companion.about_practice(practice).unwrap();
        about.map(|text| text.to_string())
    };
    assert_eq!(about(&sam).as_deref(), Some(mine));
    sam.write("/about/away", &[]);
    sam.sync();
    assert_eq!(about(&sam), None);

    assert!(!sam.browser.get(&sam.client).says(&say("about-client-title")));
    sam.phone.companion.share_about_me(practice, "I sign & I lip-read.").unwrap();
    sam.sync();
    let page = sam.browser.get(&sam.client);
    assert!(page.says(&say("about-client-title")) && page.says("I sign & I lip-read."));
}

#[test]
fn a_card_brings_an_item_and_a_therapist_adds_their_own() {
    let mut sam = Linked::therapist();
    sam.opened(RepairOption::Pause);
    let work = sam.browser.get("/work");
    assert!(work.says("Your own part in a card: Pause this topic"), "{}", work.body);
    assert!(!work.says("Sam"), "{}", work.body);
    let none = sam.write("/work-items", &[("kind", "Learning"), ("due", "soon")]);
    assert!(none.status == 422 && none.says(&say("work-what-needed")));
    assert!(none.says(&say("work-day-needed")) && none.value("due").as_deref() == Some("soon"));
    let item = [("kind", "Learning"), ("what", "How names are said."), ("due", "2026-03-09")];
    assert_eq!(sam.write("/work-items", &item).location(), "/work");
    let work = sam.browser.get("/work");
    assert!(work.says("How names are said.") && work.says("By Monday, March 9"));
    let after = work.body.split_once("How names are said.").unwrap().1;
    let path = after.split_once("action=\"").unwrap().1.split("/done\"").next().unwrap().to_owned();
    sam.write(&format!("{path}/done"), &[("done", "yes")]);
    assert!(sam.browser.get("/work").says("Done on Monday, March 2"));
    sam.write(&format!("{path}/done"), &[("done", "no")]);
    assert!(!sam.browser.get("/work").says("Done on"));
    let asks = ("what", "How to ask for a name.");
    assert_eq!(sam.edit(&path, &path, &[asks]).location(), "/work");
    assert!(sam.browser.get("/work").says("How to ask for a name."));
    sam.write(&format!("{path}/remove"), &[]);
    let work = sam.browser.get("/work");
    assert!(!work.says("How to ask for a name.") && work.says(&say("work-item-removed")));
    assert_eq!(sam.write(&format!("{path}/done"), &[]).status, 404);
}

#[test]
fn days_of_retention_are_kept_within_their_range() {
    let mut sam = Linked::therapist();
    for days in ["0", "367", "", "many"] {
        let refused = sam.write("/retention", &[("days", days)]);
        assert!(refused.status == 422 && refused.says("Write a number from 1 to 366."), "{days}");
    }
    assert_eq!(sam.browser.get("/retention").value("days").as_deref(), Some("30"));
    assert_eq!(sam.write("/retention", &[("days", "7")]).location(), "/settings");
    assert_eq!(sam.browser.get("/retention").value("days").as_deref(), Some("7"));
}

#[test]
fn the_desks_own_data_is_readable_and_says_that_it_is_not_encrypted() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.card(RepairOption::WrittenFollowUp, "You laughed.");
    sam.write(&format!("{path}/open"), &[]);
    sam.write(&format!("{path}/worksheet"), &[("said", "A joke.")]);
    sam.write(&format!("{path}/note"), &[("impact", "I joked.")]);
    let page = sam.browser.get("/own-data");
    assert!(page.says(&say("own-warning")), "{}", page.body);
    let file = sam.browser.get("/own-data/attune-desk.json");
    assert_eq!(file.header("content-type"), Some("application/json; charset=utf-8"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
    assert_eq!(file.header("cache-control"), page.header("cache-control"));
    let data: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(data["cases"][0]["words"], "You laughed.");
    assert_eq!(data["cases"][0]["worksheet"]["said"], "A joke.");
    assert_eq!(data["cases"][0]["draft"]["impact"], "I joked.");
    assert_eq!(data["clients"][0]["name"], "Sam");
    let print = sam.browser.get("/own-data/print");
    for text in ["You laughed.", "A joke.", "I joked.", &say("own-warning"), &say("card-note")] {
        assert!(print.says(text), "{text}: {}", print.body);
    }
}
