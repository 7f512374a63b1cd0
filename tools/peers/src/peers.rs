//! Who is compared, and how each is set up to keep what it acknowledges.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::sync::Arc;

use attune_load::Payload;
use attune_load::relay::RelayTarget;

use crate::Options;
use crate::floor::Floor;
use crate::pgbench::Pgbench;
use crate::postgres::Cluster;
use crate::server::{Server, free_port};
use crate::subject::{Load, Peer, Subject};
use crate::target::mqtt::Mqtt;
use crate::target::nats::Nats;
use crate::target::nostr::Nostr;
use crate::target::redis::Redis;

/// What is held against the bare statement.
pub(crate) const ON_POSTGRES: &str = "Attune on PostgreSQL 15";

/// All that were given, the relay on `SQLite` first. What was not given is left out, and said.
pub(crate) fn start(
    options: &Options,
    folder: &Path,
    load: &Load,
) -> Result<Vec<Box<dyn Subject>>, String> {
    let mut seed = [0; 8];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut seed)
        .map_err(|_| "no random bytes")?;
    let seed = u64::from_be_bytes(seed);
    let payload = Arc::new(Payload::new(seed));
    let attune = options.of("attune").ok_or("--attune names the program")?.to_owned();
    let mut subjects: Vec<Box<dyn Subject>> = Vec::new();

    let database = own(folder, "attune")?.join("relay.db").to_string_lossy().into_owned();
    let (relay, target) = relay(&attune, database, seed, &payload)?;
    subjects.push(Box::new(Peer::new("Attune on SQLite", vec![relay], target, &payload, load)?));

    if options.wants("http") {
        subjects.push(Box::new(Floor::start(seed, &payload, load)?));
    }
    if options.wants("redis") {
        let data = own(folder, "redis")?;
        let address = free_port()?;
        let server = Server::start(address, move || {
            let mut redis = Command::new("redis-server");
            redis.args(["--bind", "127.0.0.1", "--port", &address.port().to_string()]);
            redis.args(["--appendonly", "yes", "--appendfsync", "always", "--save", "", "--dir"]);
            redis.arg(&data);
            redis
        })?;
        let target = Redis { address, payload: Arc::clone(&payload) };
        let name = "Redis, appendfsync always";
        subjects.push(Box::new(Peer::new(name, vec![server], target, &payload, load)?));
    }
    if let Some(nats) = options.of("nats").filter(|_| options.wants("nats")) {
        let (nats, data) = (nats.to_owned(), own(folder, "nats")?);
        let address = free_port()?;
        let config = data.join("nats.conf");
        let text = format!(
            "listen: \"{address}\"\njetstream {{\n  store_dir: {data:?}\n  sync_interval: always\n}}\n"
        );
        std::fs::write(&config, text).map_err(|error| error.to_string())?;
        let server = Server::start(address, move || {
            let mut server = Command::new(&nats);
            server.arg("-c").arg(&config);
            server
        })?;
        let target = Nats { address, payload: Arc::clone(&payload) };
        let name = "NATS JetStream KV, sync always";
        subjects.push(Box::new(Peer::new(name, vec![server], target, &payload, load)?));
    }
    if options.wants("mosquitto") {
        let data = own(folder, "mosquitto")?;
        let address = free_port()?;
        let config = data.join("mosquitto.conf");
        let text = format!(
            "listener {} 127.0.0.1\nallow_anonymous true\nuser root\nset_tcp_nodelay true\n\
             max_queued_messages 0\npersistence true\npersistence_location {}/\n\
             autosave_on_changes true\nautosave_interval 1\n",
            address.port(),
            data.display()
        );
        std::fs::write(&config, text).map_err(|error| error.to_string())?;
        let server = Server::start(address, move || {
            let mut server = Command::new("mosquitto");
            server.arg("-c").arg(&config);
            server
        })?;
        let target = Mqtt { address, payload: Arc::clone(&payload) };
        let name = "mosquitto, QoS 1, retained, saved at every change";
        subjects.push(Box::new(Peer::new(name, vec![server], target, &payload, load)?));
    }
    if let Some(nostr) = options.of("nostr").filter(|_| options.wants("nostr")) {
        let (nostr, data) = (nostr.to_owned(), own(folder, "nostr")?);
        let address = free_port()?;
        let config = data.join("config.toml");
        let text = format!(
            "[info]\nrelay_url = \"ws://{address}/\"\n[database]\ndata_directory = {data:?}\n\
             [network]\naddress = \"127.0.0.1\"\nport = {}\n",
            address.port()
        );
        std::fs::write(&config, text).map_err(|error| error.to_string())?;
        let server = Server::start(address, move || {
            let mut server = Command::new(&nostr);
            server.arg("--config").arg(&config).env("RUST_LOG", "error");
            server
        })?;
        let target = Nostr { address, payload: Arc::clone(&payload) };
        // Its own setting, without a switch: it acknowledges before the disk has it.
        let name = "nostr-rs-relay, SQLite, synchronous NORMAL";
        subjects.push(Box::new(Peer::new(name, vec![server], target, &payload, load)?));
    }
    if let Some(programs) = options.of("postgres").filter(|_| options.wants("postgres")) {
        let cluster = Rc::new(Cluster::start(programs, folder)?);
        cluster.create("attune")?;
        let (relay, target) = self::relay(&attune, cluster.url("attune"), seed, &payload)?;
        subjects.push(Box::new(Peer::new(ON_POSTGRES, vec![relay], target, &payload, load)?));
        subjects.push(Box::new(Pgbench::new(&cluster, "attune", folder, load)?));
    }
    Ok(subjects)
}

fn own(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let own = folder.join(name);
    std::fs::create_dir(&own).map_err(|error| format!("{}: {error}", own.display()))?;
    Ok(own)
}

fn relay(
    attune: &str,
    database: String,
    seed: u64,
    payload: &Arc<Payload>,
) -> Result<(Server, RelayTarget), String> {
    let address: SocketAddr = free_port()?;
    let attune = attune.to_owned();
    let server = Server::start(address, move || {
        let mut relay = Command::new(&attune);
        relay.args(["relay", "serve", "--open", "--listen", &address.to_string()]);
        // Not an argument: the address of a database may hold a password.
        relay.env("ATTUNE_RELAY_DATABASE", &database);
        relay
    })?;
    let origin = format!("http://{address}");
    Ok((server, RelayTarget::new(vec![address], &origin, seed, Arc::clone(payload), None)))
}
