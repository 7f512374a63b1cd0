package org.attune

import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.util.concurrent.Executors
import org.attune.trial.HttpTransport
import org.attune.trial.TrialKeyStore
import org.attune.trial.allMoments
import org.attune.trial.assertFails
import org.attune.trial.assertStorage
import org.attune.trial.newVault
import org.attune.trial.openVault
import org.attune.trial.opens
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Closing, and many threads. */
internal class ClosedTest {
    @TempDir
    lateinit var root: Path

    private val store = TrialKeyStore()
    private val folder: Path get() = root.resolve("vault")

    @Test
    @DisplayName("closed.call: every call that begins after closing gets the error that says so")
    fun call() {
        val vault = newVault(folder, store)
        val id = vault.flag()
        vault.close()
        assertTrue(vault.isClosed && vault.isFree)
        for ((name, call) in everyCall(vault, id)) {
            assertEquals("Closed", assertFails<AttuneException> { call() }.javaClass.simpleName, name)
        }
        assertEquals("AttuneVault", vault.toString())
        openVault(folder, store).use { assertEquals(id, it.moments().single().id) }
    }

    private fun everyCall(vault: AttuneVault, id: MisattunementId): Map<String, () -> Unit> {
        val case = CaseId("0".repeat(32))
        val (note, proposal) = FollowUpId("0".repeat(32)) to ProposalId("0".repeat(32))
        val practice = PracticeId(1)
        val copy = root.resolve("copy")
        return mapOf(
            "flag" to { vault.flag() }, "undo" to { vault.undo(id) },
            "setWords" to { vault.setWords(id, "words") }, "setPointer" to { vault.setPointer(id, null) },
            "moment" to { vault.moment(id) }, "moments" to { vault.moments() },
            "eraseMoment" to { vault.eraseMoment(id) }, "eraseMoments" to { vault.eraseMoments() },
            "momentDays" to { vault.momentDays() }, "setMomentDays" to { vault.setMomentDays(3) },
            "expire" to { vault.expire() }, "join" to { vault.join("code") },
            "practices" to { vault.practices() }, "practice" to { vault.practice(practice) },
            "comparisonWords" to { vault.comparisonWords(practice) },
            "confirmWords" to { vault.confirmWords(practice, listOf("a", "b", "c", "d")) },
            "unpair" to { vault.unpair(practice) }, "offers" to { vault.offers() },
            "preview" to { vault.preview(RepairChoice(RepairOption.PAUSE, practice)) },
            "share" to { vault.share(PreviewId("0".repeat(64))) }, "choices" to { vault.choices() },
            "choicesOf" to { vault.choicesOf(id) }, "choice" to { vault.choice(case) },
            "takeBack" to { vault.takeBack(case) }, "eraseChoice" to { vault.eraseChoice(case) },
            "notes" to { vault.notes() }, "notesOf" to { vault.notesOf(case) },
            "note" to { vault.note(note) }, "eraseNote" to { vault.eraseNote(note) },
            "proposals" to { vault.proposals() }, "proposal" to { vault.proposal(proposal) },
            "answerProposal" to { vault.answerProposal(proposal, ProposalAnswer.LEAVE_IT) },
            "eraseProposal" to { vault.eraseProposal(proposal) },
            "aboutPractice" to { vault.aboutPractice(practice) }, "aboutMe" to { vault.aboutMe(practice) },
            "shareAboutMe" to { vault.shareAboutMe(practice, "words") },
            "proposalDraft" to { vault.proposalDraft(proposal) }, "aboutMeDraft" to { vault.aboutMeDraft(practice) },
            "keepProposalDraft" to { vault.keepProposalDraft(proposal, "words") },
            "keepAboutMeDraft" to { vault.keepAboutMeDraft(practice, "words") },
            "restored" to { vault.restored() }, "confirmRestored" to { vault.confirmRestored(case) },
            "dropRestored" to { vault.dropRestored(case) },
            "sync" to { runBlocking { vault.sync(HttpTransport) } },
            "saveCopy" to { Passcode("a passphrase".toCharArray()).use { runBlocking { vault.saveCopy(copy, it) } } },
            "readable" to { vault.readable() },
            "setPasscode" to { runBlocking { vault.setPasscode(store, null) } },
            "verify" to { runBlocking { vault.verify() } },
        )
    }

    @Test
    @DisplayName("closed.call: no call was left out of the list above")
    fun everyCallIsListed() {
        val lifeOfItsOwn = setOf("close", "isClosed", "isFree", "getChanges", "toString", "equals", "hashCode")
        val declared = AttuneVault::class.java.methods.filter { it.declaringClass == AttuneVault::class.java }
            .map { it.name.substringBefore('-') }.filter { '$' !in it }.toSet() - lifeOfItsOwn
        newVault(folder, store).use { vault ->
            assertEquals(declared, everyCall(vault, vault.flag()).keys)
        }
    }

