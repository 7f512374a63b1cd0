#!/usr/bin/env python3
"""What no compiler reads: plists, the privacy manifest, the asset catalog, project.yml.

    ios/tools/check.py                      all checks; ends with `N passed, M failed`
    ios/tools/check.py --library FILE.a     and compares the privacy manifest with what a static library imports

With the library for iOS the manifest has to say exactly what is imported. With one for another system, whose names of
the same calls differ, it has to say no less.
"""
import argparse
import json
import pathlib
import plistlib
import re
import shutil
import struct
import subprocess
import sys

IOS = pathlib.Path(__file__).resolve().parent.parent
APP = IOS / "App"
TREE = IOS.parent

# Apple's list of what an app has to give a reason for, by category: symbols of C, then names in Swift.
CATEGORIES = {
    "FileTimestamp": (
        ["stat", "fstat", "fstatat", "lstat", "getattrlist", "getattrlistbulk", "fgetattrlist", "getattrlistat"],
        ["creationDate", "modificationDate", "fileModificationDate", "contentModificationDateKey", "creationDateKey"],
    ),
    "SystemBootTime": (["mach_absolute_time"], ["systemUptime", "mach_absolute_time"]),
    "DiskSpace": (
        ["statfs", "statvfs", "fstatfs", "fstatvfs"],
        ["volumeAvailableCapacityKey", "volumeAvailableCapacityForImportantUsageKey", "systemFreeSize", "systemSize"]
        + ["volumeAvailableCapacityForOpportunisticUsageKey", "volumeTotalCapacityKey"],
    ),
    "ActiveKeyboards": ([], ["activeInputModes"]),
    "UserDefaults": ([], ["UserDefaults", "AppStorage"]),
}
# Reasons that are true of this app. C617.1: files in its own container. E174.1: SQLite asks on Apple's systems what
# kind of disk a file is on, before it writes.
REASONS = {"FileTimestamp": {"C617.1"}, "DiskSpace": {"E174.1"}}
PREFIX = "NSPrivacyAccessedAPICategory"


def plist(path):
    with open(APP / path, "rb") as file:
        return plistlib.load(file)


def texts():
    catalog = json.loads((APP / "Resources/Localizable.xcstrings").read_text("utf-8"))
    units = (entry.get("localizations", {}).get("en", {}) for entry in catalog["strings"].values())
    return {unit["stringUnit"]["value"] for unit in units if "stringUnit" in unit}


def declared():
    types = plist("Resources/PrivacyInfo.xcprivacy")["NSPrivacyAccessedAPITypes"]
    return {
        entry["NSPrivacyAccessedAPIType"].removeprefix(PREFIX): set(entry["NSPrivacyAccessedAPITypeReasons"])
        for entry in types
    }


def sources(*folders):
    for folder in folders:
        yield from sorted((IOS / folder).rglob("*.swift"))


def the_app_says_what_it_may_do():
    info = plist("Info.plist")
    asked = {key for key in info if key.endswith("UsageDescription")}
    assert asked == {"NSCameraUsageDescription", "NSFaceIDUsageDescription"}, asked
    known = texts()
    for key in asked:
        assert info[key] in known, f"{key} is no text of copy/"
    assert info["UIBackgroundModes"] == ["fetch"]
    assert info["UIApplicationSceneManifest"] == {"UIApplicationSupportsMultipleScenes": False}
    for key in ("UIFileSharingEnabled", "LSSupportsOpeningDocumentsInPlace", "NSUserActivityTypes"):
        assert not info.get(key), key


def the_name_is_neutral():
    assert plist("Info.plist")["CFBundleDisplayName"] == "Attune"


def the_look_in_the_background_has_one_name():
    names = plist("Info.plist")["BGTaskSchedulerPermittedIdentifiers"]
    swift = (IOS / "Sources/AttunePlatform/Looking/AppleTasks.swift").read_text("utf-8")
    assert names == re.findall(r'static let name = "([^"]+)"', swift), names


