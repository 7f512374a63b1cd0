//! Writes the Kotlin and Swift files for the library: UniFFI's own command, at this workspace's version.

fn main() {
    uniffi::uniffi_bindgen_main();
}
