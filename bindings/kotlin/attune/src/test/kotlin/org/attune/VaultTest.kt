package org.attune

import com.sun.jna.Native
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermission.OWNER_READ
import java.nio.file.attribute.PosixFilePermission.OWNER_WRITE
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlinx.coroutines.runBlocking
import org.attune.trial.TrialKeyStore
import org.attune.trial.assertDeclined
import org.attune.trial.assertFails
import org.attune.trial.assertStorage
import org.attune.trial.newVault
import org.attune.trial.openVault
import org.attune.trial.opens
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Making, opening and ending a vault. */
internal class VaultTest {
    @TempDir
    lateinit var root: Path

    private val store = TrialKeyStore()
    private val folder: Path get() = root.resolve("vault")

    private fun files(): Map<String, ByteArray> =
        Files.list(folder).use { files -> files.toList().filter(Files::isRegularFile).associate { it.name to it.readBytes() } }

    @Test
    @DisplayName("vault.create: a new vault is empty, and its files are sealed and private")
    fun create() {
        assertEquals(VaultPresence.ABSENT, AttuneVault.presence(folder))
        newVault(folder, store).use { vault ->
            assertTrue(vault.moments().isEmpty() && vault.choices().isEmpty() && vault.notes().isEmpty())
            assertTrue(vault.practices().isEmpty() && vault.restored().isEmpty())
            vault.setWords(vault.flag(), "words of a kind that is seen")
        }
        assertEquals(VaultPresence.READY, AttuneVault.presence(folder))
        assertEquals(setOf("vault.db", "vault.key"), files().keys)
        for ((name, bytes) in files()) {
            assertFalse("words of a kind" in String(bytes, Charsets.ISO_8859_1), name)
            assertFalse("SQLite format" in String(bytes, Charsets.ISO_8859_1), name)
            store.secrets.forEach { secret -> assertEquals(-1, bytes.find(secret), name) }
            assertEquals(setOf(OWNER_READ, OWNER_WRITE), Files.getPosixFilePermissions(folder.resolve(name)))
        }
    }

    @Test
    @DisplayName("vault.create-twice: where a vault is, no second one is made")
    fun createTwice() {
        val marked = newVault(folder, store).use { it.flag() }
        assertStorage(StorageTrouble.EXISTS) { newVault(folder, store).close() }
        assertStorage(StorageTrouble.EXISTS) { newVault(folder, TrialKeyStore()).close() }
        openVault(folder, store).use { assertEquals(marked, it.moments().single().id) }
    }

    @Test
    @DisplayName("vault.absent: opening where nothing is makes no file")
    fun absent() {
        assertStorage(StorageTrouble.ABSENT) { opens(folder, store) }
        assertFalse(Files.exists(folder))
        assertTrue(store.secrets.isEmpty())
    }

    @Test
    @DisplayName("vault.reopen: what was kept is there after closing and opening")
    fun reopen() {
        val kept = newVault(folder, store).use { vault ->
            val id = vault.flag()
            vault.setWords(id, "She looked at the clock.")
            vault.setPointer(id, Pointer.LEFT_OUT)
            vault.setMomentDays(30)
            vault.moment(id)
        }
        repeat(2) {
            openVault(folder, store).use { vault ->
                assertEquals(listOf(kept), vault.moments())
                assertEquals("She looked at the clock.", vault.moment(kept.id).words)
                assertEquals(30, vault.momentDays())
                runBlocking { vault.verify() }
            }
        }
    }

    @Test
    @DisplayName("vault.passcode: needed, wrong, right, changed, removed, and overwritten")
    fun passcode() {
        newVault(folder, store, passcode = "first").close()
        assertEquals(VaultPresence.NEEDS_PASSCODE, AttuneVault.presence(folder))
        assertFails<AttuneException.PasscodeNeeded> { opens(folder, store) }
        assertFails<AttuneException.WrongPasscode> { opens(folder, store, "second") }
        openVault(folder, store, "first").use { vault ->
            Passcode("second".toCharArray()).use { runBlocking { vault.setPasscode(store, it) } }
        }
        assertFails<AttuneException.WrongPasscode> { opens(folder, store, "first") }
        openVault(folder, store, "second").use { runBlocking { it.setPasscode(store, null) } }
        assertEquals(VaultPresence.READY, AttuneVault.presence(folder))
        opens(folder, store)
    }

