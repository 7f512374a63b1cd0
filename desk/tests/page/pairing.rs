//! A client's phone on the other side: code, words, sync, alarms, cutting the link. With a real relay.

use attune_core::repair::RepairOption;
use attune_core::{PairingStage, Trouble};
use chrono::Duration;

use crate::phone::{Phone, place, sync};
use crate::world::{Browser, World, say};

/// Makes a code on the page; the address where it is shown.
fn invite(browser: &mut Browser, kind: &str, form: &str) -> String {
    let fields = [("kind", kind.to_owned()), ("form", form.to_owned())];
    let made = browser.write("/invite", "/invite", &fields);
    assert_eq!(made.status, 303, "{}", made.body);
    made.location().to_owned()
}

/// The link that a page shows.
fn link(browser: &Browser, at: &str) -> String {
    let page = browser.get(at);
    let after = page.body.split_once("<p class=\"code\">").map(|(_, after)| after);
    let link = after.unwrap_or_else(|| panic!("no code: {}", page.body)).split('<').next();
    link.unwrap().replace("&amp;", "&")
}

/// The words that a page shows.
fn words(page: &str) -> Vec<&str> {
    let list = page.split_once("<ol class=\"words\">").unwrap().1.split("</ol>").next().unwrap();
    list.split("<li>").skip(1).map(|word| word.split('<').next().unwrap()).collect()
}

#[test]
fn a_client_links_by_a_picture_and_compares_words() {
    let place = place();
    let (world, mut browser) = World::furnished(&place.relay.origin);
    let at = invite(&mut browser, "live", "link");
    let page = browser.get(&at);
    assert!(page.body.contains("<svg") && page.says("09:40"), "{}", page.body);
    let mut phone = Phone::new(&world, "phone");
    let practice = phone.join(&link(&browser, &at), None, "Sam <b>");
    // The desk looks, and the code is not shown any more.
    let fields = [("to", at.clone())];
    assert_eq!(browser.write(&at, "/sync", &fields).location(), at);
    let claimed = browser.get(&at);
    assert!(claimed.says(&say("invite-claimed")) && !claimed.body.contains("<svg"));
    phone.sync();
    sync(&mut browser);
    let list = browser.get("/clients");
    assert!(list.body.contains("Sam &lt;b&gt;") && list.says(&say("stage-active")));
    assert!(list.says(&say("desk-words-later")));

    // The same four words at both ends.
    let client = at.replace("/invite/", "/clients/");
    let compare = format!("{client}/words");
    let page = browser.get(&compare);
    assert_eq!(words(&page.body), phone.companion.words(practice).unwrap());
    let shown: Vec<_> = words(&page.body).iter().map(|word| ("word", (*word).to_owned())).collect();
    // Words that were not on the screen confirm nothing.
    let other = ["apple", "river", "stone", "cloud"].map(|word| ("word", word.to_owned()));
    assert_eq!(browser.write(&compare, &compare, &other).location(), compare);
    assert!(browser.get(&compare).says(&say("compare-changed")));
    assert!(!browser.get(&client).says(&say("client-compared")));
    assert_eq!(browser.write(&compare, &compare, &shown).location(), client);
    let page = browser.get(&client);
    assert!(page.says(&say("client-compared")) && page.says(&say("desk-words-matched")));

    // The next session.
    let session = format!("{client}/session");
    for (day, status) in [("soon", 422), ("2026-02-30", 422), ("2026-03-06", 303)] {
        let saved = browser.write(&client, &session, &[("day", day.to_owned())]);
        assert_eq!(saved.status, status, "{day}");
        assert!(status == 303 || saved.value("day").as_deref() == Some(day));
    }
    assert!(browser.get("/clients").says("Next session: Friday, March 6"));

    // A choice comes in and is on the first page.
    phone.share(practice, RepairOption::Pause, "");
    sync(&mut browser);
    let home = browser.get("/");
    assert!(home.says("Pause this topic") && home.body.contains("Sam &lt;b&gt;"), "{}", home.body);

    // Cutting the link asks first.
    let unlink = format!("{client}/unlink");
    assert!(browser.get(&unlink).says(&say("client-unlink-line")));
    assert_eq!(browser.write(&unlink, &unlink, &[]).location(), "/clients");
    assert!(browser.get("/clients").says(&say("clients-empty")));
    sync(&mut browser);
    phone.sync();
    assert_eq!(phone.companion.practices().unwrap()[0].stage, PairingStage::Ended);
}

