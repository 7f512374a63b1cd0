//! What was typed or pressed is held over a lock and a sync, and not for ever.

use attune_core::repair::RepairOption;
use chrono::Duration;

use crate::phone::Linked;
use crate::world::{Answer, Browser, PASSPHRASE, World, say};

const LOCK: &str = "/settings/lock";

fn unlock(browser: &mut Browser, passphrase: &str, more: &[(&str, String)]) -> Answer {
    let mut fields = more.to_vec();
    fields.push(("passphrase", passphrase.to_owned()));
    browser.write("/unlock", "/unlock", &fields)
}

/// The pages with a form of typed text that no script keeps, each with a field of it.
fn written(sam: &mut Linked) -> Vec<(String, &'static str, &'static str)> {
    let (_, fix) = sam.opened(RepairOption::RepairQuietly);
    sam.write("/work-items", &[("kind", "Learning"), ("what", "An item.")]);
    vec![
        ("/about".into(), "text", "Slowly."),
        ("/work".into(), "what", "To learn."),
        ("/work".into(), "change", "A form."),
        ("/work-items/2".into(), "what", "An other item."),
        (format!("{}/proposals", sam.client), "text", "We meet less."),
        (sam.client.clone(), "day", "2026-03-06"),
        (format!("{fix}/done"), "change", "The form."),
        (format!("{fix}/note"), "impact", "I joked."),
        (format!("{fix}/worksheet"), "mine", "My place."),
        ("/settings/card".into(), "leaves", "Letters."),
        ("/settings/relay".into(), "grant", "a grant"),
        ("/retention".into(), "days", "17"),
    ]
}

#[test]
fn sync_now_and_lock_now_lose_nothing_that_was_typed() {
    let mut sam = Linked::therapist();
    for (page, name, text) in written(&mut sam) {
        let shown = sam.browser.get(&page);
        assert_eq!(shown.status, 200, "{page}: {}", shown.body);
        assert_eq!(shown.body.matches(" id=\"typed\"").count(), 1, "{page}");
        for to in ["/sync", "/lock"] {
            let button = format!(
                "form=\"typed\" formaction=\"{to}\" formnovalidate name=\"to\" value=\"{page}\""
            );
            assert!(shown.body.contains(&button), "{page}: {button}: {}", shown.body);
        }
        let base = shown.value("base").unwrap_or_default();
        let draft = shown.value("draft").unwrap_or_default();
        let typed =
            [(name, text), ("to", &page), ("typed", "yes"), ("base", &base), ("draft", &draft)];
        let synced = sam.write("/sync", &typed);
        let is_draft = page.ends_with("/note") || page.ends_with("/worksheet");
        let synced = if is_draft && synced.status == 303 { sam.browser.get(&page) } else { synced };
        assert_eq!(synced.status, 200, "{page}: {}", synced.body);
        assert!(synced.says(text), "{page}: {}", synced.body);
        assert_eq!(sam.write("/lock", &typed).location(), "/unlock", "{page}");
        let door = sam.browser.get("/unlock");
        let mut unlock = vec![("passphrase", PASSPHRASE.to_owned())];
        if door.body.contains("name=\"held\"") {
            assert!(door.says(&say("door-typed")), "{page}: {}", door.body);
            unlock.push(("held", "yes".to_owned()));
        }
        let back = sam.browser.write("/unlock", "/unlock", &unlock);
        let back = if back.status == 303 { sam.browser.get(&page) } else { back };
        assert!(back.status == 200 && back.says(text), "{page}: {}", back.body);
        assert_eq!(back.value("to").as_deref(), Some(page.as_str()), "{page}");
    }
    // Nothing of it was done: it is on the page again, and no more.
    assert!(!sam.browser.get("/about").says("Slowly."));
    assert!(!sam.browser.get("/work").says("To learn."));
}

