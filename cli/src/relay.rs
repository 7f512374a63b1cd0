//! `attune relay`: the blind relay, and the grants that let a practice open lanes on it.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use attune_relay::{
    Config, Limits, Network, Rate, Relay, RelayError, add_grant, list_grants, remove_grant,
};
use clap::builder::BoolishValueParser;
use clap::{Args, Subcommand};
use serde_json::json;

const SERVE_HELP: &str = "\
A relay speaks plain HTTP and wants a web server with TLS before it, which passes on POST /v1/f and
GET /v1/info. Tell the relay its public address with --origin, exactly as phones will have it, and
the web server's own address with --trusted-proxy: otherwise all phones look like one, or none is
limited.

It stops at SIGTERM or SIGINT: it lets requests under way end and closes the database. Back up the
database with `sqlite3 relay.db \".backup copy.db\"`, or not at all: phones and desks recover from an
empty relay.

It writes no request log. Prometheus reads http://METRICS/metrics.

  attune relay grant add --database relay.db --per-month 50
  attune relay serve --listen 127.0.0.1:8787 --origin https://relay.example --database relay.db \\
      --trusted-proxy 127.0.0.1 --metrics 127.0.0.1:9787

A trial on one machine, without grants:

  attune relay serve --open --database trial.db";

/// Run a relay, and say who may open lanes on it.
#[derive(Debug, Subcommand)]
pub(crate) enum RelayCommand {
    /// Run the relay until it is told to stop.
    #[command(after_long_help = SERVE_HELP)]
    Serve(Box<Serve>),
    /// Permissions for practices to open lanes.
    #[command(subcommand)]
    Grant(GrantCommand),
}

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
    database: Database,

    /// Let anybody on this machine open lanes, without a grant and without limits. For a trial;
    /// refused unless --listen is a loopback address.
    #[arg(long, env = "ATTUNE_RELAY_OPEN", value_parser = BoolishValueParser::new())]
    open: bool,

    /// Loopback address and port for `GET /metrics` (Prometheus). Without it there are none.
    #[arg(long, value_name = "ADDR:PORT", env = "ATTUNE_RELAY_METRICS")]
    metrics: Option<SocketAddr>,

    /// The most the database may hold, in MiB; a lane needs about 13 KiB. Then phones are told that
    /// the relay is full.
    #[arg(long, value_name = "MIB", env = "ATTUNE_RELAY_MAX_MIB")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..))]
    max_mib: Option<u64>,

    /// Address or range (10.0.0.0/8) of a web server before the relay, whose X-Forwarded-For is
    /// believed. May be given several times.
    #[arg(long, value_name = "IP", env = "ATTUNE_RELAY_TRUSTED_PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<Network>,

    /// Connections at once.
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_MAX_CONNECTIONS", default_value_t = 1_024)]
    #[arg(value_parser = at_least_one)]
    max_connections: usize,

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

    /// Print the ready line as JSON.
    #[arg(long)]
    json: bool,
}

/// Which database.
#[derive(Debug, Args)]
pub(crate) struct Database {
    /// The relay's SQLite file; it is made if it is missing.
    #[arg(long, value_name = "FILE", env = "ATTUNE_RELAY_DATABASE", default_value = "relay.db")]
    database: PathBuf,
}

