//! The relay behind the web servers whose settings are in `relay/deploy`. They have to be installed, and
//! are not by xtask, since their packages start servers of the machine's own. So these tests are built
//! only when they are asked for:
//!
//! ```text
//! cargo test -p attune-cli --features web-servers --test relay behind
//! ```

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use attune_wire::{FRAME_LEN, Operation, Response, Status};
use rcgen::generate_simple_self_signed;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::client::Lane;
use crate::process::Served;

const ORIGIN: &str = "https://relay.example";

/// A web server at work; dropped, it is stopped.
struct Web(Child);

impl Drop for Web {
    fn drop(&mut self) {
        let _ = rustix::process::kill_process(
            rustix::process::Pid::from_child(&self.0),
            rustix::process::Signal::TERM,
        );
        let _ = self.0.wait();
    }
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn settings(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../relay/deploy").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// Every text in its place, each of which must be there.
fn fill(mut text: String, values: &[(&str, &str)]) -> String {
    for (from, to) in values {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

#[test]
fn behind_nginx() {
    behind(|folder, relay, web| {
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let site = fill(
            settings("nginx.conf"),
            &[
                ("server 127.0.0.1:8787;", &format!("server {relay};")),
                ("    listen [::]:443 ssl;\n", ""),
                ("listen 443 ssl;", &format!("listen {web} ssl;")),
                ("/etc/letsencrypt/live/relay.example/fullchain.pem", &at("certificate")),
                ("/etc/letsencrypt/live/relay.example/privkey.pem", &at("key")),
                ("/var/log/nginx/attune-relay.log", &at("site.log")),
            ],
        );
        std::fs::write(folder.join("site.conf"), site).unwrap();
        let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {};\n", at("spool")))
            .concat();
        // Debian's own settings write an access log: the site's must hold against that.
        let main = format!(
            "daemon off; pid {}; error_log {} info;\nevents {{}}\nhttp {{ access_log {};\n{places}\
             include {}; }}\n",
            at("pid"),
            at("main.log"),
            at("access.log"),
            at("site.conf"),
        );
        std::fs::write(folder.join("main.conf"), main).unwrap();
        let mut nginx = Command::new("nginx");
        nginx.args(["-e", &at("start.log"), "-p", &at(""), "-c", &at("main.conf")]);
        nginx
    });
}

#[test]
fn behind_caddy() {
    behind(|folder, relay, web| {
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let (certificate, key) = (at("certificate"), at("key"));
        let port = web.port();
        let text = fill(
            settings("Caddyfile"),
            &[
                ("127.0.0.1:8787", &relay.to_string()),
                ("{\n\tservers {", "{\n\tadmin off\n\tauto_https disable_redirects\n\tservers {"),
                (
                    "\nrelay.example {\n",
                    &format!(
                        "\nhttps://relay.example:{port} {{\n\tbind 127.0.0.1\n\
                         \ttls {certificate} {key}\n"
                    ),
                ),
            ],
        );
        std::fs::write(folder.join("Caddyfile"), text).unwrap();
        let mut caddy = Command::new("caddy");
        caddy.args(["run", "--adapter", "caddyfile", "--config", &at("Caddyfile")]);
        caddy.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
        caddy
    });
}

/// A relay behind the web server that `command` starts for a folder, the relay's address and its own.
fn behind(command: impl FnOnce(&Path, SocketAddr, SocketAddr) -> Command) {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let pair = generate_simple_self_signed(["relay.example".to_owned()]).unwrap();
    std::fs::write(at("certificate"), pair.cert.pem()).unwrap();
    std::fs::write(at("key"), pair.signing_key.serialize_pem()).unwrap();
    let database = at("relay.db");
    let served = Served::start(&[
        "--open",
        "--listen",
        "127.0.0.1:0",
        "--origin",
        ORIGIN,
        "--database",
        database.to_str().unwrap(),
        // Believed, 127.0.0.1 asks from this machine and is not limited. With 127.0.0.2 believed to be
        // somebody, two requests would be too many.
        "--trusted-proxy",
        "127.0.0.1",
        "--address-burst",
        "2",
        "--address-per-minute",
        "1",
    ]);
    let web = free();
    let log = std::fs::File::create(at("output.log")).unwrap();
    let started = command(folder.path(), served.address, web)
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .expect("the web server is not installed");
    let mut started = Web(started);
    while TcpStream::connect(web).is_err() {
        let ended = started.0.try_wait().unwrap();
        assert!(ended.is_none(), "{}", std::fs::read_to_string(at("output.log")).unwrap());
        std::thread::yield_now();
    }

    let roots = [Certificate::from_der(pair.cert.der()).to_owned()];
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build();
    let config = Agent::config_builder().http_status_as_error(false).tls_config(tls);
    let agent: Agent = ureq::Agent::with_parts(
        config.build(),
        ureq::unversioned::transport::DefaultConnector::default(),
        To(web),
    );
    let relay = served.address;
    let lane = Lane::new(ORIGIN, 1);
    let url = format!("{ORIGIN}/v1/f");
    let post = |body: &[u8], from: Option<&str>| {
        let mut post = agent.post(&url).content_type("application/octet-stream");
        if let Some(from) = from {
            post = post.header("X-Forwarded-For", from);
        }
        let answer = post.send(body).unwrap();
        (answer.status().as_u16(), answer.into_body().read_to_vec().unwrap())
    };
    // A whole pairing's worth of frames, far over the two that a stranger has: this machine asks. What
    // a sender writes of itself is not believed, or it would be limited.
    for version in 0..20 {
        let frame = match version {
            0 => lane.frame(Operation::Open, 0),
            _ => lane.frame(Operation::Put, version),
        };
        let (status, body) = post(&frame, Some("203.0.113.77"));
        assert_eq!(status, 200);
        let response = Response::parse(&body).unwrap();
        assert_eq!((response.status, response.version), (Status::Stored, version));
    }
    let get = post(&lane.frame(Operation::Get, 18), None);
    let got = Response::parse(&get.1).unwrap();
    assert_eq!((got.status, got.version), (Status::New, 19));
    assert_eq!(got.envelope[..], [19; attune_wire::ENVELOPE_LEN]);
    // One byte more than a frame does not even reach the relay, or is refused by it.
    assert_eq!(post(&[0; FRAME_LEN + 1], None).0, 413);
    for (path, status) in [("/v1/info", 200), ("/healthz", 200), ("/metrics", 404), ("/x", 404)] {
        let answer = agent.get(format!("{ORIGIN}{path}")).call().unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
    }
    // A sender that breaks off in the middle.
    let mut half = TcpStream::connect(web).unwrap();
    half.write_all(b"\x16\x03\x01\x02\x00\x01").unwrap();
    drop(half);
    // One whose first words make no sense. Its alert is read, so that it has been understood.
    let mut odd = TcpStream::connect(web).unwrap();
    odd.write_all(&odd_hello()).unwrap();
    let _ = odd.read_to_end(&mut Vec::new());

    // The relay goes away: told as such, and nothing of who asked is written anywhere.
    served.stop();
    assert!(post(&lane.frame(Operation::Put, 20), Some("203.0.113.77")).0 >= 500);
    // In its place, one whose answer has no end, to a sender that does not wait for it.
    let endless = TcpListener::bind(relay).unwrap();
    let endless = std::thread::spawn(move || {
        let (mut asked, _) = endless.accept().unwrap();
        let _ = asked.read(&mut [0; 4_096]);
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n";
        let mut sent = asked.write_all(head);
        while sent.is_ok() {
            sent = asked.write_all(&[7; 65_536]);
        }
    });
    let mut answer = agent.get(format!("{ORIGIN}/v1/info")).call().unwrap().into_body();
    answer.as_reader().read_exact(&mut [0; 100_000]).unwrap();
    drop(answer);
    drop(agent);
    endless.join().unwrap();
    drop(started);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "log") {
            let text = std::fs::read_to_string(&path).unwrap();
            for of_a_request in [
                "203.0.113.77",
                "client: 127.0.0.1",
                "remote_ip",
                "remote_addr",
                "POST",
                "aborting",
            ] {
                assert!(!text.contains(of_a_request), "{}: {text}", path.display());
            }
            assert!(!text.contains(&lane.id()));
        }
    }
}

/// The start of a handshake of TLS 1.3 with a list of groups that has no end.
fn odd_hello() -> Vec<u8> {
    let extensions = b"\x00\x2b\x00\x03\x02\x03\x04\x00\x0a\x00\x01\x00";
    let with_length = |kind: &[u8], content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [kind, &length, content].concat()
    };
    let suite_and_no_compression = b"\x00\x00\x02\x13\x01\x01\x00";
    let hello =
        [&b"\x03\x03"[..], &[7; 32], suite_and_no_compression, &with_length(b"", extensions)];
    with_length(b"\x16\x03\x01", &with_length(b"\x01\x00", &hello.concat()))
}

/// Finds every name at one address.
#[derive(Debug)]
struct To(SocketAddr);

impl ureq::unversioned::resolver::Resolver for To {
    fn resolve(
        &self,
        _uri: &ureq::http::Uri,
        _config: &ureq::config::Config,
        _timeout: ureq::unversioned::transport::NextTimeout,
    ) -> Result<ureq::unversioned::resolver::ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        found.push(self.0);
        Ok(found)
    }
}
