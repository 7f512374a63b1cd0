//! The lock: on demand, after idle time, slow after wrong passphrases; and a write that comes too late.

use attune_core::vault::{FileKeyStore, Passphrase, STORE_FILE, Vault};
use chrono::Duration;

use crate::world::{Answer, Browser, PASSPHRASE, World, say};

const LOCK: &str = "/settings/lock";

fn unlock(browser: &mut Browser, passphrase: &str, more: &[(&str, String)]) -> Answer {
    let mut fields = more.to_vec();
    fields.push(("passphrase", passphrase.to_owned()));
    browser.write("/unlock", "/unlock", &fields)
}

fn is_locked(browser: &Browser) -> bool {
    browser.get("/clients").location() == "/unlock?to=/clients"
}

/// Whether nobody has the vault open: then it can be opened here.
fn is_closed(world: &World) -> bool {
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let store = FileKeyStore::open(&world.dir().join(STORE_FILE), &passphrase).unwrap();
    Vault::open(&world.dir(), &store, None).is_ok_and(|vault| vault.close().is_ok())
}

#[test]
fn lock_now_closes_the_vault_for_every_browser() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    let other = world.browser();
    assert!(!is_closed(&world));
    let locked = browser.write("/clients", "/lock", &[]);
    assert_eq!((locked.status, locked.location()), (303, "/unlock"));
    assert_eq!(locked.header("clear-site-data"), Some("\"cache\""));
    assert!(is_locked(&browser) && is_locked(&other) && is_closed(&world));
    let page = browser.get("/unlock");
    assert!(!page.body.contains("Okoye") && !page.body.contains("action=\"/lock\""));
    assert_eq!(unlock(&mut browser, PASSPHRASE, &[]).status, 303);
    assert!(!is_locked(&browser) && !is_locked(&other));
}

#[test]
fn the_desk_locks_after_idle_time_and_a_page_that_puts_itself_away_is_no_touch() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    let minutes = |count| world.hands.forward(Duration::minutes(count));
    let refresh = |page: &Answer| page.header("refresh").map(ToOwned::to_owned);
    let page = browser.get("/clients");
    assert_eq!(refresh(&page).as_deref(), Some("600; url=/away?to=/clients"));
    // Where somebody types, nothing is put away by itself.
    assert_eq!(refresh(&browser.get(LOCK)), None);
    minutes(9);
    assert!(!is_locked(&browser));
    minutes(9);
    let away = browser.get("/away?to=/clients");
    assert_eq!((away.status, refresh(&away)), (200, None));
    assert!(away.says(&say("away-line")) && away.body.contains("href=\"/clients\""));
    minutes(1);
    assert_eq!(browser.get("/away?to=/clients").location(), "/unlock?to=/clients");
    assert!(is_locked(&browser) && is_closed(&world));

    // Another time, set in the vault, holds from then on and after the next opening.
    unlock(&mut browser, PASSPHRASE, &[]);
    for (typed, status) in [("0", 422), ("121", 422), ("x", 422), ("", 422), ("2", 303)] {
        let saved = browser.write(LOCK, LOCK, &[("minutes", typed.to_owned())]);
        assert_eq!(saved.status, status, "{typed}");
    }
    assert_eq!(refresh(&browser.get("/clients")).as_deref(), Some("120; url=/away?to=/clients"));
    minutes(2);
    assert!(is_locked(&browser));
    unlock(&mut browser, PASSPHRASE, &[]);
    minutes(2);
    assert!(is_locked(&browser));
}

#[test]
fn a_write_that_comes_too_late_is_kept_and_done_after_unlocking() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    let token = browser.token(LOCK);
    let write = [("minutes", "7".to_owned()), ("csrf", token)];
    world.hands.forward(Duration::minutes(10));
    let late = browser.post(LOCK, &write);
    assert_eq!((late.status, late.location()), (303, "/unlock"));
    let door = browser.get("/unlock");
    assert!(door.says(&say("door-held")) && door.says(&say("door-drop")));
    // A wrong passphrase loses nothing, and another browser cannot have it.
    assert_eq!(unlock(&mut browser, "four words of yours", &[]).status, 422);
    assert!(!world.browser().get("/unlock").says(&say("door-held")));
    // A page that was made before the write told of none: it does none.
    let untold = unlock(&mut browser, PASSPHRASE, &[]);
    assert_eq!((untold.status, untold.location()), (303, "/unlock"));
    assert_eq!(browser.get(LOCK).value("minutes").as_deref(), Some("10"));
    assert!(browser.get("/unlock").says(&say("door-held")));
    let opened = unlock(&mut browser, PASSPHRASE, &[("held", "yes".to_owned())]);
    assert_eq!((opened.status, opened.location()), (303, "/settings"));
    assert!(browser.get("/settings").says(&say("settings-idle-saved")));
    assert_eq!(browser.get(LOCK).value("minutes").as_deref(), Some("7"));
    assert!(!browser.get("/unlock").says(&say("door-held")));
}

