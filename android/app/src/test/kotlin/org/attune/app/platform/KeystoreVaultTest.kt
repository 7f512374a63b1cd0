package org.attune.app.platform

import android.content.Context
import android.security.keystore.UserNotAuthenticatedException
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.attune.AttuneException
import org.attune.AttuneVault
import org.attune.VaultPresence
import org.attune.app.Holds
import org.attune.app.platform.StandInKeyStore.Step
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** The real vault on the Keystore. */
@RunWith(AndroidJUnit4::class)
class KeystoreVaultTest {
    @get:Rule
    val store = StandInKeyStore()

    private val folder: Path = ApplicationProvider.getApplicationContext<Context>().noBackupFilesDir.toPath().resolve("vault")
    private val keys = KeystoreKeys(isLocked = { false }, sleep = {})

    private fun create() = runBlocking { AttuneVault.create(folder, keys) }

    private fun open() = runBlocking { AttuneVault.open(folder, keys) }

    private fun files(): Map<String, List<Byte>> = Files.list(folder).use { files ->
        files.iterator().asSequence().filter(Files::isRegularFile).associate { "${it.fileName}" to Files.readAllBytes(it).toList() }
    }

    @Test
    fun itIsMadeAndOpenedAgain() {
        val moment = create().use { it.flag() }
        assertEquals(moment, open().use { it.moments().single().id })
    }

    @Test
    @Holds(13)
    fun lockedIsLater() {
        val moment = create().use { it.flag() }
        val before = files()
        store.at(Step.BEGIN) { UserNotAuthenticatedException() }
        assertThrows(AttuneException.Locked::class.java) { open() }
        assertEquals(before, files())
        store.mend()
        assertEquals(moment, open().use { it.moments().single().id })
    }

    @Test
    @Holds(14)
    fun aKeyThatIsGoneTakesNothingWithIt() {
        create().use { it.flag() }
        val before = files()
        store.lose()
        assertThrows(AttuneException.KeyGone::class.java) { open() }
        assertEquals(before, files())
        assertEquals(emptyMap<Any, Any>(), store.keys)

        AttuneVault.startOver(folder)
        create().use { assertEquals(emptyList<Any>(), it.moments()) }
        open().close()
    }

    /** An app that was deleted with its data, and a Keystore that kept the key all the same. */
    @Test
    fun anOldKeyIsNoVault() {
        create().close()
        val key = store.keys.values.single()
        folder.toFile().deleteRecursively()
        assertEquals(VaultPresence.ABSENT, AttuneVault.presence(folder))
        assertThrows(AttuneException.Storage::class.java) { open() }
        create().use { assertEquals(emptyList<Any>(), it.moments()) }
        assertTrue(key === store.keys.values.single())
    }

    @Test
    @Holds(18)
    fun whatWasSetAsideCanStillBeOpened() {
        val moment = create().use { it.flag() }
        val aside = AttuneVault.startOver(folder)
        create().close()
        val found = runBlocking { AttuneVault.open(aside, keys) }.use { it.moments().single().id }
        assertEquals(moment, found)
    }

    @Test
    @Holds(79)
    fun deletingAllDestroysTheKey() {
        create().close()
        runBlocking { AttuneVault.deleteAll(folder, keys) }
        assertEquals(emptyMap<Any, Any>(), store.keys)
        assertEquals(VaultPresence.ABSENT, AttuneVault.presence(folder))
    }
}
