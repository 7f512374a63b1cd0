//! TLS in the program, with a client that checks certificates.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use attune_wire::{Operation, Response, Status};
use rcgen::generate_simple_self_signed;
use rustix::process::Signal;
use tempfile::TempDir;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::client::Lane;
use crate::process::{Served, ran};

/// Certificate and key in files.
struct Papers {
    folder: TempDir,
}

impl Papers {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A new pair in the same files, and a client that trusts it alone.
    fn renew(&self) -> Agent {
        let pair = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(self.path("certificate"), pair.cert.pem()).unwrap();
        write_key(&self.path("key"), &pair.signing_key.serialize_pem());
        let roots = [Certificate::from_der(pair.cert.der()).to_owned()];
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build();
        let config = Agent::config_builder().tls_config(tls).max_idle_connections(0).build();
        config.new_agent()
    }

    fn arguments(&self) -> Vec<String> {
        let file = |name| self.path(name).to_str().unwrap().to_owned();
        let (certificate, key, database) = (file("certificate"), file("key"), file("relay.db"));
        ["--open", "--listen", "127.0.0.1:0", "--tls-certificate", &certificate]
            .into_iter()
            .chain(["--tls-key", &key, "--database", &database])
            .map(ToOwned::to_owned)
            .collect()
    }
}

fn write_key(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o600)).unwrap();
}

fn post(agent: &Agent, address: SocketAddr, frame: &[u8]) -> Option<(Status, u64)> {
    let url = format!("https://localhost:{}/v1/f", address.port());
    let answer = agent.post(url).content_type("application/octet-stream").send(frame).ok()?;
    let body = answer.into_body().read_to_vec().unwrap();
    let response = Response::parse(&body).unwrap();
    Some((response.status, response.version))
}

#[test]
fn a_certificate_is_changed_under_way_and_a_bad_one_is_not_taken() {
    let papers = Papers { folder: tempfile::tempdir().unwrap() };
    let first = papers.renew();
    let arguments = papers.arguments();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let mut served = Served::start(&arguments);
    let address = served.address;
    assert_eq!(served.listening, format!("https://{address}"));
    let lane = Lane::new(&served.listening, 1);
    let opened = post(&first, address, &lane.frame(Operation::Open, 0));
    assert_eq!(opened, Some((Status::Stored, 0)));
    let mut version = 0;
    let mut puts = |agent: &Agent| {
        version += 1;
        let put = post(agent, address, &lane.frame(Operation::Put, version))?;
        assert_eq!(put, (Status::Stored, version));
        Some(())
    };

    let second = papers.renew();
    served.signal(Signal::HUP);
    served.hear("certificate read anew");
    assert!(puts(&second).is_some() && puts(&first).is_none());

    // Half renewed: a key that belongs to another certificate.
    let stranger = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    write_key(&papers.path("key"), &stranger.signing_key.serialize_pem());
    served.signal(Signal::HUP);
    served.hear("stays in use error=the TLS key does not belong");
    assert!(puts(&second).is_some());

    std::fs::remove_file(papers.path("certificate")).unwrap();
    served.signal(Signal::HUP);
    served.hear("stays in use error=the TLS certificate's file cannot be read");
    assert!(puts(&second).is_some());

    let third = papers.renew();
    served.signal(Signal::HUP);
    served.hear("certificate read anew");
    assert!(puts(&third).is_some() && puts(&second).is_none());
    served.stop();
}

#[test]
fn it_does_not_start_with_a_key_that_others_may_read_or_with_half_a_pair() {
    let papers = Papers { folder: tempfile::tempdir().unwrap() };
    let _ = papers.renew();
    let arguments = papers.arguments();
    let serve = |arguments: &[&str]| ran(&[&["relay", "serve"], arguments, &["--json"]].concat());
    let all: Vec<_> = arguments.iter().map(String::as_str).collect();
    std::fs::set_permissions(papers.path("key"), PermissionsExt::from_mode(0o644)).unwrap();
    let (status, out, err) = serve(&all);
    assert_eq!((status, out.as_str()), (9, ""));
    assert!(err.contains("can be read by others") && !err.contains("PRIVATE"), "{err}");
    assert!(!papers.path("relay.db").exists());
    write_key(&papers.path("key"), "no key");
    assert_eq!(serve(&all).0, 5);
    assert_eq!(serve(&all[..5]).0, 2, "a certificate without a key");
}