    @Test
    @DisplayName("vault.passcode: its characters and bytes are overwritten, and a closed one is not used")
    fun passcodeOverwritten() {
        val characters = "päss code".toCharArray()
        val passcode = Passcode(characters)
        assertTrue(characters.all { it == '\u0000' })
        lateinit var lent: ByteArray
        passcode.lend {
            assertEquals("päss code", String(it, Charsets.UTF_8))
            lent = it
        }
        assertTrue(lent.all { it == 0.toByte() })
        val held = Passcode::class.java.getDeclaredField("bytes").apply { isAccessible = true }.get(passcode) as ByteArray
        assertEquals("päss code", String(held, Charsets.UTF_8))
        passcode.close()
        passcode.close()
        assertTrue(held.all { it == 0.toByte() })
        assertDeclined(Why.BAD_INPUT) { runBlocking { AttuneVault.create(folder, store, passcode).close() } }
        assertDeclined(Why.BAD_INPUT) { newVault(folder, store, passcode = "").close() }
        assertFalse(Files.exists(folder))
    }

    @Test
    @DisplayName("vault.key-wrong: another key is told from damage, and the right one still opens")
    fun keyWrong() {
        val marked = newVault(folder, store).use { it.flag() }
        val before = files()
        assertFails<AttuneException.KeyGone> { opens(folder, TrialKeyStore()) }
        // One that does not notice, and gives another key.
        val wrong = TrialKeyStore().apply { instead = { ByteArray(store.secrets[0].size) { 7 } } }
        assertFails<AttuneException.KeyGone> { opens(folder, wrong) }
        assertUnchanged(before)
        openVault(folder, store).use { assertEquals(marked, it.moments().single().id) }
    }

    @Test
    @DisplayName("vault.key-locked: the same call works once the store is unlocked")
    fun keyLocked() {
        store.instead = { throw KeyStoreException.Locked() }
        assertFails<AttuneException.Locked> { newVault(folder, store).close() }
        assertEquals(VaultPresence.ABSENT, AttuneVault.presence(folder))
        store.instead = null
        newVault(folder, store).close()
        store.instead = { throw KeyStoreException.Locked() }
        assertFails<AttuneException.Locked> { opens(folder, store) }
        store.instead = null
        opens(folder, store)
    }

    @Test
    @DisplayName("vault.key-gone: a lost key is told from a locked store")
    fun keyGone() {
        newVault(folder, store).close()
        val before = files()
        store.instead = { throw KeyStoreException.Gone() }
        assertFails<AttuneException.KeyGone> { opens(folder, store) }
        assertUnchanged(before)
        // The same of its file.
        Files.move(folder.resolve("vault.key"), root.resolve("elsewhere"))
        assertFails<AttuneException.KeyGone> { opens(folder, store) }
        assertFails<AttuneException.KeyGone> { AttuneVault.presence(folder) }
    }

    @Test
    @DisplayName("vault.key-zero: an empty, short or zeroed answer is no success")
    fun keyZero() {
        val answers = listOf(0, 1, 31, 32, 48, 128).map { ByteArray(it) }
        for (answer in answers) {
            store.instead = { answer.copyOf() }
            assertFails<AttuneException.KeyGone> { newVault(folder, store).close() }
            assertEquals(VaultPresence.ABSENT, AttuneVault.presence(folder))
        }
        store.instead = null
        newVault(folder, store).close()
        val before = files()
        val short = store.secrets[0].copyOf(store.secrets[0].size - 1)
        for (answer in answers + short) {
            store.instead = { answer.copyOf() }
            assertFails<AttuneException.KeyGone> { opens(folder, store) }
        }
        assertUnchanged(before)
        store.instead = null
        opens(folder, store)
    }

    @Test
    @DisplayName("vault.key-throws: whatever a key store throws becomes a typed error, without its text")
    fun keyThrows() {
        newVault(folder, store).close()
        val thrown = listOf(
            IllegalStateException("marker-5f2a", RuntimeException("marker-5f2a")),
            KeyStoreException.Unavailable(),
            AssertionError("marker-5f2a"),
            StackOverflowError("marker-5f2a"),
            OutOfMemoryError("marker-5f2a"),
            NoClassDefFoundError("marker-5f2a"),
            InterruptedException("marker-5f2a"),
        )
        // Where JNA would print what got past us.
        val past = CopyOnWriteArrayList<Throwable>()
        val before = Native.getCallbackExceptionHandler()
        Native.setCallbackExceptionHandler { _, throwable -> past += throwable }
        for (throwable in thrown) {
            store.instead = { throw throwable }
            for (call in listOf({ opens(folder, store) }, { newVault(root.resolve("new"), store).close() })) {
                val error = assertFails<AttuneException.Storage> { call() }
                assertEquals(StorageTrouble.UNAVAILABLE, error.why)
                assertFalse("marker-5f2a" in error.stackTraceToString())
            }
        }
        Native.setCallbackExceptionHandler(before)
        assertTrue(past.isEmpty(), past.toString())
        // Thrown on the thread of a dispatcher, where it is no use to anybody; not left on ours.
        assertFalse(Thread.interrupted())
        store.instead = null
        opens(folder, store)
    }

