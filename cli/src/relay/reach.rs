//! Whether clients reach the relay at its public address, asked as a client would.

use std::io::Read as _;
use std::time::Duration;

use attune_relay::{Config, Finding, Verdict};
use attune_wire::{FRAME_LEN, RelayId, Response, Status, canonical_origin};
use ureq::{Agent, Body, http};

const ABOUT: &str = "reach";
/// For one request.
const WHOLE: Duration = Duration::from_secs(10);

/// What was found at the public address; without one, at the address that is listened on.
pub(super) fn look(config: &Config) -> Vec<Finding> {
    let origin = match &config.origin {
        Some(origin) => canonical_origin(origin),
        None => {
            let scheme = if config.tls.is_some() { "https" } else { "http" };
            canonical_origin(&format!("{scheme}://{}", config.listen))
        }
    };
    // A wrong one is the settings' to tell.
    let Ok(origin) = origin else { return Vec::new() };
    let agent = agent(&origin);
    let mut found = Vec::new();
    let mut say = |verdict, says: &str| {
        found.push(Finding { about: ABOUT, verdict, says: says.to_owned() });
    };
    let info = match agent.get(format!("{origin}/v1/info")).call() {
        Ok(answer) => answer,
        Err(error) => {
            say(Verdict::Bad, &format!("nobody answers at {origin}: {}", why(&error)));
            return found;
        }
    };
    let (status, body) = read(info);
    let told: Option<serde_json::Value> = serde_json::from_slice(&body).ok();
    let told = told.as_ref().and_then(|info| info.get("origin")?.as_str());
    match told {
        _ if status != 200 => say(
            Verdict::Bad,
            &format!("GET /v1/info is answered with {status}: the web server must pass it on"),
        ),
        None => say(Verdict::Bad, "what answers at the public address is not a relay"),
        Some(told) if RelayId::of_origin(told) != RelayId::of_origin(&origin) => say(
            Verdict::Bad,
            "the relay that answers has another --origin: no frame of a client would be taken",
        ),
        Some(_) => say(Verdict::Ok, &format!("the relay answers at {origin}, under that name")),
    }
    frame(&agent, &origin, &mut say);
    match agent.get(format!("{origin}/healthz")).call().map(read) {
        Ok((200, _)) => say(Verdict::Ok, "it says that it is ready"),
        Ok((404, _)) => say(Verdict::Look, "GET /healthz is not passed on by the web server"),
        _ => say(Verdict::Bad, "it says that it is not ready: look at its log and its database"),
    }
    if agent.get(format!("{origin}/metrics")).call().is_ok_and(|answer| answer.status() == 200) {
        say(Verdict::Bad, "everybody can read /metrics: the web server must not pass it on");
    }
    found
}

/// A frame of a version that does not exist: of full size, but nothing is asked of the database.
fn frame(agent: &Agent, origin: &str, say: &mut impl FnMut(Verdict, &str)) {
    let post = agent.post(format!("{origin}/v1/f")).content_type("application/octet-stream");
    match post.send(&[0_u8; FRAME_LEN][..]).map(read) {
        Ok((200, body)) if is_answer(&body) => say(Verdict::Ok, "frames pass both ways"),
        Ok((429, _)) => say(Verdict::Look, "too many requests from here: ask again in a minute"),
        Ok((status, _)) => {
            let says = format!(
                "a frame is answered with {status}: the web server must pass on POST /v1/f with \
                 {FRAME_LEN} bytes"
            );
            say(Verdict::Bad, &says);
        }
        Err(error) => say(Verdict::Bad, &format!("no answer to a frame: {}", why(&error))),
    }
}

fn is_answer(body: &[u8]) -> bool {
    Response::parse(body).is_ok_and(|response| response.status == Status::Version)
}

fn agent(origin: &str) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(WHOLE));
    // A proxy is another machine; plain HTTP is for this one.
    if origin.starts_with("http://") { config.proxy(None).build() } else { config.build() }
        .new_agent()
}

fn read(answer: http::Response<Body>) -> (u16, Vec<u8>) {
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    // What breaks off is not an answer of a relay's.
    let _ = answer.into_body().into_reader().take(FRAME_LEN as u64 + 1).read_to_end(&mut body);
    (status, body)
}

/// What to do about it. What is below may name addresses: it is not repeated.
fn why(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::HostNotFound => "the name is not known: look at its DNS entry",
        ureq::Error::Timeout(_) => "no answer in time: look at firewall and web server",
        ureq::Error::ConnectionFailed => "no connection: look at firewall and web server",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => TRUST,
        ureq::Error::Io(error) if is_tls(error) => TRUST,
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused => {
                "the connection is refused: the relay or its web server does not run"
            }
            _ => "the connection broke off",
        },
        _ => "it does not speak HTTP as it should",
    }
}

const TRUST: &str = "its certificate is not trusted: it must count for this name, and come with its \
                     whole chain (fullchain.pem)";

fn is_tls(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::InvalidData
}
