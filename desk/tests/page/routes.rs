//! Every route there is, read from the sources: what holds for all of them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::world::{Answer, World};

const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
];

/// The paths in the sources of the pages, with a client, a card or a role filled in.
fn paths() -> BTreeSet<String> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
    let mut paths = BTreeSet::new();
    let mut left = vec![pages];
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = code.collect::<Vec<_>>().join("\n");
            for after in code.split(".route(").skip(1) {
                let path = after.split('"').nth(1).unwrap();
                let mut filled = String::new();
                for (at, part) in path.split(['{', '}']).enumerate() {
                    filled.push_str(match (at % 2, part) {
                        (0, plain) => plain,
                        (_, "role") => "therapist",
                        _ => "1",
                    });
                }
                paths.insert(filled);
            }
        }
    }
    assert!(paths.len() > 15, "{paths:?}");
    paths
}

fn is_dressed(answer: &Answer, what: &str) {
    for (name, value) in HEADERS {
        assert_eq!(answer.header(name), Some(value), "{what}: {name}");
    }
    assert!(answer.header("permissions-policy").is_some(), "{what}");
    assert_eq!(answer.header("server"), None, "{what}");
    for never in [" style=", "<style", " onclick", " onload", "javascript:", "http-equiv"] {
        assert!(!answer.body.contains(never), "{what}: {never}");
    }
    // Every script has its address here; nothing is loaded from elsewhere.
    assert_eq!(
        answer.body.matches("<script").count(),
        answer.body.matches("<script src=\"/assets/").count()
    );
}

#[test]
fn every_answer_has_every_header() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    browser.write("/invite", "/invite", &[("kind", "sent".into()), ("form", "link".into())]);
    let token = browser.token("/clients");
    let stranger = world.stranger();
    let more = ["/assets/desk.css", "/assets/desk.js", "/assets/none", "/open", "/nowhere", "/%ff"];
    let all: BTreeSet<String> = paths().into_iter().chain(more.map(str::to_owned)).collect();
    for path in &all {
        for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
            let answer = browser.send(method, path, &browser.usual(), "");
            is_dressed(&answer, &format!("{method} {path}"));
        }
        is_dressed(&stranger.get(path), &format!("a stranger's {path}"));
        let elsewhere = [("Host", "rebound.example".to_owned())];
        is_dressed(&stranger.send("GET", path, &elsewhere, ""), &format!("elsewhere's {path}"));
        is_dressed(&browser.post(path, &[]), &format!("POST without a token {path}"));
    }
    // With a token, and at the end locked and not: every write that there is, with nothing in it.
    for path in all.iter().filter(|path| *path != "/lock") {
        let answer = browser.post(path, &[("csrf", token.clone())]);
        assert_ne!(answer.status, 500, "{path}");
        is_dressed(&answer, &format!("POST {path}"));
    }
    is_dressed(&browser.post("/lock", &[("csrf", token)]), "/lock");
    for path in &all {
        is_dressed(&browser.get(path), &format!("locked {path}"));
    }
}

#[test]
fn looking_changes_nothing() {
    let (world, mut browser) = World::furnished("http://127.0.0.1:9");
    browser.write("/invite", "/invite", &[("kind", "sent".into()), ("form", "link".into())]);
    // The sync after the invitation has ended when its page is there.
    browser.write("/clients", "/sync", &[]);
    let before = contents(&world);
    assert!(before.len() >= 3, "{before:?}");
    for path in paths() {
        for method in ["GET", "HEAD"] {
            let answer = browser.send(method, &path, &browser.usual(), "");
            assert_ne!(answer.status, 500, "{path}");
        }
    }
    assert!(before == contents(&world), "a file of the vault changed");
}

/// The files in the desk's folder, whole.
fn contents(world: &World) -> BTreeSet<(String, Vec<u8>)> {
    let files = std::fs::read_dir(world.dir()).unwrap();
    files
        .map(|file| file.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn every_form_of_a_page_carries_the_token_and_every_field_a_label() {
    let (_world, mut browser) = World::furnished("http://127.0.0.1:9");
    browser.write("/invite", "/invite", &[("kind", "sent".into()), ("form", "link".into())]);
    for path in paths() {
        let page = browser.get(&path);
        let kind = page.header("content-type").unwrap_or_default();
        if page.status != 200 || !kind.starts_with("text/html") {
            continue;
        }
        for form in page.body.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("method=\"post\""), "{path}: {form}");
            assert!(form.contains("name=\"csrf\" value=\""), "{path}: {form}");
        }
        for field in page.body.split(" id=\"f-").skip(1) {
            let id = field.split('"').next().unwrap();
            assert!(page.body.contains(&format!("<label for=\"f-{id}\"")), "{path}: {id}");
        }
        assert_eq!(page.body.matches("<h1>").count(), 1, "{path}");
        assert!(page.body.contains("<html lang=\"en\" dir=\"ltr\">"), "{path}");
        assert!(page.body.contains("action=\"/lock\""), "{path}");
    }
}
