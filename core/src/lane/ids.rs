//! The random ids of the protocol. None of them says anything about a person, and none is printed:
//! an id in a log would tie one line to another.

use std::fmt;

use crate::entropy::{Entropy, EntropyError, random};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id of those bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The id's bytes, as they travel and as they are stored.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// A new random id.
            ///
            /// # Errors
            /// [`EntropyError`] when the source of randomness cannot answer.
            pub fn generate(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
                random(entropy).map(Self)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}

ids! {
    /// One shared choice, from the first share to the last notice.
    CaseId
    /// One text of the practice.
    TextId
    /// One installation of a phone or a desk: new with each install and each restore.
    Incarnation
}