#[test]
fn a_write_that_came_too_late_can_be_dropped() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    let write = [("minutes", "7".to_owned()), ("csrf", browser.token(LOCK))];
    world.hands.forward(Duration::minutes(10));
    browser.post(LOCK, &write);
    let opened = unlock(&mut browser, PASSPHRASE, &[("drop", "yes".to_owned())]);
    assert_eq!((opened.status, opened.location()), (303, "/"));
    assert_eq!(browser.get(LOCK).value("minutes").as_deref(), Some("10"));
    // It is gone: the next unlocking does not bring it back.
    browser.write("/clients", "/lock", &[]);
    unlock(&mut browser, PASSPHRASE, &[]);
    assert_eq!(browser.get(LOCK).value("minutes").as_deref(), Some("10"));
}

#[test]
fn a_write_without_its_token_is_not_kept_and_a_draft_is_told_that_it_is_not() {
    let (world, browser) = World::furnished("http://127.0.0.1:9");
    let token = browser.token(LOCK);
    world.hands.forward(Duration::minutes(10));
    assert_eq!(browser.post(LOCK, &[("minutes", "7".to_owned())]).status, 403);
    assert!(!browser.get("/unlock").says(&say("door-held")));
    let mut headers = browser.usual();
    headers.push(("Origin", format!("http://{}", browser.address)));
    headers.push(("Content-Type", "application/x-www-form-urlencoded".into()));
    headers.push(("X-Attune-Draft", "1".into()));
    let draft = browser.send("POST", LOCK, &headers, &format!("minutes=7&csrf={token}"));
    assert_eq!(draft.status, 503);
    assert!(!browser.get("/unlock").says(&say("door-held")));
}

#[test]
fn wrong_passphrases_are_slowed_and_the_right_one_waits_too() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    browser.write("/clients", "/lock", &[]);
    let wait = |seconds: i64| {
        let words = attune_copy::Words::english();
        words.format("door-wait", &[("count", seconds.into())]).unwrap()
    };
    for _ in 0..3 {
        assert!(unlock(&mut browser, "four words of yours", &[]).says(&say("door-wrong")));
    }
    // From a browser that has not tried yet, too.
    for who in [&mut browser, &mut world.browser()] {
        let answer = unlock(who, PASSPHRASE, &[]);
        assert_eq!(answer.status, 422);
        assert!(answer.says(&wait(5)), "{}", answer.body);
    }
    assert!(browser.get("/unlock").says(&wait(5)));
    world.hands.forward(Duration::seconds(5));
    assert!(unlock(&mut browser, "four words of yours", &[]).says(&say("door-wrong")));
    world.hands.forward(Duration::seconds(14));
    assert!(unlock(&mut browser, PASSPHRASE, &[]).says(&wait(1)));
    world.hands.forward(Duration::seconds(1));
    assert_eq!(unlock(&mut browser, PASSPHRASE, &[]).status, 303);
}

#[test]
fn the_passphrase_is_changed_by_who_knows_it_and_guessing_is_slowed_there_too() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    let change = |browser: &mut Browser, old: &str, new: &str, again: &str| {
        let fields = [("old", old), ("new", new), ("again", again)];
        let fields = fields.map(|(name, value)| (name, value.to_owned()));
        browser.write(LOCK, "/settings/passphrase", &fields)
    };
    let new = "five other words of mine";
    assert_eq!(change(&mut browser, PASSPHRASE, new, "five other words").status, 422);
    assert_eq!(change(&mut browser, PASSPHRASE, "short", "short").status, 422);
    let wrong = change(&mut browser, "four words of yours", new, new);
    assert!(wrong.status == 422 && wrong.says(&say("door-wrong")) && !wrong.says(new));
    assert_eq!(change(&mut browser, PASSPHRASE, new, new).location(), "/settings");
    browser.write("/clients", "/lock", &[]);
    assert_eq!(unlock(&mut browser, PASSPHRASE, &[]).status, 422);
    assert_eq!(unlock(&mut browser, new, &[]).status, 303);
    for _ in 0..3 {
        change(&mut browser, "four words of yours", new, new);
    }
    assert_eq!(change(&mut browser, new, PASSPHRASE, PASSPHRASE).status, 422);
    world.hands.forward(Duration::seconds(5));
    assert_eq!(change(&mut browser, new, PASSPHRASE, PASSPHRASE).status, 303);
}

#[test]
fn a_vault_that_another_program_has_open_is_told_as_such() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    browser.write("/clients", "/lock", &[]);
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let store = FileKeyStore::open(&world.dir().join(STORE_FILE), &passphrase).unwrap();
    let other = Vault::open(&world.dir(), &store, None).unwrap();
    for _ in 0..5 {
        // It is no wrong passphrase, and slows nobody.
        assert!(unlock(&mut browser, PASSPHRASE, &[]).says(&say("problem-busy")));
    }
    other.close().unwrap();
    assert_eq!(unlock(&mut browser, PASSPHRASE, &[]).status, 303);
}

#[test]
fn stopping_closes_the_vault() {
    let (world, _browser) = World::furnished("http://127.0.0.1:9");
    let dir = world.dir();
    let _folder = world.stop();
    let files = std::fs::read_dir(&dir).unwrap();
    let mut files: Vec<_> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(files, ["store.key", "vault.db", "vault.key"]);
}
