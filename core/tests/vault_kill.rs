//! A process killed while it makes vaults, writes rows and changes the passcode: what it said was done is done,
//! and every vault opens or never was.

mod vault_home;

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::entropy::SystemEntropy;
use attune_core::vault::{FileKeyStore, KdfCost, STORE_FILE, Vault, VaultError};
use tempfile::TempDir;

use vault_home::{cheap, phrase, put, take};

const ROUNDS: u32 = 24;
/// Where the process started below works.
const FOLDER: &str = "ATTUNE_TEST_KILL_FOLDER";

fn store_at(root: &Path) -> FileKeyStore {
    FileKeyStore::open(&root.join(STORE_FILE), &phrase("of the store")).unwrap()
}

/// Runs the test `name` of this program in a process of its own and kills it once it has said `lines` lines. Answers
/// the last whole line.
fn kill_after(lines: u32, name: &str, root: &Path) -> Option<String> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture", "--quiet"])
        .env(FOLDER, root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    for _ in 0..lines {
        said.find(|line| line.starts_with("done ")).unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it still said before it died counts, too.
    said.filter(|line| line.starts_with("done ") && line.ends_with('.')).last()
}

fn say(number: u32) {
    println!("done {number}.");
    std::io::stdout().flush().unwrap();
}

fn new_root() -> TempDir {
    let root = TempDir::new().unwrap();
    let entropy = &mut SystemEntropy::new();
    let path = root.path().join(STORE_FILE);
    FileKeyStore::create(&path, &phrase("of the store"), KdfCost::LEAST, entropy).unwrap();
    root
}

#[test]
fn what_was_committed_before_a_kill_is_kept() {
    let root = new_root();
    let dir = root.path().join("vault");
    Vault::create(&dir, &store_at(root.path()), None, &mut SystemEntropy::new()).unwrap();
    let mut least = 0;
    for round in 0..ROUNDS {
        let lines = 1 + round * 7 % 11;
        let last = kill_after(lines, "write_until_killed", root.path());
        let passcode = phrase("0917");
        let vault = Vault::open(&dir, &store_at(root.path()), Some(&passcode)).unwrap();
        vault.verify().unwrap();
        least += lines;
        let rows: u32 = vault
            .read(|db| {
                Ok::<_, VaultError>(
                    db.query_row("SELECT count(*) FROM setting", [], |row| row.get(0))?,
                )
            })
            .unwrap();
        assert!(rows >= least, "{rows} rows, {least} were said to be written");
        if let Some(said) = last.and_then(|line| line[5..line.len() - 1].parse::<u32>().ok()) {
            assert_eq!(take(&vault, &format!("row {said}")).unwrap().len(), 700);
        }
        least = rows;
        vault.close().unwrap();
    }
}

#[test]
#[ignore = "run by the test above, to be killed"]
fn write_until_killed() {
    let root = PathBuf::from(env::var_os(FOLDER).unwrap());
    let store = store_at(&root);
    let passcode = phrase("0917");
    let mut vault = Vault::open(&root.join("vault"), &store, Some(&passcode)).unwrap();
    let from: u32 = vault
        .read(|db| {
            Ok::<_, VaultError>(db.query_row("SELECT count(*) FROM setting", [], |row| row.get(0))?)
        })
        .unwrap();
    for number in from.. {
        put(&mut vault, &format!("row {number}"), &[7; 700]).unwrap();
        say(number);
        if number % 2 == 0 {
            let passcode = (number % 4 == 0).then_some(cheap(&passcode));
            vault.set_passcode_at(&store, passcode, &mut SystemEntropy::new()).unwrap();
        }
    }
}

#[test]
fn a_phone_whose_making_was_killed_opens_or_never_was() {
    let root = new_root();
    let (mut opened, mut never) = (0, 0);
    for round in 0..ROUNDS {
        let folder = root.path().join(format!("round {round}"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(root.path().join(STORE_FILE), folder.join(STORE_FILE)).unwrap();
        let lines = 1 + round * 5 % 7;
        kill_after(lines, "create_until_killed", &folder);
        let store = store_at(&folder);
        for number in 0.. {
            let dir = folder.join(format!("vault {number}"));
            if !dir.exists() {
                assert!(number >= lines);
                break;
            }
            let entropy = || Box::new(SystemEntropy::new());
            match Companion::open(&dir, &store, None, entropy()) {
                Ok(mut phone) => {
                    phone.vault().verify().unwrap();
                    opened += 1;
                }
                Err(Error::Vault(VaultError::Absent)) => {
                    assert!(number >= lines, "{number} of {lines} was said to be made");
                    Companion::create(&dir, &store, None, entropy()).unwrap();
                    never += 1;
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    println!("{opened} opened, {never} never were");
    assert!(opened >= ROUNDS);
}

#[test]
#[ignore = "run by the test above, to be killed"]
fn create_until_killed() {
    let root = PathBuf::from(env::var_os(FOLDER).unwrap());
    let store = store_at(&root);
    for number in 0.. {
        let dir = root.join(format!("vault {number}"));
        let entropy = Box::new(SystemEntropy::new());
        Companion::create(&dir, &store, None, entropy).unwrap().close().unwrap();
        say(number);
    }
}
