//! A desk's page on a free port, a clock that stands still, and a browser that is a socket.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use attune_core::sync::SyncRequest;
use attune_core::vault::KdfCost;
use attune_desk::{Carried, Carrier, Config, Running, serve};
use chrono::{DateTime, Duration, FixedOffset};
use tempfile::TempDir;

pub(crate) const PASSPHRASE: &str = "four words of mine";

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub(crate) struct Hands(Arc<Mutex<DateTime<FixedOffset>>>);

impl Hands {
    pub(crate) fn forward(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }

    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        *self.0.lock().unwrap()
    }
}

/// HTTP to a relay on this machine. With none there, nothing is reached.
pub(crate) struct Road;

impl Carrier for Road {
    fn carry(&self, request: &SyncRequest) -> Carried {
        post(&request.url, request.body.as_slice())
            .map_or(Carried::Unreachable, |(status, body)| Carried::Answered { status, body })
    }
}

/// One frame to a relay.
pub(crate) fn post(url: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
    let post = config.new_agent().post(url).content_type("application/octet-stream");
    let response = post.send(body).ok()?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    response.into_body().into_reader().take(10_000).read_to_end(&mut body).ok()?;
    Some((status, body))
}

/// A page at work.
pub(crate) struct World {
    pub(crate) running: Running,
    pub(crate) hands: Hands,
    folder: TempDir,
}

impl World {
    /// An empty folder, on a Monday morning in March.
    pub(crate) fn new() -> Self {
        Self::with(Arc::new(Road))
    }

    /// The same with another network.
    pub(crate) fn with(carrier: Arc<dyn Carrier>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let start = DateTime::parse_from_rfc3339("2026-03-02T09:30:00+02:00").unwrap();
        let hands = Hands(Arc::new(Mutex::new(start)));
        let running = start_in(&folder.path().join("desk"), &hands, carrier);
        Self { running, hands, folder }
    }

    /// With a therapist's desk, made on the page; the browser that made it is in.
    pub(crate) fn furnished(relay: &str) -> (Self, Browser) {
        let world = Self::new();
        let mut browser = world.browser();
        let made = browser.write("/start/therapist", "/start/therapist", &Self::card(relay));
        assert_eq!((made.status, made.location()), (303, "/clients"), "{}", made.body);
        // The one sync that is due at once is over; the next one is far away.
        browser.write("/clients", "/sync", &[]);
        (world, browser)
    }

    /// A form that makes a desk.
    pub(crate) fn card(relay: &str) -> Vec<(&'static str, String)> {
        let fields = [
            ("name", "Dr. Ada Okoye"),
            ("offer", "NoContact"),
            ("week", "0"),
            ("week", "1"),
            ("backup", "Kim"),
            ("new", PASSPHRASE),
            ("again", PASSPHRASE),
            ("relay", relay),
        ];
        fields.map(|(name, value)| (name, value.to_owned())).to_vec()
    }

    /// The same folder again, after the page was stopped.
    pub(crate) fn again(self) -> Self {
        let Self { running, hands, folder } = self;
        running.stop().unwrap();
        let running = start_in(&folder.path().join("desk"), &hands, Arc::new(Road));
        Self { running, hands, folder }
    }

    /// Stops the page; the folder is there as long as what comes back is.
    pub(crate) fn stop(self) -> TempDir {
        self.running.stop().unwrap();
        self.folder
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    pub(crate) fn place(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn address(&self) -> String {
        self.running.addr.to_string()
    }

    /// A browser that was let in by a link.
    pub(crate) fn browser(&self) -> Browser {
        let link = self.running.entrance.link().unwrap();
        let key = link.rsplit_once("key=").unwrap().1;
        let mut browser = self.stranger();
        let opened = browser.post("/open", &[("key", key.to_owned())]);
        assert_eq!((opened.status, opened.location()), (303, "/"), "{}", opened.body);
        let cookie = opened.header("set-cookie").unwrap();
        browser.cookie = cookie.split(';').next().map(ToOwned::to_owned);
        browser
    }

    /// A browser that was not.
    pub(crate) fn stranger(&self) -> Browser {
        Browser { address: self.address(), cookie: None }
    }
}

fn start_in(folder: &Path, hands: &Hands, carrier: Arc<dyn Carrier>) -> Running {
    let clock = hands.clone();
    serve(Config {
        folder: folder.to_owned(),
        port: 0,
        clock: Arc::new(move || clock.now()),
        carrier,
        cost: KdfCost::LEAST,
        stop_on_signals: false,
    })
    .unwrap()
}

/// What a browser knows: where it is, and its cookie.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) address: String,
    pub(crate) cookie: Option<String>,
}

impl Browser {
    /// Reads a page.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &self.usual(), "")
    }

    /// Sends a form as it is.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, String)]) -> Answer {
        let mut headers = self.usual();
        headers.push(("Origin", format!("http://{}", self.address)));
        headers.push(("Content-Type", "application/x-www-form-urlencoded".into()));
        self.send("POST", path, &headers, &encoded(fields))
    }

    /// Reads the page `from` and sends its form with these fields.
    pub(crate) fn write(&mut self, from: &str, to: &str, fields: &[(&str, String)]) -> Answer {
        let mut fields = fields.to_vec();
        fields.push(("csrf", self.token(from)));
        self.post(to, &fields)
    }

    /// The token in the forms of that page.
    pub(crate) fn token(&self, from: &str) -> String {
        let page = self.get(from);
        page.value("csrf").unwrap_or_else(|| panic!("{from} has no form: {}", page.body))
    }

    /// The headers of a request of this browser's.
    pub(crate) fn usual(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("Host", self.address.clone())];
        headers.extend(self.cookie.clone().map(|cookie| ("Cookie", cookie)));
        headers
    }

    /// A request with these headers and no others but its length.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, String)],
        body: &str,
    ) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = body.len();
        self.raw(&format!("{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"))
    }

    /// Exactly these bytes.
    pub(crate) fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // What is refused before it was sent whole closes the other end.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let status = status.and_then(|status| status.parse().ok()).unwrap_or_default();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        Answer { status, headers, body: body.to_owned() }
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// Whether the page says that.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.body.contains(&text.replace('&', "&amp;").replace('"', "&quot;"))
    }

    /// The value of the first field of that name.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let after = self.body.split_once(&format!("name=\"{name}\" value=\""))?.1;
        after.split('"').next().map(ToOwned::to_owned)
    }
}

/// The text of that id.
pub(crate) fn say(id: &str) -> String {
    attune_copy::Words::english().get(id).unwrap()
}

fn encoded(fields: &[(&str, String)]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let escaped = |text: &str| -> String {
        let bytes = text.bytes();
        bytes
            .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}
