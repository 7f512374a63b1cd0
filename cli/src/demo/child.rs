//! The phone as a process of its own, so that it can really be killed.
//!
//! The demo runs its own program once more with [`CHILD`] in the environment. That child opens the
//! phone's vault, shares a choice, starts to sync, says so once its upload is at the relay, and
//! waits; the answer never reaches its vault. The passphrase comes on standard input.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use attune_core::companion::Companion;
use attune_core::entropy::SystemEntropy;
use attune_core::lane::ids::CaseId;
use attune_core::preview::PracticeId;
use attune_core::repair::RepairOption;
use attune_core::sync::SyncAnswer;
use attune_core::vault::{FileKeyStore, Passphrase, STORE_FILE};
use attune_wire::Operation;
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::DemoError;
use super::road::operation_of;
use super::stage::{Stage, hex, plain};
use crate::transport::{Delivery, Http, Transport as _};

/// Names the part that this process plays; nothing but the demo sets it.
const CHILD: &str = "ATTUNE_DEMO_CHILD";
const PHONE: &str = "phone";

/// What the child is told, as one line of JSON.
#[derive(Serialize, Deserialize)]
struct Orders {
    folder: PathBuf,
    practice: i64,
    option: String,
    now: i64,
}

/// A phone that shared something, uploaded it, and was killed before it took in the answer.
pub(super) struct Killed {
    /// The choice that it shared.
    pub(super) case: CaseId,
    /// Whether the process was ended from outside, in the middle.
    pub(super) by_kill: bool,
}

/// Whether this process is the child.
pub(super) fn is_this() -> bool {
    std::env::var_os(CHILD).is_some_and(|part| part == PHONE)
}

/// The child's whole life, up to the kill.
///
/// # Errors
/// [`DemoError`]; the demo then hears nothing and says that it failed.
pub(super) fn live() -> Result<(), DemoError> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut orders = String::new();
    input.read_line(&mut orders)?;
    let orders: Orders = serde_json::from_str(&orders)?;
    let mut passphrase = Zeroizing::new(String::new());
    input.read_line(&mut passphrase)?;
    let passphrase = Passphrase::new(passphrase.trim_end().to_owned());
    let option = RepairOption::from_name(&orders.option).ok_or(DemoError::Ended)?;
    let now = DateTime::from_timestamp_millis(orders.now).ok_or(DemoError::Ended)?.fixed_offset();

    let store = FileKeyStore::open(&orders.folder.join(STORE_FILE), &passphrase)?;
    let entropy = Box::new(SystemEntropy::new());
    let mut phone = Companion::open(&orders.folder, &store, None, entropy)?;
    let choice = plain(option, PracticeId(orders.practice));
    let preview = phone.preview(&choice, now)?;
    let case = phone.share(&preview.digest, now)?;

    let mut http = Http::new();
    phone.sync_begin(now)?;
    while let Some(request) = phone.sync_next()? {
        let delivery = http.deliver(&request);
        if operation_of(&request) == Some(Operation::Put) {
            let mut out = io::stdout().lock();
            writeln!(out, "{}", hex(case.as_bytes()))?;
            out.flush()?;
            // Killed here. Should the demo be gone instead, its end of the pipe closes.
            input.read_to_end(&mut Vec::new())?;
            return Err(DemoError::Ended);
        }
        let answer = match &delivery {
            Delivery::Answered { status, body } => SyncAnswer::Http { status: *status, body },
            Delivery::Unreachable => SyncAnswer::Unreachable,
        };
        phone.sync_feed(now, answer)?;
    }
    Err(DemoError::Ended)
}

/// Starts the child on the phone's vault, waits until its upload is at the relay, and kills it.
/// Afterwards the phone's vault is open here again.
///
/// # Errors
/// [`DemoError::Ended`] if the child did not come that far.
pub(super) fn kill_a_phone(
    stage: &mut Stage,
    option: RepairOption,
    practice: PracticeId,
) -> Result<Killed, DemoError> {
    let now = stage.now.timestamp_millis();
    let (folder, passphrase) = stage.put_phone_down()?;
    let (folder, option) = (folder.to_owned(), option.name().to_owned());
    let orders = Orders { folder, practice: practice.0, option, now };
    let orders = serde_json::to_string(&orders)?;
    let mut child = Command::new(std::env::current_exe()?)
        .arg("demo")
        .env(CHILD, PHONE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let said = speak(&mut child, &orders, passphrase);
    // Whatever it said: it must not live on.
    child.kill()?;
    let status = child.wait()?;
    stage.take_phone_up()?;
    let case = case_of(said?.trim_end()).ok_or(DemoError::Ended)?;
    Ok(Killed { case, by_kill: was_killed(status) })
}

/// Tells the child what to do and waits for its one line. Its standard input stays open.
fn speak(child: &mut Child, orders: &str, passphrase: &str) -> Result<String, DemoError> {
    let to = child.stdin.as_mut().ok_or(DemoError::Ended)?;
    writeln!(to, "{orders}")?;
    writeln!(to, "{passphrase}")?;
    to.flush()?;
    let from = child.stdout.as_mut().ok_or(DemoError::Ended)?;
    let mut said = String::new();
    BufReader::new(from).read_line(&mut said)?;
    Ok(said)
}

fn case_of(text: &str) -> Option<CaseId> {
    let number = u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32)?;
    Some(CaseId::from_bytes(number.to_be_bytes()))
}

#[cfg(unix)]
fn was_killed(status: std::process::ExitStatus) -> bool {
    const SIGKILL: i32 = 9;
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(SIGKILL)
}

#[cfg(not(unix))]
fn was_killed(status: std::process::ExitStatus) -> bool {
    !status.success()
}
