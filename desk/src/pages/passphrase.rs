//! A new passphrase, typed twice.

use attune_core::vault::Passphrase;
use maud::{Markup, html};

use crate::page::form::{Errors, Field};
use crate::page::words::{say, say_with};
use crate::safety::form::Form;

/// The shortest, in characters, as everywhere in Attune.
const LEAST: usize = 12;
/// The longest, in bytes.
const MOST: usize = 4_096;

/// The passphrase, or what is the matter with it.
pub(super) fn typed(form: &Form, errors: &mut Errors) -> Option<Passphrase> {
    let (first, again) = (form.raw("new"), form.raw("again"));
    if first.chars().count() < LEAST {
        let least = [("count", LEAST.into())];
        errors.add("new", say_with("form-passphrase-short", &least));
    } else if first.len() > MOST {
        errors.add("new", say("form-passphrase-long"));
    } else if first != again {
        errors.add("again", say("form-passphrase-differ"));
    } else {
        return Some(Passphrase::new(first.to_owned()));
    }
    None
}

/// Its two fields. Never filled in again: when something else is the matter, that is said.
pub(super) fn fields(errors: &Errors) -> Markup {
    let again = !errors.is_empty() && errors.of("new").is_none() && errors.of("again").is_none();
    html! {
        @if again { p.notice { (say("form-passphrase-again")) } }
        (Field::new("new", say("pass-new")).hint(say_with("pass-hint", &[("count", LEAST.into())]))
            .errors(errors).passphrase("new-password"))
        (Field::new("again", say("pass-again")).errors(errors).passphrase("new-password"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_passphrase_has_twelve_characters_and_is_typed_twice_alike() {
        let long = "w".repeat(MOST + 1);
        let cases = [
            ("four+words+of+mine", "four+words+of+mine", None),
            ("%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9", "", Some("new")),
            ("", "", Some("new")),
            ("eleven+char", "eleven+char", Some("new")),
            ("four+words+of+mine", "four+words+of+yours", Some("again")),
            ("four+words+of+mine", "four+words+of+mine+", Some("again")),
            (&long, &long, Some("new")),
        ];
        for (new, again, wrong) in cases {
            let form = Form::parse(format!("new={new}&again={again}").as_bytes()).unwrap();
            let mut errors = Errors::default();
            assert_eq!(typed(&form, &mut errors).is_none(), wrong.is_some(), "{new}");
            assert_eq!(wrong.is_some_and(|field| errors.of(field).is_some()), wrong.is_some());
            // It is not written back, whatever was the matter.
            let shown = fields(&errors).into_string();
            assert!(!shown.contains("words") || !shown.contains("of mine"), "{shown}");
            assert!(!shown.contains(" value="), "{shown}");
        }
    }
}
