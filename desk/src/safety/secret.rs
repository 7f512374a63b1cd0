//! Secrets in memory: 32 random bytes as 64 hex digits, compared in constant time.

use attune_core::entropy::{Entropy as _, EntropyError, SystemEntropy};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A random secret as it is written in a link, a cookie or a form.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    /// A new one.
    pub(crate) fn generate() -> Result<Self, EntropyError> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut bytes = Zeroizing::new([0; 32]);
        SystemEntropy::new().fill(bytes.as_mut_slice())?;
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in bytes.iter() {
            text.push(DIGITS[usize::from(byte >> 4)].into());
            text.push(DIGITS[usize::from(byte & 15)].into());
        }
        Ok(Self(text))
    }

    /// As it is written.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// Whether `given` is the same, in a time that does not tell how much of it is.
    pub(crate) fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_64_digits_and_no_two_are_alike() {
        let (one, other) = (Secret::generate().unwrap(), Secret::generate().unwrap());
        assert_eq!(one.text().len(), 64);
        assert!(one.text().bytes().all(|b| b.is_ascii_hexdigit()));
        assert!(one.is(one.text()) && !one.is(other.text()));
        assert!(!one.is("") && !one.is(&one.text()[..63]) && !one.is(&one.text().to_uppercase()));
    }
}
