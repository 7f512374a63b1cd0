//! A database on another machine: over TLS, with a password, and with a certificate that is checked.

use std::path::Path;
use std::process::Command;

use attune_cluster::{Cluster, name_of};
use attune_relay::{Address, PostgresStore, Store, StoreError};
use rcgen::{CertifiedKey, generate_simple_self_signed};

use crate::store::{block_on, semantics};

/// An address of this machine at which no other server listens.
const HOST: &str = "127.54.32.1";

/// A server with TLS that takes the role `distant` by TLS and password alone.
fn distant(certificate: &CertifiedKey<rcgen::KeyPair>) -> Cluster {
    let cluster = Cluster::start(&[&format!("listen_addresses={HOST}")]);
    let data = cluster.folder().join("data");
    write_as_its_owner(&data, "server.crt", &certificate.cert.pem());
    write_as_its_owner(&data, "server.key", &certificate.signing_key.serialize_pem());
    let rules = std::fs::read_to_string(data.join("pg_hba.conf")).unwrap();
    let first = "hostssl all distant all scram-sha-256\nhost all distant all reject\n";
    write_as_its_owner(&data, "pg_hba.conf", &format!("{first}{rules}"));
    cluster.ask("postgres", "ALTER SYSTEM SET ssl = on");
    cluster.crash();
    cluster.ask("postgres", "CREATE ROLE distant LOGIN SUPERUSER PASSWORD 'Mg7pQ'");
    cluster
}

/// The server reads a key only when nobody else can, and only when it is its own.
fn write_as_its_owner(folder: &Path, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;

    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let owned = Command::new("chown").arg("--reference").arg(folder).arg(&file).status();
    assert!(owned.unwrap().success());
}

fn certificate(name: &str) -> CertifiedKey<rcgen::KeyPair> {
    generate_simple_self_signed([name.to_owned()]).unwrap()
}

#[test]
fn a_database_elsewhere_is_asked_over_tls_and_its_certificate_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let (own, other) = (certificate("db.example"), certificate("db.example"));
    let (trusted, strange) = (folder.path().join("own.pem"), folder.path().join("other.pem"));
    std::fs::write(&trusted, own.cert.pem()).unwrap();
    std::fs::write(&strange, other.cert.pem()).unwrap();
    let cluster = distant(&own);
    let local = cluster.database();
    let database = name_of(&local);
    let address = |host: &str, more: &str| -> Address {
        let text = format!("postgres://distant@{host}/{database}?hostaddr={HOST}{more}");
        text.parse().unwrap()
    };
    let open = |address: Address| block_on(PostgresStore::open(&address)).map(|_| ());

    let right = || address("db.example", "").with_password(b"Mg7pQ");
    block_on(async {
        // Bound to the channel, too: nobody in between can pass the password's proof on.
        let bound = address("db.example", "&channel_binding=require").with_password(b"Mg7pQ");
        let store =
            PostgresStore::open(&bound.with_root_certificates(trusted.clone())).await.unwrap();
        semantics(&store).await;
        let plain = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                     WHERE usename = 'distant' AND NOT ssl";
        assert_eq!(cluster.ask(database, plain), "0");
        store.finish().await.unwrap();
    });

    let refused = |code: &'static str| Err(StoreError::Unavailable { code: code.into() });
    let certificate = refused("certificate");
    // Whose certificate nobody vouches for, here or in general; and one for another name.
    assert_eq!(open(right().with_root_certificates(strange)), certificate);
    assert_eq!(open(right()), certificate);
    let named = address("other.example", "").with_password(b"Mg7pQ");
    assert_eq!(open(named.with_root_certificates(trusted.clone())), certificate);
    // 28P01: the password is wrong. 28000: the server takes this role over TLS alone.
    let wrong = address("db.example", "").with_password(b"Mg7pq");
    assert_eq!(open(wrong.with_root_certificates(trusted.clone())), refused("28P01"));
    let plain = address("db.example", "&sslmode=disable").with_password(b"Mg7pQ");
    assert_eq!(open(plain), refused("28000"));
    // On this machine nobody has to vouch for it: so servers come, with a certificate of their own making.
    let here = |more: &str| format!("postgres://postgres@{HOST}/{database}{more}").parse().unwrap();
    assert_eq!(open(here("")), Ok(()));
    assert_eq!(open(here("?sslmode=require")), certificate);
    // A file without a certificate is no root of trust.
    std::fs::write(&trusted, "nothing").unwrap();
    let nothing = open(right().with_root_certificates(trusted));
    assert_eq!(nothing, Err(StoreError::RootCertificates));
}
