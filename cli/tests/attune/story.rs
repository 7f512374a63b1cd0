//! One long story of a phone and two desks, in which every command is run, and after it the page of
//! the documentation is compared with what was printed.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::documented;
use crate::proposals;
use crate::world::{PASSPHRASE, Party, World, run, text};

/// Own words that must be nowhere but where the person sent them.
const PRIVATE: &str = "the harbour festival, for me alone";
const SHARED: &str = "my name has two parts";
const NOTE: &str = "I used half of your name. That may have made you feel unseen. I am sorry. \
                    From Monday I will use both parts. No reply is needed.";

#[test]
fn every_command_does_what_the_page_says() {
    let world = World::new();
    let mut phone = world.party("phone", "phone");
    let mut ada = world.party("desk", "ada");
    let front = world.party("desk", "front");

    set_up(&world, &phone, &ada, &front);
    moments(&phone);
    link(&world, &phone, &ada, &front);
    let case = pick_and_answer(&phone, &ada);
    front_desk(&phone, &ada, &front);
    proposals::put_and_answered(&phone, &ada);
    change_of_mind(&phone, &ada);
    late_and_expired(&mut phone, &mut ada);
    copies(&world, &phone, &ada);
    nothing_private_lies_about(world.folder());
    endings(&world, &phone, &ada, &front, &case);

    documented::compare(&world.printed.lock().unwrap());
}

