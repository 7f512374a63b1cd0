package org.attune.app.house

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/**
 * Robolectric loads classes of its own beside those of the process, so the wrapper could be there twice over one library. The library has
 * one place for what it calls key stores by, and the wrapper that came last takes it: vaults that the other one opened find no key
 * store from then on. So whatever may open a vault runs in the sandbox.
 */
class OneLibraryTest {
    @Test
    fun everyTestButThoseOfTheHouseRunsInTheSandbox() {
        val tests = File(Tree.android, "app/src/test/kotlin").walk().filter { it.isFile && "@Test\n" in it.readText() }.toList()
        assertTrue("only ${tests.size} files with tests", tests.size > 25)
        val runs = Regex("@RunWith\\((AndroidJUnit4|ParameterizedRobolectricTestRunner)::class\\)|: Story\\(\\)")
        val outside = tests.filterNot { runs.containsMatchIn(it.readText()) || it.parentFile.name == "house" }
        assertEquals(emptyList<String>(), outside.map { it.name })
    }

    @Test
    fun thoseOfTheHouseReadFilesAlone() {
        val own = File(Tree.android, "app/src/test/kotlin/org/attune/app/house").listFiles()!!.filter { it.name != "OneLibraryTest.kt" }
        assertTrue("only ${own.size} files", own.size > 2)
        val ours = Regex("import org\\.attune\\.(.*)")
        assertEquals(emptyList<String>(), own.flatMap { file -> ours.findAll(file.readText()).map { it.groupValues[1] } } - "app.Holds")
    }
}
