package org.attune.app.house

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element

/** Both builds take the same libraries in the same versions, and few. */
class VersionsTest {
    private val pom = Tree.xml(File(Tree.android, "pom.xml"))
    private val catalog = File(Tree.android, "gradle/libs.versions.toml").readLines()
    private val versions = section("[versions]").mapValues { it.value.trim('"') }

    /** What only the build on Linux has: it stands in for the SDK, or is read by the compiler alone. */
    private val onlyOnLinux = setOf("org.robolectric:android-all", "org.jspecify:jspecify")

    @Test
    fun theGradleBuildNamesTheLibrariesOfTheOneThatRuns() {
        val inMaven = (dependencies() + aars("main") + aars("test")).associate { name(it) to version(it) } - onlyOnLinux
        val inGradle = section("[libraries]").values.associate {
            val (module, version) = Regex("""module = "(.*)", version.ref = "(.*)"""").find(it)!!.destructured
            module to versions[version]
        }
        assertTrue(inMaven.size > 50)
        assertEquals(inMaven.toSortedMap(), inGradle.toSortedMap())
    }

    @Test
    fun platformsAndCompilerAreTheSame() {
        assertEquals(property("android.minSdk") to property("android.targetSdk"), versions["minSdk"] to versions["targetSdk"])
        assertEquals(property("kotlin.version"), versions["kotlin"])
        val wrapper = Tree.xml(File(Tree.checkout, "bindings/kotlin/pom.xml"))
        for (name in listOf("kotlin.version", "coroutines.version", "jna.version")) {
            assertEquals(name, wrapper.text(name), property(name))
        }
        assertEquals(wrapper.text("version"), pom.text("version"))
    }

    @Test
    fun theGradleBuildNamesItsLibrariesByTheCatalog() {
        val build = File(Tree.android, "app/build.gradle.kts").readText()
        val named = Regex("""(?m)^    implementation\((.*)\)$""").findAll(build).map { it.groupValues[1] }.toList()
        assertTrue(named.size > 10)
        val aliases = section("[libraries]").keys.map { "libs." + it.replace('-', '.') }
        assertEquals(emptyList<String>(), named - aliases.toSet() - "project(\":attune\")")
        assertTrue("versionName = \"${pom.text("version")}\"" in build)
    }

    @Test
    fun whatShipsIsAShortList() {
        val ships = dependencies().filter { it.scope() in setOf("", "compile", "runtime") } + aars("main")
        val androidx = "activity annotation arch.core autofill collection compose.animation compose.foundation compose.material " +
            "compose.material3 compose.runtime compose.ui concurrent core customview emoji2 graphics lifecycle navigationevent " +
            "profileinstaller savedstate startup tracing versionedparcelable"
        val others = setOf(
            "org.jetbrains.kotlin:kotlin-stdlib",
            "org.jetbrains.kotlinx:kotlinx-coroutines-android",
            "net.java.dev.jna:jna",
            "com.google.zxing:core",
        )
        assertEquals(androidx.split(' ').map { "androidx.$it" }.toSet(), ships.map { it.text("groupId") }.filter { it.startsWith("androidx.") }.toSet())
        assertEquals(others, ships.map(::name).filterNot { it.startsWith("androidx.") }.toSet())
    }

    private fun section(header: String): Map<String, String> =
        catalog.dropWhile { it != header }.drop(1).takeWhile { !it.startsWith("[") }.filter { " = " in it && !it.startsWith("#") }
            .associate { line -> line.substringBefore(" = ") to line.substringAfter(" = ") }

    private fun dependencies(): List<Element> {
        val own = pom.elements("dependencies").first { it.parentNode === pom }
        return own.elements("dependency")
    }

    private fun aars(kind: String): List<Element> =
        pom.elements("configuration").single { it.elements("outputDirectory").firstOrNull()?.textContent == "\${aars}/$kind" }
            .elements("artifactItem")

    /** Maven needs the platform's part by its own name; Gradle finds it by itself. */
    private fun name(artifact: Element): String {
        val group = artifact.text("groupId")
        val name = artifact.text("artifactId").removeSuffix("-jvm")
        return "$group:" + if (group.startsWith("androidx.")) name.removeSuffix("-android") else name
    }

    private fun version(artifact: Element): String =
        property(artifact.text("version").removeSurrounding("\${", "}"))

    private fun property(name: String): String = pom.elements("properties").first { it.parentNode === pom }.text(name)

    private fun Element.scope(): String = elements("scope").firstOrNull()?.textContent.orEmpty()
}
