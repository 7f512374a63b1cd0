//! What somebody types is not lost without a word: by another tab, or by a card that leaves.

use attune_core::repair::RepairOption;

use crate::phone::Linked;
use crate::world::{Answer, say};

/// The digest that a page's form carries of the text that it was made from.
fn base(page: &Answer) -> String {
    page.value("base").unwrap_or_else(|| panic!("no base: {}", page.body))
}

/// The same, as the answer to a draft tells it to the script.
fn told(answer: &Answer) -> String {
    answer.header("x-attune-base").expect("the digest of what is kept now").to_owned()
}

#[test]
fn a_note_in_two_tabs_is_never_written_over_unseen() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::WrittenFollowUp);
    let (note, draft) = (format!("{path}/note"), format!("{path}/note/draft"));
    let first = base(&sam.browser.get(&note));
    let second = base(&sam.browser.get(&note));

    // The first tab writes, by itself and by its button; the page after each knows what is kept.
    let (one, two) = (("impact", "I joked."), ("impact", "I joked about your name."));
    let kept = sam.write(&draft, &[one, ("base", &first)]);
    assert_eq!(kept.status, 204, "{}", kept.body);
    assert_eq!(told(&kept), base(&sam.browser.get(&note)));
    assert_eq!(sam.write(&note, &[two, ("base", &told(&kept))]).location(), note);

    // The second one's page is older. Its draft is not kept, and its buttons show both texts.
    let theirs = [("impact", "Something else."), ("step", "On Friday."), ("base", second.as_str())];
    assert_eq!(sam.write(&draft, &theirs).status, 409);
    for to in ["note", "note/template", "note/send"] {
        let both = sam.write(&format!("{path}/{to}"), &theirs);
        assert_eq!(both.status, 409, "{to}: {}", both.body);
        for text in [&say("two-title"), &say("two-line"), two.1, "Something else.", "On Friday."] {
            assert!(both.says(text), "{to}: {text}: {}", both.body);
        }
        assert!(both.body.contains(&format!("href=\"{note}\"")), "{to}: {}", both.body);
        let page = sam.browser.get(&note);
        assert!(page.says(two.1) && !page.says("Something else."), "{to}");
    }

    // Picking one's own is one more button on that page, which has seen what is kept.
    let both = sam.write(&note, &theirs);
    let picked = [theirs[0], theirs[1], ("base", &base(&both))];
    assert!(both.body.contains(&format!("action=\"{note}\"")), "{}", both.body);
    assert_eq!(both.value("impact").as_deref(), Some("Something else."));
    assert_eq!(sam.write(&note, &picked).location(), note);
    assert!(sam.browser.get(&note).says("Something else."));
    // The same text a second time is no other text, whatever it was made from.
    assert_eq!(sam.write(&note, &theirs).location(), note);
    // A form that says nothing of what it was made from was made from nothing.
    assert_eq!(sam.write(&note, &[one]).status, 409);
}

#[test]
fn a_part_that_is_too_long_does_not_take_the_place_of_what_it_did_not_see() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::WrittenFollowUp);
    let note = format!("{path}/note");
    let first = base(&sam.browser.get(&note));
    sam.write(&note, &[("impact", "Newer."), ("base", &first)]);
    let long = "word ".repeat(1_000);
    let shown = sam.write(&note, &[("impact", &long), ("base", &first)]);
    assert_eq!((shown.status, base(&shown)), (422, first));
}

#[test]
fn a_worksheet_in_two_tabs_is_never_written_over_unseen() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::WrittenFollowUp);
    let sheet = format!("{path}/worksheet");
    let known = base(&sam.browser.get(&sheet));
    let (day, other) = (("consult_on", "2026-03-04"), ("consult_on", "2026-03-05"));
    let kept = sam.write(&format!("{sheet}/draft"), &[("said", "A joke."), day, ("base", &known)]);
    assert_eq!((kept.status, told(&kept)), (204, base(&sam.browser.get(&sheet))));
    // Only the day is another.
    let older = [("said", "A joke."), other, ("base", known.as_str())];
    assert_eq!(sam.write(&format!("{sheet}/draft"), &older).status, 409);
    let both = sam.write(&sheet, &older);
    assert_eq!(both.status, 409, "{}", both.body);
    assert!(both.says(day.1) && both.says(other.1) && both.says("A joke."), "{}", both.body);
    assert_eq!(sam.browser.get(&sheet).value("consult_on").as_deref(), Some(day.1));
    let picked = [older[0], other, ("base", &base(&both))];
    assert_eq!(sam.write(&sheet, &picked).location(), path);
    assert_eq!(sam.browser.get(&sheet).value("consult_on").as_deref(), Some(other.1));
}