#[test]
fn a_client_links_by_eight_words_and_a_code_runs_out() {
    let place = place();
    let (world, mut browser) = World::furnished(&place.relay.origin);
    let at = invite(&mut browser, "sent", "words");
    let page = browser.get(&at);
    let code = words(&page.body).join(" ");
    assert_eq!(code.split(' ').count(), 8);
    assert!(page.says(&place.relay.origin) && page.says("Thursday, March 5, 09:30"));
    let mut phone = Phone::new(&world, "phone");
    phone.join(&code, Some(&place.relay.origin), "Sam");
    sync(&mut browser);
    assert!(browser.get(&at).says(&say("invite-claimed")));

    // One that nobody uses is shown until it has run out, and no longer than the desk is open.
    let first = at;
    let at = invite(&mut browser, "live", "link");
    assert!(browser.get(&at).body.contains("<svg"));
    // Going back to the page of a code that was used takes away no other one.
    assert!(browser.get(&first).says(&say("invite-claimed")));
    assert!(browser.get(&at).body.contains("<svg"));
    world.hands.forward(Duration::minutes(9));
    assert!(browser.get(&at).body.contains("<svg"));
    world.hands.forward(Duration::minutes(1));
    assert!(browser.get(&at).says(&say("invite-gone")));
    let at = invite(&mut browser, "live", "link");
    browser.write("/clients", "/lock", &[]);
    let fields = [("passphrase", crate::world::PASSPHRASE.to_owned())];
    browser.write("/unlock", "/unlock", &fields);
    assert!(browser.get(&at).says(&say("invite-gone")));
}

#[test]
fn a_second_phone_that_tries_the_code_raises_an_alarm() {
    let place = place();
    let (world, mut browser) = World::furnished(&place.relay.origin);
    let at = invite(&mut browser, "live", "link");
    let code = link(&browser, &at);
    let (mut first, mut second) = (Phone::new(&world, "first"), Phone::new(&world, "second"));
    // Both have read the invitation when the first one answers it.
    second.companion.join(&code, None, None).unwrap();
    second.companion.sync_begin(world.hands.now()).unwrap();
    assert!(second.step());
    first.join(&code, None, "Sam");
    while second.step() {}
    sync(&mut browser);
    let practice = &second.companion.practices().unwrap()[0];
    assert_eq!(practice.health.trouble, Trouble::SecondClaim);
    for path in [at.as_str(), "/clients"] {
        let page = browser.get(path);
        assert!(
            page.says(&say("invite-alarm-title")) && page.says(&say("invite-second")),
            "{path}"
        );
        assert!(page.body.contains("role=\"alert\""), "{path}");
    }
}

#[test]
fn words_that_do_not_match_cut_the_link() {
    let place = place();
    let (world, mut browser) = World::furnished(&place.relay.origin);
    let at = invite(&mut browser, "live", "link");
    let mut phone = Phone::new(&world, "phone");
    phone.join(&link(&browser, &at), None, "Sam");
    sync(&mut browser);
    let client = at.replace("/invite/", "/clients/");
    let differ = browser.write(&format!("{client}/words"), &format!("{client}/differ"), &[]);
    assert_eq!(differ.location(), "/clients");
    let list = browser.get("/clients");
    assert!(list.says(&say("desk-words-differ")) && list.says(&say("clients-empty")));
}

#[test]
fn a_relay_that_is_not_there_is_told_and_loses_nothing() {
    let (_world, mut browser) = World::furnished("http://127.0.0.1:9");
    let at = invite(&mut browser, "live", "link");
    let page = browser.get(&at);
    assert!(page.says(&say("invite-not-there")) && page.says(&say("desk-offline")));
    assert!(!page.body.contains("<svg"));
    assert_eq!(browser.write("/clients", "/sync", &[]).location(), "/");
    assert!(browser.get("/").says(&say("desk-sync-said-unreached")));
}

#[test]
fn the_desk_moves_to_another_relay_and_keeps_its_grant() {
    let (_world, mut browser) = World::furnished("http://127.0.0.1:9");
    let page = "/settings/relay";
    for (relay, status) in
        [("http://far.example", 422), ("", 422), ("HTTPS://Relay.Example.org/", 303)]
    {
        let saved = browser.write(page, page, &[("relay", relay.to_owned())]);
        assert_eq!(saved.status, status, "{relay}");
    }
    assert_eq!(browser.get(page).value("relay").as_deref(), Some("https://relay.example.org"));
    let grant = |browser: &mut Browser, text: &str| {
        browser.write(page, "/settings/grant", &[("grant", text.to_owned())])
    };
    let refused = grant(&mut browser, "no grant");
    assert!(refused.status == 422 && refused.says(&say("form-grant")));
    assert_eq!(refused.value("grant").as_deref(), Some("no grant"));
}