    @Test
    @DisplayName("vault.key-reenters: a key store that calls the vault does not block")
    fun keyReenters() {
        newVault(folder, store).use { vault ->
            store.whileAsked = {
                vault.flag()
                assertStorage(StorageTrouble.BUSY) {
                    opens(folder, TrialKeyStore().apply { instead = { store.secrets[0].copyOf() } })
                }
            }
            runBlocking { vault.setPasscode(store, null) }
            store.whileAsked = {}
            assertTrue(vault.moments().isNotEmpty())
        }
    }

    @Test
    @DisplayName("vault.key-wiped: the key's bytes that a store was given or gave are overwritten")
    fun keyWiped() {
        newVault(folder, store).close()
        opens(folder, store)
        assertTrue(store.handedIn.isNotEmpty() && store.handedOut.isNotEmpty())
        assertTrue(store.secrets.all { secret -> secret.any { it != 0.toByte() } })
        assertTrue((store.handedIn + store.handedOut).all { secret -> secret.all { it == 0.toByte() } })
    }

    @Test
    @DisplayName("vault.busy: a second opening is refused while the first is open")
    fun busy() {
        newVault(folder, store).use { first ->
            assertStorage(StorageTrouble.BUSY) { opens(folder, store) }
            first.flag()
        }
        openVault(folder, store).use { assertEquals(1, it.moments().size) }
    }

    @Test
    @DisplayName("vault.damaged: damage is told from a wrong key, and nothing is deleted")
    fun damaged() {
        val marked = newVault(folder, store).use { it.flag() }
        for (name in listOf("vault.db", "vault.key")) {
            val whole = folder.resolve(name).readBytes()
            val broken = whole.copyOf().also { bytes -> for (at in 40 until bytes.size) bytes[at] = (bytes[at] + 1).toByte() }
            Files.write(folder.resolve(name), broken)
            assertFails<AttuneException.Damaged> { opens(folder, store) }
            assertArrayEquals(broken, folder.resolve(name).readBytes())
            Files.write(folder.resolve(name), whole)
        }
        openVault(folder, store).use { assertEquals(marked, it.moments().single().id) }
    }

    @Test
    @DisplayName("vault.start-over: the old files are moved aside, and open there")
    fun startOver() {
        val marked = newVault(folder, store).use { it.flag() }
        val before = files()
        val aside = AttuneVault.startOver(folder)
        assertEquals(folder, aside.parent)
        assertEquals(before.keys, Files.list(aside).use { files -> files.toList().map { it.name }.toSet() })
        assertEquals(VaultPresence.ABSENT, AttuneVault.presence(folder))
        newVault(folder, TrialKeyStore()).use { assertTrue(it.moments().isEmpty()) }
        openVault(aside, store).use { assertEquals(marked, it.moments().single().id) }
        assertStorage(StorageTrouble.ABSENT) { AttuneVault.startOver(root.resolve("nothing")) }
    }

    @Test
    @DisplayName("vault.delete-all: no file of the vault is left, and a key that stays is told")
    fun deleteAll() {
        newVault(folder, store).close()
        AttuneVault.startOver(folder)
        newVault(folder, store).close()
        Files.writeString(folder.resolve("not ours.txt"), "stays")
        for (failure in listOf<() -> Unit>({ throw KeyStoreException.Unavailable() }, { throw AssertionError() })) {
            store.insteadOfDestroying = failure
            assertStorage(StorageTrouble.UNAVAILABLE) { runBlocking { AttuneVault.deleteAll(folder, store) } }
        }
        assertEquals(setOf("not ours.txt"), files().keys)
        store.insteadOfDestroying = null
        runBlocking { AttuneVault.deleteAll(folder, store) }
        assertTrue(store.destroyed)
        assertEquals(1, Files.list(folder).use { it.count() })
        assertEquals(VaultPresence.ABSENT, AttuneVault.presence(folder))
    }

    private fun assertUnchanged(before: Map<String, ByteArray>) {
        assertEquals(before.keys, files().keys)
        files().forEach { (name, bytes) -> assertArrayEquals(before[name], bytes, name) }
    }

    private fun ByteArray.find(part: ByteArray): Int =
        (0..size - part.size).firstOrNull { at -> part.indices.all { this[at + it] == part[it] } } ?: -1
}
