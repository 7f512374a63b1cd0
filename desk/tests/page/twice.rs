//! A button that is pressed twice does what it says once.

use attune_core::repair::RepairOption;

use crate::phone::Linked;
use crate::world::{Browser, World, say};

/// What a page's form carries so that it counts once.
fn once(browser: &Browser, page: &str) -> String {
    let page = browser.get(page);
    page.value("once").unwrap_or_else(|| panic!("no token: {}", page.body))
}

#[test]
fn one_press_too_many_makes_no_second_code() {
    let (_world, mut browser) = World::furnished("http://127.0.0.1:9");
    let token = once(&browser, "/invite");
    let fields = [("kind", "live"), ("form", "link"), ("once", token.as_str())];
    let fields = fields.map(|(name, value)| (name, value.to_owned()));
    let first = browser.write("/invite", "/invite", &fields);
    let second = browser.write("/invite", "/invite", &fields);
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location(), second.location());
    let list = browser.get("/clients");
    assert_eq!(list.body.matches(&say("stage-waiting")).count(), 1, "{}", list.body);
    // A page that was opened anew makes another one.
    let anew = [("kind", "live".to_owned()), ("once", once(&browser, "/invite"))];
    assert_ne!(browser.write("/invite", "/invite", &anew).location(), first.location());
}

#[test]
fn both_presses_at_the_same_time_are_one_too() {
    let (_world, browser) = World::furnished("http://127.0.0.1:9");
    let fields = [("once", once(&browser, "/invite")), ("csrf", browser.token("/invite"))];
    let presses = [(), ()].map(|()| {
        let (browser, fields) = (browser.clone(), fields.clone());
        std::thread::spawn(move || browser.post("/invite", &fields).location().to_owned())
    });
    let [first, second] = presses.map(|press| press.join().unwrap());
    assert_eq!(first, second);
    assert_eq!(browser.get("/clients").body.matches(&say("stage-waiting")).count(), 1);
}

#[test]
fn an_item_and_a_correction_are_added_once_and_another_text_is_another() {
    let mut sam = Linked::therapist();
    let token = once(&sam.browser, "/work");
    let item = [("kind", "Learning"), ("what", "Names."), ("once", token.as_str())];
    let correction = [("change", "Forms."), ("from", "2026-03-02"), ("once", token.as_str())];
    for (to, fields) in [("/work-items", item), ("/corrections", correction)] {
        for _ in 0..2 {
            assert_eq!(sam.write(to, &fields).location(), "/work", "{to}");
        }
    }
    let work = sam.browser.get("/work");
    for text in ["Names.", "Forms."] {
        assert_eq!(work.body.matches(&format!(">{text}<")).count(), 1, "{}", work.body);
    }
    // A browser that goes back to an old page may carry its token with other words: they are not lost.
    sam.write("/work-items", &[item[0], ("what", "More names."), item[2]]);
    assert!(sam.browser.get("/work").says("More names."));
}

#[test]
fn done_twice_is_done() {
    let mut sam = Linked::therapist();
    let (_, path) = sam.opened(RepairOption::RepairQuietly);
    let done = format!("{path}/done");
    let token = once(&sam.browser, &done);
    let fields = [("change", "Forms."), ("from", "2026-03-02"), ("once", token.as_str())];
    for _ in 0..2 {
        assert_eq!(sam.write(&done, &fields).location(), "/");
    }
    assert_eq!(sam.browser.get("/work").body.matches(">Forms.<").count(), 1);
    // From another tab, with nothing typed, it is done as well; other words are given back.
    assert_eq!(sam.write(&done, &[("from", "2026-03-02")]).location(), "/");
    let other = sam.write(&done, &[("change", "Twice."), ("from", "2026-03-02")]);
    assert!(other.status == 410 && other.says(">Twice.<"), "{}", other.body);
    assert!(!sam.browser.get("/work").says("Twice."));
}
