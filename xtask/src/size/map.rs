//! The map that LLVM's linker writes, which rustc links with on x86-64 Linux.
//!
//! Columns: two addresses, the size (all hexadecimal), the alignment, and a name that is indented by
//! what it is: not for an output section, eight spaces for what came from one object, sixteen for a symbol.

/// What one object gave to one section of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The library's section: `.text`.
    pub(super) section: &'a str,
    /// The file it came from, with the archive before it; `<internal>` is the linker's own.
    pub(super) object: &'a str,
    /// The object's section, which has the name of its function: `.text.sqlite3_open`.
    pub(super) name: &'a str,
    pub(super) size: u64,
}

/// The pieces that are in the file. `None` if this is no such map.
pub(super) fn pieces(map: &str) -> Option<Vec<Piece<'_>>> {
    let mut lines = map.lines();
    let head: Vec<&str> = lines.next()?.split_whitespace().collect();
    if head != ["VMA", "LMA", "Size", "Align", "Out", "In", "Symbol"] {
        return None;
    }
    let mut pieces = Vec::new();
    let mut section = "";
    for line in lines {
        let (size, rest) = columns(line)?;
        let name = rest.trim_start();
        match rest.len() - name.len() {
            0 => section = name,
            // Zeros take room in memory, not in the file.
            8 if !is_empty_in_file(section) => {
                let Some((object, inner)) = name.rsplit_once(":(") else {
                    continue;
                };
                pieces.push(Piece { section, object, name: inner.trim_end_matches(')'), size });
            }
            _ => {}
        }
    }
    (!pieces.is_empty()).then_some(pieces)
}

fn is_empty_in_file(section: &str) -> bool {
    [".bss", ".tbss", ".relro_padding"].contains(&section)
}

/// The size, and what stands after the one space that follows the four numbers.
fn columns(line: &str) -> Option<(u64, &str)> {
    let mut rest = line;
    let mut size = 0;
    for column in 0..4 {
        rest = rest.trim_start();
        let end = rest.find(' ')?;
        if column == 2 {
            size = u64::from_str_radix(&rest[..end], 16).ok()?;
        }
        rest = &rest[end..];
    }
    Some((size, rest.strip_prefix(' ')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "\
             VMA              LMA     Size Align Out     In      Symbol
             2a8              2a8       24     4 .note.gnu.build-id
             2a8              2a8       24     4         <internal>:(.note.gnu.build-id)
           225a8            225a8     7d94     4 .text
           225a8            225a8       14     4         a/deps/attune_ffi.cgu.0.rcgu.o:(.text._ZN3foo3bar17h0E)
           225a8            225a8        0     1                 _ZN3foo3bar17h0E
           225bc            225bc       20     4         a/libring.rlib(x-curve.o):(.text)
           22600            22600        8     1         . = ALIGN(8)
           30000            30000      100     8 .bss
           30000            30000      100     8         a/libring.rlib(x-curve.o):(.bss.table)
";

    #[test]
    fn pieces_are_read_with_their_section_and_object() {
        let read = pieces(MAP).unwrap();
        let sizes: Vec<_> = read.iter().map(|piece| (piece.section, piece.size)).collect();
        assert_eq!(sizes, [(".note.gnu.build-id", 0x24), (".text", 0x14), (".text", 0x20)]);
        assert_eq!(read[1].name, ".text._ZN3foo3bar17h0E");
        assert_eq!(read[2].object, "a/libring.rlib(x-curve.o)");
    }

    #[test]
    fn what_is_no_such_map_is_no_map() {
        for text in ["", "Memory Configuration\n", &MAP[..77], &MAP.replace("7d94", "size")] {
            assert_eq!(pieces(text), None, "{text}");
        }
    }
}
