//! Which crate a piece of the library comes from.
//!
//! C objects tell it by their archive. All Rust code is one object after link-time optimisation, so there
//! it is read from the function's mangled name: rustc's older form (`_ZN5alloc3vec...`) and its newer
//! one (`_RNvCs1a2b_5alloc...`, RFC 2603).

use super::map::Piece;

/// The name under which a piece is counted.
pub(super) fn part<'a>(piece: &Piece<'a>) -> &'a str {
    if piece.object == "<internal>" {
        return match piece.section {
            ".rela.dyn" | ".rela.plt" => "(relocations)",
            ".eh_frame_hdr" => "(unwinding index)",
            ".rodata" => "(merged constants)",
            _ => "(the linker's own)",
        };
    }
    let file = piece.object.rsplit('/').next().unwrap_or_default();
    if !file.ends_with(".rcgu.o") {
        return archive(file);
    }
    match piece.section {
        // These carry no name of a crate: one table for all.
        ".eh_frame" => "(unwinding, Rust)",
        _ => rust(piece.name),
    }
}

/// `liblibsqlite3_sys-1c957c7051404168.rlib(x.o)` is `libsqlite3_sys (C)`.
fn archive(file: &str) -> &str {
    for (start, name) in [
        ("liblibsqlite3_sys-", "SQLite, SQLCipher (C)"),
        ("libring-", "ring (C, assembly)"),
        ("libcompiler_builtins-", "compiler_builtins"),
    ] {
        if file.starts_with(start) {
            return name;
        }
    }
    "(C start files)"
}

/// The crate that a function, or what belongs to one, is from.
fn rust(section: &str) -> &str {
    let Some(mangled) = section.find("_ZN").or_else(|| section.find("_R")) else {
        // What UniFFI exports keeps its plain name, with the facade inlined.
        let ours = section.contains("uniffi_attune_ffi") || section.contains("ffi_attune_ffi");
        return if ours { "attune_ffi" } else { "(constants, Rust)" };
    };
    let symbol = &section[mangled..];
    let name = if symbol.starts_with("_ZN") { older(symbol) } else { newer(symbol) };
    name.unwrap_or("(constants, Rust)")
}

/// `_ZN4core3fmt5write17h...E`; `_ZN62_$LT$alloc..vec..Vec$LT$T$GT$$u20$as...`: its first path.
fn older(symbol: &str) -> Option<&str> {
    let rest = symbol.strip_prefix("_ZN")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let mut segment = rest[digits..].get(..rest[..digits].parse().ok()?)?;
    // What stands before a type's name: brackets, references, `dyn`, a space.
    while let Some(after) = segment.strip_prefix('_').or_else(|| segment.strip_prefix('$')) {
        segment = match after.split_once('$') {
            Some((escape, rest)) if is_escape(escape) => rest,
            _ => after,
        };
        for word in ["mut$u20$", "dyn$u20$", "const$u20$"] {
            segment = segment.strip_prefix(word).unwrap_or(segment);
        }
    }
    let end = segment.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let name = &segment[..end.unwrap_or(segment.len())];
    // A bare type parameter names no crate.
    (name.len() > 1).then_some(name)
}

fn is_escape(text: &str) -> bool {
    ["LT", "GT", "RF", "BP", "C", "LP", "RP", "SP"].contains(&text)
        || text.strip_prefix('u').is_some_and(|code| u32::from_str_radix(code, 16).is_ok())
}

/// `..NtCsgEmfK2I1SDS_4core4cell...`: the first crate root, `C`, a disambiguator, a length, a name.
fn newer(symbol: &str) -> Option<&str> {
    for (at, _) in symbol.match_indices("Cs") {
        let Some((hash, rest)) = symbol[at + 2..].split_once('_') else {
            continue;
        };
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let name = rest[..digits].parse().ok().and_then(|length| rest[digits..].get(..length));
        if let Some(name) = name.filter(|_| hash.chars().all(|c| c.is_ascii_alphanumeric())) {
            return Some(name);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(section: &str, object: &str, name: &str, wanted: &str) {
        assert_eq!(part(&Piece { section, object, name, size: 1 }), wanted, "{name}");
    }

    #[test]
    fn rust_code_is_counted_by_crate() {
        for (name, wanted) in [
            (".text._ZN11attune_core5vault5Vault5write17h4721339de367ca28E", "attune_core"),
            (".text.unlikely._ZN4core9panicking5panic17h0E", "core"),
            (
                ".text._ZN62_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..fmt..Debug$GT$3fmt17h0E",
                "alloc",
            ),
            (
                ".text._ZN60_$LT$$RF$mut$u20$chrono..Days$u20$as$u20$core..fmt..Debug$GT$3fmt17h0E",
                "chrono",
            ),
            (
                ".text._ZN53_$LT$T$u20$as$u20$core..convert..Into$LT$U$GT$$GT$4into17h0E",
                "(constants, Rust)",
            ),
            (
                ".text._RNvMs_NtNtNtCsjrHSEGnQ3l9_3std12backtrace_rs9symbolize5gimliNtB4_7Context3new",
                "std",
            ),
            (".text._RINvNtNtCsduwmD7cSIQq_5gimli4read4unit15parse_attribute", "gimli"),
            (".text.uniffi_attune_ffi_fn_method_vault_flag", "attune_ffi"),
            (".rodata..Lanon.1", "(constants, Rust)"),
        ] {
            check(".text", "x/deps/attune_ffi.0.rcgu.o", name, wanted);
        }
    }

    #[test]
    fn the_rest_is_counted_by_archive_and_kind() {
        let sqlite = "x/liblibsqlite3_sys-1c.rlib(ab-sqlite3.o)";
        check(".text", sqlite, ".text.sqlite3_open", "SQLite, SQLCipher (C)");
        check(".text", "x/libring-7.rlib(ab-curve25519.o)", ".text", "ring (C, assembly)");
        check(".rela.dyn", "<internal>", ".rela.dyn", "(relocations)");
        check(".init", "/usr/lib/crti.o", ".init", "(C start files)");
        check(".eh_frame", "x/attune_ffi.0.rcgu.o", ".eh_frame", "(unwinding, Rust)");
    }
}
