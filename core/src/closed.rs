//! `Debug` without what is inside.

/// None of these types prints a key, what a person chose or wrote, or anything that ties two lines together.
macro_rules! closed {
    ($($name:ident)*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        }
    )*};
}

pub(crate) use closed;
