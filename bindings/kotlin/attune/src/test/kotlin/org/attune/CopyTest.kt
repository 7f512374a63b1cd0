package org.attune

import java.nio.file.Files
import java.nio.file.Path
import java.util.Base64
import kotlin.io.path.readBytes
import kotlinx.coroutines.runBlocking
import org.attune.trial.TrialClock
import org.attune.trial.TrialKeyStore
import org.attune.trial.World
import org.attune.trial.assertDeclined
import org.attune.trial.assertFails
import org.attune.trial.assertStorage
import org.attune.trial.newVault
import org.attune.trial.openVault
import org.attune.trial.readObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Copies, encrypted and readable. */
internal class CopyTest {
    @TempDir
    lateinit var root: Path

    private val copy: Path get() = root.resolve("copy.attune")

    private fun save(vault: AttuneVault, to: Path = copy) = runBlocking {
        Passcode(PASSPHRASE.toCharArray()).use { vault.saveCopy(to, it) }
    }

    private fun bringBack(from: Path, passphrase: String = PASSPHRASE, folder: Path = root.resolve("back"), clock: TrialClock = TrialClock()) =
        runBlocking {
            Passcode(passphrase.toCharArray()).use { AttuneVault.bringBack(from, it, folder, TrialKeyStore(), clock = clock) }
        }

    @Test
    @DisplayName("copy.bring-back: a copy brings everything back; nothing shared leaves until it is confirmed or dropped")
    fun bringBack() = World.paired().use { world ->
        val moment = world.phone.flag()
        world.phone.setWords(moment, "Words that were kept.")
        val kept = world.share(RepairOption.PAUSE, moment)
        val dropped = world.share(RepairOption.SWITCH_TOPIC)
        save(world.phone)
        val later = world.share(RepairOption.NO_CONTACT)
        world.syncAll()
        val moments = world.phone.moments()

        world.goOnWith(bringBack(copy, clock = world.clock))
        val phone = world.phone
        assertEquals(moments, phone.moments())
        assertEquals(setOf(kept, dropped), phone.restored().map { it.caseId }.toSet())
        assertTrue(phone.choices().all { it.waitsFor == WaitsFor.CONFIRMATION })
        repeat(2) { world.syncAll() }
        assertTrue(world.desk.inbox().isEmpty())
        // What only the practice knows has turned up.
        val unknown = phone.restored().single { it.choice == null }
        assertEquals(later to world.therapist, unknown.caseId to unknown.practice)
        assertNotNull(phone.restored().single { it.caseId == kept }.choice)

        phone.confirmRestored(kept)
        phone.dropRestored(dropped)
        phone.dropRestored(later)
        repeat(2) { world.syncAll() }
        assertEquals(listOf(kept.value), world.desk.inbox().map { it["case"] })
        assertEquals(ChoiceState.RECEIVED, world.state(kept))
        assertNull(phone.choice(kept).waitsFor)
        assertTrue(phone.restored().isEmpty())
    }

    @Test
    @DisplayName("copy.refused: a wrong passphrase, a damaged copy and a file of another kind are told apart")
    fun refused() {
        val folder = root.resolve("vault")
        val store = TrialKeyStore()
        newVault(folder, store).use { vault ->
            vault.flag()
            save(vault)
            assertStorage(StorageTrouble.EXISTS) { save(vault) }
            assertStorage(StorageTrouble.ABSENT) { save(vault, root.resolve("nowhere/copy")) }
        }
        val whole = copy.readBytes()
        assertFails<AttuneException.WrongPasscode> { bringBack(copy, "another passphrase").close() }
        val damaged = root.resolve("damaged")
        Files.write(damaged, whole.copyOf().also { it[whole.size / 2] = (it[whole.size / 2] + 1).toByte() })
        assertFails<AttuneException.Damaged> { bringBack(damaged).close() }
        Files.write(damaged, whole.copyOf(whole.size - 1))
        assertFails<AttuneException.Damaged> { bringBack(damaged).close() }
        for (other in listOf(folder.resolve("vault.db"), folder.resolve("vault.key"), Files.createFile(root.resolve("empty")))) {
            assertDeclined(Why.NOT_A_COPY) { bringBack(other).close() }
        }
        assertFails<AttuneException.Storage> { bringBack(root.resolve("missing")).close() }
        assertStorage(StorageTrouble.EXISTS) { bringBack(copy, folder = folder).close() }
        // None of it left anything behind.
        assertEquals(VaultPresence.ABSENT, AttuneVault.presence(root.resolve("back")))
        bringBack(copy).use { assertEquals(1, it.moments().size) }
        openVault(folder, store).use { assertEquals(1, it.moments().size) }
    }

    @Test
    @DisplayName("copy.readable: the readable copy holds the person's own data, and no key")
    fun readable() = World.paired().use { world ->
        val moment = world.phone.flag()
        world.phone.setWords(moment, "Words \"in quotes\",\nand a second line.")
        world.phone.setPointer(moment, Pointer.PLACE)
        world.share(RepairOption.PAUSE, moment)
        val text = world.phone.readable()
        assertTrue(readObject(text).isNotEmpty())
        for (own in listOf("Words \\\"in quotes\\\",\\nand a second line.", "Pause", "Place", World.THERAPIST, "2026-03-02T09:30:00")) {
            assertTrue(own in text, own)
        }
        assertTrue(world.store.secrets.isNotEmpty())
        for (secret in world.store.secrets) {
            val forms = listOf(secret.toHexString(), Base64.getEncoder().encodeToString(secret).take(20), Base64.getUrlEncoder().encodeToString(secret).take(20))
            forms.forEach { assertFalse(it in text.lowercase() || it in text) }
        }
    }

    @Test
    @DisplayName("help.lists: the help lists are there without a network, and empty where there is none")
    fun help() {
        for (kind in HelpKind.entries) {
            val entries = AttuneVault.help(kind, "us")
            assertTrue(entries.isNotEmpty(), kind.name)
            assertTrue(entries.all { it.region == "US" && it.name.isNotEmpty() && it.source.startsWith("http") })
            assertTrue(entries.all { it.phone != null || it.site != null })
            assertTrue(entries.all { it.checked.year >= 2025 })
            for (nowhere in listOf("ZZ", "", "USA", "🌍")) assertTrue(AttuneVault.help(kind, nowhere).isEmpty(), nowhere)
        }
        assertTrue(AttuneVault.help(HelpKind.NOW, "US").any { it.phone == "911" || it.phone == "988" })
    }

    private companion object {
        const val PASSPHRASE = "a passphrase for the copy"
    }
}
