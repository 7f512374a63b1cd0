#!/usr/bin/env bash
# Packs what Maven compiled into a debug APK, signed with a key that is made here for it. The core's library for devices is not in
# it, so it starts nowhere: it shows that the app's part can be turned into what a phone reads. Called by the profile `apk` of pom.xml.
set -euo pipefail

work=$OUT/apk
rm -rf "$work"
mkdir -p "$work/dex" "$work/services" "$work/assets"

# Linked once more, without what only tests bring.
overlays=()
for zip in "$OUT"/flat/main-*.zip "$OUT"/app/*.zip; do overlays+=(-R "$zip"); done
aapt2 link -I "$ANDROID_JAR" --manifest "$OUT/AndroidManifest.xml" --auto-add-overlay --debug-mode \
  --version-code 1 --version-name "$VERSION" -o "$work/unaligned.apk" "${overlays[@]}"

jar --create --no-manifest --file "$work/app.jar" -C "$CLASSES" .
# The file does not end its line.
IFS=: read -ra jars < <(cat "$CLASSPATH_FILE"; echo)
java -cp "$R8" com.android.tools.r8.D8 --debug --min-api "$MIN_SDK" --lib "$ANDROID_JAR" --output "$work/dex" \
  "$work/app.jar" "${jars[@]}"
for jar in "${jars[@]}"; do
  # 11: a jar that offers no service.
  unzip -qo "$jar" 'META-INF/services/*' -d "$work/services" 2>/dev/null || [ $? -eq 11 ]
done
(cd "$work/dex" && zip -q -X "$work/unaligned.apk" classes*.dex)
(cd "$work/services" && zip -q -X -r "$work/unaligned.apk" .)

zipalign -f -p 4 "$work/unaligned.apk" "$work/aligned.apk"
key=$OUT/debug.p12
if [ ! -f "$key" ]; then
  keytool -genkeypair -keystore "$key" -storetype PKCS12 -storepass android -alias debug -keyalg EC -groupname secp256r1 \
    -validity 10000 -dname 'CN=Attune debug' 2>/dev/null
fi
apksigner sign --ks "$key" --ks-pass pass:android --min-sdk-version "$MIN_SDK" --out "$APK" "$work/aligned.apk"
apksigner verify --min-sdk-version "$MIN_SDK" "$APK"
