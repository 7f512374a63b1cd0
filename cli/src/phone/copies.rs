//! A new phone, a saved copy, one brought back, and erasing.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::export::{CopyError, read_phones_copy, write_copy};
use attune_core::lane::ids::TextId;
use attune_core::vault::Vault;
use serde_json::json;

use super::{moments, standing};
use crate::args::What;
use crate::exit::Name;
use crate::failure::{Failure, Fault, or_missing};
use crate::home::{Home, entropy};
use crate::output::{Answer, from_hex, hex};
use crate::passphrase::{self, Opens};
use crate::say::{say, say_with};

/// Makes a new phone.
pub(super) fn init(home: &Home) -> Result<Answer, Fault> {
    home.furnish(|store| Ok(Companion::create(&home.dir, store, None, entropy())?.close()?))?;
    let dir = home.dir.display().to_string();
    let mut lines = vec![say_with("made-phone", &[("dir", dir.as_str().into())])];
    lines.extend(["privacy-one", "privacy-two", "privacy-three", "safety-line"].map(say));
    Ok(Answer::new(json!({ "data": dir }), lines))
}

/// Writes an encrypted copy.
pub(super) fn export(
    phone: &mut Companion,
    to: &Path,
    passphrase_file: Option<&Path>,
) -> Result<Answer, Fault> {
    if to.exists() {
        return Err(there(to).into());
    }
    let passphrase = passphrase::new(Opens::Copy, passphrase_file)?;
    let (vault, entropy) = phone.vault_and_entropy();
    write_copy(vault, to, &passphrase, entropy).map_err(|error| match error {
        CopyError::Exists => there(to).into(),
        other => Fault::from(other),
    })?;
    Ok(wrote(to, false))
}

/// Writes a copy that anybody can read.
pub(super) fn export_readable(
    phone: &mut Companion,
    home: &Home,
    to: &Path,
) -> Result<Answer, Fault> {
    let text = phone.readable(home.now)?;
    let written = private(to).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    });
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => there(to),
        _ => Failure::file(to, &error),
    })?;
    Ok(wrote(to, true))
}

/// Brings back a copy into an empty folder.
pub(super) fn import(
    home: &Home,
    from: &Path,
    passphrase_file: Option<&Path>,
) -> Result<Answer, Fault> {
    File::open(from).map_err(|error| Failure::file(from, &error))?;
    let (documents, mut lines) = home.furnish(|store| {
        let passphrase = passphrase::known(Opens::Copy, passphrase_file)?;
        let entropy_of_vault = &mut *entropy();
        let vault = read_phones_copy(from, &passphrase, &home.dir, store, None, entropy_of_vault)?;
        let phone = Companion::bring_back(vault, entropy()).inspect_err(|_| {
            // A disk that filled up: what was made from the copy goes, the copy stays.
            let _ = Vault::delete_all(&home.dir, store);
        })?;
        let (documents, mut lines) = standing::waiting(&phone, home)?;
        lines.extend(standing::beside(&phone)?);
        phone.close()?;
        Ok((documents, lines))
    })?;
    lines.insert(0, say("copy-in-done"));
    let json = json!({ "data": home.dir.display().to_string(), "restored": documents });
    Ok(Answer::new(json, lines))
}

/// Erases a moment, every moment, a choice that is over, or a note.
pub(super) fn erase(phone: &mut Companion, what: &What) -> Result<Answer, Fault> {
    if let Some(typed) = &what.moment {
        let id = moments::required(phone, typed)?;
        phone.erase_moment(id)?;
        let json = json!({ "erased": "Moment", "moment": id.0.to_string() });
        return Ok(Answer::new(json, vec![say("mark-erased")]));
    }
    if let Some(typed) = &what.choice {
        let case = standing::case_of(typed)?;
        phone.erase_choice(case).map_err(|error| match error {
            Error::TooLate => Failure::of(Name::TooLate, "err-erase-open").into(),
            other => or_missing(other, || standing::no_case(typed)),
        })?;
        let json = json!({ "erased": "Choice", "case": hex(case.as_bytes()) });
        return Ok(Answer::new(json, vec![say("status-erased")]));
    }
    if let Some(typed) = &what.note {
        let missing = || {
            Failure::new(
                Name::NotFound,
                say_with("err-no-note", &[("value", typed.as_str().into())]),
            )
        };
        let note = from_hex(typed).map(TextId::from_bytes).ok_or_else(missing)?;
        phone.erase_note(note).map_err(|error| or_missing(error, missing))?;
        let json = json!({ "erased": "Note", "note": hex(note.as_bytes()) });
        return Ok(Answer::new(json, vec![say("status-erased")]));
    }
    phone.erase_moments()?;
    Ok(Answer::new(json!({ "erased": "Moments" }), vec![say("mark-erased")]))
}

/// Erases everything, key first, after a yes.
pub(super) fn erase_all(home: &Home, yes: bool) -> Result<Answer, Fault> {
    if !yes {
        if !home.can_ask() {
            return Err(Failure::of(Name::NotConfirmed, "err-erase-yes").into());
        }
        let dir = home.dir.display().to_string();
        let question = say_with("ask-erase-all", &[("dir", dir.into())]);
        if !home.ask_yes(question)? {
            return Err(Failure::of(Name::NotConfirmed, "ask-nothing-done").into());
        }
    }
    home.delete_all()?;
    let lines = vec![say("delete-done"), say("delete-sub2")];
    Ok(Answer::new(json!({ "erased": "All" }), lines))
}

fn wrote(to: &Path, readable: bool) -> Answer {
    let path = to.display().to_string();
    let mut lines = vec![say_with("wrote-file", &[("path", path.as_str().into())])];
    lines.push(say(if readable { "copy-readable-sub" } else { "copy-saved" }));
    Answer::new(json!({ "file": path, "readable": readable }), lines)
}

fn there(path: &Path) -> Failure {
    let path = path.display().to_string();
    Failure::new(Name::FileThere, say_with("err-file-there", &[("path", path.into())]))
}

/// A new file that only its owner can read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
