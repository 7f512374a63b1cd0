//! The one way in: every export runs inside [`guarded`].

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::error::AttuneError;

thread_local! {
    /// Whether this thread is inside of a guarded call.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs a call. A panic becomes [`AttuneError::Internal`]; what it said is neither printed nor passed on, since it
/// might quote a row. A transaction that was open has been taken back by then.
pub(crate) fn guarded<T>(call: impl FnOnce() -> Result<T, AttuneError>) -> Result<T, AttuneError> {
    hush();
    let before = INSIDE.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(call)).unwrap_or(Err(AttuneError::Internal));
    INSIDE.set(before);
    outcome
}

/// Panics inside of a guarded call print nothing; all others are left to whoever else listens.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                others(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_without_its_text() {
        let error = guarded::<()>(|| panic!("marker-7311")).unwrap_err();
        assert_eq!(error, AttuneError::Internal);
        assert!(!format!("{error} {error:?}").contains("marker-7311"));
        assert!(!INSIDE.get());
    }

    #[test]
    fn a_guarded_call_within_another_leaves_the_outer_one_guarded() {
        let inside = guarded(|| {
            guarded(|| Ok(()))?;
            Ok(INSIDE.get())
        });
        assert_eq!(inside, Ok(true));
    }
}