#[test]
fn sync_now_and_lock_now_on_a_desk_that_was_locked_meanwhile_lose_nothing_either() {
    let mut sam = Linked::therapist();
    for to in ["/sync", "/lock"] {
        let token = sam.browser.token("/about");
        sam.write("/lock", &[]);
        let fields = [("text", "Slowly."), ("to", "/about"), ("typed", "yes"), ("csrf", &token)];
        let fields = fields.map(|(name, value)| (name, value.to_owned()));
        assert_eq!(sam.browser.post(to, &fields).location(), "/unlock", "{to}");
        let go_on = [("passphrase", PASSPHRASE), ("held", "yes")];
        let go_on = go_on.map(|(name, value)| (name, value.to_owned()));
        let back = sam.browser.write("/unlock", "/unlock", &go_on);
        assert!(back.status == 200 && back.says("Slowly."), "{to}: {}", back.body);
    }
}

/// Where a form goes, its fields, and the status of the page that shows it again.
type Case<'a> = (String, &'a [(&'a str, &'a str)], u16);

#[test]
fn a_form_that_is_shown_again_syncs_back_to_a_page() {
    let mut sam = Linked::therapist();
    let (_, fix) = sam.opened(RepairOption::RepairQuietly);
    let put = format!("{}/proposals", sam.client);
    let long = "word ".repeat(1_000);
    let cases: [Case<'_>; 12] = [
        ("/about".into(), &[("text", "")], 422),
        ("/work-items".into(), &[], 422),
        ("/corrections".into(), &[], 422),
        ("/work-items/1".into(), &[], 422),
        (put.clone(), &[], 422),
        (put.clone(), &[("kind", "PlanDraft"), ("text", "Less.")], 200),
        (format!("{put}/send"), &[], 422),
        (format!("{}/session", sam.client), &[("day", "soon")], 422),
        (format!("{fix}/done"), &[("change", "A"), ("from", "soon")], 422),
        (format!("{fix}/note/send"), &[("impact", &long)], 422),
        (format!("{fix}/worksheet/draft"), &[("said", &long)], 422),
        ("/settings/grant".into(), &[("grant", "none")], 422),
    ];
    for (to, fields, status) in cases {
        let shown = sam.write(&to, fields);
        assert_eq!(shown.status, status, "{to}: {}", shown.body);
        let here = shown.value("to").unwrap_or_else(|| panic!("{to}: {}", shown.body));
        assert_eq!(sam.browser.get(&here).status, 200, "{to} leads to {here}");
        assert_ne!(here, "/", "{to}");
    }
}

#[test]
fn a_write_that_waits_is_gone_after_half_an_hour_and_the_page_says_so() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    let write = [("minutes", "7".to_owned()), ("csrf", browser.token(LOCK))];
    world.hands.forward(Duration::minutes(10));
    browser.post(LOCK, &write);
    world.hands.forward(Duration::minutes(29));
    assert!(browser.get("/unlock").says(&say("door-held")));
    world.hands.forward(Duration::minutes(1));
    assert!(!browser.get("/unlock").says(&say("door-held")));
    // The page that told of it is still there: its button does not pass over what became of it.
    let over = unlock(&mut browser, PASSPHRASE, &[("held", "yes".to_owned())]);
    assert_eq!((over.status, over.location()), (303, "/"));
    assert!(browser.get("/").says(&say("door-held-over")));
    assert_eq!(browser.get(LOCK).value("minutes").as_deref(), Some("10"));
}

#[test]
fn a_clock_that_was_set_back_keeps_no_write_for_longer() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    let write = [("minutes", "7".to_owned()), ("csrf", browser.token(LOCK))];
    browser.write("/clients", "/lock", &[]);
    browser.post(LOCK, &write);
    assert!(browser.get("/unlock").says(&say("door-held")));
    world.hands.forward(-Duration::hours(2));
    assert!(!browser.get("/unlock").says(&say("door-held")));
}

#[test]
fn a_file_that_was_asked_for_while_it_was_locked_is_led_to_by_its_page() {
    let (_world, mut browser) = World::furnished("http://127.0.0.1:9");
    browser.write("/clients", "/lock", &[]);
    let door = browser.get("/own-data/attune-desk.json");
    assert_eq!((door.status, door.location()), (303, "/unlock?to=/own-data"));
    let to = [("to", "/own-data/attune-desk.json".to_owned())];
    assert_eq!(unlock(&mut browser, PASSPHRASE, &to).location(), "/own-data");
}
