//! What goes wrong: each error's name and exit status, and that nothing was changed.

use std::fs;

use attune_core::companion::Companion;
use attune_core::entropy::SystemEntropy;
use attune_core::vault::{FileKeyStore, Passphrase, STORE_FILE};
use serde_json::{Value, json};

use crate::world::{PASSPHRASE, World, run, text};

#[test]
fn places_and_keys() {
    let world = World::new();
    let phone = world.party("phone", "phone");
    assert_eq!(phone.fail(&["flag"]), (3, "NoData".into()));
    phone.run(&["init"]);
    phone.run(&["flag"]);
    assert_eq!(phone.fail(&["init"]), (3, "DataThere".into()));
    assert_eq!(world.party("desk", "phone").fail(&["inbox"]), (3, "OtherSide".into()));

    let with = |name: &str, value: Option<&str>| {
        let mut command = phone.command(&["list", "--json"]);
        command.env_remove(name);
        if let Some(value) = value {
            command.env(name, value);
        }
        let ran = run(&mut command, "");
        assert_eq!(ran.out, "");
        let error: Value = serde_json::from_str(&ran.err).unwrap();
        assert!(!ran.err.contains(PASSPHRASE));
        (ran.status, error["error"].as_str().unwrap().to_owned())
    };
    assert_eq!(with("ATTUNE_PASSPHRASE", Some("not the right one")), (4, "WrongPassphrase".into()));
    assert_eq!(with("ATTUNE_PASSPHRASE", Some("")), (4, "NoPassphrase".into()));
    assert_eq!(with("ATTUNE_PASSPHRASE", None), (4, "NoPassphrase".into()), "and no terminal");
    assert_eq!(with("ATTUNE_NOW", Some("tomorrow")), (2, "Usage".into()));
    let absent = world.path("absent");
    let file = ["list", "--passphrase-file", absent.to_str().unwrap()];
    assert_eq!(phone.fail(&file), (4, "NoPassphrase".into()));
    let mut short = world.party("phone", "short").command(&["init", "--json"]);
    let ran = run(short.env("ATTUNE_PASSPHRASE", "short"), "");
    assert_eq!(ran.status, 4);
    assert!(!world.path("short").exists());

    // The file goes before the environment, and everything is still there.
    let file = world.path("passphrase");
    fs::write(&file, format!("{PASSPHRASE}\n")).unwrap();
    let mut list = phone.command(&["list", "--json", "--passphrase-file", file.to_str().unwrap()]);
    let ran = run(list.env("ATTUNE_PASSPHRASE", "not the right one"), "");
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(page["moments"].as_array().unwrap().len(), 1);
}

#[test]
fn busy_damaged_and_gone() {
    let world = World::new();
    let phone = world.party("phone", "phone");
    phone.run(&["init"]);
    {
        let passphrase = Passphrase::new(PASSPHRASE.to_owned());
        let store = FileKeyStore::open(&phone.data.join(STORE_FILE), &passphrase).unwrap();
        let entropy = Box::new(SystemEntropy::new());
        let held = Companion::open(&phone.data, &store, None, entropy).unwrap();
        assert_eq!(phone.fail(&["flag"]), (6, "Busy".into()));
        held.close().unwrap();
    }
    phone.run(&["flag"]);

    let (db, key, store) =
        (phone.data.join("vault.db"), phone.data.join("vault.key"), phone.data.join(STORE_FILE));
    let whole = fs::read(&db).unwrap();
    let mut flipped = whole.clone();
    flipped[100] ^= 1;
    fs::write(&db, &flipped).unwrap();
    assert_eq!(phone.fail(&["list"]), (5, "Damaged".into()));
    assert_eq!(fs::read(&db).unwrap(), flipped, "it is left as it is");
    fs::remove_file(&db).unwrap();
    assert_eq!(phone.fail(&["list"]), (5, "Damaged".into()));
    fs::write(&db, &whole).unwrap();

    let sealed = fs::read(&key).unwrap();
    for path in [&key, &store] {
        let bytes = fs::read(path).unwrap();
        fs::remove_file(path).unwrap();
        assert_eq!(phone.fail(&["list"]), (4, "KeyMissing".into()));
        fs::write(path, bytes).unwrap();
    }
    let other = world.party("phone", "other");
    other.run(&["init"]);
    fs::copy(other.data.join("vault.key"), &key).unwrap();
    assert_eq!(phone.fail(&["list"]), (4, "KeyUnfit".into()));
    fs::write(&key, sealed).unwrap();
    assert_eq!(phone.run(&["list"])["moments"].as_array().unwrap().len(), 1);
}

