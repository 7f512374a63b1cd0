package org.attune

import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.attune.trial.Marking
import org.attune.trial.Party
import org.attune.trial.TrialKeyStore
import org.attune.trial.allMoments
import org.attune.trial.newVault
import org.attune.trial.openVault
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Processes that are killed. */
internal class KilledTest {
    @TempDir
    lateinit var root: Path

    @Test
    @DisplayName("killed.reopen: every mark that a killed process acknowledged is there, and the vault opens")
    fun reopen() {
        val folder = root.resolve("vault")
        val key = ByteArray(32) { it.toByte() }
        newVault(folder, TrialKeyStore(key)).close()
        val acknowledged = HashSet<Long>()
        // Killed as it opens, between marks, and in the middle of one: after so many lines.
        for (lines in listOf(1, 2, 9, 60, 300)) {
            val party = Party.startJvm(root, Marking::class.java.name, folder.toString(), key.toHexString())
            val heard = List(lines) { party.line() ?: error("it ended: ${party.errors()}") } + party.kill()
            assertEquals("open", heard.first())
            acknowledged += heard.drop(1).map { it.toLong() }
            openVault(folder, TrialKeyStore(key)).use { vault ->
                val kept = vault.allMoments().map { it.id.value }
                assertEquals(kept.size, kept.toSet().size)
                assertTrue(kept.containsAll(acknowledged))
                // One a run may have been kept without its word getting out.
                assertTrue(kept.size <= acknowledged.size + 5, "${kept.size} of ${acknowledged.size}")
                runBlocking { vault.verify() }
            }
        }
        assertTrue(acknowledged.size >= 367)
    }
}
