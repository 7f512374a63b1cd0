#!/usr/bin/env bash
# What the Android plugin of Gradle would do before Kotlin is compiled: unpacks the AARs, takes over the wrapper's classes,
# links resources and manifest, compiles the R classes. Called by pom.xml, which sets the variables.
#
# Each part is left as it is while what it is made from has not changed.
set -euo pipefail

stamp_of() { sha256sum | cut -d' ' -f1; }
is_fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

libraries() {
  rm -rf "$OUT/aar" "$OUT/flat" "$CLASSES" "$TEST_CLASSES" "$OUT"/*.stamp "${OUT%/android}/kotlin-ic"
  mkdir -p "$OUT/flat" "$CLASSES" "$TEST_CLASSES"
  for kind in main test; do
    local into=$CLASSES
    [ $kind = main ] || into=$TEST_CLASSES
    for aar in "$AARS/$kind"/*.aar; do
      local folder
      folder=$OUT/aar/$kind/$(basename "$aar" .aar)
      mkdir -p "$folder"
      # 11: a pattern that matches nothing; few AARs have all of it.
      unzip -qo "$aar" -d "$folder" AndroidManifest.xml classes.jar 'res/*' 'libs/*' 2>/dev/null || [ $? -eq 11 ]
      for jar in "$folder"/classes.jar "$folder"/libs/*.jar; do
        [ ! -f "$jar" ] || unzip -qo "$jar" -d "$into"
      done
      if [ -n "$(find "$folder/res" -type f 2>/dev/null | head -1)" ]; then
        aapt2 compile --dir "$folder/res" -o "$OUT/flat/$kind-$(basename "$aar" .aar).zip"
      fi
    done
  done
}

wrapper() {
  # Classes that it had before and no longer has.
  if [ -d "$CLASSES/org/attune" ]; then
    find "$CLASSES/org/attune" -mindepth 1 -maxdepth 1 ! -name app -exec rm -r {} +
  fi
  for module in ffi attune; do
    cp -r "$WRAPPER/$module/target/classes/." "$CLASSES"
  done
}

# The manifest that is linked: without what only the merger of the Android plugin reads or the linker here does not know, with what
# only that merger would add.
manifest() {
  sed -e '/tools:node="/d' -e 's/ xmlns:tools="[^"]*"//' \
    -e 's/<manifest /<manifest package="org.attune.app" /' \
    -e "s|^</manifest>|  <uses-sdk android:minSdkVersion=\"$MIN_SDK\" android:targetSdkVersion=\"$TARGET_SDK\" />\n</manifest>|" \
    "$APP/src/main/AndroidManifest.xml"
}

resources() {
  local overlays=() packages=''
  for zip in "$OUT"/flat/*.zip; do overlays+=(-R "$zip"); done
  for xml in "$OUT"/aar/*/*/AndroidManifest.xml; do
    packages+=":$(grep -oE 'package="[^"]+"' "$xml" | head -1 | cut -d'"' -f2)"
  done
  # Later ones win: the app's over the libraries', the debug build's over the app's.
  mkdir -p "$OUT/app" "$OUT/r" "$OUT/assets"
  for kind in main debug; do
    [ -d "$APP/src/$kind/res" ] || continue
    aapt2 compile --dir "$APP/src/$kind/res" -o "$OUT/app/$kind.zip"
    overlays+=(-R "$OUT/app/$kind.zip")
  done
  manifest >"$OUT/AndroidManifest.xml"
  rm -rf "$OUT/r"
  aapt2 link -I "$ANDROID_JAR" --manifest "$OUT/AndroidManifest.xml" --auto-add-overlay --non-final-ids --debug-mode \
    --version-code 1 --version-name "$VERSION" --java "$OUT/r" --extra-packages "${packages#:}" \
    -o "$OUT/resources.ap_" "${overlays[@]}"
  find "$OUT/r" -name R.java >"$OUT/r.txt"
  javac -nowarn -proc:none --release 17 -d "$CLASSES" "@$OUT/r.txt"
}

if [ ! -d "$WRAPPER/attune/target/classes/org/attune" ] || [ ! -d "$WRAPPER/ffi/target/classes/org/attune" ]; then
  echo "The wrapper is not built. Build it with: mvn -q -f bindings/kotlin/pom.xml compile" >&2
  exit 1
fi

mkdir -p "$OUT"
now=$( (cat "$0"; cd "$AARS"; find main test -name '*.aar' -printf '%p %s\n' | sort) | stamp_of)
if ! is_fresh "$OUT/libraries.stamp" "$now" || [ ! -d "$CLASSES" ]; then
  libraries
  echo "$now" >"$OUT/libraries.stamp"
fi

now=$( (cd "$WRAPPER"; find ffi/target/classes attune/target/classes -type f -printf '%p %s %T@\n' | sort) | stamp_of)
if ! is_fresh "$OUT/wrapper.stamp" "$now"; then
  wrapper
  echo "$now" >"$OUT/wrapper.stamp"
fi

now=$( (echo "$MIN_SDK $TARGET_SDK $VERSION"; cd "$APP/src"; cat main/AndroidManifest.xml;
  find . -path '*/res/*' -type f -print0 | sort -z | xargs -0 sha256sum) | stamp_of)
if ! is_fresh "$OUT/resources.stamp" "$now"; then
  resources
  echo "$now" >"$OUT/resources.stamp"
fi
