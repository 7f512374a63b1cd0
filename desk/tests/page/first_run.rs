//! First run: a desk is made on the page, and nothing typed is lost on the way.

use crate::world::{PASSPHRASE, World, say};

#[test]
fn an_empty_folder_leads_to_the_first_run_and_only_there() {
    let world = World::new();
    let browser = world.browser();
    for path in ["/", "/clients", "/settings", "/unlock", "/invite"] {
        assert_eq!((browser.get(path).status, browser.get(path).location()), (303, "/start"));
    }
    let which = browser.get("/start");
    assert!(which.says(&say("start-therapist")) && which.says(&say("start-coordinator")));
    assert!(!which.body.contains("action=\"/lock\""));
    assert_eq!(browser.get("/start/nobody").status, 404);
    assert!(!world.dir().exists());
}

#[test]
fn what_is_the_matter_stands_beside_its_field_and_nothing_typed_is_lost() {
    let world = World::new();
    let mut browser = world.browser();
    let fields = [
        ("name", "  "),
        ("offer", "BriefCheckIn"),
        ("week", "5"),
        ("note_days", "9"),
        ("no_fee", "yes"),
        ("backup", "Kim & Co"),
        ("leaves", "Letters\r\nto courts"),
        ("introduced", "Dr. Lind"),
        ("relay", "http://far.example"),
        ("grant", "no grant"),
        ("new", "too short"),
        ("again", "too short"),
    ];
    let fields = fields.map(|(name, value)| (name, value.to_owned()));
    let page = browser.write("/start/therapist", "/start/therapist", &fields);
    assert_eq!(page.status, 422);
    for field in ["name", "note_days", "relay", "new"] {
        assert!(page.body.contains(&format!("id=\"e-{field}\"")), "{field}");
        assert!(page.body.contains(&format!("href=\"#f-{field}\"")), "{field}");
    }
    assert!(page.says(&say("form-name")) && page.says(&say("form-relay")));
    for kept in ["Kim &amp; Co", "Letters\nto courts", "Dr. Lind", "http://far.example", "no grant"]
    {
        assert!(page.body.contains(kept), "{kept}");
    }
    for (name, value, on) in [
        ("offer", "BriefCheckIn", true),
        ("offer", "NoContact", false),
        ("week", "5", true),
        ("week", "0", false),
        ("no_fee", "yes", true),
        ("keeps_slot", "yes", false),
    ] {
        let ticked = format!("name=\"{name}\" value=\"{value}\" checked");
        assert_eq!(page.body.contains(&ticked), on, "{name} {value}");
    }
    assert!(!page.body.contains("\"too short\""), "a passphrase is never written back");
    assert!(!world.dir().exists(), "nothing is made of what does not fit");
}

#[test]
fn a_grant_that_is_none_makes_no_desk() {
    let world = World::new();
    let mut browser = world.browser();
    let mut fields = World::card("https://relay.example.org");
    fields.push(("grant", "no grant".into()));
    let page = browser.write("/start/therapist", "/start/therapist", &fields);
    assert_eq!(page.status, 422);
    assert!(page.says(&say("form-grant")) && page.says(&say("form-passphrase-again")));
    assert!(!world.dir().exists());
}

#[test]
fn a_desk_is_made_once_and_opens_under_its_passphrase_alone() {
    let (world, mut browser) = World::furnished("https://relay.example.org");
    // The first run is over, whoever asks for it.
    for path in ["/start", "/start/therapist"] {
        assert_eq!((browser.get(path).status, browser.get(path).location()), (303, "/"));
    }
    let token = browser.token("/clients");
    let mut again = World::card("https://relay.example.org");
    again.push(("csrf", token));
    assert_eq!(browser.post("/start/coordinator", &again).location(), "/");
    let page = browser.get("/settings/card");
    assert_eq!(page.value("name").as_deref(), Some("Dr. Ada Okoye"));
    assert_eq!(page.value("backup").as_deref(), Some("Kim"));

    let world = world.again();
    browser = world.browser();
    assert_eq!(browser.get("/clients").location(), "/unlock?to=/clients");
    let wrong = [("passphrase", "four words of yours".to_owned())];
    let refused = browser.write("/unlock", "/unlock", &wrong);
    assert_eq!(refused.status, 422);
    assert!(refused.says(&say("door-wrong")));
    let right = [("passphrase", PASSPHRASE.to_owned()), ("to", "/clients".to_owned())];
    let opened = browser.write("/unlock", "/unlock", &right);
    assert_eq!((opened.status, opened.location()), (303, "/clients"));
    assert_eq!(browser.get("/clients").status, 200);
}

#[test]
fn a_front_desk_is_asked_for_what_is_its_own() {
    let world = World::new();
    let mut browser = world.browser();
    let page = browser.get("/start/coordinator");
    assert!(page.body.contains("value=\"Interpreter\"") && page.body.contains("provider_days"));
    assert!(!page.body.contains("NoContact") && !page.body.contains("note_days"));
    let mut fields = World::card("https://relay.example.org");
    fields.retain(|(name, _)| *name != "offer");
    let none = browser.write("/start/coordinator", "/start/coordinator", &fields);
    assert_eq!(none.status, 422);
    assert!(none.says(&say("form-offer-one")));
    fields.push(("offer", "Interpreter".into()));
    let made = browser.write("/start/coordinator", "/start/coordinator", &fields);
    assert_eq!(made.status, 303, "{}", made.body);
    let home = browser.get("/");
    assert!(home.says(&say("front-title")) && home.says(&say("front-only")));
}
