//! Which text a page was made from. A form carries it, and a write whose page was made from another text
//! than the one that is kept now would put away words that nobody saw.

use maud::{Markup, html};
use ring::digest::{Context, SHA256};

use crate::safety::form::Form;

/// The name of the field.
pub(crate) const BASE: &str = "base";

/// A text in its parts, as its digest: the first half of a SHA-256, in hex. Empty for a text in which
/// nothing is written, and so for a form that does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Base(String);

impl Base {
    /// Of the text that is kept.
    pub(crate) fn of(parts: &[&str]) -> Self {
        if parts.iter().all(|part| part.is_empty()) {
            return Self::default();
        }
        let mut hash = Context::new(&SHA256);
        for part in parts {
            // With its length before it: where one part ends is a part of the text.
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let half =
            hash.finish().as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self(half)
    }

    /// As the form says.
    pub(crate) fn said(form: &Form) -> Self {
        Self(form.raw(BASE).to_owned())
    }

    /// As it is written.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// The field, which is carried along unseen.
    pub(crate) fn field(&self) -> Markup {
        html! { input type="hidden" name=(BASE) value=(self.0); }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_text_has_another_digest_and_none_has_none() {
        let texts: [&[&str]; 5] = [&["ab", ""], &["a", "b"], &["", "ab"], &["ab"], &["ab", "", ""]];
        for (at, one) in texts.iter().enumerate() {
            assert_eq!(Base::of(one).text().len(), 32);
            assert!(texts[..at].iter().all(|other| Base::of(one) != Base::of(other)), "{one:?}");
        }
        assert_eq!(Base::of(&["", ""]), Base::said(&Form::default()));
    }
}
