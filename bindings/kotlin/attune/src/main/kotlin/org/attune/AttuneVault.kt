package org.attune

import java.nio.file.Path
import java.nio.file.Paths
import java.time.Clock
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.attune.ffi.Vault
import org.attune.ffi.holdBackNanos

/**
 * A person's unlocked vault on this phone: moments, choices, practices, notes.
 *
 * Every call may be made from any thread. Plain functions block, for a millisecond or two; what takes longer is
 * `suspend` and runs on the dispatcher that the vault was opened with. What a call acknowledged is on the disk.
 *
 * Each call can throw an [AttuneException], and nothing else of its own. A closed vault stays closed: a call that
 * begins after [close] gets [AttuneException.Closed], and what began before is finished.
 */
public class AttuneVault private constructor(
    private val below: Vault,
    private val clock: Clock,
    private val dispatcher: CoroutineDispatcher,
    private val pauses: Pauses,
) : AutoCloseable {
    private val syncing = Mutex()
    private val turn = MutableStateFlow(0L)

    /**
     * Tells that something has changed: read again what is on the screen. The first comes at once, so that watching begins
     * with reading; several changes in a row may come as one. Ends when the vault is closed.
     */
    public val changes: Flow<Unit> = turn.takeWhile { it != ENDED }.map { }

    // Opening and closing.

    /** Whether [close] was called. */
    public val isClosed: Boolean get() = unlessGone { isClosed() }

    /** Whether it was closed, and the last call that was under way has ended: the files can be opened again. */
    public val isFree: Boolean get() = unlessGone { isFree() }

    /** Closes the vault: no lock and no side file remains, once what is under way has ended. A second time does nothing. */
    override fun close() {
        unlessGone { shut() }
        turn.value = ENDED
        release()
    }

    /** The type's name, and nothing of what it holds. */
    override fun toString(): String = "AttuneVault"

    // Moments. Nothing here leaves the phone.

    /** Marks a moment, now. */
    public fun flag(): MisattunementId = changing { flag(clock.now()) }

    /** Undoes a mark: the moment is erased. */
    public fun undo(id: MisattunementId): Unit = changing { undo(id) }

    /** Keeps own words with a moment, as many characters as `wordsChars` of [limits]; none, or blank ones, remove them. */
    public fun setWords(id: MisattunementId, words: String?): Unit = changing { setWords(id, words) }

    /** Keeps a hint with a moment, or removes it. */
    public fun setPointer(id: MisattunementId, pointer: Pointer?): Unit = changing { setPointer(id, pointer) }

    /** One moment. */
    public fun moment(id: MisattunementId): Misattunement = asking { moment(id) }

    /** Up to [limit] moments, newest first, that are older than [before]. */
    public fun moments(before: MisattunementId? = null, limit: Int = 50): List<Misattunement> =
        asking { moments(before, number(limit, 0..Int.MAX_VALUE).toUInt()) }

    /** Erases one moment. What was shared for it stays, without a link to it. */
    public fun eraseMoment(id: MisattunementId): Unit = changing { eraseMoment(id) }

    /** Erases every moment. */
    public fun eraseMoments(): Unit = changing { eraseMoments() }

    /** For how many days a moment is kept; null until it is erased. */
    public fun momentDays(): Int? = asking { momentDays()?.toInt() }

    /** Sets for how many days a moment is kept, 1 to 65,535; null until it is erased. */
    public fun setMomentDays(days: Int?): Unit =
        changing { setMomentDays(days?.let { number(it, 1..UShort.MAX_VALUE.toInt()).toUShort() }) }

    /**
     * Lets moments and end dates run out. Opening has done it, and each sync does; to be called when the app comes back to the
     * front with the vault still open.
     */
    public fun expire(): Unit = changing { expire(clock.now()) }

    // Practices.

    /** Starts a pairing with a link, or with eight words and the [relay] beside them; the next syncs carry it out. */
    public fun join(code: String, relay: String? = null, chosenName: String? = null): PracticeId =
        changing { join(code, relay, chosenName) }

    /** Every practice, the oldest pairing first. */
    public fun practices(): List<Practice> = asking { practices() }

    /** One practice. */
    public fun practice(id: PracticeId): Practice = asking { practice(id) }

    /** The four words to compare with the practice. */
    public fun comparisonWords(practice: PracticeId): List<String> = asking { comparisonWords(practice) }

    /** The person says that the words that were [shown] match. */
    public fun confirmWords(practice: PracticeId, shown: List<String>): Unit = changing { confirmWords(practice, shown) }

    /** Ends a pairing, at once and silently: keys, choices and notes of it go. */
    public fun unpair(practice: PracticeId): Unit = changing { unpair(practice, clock.now()) }

    /** The options in the order in which they are shown: `KEEP` first, nothing preselected. */
    public fun offers(): List<Offer> = asking { offers() }

    // Choices.

    /** Fixes exactly what a share would send, and to whom. Nothing is sent. */
    public fun preview(choice: RepairChoice): Preview = asking { preview(choice, clock.now()) }

    /** Shares what was previewed last, and only that, once. It leaves with the next sync. */
    public fun share(preview: PreviewId): CaseId = changing { share(preview, clock.now()) }

    /** Every choice, newest first. */
    public fun choices(): List<Choice> = asking { choices(clock.now()) }

    /** The choices of one moment, newest first; none means that it is held. */
    public fun choicesOf(moment: MisattunementId): List<Choice> = asking { choicesOf(moment, clock.now()) }

    /** One choice. */
    public fun choice(id: CaseId): Choice = asking { choice(id, clock.now()) }

    /** Takes a choice back. */
    public fun takeBack(id: CaseId): Unit = changing { takeBack(id) }

    /** Erases a choice that is over from the phone. What the practice has, it has. */
    public fun eraseChoice(id: CaseId): Unit = changing { eraseChoice(id) }

    /** Every note, newest first. */
    public fun notes(): List<FollowUp> = asking { notes() }

    /** The notes on one choice, newest first. */
    public fun notesOf(id: CaseId): List<FollowUp> = asking { notesOf(id) }

    /** One note. */
    public fun note(id: FollowUpId): FollowUp = asking { note(id) }

    /** Erases a note from the phone. */
    public fun eraseNote(id: FollowUpId): Unit = changing { eraseNote(id) }

    // What practices put to the person, and what both say of themselves. Nothing has to be said.

    /** What practices put to the person, newest first. */
    public fun proposals(): List<Proposal> = asking { proposals() }

    /** One proposal. */
    public fun proposal(id: ProposalId): Proposal = asking { proposal(id) }

    /**
     * Says something to a proposal, or with null takes back what was said. It leaves with the next sync; the last word counts, and its
     * draft goes.
     *
     * @param words how it is to be changed: with `CHANGE_IT` alone, after the four words were compared
     */
    public fun answerProposal(id: ProposalId, answer: ProposalAnswer?, words: String? = null): Unit =
        changing { answerProposal(id, answer, words) }

    /** Erases a proposal from the phone, with what was said to it. What the practice has, it has. */
    public fun eraseProposal(id: ProposalId): Unit = changing { eraseProposal(id) }

    /** What a practice says of itself and of how it works, if it does. */
    public fun aboutPractice(practice: PracticeId): String? = asking { aboutPractice(practice) }

    /** What the person says of themselves to that practice, if they do. */
    public fun aboutMe(practice: PracticeId): OwnAbout? = asking { aboutMe(practice) }

    /** Shares a text about oneself with a practice, in place of the one before; a blank one takes it back. Its draft goes. */
    public fun shareAboutMe(practice: PracticeId, text: String): Unit = changing { shareAboutMe(practice, text) }

    // What is being typed and was not shared. Kept after each change, and nowhere else, it outlives the process and locks with the
    // vault. A draft goes with what it is shared as, with an answer, and with the proposal or the practice.

    /** How a proposal is to be changed, as it was typed and not sent. */
    public fun proposalDraft(id: ProposalId): String? = asking { proposalDraft(id) }

    /** Keeps that, as it was typed; a blank text removes it. */
    public fun keepProposalDraft(id: ProposalId, text: String): Unit = changing { keepProposalDraft(id, text) }

    /** What the person says of themselves to that practice, as it was typed and not shared. */
    public fun aboutMeDraft(practice: PracticeId): String? = asking { aboutMeDraft(practice) }

    /** Keeps that, as it was typed; a blank text removes it. */
    public fun keepAboutMeDraft(practice: PracticeId, text: String): Unit = changing { keepAboutMeDraft(practice, text) }

    // After a copy was brought back.

    /** The choices that wait for the person's word. Nothing of them leaves before it. */
    public fun restored(): List<Restored> = asking { restored(clock.now()) }

    /** The person says yes to a choice that the copy held: it may leave again. */
    public fun confirmRestored(id: CaseId): Unit = changing { confirmRestored(id) }

    /** The person takes it back, whether or not this copy knows it. */
    public fun dropRestored(id: CaseId): Unit = changing { dropRestored(id) }

    // Sync.

    /**
     * Connects once with every practice's relay, over [transport]. Two at once wait for each other.
     *
     * It can be cancelled at any step and begun again: nothing is lost, and nothing happens twice. A transport that
     * throws has not reached the relay; the `health` of its [Practice] then says so, and the sync goes on with the others.
     * Each request after the first leaves at a fixed moment after the answer before, up to 50 ms later than it could.
     */
    public suspend fun sync(transport: Transport): Unit = syncing.withLock {
        withContext(dispatcher) {
            changing { syncBegin(clock.now()) }
            var answered: Long? = null
            while (true) {
                val request = asking { syncNext() } ?: break
                answered?.let { holdBack(it) }
                ensureActive()
                val answer = answer { transport.post(request.url, request.body) }
                answered = pauses.nanos()
                changing { syncFeed(answer, clock.now()) }
            }
        }
    }

    /** Waits until a request may leave that is ready now. Nothing leaves a vault that was closed meanwhile. */
    private suspend fun holdBack(answered: Long) {
        val ready = pauses.nanos()
        pauses.until(ready + converted { holdBackNanos((ready - answered).toULong()) }.toLong())
        if (isClosed) throw AttuneException.Closed()
    }

    // Copies, passcode, checks.

    /** Writes an encrypted copy to [target], whole or not at all. An existing file is not replaced. */
    public suspend fun saveCopy(target: Path, passphrase: Passcode): Unit = withContext(dispatcher) {
        asking { passphrase.lend { saveCopy(target.text, it) } }
    }

    /** The person's own data, as JSON that anybody can read. It holds no key. */
    public fun readable(): String = asking { readable(clock.now()) }

    /** Sets, changes or, with null, removes the passcode that opening needs. */
    public suspend fun setPasscode(keyStore: KeyStore, passcode: Passcode?): Unit = withContext(dispatcher) {
        asking { passcode.lent { setPasscode(KeyStoreAdapter(keyStore), it) } }
    }

    /** Reads the whole vault and checks it: [AttuneException.Damaged] if it is not as it was written. */
    public suspend fun verify(): Unit = withContext(dispatcher) { asking { verify() } }

    /** Before anybody has the vault. A clock that is beyond the calendar lets nothing run out. */
    private fun expireFirst() {
        try {
            asking { expire(clock.now()) }
        } catch (_: AttuneException.Declined) {
            // Each call that needs the time will say so.
        }
    }

    private inline fun <T> asking(call: Vault.() -> T): T =
        try {
            converted { below.call() }
        } catch (fault: AttuneException.Internal) {
            // After the handle was let go of, what is below can say nothing any more.
            throw if (below.uniffiIsDestroyed) AttuneException.Closed() else fault
        } finally {
            if (turn.value == ENDED) release()
        }

    private inline fun <T> changing(call: Vault.() -> T): T {
        val done = asking(call)
        turn.update { if (it == ENDED) it else it + 1 }
        return done
    }

    private inline fun unlessGone(call: Vault.() -> Boolean): Boolean =
        below.uniffiIsDestroyed || try {
            asking(call)
        } catch (_: AttuneException.Closed) {
            true
        }

    /** Lets go of what is below, once nothing of the vault is held any more. */
    private fun release() {
        try {
            if (below.isFree()) below.destroy()
        } catch (_: IllegalStateException) {
            // Somebody else has.
        }
    }

    /** Opening, bringing back, what is done to a folder whose vault is not open, and what needs no vault. */
    public companion object {
        /** After it nothing follows. */
        private const val ENDED = -1L

        /**
         * Makes a new vault in [folder], which is made if it is missing, private to the app. Keep it out of backups:
         * [saveCopy] is the person's own.
         *
         * @param clock gives time and zone to everything that needs them; the device's unless told otherwise
         * @param pauses measures the pauses of a sync, and waits; the device's unless told otherwise
         */
        public suspend fun create(
            folder: Path,
            keyStore: KeyStore,
            passcode: Passcode? = null,
            clock: Clock = DeviceClock,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
            pauses: Pauses = Pauses.Device,
        ): AttuneVault = opened(clock, dispatcher, pauses) {
            passcode.lent { Vault.create(folder.text, KeyStoreAdapter(keyStore), it) }
        }

        /**
         * Opens the vault in [folder]. Nothing is made, changed or removed if it cannot be opened. What has run out is erased
         * before anybody has the vault, here as in [create] and [bringBack].
         */
        public suspend fun open(
            folder: Path,
            keyStore: KeyStore,
            passcode: Passcode? = null,
            clock: Clock = DeviceClock,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
            pauses: Pauses = Pauses.Device,
        ): AttuneVault = opened(clock, dispatcher, pauses) {
            passcode.lent { Vault.open(folder.text, KeyStoreAdapter(keyStore), it) }
        }

        /** Makes a new vault in [folder] from a [copy]. What was shared waits in [restored] until the person says so again. */
        public suspend fun bringBack(
            copy: Path,
            passphrase: Passcode,
            folder: Path,
            keyStore: KeyStore,
            passcode: Passcode? = null,
            clock: Clock = DeviceClock,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
            pauses: Pauses = Pauses.Device,
        ): AttuneVault = opened(clock, dispatcher, pauses) {
            passphrase.lend { phrase ->
                passcode.lent { Vault.bringBack(copy.text, phrase, folder.text, KeyStoreAdapter(keyStore), it) }
            }
        }

        /** Whether a vault is in [folder], and whether it needs a passcode. Asks no key store. */
        public fun presence(folder: Path): VaultPresence = converted { org.attune.ffi.vaultPresence(folder.text) }

        /** Moves the vault in [folder] aside, into a new folder in it, and answers that. Nothing is deleted. */
        public fun startOver(folder: Path, clock: Clock = DeviceClock): Path = converted {
            Paths.get(org.attune.ffi.startOver(folder.text, clock.now()))
        }

        /**
         * Deletes the vault in [folder] for good, with all that was moved aside: every key first. Works without opening.
         * Close it before. What could not be done is told, after everything else was done all the same.
         */
        public suspend fun deleteAll(
            folder: Path,
            keyStore: KeyStore,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Unit = withContext(dispatcher) {
            converted { org.attune.ffi.deleteAll(folder.text, KeyStoreAdapter(keyStore)) }
        }

        /** Who can be reached in [country] (ISO 3166, two letters); empty where there is no list. Needs no vault and no network. */
        public fun help(kind: HelpKind, country: String): List<HelpEntry> =
            converted { org.attune.ffi.help(kind, country) }

        /** The words of the list that begin with [prefix], for completion while a code is typed. */
        public fun completeWord(prefix: String): List<String> = converted { org.attune.ffi.completeWord(prefix) }

        /** What a pairing code is, or why it is none, checked while it is typed. */
        public fun checkCode(text: String): CodeCheck = converted { org.attune.ffi.checkCode(text) }

        /** What input is held to. */
        public fun limits(): Limits = converted { org.attune.ffi.limits() }

        private suspend fun opened(
            clock: Clock,
            dispatcher: CoroutineDispatcher,
            pauses: Pauses,
            open: () -> Vault,
        ): AttuneVault {
            var vault: AttuneVault? = null
            try {
                return withContext(dispatcher) {
                    AttuneVault(converted(open), clock, dispatcher, pauses).also {
                        vault = it
                        it.expireFirst()
                    }
                }
            } catch (thrown: Throwable) {
                // Cancelled while it opened, or what has run out could not be erased: nobody has it, so nobody would close it.
                vault?.close()
                throw thrown
            }
        }
    }
}
