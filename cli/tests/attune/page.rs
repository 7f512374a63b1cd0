//! `attune desk serve`, as it runs: what it prints and what it does not, who opens the browser, how it ends.

use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::world::World;

/// The page of a desk that has not been made yet, as a script runs it.
fn serve(world: &World, more: &[&str]) -> Child {
    let mut command = world.command();
    command.args(["desk", "serve", "--json", "--data"]).arg(world.path("desk")).args(more);
    command.env("PATH", world.path("bin"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// One line of what it prints.
fn line(out: &mut impl std::io::BufRead) -> Value {
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder();
    config
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .new_agent()
}

fn ask_to_stop(page: &Child) {
    let id = page.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
}

/// A program of that name that writes down its arguments.
fn stand_in(folder: &Path, name: &str, notes: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    let script =
        format!("#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done > '{}'\n", notes.display());
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_page_prints_its_links_and_nothing_else() {
    let world = World::new();
    let mut page = serve(&world, &[]);
    let mut out = BufReader::new(page.stdout.take().unwrap());
    let ready = line(&mut out);
    let address = ready["listening"].as_str().unwrap().to_owned();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    assert_eq!(ready["opened"], false);
    // For each line that is typed, another link.
    page.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    let another = line(&mut out);
    assert_eq!(another.as_object().unwrap().keys().collect::<Vec<_>>(), ["link"]);
    assert_ne!(another["link"], ready["link"]);

    // Whatever is asked, nothing is logged.
    let link = another["link"].as_str().unwrap();
    let key = link.rsplit_once("key=").unwrap().1;
    let get =
        |path: &str| agent().get(format!("{address}{path}")).call().unwrap().status().as_u16();
    assert_eq!(get("/clients"), 401);
    assert_eq!(get("/assets/none"), 404);
    let form = format!("key={key}");
    let post = |origin: &str| {
        let request = agent().post(format!("{address}/open")).header("Origin", origin);
        request.content_type("application/x-www-form-urlencoded").send(&form).unwrap()
    };
    assert_eq!(post("http://evil.example").status().as_u16(), 403);
    let opened = post(&address);
    assert_eq!(opened.status().as_u16(), 303);
    let cookie = opened.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    let start = agent().get(format!("{address}/start")).header("Cookie", cookie).call().unwrap();
    assert_eq!(start.status().as_u16(), 200);
    // A second one cannot have its port.
    let port = address.rsplit_once(':').unwrap().1;
    let taken = serve(&world, &["--port", port]).wait_with_output().unwrap();
    assert_eq!(taken.status.code(), Some(1));
    let error: Value = serde_json::from_slice(&taken.stderr).unwrap();
    assert_eq!(error["error"], "PageFailed");

    ask_to_stop(&page);
    assert!(page.wait().unwrap().success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    page.stderr.take().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn a_browser_is_given_the_name_of_a_private_file_and_never_the_link() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new();
    let notes = world.path("notes");
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    stand_in(&world.path("bin"), opener, &notes);
    let mut page = serve(&world, &["--open"]);
    let mut out = BufReader::new(page.stdout.take().unwrap());
    let ready = line(&mut out);
    assert_eq!(ready["opened"], true);
    let told = wait_for(&notes);
    let arguments: Vec<_> = told.lines().collect();
    assert_eq!(arguments, [world.path("desk").join("open-the-desk.html").to_str().unwrap()]);
    let file = Path::new(arguments[0]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file), mode(file.parent().unwrap())), (0o600, 0o700));
    assert!(std::fs::read_to_string(file).unwrap().contains("/open?key="));
    ask_to_stop(&page);
    assert!(page.wait().unwrap().success());
    assert!(!file.exists());
}

/// The file's text, once there is one.
fn wait_for(path: &Path) -> String {
    loop {
        match std::fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return text,
            _ => std::thread::yield_now(),
        }
    }
}
