//! The provider at work: files of SQLCipher with OpenSSL, damage, wrong keys, and the build's flags.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use attune_cipher::rusqlite::{Connection, ErrorCode, OpenFlags, Result};
use attune_cipher::{PROVIDER, SQLCIPHER_AT_LEAST, SQLITE_AT_LEAST, rusqlite};

/// Made by SQLCipher 4.19.0 with OpenSSL 3.0.19, raw key bytes 00 to 1f, table `moment`, 200 rows.
const OPENSSL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/openssl-3.0.19.db");
const OPENSSL_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const PAGE: usize = 4096;

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("attune-cipher-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.0.join("copy.db");
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn open(path: &Path, key: &str) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "key", format!("x'{key}'"))?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

fn text(connection: &Connection, pragma: &str) -> String {
    connection.pragma_query_value(None, pragma, |row| row.get(0)).unwrap()
}

fn lines(connection: &Connection, pragma: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("PRAGMA {pragma}")).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_>>().unwrap()
}

#[test]
fn a_database_made_with_openssl_opens_reads_and_verifies() {
    let folder = Folder::new("openssl");
    let path = folder.file(&fs::read(OPENSSL).unwrap());
    let connection = open(&path, OPENSSL_KEY).unwrap();
    assert_eq!(text(&connection, "cipher_provider"), PROVIDER);
    let rows: i64 =
        connection.query_row("SELECT count(*) FROM moment", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 200);
    assert_eq!(lines(&connection, "cipher_integrity_check"), [""; 0]);
    assert_eq!(lines(&connection, "integrity_check"), ["ok"]);
}

#[test]
fn what_is_written_is_ciphertext_and_reads_back() {
    let folder = Folder::new("written");
    let path = folder.0.join("new.db");
    let marker = "a-marker-that-is-found-nowhere";
    let new = Connection::open(&path).unwrap();
    new.pragma_update(None, "key", format!("x'{OPENSSL_KEY}'")).unwrap();
    new.execute_batch("CREATE TABLE t(a TEXT) STRICT").unwrap();
    for _ in 0..100 {
        new.execute("INSERT INTO t VALUES(?1)", [marker]).unwrap();
    }
    new.close().unwrap();

    let bytes = fs::read(&path).unwrap();
    assert!(!bytes.windows(16).any(|window| window == b"SQLite format 3\0"));
    assert!(!bytes.windows(marker.len()).any(|window| window == marker.as_bytes()));
    let again = open(&path, OPENSSL_KEY).unwrap();
    let rows: i64 =
        again.query_row("SELECT count(*) FROM t WHERE a = ?1", [marker], |row| row.get(0)).unwrap();
    assert_eq!(rows, 100);
    assert_eq!(lines(&again, "cipher_integrity_check"), [""; 0]);
}

#[test]
fn a_flipped_bit_in_any_page_is_found() {
    let folder = Folder::new("flipped");
    let bytes = fs::read(OPENSSL).unwrap();
    // Page 1 holds the salt and the schema: damage there is refused on opening. Each other page is found.
    for page in 1..bytes.len() / PAGE {
        for (offset, bit) in [(0, 0), (PAGE / 2, 3), (PAGE - 80, 7), (PAGE - 64, 1)] {
            let mut damaged = bytes.clone();
            damaged[page * PAGE + offset] ^= 1 << bit;
            let path = folder.file(&damaged);
            let connection = open(&path, OPENSSL_KEY).unwrap();
            let found = lines(&connection, "cipher_integrity_check");
            assert_eq!(
                found,
                [format!("HMAC verification failed for page {}", page + 1)],
                "offset {offset}"
            );
        }
    }
    for offset in [0, 15, 16, PAGE / 2, PAGE - 1] {
        let mut damaged = bytes.clone();
        damaged[offset] ^= 1;
        let refused = open(&folder.file(&damaged), OPENSSL_KEY).unwrap_err();
        assert_eq!(refused.sqlite_error_code(), Some(ErrorCode::NotADatabase), "offset {offset}");
    }
}

#[test]
fn a_wrong_key_is_refused() {
    let folder = Folder::new("wrong-key");
    let bytes = fs::read(OPENSSL).unwrap();
    let path = folder.file(&bytes);
    for key in [OPENSSL_KEY.replace("1f", "1e"), "00".repeat(32), "ff".repeat(32)] {
        let refused = open(&path, &key).unwrap_err();
        assert_eq!(refused.sqlite_error_code(), Some(ErrorCode::NotADatabase));
    }
    assert_eq!(fs::read(&path).unwrap(), bytes, "nothing was changed");
}

#[test]
fn the_versions_are_those_that_were_read() {
    let connection = Connection::open_in_memory().unwrap();
    let version = text(&connection, "cipher_version");
    let numbers: Vec<u32> = version
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .take(3)
        .collect();
    assert!((numbers[0], numbers[1], numbers[2]) >= SQLCIPHER_AT_LEAST, "{version}");
    assert_eq!(
        numbers[0], SQLCIPHER_AT_LEAST.0,
        "a new major release has a table of its own: {version}"
    );
    assert!(rusqlite::version_number() >= SQLITE_AT_LEAST);
}

#[test]
fn sqlite_is_compiled_as_the_workspace_says() {
    let connection = Connection::open_in_memory().unwrap();
    let options: BTreeSet<String> = lines(&connection, "compile_options").into_iter().collect();
    for option in ["TEMP_STORE=3", "DQS=0", "THREADSAFE=1", "HAS_CODEC", "OMIT_LOAD_EXTENSION"] {
        assert!(options.contains(option), "{option} is missing from {options:?}");
    }
    // The effects: a quoted word is never a string; a pragma cannot send temporary tables to a file.
    assert!(connection.prepare("SELECT \"no such column\"").is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn a_large_temporary_table_opens_no_file() {
    let open_files = || -> BTreeSet<PathBuf> {
        let fds = fs::read_dir("/proc/self/fd").unwrap();
        fds.filter_map(|fd| fs::read_link(fd.unwrap().path()).ok())
            .filter(|target| target.to_string_lossy().contains("etilqs"))
            .collect()
    };
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "PRAGMA temp_store = FILE; PRAGMA temp.cache_size = 10; CREATE TEMP TABLE t(a);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
             INSERT INTO t SELECT hex(randomblob(200)) FROM n;
             CREATE INDEX temp.sorted ON t(a);",
        )
        .unwrap();
    assert_eq!(open_files(), BTreeSet::new());
}

#[test]
fn no_openssl_is_in_the_tree() {
    let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap();
    for name in ["openssl", "openssl-sys", "openssl-src", "native-tls", "aws-lc-sys"] {
        assert!(!lock.contains(&format!("\nname = \"{name}\"\n")), "{name} is in Cargo.lock");
    }
    // What stands in for libcrypto, because libsqlite3-sys insists on one, is an archive without a member.
    let link = concat!(env!("CARGO_MANIFEST_DIR"), "/link");
    assert_eq!(fs::read_dir(link).unwrap().count(), 1);
    assert_eq!(fs::read(Path::new(link).join("libcrypto.a")).unwrap(), b"!<arch>\n");
}
