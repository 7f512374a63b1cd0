//! A button that is pressed twice: the second press gets the answer of the first, and nothing is done again.
//!
//! Each form that writes carries a token, and what counts as the same press is the whole form with it: a
//! page that a browser kept, with other words typed into it, is another write and is not passed over.

use std::collections::VecDeque;
use std::sync::Arc;

use ring::digest::{Context, SHA256};
use tokio::sync::Mutex;

use super::form::Form;

/// The name of the token's field.
pub(crate) const ONCE: &str = "once";
/// Presses that are remembered.
const MOST: usize = 64;

/// Where a press led, once it is known. Held while it is being done, so that a second one waits.
pub(crate) type Led = Arc<Mutex<Option<String>>>;

/// The presses of late, the oldest first. Only digests: nothing of a form can be read from them.
#[derive(Default)]
pub(crate) struct Presses(VecDeque<([u8; 32], Led)>);

impl Presses {
    /// What is known of that press; `None` for a form without a token.
    pub(crate) fn of(&mut self, path: &str, form: &Form) -> Option<Led> {
        if form.raw(ONCE).is_empty() {
            return None;
        }
        let press = digest(path, form);
        if let Some((_, led)) = self.0.iter().find(|(known, _)| *known == press) {
            return Some(Arc::clone(led));
        }
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        let led = Led::default();
        self.0.push_back((press, Arc::clone(&led)));
        Some(led)
    }
}

fn digest(path: &str, form: &Form) -> [u8; 32] {
    let mut hash = Context::new(&SHA256);
    let pairs = form.names().zip(form.values());
    for text in std::iter::once(path).chain(pairs.flat_map(|(name, value)| [name, value])) {
        hash.update(&(text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    let mut out = [0; 32];
    out.copy_from_slice(hash.finish().as_ref());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Form {
        Form::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn the_same_form_is_the_same_press_and_any_other_is_not() {
        let mut presses = Presses::default();
        let one = presses.of("/a", &form("once=1&what=x")).unwrap();
        assert!(Arc::ptr_eq(&one, &presses.of("/a", &form("once=1&what=x")).unwrap()));
        for (path, other) in [
            ("/b", "once=1&what=x"),
            ("/a", "once=2&what=x"),
            ("/a", "once=1&what=y"),
            ("/a", "once=1&what=x&more="),
            ("/a", "once=1&wha=tx"),
        ] {
            assert!(!Arc::ptr_eq(&one, &presses.of(path, &form(other)).unwrap()), "{other}");
        }
        assert!(presses.of("/a", &form("what=x")).is_none());
    }

    #[test]
    fn only_the_presses_of_late_are_remembered() {
        let mut presses = Presses::default();
        let first = presses.of("/a", &form("once=first")).unwrap();
        for at in 0..MOST {
            presses.of("/a", &form(&format!("once={at}")));
        }
        assert_eq!(presses.0.len(), MOST);
        assert!(!Arc::ptr_eq(&first, &presses.of("/a", &form("once=first")).unwrap()));
    }
}
