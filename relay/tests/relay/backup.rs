//! A copy made while the relay runs, and a relay that starts on it.

use std::io::ErrorKind;

use attune_relay::{BackupError, Config, Database, Relay, StoreError, backup, inspect};
use attune_wire::Status;

use crate::client::{Stage, post, told};

#[test]
fn a_copy_is_a_relays_database_of_one_moment() {
    let stage = Stage::new(|config| config.origin = Some("https://relay.example".into()));
    let pair = stage.pair(1);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
    assert_eq!(told(&stage.ask(&pair.put(1, 1))), (Status::Stored, 1));
    let copy = stage.folder.path().join("copy.db");
    backup(&stage.database().into(), &copy).unwrap();
    assert_eq!(told(&stage.ask(&pair.put(2, 2))), (Status::Stored, 2));

    let names = |folder: &std::path::Path| {
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with("copy"))
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(stage.folder.path()), ["copy.db"], "nothing else is left");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&copy).unwrap());
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(inspect(&copy).unwrap()[0].ver, 1);

    let mut config = Config::trial(copy.clone());
    config.clock = stage.clock.clone();
    config.origin = Some("https://relay.example".into());
    let restored = Relay::start(config).unwrap();
    let status = |frame: &[u8]| {
        told(&attune_wire::Response::parse(&post(restored.addr, frame).body).unwrap())
    };
    assert_eq!(status(&pair.get(0)), (Status::New, 1));
    assert_eq!(status(&pair.put(2, 2)), (Status::Stored, 2), "the writer goes on");
    restored.stop().unwrap();
}

#[test]
fn nothing_is_replaced_and_nothing_half_is_left() {
    let stage = Stage::new(|_| {});
    let folder = stage.folder.path();
    let database = stage.database().into();
    let copy = folder.join("copy.db");
    std::fs::write(&copy, "mine").unwrap();
    assert_eq!(backup(&database, &copy), Err(BackupError::Exists));
    assert_eq!(std::fs::read(&copy).unwrap(), b"mine");
    assert_eq!(backup(&database, &stage.database()), Err(BackupError::Exists));
    // Somebody else's copy is under way.
    let (part, other) = (folder.join("other.db.part"), folder.join("other.db"));
    std::fs::write(&part, "theirs").unwrap();
    assert_eq!(backup(&database, &other), Err(BackupError::Exists));
    assert_eq!(std::fs::read(&part).unwrap(), b"theirs");
    // No database there: none is made, and no copy.
    let none = folder.join("none.db");
    let failed = backup(&Database::from(none.clone()), &folder.join("third.db"));
    assert!(
        matches!(failed, Err(BackupError::Store(StoreError::File(ErrorKind::NotFound)))),
        "{failed:?}"
    );
    assert!(!none.exists() && !folder.join("third.db").exists());
    assert!(!folder.join("third.db.part").exists());
    // Another program's file is none of a relay's.
    let failed = backup(&Database::from(copy), &folder.join("third.db"));
    assert_eq!(failed, Err(BackupError::Store(StoreError::NotARelay)));
    assert!(!folder.join("third.db.part").exists());
    let nowhere = backup(&database, &folder.join("no/folder.db"));
    assert_eq!(nowhere, Err(BackupError::File(std::io::ErrorKind::NotFound)));
}
