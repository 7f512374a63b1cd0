package org.attune.app.model

import java.io.IOException
import java.io.UncheckedIOException
import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.job
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.attune.AttuneException
import org.attune.AttuneVault
import org.attune.Passcode
import org.attune.StorageTrouble
import org.attune.VaultPresence

/**
 * The folder with the vault, and who has it open: the person, or the job that looks for updates while nobody is there. There is one
 * in the process, and the person comes first.
 */
class House(
    private val folder: Path,
    /** Where a copy lies for the moment in which it is handed over; nothing else is in it, and it is emptied at each start. */
    private val passing: Path,
    private val phone: Phone,
    val io: CoroutineDispatcher,
) {
    private val door = Mutex()

    /** The person hid it, and has not asked for it since. */
    var hidden = false

    private var session: Session? = null
    private var ending: Job? = null

    @Volatile
    private var looking: Job? = null

    /** Whether a vault is there, and whether it needs a passcode. */
    suspend fun presence(): VaultPresence = withContext(io) { AttuneVault.presence(folder) }

    /** Makes a vault and opens it. */
    suspend fun create(): Session =
        enter { AttuneVault.create(folder, phone.keys, clock = phone.clock, dispatcher = io, pauses = phone.pauses) }

    /** Opens the vault. */
    suspend fun open(passcode: Passcode?): Session =
        enter { AttuneVault.open(folder, phone.keys, passcode, clock = phone.clock, dispatcher = io, pauses = phone.pauses) }

    /** Makes a vault from a copy and opens it. */
    suspend fun bringBack(copy: Path, passphrase: Passcode): Session = enter {
        AttuneVault.bringBack(copy, passphrase, folder, phone.keys, clock = phone.clock, dispatcher = io, pauses = phone.pauses)
    }

    /** Closes what the person has open; whoever opens next waits for it. */
    fun close(scope: CoroutineScope) {
        session?.let { ending = it.end(scope) }
        session = null
    }

    /** Sets the vault aside. Nothing is deleted. */
    suspend fun startOver() = alone { withContext(io) { AttuneVault.startOver(folder, phone.clock) } }

    /** Deletes the vault, key first; works whether or not it can be opened. */
    suspend fun deleteAll() {
        hidden = false
        alone { AttuneVault.deleteAll(folder, phone.keys, io) }
        withContext(io) { emptyPassing() }
    }

    /** Sets, changes or removes the passcode of the open vault. */
    suspend fun setPasscode(passcode: Passcode?) = open().write { setPasscode(phone.keys, passcode) }

    /** Looks for updates with the vault that is open. */
    suspend fun look() = open().read { sync(phone.transport) }

    /**
     * Looks for updates while nobody is there. It gives way at once when the person opens the vault, and uses theirs when it is open.
     *
     * @return whether something came; null if it has to be later: the key is locked, a passcode is set, the vault is not there.
     */
    suspend fun lookWhileClosed(): Boolean? {
        session?.let { own -> return own.read { cameBy { sync(phone.transport) } } }
        return try {
            door.withLock {
                looking = currentCoroutineContext().job
                try {
                    ending?.join()
                    if (session != null) return null
                    val vault = AttuneVault.open(folder, phone.keys, clock = phone.clock, dispatcher = io, pauses = phone.pauses)
                    try {
                        withContext(io) { vault.cameBy { vault.sync(phone.transport) } }
                    } finally {
                        withContext(NonCancellable + io) { vault.close() }
                    }
                } finally {
                    looking = null
                }
            }
        } catch (_: AttuneException) {
            null
        }
    }

    /** Lends [use] the path of a file that is not there yet, and removes what was put there, whatever happens. */
    suspend fun <T> passing(use: suspend (Path) -> T): T {
        withContext(io) { emptyPassing() }
        try {
            return use(passing.resolve("copy.attune"))
        } finally {
            withContext(NonCancellable + io) { emptyPassing() }
        }
    }

    private fun emptyPassing() = try {
        Files.createDirectories(passing)
        Files.list(passing).use { files -> files.forEach(Files::deleteIfExists) }
    } catch (_: IOException) {
        throw AttuneException.Storage(StorageTrouble.UNAVAILABLE)
    } catch (_: UncheckedIOException) {
        throw AttuneException.Storage(StorageTrouble.UNAVAILABLE)
    }

    private suspend fun enter(open: suspend () -> AttuneVault): Session = alone {
        Session(open(), io).also { session = it }
    }

    private suspend fun <T> alone(work: suspend () -> T): T {
        looking?.cancelAndJoin()
        return door.withLock {
            ending?.join()
            work()
        }
    }

    private fun open(): Session = session ?: throw AttuneException.Closed()
}

/** Whether [work] brought a note or a draft, or took a choice further. */
private suspend fun AttuneVault.cameBy(work: suspend () -> Unit): Boolean {
    val before = seen()
    work()
    return seen() != before
}

private fun AttuneVault.seen() =
    Triple(notes().map { it.id }, proposals().map { it.id }, choices().map { it.caseId to it.state })
