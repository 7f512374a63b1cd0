//! An unlocked vault: opening, closing, and the one way to the core behind it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attune_core::companion::Companion;
use attune_core::entropy::SystemEntropy;
use attune_core::export;
use attune_core::vault::Passphrase;
use zeroize::Zeroizing;

use crate::error::AttuneError;
use crate::guard::guarded;
use crate::key_store::{Foreign, KeyStore};

/// An unlocked vault. Every call may be made from any thread and blocks until it is done.
///
/// Closing is final: a call that begins afterwards gets `Closed`, even while others are still under way, and
/// the last of those frees the file.
#[derive(uniffi::Object)]
pub struct Vault {
    gate: Mutex<Gate>,
    companion: Mutex<Option<Companion>>,
}

/// Who is inside.
struct Gate {
    closed: bool,
    freed: bool,
    inside: usize,
}

/// Opening and closing.
#[uniffi::export]
impl Vault {
    /// Makes a new vault in the folder `dir`, which is made if it is missing. A passcode is UTF-8.
    ///
    /// # Errors
    /// `Storage` with `Exists` where there is one; `Locked`, `KeyGone`; `Declined` with `BadInput` for an empty passcode
    /// or a path that is not absolute. Nothing usable is left behind then.
    #[uniffi::constructor]
    pub fn create(
        dir: String,
        key_store: Arc<dyn KeyStore>,
        passcode: Option<Vec<u8>>,
    ) -> Result<Arc<Self>, AttuneError> {
        Self::unlocked(dir, key_store, passcode, |dir, store, passcode| {
            Ok(Companion::create(dir, store, passcode, Box::new(SystemEntropy::new()))?)
        })
    }

    /// Opens the vault in the folder `dir`. A passcode that is not needed is not looked at.
    ///
    /// # Errors
    /// `Storage` with `Absent` or `Busy`; `Locked`, `KeyGone`, `PasscodeNeeded`, `WrongPasscode`, `Damaged`, `NewerVersion`;
    /// `Declined` with `WrongSide` for a desk's vault. No file is made, changed or removed then.
    #[uniffi::constructor]
    pub fn open(
        dir: String,
        key_store: Arc<dyn KeyStore>,
        passcode: Option<Vec<u8>>,
    ) -> Result<Arc<Self>, AttuneError> {
        Self::unlocked(dir, key_store, passcode, |dir, store, passcode| {
            Ok(Companion::open(dir, store, passcode, Box::new(SystemEntropy::new()))?)
        })
    }

    /// Makes a vault in the folder `dir` from the copy in the file `copy`. Nothing that was shared leaves it before the
    /// person has said so again.
    ///
    /// # Errors
    /// `Declined` with `NotACopy`, or `WrongSide` for a desk's; `WrongPasscode` for the passphrase; `Damaged`,
    /// `NewerVersion`; `Storage` with `Absent` where there is no copy; otherwise as `create`. The copy is only read.
    #[uniffi::constructor]
    pub fn bring_back(
        copy: String,
        passphrase: Vec<u8>,
        dir: String,
        key_store: Arc<dyn KeyStore>,
        passcode: Option<Vec<u8>>,
    ) -> Result<Arc<Self>, AttuneError> {
        let passphrase = Zeroizing::new(passphrase);
        Self::unlocked(dir, key_store, passcode, |dir, store, passcode| {
            let (copy, phrase) = (folder(copy)?, phrase(passphrase)?);
            let mut entropy = Box::new(SystemEntropy::new());
            let vault =
                export::read_phones_copy(&copy, &phrase, dir, store, passcode, &mut *entropy)?;
            Ok(Companion::bring_back(vault, entropy)?)
        })
    }

    /// Closes the vault. `true`: no lock and no side file remains; `false`: that will be so as soon as the calls that are
    /// under way have ended. Closing again does no harm.
    ///
    /// # Errors
    /// `Internal`.
    pub fn close(&self) -> Result<bool, AttuneError> {
        guarded(|| {
            let last = {
                let mut gate = lock(&self.gate);
                gate.closed = true;
                gate.inside == 0 && !gate.freed
            };
            if last {
                self.free();
            }
            Ok(lock(&self.gate).freed)
        })
    }

