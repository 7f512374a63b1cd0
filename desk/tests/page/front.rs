//! The front desk: its own cards and no others, an offer or a booking, and no question of why.

use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;

use crate::phone::Linked;
use crate::world::say;

/// The names of the fields that a person fills in.
fn fields(body: &str) -> Vec<&str> {
    let form = body.split_once("/offer\"").unwrap().1.split("</form>").next().unwrap();
    let names = form.split("name=\"").skip(1).map(|after| after.split('"').next().unwrap());
    names.filter(|name| !["csrf", "base", "typed", "once"].contains(name)).collect()
}

#[test]
fn a_person_and_a_time_are_offered_and_no_reason_is_asked() {
    let mut sam = Linked::new("coordinator", "Sam");
    let (case, path) = sam.opened(RepairOption::RequestProvider);
    let card = sam.browser.get(&path);
    assert!(card.says(&say("card-other-do-1")) && card.says(&say("front-do-not-why")));
    assert!(!card.body.contains("/worksheet") && !card.says(&say("card-consult")));
    let offer = format!("{path}/offer");
    let page = sam.browser.get(&offer);
    let asked = ["person", "day", "time", "place", "person2", "day2", "time2", "place2"];
    assert_eq!(fields(&page.body), asked, "{}", page.body);
    let missing = sam.write(&offer, &[("person", "Ada Obi"), ("time2", "9:00")]);
    assert_eq!(missing.status, 422);
    for id in ["offer-day-needed", "offer-time-needed", "offer-second-whole"] {
        assert!(missing.says(&say(id)), "{id}");
    }
    assert_eq!(missing.value("person").as_deref(), Some("Ada Obi"));
    let first =
        [("person", "Ada Obi"), ("day", "2026-03-09"), ("time", "10:00"), ("place", "room 4")];
    assert_eq!(sam.write(&offer, &first).location(), format!("{path}/note"));
    let page = sam.browser.get(&format!("{path}/note"));
    let made = "Ada Obi has a time on Monday, March 9 at 10:00 (room 4).";
    assert!(page.says(made) && page.says(&say("read-send")), "{}", page.body);
    assert!(!page.says(&say("write-leave-line")) && !page.says(&say("template-title")));

    // It can be changed before it goes, and a question of why is held back.
    let why = "You need to tell me why before I can offer anybody.\n\
               If you do not, I will have to tell your insurer.";
    let note = format!("{path}/note");
    sam.edit(&note, &note, &[("message", why)]);
    let held = sam.browser.get(&note);
    assert!(held.says(&say("burden-override")), "{}", held.body);
    assert!(held.says(&say("check-blocks")) && !held.says(&say("read-send")), "{}", held.body);
    let text = format!("{made} You can say yes, ask for somebody else, or stay.");
    sam.edit(&note, &note, &[("message", &text)]);
    let known = sam.browser.get(&note).value("read").unwrap();
    let sent = sam.edit(&note, &format!("{note}/send"), &[("message", &text), ("read", &known)]);
    assert_eq!(sent.location(), "/");
    sam.sync();
    assert_eq!(sam.phone.state(case), ChoiceState::Answered);
    assert_eq!(sam.phone.companion.notes().unwrap()[0].text.as_str(), text);
}

#[test]
fn an_interpreter_is_booked_and_the_client_is_told() {
    let mut sam = Linked::new("coordinator", "Sam");
    let (_, path) = sam.opened(RepairOption::Interpreter);
    let offer = format!("{path}/offer");
    let page = sam.browser.get(&offer);
    assert_eq!(fields(&page.body), ["language", "person", "day", "time"], "{}", page.body);
    let booked =
        [("language", "Dari"), ("person", "Lingua"), ("day", "2026-03-09"), ("time", "10:00")];
    assert_eq!(sam.write(&offer, &booked).status, 303);
    let note = sam.browser.get(&format!("{path}/note"));
    let made =
        "An interpreter is booked for Monday, March 9 at 10:00: Lingua. The language is Dari.";
    assert!(note.says(made) && note.says(&say("read-send")), "{}", note.body);
    assert!(sam.browser.get(&offer).says(&say("offer-anew-line")));
}

#[test]
fn what_is_a_therapists_alone_is_not_there() {
    let mut sam = Linked::new("coordinator", "Sam");
    let (_, path) = sam.opened(RepairOption::RequestProvider);
    let put = format!("{}/proposals", sam.client);
    for page in ["/work", "/proposals", "/about", &put, &format!("{path}/worksheet")] {
        assert_eq!(sam.browser.get(page).status, 404, "{page}");
        assert_eq!(
            sam.write(page, &[("text", "A"), ("kind", "FileLine")]).status / 100,
            4,
            "{page}"
        );
    }
    for to in ["/work-items", "/corrections", "/about/away", &format!("{put}/send")] {
        assert_eq!(sam.write(to, &[("what", "A"), ("text", "A")]).status, 404, "{to}");
    }
    for page in ["/", path.as_str(), "/settings", "/own-data", sam.client.as_str()] {
        let shown = sam.browser.get(page);
        for id in ["page-tab-work", "page-tab-proposals", "about-link", "proposals-new-title"] {
            assert!(!shown.says(&format!(">{}<", say(id))), "{page}: {id}");
        }
        // No word of an option that goes to a therapist.
        for id in ["card-pause", "card-switch", "card-note", "card-fix", "card-five", "card-quiet"]
        {
            assert!(!shown.says(&say(id)), "{page}: {id}");
        }
        assert!(shown.says(&say("front-only")), "{page}");
    }
}
