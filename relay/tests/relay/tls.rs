//! TLS in the relay itself, with a real client of TLS.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use attune_relay::{Tls, TlsError};
use attune_wire::{Response, Status};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tempfile::TempDir;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, HandshakeKind, ProtocolVersion, RootCertStore, StreamOwned,
    SupportedProtocolVersion,
};

use crate::client::{Stage, get, head, read, told};

const SOON: Duration = Duration::from_millis(50);
const HEALTH: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n";

/// Certificate and key in files, and who trusts them.
struct Papers {
    folder: TempDir,
}

impl Papers {
    fn new() -> (Self, CertifiedKey<KeyPair>) {
        let papers = Self { folder: tempfile::tempdir().unwrap() };
        let pair = papers.renew();
        (papers, pair)
    }

    fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }

    /// A new pair in the same files.
    fn renew(&self) -> CertifiedKey<KeyPair> {
        let pair = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(self.certificate(), pair.cert.pem()).unwrap();
        self.write_key(&pair.signing_key.serialize_pem());
        pair
    }

    fn write_key(&self, text: &str) {
        let _ = std::fs::remove_file(self.key());
        std::fs::write(self.key(), text).unwrap();
        self.allow(0o600);
    }

    fn allow(&self, mode: u32) {
        #[cfg(unix)]
        std::fs::set_permissions(self.key(), std::os::unix::fs::PermissionsExt::from_mode(mode))
            .unwrap();
        #[cfg(not(unix))]
        let _ = mode;
    }

    fn open(&self) -> Result<Tls, TlsError> {
        Tls::open(self.certificate(), self.key())
    }
}

