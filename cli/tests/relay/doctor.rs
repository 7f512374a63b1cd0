//! `attune relay doctor` beside a relay at work, and where there is none.

use std::os::unix::fs::PermissionsExt;

use rcgen::generate_simple_self_signed;
use serde_json::Value;

use crate::process::{Served, ran};

/// What is said of one thing: the verdicts and the words.
fn told(document: &Value, about: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = document["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["about"] == about)
        .map(|finding| (text(&finding["verdict"]), text(&finding["says"])))
        .collect()
}

#[test]
fn a_relay_at_work_is_found_well() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let database = database.to_str().unwrap();
    let (status, grant, _) = ran(&["relay", "grant", "add", "--database", database]);
    assert_eq!(status, 0);
    let served = Served::start(&["--listen", "127.0.0.1:0", "--database", database]);
    let listen = served.address.to_string();
    let doctor = ["relay", "doctor", "--listen", &listen, "--database", database];
    let (status, out, err) = ran(&[&doctor[..], &["--json"]].concat());
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    let document: Value = serde_json::from_str(&out).unwrap();
    let reach = told(&document, "reach");
    assert_eq!(reach.len(), 3, "{reach:?}");
    assert!(reach.iter().all(|(verdict, _)| verdict == "ok"), "{reach:?}");
    for about in ["clock", "database"] {
        let told = told(&document, about);
        assert!(told.iter().all(|(verdict, _)| verdict == "ok") && !told.is_empty(), "{told:?}");
    }
    // For a person the same, a line each; of the grant nothing.
    let (status, out, err) = ran(&doctor);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(out.lines().count(), document["findings"].as_array().unwrap().len());
    assert!(out.lines().all(|line| ["ok ", "look ", "bad "].iter().any(|v| line.starts_with(v))));
    assert!(!out.contains(grant.trim()) && out.contains("frames pass both ways"), "{out}");
    served.stop();
}

#[test]
fn what_is_bad_is_told_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let database = database.to_str().unwrap();
    // Nobody listens: the port was free a moment ago.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = nobody.to_string();
    let doctor = |listen: &str, more: &[&str]| {
        let all = ["relay", "doctor", "--database", database, "--listen", listen, "--json"];
        let (status, out, err) = ran(&[&all[..], more].concat());
        (status, serde_json::from_str::<Value>(&out).unwrap(), err)
    };
    let (status, document, err) = doctor(&nobody, &[]);
    assert_eq!(status, 1);
    assert!(err.contains("\"RelayUnsound\""), "{err}");
    let [(verdict, says)] = &told(&document, "reach")[..] else { panic!("{document}") };
    assert!(verdict == "bad" && says.contains("does not run"), "{says}");

    // A name that is never given out.
    let (_, document, _) = doctor(&nobody, &["--origin", "https://relay.invalid"]);
    assert_eq!(told(&document, "reach")[0].0, "bad", "{document}");

    // Another relay's address.
    let other = folder.path().join("other.db");
    let other = ["--open", "--listen", "127.0.0.1:0", "--database", other.to_str().unwrap()];
    let origin = ["--origin", "http://localhost"];
    let served = Served::start(&[&other[..], &origin].concat());
    let (_, document, _) = doctor(&served.address.to_string(), &[]);
    assert!(told(&document, "reach")[0].1.contains("another --origin"), "{document}");
    served.stop();

    // A key that others may read, and a certificate that nobody has signed.
    let (certificate, key) = (folder.path().join("cert"), folder.path().join("key"));
    let pair = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(&certificate, pair.cert.pem()).unwrap();
    std::fs::write(&key, pair.signing_key.serialize_pem()).unwrap();
    let files = [certificate.to_str().unwrap(), key.to_str().unwrap()];
    let tls = ["--tls-certificate", files[0], "--tls-key", files[1]];
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
    let (_, document, _) = doctor(&nobody, &tls);
    assert!(told(&document, "tls")[0].1.contains("chmod 600"), "{document}");
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o600)).unwrap();
    let served = Served::start(&[&other[..], &tls].concat());
    let (_, document, _) = doctor(&served.address.to_string(), &tls);
    assert_eq!(told(&document, "tls")[0].0, "ok", "{document}");
    assert!(told(&document, "reach")[0].1.contains("not trusted"), "{document}");
    served.stop();
}
