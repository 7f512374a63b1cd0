// The wrapper of bindings/kotlin with the core's library for devices: the sources from there, the rest from cargo.
plugins {
    alias(libs.plugins.android.library)
}

val checkout: File = rootDir.parentFile
val kotlinBindings = checkout.resolve("bindings/kotlin")
val generated = layout.buildDirectory.dir("generated/uniffi")
val libraries = layout.buildDirectory.dir("generated/jniLibs")

/** What UniFFI writes from the facade. */
val generate = tasks.register<Exec>("generateBindings") {
    workingDir = checkout
    commandLine("cargo", "xtask", "generate", "kotlin", generated.get().asFile.path)
    outputs.dir(generated)
    // Cargo knows what is fresh.
    outputs.upToDateWhen { false }
}

/** The core for the processors that phones and emulators have. */
val native = tasks.register<Exec>("buildNative") {
    workingDir = checkout
    environment("ANDROID_NDK_HOME", android.ndkDirectory.path)
    commandLine(
        listOf("cargo", "ndk", "--platform", libs.versions.minSdk.get()) +
            listOf("arm64-v8a", "armeabi-v7a", "x86_64").flatMap { listOf("--target", it) } +
            listOf("--output-dir", libraries.get().asFile.path) +
            listOf("rustc", "--package", "attune-bindings", "--lib", "--profile", "shipping", "--crate-type", "cdylib") +
            // Pages of 16 KB: Android 15 on.
            listOf("--", "-C", "link-arg=-Wl,-z,max-page-size=16384"),
    )
    outputs.dir(libraries)
    outputs.upToDateWhen { false }
}

android {
    namespace = "org.attune.bindings"
    compileSdk = libs.versions.compileSdk.get().toInt()
    ndkVersion = libs.versions.ndk.get()
    defaultConfig {
        minSdk = libs.versions.minSdk.get().toInt()
        consumerProguardFiles(kotlinBindings.resolve("consumer-rules.pro"))
    }
    sourceSets.named("main") {
        kotlin.directories.add(kotlinBindings.resolve("attune/src/main/kotlin").path)
        kotlin.directories.add(generated.get().asFile.path)
        jniLibs.directories.add(libraries.get().asFile.path)
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

kotlin {
    compilerOptions { jvmTarget = org.jetbrains.kotlin.gradle.dsl.JvmTarget.JVM_17 }
}

tasks.named("preBuild") { dependsOn(generate, native) }

dependencies {
    api(libs.kotlinx.coroutines.android)
    // The AAR holds JNA's own libraries for devices; its jar would not.
    implementation(variantOf(libs.jna) { artifactType("aar") })
}
