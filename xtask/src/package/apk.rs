//! A debug APK of the Android app as it is built on Linux: real resources, real bytecode, signed; without the core's
//! library for devices, so it starts nowhere. The one that does comes from the build in `android/` with the SDK.

use std::path::Path;

use super::Needs;
use super::plan::{Call, Step};
use crate::{place, tool};

const NAME: &str = "attune-debug.apk";

/// What is missing on this machine.
pub(super) fn needs() -> Needs {
    let mut needs = Needs::default();
    needs.java();
    needs.0.extend(tool::android_package().err());
    needs
}

/// What is done, in order. Maven builds below `android/target`.
pub(super) fn steps(out: &Path) -> Vec<Step> {
    let wrapper = Call::new("mvn", ["--quiet", "compile"]);
    let app = Call::new("mvn", ["--quiet", "package", "-Papk", "-Dmaven.test.skip=true"]);
    let android = place::root().join("android");
    vec![
        Step::Run(wrapper.within(place::root().join("bindings/kotlin"))),
        Step::Run(app.within(android.clone())),
        Step::Take { from: android.join("target").join(NAME), to: out.join(NAME) },
    ]
}

/// For the message after a package was made.
pub(super) fn made(out: &Path) -> String {
    format!("{} is the app without the core's library", out.join(NAME).display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::tests::rehearsed;

    #[test]
    fn the_wrapper_is_compiled_before_the_app() {
        let rehearsed = rehearsed("package-apk", |out, _| Ok(steps(out)));
        assert_eq!(rehearsed.files(), [NAME]);
        let calls: Vec<bool> =
            rehearsed.commands.iter().map(|call| call.contains("-Papk")).collect();
        assert_eq!(calls, [false, true], "{:?}", rehearsed.commands);
    }
}
