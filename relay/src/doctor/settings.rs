//! What the relay was told, and what time it is.

use std::net::IpAddr;

use attune_wire::canonical_origin;

use super::{Findings, Verdict};
use crate::config::Config;

/// 2026-11-01: no relay of this release runs on an earlier day.
const RELEASED: u32 = 20_758;

/// Twenty years: a clock that far ahead is wrong.
const LATEST: u32 = RELEASED + 20 * 365;

/// Addresses for documentation, far apart: a range that holds them all holds everybody.
const ANYBODY: [[u8; 4]; 3] = [[192, 0, 2, 1], [203, 0, 113, 1], [9, 0, 0, 1]];

pub(super) fn look(config: &Config, found: &mut Findings) {
    const ABOUT: &str = "settings";
    if let Err(error) = config.check() {
        found.bad(ABOUT, error.to_string());
    }
    let loopback = config.listens_on().is_ok_and(|address| address.ip().is_loopback());
    let secure = match config.origin.as_deref().map(|origin| (origin, canonical_origin(origin))) {
        None if loopback => {
            found.look(ABOUT, "no --origin: only this machine is served");
            false
        }
        None => false,
        Some((_, Err(error))) => {
            found.bad(ABOUT, format!("--origin: {error}"));
            false
        }
        Some((written, Ok(origin))) => {
            if written != origin {
                found.look(ABOUT, format!("--origin is taken as {origin}: write it so"));
            }
            origin.starts_with("https://")
        }
    };
    if config.tls.is_some() && config.origin.is_some() && !secure {
        found.bad(ABOUT, "--origin starts with http://, but the relay speaks TLS: use https://");
    }
    if secure && config.tls.is_none() {
        if !loopback {
            found.look(
                ABOUT,
                "other machines reach plain HTTP: listen on 127.0.0.1 behind a web server with \
                 TLS, or give --tls-certificate and --tls-key",
            );
        }
        if config.trusted_proxies.is_empty() {
            found.look(
                ABOUT,
                "no --trusted-proxy: give the address of the web server before the relay, or all \
                 phones are counted as one, or none is limited",
            );
        }
    }
    let holds = |address: [u8; 4]| {
        config.trusted_proxies.iter().any(|network| network.contains(IpAddr::from(address)))
    };
    if ANYBODY.into_iter().all(holds) {
        found.bad(ABOUT, "--trusted-proxy holds everybody: name the web server's address alone");
    }
    if let Some(metrics) = config.metrics
        && metrics.port() != 0
        && config.listens_on().is_ok_and(|address| address.port() == metrics.port())
    {
        found.bad(ABOUT, "--metrics has the port that clients use: give it another one");
    }
    if found.worst(ABOUT) == Verdict::Ok {
        found.ok(ABOUT, "sound");
    }
}

/// `newest` is the last day that the database was written on.
pub(super) fn clock(config: &Config, newest: Option<u32>, found: &mut Findings) {
    const ABOUT: &str = "clock";
    let today = config.clock.day();
    match newest {
        _ if today < RELEASED => {
            found.bad(ABOUT, "the clock is behind the day of this release: set it, by NTP");
        }
        _ if today > LATEST => found.bad(ABOUT, "the clock is years ahead: set it, by NTP"),
        Some(newest) if newest > today => {
            let days = newest - today;
            let says = format!(
                "the database was written {days} days after today: the clock is behind, or was \
                 ahead; old lanes go later than they should"
            );
            found.look(ABOUT, says);
        }
        _ => found.ok(ABOUT, "today is not before the last day in the database"),
    }
}
