#!/usr/bin/env bash
# Plants typical mistakes in copies of the views, one at a time: the check of the views has to refuse each, for the reason
# that is named here. What is not refused would reach a Mac, or a person.
#
#     tools/planted.sh BUILD      BUILD is where the package was built: `swift build --scratch-path BUILD`
#
# A file is checked alone, against the modules that are built already: a second or two for each.
set -euo pipefail
cd "$(dirname "$0")/.."
BUILD=${1:?"where the package was built"}
MODULES=$(find "$BUILD" -type d -name Modules -path '*debug*' | head -n 1)
[ -n "$MODULES" ] || { echo "planted: nothing is built in $BUILD" >&2; exit 1; }
HEADERS=$PWD/../bindings/swift/Sources/AttuneFFI
COPY=$(mktemp -d)
trap 'rm -rf "$COPY"' EXIT
failed=0
planted=0

# Checks one file of the copy.
check() {
  local others=()
  while IFS= read -r -d '' file; do
    [ "$file" = "$COPY/$1" ] || others+=("$file")
  done < <(find "$COPY" -name '*.swift' -print0)
  swiftc -frontend -typecheck -swift-version 6 -parse-as-library -module-name AttuneUI -I "$MODULES" -I "$HEADERS" \
    -Xcc "-fmodule-map-file=$HEADERS/module.modulemap" -primary-file "$COPY/$1" "${others[@]}" 2>&1
}

# WHAT FILE SED SAID: plants a mistake in a file by a command of sed. The compiler has to say SAID.
plant() {
  local what=$1 file=$2 change=$3 said=$4 output
  rm -rf "${COPY:?}"/*
  cp -R Sources/AttuneUI/. "$COPY"
  planted=$((planted + 1))
  # What is refused without a mistake proves nothing.
  if ! output=$(check "$file"); then
    echo "planted: $file is refused as it is:"$'\n'"$output"
    failed=$((failed + 1))
    return
  fi
  sed -i -E "$change" "$COPY/$file"
  if cmp -s "$COPY/$file" "Sources/AttuneUI/$file"; then
    echo "planted: $what: nothing was planted in $file"
    failed=$((failed + 1))
  elif output=$(check "$file"); then
    echo "planted: $what: $file was not refused"
    failed=$((failed + 1))
  elif ! grep -qE "error: .*$said" <<<"$output"; then
    echo "planted: $what: $file was refused for something else:"$'\n'"$output"
    failed=$((failed + 1))
  fi
}

plant "a misspelt property" Screens/Home.swift \
  's/state\.moments\.isEmpty/state.momments.isEmpty/' "has no member 'momments'"
plant "a missing await" Screens/Scan.swift \
  's/await //' "'async' but is not marked with 'await'"
plant "a value where a binding is wanted" Screens/Moment.swift \
  's/text: Binding\(.*$/text: state.words)/' "cannot convert value of type 'String' to expected argument type 'Binding<String>'"
plant "an unknown modifier" Screens/Pick.swift \
  's/\.accessibilityIdentifier\(/.accessibilityIdentifer(/' "has no member 'accessibilityIdentifer'"
plant "a case that a switch leaves out" Texts/AppTexts.swift \
  '/case \.undone:/d' "switch must be exhaustive"
plant "a wrong label of an argument" Screens/Home.swift \
  's/more: line\.choice/extra: line.choice/' "extra argument 'extra' in call"
plant "a text that is not in the catalog" Screens/FirstRun.swift \
  's/\.privacyOne/.privacyOnce/' "has no member 'privacyOnce'"
plant "a text of the view's own" Screens/Privacy.swift \
  's/Line\(\.privacyOne\)/Line("Private")/' "cannot convert value of type 'String' to expected argument type 'Words'"
plant "an event of another screen" Screens/Moments.swift \
  's/on\(\.older\)/on(.undo)/' "has no member 'undo'"
plant "a placeholder of another kind" Screens/Moment.swift \
  's/momentWordsLeft\(count: left\)/momentWordsLeft(count: state.words)/' "cannot convert value of type 'String' to expected argument type 'Int'"
plant "a state that a view changes by itself" Screens/Home.swift \
  's/private func open\(_ route: Route\) \{ /private func open(_ route: Route) { state.looking = true; /' "cannot assign to property: 'state' is a 'let' constant"
plant "an event from another thread" Screens/Home.swift \
  's/\{ on\(\.mark\) \}/{ Task.detached { on(.mark) } }/' "'async' but is not marked with 'await'"

echo "planted: $((planted - failed)) of $planted mistakes were refused"
[ "$failed" = 0 ]