/// What to do with grants. Each works while the relay runs, too.
#[derive(Debug, Subcommand)]
pub(crate) enum GrantCommand {
    /// Make a grant for one practice and print it. It is a secret, and is shown only this once.
    Add {
        #[command(flatten)]
        database: Database,
        /// Lanes that it may open in a calendar month (UTC). A pairing needs four, two of which
        /// last until it is done, and two new ones every 90 days.
        #[arg(long, value_name = "N", default_value_t = 200)]
        #[arg(value_parser = clap::value_parser!(u32).range(1..))]
        per_month: u32,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the ids of grants, and how many lanes a month each may open.
    List {
        #[command(flatten)]
        database: Database,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove a grant. Lanes that were opened under it stay.
    Remove {
        #[command(flatten)]
        database: Database,
        /// The id, as `grant add` and `grant list` print it.
        #[arg(value_name = "ID", value_parser = grant_id)]
        id: [u8; 16],
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Why an `attune relay` command failed; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RelayCommandError {
    /// The relay or its database.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// No grant has this id.
    #[error("there is no grant with this id; see `attune relay grant list`")]
    NoSuchGrant,
    /// The answer could not be printed.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// Runs one command to its end; `serve` ends at SIGTERM or SIGINT.
pub(crate) fn run(command: RelayCommand) -> Result<(), RelayCommandError> {
    match command {
        RelayCommand::Serve(serve) => run_serve(&serve),
        RelayCommand::Grant(GrantCommand::Add { database, per_month, json }) => {
            let key = add_grant(&database.database, per_month)?;
            let (text, id) = (key.to_text(), hex(key.id()));
            if json {
                print(&json!({ "grant": *text, "id": id, "per_month": per_month }).to_string())
            } else {
                print(&text)?;
                let mut to = std::io::stderr().lock();
                writeln!(to, "Grant {id}, {per_month} lanes a month. Keep the line above secret:")?;
                Ok(writeln!(to, "it is shown only once, and goes to one practice.")?)
            }
        }
        RelayCommand::Grant(GrantCommand::List { database, json }) => {
            let rows = list_grants(&database.database)?;
            if json {
                let grants: Vec<_> = rows
                    .iter()
                    .map(|row| json!({ "id": hex(&row.id), "per_month": row.cap }))
                    .collect();
                return print(&json!({ "grants": grants }).to_string());
            }
            rows.iter()
                .try_for_each(|row| print(&format!("{}  {} lanes a month", hex(&row.id), row.cap)))
        }
        RelayCommand::Grant(GrantCommand::Remove { database, id, json }) => {
            if !remove_grant(&database.database, &id)? {
                return Err(RelayCommandError::NoSuchGrant);
            }
            if json {
                print(&json!({ "removed": hex(&id) }).to_string())
            } else {
                print(&format!("removed {}", hex(&id)))
            }
        }
    }
}

fn run_serve(serve: &Serve) -> Result<(), RelayCommandError> {
    // Asked for twice in one process (as a test may), the first subscriber stays.
    let _ = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_max_level(tracing_subscriber::filter::LevelFilter::INFO)
        .try_init();
    let running = Relay::start(config(serve))?;
    let listening = format!("http://{}", running.addr);
    if serve.json {
        let metrics = running.metrics_addr.map(|addr| format!("http://{addr}/metrics"));
        let ready = json!({ "listening": listening, "origin": running.origin, "metrics": metrics });
        print(&ready.to_string())?;
    } else {
        print(&format!("listening on {listening}"))?;
    }
    Ok(running.wait()?)
}

fn config(serve: &Serve) -> Config {
    let usual = if serve.open { Limits::TRIAL } else { Limits::PUBLIC };
    let limits = Limits {
        lane: Rate {
            burst: serve.lane_burst.unwrap_or(usual.lane.burst),
            per_minute: serve.lane_per_minute.unwrap_or(usual.lane.per_minute),
        },
        prefix: Rate {
            burst: serve.address_burst.unwrap_or(usual.prefix.burst),
            per_minute: serve.address_per_minute.unwrap_or(usual.prefix.per_minute),
        },
    };
    Config {
        origin: serve.origin.clone(),
        metrics: serve.metrics,
        max_bytes: serve.max_mib.map(|mib| mib.saturating_mul(1 << 20)),
        open: serve.open,
        limits,
        max_connections: serve.max_connections,
        trusted_proxies: serve.trusted_proxy.clone(),
        stop_on_signals: true,
        ..Config::new(serve.listen, serve.database.database.clone())
    }
}

/// Prints one line and makes sure that it is out: a program may wait for it.
fn print(line: &str) -> Result<(), RelayCommandError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn grant_id(text: &str) -> Result<[u8; 16], &'static str> {
    let wrong = "an id has 32 digits and letters from a to f";
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong);
    }
    u128::from_str_radix(text, 16).map(u128::to_be_bytes).map_err(|_| wrong)
}

fn at_least_one(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|count| *count > 0).ok_or("a number from 1")
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use clap::{CommandFactory as _, Parser};

    use super::*;

    #[derive(Debug, Parser)]
    struct Alone {
        #[command(subcommand)]
        command: RelayCommand,
    }

    fn serve(arguments: &[&str]) -> Config {
        let all = ["relay", "serve"].iter().chain(arguments);
        match Alone::try_parse_from(all).unwrap().command {
            RelayCommand::Serve(serve) => config(&serve),
            RelayCommand::Grant(_) => panic!("not serve"),
        }
    }

    #[test]
    fn the_definitions_are_sound() {
        Alone::command().debug_assert();
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

    #[test]
    fn what_is_not_a_value_is_refused() {
        for wrong in [
            &["serve", "--listen=relay.example"][..],
            &["serve", "--max-mib=0"],
            &["serve", "--max-connections=0"],
            &["serve", "--trusted-proxy=relay.example"],
            &["grant", "add", "--per-month=0"],
            &["grant", "remove"],
            &["grant", "remove", "xyz"],
            &["grant", "remove", "+0000000000000000000000000000001"],
        ] {
            let all = ["relay"].iter().chain(wrong);
            assert!(Alone::try_parse_from(all).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn grants_are_made_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("relay.db");
        let database = || Database { database: file.clone() };
        let add = GrantCommand::Add { database: database(), per_month: 3, json: true };
        run(RelayCommand::Grant(add)).unwrap();
        let [row] = list_grants(&file).unwrap()[..] else { panic!("one grant") };
        assert_eq!(row.cap, 3);
        assert_eq!(grant_id(&hex(&row.id)), Ok(row.id));
        let remove = || {
            RelayCommand::Grant(GrantCommand::Remove {
                database: database(),
                id: row.id,
                json: false,
            })
        };
        run(remove()).unwrap();
        assert!(matches!(run(remove()), Err(RelayCommandError::NoSuchGrant)));
    }
}