def a_pairing_link_opens_the_app():
    (kind,) = plist("Info.plist")["CFBundleURLTypes"]
    (scheme,) = kind["CFBundleURLSchemes"]
    core = (TREE / "core/src/pairing/code.rs").read_text("utf-8")
    assert f'"{scheme}://"' in core, "the core's links begin otherwise"


def nothing_goes_out_in_the_clear():
    release, debug = plist("Info.plist"), plist("Info-Debug.plist")
    assert release.pop("NSAppTransportSecurity") == {"NSAllowsArbitraryLoads": False}
    security = debug.pop("NSAppTransportSecurity")
    hosts = security.pop("NSExceptionDomains")
    assert security == {"NSAllowsArbitraryLoads": False}
    loopback = {host: {"NSExceptionAllowsInsecureHTTPLoads": True} for host in ("127.0.0.1", "localhost")}
    assert hosts == loopback, "this device alone"
    assert release == debug, "the two differ in nothing else"


def files_are_protected_and_shared_with_nobody():
    assert plist("Attune.entitlements") == {
        "com.apple.developer.default-data-protection": "NSFileProtectionCompleteUntilFirstUserAuthentication"
    }


def the_manifest_says_that_nothing_is_collected():
    manifest = plist("Resources/PrivacyInfo.xcprivacy")
    assert manifest["NSPrivacyTracking"] is False
    assert manifest["NSPrivacyTrackingDomains"] == [] and manifest["NSPrivacyCollectedDataTypes"] == []
    assert declared() == REASONS, declared()


def our_own_code_needs_no_reason_that_is_not_given():
    given = set(declared())
    for path in sources("Sources", "App/Sources"):
        code = "\n".join(line.split("//")[0] for line in path.read_text("utf-8").splitlines())
        for category, (_, names) in CATEGORIES.items():
            found = [name for name in names if re.search(rf"\b{name}\b", code)]
            assert not found or category in given, f"{path.relative_to(IOS)}: {found}"


def imports(library):
    """The names that a static library leaves open, and whether it is Apple's kind."""
    tool = next((name for name in ("llvm-nm", "nm", "llvm-nm-14", "llvm-nm-17") if shutil.which(name)), None)
    assert tool, "no nm is there"
    done = subprocess.run([tool, "-u", str(library)], capture_output=True, text=True, check=False)
    names = {line.split()[-1] for line in done.stdout.splitlines() if line.strip() and not line.endswith(":")}
    assert len(names) > 50, f"{library} tells only {len(names)} names: {done.stderr[:200]}"
    apple = "_malloc" in names or "_memcpy" in names
    return {name.removeprefix("_") if apple else name for name in names}, apple


def the_manifest_is_true_to(library):
    names, apple = imports(library)
    found = {}
    for category, (symbols, _) in CATEGORIES.items():
        # Elsewhere the same call has other names as well: stat64, or fstatat64 and statx in place of it.
        there = [s for s in symbols if s in names or f"{s}64" in names]
        if there:
            found[category] = there
    assert "FileTimestamp" in found, "a library that opens files asks for their size: these are not the right names"
    given = set(declared())
    assert set(found) <= given, f"imported and not declared: {found}"
    if apple:
        assert given <= set(found), f"declared, and not imported: {given - set(found)}"


def the_icons_are_there():
    folder = APP / "Resources/Assets.xcassets/AppIcon.appiconset"
    images = json.loads((folder / "Contents.json").read_text("utf-8"))["images"]
    assert [image["filename"] for image in images] == ["light.png", "dark.png", "tinted.png"]
    for image in images:
        head = (folder / image["filename"]).read_bytes()[:26]
        assert head[:8] == b"\x89PNG\r\n\x1a\n", image["filename"]
        width, height, depth, colours = struct.unpack(">IIBB", head[16:26])
        assert (width, height, depth, colours) == (1024, 1024, 8, 2), "1024 square, and not transparent"
    listed = {image["filename"] for image in images} | {"Contents.json"}
    assert {path.name for path in folder.iterdir()} == listed