#[test]
fn rules_and_files() {
    let mut world = World::new();
    let relay = world.relay();
    {
        let desk = world.party("desk", "desk");
        let init = |name: &str, relay: &str| {
            desk.fail(&["init", "--role", "Therapist", "--name", name, "--relay", relay])
        };
        assert_eq!(init(" ", &relay), (7, "BadCard".into()));
        assert_eq!(init("Ada", "http://relay.example"), (7, "BadRelay".into()));
        desk.run(&["init", "--role", "Therapist", "--name", "Ada", "--relay", &relay]);
        assert_eq!(desk.fail(&["grant"]), (7, "BadGrant".into()));
        assert_eq!(desk.fail(&["words", "7"]), (7, "NotFound".into()));
        assert_eq!(desk.fail(&["open", &"0".repeat(32)]), (7, "NotFound".into()));
        assert_eq!(desk.fail(&["next-session", "1", "soon"]).0, 7, "no such client");
    }
    let phone = world.party("phone", "phone");
    phone.run(&["init"]);
    phone.run(&["flag"]);
    let cases: [(&[&str], i32, &str); 20] = [
        (&["nonsense"], 2, "Usage"),
        (&["preview", "last", "Nonsense"], 2, "Usage"),
        (&["point", "last", "Nonsense"], 2, "Usage"),
        (&["keep-for", "0"], 2, "Usage"),
        (&["share", "last"], 2, "Usage"),
        (&["erase", "--all", "--moments"], 2, "Usage"),
        (&["status", "7"], 7, "NotFound"),
        (&["status", "nonsense"], 7, "NotFound"),
        (&["take-back", &HEX[..32]], 7, "NotFound"),
        (&["erase", "--note", &HEX[..32]], 7, "NotFound"),
        (&["unpair", "3"], 7, "NotFound"),
        (&["words"], 7, "NotReady"),
        (&["share", HEX], 7, "NotPreviewed"),
        (&["pair", "seven", "words"], 7, "BadCode"),
        (&["pair", "https://example.org/"], 7, "BadCode"),
        (&["pair", "attune://relay.example/#1.AA"], 7, "BadCode"),
        (&["pair", EIGHT], 7, "BadRelay"),
        (&["pair", EIGHT, "--relay", "ftp://relay.example"], 7, "BadRelay"),
        (&["note", "last", "--text-file", "/nowhere/at/all"], 9, "File"),
        (&["export", "--readable", "--to", "/nowhere/at/all"], 9, "File"),
    ];
    for (arguments, status, name) in cases {
        assert_eq!(phone.fail(arguments), (status, name.into()), "{arguments:?}");
    }
    let ran = phone.try_with(&["note", "last"], &"a".repeat(501));
    assert_eq!(ran.status, 7);
    assert!(ran.err.contains("TooLong") && ran.err.contains("You have 501."), "{}", ran.err);

    // Copies.
    let there = world.path("there");
    fs::write(&there, b"not a copy").unwrap();
    let path = there.to_str().unwrap();
    assert_eq!(phone.fail(&["export", "--readable", "--to", path]), (3, "FileThere".into()));
    let copy = world.path("copy");
    let mut export = phone.command(&["export", "--json", "--to", copy.to_str().unwrap()]);
    assert_eq!(run(export.env("ATTUNE_COPY_PASSPHRASE", "words of the copy"), "").status, 0);
    let import = |from: &str, passphrase: &str, data: &str| {
        let mut import = world.party("phone", data).command(&["import", from, "--json"]);
        let ran = run(import.env("ATTUNE_COPY_PASSPHRASE", passphrase), "");
        let error: Value = serde_json::from_str(&ran.err).unwrap();
        (ran.status, error["error"].as_str().unwrap().to_owned())
    };
    let copy = copy.to_str().unwrap();
    assert_eq!(import(path, "words of the copy", "new"), (5, "Damaged".into()));
    assert_eq!(import(copy, "other words, quite", "new"), (4, "WrongPassphrase".into()));
    assert_eq!(import("/nowhere", "words of the copy", "new"), (9, "File".into()));
    assert!(!world.path("new").exists(), "a failed import leaves nothing behind");
    assert_eq!(import(copy, "words of the copy", "phone"), (3, "DataThere".into()));

    // A full disk where the answer should go.
    #[cfg(target_os = "linux")]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let status =
            phone.command(&["list"]).stdout(full).stderr(std::process::Stdio::null()).status();
        assert_eq!(status.unwrap().code(), Some(9));
    }
    world.stop_relay();
}

#[test]
fn a_relay_that_is_not_there_costs_nothing() {
    let mut world = World::new();
    let relay = world.relay();
    world.party("desk", "desk").run(&[
        "init",
        "--role",
        "Therapist",
        "--name",
        "Ada",
        "--relay",
        &relay,
    ]);
    let code = world.party("desk", "desk").run(&["invite"])["code"].clone();
    world.stop_relay();

    let (phone, desk) = (world.party("phone", "phone"), world.party("desk", "desk"));
    phone.run(&["init"]);
    assert_eq!(phone.run(&["sync"])["reached"], true, "there is nobody to reach");
    assert_eq!(phone.fail(&["pair", text(&code)]), (8, "RelayNotReached".into()));
    assert_eq!(phone.run(&["practices"])["practices"][0]["trouble"], "Unreachable");
    assert_eq!(phone.fail(&["sync"]), (8, "RelayNotReached".into()));
    assert_eq!(desk.fail(&["sync"]), (8, "RelayNotReached".into()));
    // The code is kept by nobody: it is told although the relay is not there, and goes later.
    let ran = desk.try_with(&["invite"], "");
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, &document["trouble"]), (8, &json!("Unreachable")));
    assert!(text(&document["code"]).starts_with("attune+http://127.0.0.1:"));
}

#[test]
fn what_needs_no_folder() {
    let world = World::new();
    for shell in ["bash", "fish", "zsh", "elvish", "powershell"] {
        let ran = run(world.command().args(["completions", shell]), "");
        assert!(ran.status == 0 && ran.out.contains("take-back"), "{shell}");
    }
    let ran = run(world.command().args(["--help"]), "");
    assert!(ran.status == 0 && ran.out.contains("Exit status: 0 done"));
    let ran = run(world.command().args(["phone", "nonsense"]), "");
    assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains("Usage"));
    let grants = world.path("grants.db");
    let add = ["relay", "grant", "add", "--json", "--database"];
    assert_eq!(run(world.command().args(add).arg(&grants), "").status, 0);
    let remove = ["relay", "grant", "remove", &HEX[..32], "--json", "--database"];
    let ran = run(world.command().args(remove).arg(&grants), "");
    assert_eq!(ran.status, 7, "{}", ran.err);
    assert!(ran.err.contains("BadGrant"));
}

const HEX: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const EIGHT: &str = "abandon ability able about above absent absorb abstract";