/// A client that trusts one certificate alone.
fn trusting(
    pair: &CertifiedKey<KeyPair>,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(pair.cert.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

type Stream = StreamOwned<ClientConnection, TcpStream>;

/// Connected, but without a handshake as yet: it comes with the first bytes.
fn connect(stage: &Stage, config: &Arc<ClientConfig>) -> Stream {
    let name = "localhost".try_into().unwrap();
    let connection = ClientConnection::new(Arc::clone(config), name).unwrap();
    StreamOwned::new(connection, TcpStream::connect(stage.running.addr).unwrap())
}

fn ask(stream: &mut Stream, frame: &[u8]) -> Response {
    stream.write_all(&[head(frame.len(), "").as_bytes(), frame].concat()).unwrap();
    let answer = read(stream).unwrap();
    assert_eq!(answer.status, 200);
    Response::parse(&answer.body).unwrap()
}

fn is_healthy(stage: &Stage, config: &Arc<ClientConfig>) -> bool {
    let mut stream = connect(stage, config);
    stream.write_all(HEALTH).is_ok() && read(&mut stream).is_some_and(|answer| answer.status == 200)
}

#[test]
fn frames_over_both_versions_of_tls() {
    let (papers, pair) = Papers::new();
    let stage = Stage::new(|config| config.tls = Some(papers.open().unwrap()));
    assert!(stage.running.origin.starts_with("https://127.0.0.1:"));
    for (number, version, spoken) in
        [(1, &TLS12, ProtocolVersion::TLSv1_2), (2, &TLS13, ProtocolVersion::TLSv1_3)]
    {
        let config = trusting(&pair, &[version]);
        let lane = stage.pair(number);
        let mut stream = connect(&stage, &config);
        assert_eq!(ask(&mut stream, &lane.open(None)).status, Status::Stored);
        assert_eq!(told(&ask(&mut stream, &lane.put(1, 1))), (Status::Stored, 1));
        assert_eq!(told(&ask(&mut stream, &lane.get(0))), (Status::New, 1));
        assert_eq!(stream.conn.protocol_version(), Some(spoken));
    }
}

/// The relay hands out nothing by which a device would be known again.
#[test]
fn no_session_is_taken_up_again() {
    let (papers, pair) = Papers::new();
    let stage = Stage::new(|config| config.tls = Some(papers.open().unwrap()));
    for version in [&TLS12, &TLS13] {
        // One configuration: it would resume if it could.
        let config = trusting(&pair, &[version]);
        for _ in 0..2 {
            let mut stream = connect(&stage, &config);
            stream.write_all(HEALTH).unwrap();
            assert_eq!(read(&mut stream).unwrap().status, 200);
            assert_eq!(stream.conn.handshake_kind(), Some(HandshakeKind::Full));
        }
    }
}

#[test]
fn a_new_certificate_is_taken_up_and_connections_stay() {
    let (papers, first) = Papers::new();
    let tls = papers.open().unwrap();
    let stage = Stage::new(|config| config.tls = Some(tls.clone()));
    let trusts_first = trusting(&first, &[&TLS13]);
    let mut before = connect(&stage, &trusts_first);
    before.write_all(HEALTH).unwrap();
    assert_eq!(read(&mut before).unwrap().status, 200);

    let trusts_second = trusting(&papers.renew(), &[&TLS13]);
    assert!(is_healthy(&stage, &trusts_first), "not read before it is told");
    tls.reload().unwrap();
    assert!(is_healthy(&stage, &trusts_second));
    assert!(!is_healthy(&stage, &trusts_first));
    before.write_all(HEALTH).unwrap();
    assert_eq!(read(&mut before).unwrap().status, 200);
}

#[test]
fn bad_files_are_told_apart_and_the_old_pair_stays() {
    let (papers, pair) = Papers::new();
    let tls = papers.open().unwrap();
    let stage = Stage::new(|config| config.tls = Some(tls.clone()));
    let client = trusting(&pair, &[&TLS13]);
    let (certificate, key) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    let other = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let cut = &certificate[..certificate.len() / 2];
    let empty = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    for (certificate, key, error) in [
        ("", key.as_str(), TlsError::NoCertificate),
        ("hello", &key, TlsError::NoCertificate),
        (&key, &key, TlsError::NoCertificate),
        (cut, &key, TlsError::NoCertificate),
        (empty, &key, TlsError::NoCertificate),
        (&certificate, "", TlsError::NoKey),
        (&certificate, &certificate, TlsError::NoKey),
        (&certificate, &key[..key.len() / 2], TlsError::NoKey),
        (&certificate, &other.signing_key.serialize_pem(), TlsError::NotAPair),
        (&other.cert.pem(), &key, TlsError::NotAPair),
    ] {
        std::fs::write(papers.certificate(), certificate).unwrap();
        papers.write_key(key);
        assert_eq!(tls.reload(), Err(error), "{certificate}");
        assert_eq!(papers.open().unwrap_err(), error);
        assert!(is_healthy(&stage, &client), "{error}");
    }
    std::fs::write(papers.certificate(), certificate).unwrap();
    std::fs::remove_file(papers.key()).unwrap();
    assert_eq!(tls.reload(), Err(TlsError::KeyFile(ErrorKind::NotFound)));
    std::fs::remove_file(papers.certificate()).unwrap();
    assert_eq!(tls.reload(), Err(TlsError::CertificateFile(ErrorKind::NotFound)));
    assert!(is_healthy(&stage, &client));
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_is_refused() {
    use std::os::unix::fs::MetadataExt as _;

    let (papers, _) = Papers::new();
    for mode in [0o604, 0o602, 0o601, 0o644, 0o620, 0o660] {
        papers.allow(mode);
        assert_eq!(papers.open().unwrap_err(), TlsError::KeyNotPrivate, "{mode:o}");
    }
    for mode in [0o600, 0o400] {
        papers.allow(mode);
        assert!(papers.open().is_ok(), "{mode:o}");
    }
    // Shared with one group, as systemd and tools for certificates do: only where root owns it.
    papers.allow(0o640);
    let of_root = std::fs::metadata(papers.key()).unwrap().uid() == 0;
    assert_eq!(papers.open().is_ok(), of_root);
}

#[test]
fn a_handshake_that_does_not_come_ends() {
    let (papers, pair) = Papers::new();
    let stage = Stage::new(|config| {
        config.tls = Some(papers.open().unwrap());
        config.metrics = Some(config.listen);
        config.timeouts.header = SOON;
    });
    for start in [&b""[..], b"\x16\x03\x01\x02\x00\x01", b"GET /healthz HTTP/1.1\r\n"] {
        let mut silent = TcpStream::connect(stage.running.addr).unwrap();
        silent.write_all(start).unwrap();
        let mut rest = Vec::new();
        let _ = silent.read_to_end(&mut rest);
        assert!(!rest.starts_with(b"HTTP"));
    }
    assert!(is_healthy(&stage, &trusting(&pair, &[&TLS13])));
    assert_eq!(counted(&stage, "failed_handshakes"), 3);
}

#[test]
fn a_handshake_that_does_not_come_holds_a_place_only_until_another_wants_it() {
    let (papers, pair) = Papers::new();
    let stage = Stage::new(|config| {
        config.tls = Some(papers.open().unwrap());
        config.metrics = Some(config.listen);
        config.max_connections = 1;
    });
    let mut silent = TcpStream::connect(stage.running.addr).unwrap();
    assert!(is_healthy(&stage, &trusting(&pair, &[&TLS13])));
    assert!(!matches!(silent.read(&mut [0; 1]), Ok(1..)));
    assert_eq!(counted(&stage, "connections_shed"), 1);
}

fn counted(stage: &Stage, name: &str) -> u64 {
    let answer = get(stage.running.metrics_addr.unwrap(), "/metrics");
    let text = String::from_utf8(answer.body).unwrap();
    let start = format!("attune_relay_{name}_total ");
    text.lines().find_map(|line| line.strip_prefix(&start)).unwrap().parse().unwrap()
}

#[test]
fn plain_http_is_not_answered() {
    let (papers, pair) = Papers::new();
    let stage = Stage::new(|config| config.tls = Some(papers.open().unwrap()));
    let mut plain = TcpStream::connect(stage.running.addr).unwrap();
    plain.write_all(HEALTH).unwrap();
    let mut rest = Vec::new();
    let _ = plain.read_to_end(&mut rest);
    // An alert of TLS, if anything.
    assert!(rest.is_empty() || rest[0] == 0x15, "{rest:?}");
    assert!(is_healthy(&stage, &trusting(&pair, &[&TLS12, &TLS13])));
}
