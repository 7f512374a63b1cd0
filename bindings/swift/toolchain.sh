#!/usr/bin/env bash
# Sets up Swift 6.0.3 on x86-64 Debian 12: the packages of Debian 13 (trixie), unpacked into one plain folder.
#
#     bindings/swift/toolchain.sh [DEST]
#     . DEST/env.sh && swift test
#
# No root, no container, nothing installed on the machine itself: the compiler and the programs that it links run on
# trixie's own C library, by absolute path. DEST is `~/.cache/attune/tools/swift` if it is not given.
# It takes 1.5 GB while it works and 1.0 GB after, 480 MB of downloads, one or two minutes. A second call does nothing.
set -euo pipefail
DEST=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/attune/tools/swift}
STAMP="swiftlang-6.0.3 recipe-1" # a change here sets up anew

fail() { echo "swift: $*" >&2; exit 1; }
started=$SECONDS
say() { echo "[swift +$((SECONDS - started))s] $*"; }

case $DEST in /*) ;; *) DEST=$PWD/$DEST ;; esac
case $DEST in *[[:space:]:]*) fail "the folder's name holds a space or a colon, which no search path can: $DEST" ;; esac
mkdir -p "$(dirname "$DEST")"
command -v flock >/dev/null || fail "flock is missing: install util-linux"
exec 9>"$DEST.lock"
flock 9 # two callers at once: the second waits, then finds it ready
if [ "$(cat "$DEST/.stamp" 2>/dev/null || true)" = "$STAMP" ]; then
  echo "swift is ready in $DEST"
  exit 0
fi

# 1. What this needs.
[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
  fail "this set-up is for x86-64 Linux; elsewhere install Swift 6.0 or newer from swift.org"
missing=
for tool in apt-get dpkg-deb tar find gpgv gcc ld.gold; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
[ -z "$missing" ] || fail "missing:$missing. On Debian: apt-get install -y apt dpkg tar findutils gpgv gcc libc6-dev binutils"
echo '#include <stdio.h>' | gcc -E - >/dev/null 2>&1 || fail "C headers are missing: apt-get install -y libc6-dev"
KEYRING=${DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
[ -r "$KEYRING" ] || fail "Debian's keys are not in $KEYRING: apt-get install -y debian-archive-keyring"
# The mirror that this machine's apt uses for Debian itself; it is only known once apt has read its lists.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Component: main' 'Identifier: Packages' | grep -v security | head -n 1 || true
}
MIRROR=${DEBIAN_MIRROR:-$(mirror)}
if [ -z "$MIRROR" ] && [ "$(id -u)" = 0 ]; then
  apt-get -q update
  MIRROR=$(mirror)
fi
[ -n "$MIRROR" ] || fail "no Debian mirror is known: run apt-get update as root, or set DEBIAN_MIRROR"
if [ -d "$DEST" ] && [ ! -e "$DEST/env.sh" ] && [ -n "$(ls -A "$DEST")" ]; then
  fail "$DEST holds something else; name another folder"
fi

WORK=$DEST.tmp
rm -rf "$WORK" "$DEST"
trap 'rm -rf "$WORK"' EXIT
APT=$WORK/apt
TREE=$WORK/tree
mkdir -p "$APT/lists/partial" "$APT/cache/archives/partial" "$APT/empty" "$TREE"
export LC_ALL=C

# 2. An apt of its own that knows only trixie and believes that nothing is installed. It checks signatures as always.
echo "deb [signed-by=$KEYRING] $MIRROR trixie main" >"$APT/sources.list"
cat >"$APT/apt.conf" <<CONF
Dir::Etc::SourceList "$APT/sources.list";
Dir::Etc::SourceParts "$APT/empty";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "$APT/empty";
Dir::State "$APT";
Dir::State::Lists "$APT/lists";
Dir::State::Status "/dev/null";
Dir::State::extended_states "$APT/ext";
Dir::Cache "$APT/cache";
Dir::Log "$APT";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "true";
CONF
export APT_CONFIG=$APT/apt.conf
say "reading the index"
apt-get -q update
# What libswiftlang needs is the runtime; the named ones are what the compiler itself links. What swiftlang needs
# (another gcc, Python, the debugger's libraries) is left out on purpose.
say "downloading"
apt-get -q -y --download-only install \
  libswiftlang libncurses6 libtinfo6 libsqlite3-0 libuuid1 libzstd1 zlib1g libxml2 patchelf
(cd "$APT/cache/archives" && apt-get -q download swiftlang)

# 3. Unpack, without the debugger, the editor's server, and the embedded, static and Apple parts: 1 GB less.
say "unpacking"
unpack() {
  dpkg-deb --fsys-tarfile "$1" | tar -x -C "$TREE" \
    --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='*/gconv' \
    --exclude='*/liblldb*' --exclude='*/bin/lldb*' --exclude='*/bin/clangd' --exclude='*/bin/sourcekit-lsp' \
    --exclude='*/bin/docc' --exclude='*/libsourcekitdInProc.so' --exclude='*/libLTO.so*' \
    --exclude='*/lib/swift/embedded' --exclude='*/lib/swift_static' --exclude='*/FrameworkABIBaseline' \
    --exclude='*/lib/swift/migrator' --exclude='*/bin/repl_swift'
}
for package in "$APT"/cache/archives/*.deb; do
  unpack "$package"
  rm -f "$package"
done

# 4. Compiler and runtime use trixie's C library by absolute path.
say "patching"
SWIFT=usr/libexec/swift
LIBS=usr/lib/x86_64-linux-gnu
LOADER=$DEST/$LIBS/ld-linux-x86-64.so.2
RPATH=$DEST/$SWIFT/lib/swift/linux:$DEST/$SWIFT/lib/swift/host:$DEST/$SWIFT/lib:$DEST/$LIBS
PATCHELF=("$TREE/$LIBS/ld-linux-x86-64.so.2" --library-path "$TREE/$LIBS" "$TREE/usr/bin/patchelf")
is_elf() { [ "$(head -c4 "$1" | tr -d '\0')" = $'\x7fELF' ]; }
while IFS= read -r -d '' file; do
  is_elf "$file" || continue
  case $file in *-static) continue ;; esac
  "${PATCHELF[@]}" --set-interpreter "$LOADER" --force-rpath --set-rpath "$RPATH" "$file"
done < <(find "$TREE/$SWIFT/bin" "$TREE/$SWIFT/libexec" -type f -print0)
while IFS= read -r -d '' file; do
  if is_elf "$file"; then "${PATCHELF[@]}" --force-rpath --set-rpath "$RPATH" "$file"; fi
done < <(find "$TREE/$SWIFT/lib" -type f -name '*.so*' -print0)

# 5. swiftc links by clang: what it links is to run on trixie's C library, too. --allow-shlib-undefined, because its
#    libraries want newer symbols than the machine's own library has when linking, and because Swift 6.0's
#    libswiftObservation.so lacks swift::threading::fatal.
rm -f "$TREE/$SWIFT/bin/clang" "$TREE/$SWIFT/bin/clang++"
for name in clang clang++; do
  mode=
  if [ $name = clang++ ]; then mode=--driver-mode=g++; fi
  cat >"$TREE/$SWIFT/bin/$name" <<WRAP
#!/bin/sh
exec $DEST/$SWIFT/bin/clang-17 $mode "\$@" -Wno-unused-command-line-argument \\
  -Wl,--dynamic-linker=$LOADER -Wl,--disable-new-dtags \\
  -Wl,-rpath,$DEST/$SWIFT/lib/swift/linux:$DEST/$LIBS -Wl,--allow-shlib-undefined
WRAP
  chmod 755 "$TREE/$SWIFT/bin/$name"
done
# Only Swift's own tools go on PATH: cargo's C builds must not see the clang beside them.
mkdir "$TREE/bin"
for name in swift swiftc swift-build swift-test swift-run swift-package swift-format; do
  ln -s "../$SWIFT/bin/$name" "$TREE/bin/$name"
done
printf 'export SWIFT_HOME=%q\nexport SWIFT_DRIVER_CLANG_EXEC=%q\nexport PATH=%q:"$PATH"\n' \
  "$DEST" "$DEST/$SWIFT/bin/clang" "$DEST/bin" >"$TREE/env.sh"
mv "$TREE" "$DEST"

# 6. Prove it: Foundation, concurrency, a macro, the linker, the runtime.
say "trying it"
cat >"$WORK/try.swift" <<'SWIFT'
import Foundation
import Observation
@Observable final class Model { var number = 0 }
@main struct Main {
  static func main() async throws {
    let model = Model()
    model.number = await Task { 41 }.value + 1
    print(String(data: try JSONEncoder().encode(["swift": model.number]), encoding: .utf8)!)
  }
}
SWIFT
"$DEST/bin/swiftc" -parse-as-library "$WORK/try.swift" -module-cache-path "$WORK/modules" -o "$WORK/try"
[ "$("$WORK/try")" = '{"swift":42}' ] || fail "a small program did not do what it says"
echo "$STAMP" >"$DEST/.stamp"
say "swift is ready in $DEST ($(du -sh "$DEST" | cut -f1))"
