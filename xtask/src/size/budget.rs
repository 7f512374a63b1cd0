//! The budget, from `bindings/size-budget.toml`.

use crate::place;

const FILE: &str = "bindings/size-budget.toml";

/// The most bytes that the library may have.
///
/// # Errors
/// Says that the file cannot be read, or has no such number.
pub(super) fn read() -> Result<u64, String> {
    let path = place::root().join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{FILE}: {error}"))?;
    parse(&text).ok_or(format!("{FILE} has no line `bytes = NUMBER`"))
}

fn parse(text: &str) -> Option<u64> {
    let value = text.lines().find_map(|line| line.strip_prefix("bytes = "))?;
    let digits = value.split('#').next()?.trim().replace('_', "");
    digits.parse().ok().filter(|bytes| *bytes > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_read() {
        assert_eq!(parse("# reason\nbytes = 2_000_000 # all of it\n"), Some(2_000_000));
        for text in ["", "# bytes = 5\n", "bytes = many\n", "bytes = 0\n"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_file_of_the_tree_has_a_budget() {
        assert!(read().is_ok());
    }
}
