//! `attune desk serve`: the page for a browser on this machine.

use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use attune_core::vault::KdfCost;
use attune_desk::{Config, Entrance, ServeError};
use serde_json::json;

use crate::args::ServeArgs;
use crate::clock;
use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::home::Home;
use crate::output::{self, Answer};
use crate::say::{say, say_with};
use crate::transport::Http;

/// Serves the page until it is told to stop.
pub(super) fn serve(home: &Home, args: &ServeArgs) -> Result<Answer, Fault> {
    // One that cannot be read was refused before; it stays as it was if it changes meanwhile.
    let start = home.now;
    let running = attune_desk::serve(Config {
        folder: home.dir.clone(),
        port: args.port,
        clock: Arc::new(move || clock::now().unwrap_or(start)),
        carrier: Arc::new(Http::new()),
        cost: KdfCost::STANDARD,
        stop_on_signals: true,
    })
    .map_err(failed)?;
    let address = format!("http://{}", running.addr);
    let link = running.entrance.link().map_err(failed)?;
    let opened = args.open && open(&running.entrance);
    let mut lines = vec![
        say_with("serve-at", &[("address", address.as_str().into())]),
        say("serve-link"),
        format!("  {link}"),
    ];
    if args.open {
        lines.push(say(if opened { "serve-opened" } else { "serve-no-browser" }));
    }
    lines.push(say("serve-more"));
    let ready = json!({ "listening": address, "link": link, "opened": opened });
    tell(&Answer::new(ready, lines), home.json)?;
    // The thread waits for a line for as long as the program lives, and ends with it.
    let (entrance, as_json) = (running.entrance.clone(), home.json);
    std::thread::spawn(move || more(&entrance, as_json));
    running.wait().map_err(failed)?;
    if !home.json {
        tell(&Answer::new(json!({}), vec![say("serve-stopped")]), false)?;
    }
    Ok(Answer::told())
}

/// Prints another link for each line that is typed.
fn more(entrance: &Entrance, as_json: bool) {
    for line in io::stdin().lock().lines() {
        let Ok(link) = entrance.link() else { return };
        let lines = vec![say("serve-link"), format!("  {link}")];
        let printed = tell(&Answer::new(json!({ "link": link }), lines), as_json);
        if line.is_err() || printed.is_err() {
            return;
        }
    }
}

/// Asks the system to open a browser at a private file: the link itself never stands among the arguments
/// of a process.
fn open(entrance: &Entrance) -> bool {
    let Ok(file) = entrance.launcher() else { return false };
    let mut command = opener(&file);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl-C here is not meant for the browser.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn().is_ok()
}

fn opener(file: &Path) -> Command {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(file);
    command
}

fn tell(answer: &Answer, as_json: bool) -> Result<(), Failure> {
    output::print(answer, as_json).map_err(|error| Failure::file(Path::new("-"), &error))?;
    io::stdout().flush().map_err(|error| Failure::file(Path::new("-"), &error))
}

fn failed(error: ServeError) -> Fault {
    let reason = match error {
        ServeError::Listen(error) | ServeError::System(error) => error.kind().to_string(),
        ServeError::Entropy => return Failure::of(Name::NoRandomness, "err-entropy").into(),
        ServeError::Ended => return Failure::of(Name::Internal, "err-internal").into(),
    };
    let says = say_with("err-page", &[("reason", reason.into())]);
    Failure::new(Name::PageFailed, says).into()
}
