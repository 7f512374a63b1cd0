//! Rates, with a clock that the test moves; and what a relay refuses to start with.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use attune_cluster::{Cluster, name_of};
use attune_relay::{Config, Rate, Relay, RelayError};
use attune_wire::Status;

use crate::client::{Stage, get, head, send, told};

#[test]
fn a_lane_asked_too_often_is_slow() {
    let stage = Stage::new(|config| config.limits.lane = Rate { burst: 3, per_minute: 6 });
    let (pair, other) = (stage.pair(1), stage.pair(2));
    // Frames that nobody signed for the lane do not count against it.
    let forged = pair.request(attune_wire::Operation::Put, 9, 1).sign(&other.writer);
    for _ in 0..10 {
        assert_eq!(stage.ask(&forged[..]).status, Status::Denied);
    }
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
    assert_eq!(stage.ask(&pair.put(1, 1)).status, Status::Stored);
    assert_eq!(stage.ask(&pair.get(0)).status, Status::New);
    let slow = stage.ask(&pair.put(2, 2));
    assert_eq!((told(&slow), slow.retry_after), ((Status::Slow, 0), 10));
    assert_eq!(stage.ask(&other.open(None)).status, Status::Stored);
    stage.clock.advance(Duration::from_secs(10));
    assert_eq!(told(&stage.ask(&pair.put(2, 2))), (Status::Stored, 2));
    assert_eq!(stage.ask(&pair.put(3, 3)).status, Status::Slow);
}

#[test]
fn a_network_that_asks_too_often_is_told_to_wait() {
    let stage = Stage::new(|config| {
        config.limits.prefix = Rate { burst: 2, per_minute: 2 };
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    });
    let frame = stage.pair(1).open(None);
    let from = |address: &str| {
        let more = format!("X-Forwarded-For: {address}\r\n");
        send(stage.running.addr, &[head(frame.len(), &more).as_bytes(), &frame].concat())
    };
    assert_eq!(from("192.0.2.1").status, 200);
    assert_eq!(from("192.0.2.1").status, 200);
    let refused = from("192.0.2.1");
    refused.assert_problem(429);
    assert_eq!(refused.header("retry-after"), Some("30"));
    assert_eq!(from("192.0.2.2").status, 200, "a neighbour is not held back");
    // One IPv6 /56 shares.
    assert_eq!(from("2001:db8:0:100::1").status, 200);
    assert_eq!(from("2001:db8:0:1ff::2").status, 200);
    from("2001:db8:0:155::3").assert_problem(429);
    assert_eq!(from("2001:db8:0:200::1").status, 200);
    // This machine is not limited, nor is its health.
    for _ in 0..5 {
        assert_eq!(get(stage.running.addr, "/v1/info").status, 200);
        assert_eq!(get(stage.running.addr, "/healthz").status, 200);
    }
    stage.clock.advance(Duration::from_secs(30));
    assert_eq!(from("192.0.2.1").status, 200);
}

/// What costs the relay or its store anything counts, and it is one allowance for all of it.
#[test]
fn health_is_no_way_round_the_rate() {
    for paths in [["/healthz"; 3], ["/v1/info"; 3], ["/healthz", "/v1/info", "/healthz"]] {
        let stage = Stage::new(|config| {
            config.limits.prefix = Rate { burst: 2, per_minute: 2 };
            config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        });
        let from = |address: &str, path: &str| {
            let head =
                format!("GET {path} HTTP/1.1\r\nHost: relay\r\nX-Forwarded-For: {address}\r\n\r\n");
            send(stage.running.addr, head.as_bytes())
        };
        let [first, second, third] = paths;
        assert_eq!(from("192.0.2.1", first).status, 200);
        assert_eq!(from("192.0.2.1", second).status, 200);
        from("192.0.2.1", third).assert_problem(429);
        assert_eq!(from("192.0.2.2", third).status, 200, "a neighbour is not held back");
    }
}

/// However many ask for its health, the database hears of it once a second.
#[test]
fn health_is_an_answer_of_the_last_second() {
    let cluster = Cluster::shared();
    let text = cluster.database();
    let stage = Stage::new(|config| config.database = text.parse().unwrap());
    let name = name_of(&text);
    let opened = |open: bool| {
        cluster.ask("postgres", &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {open}"));
        let cut = format!(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        cluster.ask("postgres", &cut);
    };
    let health = || get(stage.running.addr, "/healthz").status;
    let second = Duration::from_secs(1);
    assert_eq!(health(), 200);
    opened(false);
    assert_eq!(health(), 200, "the database was asked again within the second");
    stage.clock.advance(second);
    assert_eq!(health(), 503);
    opened(true);
    assert_eq!(health(), 503);
    stage.clock.advance(second);
    assert_eq!(health(), 200);
}

#[test]
fn without_a_trusted_proxy_nobody_is_believed() {
    let stage = Stage::new(|config| config.limits.prefix = Rate { burst: 1, per_minute: 1 });
    let frame = stage.pair(1).open(None);
    for _ in 0..3 {
        let head = head(frame.len(), "X-Forwarded-For: 192.0.2.1\r\n");
        let answer = send(stage.running.addr, &[head.as_bytes(), &frame].concat());
        assert_eq!(answer.status, 200);
    }
}

#[test]
fn what_a_relay_does_not_start_with() {
    let folder = tempfile::tempdir().unwrap();
    let start = |change: &dyn Fn(&mut Config)| -> RelayError {
        let mut config = Config::trial(folder.path().join("relay.db"));
        change(&mut config);
        Relay::start(config).map(|_| ()).unwrap_err()
    };
    let everywhere = || SocketAddr::from(([0, 0, 0, 0], 0));
    let error = start(&|config| config.listen = everywhere());
    assert!(matches!(error, RelayError::OpenToAll), "{error:?}");
    let error = start(&|config| config.metrics = Some(everywhere()));
    assert!(matches!(error, RelayError::MetricsToAll), "{error:?}");
    let error = start(&|config| {
        config.open = false;
        config.listen = everywhere();
    });
    assert!(matches!(error, RelayError::OriginMissing), "{error:?}");
    let error = start(&|config| config.origin = Some("http://relay.example".into()));
    assert!(matches!(error, RelayError::Origin(_)), "{error:?}");
    let error = start(&|config| config.database = PathBuf::from("/no/such/folder/relay.db").into());
    assert!(matches!(error, RelayError::Store(_)), "{error:?}");
    let taken = Stage::new(|_| {});
    let error = start(&|config| config.listen = taken.running.addr);
    assert!(matches!(error, RelayError::Listen(_)), "{error:?}");
}
