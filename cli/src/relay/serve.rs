//! `attune relay serve`: the relay at work, until it is told to stop.

use std::net::SocketAddr;

use attune_relay::{Config, Limits, Network, Rate, Relay};
use clap::Args;
use clap::builder::BoolishValueParser;
use serde_json::json;

use super::door::{TlsFiles, handed_over};
use super::{DatabaseArgs, RelayCommandError, log, print};

pub(super) const HELP: &str = "\
Phones reach a relay by TLS alone: either a web server stands before it and passes on POST /v1/f and
GET /v1/info, or the relay has --tls-certificate and --tls-key. Tell the relay its public address
with --origin, exactly as phones will have it, and a web server's own address with --trusted-proxy:
otherwise all phones look like one, or none is limited. docs/self-hosting.md goes through it all.

It stops at SIGTERM or SIGINT: it lets requests under way end and closes the database. At SIGHUP it
reads certificate and key again; without them it stops. A socket that systemd hands over is listened
on in place of --listen: then nobody is turned away while one relay follows another.

It writes no request log. Prometheus reads http://METRICS/metrics.

  attune relay grant add --database relay.db --per-month 50
  attune relay serve --listen 127.0.0.1:8787 --origin https://relay.example --database relay.db \\
      --trusted-proxy 127.0.0.1 --metrics 127.0.0.1:9787

A trial on one machine, without grants:

  attune relay serve --open --database trial.db";

/// How to run.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one, which is printed.
    #[arg(long, value_name = "ADDR:PORT", env = "ATTUNE_RELAY_LISTEN")]
    #[arg(default_value = "127.0.0.1:8787")]
    listen: SocketAddr,

    /// The public address, as phones and desks will have it. Needed unless only this machine is
    /// served.
    #[arg(long, value_name = "https://HOST", env = "ATTUNE_RELAY_ORIGIN")]
    origin: Option<String>,

    #[command(flatten)]
    pub(super) tls: TlsFiles,

    #[command(flatten)]
    database: DatabaseArgs,

    /// Let anybody on this machine open lanes, without a grant and without limits. For a trial;
    /// refused unless --listen is a loopback address.
    #[arg(long, env = "ATTUNE_RELAY_OPEN", value_parser = BoolishValueParser::new())]
    open: bool,

    /// Loopback address and port for `GET /metrics` (Prometheus). Without it there are none.
    #[arg(long, value_name = "ADDR:PORT", env = "ATTUNE_RELAY_METRICS")]
    metrics: Option<SocketAddr>,

    /// The most a database file may hold, in MiB: a lane for each 10 KiB. Past it nobody new is paired; the
    /// lanes that are open are served as before.
    #[arg(long, value_name = "MIB", env = "ATTUNE_RELAY_MAX_MIB")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..))]
    max_mib: Option<u64>,

    /// Address or range (10.0.0.0/8) of a web server before the relay, whose X-Forwarded-For is
    /// believed. May be given several times.
    #[arg(long, value_name = "IP", env = "ATTUNE_RELAY_TRUSTED_PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<Network>,

    /// Connections at once. When all are taken, whoever waits longest gives its place to a new one.
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_MAX_CONNECTIONS", default_value_t = 1_024)]
    #[arg(value_parser = at_least_one)]
    max_connections: usize,

    /// Connections at once from one IPv4 address or one IPv6 /56. This machine and trusted proxies
    /// are not limited.
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_ADDRESS_CONNECTIONS", default_value_t = 64)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    address_connections: u32,

    /// Frames a minute for one lane, in the long run [default: 30].
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_LANE_PER_MINUTE")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    lane_per_minute: Option<u32>,

    /// Frames at once for one lane, after a rest [default: 120].
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_LANE_BURST")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    lane_burst: Option<u32>,

    /// Requests a minute from one IPv4 address or one IPv6 /56, in the long run [default: 600].
    /// This machine itself is not limited.
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_ADDRESS_PER_MINUTE")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    address_per_minute: Option<u32>,

    /// Requests at once from one IPv4 address or one IPv6 /56, after a rest [default: 1200].
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_ADDRESS_BURST")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    address_burst: Option<u32>,

    /// Print as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

