//! Each way in that must stay shut, tried over a real socket.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration as Span;

use chrono::Duration;

use crate::world::{Browser, PASSPHRASE, World, say};

/// A write that would show: other minutes before the desk locks.
const WRITE: &str = "/settings/lock";

fn minutes(browser: &Browser) -> String {
    browser.get(WRITE).value("minutes").unwrap()
}

/// The headers of a write that is all right.
fn write_headers(browser: &Browser) -> Vec<(&'static str, String)> {
    let mut headers = browser.usual();
    headers.push(("Origin", format!("http://{}", browser.address)));
    headers.push(("Content-Type", "application/x-www-form-urlencoded".into()));
    headers
}

fn replaced(
    headers: &[(&'static str, String)],
    name: &str,
    value: Option<&str>,
) -> Vec<(&'static str, String)> {
    let mut out: Vec<_> = headers.iter().filter(|(known, _)| *known != name).cloned().collect();
    if let (Some(value), Some((name, _))) =
        (value, headers.iter().find(|(known, _)| *known == name))
    {
        out.push((name, value.to_owned()));
    }
    out
}

#[test]
fn only_the_loopback_address_listens() {
    let world = World::new();
    assert!(world.running.addr.ip().is_loopback());
    // Another address of this machine, even another one of the loopback network, is not answered.
    let other = SocketAddr::from(([127, 0, 0, 2], world.running.addr.port()));
    assert!(TcpStream::connect_timeout(&other, Span::from_secs(5)).is_err());
}

#[test]
fn a_name_that_was_pointed_here_is_not_answered() {
    let (world, browser) = World::furnished("http://127.0.0.1:9");
    let port = world.running.addr.port();
    let hosts =
        ["rebound.example", "localhost", "127.0.0.1", "127.0.0.1:1", "[::1]", "0.0.0.0", ""];
    for host in hosts.map(str::to_owned).into_iter().chain([
        format!("rebound.example:{port}"),
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}@rebound.example"),
        format!("127.0.0.1:{port}."),
    ]) {
        let headers = replaced(&browser.usual(), "Host", Some(&host));
        for path in ["/", "/clients", "/assets/desk.css", "/open?key=1", "/nowhere"] {
            let answer = browser.send("GET", path, &headers, "");
            // The parser of HTTP takes some for nonsense before we see them.
            assert!(matches!(answer.status, 403 | 400), "{host}: {}", answer.status);
            assert!(!answer.body.contains("Okoye") && !answer.body.contains("csrf"), "{host}");
        }
    }
    let absolute = format!("http://rebound.example:{port}/clients");
    assert_eq!(browser.send("GET", &absolute, &browser.usual(), "").status, 403);
    assert_eq!(browser.raw("GET / HTTP/1.0\r\n\r\n").status, 403);
}

#[test]
fn a_page_elsewhere_can_write_nothing() {
    let (_world, browser) = World::furnished("http://127.0.0.1:9");
    let body = format!("minutes=5&csrf={}", browser.token(WRITE));
    let good = write_headers(&browser);
    let with = |more: &[(&'static str, &str)]| {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        good.iter().cloned().chain(more).collect::<Vec<_>>()
    };
    let cases = [
        ("no origin", replaced(&good, "Origin", None)),
        ("no page's origin", replaced(&good, "Origin", Some("null"))),
        ("another's", replaced(&good, "Origin", Some("http://evil.example"))),
        ("another port's", replaced(&good, "Origin", Some("http://127.0.0.1:1"))),
        ("the name's", replaced(&good, "Origin", Some("http://localhost"))),
        ("cross-site", with(&[("Sec-Fetch-Site", "cross-site")])),
        ("same-site", with(&[("Sec-Fetch-Site", "same-site")])),
        ("typed by nobody", with(&[("Sec-Fetch-Site", "none")])),
        ("two sites", with(&[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none")])),
    ];
    for (case, headers) in cases {
        let answer = browser.send("POST", WRITE, &headers, &body);
        assert_eq!(answer.status, 403, "{case}");
        assert_eq!(minutes(&browser), "10", "{case}");
    }
    // The same write from our own page goes through: it was nothing else that stopped the others.
    let own = with(&[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate")]);
    assert_eq!(browser.send("POST", WRITE, &own, &body).status, 303);
    assert_eq!(minutes(&browser), "5");
}

#[test]
fn a_page_elsewhere_can_show_nothing() {
    let (_world, browser) = World::furnished("http://127.0.0.1:9");
    for (site, mode) in
        [("cross-site", "navigate"), ("cross-site", "no-cors"), ("same-site", "cors")]
    {
        let mut headers = browser.usual();
        headers.extend([("Sec-Fetch-Site", site.to_owned()), ("Sec-Fetch-Mode", mode.to_owned())]);
        for path in ["/clients", "/assets/desk.js"] {
            assert_eq!(browser.send("GET", path, &headers, "").status, 403, "{site} {mode} {path}");
        }
    }
}

#[test]
fn a_form_needs_the_token_of_its_own_session() {
    let (world, browser) = World::furnished("http://127.0.0.1:9");
    let other = world.browser();
    let (mine, theirs) = (browser.token(WRITE), other.token(WRITE));
    assert_ne!(mine, theirs);
    let tokens = ["", "0", &theirs, &mine[1..], &mine.to_uppercase(), &format!("{mine}0")];
    for token in tokens {
        let fields = [("minutes", "5".to_owned()), ("csrf", token.to_owned())];
        let answer = browser.post(WRITE, &fields);
        assert_eq!(answer.status, 403, "{token}");
        assert!(answer.says(&say("problem-stale")));
    }
    assert_eq!(browser.post(WRITE, &[("minutes", "5".to_owned())]).status, 403);
    // In the query it does not count.
    let answer = browser.post(&format!("{WRITE}?csrf={mine}"), &[("minutes", "5".to_owned())]);
    assert_eq!(answer.status, 403);
    assert_eq!(minutes(&browser), "10");
}

#[test]
fn nobody_is_in_without_a_cookie_of_this_desk() {
    let (world, browser) = World::furnished("http://127.0.0.1:9");
    let cookie = browser.cookie.clone().unwrap();
    let (name, value) = cookie.split_once('=').unwrap();
    assert_eq!(name, format!("attune-desk-{}", world.running.addr.port()));
    let forged = [
        None,
        Some(format!("{name}=")),
        Some(format!("{name}={}", "0".repeat(64))),
        Some(format!("{name}={}", value.to_uppercase())),
        Some(format!("{name}={}", &value[..63])),
        Some(format!("attune-desk-1={value}")),
        Some(format!("session={value}")),
    ];
    let token = browser.token(WRITE);
    for cookie in forged {
        let stranger = Browser { cookie: cookie.clone(), ..world.stranger() };
        for path in ["/", "/clients", "/settings", "/unlock", "/start", "/nowhere"] {
            let answer = stranger.get(path);
            assert_eq!(answer.status, 401, "{cookie:?} {path}");
            assert!(!answer.body.contains("csrf") && !answer.body.contains("Okoye"));
        }
        let fields = [("minutes", "5".to_owned()), ("csrf", token.clone())];
        assert_eq!(stranger.post(WRITE, &fields).status, 401, "{cookie:?}");
    }
    assert_eq!(minutes(&browser), "10");
}

#[test]
fn the_cookie_is_for_this_site_alone_and_no_script_reads_it() {
    let world = World::new();
    let link = world.running.entrance.link().unwrap();
    let key = link.rsplit_once("key=").unwrap().1.to_owned();
    let answer = world.stranger().post("/open", &[("key", key)]);
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["; HttpOnly", "; SameSite=Strict", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain") && !cookie.contains("Expires"), "{cookie}");
}

#[test]
fn a_link_lets_in_once_and_soon_and_cannot_be_guessed() {
    let world = World::new();
    let key = |link: &str| link.rsplit_once("key=").unwrap().1.to_owned();
    let stranger = world.stranger();
    let refused = |key: String| {
        let answer = stranger.post("/open", &[("key", key)]);
        assert_eq!(answer.status, 403);
        assert_eq!(answer.header("set-cookie"), None);
        assert!(answer.says(&say("open-old")));
    };
    // Looking at the link takes nothing, however often.
    let first = key(&world.running.entrance.link().unwrap());
    for _ in 0..3 {
        let page = stranger.get(&format!("/open?key={first}"));
        assert_eq!((page.status, page.header("set-cookie")), (200, None));
    }
    assert_eq!(stranger.post("/open", &[("key", first.clone())]).status, 303);
    refused(first);
    let late = key(&world.running.entrance.link().unwrap());
    world.hands.forward(Duration::minutes(2));
    refused(late);
    for guess in [String::new(), "0".repeat(64), "%".into()] {
        refused(guess);
    }
    // A page elsewhere cannot use a link up, or sign somebody in.
    let fresh = key(&world.running.entrance.link().unwrap());
    let headers = replaced(&write_headers(&stranger), "Origin", Some("http://evil.example"));
    assert_eq!(stranger.send("POST", "/open", &headers, &format!("key={fresh}")).status, 403);
    assert_eq!(stranger.post("/open", &[("key", fresh)]).status, 303);
}

#[test]
fn a_launcher_leads_to_a_link_and_goes_when_it_is_used_or_the_desk_stops() {
    let world = World::new();
    let file = world.running.entrance.launcher().unwrap();
    let page = std::fs::read_to_string(&file).unwrap();
    let key = page.split("key=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(world.stranger().post("/open", &[("key", key)]).status, 303);
    assert!(!file.exists());
    let file = world.running.entrance.launcher().unwrap();
    assert!(file.exists());
    let _folder = world.stop();
    assert!(!file.exists());
}

#[test]
fn a_form_that_is_too_long_is_not_read() {
    let (_world, browser) = World::furnished("http://127.0.0.1:9");
    let token = browser.token(WRITE);
    let body = format!("minutes=5&csrf={token}&more={}", "m".repeat(70_000));
    assert_eq!(browser.send("POST", WRITE, &write_headers(&browser), &body).status, 413);
    // Without a length it is counted while it comes.
    let mut head = format!("POST {WRITE} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n");
    for (name, value) in write_headers(&browser) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let chunks = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    assert_eq!(browser.raw(&format!("{head}Connection: close\r\n\r\n{chunks}")).status, 413);
    // A length that is a lie brings nothing either.
    let lie = format!("{head}Content-Length: 5\r\nConnection: close\r\n\r\n{chunks}");
    assert!(matches!(browser.raw(&lie).status, 400 | 413));
    let long = "a".repeat(400_000);
    // An answer to what was not read to its end may be lost with the connection.
    let status = browser.get(&format!("/{long}")).status;
    assert!(matches!(status, 414 | 431 | 400 | 0), "{status}");
    assert_eq!(minutes(&browser), "10");
}

#[test]
fn what_is_no_form_is_not_read() {
    let (_world, browser) = World::furnished("http://127.0.0.1:9");
    let token = browser.token(WRITE);
    let body = format!("minutes=5&csrf={token}");
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
        let headers = replaced(&write_headers(&browser), "Content-Type", Some(kind));
        assert_eq!(browser.send("POST", WRITE, &headers, &body).status, 400, "{kind}");
    }
    for body in [format!("{body}&a=%zz"), format!("{body}&a=%ff")] {
        assert_eq!(browser.send("POST", WRITE, &write_headers(&browser), &body).status, 400);
    }
    assert_eq!(minutes(&browser), "10");
}

#[test]
fn only_reading_and_sending_forms_is_answered() {
    let (_world, browser) = World::furnished("http://127.0.0.1:9");
    let headers = write_headers(&browser);
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"] {
        for path in ["/clients", WRITE, "/assets/desk.css", "/open"] {
            let answer = browser.send(method, path, &headers, "");
            assert!(matches!(answer.status, 405 | 400 | 403), "{method} {path}: {}", answer.status);
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
    assert_eq!(browser.get("/lock").status, 405);
    let token = browser.token(WRITE);
    assert_eq!(browser.post("/clients", &[("csrf", token)]).status, 405);
    let head = browser.send("HEAD", "/clients", &browser.usual(), "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn no_path_leads_to_a_file() {
    let (world, browser) = World::furnished("http://127.0.0.1:9");
    std::fs::write(world.place().join("secret"), "a secret").unwrap();
    for path in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets//etc/passwd",
        "/assets/....//desk.css",
        "/assets/desk.css%00",
        "/assets/desk.css/",
        "/assets/",
        "/assets",
        "/vault.db",
        "/../secret",
        "//secret",
    ] {
        let answer = browser.get(path);
        assert!(matches!(answer.status, 404 | 400), "{path}: {}", answer.status);
        assert!(!answer.body.contains("[package]") && !answer.body.contains("a secret"), "{path}");
    }
    for (name, kind) in
        [("desk.css", "text/css"), ("desk.js", "text/javascript"), ("desk.svg", "image/svg+xml")]
    {
        let answer = browser.get(&format!("/assets/{name}"));
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").unwrap().starts_with(kind));
    }
}

#[test]
fn what_somebody_typed_is_text_and_never_a_part_of_the_page() {
    let world = World::new();
    let mut browser = world.browser();
    let mut fields = World::card("not a relay\"><script>");
    fields[0].1 = "<script>alert(1)</script>\"'&".into();
    fields.push(("leaves", "</textarea><img src=x>".into()));
    let answer = browser.write("/start/therapist", "/start/therapist", &fields);
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("<script>") && !answer.body.contains("<img"), "{}", answer.body);
    assert!(answer.body.contains("&lt;script&gt;alert(1)"));
    // The passphrase is in no page, whatever else was the matter.
    assert!(!answer.body.contains(PASSPHRASE));
    let away = browser.get("/away?to=//evil.example/");
    assert!(!away.body.contains("evil"), "{}", away.location());
}
