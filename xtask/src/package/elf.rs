//! How the parts of a library are aligned: Android loads none whose parts do not begin at its pages.
//!
//! Format: System V ABI, chapters 4 (ELF header) and 5 (program header), for both word sizes.

/// Android's larger page size.
const PAGE: u64 = 16_384;
const LOADED: u64 = 1;

/// Whether every part that is loaded begins at such a page.
///
/// # Errors
/// Says what is wrong with the file.
pub(super) fn has_large_pages(library: &[u8]) -> Result<(), String> {
    let aligned = alignments(library).ok_or("this is no ELF library of a phone's byte order")?;
    match aligned.iter().min() {
        None => Err("nothing of it is loaded".into()),
        Some(least) if *least < PAGE => Err(format!("linked for pages of {least} bytes")),
        Some(_) => Ok(()),
    }
}

/// The alignment of each part that is loaded.
fn alignments(library: &[u8]) -> Option<Vec<u64>> {
    let is_64 = match library.get(..6)? {
        b"\x7fELF\x02\x01" => true,
        b"\x7fELF\x01\x01" => false,
        _ => return None,
    };
    let (table, entry_size, count, alignment) =
        if is_64 { (32, 54, 56, 48) } else { (28, 42, 44, 28) };
    let word = if is_64 { 8 } else { 4 };
    let start = number(library, table, word)?;
    let size = number(library, entry_size, 2)?;
    let entries = 0..number(library, count, 2)?;
    let mut found = Vec::new();
    for entry in entries {
        let at = usize::try_from(start.checked_add(entry.checked_mul(size)?)?).ok()?;
        if number(library, at, 4)? == LOADED {
            found.push(number(library, at.checked_add(alignment)?, word)?);
        }
    }
    Some(found)
}

/// The little-endian number of so many bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().rev().fold(0, |number, digit| number << 8 | u64::from(*digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header and two parts, of which the second is not loaded.
    fn library(is_64: bool, page: u32) -> Vec<u8> {
        let mut bytes = vec![0; 512];
        bytes[..4].copy_from_slice(b"\x7fELF");
        bytes[4] = if is_64 { 2 } else { 1 };
        bytes[5] = 1;
        let (table, size, count, entry, alignment) =
            if is_64 { (32, 54, 56, 56, 48) } else { (28, 42, 44, 32, 28) };
        bytes[table] = 64;
        bytes[size] = entry;
        bytes[count] = 2;
        for (part, kind, aligned) in [(0, 1, page), (1, 6, 8)] {
            let at = 64 + part * usize::from(entry);
            bytes[at] = kind;
            bytes[at + alignment..at + alignment + 4].copy_from_slice(&aligned.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn pages_of_both_word_sizes_are_read() {
        for is_64 in [true, false] {
            assert_eq!(has_large_pages(&library(is_64, 16_384)), Ok(()));
            assert_eq!(has_large_pages(&library(is_64, 65_536)), Ok(()));
            let small = has_large_pages(&library(is_64, 4_096));
            assert_eq!(small, Err("linked for pages of 4096 bytes".to_owned()));
        }
    }

    #[test]
    fn what_is_no_library_is_told() {
        let mut unloaded = library(true, 16_384);
        unloaded[64] = 4;
        for bytes in [&b""[..], b"a stand-in", &library(true, 16_384)[..80], &unloaded] {
            assert!(has_large_pages(bytes).is_err());
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_very_program_is_read() {
        let own = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert!(alignments(&own).unwrap().iter().all(|page| *page >= 4_096));
    }
}