impl Serve {
    /// Serves until it is told to stop.
    pub(super) fn run(&self) -> Result<(), RelayCommandError> {
        log::start();
        let config = Config { tls: self.tls.open()?, socket: handed_over()?, ..self.config()? };
        let scheme = if config.tls.is_some() { "https" } else { "http" };
        let running = Relay::start(config)?;
        let listening = format!("{scheme}://{}", running.addr);
        if self.json {
            let metrics = running.metrics_addr.map(|addr| format!("http://{addr}/metrics"));
            let ready =
                json!({ "listening": listening, "origin": running.origin, "metrics": metrics });
            print(&ready.to_string())?;
        } else {
            print(&format!("listening on {listening}"))?;
        }
        Ok(running.wait()?)
    }

    /// What the flags say, without certificate, key and socket.
    pub(super) fn config(&self) -> Result<Config, RelayCommandError> {
        let usual = if self.open { Limits::TRIAL } else { Limits::PUBLIC };
        let limits = Limits {
            lane: Rate {
                burst: self.lane_burst.unwrap_or(usual.lane.burst),
                per_minute: self.lane_per_minute.unwrap_or(usual.lane.per_minute),
            },
            prefix: Rate {
                burst: self.address_burst.unwrap_or(usual.prefix.burst),
                per_minute: self.address_per_minute.unwrap_or(usual.prefix.per_minute),
            },
        };
        Ok(Config {
            origin: self.origin.clone(),
            metrics: self.metrics,
            max_bytes: self.max_mib.map(|mib| mib.saturating_mul(1 << 20)),
            open: self.open,
            limits,
            max_connections: self.max_connections,
            prefix_connections: self.address_connections,
            trusted_proxies: self.trusted_proxy.clone(),
            stop_on_signals: true,
            ..Config::new(self.listen, self.database.read()?)
        })
    }
}

pub(super) fn at_least_one(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|count| *count > 0).ok_or("a number from 1")
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Alone {
        #[command(flatten)]
        serve: Serve,
    }

    fn serve(arguments: &[&str]) -> Config {
        let all = ["serve"].iter().chain(arguments);
        Alone::try_parse_from(all).unwrap().serve.config().unwrap()
    }

    #[test]
    fn flags_become_a_configuration() {
        let plain = serve(&[]);
        assert_eq!(plain.listen, SocketAddr::from((Ipv4Addr::LOCALHOST, 8_787)));
        assert_eq!(plain.limits, Limits::PUBLIC);
        assert!(!plain.open && plain.stop_on_signals && plain.metrics.is_none());

        let full = serve(&[
            "--listen=0.0.0.0:80",
            "--origin=https://relay.example",
            "--database=x.db",
            "--metrics=[::1]:9787",
            "--max-mib=2",
            "--trusted-proxy=10.0.0.0/8,127.0.0.1",
            "--trusted-proxy=::1",
            "--lane-burst=5",
            "--address-per-minute=7",
        ]);
        assert_eq!(full.origin.as_deref(), Some("https://relay.example"));
        assert_eq!(full.max_bytes, Some(2 << 20));
        assert_eq!(full.trusted_proxies.len(), 3);
        assert!(full.trusted_proxies[0].contains(IpAddr::from(Ipv4Addr::new(10, 9, 8, 7))));
        assert_eq!(full.limits.lane, Rate { burst: 5, ..Limits::PUBLIC.lane });
        assert_eq!(full.limits.prefix, Rate { per_minute: 7, ..Limits::PUBLIC.prefix });

        assert_eq!(serve(&["--open"]).limits, Limits::TRIAL);
    }
}
