//! What the doctor finds, in a relay that is well and in ones that are not.

use std::sync::Arc;
use std::time::Duration;

use attune_relay::{Config, Finding, Relay, Tls, Verdict, add_grant, examine};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use crate::client::{DAY, Hands, Stage};

/// Ahead of [`DAY`], which no release is from.
const LATER: u32 = 20_790;

fn clock() -> Arc<Hands> {
    let clock = Hands::default();
    clock.advance(Duration::from_secs(u64::from(LATER - DAY) * 86_400));
    Arc::new(clock)
}

/// What was found about one thing, worst first.
fn about<'a>(found: &'a [Finding], about: &str) -> Vec<(Verdict, &'a str)> {
    let mut all: Vec<_> = found
        .iter()
        .filter(|finding| finding.about == about)
        .map(|finding| (finding.verdict, finding.says.as_str()))
        .collect();
    all.sort_by_key(|other| std::cmp::Reverse(other.0));
    all
}

/// That the worst of what is said about a thing is so bad and has these words.
fn assert_says(found: &[Finding], thing: &str, verdict: Verdict, words: &str) {
    let told = about(found, thing);
    assert!(
        told.first().is_some_and(|(is, _)| *is == verdict)
            && told.iter().any(|(is, says)| *is == verdict && says.contains(words)),
        "{thing} {words}: {told:?}"
    );
}

fn config(folder: &std::path::Path) -> Config {
    let mut config = Config::trial(folder.join("relay.db"));
    config.open = false;
    config.listen = "127.0.0.1:8787".parse().unwrap();
    config.origin = Some("https://relay.example".into());
    config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    config.clock = clock();
    config
}

#[test]
fn a_relay_that_is_well_is_found_well_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path());
    let before = examine(&config);
    assert_says(&before, "database", Verdict::Look, "first start");
    assert!(!folder.path().join("relay.db").exists(), "a look makes nothing");
    let listen = "127.0.0.1:0".parse().unwrap();
    let start = || Relay::start(Config { listen, ..config.clone() }).unwrap();
    let running = start();
    assert_says(&examine(&config), "database", Verdict::Look, "no grant");
    running.stop().unwrap();
    add_grant(&config.database, 5).unwrap();
    let running = start();
    let found = examine(&config);
    for thing in ["settings", "clock", "database"] {
        assert_eq!(about(&found, thing)[0].0, Verdict::Ok, "{found:?}");
    }
    assert!(about(&found, "disk").iter().all(|(verdict, _)| *verdict != Verdict::Bad));
    running.stop().unwrap();
}

#[test]
fn settings_that_do_not_fit() {
    type Change = fn(&mut Config);
    let folder = tempfile::tempdir().unwrap();
    let cases: [(Change, Verdict, &str); 11] = [
        (|c| c.open = true, Verdict::Ok, "sound"),
        (|c| c.origin = None, Verdict::Look, "only this machine"),
        (|c| c.origin = Some("https://Relay.example/".into()), Verdict::Look, "write it so"),
        (|c| c.origin = Some("http://relay.example".into()), Verdict::Bad, "--origin"),
        (|c| c.trusted_proxies.clear(), Verdict::Look, "--trusted-proxy"),
        (|c| c.listen = "0.0.0.0:80".parse().unwrap(), Verdict::Look, "plain HTTP"),
        (
            |c| c.trusted_proxies = vec!["0.0.0.0/0".parse().unwrap()],
            Verdict::Bad,
            "holds everybody",
        ),
        (|c| c.metrics = Some(c.listen), Verdict::Bad, "another one"),
        (|c| c.metrics = Some("0.0.0.0:1".parse().unwrap()), Verdict::Bad, "this machine only"),
        (
            |c| {
                c.open = true;
                c.listen = "0.0.0.0:80".parse().unwrap();
            },
            Verdict::Bad,
            "this machine only",
        ),
        (
            |c| {
                c.origin = None;
                c.listen = "0.0.0.0:80".parse().unwrap();
            },
            Verdict::Bad,
            "--origin",
        ),
    ];
    for (change, verdict, words) in cases {
        let mut config = config(folder.path());
        change(&mut config);
        assert_says(&examine(&config), "settings", verdict, words);
    }
}

#[test]
fn certificates_that_have_their_time_and_name() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    // The clock stands at 2026-12-03.
    for (name, until, verdict, words) in [
        ("relay.example", (2027, 3, 1), Verdict::Ok, "counts for 88 more days"),
        ("relay.example", (2026, 12, 10), Verdict::Look, "7 more days: renew it, then restart"),
        ("relay.example", (2026, 12, 1), Verdict::Bad, "expired: renew it, then restart"),
        ("other.example", (2027, 3, 1), Verdict::Bad, "not for the name"),
    ] {
        let pair = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
        parameters.not_before = date_time_ymd(2026, 1, 1);
        parameters.not_after = date_time_ymd(until.0, until.1, until.2);
        std::fs::write(&certificate, parameters.self_signed(&pair).unwrap().pem()).unwrap();
        std::fs::write(&key, pair.serialize_pem()).unwrap();
        #[cfg(unix)]
        {
            let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(&key, private).unwrap();
        }
        let mut config = config(folder.path());
        config.tls = Some(Tls::open(certificate.clone(), key.clone()).unwrap());
        assert_says(&examine(&config), "tls", verdict, words);
    }
}

#[test]
fn a_clock_that_is_wrong() {
    let stage = Stage::new(|config| config.clock = clock());
    let pair = stage.pair(1);
    stage.ask(&pair.open(None));
    let mut config = config(stage.folder.path());
    assert_says(&examine(&config), "clock", Verdict::Ok, "");
    config.clock = Arc::new(Hands::default());
    assert_says(&examine(&config), "clock", Verdict::Bad, "behind the day of this release");
    let hands = Hands::default();
    hands.advance(Duration::from_secs(u64::from(LATER - DAY - 3) * 86_400));
    config.clock = Arc::new(hands);
    assert_says(&examine(&config), "clock", Verdict::Look, "3 days after today");
}

#[test]
fn databases_that_are_damaged_open_to_others_or_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path());
    let file = folder.path().join("relay.db");
    std::fs::write(&file, vec![7; 8_192]).unwrap();
    assert_says(&examine(&config), "database", Verdict::Bad, "not a relay's database");
    std::fs::remove_file(&file).unwrap();

    add_grant(&config.database, 5).unwrap();
    let stage = Stage::new(|staged| staged.database = config.database.clone());
    for number in 0..20 {
        stage.ask(&stage.pair(number).open(None));
        stage.ask(&stage.pair(number).put(1, 1));
    }
    let Stage { running, folder: _folder, .. } = stage;
    running.stop().unwrap();
    #[cfg(unix)]
    {
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(&file, open).unwrap();
        assert_says(&examine(&config), "database", Verdict::Look, "chmod 600");
    }
    let mut bytes = std::fs::read(&file).unwrap();
    // The page after the first two: a leaf or an inner page of one of the tables.
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    bytes[2 * page..4 * page].fill(0xee);
    std::fs::write(&file, bytes).unwrap();
    let found = examine(&config);
    assert_eq!(about(&found, "database")[0].0, Verdict::Bad, "{found:?}");
}
