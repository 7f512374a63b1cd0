package org.attune.app.house

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** What the app may do, and who may reach it: read from the manifest that was linked. */
class ManifestTest {
    private val manifest = Tree.linked("AndroidManifest.xml").children.single()
    private val application = manifest.children.single { it.name == "application" }

    @Test
    fun thesePermissionsAndNoOther() {
        assertEquals(
            setOf("INTERNET", "RECEIVE_BOOT_COMPLETED", "ACCESS_NETWORK_STATE", "USE_BIOMETRIC", "CAMERA", "POST_NOTIFICATIONS")
                .map { "android.permission.$it" }.toSet(),
            manifest.all("uses-permission").map { it["name"] }.toSet(),
        )
        assertEquals(setOf("uses-permission", "uses-feature", "uses-sdk", "application"), manifest.children.map { it.name }.toSet())
        assertTrue(manifest.all("uses-feature").all { it["required"] == "false" })
    }

    /** Read from the source: the linker here does not know the element. */
    @Test
    fun ofOtherAppsItLooksForAVoiceAlone() {
        val queries = Tree.xml(File(Tree.android, "app/src/main/AndroidManifest.xml")).elements("queries")
        assertEquals(listOf("action"), queries.flatMap { it.elements("*") }.map { it.tagName } - "intent")
        assertEquals("android.intent.action.TTS_SERVICE", queries.single().elements("action").single().android("name"))
    }

    @Test
    fun twoActivitiesAreReachedFromOutsideAndAJobByTheSystem() {
        assertEquals(listOf("activity", "activity", "service"), application.children.map { it.name })
        val (window, link, job) = application.children
        assertEquals(".MainActivity" to "true", window["name"] to window["exported"])
        assertEquals(".LinkActivity" to "true", link["name"] to link["exported"])
        assertEquals(listOf("", ""), listOf(window["taskAffinity"], link["taskAffinity"]))
        assertEquals("false" to "android.permission.BIND_JOB_SERVICE", job["exported"] to job["permission"])
        assertEquals(2, manifest.all().count { it["exported"] == "true" })
    }

    /** A link is a key, and the system writes down what the tasks of its list were begun with. */
    @Test
    fun whatALinkBeginsIsInNoListOfRecentApps() {
        val link = application.children.single { it["name"] == ".LinkActivity" }
        assertEquals("true" to "true", link["excludeFromRecents"] to link["noHistory"])
    }

    @Test
    fun theyAreStartedByTheLauncherAndByAPairingLink() {
        val filters = application.all("intent-filter").map { filter -> filter.children.map { it["name"] ?: it["scheme"] } }
        assertEquals(
            listOf(
                listOf("android.intent.action.MAIN", "android.intent.category.LAUNCHER"),
                listOf("android.intent.action.VIEW", "android.intent.category.DEFAULT", "android.intent.category.BROWSABLE", "attune"),
            ),
            filters,
        )
        val core = File(Tree.checkout, "core/src/pairing/code.rs").readText()
        assertTrue("the core's links begin so", "\"attune://\"" in core)
    }

    @Test
    fun nothingIsBackedUpOrMovedToAnotherPhone() {
        assertEquals("false", application["allowBackup"])
        val domains = setOf("root", "file", "database", "sharedpref", "external")
        val all = domains + (domains - "external").map { "device_$it" }
        fun excluded(parent: Tree.Node) = parent.children.onEach {
            assertEquals("exclude" to ".", it.name to it["path"])
        }.map { it["domain"] }.toSet()

        val rules = Tree.linked("res/xml/data_extraction_rules.xml").children.single()
        assertEquals(listOf("cloud-backup", "device-transfer"), rules.children.map { it.name })
        rules.children.forEach { assertEquals(it.name, all, excluded(it)) }
        assertEquals(all, excluded(Tree.linked("res/xml/full_backup_content.xml").children.single()))
        assertTrue(application["dataExtractionRules"] != null && application["fullBackupContent"] != null)
    }

    @Test
    fun nothingGoesOutInTheClear() {
        assertEquals("false", application["usesCleartextTraffic"])
        val res = { kind: String -> Tree.xml(File(Tree.android, "app/src/$kind/res/xml/network_security_config.xml")) }
        val release = res("main")
        assertEquals("false", release.elements("base-config").single().getAttribute("cleartextTrafficPermitted"))
        assertEquals(0, release.elements("domain-config").size)
        assertEquals(listOf("system"), release.elements("certificates").map { it.getAttribute("src") })

        val debug = res("debug")
        assertEquals("false", debug.elements("base-config").single().getAttribute("cleartextTrafficPermitted"))
        assertEquals(listOf("127.0.0.1", "localhost"), debug.elements("domain").map { it.textContent })
        assertEquals(listOf("system"), debug.elements("certificates").map { it.getAttribute("src") })
    }

    @Test
    fun theNameIsNeutralAndTheIconAdaptive() {
        val icon = Tree.linked("res/mipmap-anydpi-v26/ic_launcher.xml").children.single()
        assertEquals("adaptive-icon", icon.name)
        assertEquals(listOf("background", "foreground", "monochrome"), icon.children.map { it.name })
        assertNull("one icon for every mask", application["roundIcon"])
        val name = Tree.xml(File(Tree.android, "app/src/main/res/values/name.xml"))
        assertEquals("Attune", name.text("string"))
    }

    @Test
    fun whatIsNamedThereIsThere() {
        val named = listOf(application, *application.children.toTypedArray()).map { "org.attune.app${it["name"]}" }
        named.forEach { Class.forName(it, false, javaClass.classLoader) }
    }

    /** The merger of the Android plugin, which does not run here, would take over what libraries declare. */
    @Test
    fun whatLibrariesWouldAddIsRemoved() {
        val own = Tree.xml(File(Tree.android, "app/src/main/AndroidManifest.xml"))
        val kinds = listOf("permission", "uses-permission", "activity", "activity-alias", "service", "receiver", "provider", "queries")
        fun named(kind: String, of: org.w3c.dom.Element) = of.elements(kind).map { "$kind ${it.android("name")}" }
        val removed = kinds.flatMap { kind ->
            own.elements(kind).filter { it.getAttribute("tools:node") == "remove" }.map { "$kind ${it.android("name")}" }
        }.toSet()
        val libraries = File(Tree.build, "android/aar/main").listFiles()!!
        assertTrue("only ${libraries.size} libraries", libraries.size > 30)
        val added = libraries.flatMap { library ->
            val manifest = Tree.xml(File(library, "AndroidManifest.xml"))
            kinds.flatMap { named(it, manifest) }
        }.toSet()
        assertEquals(added, removed)
    }
}