    /// Whether the vault was closed.
    ///
    /// # Errors
    /// `Internal`.
    pub fn is_closed(&self) -> Result<bool, AttuneError> {
        guarded(|| Ok(lock(&self.gate).closed))
    }

    /// Whether the vault was closed and its file is free: nothing of it is held any more.
    ///
    /// # Errors
    /// `Internal`.
    pub fn is_free(&self) -> Result<bool, AttuneError> {
        guarded(|| Ok(lock(&self.gate).freed))
    }
}

impl Vault {
    /// Looks at what was given, and makes a vault of what `begin` comes to.
    fn unlocked(
        dir: String,
        key_store: Arc<dyn KeyStore>,
        passcode: Option<Vec<u8>>,
        begin: impl FnOnce(&Path, &Foreign, Option<&Passphrase>) -> Result<Companion, AttuneError>,
    ) -> Result<Arc<Self>, AttuneError> {
        let passcode = passcode.map(Zeroizing::new);
        guarded(|| {
            let (dir, passcode) = (folder(dir)?, passcode.map(phrase).transpose()?);
            let companion = begin(&dir, &Foreign(key_store), passcode.as_ref())?;
            let gate = Gate { closed: false, freed: false, inside: 0 };
            Ok(Arc::new(Self { gate: Mutex::new(gate), companion: Mutex::new(Some(companion)) }))
        })
    }

    /// Runs `call` on the core, if the vault is not closed. Calls follow one another; nobody of the host is
    /// called meanwhile.
    pub(crate) fn with<T, E: Into<AttuneError>>(
        &self,
        call: impl FnOnce(&mut Companion) -> Result<T, E>,
    ) -> Result<T, AttuneError> {
        guarded(|| {
            let _inside = self.enter()?;
            self.inside(call)
        })
    }

    /// As [`with`](Self::with), for a call that has entered: it is finished even if the vault was closed meanwhile.
    pub(crate) fn inside<T, E: Into<AttuneError>>(
        &self,
        call: impl FnOnce(&mut Companion) -> Result<T, E>,
    ) -> Result<T, AttuneError> {
        let mut companion = lock(&self.companion);
        call(companion.as_mut().ok_or(AttuneError::Closed)?).map_err(Into::into)
    }

    /// Keeps the vault from being freed until the answer is dropped.
    pub(crate) fn enter(&self) -> Result<Inside<'_>, AttuneError> {
        let mut gate = lock(&self.gate);
        if gate.closed {
            return Err(AttuneError::Closed);
        }
        gate.inside += 1;
        Ok(Inside(self))
    }

    /// Lets go of the core. Only the last one out, or a `close` with nobody inside, comes here.
    fn free(&self) {
        // Held to the end: of two that come at once, the second waits until the first has closed the file.
        let mut companion = lock(&self.companion);
        if let Some(companion) = companion.take() {
            // Closed in any case, and what was committed is kept: there is nothing to do about an error.
            let _ = companion.close();
        }
        lock(&self.gate).freed = true;
    }
}

/// A call that is under way.
pub(crate) struct Inside<'a>(&'a Vault);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let last = {
            let mut gate = lock(&self.0.gate);
            gate.inside -= 1;
            gate.closed && gate.inside == 0
        };
        if last {
            self.0.free();
        }
    }
}

/// A lock is never left half done: what panics inside was taken back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An absolute path. A relative one would depend on where the process happens to stand.
pub(crate) fn folder(path: String) -> Result<PathBuf, AttuneError> {
    let absolute = Path::new(&path).is_absolute() && !path.contains('\0');
    if absolute { Ok(path.into()) } else { Err(AttuneError::BAD_INPUT) }
}

/// A passcode or passphrase from its bytes, which are wiped.
pub(crate) fn phrase(mut bytes: Zeroizing<Vec<u8>>) -> Result<Passphrase, AttuneError> {
    let text = String::from_utf8(std::mem::take(&mut *bytes));
    let text = text.map_err(|error| {
        drop(Zeroizing::new(error.into_bytes()));
        AttuneError::BAD_INPUT
    })?;
    let phrase = Passphrase::new(text);
    if phrase.is_empty() { Err(AttuneError::BAD_INPUT) } else { Ok(phrase) }
}