#[test]
fn an_offer_takes_no_message_away_that_it_did_not_see() {
    let mut sam = Linked::new("coordinator", "Sam");
    let (_, path) = sam.opened(RepairOption::RequestProvider);
    let (offer, note) = (format!("{path}/offer"), format!("{path}/note"));
    let known = base(&sam.browser.get(&offer));
    sam.write(&note, &[("message", "Written by hand.")]);
    let first = [("person", "Ada Obi"), ("day", "2026-03-09"), ("time", "10:00")];
    let fields: Vec<_> = first.into_iter().chain([("base", known.as_str())]).collect();
    let both = sam.write(&offer, &fields);
    assert_eq!(both.status, 409, "{}", both.body);
    assert!(both.says("Written by hand.") && both.says("Ada Obi has a time on Monday, March 9"));
    let typed = both.value("message").unwrap();
    sam.write(&note, &[("message", &typed), ("base", &base(&both))]);
    assert!(sam.browser.get(&note).says("Ada Obi has a time on Monday, March 9"));
}

#[test]
fn about_me_and_an_item_are_not_written_over_unseen_either() {
    let mut sam = Linked::therapist();
    let known = base(&sam.browser.get("/about"));
    sam.write("/about", &[("text", "Newer."), ("base", &known)]);
    let both = sam.write("/about", &[("text", "Older."), ("base", &known)]);
    assert!(both.status == 409 && both.says("Newer.") && both.says("Older."), "{}", both.body);
    assert!(sam.browser.get("/about").says("Newer."));

    sam.write("/work-items", &[("kind", "Learning"), ("what", "First.")]);
    let work = sam.browser.get("/work").body;
    let path = work.split_once("First.").unwrap().1.split_once("action=\"").unwrap().1;
    let path = path.split("/done\"").next().unwrap().to_owned();
    let known = base(&sam.browser.get(&path));
    sam.write(&path, &[("what", "Newer."), ("base", &known)]);
    let both = sam.write(&path, &[("what", "Older."), ("due", "2026-03-09"), ("base", &known)]);
    assert!(both.status == 409 && both.says("Newer.") && both.says("Older."), "{}", both.body);
    assert!(sam.browser.get(&path).says("Newer."));
}

#[test]
fn a_card_that_is_taken_back_gives_back_what_was_typed_and_keeps_none_of_it() {
    let mut sam = Linked::therapist();
    let (case, path) = sam.opened(RepairOption::RepairQuietly);
    sam.phone.companion.take_back(case).unwrap();
    crate::phone::sync(&mut sam.browser);
    sam.phone.sync();
    crate::phone::sync(&mut sam.browser);
    for (to, name) in [
        ("note", "impact"),
        ("note/draft", "step"),
        ("note/template", "apology"),
        ("note/send", "correction"),
        ("worksheet", "mine"),
        ("worksheet/draft", "consult"),
        ("done", "change"),
    ] {
        let typed = "Something that took an hour & more.";
        let gone = sam.write(&format!("{path}/{to}"), &[(name, typed), ("from", "2026-03-02")]);
        assert_eq!(gone.status, 410, "{to}: {}", gone.body);
        assert!(gone.says(&say("gone-title")) && gone.says(&say("gone-line")), "{to}");
        assert!(gone.says(&say("gone-taken-back")), "{to}: {}", gone.body);
        assert!(gone.says(&format!(">{typed}<")), "{to}: {}", gone.body);
        assert!(!gone.body.contains("type=\"submit\">Send"), "{to}");
    }
    let all = sam.browser.get("/own-data/attune-desk.json");
    assert!(all.status == 200 && !all.body.contains("an hour"), "{}", all.body);
    // The item that the card brought has left with it.
    let work = sam.write("/work-items/1", &[("what", "What I learned.")]);
    assert!(work.status == 410 && work.says(">What I learned.<"), "{}", work.body);
    // Looking at a page of it is still looking for what is not there.
    assert_eq!(sam.browser.get(&format!("{path}/note")).status, 404);
}

#[test]
fn a_front_desks_offer_and_a_plan_are_given_back_too() {
    let mut sam = Linked::new("coordinator", "Sam");
    let (case, path) = sam.opened(RepairOption::RequestProvider);
    sam.phone.companion.take_back(case).unwrap();
    sam.sync();
    let gone = sam.write(&format!("{path}/offer"), &[("person", "Ada Obi"), ("time", "10:00")]);
    assert!(gone.status == 410 && gone.says(">Ada Obi<") && gone.says(">10:00<"), "{}", gone.body);

    let mut sam = Linked::therapist();
    let put = format!("{}/proposals", sam.client);
    sam.write(&format!("{}/unlink", sam.client), &[]);
    for to in [put.clone(), format!("{put}/send")] {
        let gone = sam.write(&to, &[("kind", "PlanDraft"), ("text", "We meet less.")]);
        assert!(gone.status == 410 && gone.says(">We meet less.<"), "{to}: {}", gone.body);
    }
}

#[test]
fn another_text_for_a_card_that_was_answered_is_given_back() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::Pause);
    sam.write(&format!("{path}/done"), &[]);
    let gone = sam.write(&format!("{path}/note/send"), &[("impact", "I was slow.")]);
    assert!(gone.status == 410 && gone.says(">I was slow.<"), "{}", gone.body);
    assert!(gone.says(&say("gone-answered")), "{}", gone.body);
}