    @Test
    @DisplayName("closed.in-flight: what began before is finished, what begins after is refused, the last frees the file")
    fun inFlight() {
        val vault = newVault(folder, store)
        val (inside, goOn) = CountDownLatch(1) to CountDownLatch(1)
        store.whileAsked = {
            inside.countDown()
            goOn.await()
        }
        val failures = ConcurrentLinkedQueue<Throwable>()
        val change = thread {
            runCatching { Passcode("a passcode".toCharArray()).use { runBlocking { vault.setPasscode(store, it) } } }
                .onFailure(failures::add)
        }
        inside.await()
        vault.close()
        store.whileAsked = {}
        assertTrue(vault.isClosed)
        assertFalse(vault.isFree)
        assertFails<AttuneException.Closed> { vault.flag() }
        assertStorage(StorageTrouble.BUSY) { opens(folder, store) }
        goOn.countDown()
        change.join()
        assertEquals(emptyList<Throwable>(), failures.toList())
        assertTrue(vault.isFree)
        // Finished indeed: the passcode is set.
        assertFails<AttuneException.PasscodeNeeded> { opens(folder, store) }
        opens(folder, store, "a passcode")
    }

    @Test
    @DisplayName("closed.in-flight: while four threads mark moments, every mark that was acknowledged stays")
    fun inFlightMarks() {
        val vault = newVault(folder, store)
        val running = CountDownLatch(4 * 5)
        val marked = ConcurrentLinkedQueue<MisattunementId>()
        val ends = ConcurrentLinkedQueue<Throwable>()
        val threads = List(4) {
            thread {
                val end = runCatching {
                    while (true) {
                        marked += vault.flag()
                        running.countDown()
                    }
                }
                ends += end.exceptionOrNull()!!
            }
        }
        running.await()
        vault.close()
        threads.forEach { it.join() }
        assertEquals(List(4) { "Closed" }, ends.map { it.javaClass.simpleName })
        assertTrue(vault.isFree)
        openVault(folder, store).use { reopened ->
            assertEquals(marked.toSet(), reopened.allMoments().map { it.id }.toSet())
        }
    }

    @Test
    @DisplayName("closed.twice: closing twice does no harm, from two threads either")
    fun twice() {
        val vault = newVault(folder, store)
        List(8) { thread { vault.close() } }.forEach { it.join() }
        vault.close()
        assertTrue(vault.isFree)
        // The first close does not reach into what was opened after it.
        openVault(folder, store).use { next ->
            vault.close()
            next.flag()
        }
    }

    @Test
    @DisplayName("closed.twice: an opening that was cancelled holds nothing")
    fun cancelledOpening() {
        newVault(folder, store).close()
        val (inside, goOn) = CountDownLatch(1) to CountDownLatch(1)
        store.whileAsked = {
            inside.countDown()
            goOn.await()
        }
        Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { other ->
            runBlocking {
                var outcome: Result<AttuneVault>? = null
                val opening = launch(other) {
                    outcome = runCatching { AttuneVault.open(folder, store) }
                }
                inside.await()
                opening.cancel()
                goOn.countDown()
                opening.cancelAndJoin()
                assertTrue(outcome!!.exceptionOrNull() is CancellationException)
            }
        }
        store.whileAsked = {}
        opens(folder, store)
    }

    @Test
    @DisplayName("threads.eight: eight threads at once, and every acknowledged mark is there once")
    fun eight() {
        val marked = ConcurrentLinkedQueue<MisattunementId>()
        val failures = ConcurrentLinkedQueue<Throwable>()
        val begin = CountDownLatch(1)
        newVault(folder, store).use { vault ->
            val threads = List(8) { number ->
                thread {
                    begin.await()
                    runCatching {
                        repeat(25) { turn ->
                            val id = vault.flag()
                            marked += id
                            vault.setWords(id, "$number $turn")
                            check(vault.moment(id).words == "$number $turn")
                            vault.moments(limit = 5)
                            vault.readable()
                        }
                    }.onFailure(failures::add)
                }
            }
            begin.countDown()
            threads.forEach { it.join() }
            assertEquals(emptyList<Throwable>(), failures.toList())
            assertEquals(200, marked.toSet().size)
            val kept = vault.allMoments(7)
            assertEquals(200, kept.size)
            assertEquals(marked.toSet(), kept.map { it.id }.toSet())
            assertEquals(200, kept.map { it.words }.toSet().size)
        }
    }
}