def every_catalog_folder_says_what_it_is():
    assets = APP / "Resources/Assets.xcassets"
    for folder in [assets, *(path for path in assets.rglob("*") if path.is_dir())]:
        info = json.loads((folder / "Contents.json").read_text("utf-8"))["info"]
        assert info == {"author": "xcode", "version": 1}, folder


def the_project_names_what_is_there():
    try:
        import yaml
    except ImportError:
        raise AssertionError("PyYAML is missing: apt-get install python3-yaml") from None
    project = yaml.safe_load((APP / "project.yml").read_text("utf-8"))
    manifest = (IOS / "Package.swift").read_text("utf-8")
    product = re.search(r'\.library\(name: "(\w+)"', manifest).group(1)
    oldest = re.search(r"\.iOS\(\.v(\d+)\)", manifest).group(1)
    assert project["options"]["deploymentTarget"]["iOS"] == f"{oldest}.0"
    assert {name: (APP / package["path"]).resolve() for name, package in project["packages"].items()} == {product: IOS}
    app = project["targets"]["Attune"]
    base = app["settings"]["base"]
    files = [source["path"] for target in project["targets"].values() for source in target["sources"]]
    files += [base["INFOPLIST_FILE"], base["CODE_SIGN_ENTITLEMENTS"], app["settings"]["configs"]["Debug"]["INFOPLIST_FILE"]]
    for file in files:
        assert (APP / file).exists(), file
    assert base["INFOPLIST_FILE"] == "Info.plist", "debug builds alone have the other"
    assert base["PRODUCT_BUNDLE_IDENTIFIER"] == "org.attune.app"
    library = (TREE / "bindings/swift/Package.swift").read_text("utf-8")
    modules = set(re.findall(r'\.target\(\s*name: "(\w+)"', manifest + library)) - {base["PRODUCT_MODULE_NAME"]}
    assert {"Attune", "AttuneModel"} <= modules
    for name, target in project["targets"].items():
        module = target["settings"]["base"].get("PRODUCT_MODULE_NAME", name)
        assert module not in modules, f"{name}: the package has a module of that name"
    icon = base["ASSETCATALOG_COMPILER_APPICON_NAME"]
    assert (APP / f"Resources/Assets.xcassets/{icon}.appiconset").is_dir()
    for target in project["targets"].values():
        for needed in target["dependencies"]:
            assert needed.get("product", product) == product
            assert needed.get("target", "Attune") in project["targets"]
    for scheme in project["schemes"].values():
        named = [*scheme["build"]["targets"], *scheme["test"]["targets"]]
        assert set(named) <= set(project["targets"]), named


def the_hosted_workflow_is_marked_as_not_run():
    text = (TREE / ".github/workflows/ios.yml").read_text("utf-8")
    assert "Not run yet" in text.split("on:")[0]


def apple_libraries_are_not_reached_without_a_guard():
    """Each import of a library that Linux lacks stands below `#if canImport`, so that the package builds there."""
    apple = "AVFoundation|BackgroundTasks|CryptoKit|LocalAuthentication|Security|UIKit|UserNotifications"
    for path in sources("Sources", "App/Sources"):
        depth = 0
        for line in path.read_text("utf-8").splitlines():
            word = line.strip()
            depth += word.startswith("#if") - word.startswith("#endif")
            assert depth or not re.match(rf"import ({apple})\b", word), f"{path.relative_to(IOS)}: {word}"


CHECKS = [value for name, value in list(globals().items()) if callable(value) and re.match("(the|a|an|our|every|nothing|files|apple)_", name)]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--library", type=pathlib.Path)
    library = arguments.parse_args().library
    passed = failed = 0
    for check in CHECKS:
        if check is the_manifest_is_true_to and not library:
            continue
        try:
            check(library) if check is the_manifest_is_true_to else check()
            passed += 1
        except Exception as trouble:  # Whatever it is, the check has not held.
            failed += 1
            print(f"{check.__name__}: {trouble!r}", file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
