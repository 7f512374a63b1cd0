//! "Now", from outside.

use chrono::{DateTime, FixedOffset};

/// A clock, in the desk's own zone. Tests bring their own, which stands still until it is moved.
pub trait Clock: Send + Sync {
    /// What it says.
    fn now(&self) -> DateTime<FixedOffset>;
}

impl<F: Fn() -> DateTime<FixedOffset> + Send + Sync> Clock for F {
    fn now(&self) -> DateTime<FixedOffset> {
        self()
    }
}
