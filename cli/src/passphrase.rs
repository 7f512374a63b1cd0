//! Where a passphrase comes from: a file, the environment, or a prompt that does not echo. Never an
//! argument.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use attune_core::vault::Passphrase;
use zeroize::Zeroizing;

use crate::exit::Name;
use crate::failure::Failure;
use crate::say::{say, say_with};

/// The longest passphrase, in bytes.
const MOST: usize = 4_096;
/// The shortest new passphrase, in characters.
const LEAST: usize = Passphrase::LEAST_CHARS;

/// What a passphrase opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opens {
    /// The data folder.
    Data,
    /// An encrypted copy.
    Copy,
}

impl Opens {
    const fn variable(self) -> &'static str {
        match self {
            Self::Data => "ATTUNE_PASSPHRASE",
            Self::Copy => "ATTUNE_COPY_PASSPHRASE",
        }
    }
}

/// The passphrase that was set before.
pub(crate) fn known(opens: Opens, file: Option<&Path>) -> Result<Passphrase, Failure> {
    let text = match given(opens, file)? {
        Some(text) => text,
        None => ask(
            opens,
            match opens {
                Opens::Data => "ask-passphrase",
                Opens::Copy => "ask-copy-passphrase",
            },
        )?,
    };
    taken(opens, text)
}

/// A new passphrase; at a prompt it is typed twice.
pub(crate) fn new(opens: Opens, file: Option<&Path>) -> Result<Passphrase, Failure> {
    let (first, again) = match opens {
        Opens::Data => ("ask-passphrase-new", "ask-passphrase-again"),
        Opens::Copy => ("copy-passphrase", "copy-passphrase-again"),
    };
    let text = match given(opens, file)? {
        Some(text) => text,
        None => {
            let text = ask(opens, first)?;
            if *ask(opens, again)? != *text {
                return Err(Failure::of(Name::NoPassphrase, "err-passphrase-differ"));
            }
            text
        }
    };
    if !text.is_empty() && text.chars().count() < LEAST {
        return Err(Failure::of(Name::NoPassphrase, "err-passphrase-short"));
    }
    taken(opens, text)
}

/// From the file, or from the environment.
fn given(opens: Opens, file: Option<&Path>) -> Result<Option<Zeroizing<String>>, Failure> {
    if let Some(path) = file {
        return read(path).map(Some).ok_or_else(|| {
            let path = path.display().to_string();
            let says = say_with("err-passphrase-file", &[("path", path.into())]);
            Failure::new(Name::NoPassphrase, says)
        });
    }
    match std::env::var(opens.variable()) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(none(opens)),
    }
}

/// The file's first line. The buffer is as large as it will ever be: growing leaves copies behind.
fn read(path: &Path) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST + 1));
    File::open(path).ok()?.take(MOST as u64 + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() > MOST {
        return None;
    }
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    std::str::from_utf8(line).ok().map(|line| Zeroizing::new(line.to_owned()))
}

/// No passphrase was given.
fn none(opens: Opens) -> Failure {
    Failure::of(
        Name::NoPassphrase,
        match opens {
            Opens::Data => "err-passphrase-none",
            Opens::Copy => "err-copy-passphrase-none",
        },
    )
}

fn ask(opens: Opens, id: &str) -> Result<Zeroizing<String>, Failure> {
    if !io::stdin().is_terminal() {
        return Err(none(opens));
    }
    rpassword::prompt_password(format!("{} ", say(id))).map(Zeroizing::new).map_err(|_| none(opens))
}

fn taken(opens: Opens, mut text: Zeroizing<String>) -> Result<Passphrase, Failure> {
    if text.is_empty() {
        return Err(none(opens));
    }
    Ok(Passphrase::new(std::mem::take(&mut *text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_its_first_line_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        for (bytes, wanted) in [
            (&b"four words of mine\n"[..], Some("four words of mine")),
            (b"four words of mine", Some("four words of mine")),
            (b" spaces stay \r\nsecond\n", Some(" spaces stay ")),
            (b"", Some("")),
            (b"\xff\xfe\n", None),
            (&[b'a'; MOST + 1], None),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(read(&path).as_deref().map(String::as_str), wanted);
        }
        assert!(read(&folder.path().join("absent")).is_none());
    }
}