fn set_up(world: &World, phone: &Party<'_>, ada: &Party<'_>, front: &Party<'_>) {
    let relay = world.relay();
    assert_eq!(phone.run(&["init"]), json!({ "data": phone.data.to_str().unwrap() }));
    let made = ada.run(&[
        "init",
        "--name",
        "Dr. Ada Okoye",
        "--role",
        "therapist",
        "--relay",
        &relay,
        "--offer",
        "NoContact,BriefCheckIn,RepairQuietly",
        "--no-fee",
        "--backup",
        "Kim",
        "--working-days",
        "mon,tue,wed,thu",
        "--note-days",
        "2",
    ]);
    assert_eq!(made["role"], "Therapist");
    assert_eq!(made["options"].as_array().unwrap().len(), 6);
    let made =
        front.run(&["init", "--name", "Riverside", "--role", "Coordinator", "--relay", &relay]);
    assert_eq!(made["options"], json!(["RequestProvider", "Interpreter"]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for file in ["vault.db", "vault.key", "store.key"] {
            let mode = fs::metadata(phone.data.join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }
    let list = phone.run(&["help-now", "--region", "ie"]);
    assert_eq!((&list["region"], &list["entries"][0]["phone"]), (&json!("IE"), &json!("112")));
    assert!(phone.read(&["help-now"]).contains("emergency number of your country"));
}

fn moments(phone: &Party<'_>) {
    let moment = phone.run(&["flag"]);
    assert_eq!(moment["state"], "Held");
    assert_eq!(moment["marked_at"], "2026-03-02T09:30:00+02:00");
    assert_eq!(moment["ends"], "2026-05-31");
    let second = phone.run(&["flag"]);
    let id = text(&second["moment"]);
    assert_eq!(phone.run(&["undo"]), json!({ "erased": "Moment", "moment": id }));

    let third = phone.run(&["flag"]);
    phone.run_with(&["note", "last"], PRIVATE);
    let pointed = phone.run(&["point", text(&third["moment"]), "said"]);
    assert_eq!((&pointed["pointer"], &pointed["words"]), (&json!("Said"), &json!(PRIVATE)));
    assert_eq!(phone.run(&["point", "last", "none"])["pointer"], Value::Null);
    phone.run(&["point", "last", "Said"]);
    assert_eq!(phone.run(&["keep-for", "30"]), json!({ "days": 30 }));
    assert_eq!(phone.run(&["keep-for", "off"]), json!({ "days": null }));

    let page = phone.run(&["list", "--limit", "1"]);
    assert_eq!(page["moments"][0]["moment"], third["moment"]);
    let rest = phone.run(&["list", "--before", text(&page["next"])]);
    assert_eq!(rest["moments"][0]["moment"], moment["moment"]);
    assert_eq!(rest["next"], Value::Null);
    let status = phone.run(&["status", text(&third["moment"])]);
    assert_eq!((&status["state"], &status["choices"]), (&json!("Held"), &json!([])));
    assert!(phone.read(&["list"]).contains("It is only on this phone."));
}

fn link(world: &World, phone: &Party<'_>, ada: &Party<'_>, front: &Party<'_>) {
    assert_eq!(phone.fail(&["preview", "last", "Pause"]), (7, "NotReady".into()));
    let invited = ada.run(&["invite"]);
    assert_eq!(invited["trouble"], "None");
    assert_eq!(invited["live_until"], "2026-03-02T09:40:00+02:00");
    let joined = phone.run_with(&["pair", "--name", "Sam"], text(&invited["code"]));
    assert_eq!(
        (&joined["stage"], &joined["recipient"]),
        (&json!("Waiting"), &json!("Dr. Ada Okoye"))
    );
    assert_eq!(ada.run(&["sync"])["clients"][0]["stage"], "Active");
    assert_eq!(phone.run(&["sync"])["practices"][0]["stage"], "Active");

    let invited = front.run(&["invite", "--words", "--sent"]);
    let words: Vec<_> = text(&invited["code"]).split(' ').collect();
    assert_eq!(words.len(), 8);
    let mut pair = vec!["pair", "--relay", text(&invited["relay"])];
    pair.extend(words);
    phone.run(&pair);
    front.run(&["sync"]);
    assert!(phone.read(&["sync"]).contains("You are now linked with Riverside."));

    assert_eq!(phone.fail(&["words"]), (2, "Usage".into()), "there are two");
    let (mine, theirs) = (phone.run(&["words", "1"]), ada.run(&["words", "1"]));
    assert_eq!(mine["words"].as_array().unwrap().len(), 4);
    assert_eq!(mine["words"], theirs["words"]);
    assert_eq!((&theirs["name"], &theirs["compared"]), (&json!("Sam"), &json!(false)));
    let pick = ["preview", "last", "WrittenFollowUp", "--with-words"];
    assert_eq!(phone.fail(&pick), (7, "NotCompared".into()));
    assert_eq!(phone.run(&["confirm", "1"])["compared"], true);
    assert_eq!(ada.run(&["confirm", "1"])["stage"], "Active");
    let practices = phone.run(&["practices"]);
    assert_eq!(practices["practices"][0]["terms"]["no_fee"], true);
    assert_eq!(practices["practices"][0]["name"], "Sam");
    let clients = ada.run(&["clients"]);
    assert_eq!(clients["clients"][0]["compared"], true);

    // A relay that stopped and a code for nobody.
    let shown = ada.read(&["invite"]);
    assert!(shown.contains("attune+http://") && shown.contains('\u{2588}'), "{shown}");
    assert!(world.relay().starts_with("http://127.0.0.1:"));
}

fn pick_and_answer(phone: &Party<'_>, ada: &Party<'_>) -> String {
    let offers = phone.run(&["options", "--moment", "last"]);
    let offers = offers["options"].as_array().unwrap();
    assert_eq!((&offers[0]["option"], &offers[0]["practice"]), (&json!("Keep"), &json!(null)));
    assert_eq!(offers.len(), 9);

    let kept = phone.run(&["preview", "last", "Keep"]);
    assert_eq!((&kept["state"], &kept["option"]), (&json!("Held"), &json!("Keep")));
    assert_eq!(phone.fail(&["share", "last", "Pause"]), (2, "Usage".into()), "nobody can be asked");

    phone.run_with(&["note", "last"], SHARED);
    let pick = ["preview", "last", "writtenfollowup", "--with-words", "--with-pointer"];
    let preview = phone.run(&pick);
    assert_eq!(preview["recipient"], "Dr. Ada Okoye");
    assert_eq!((&preview["words"], &preview["pointer"]), (&json!(SHARED), &json!("Said")));
    let shown = phone.read(&pick);
    for line in
        ["This is all they will get", "To: Dr. Ada Okoye", SHARED, "They see this name: Sam"]
    {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(
        shown.contains("There is no fee for this.") && !shown.contains("You keep your time slot.")
    );
    // The one previewed last is the one that can be shared.
    assert_eq!(phone.fail(&["share", text(&preview["preview"])]), (7, "NotPreviewed".into()));
    let preview = phone.run(&pick);
    let shared = phone.run(&["share", text(&preview["preview"])]);
    assert_eq!((&shared["state"], &shared["seen"]), (&json!("Queued"), &json!(null)));
    let case = text(&shared["case"]).to_owned();
    let state = |wanted: &str| {
        let status = phone.run(&["status", &case]);
        assert_eq!(status["state"], wanted);
        status
    };

    assert_eq!(phone.run(&["sync"])["reached"], true);
    state("Uploaded");
    assert_eq!(ada.run(&["inbox"])["cards"], json!([]), "nothing shows before it is received");
    ada.run(&["next-session", "1", "2026-03-06"]);
    ada.run(&["sync"]);
    phone.run(&["sync"]);
    // Two working days of this practice after Monday.
    assert_eq!(state("Received")["choices"][0]["due"], "2026-03-04");
    assert!(phone.read(&["status"]).contains("A reply is due by Wednesday, March 4."));

    let inbox = ada.run(&["inbox"]);
    let card = &inbox["cards"][0];
    assert_eq!((&card["case"], &card["name"]), (&json!(case), &json!("Sam")));
    assert_eq!((&card["option"], &card["due"]), (&json!("WrittenFollowUp"), &json!("2026-03-04")));
    assert!(!inbox.to_string().contains(SHARED), "what was added shows when it is opened");
    let shown = ada.read(&["inbox"]);
    for line in ["From Sam", "Write a short note", "By Wednesday, March 4", "Do not ask why."] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let opened = ada.run(&["open", &case]);
    assert_eq!((&opened["words"], &opened["pointer"]), (&json!(SHARED), &json!("Said")));
    ada.run(&["sync"]);
    phone.run(&["sync"]);
    state("Opened");

    proposals::blocked(ada, &case);
    let replied = ada.run_with(&["reply", &case], NOTE);
    assert_eq!((&replied["warnings"], &replied["note_waits"]), (&json!([]), &json!(false)));
    assert_eq!(replied["word_count"], 27);
    ada.run(&["sync"]);
    phone.run(&["sync"]);
    state("Answered");
    let notes = phone.run(&["notes"]);
    assert_eq!(
        (&notes["notes"][0]["text"], &notes["notes"][0]["case"]),
        (&json!(NOTE), &json!(case))
    );
    assert_eq!(phone.fail(&["take-back", &case]), (7, "TooLate".into()));
    phone.run_with(&["note", "last"], PRIVATE);
    case
}

fn front_desk(phone: &Party<'_>, ada: &Party<'_>, front: &Party<'_>) {
    let case = share(phone, &["none", "RequestProvider"]);
    phone.run(&["sync"]);
    front.run(&["sync"]);
    ada.run(&["sync"]);
    assert_eq!(ada.run(&["inbox"])["cards"], json!([]), "the therapist never sees it");
    let inbox = front.run(&["inbox"]);
    assert_eq!(
        (&inbox["role"], &inbox["cards"][0]["option"]),
        (&json!("Coordinator"), &json!("RequestProvider"))
    );
    let shown = front.read(&["inbox"]);
    assert!(
        shown.contains("The therapist does not.") && shown.contains("A client who gave no name")
    );
    assert_eq!(front.run(&["done", &case])["state"], "Answered");
    front.run(&["sync"]);
    phone.run(&["sync"]);
    let status = phone.run(&["status", &case]);
    assert_eq!(
        (&status["state"], &status["choices"][0]["has_note"]),
        (&json!("Answered"), &json!(false))
    );
}

fn change_of_mind(phone: &Party<'_>, ada: &Party<'_>) {
    let case = share(phone, &["last", "NoContact"]);
    let taken = phone.run(&["take-back", &case]);
    assert_eq!((&taken["state"], &taken["seen"]), (&json!("Withdrawn"), &json!(false)));

    let case = share(phone, &["last", "NoContact"]);
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    assert_eq!(ada.fail_with(&["reply", &case], NOTE).1, "NoteNotAllowed");
    let changed = share(phone, &["last", "Pause", "--replaces", &case]);
    assert_eq!(changed, case, "the same case");
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    let inbox = ada.run(&["inbox"]);
    assert_eq!(
        (&inbox["cards"][0]["option"], &inbox["cards"][0]["when"]),
        (&json!("Pause"), &json!("AtOnce"))
    );
    let taken = phone.run(&["take-back", &case]);
    assert_eq!(taken["state"], "Withdrawing");
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    assert_eq!(ada.run(&["inbox"])["cards"], json!([]));
    phone.run(&["sync"]);
    let status = phone.run(&["status", &case]);
    assert_eq!(
        (&status["state"], &status["choices"][0]["seen"]),
        (&json!("Withdrawn"), &json!(true))
    );
    assert!(phone.read(&["status", &case]).contains("It was picked up before we could stop it."));
}

fn late_and_expired(phone: &mut Party<'_>, ada: &mut Party<'_>) {
    let late = share(phone, &["last", "RepairQuietly"]);
    let expired = share(phone, &["last", "Pause", "--until", "2026-03-03"]);
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    phone.run(&["sync"]);
    phone.at("2026-03-12T09:00:00+02:00");
    ada.at("2026-03-12T09:00:00+02:00");
    assert_eq!(phone.run(&["status", &late])["state"], "Late");
    assert_eq!(phone.run(&["status", &expired])["state"], "Expired");
    assert!(
        ada.read(&["inbox"]).contains("This is late. If you cannot do it today, Kim steps in.")
    );
    ada.run(&["done", &late]);
    ada.run(&["sync"]);
    phone.run(&["sync"]);
}

fn copies(world: &World, phone: &Party<'_>, ada: &Party<'_>) {
    let case = share(phone, &["last", "SwitchTopic"]);
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    let copy = world.path("copy.attune");
    let to = ["export", "--to", copy.to_str().unwrap()];
    let passphrase = world.path("passphrase");
    fs::write(&passphrase, "another four words here\n").unwrap();
    let file = ["--copy-passphrase-file", passphrase.to_str().unwrap()];
    let saved = phone.run(&[&to[..], &file[..]].concat());
    assert_eq!((&saved["file"], &saved["readable"]), (&json!(to[2]), &json!(false)));

    let restored = world.party("phone", "restored");
    let brought = restored.run(&[&["import", to[2]], &file[..]].concat());
    assert_eq!(brought["restored"][0]["case"], case.as_str());
    restored.run(&["sync"]);
    let waiting = restored.run(&["restored"]);
    assert_eq!(
        (&waiting["restored"][0]["known"], &waiting["restored"][0]["option"]),
        (&json!(true), &json!("SwitchTopic"))
    );
    proposals::waiting_after_a_restore(&restored);
    let confirmed = restored.run(&["confirm-restored", &case]);
    assert_eq!((&confirmed["state"], &confirmed["waits_for"]), (&json!("Queued"), &json!(null)));
    assert_eq!(restored.run(&["restored"])["restored"], json!([]));

    let readable = world.path("readable.json");
    let saved = phone.run(&["export", "--readable", "--to", readable.to_str().unwrap()]);
    assert_eq!(saved["readable"], true);
    let document: Value = serde_json::from_slice(&fs::read(&readable).unwrap()).unwrap();
    assert!(document["moments"].to_string().contains(PRIVATE));
    proposals::in_the_readable_copy(&document);
    fs::remove_file(readable).unwrap();
}

/// What was written in private, and the passphrase, are in no file.
fn nothing_private_lies_about(folder: &Path) {
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            nothing_private_lies_about(&path);
        } else {
            let bytes = fs::read(&path).unwrap();
            let own = [PRIVATE, SHARED, NOTE, PASSPHRASE, "Okoye"];
            for secret in own.into_iter().chain(proposals::SECRETS) {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{}: {secret}", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 1, "{}", folder.display());
}

fn endings(world: &World, phone: &Party<'_>, ada: &Party<'_>, front: &Party<'_>, case: &str) {
    proposals::closed(ada);
    let note = phone.run(&["notes"])["notes"][0]["note"].clone();
    assert_eq!(phone.run(&["erase", "--note", text(&note)])["note"], note);
    assert_eq!(phone.run(&["erase", "--choice", case])["case"], case);
    let moment = phone.run(&["erase", "--moment", "last"])["moment"].clone();
    assert_eq!(phone.fail(&["status", text(&moment)]), (7, "NotFound".into()));
    assert_eq!(phone.run(&["erase", "--moments"]), json!({ "erased": "Moments" }));

    let mut add = world.command();
    add.args(["relay", "grant", "add", "--json", "--database"]).arg(world.path("other.db"));
    let grant: Value = serde_json::from_str(&run(&mut add, "").out).unwrap();
    let kept = ada.run_with(&["grant"], text(&grant["grant"]));
    assert_eq!((&kept["relay"], &kept["grant"]), (&json!(world.relay()), &json!(true)));
    let moved = ada.run(&["relay", "https://Relay.example:443/"]);
    assert_eq!(moved["relay"], "https://relay.example");
    assert_eq!(moved["relays"], json!(["https://relay.example", world.relay()]));

    assert_eq!(phone.run(&["unpair", "1"])["stage"], "Ended");
    assert_eq!(front.run(&["unpair", "1"])["stage"], "Ended");
    assert_eq!(phone.fail(&["erase", "--all"]), (7, "NotConfirmed".into()));
    assert_eq!(phone.run(&["erase", "--all", "--yes"]), json!({ "erased": "All" }));
    assert_eq!(phone.fail(&["list"]), (3, "NoData".into()));
    for file in ["vault.db", "vault.key", "store.key"] {
        assert!(!phone.data.join(file).exists(), "{file}");
    }
}

/// Previews and shares; the case.
fn share(phone: &Party<'_>, pick: &[&str]) -> String {
    let preview = phone.run(&[&["preview"], pick].concat());
    text(&phone.run(&["share", text(&preview["preview"])])["case"]).to_owned()
}
