package org.attune.app.model

import java.nio.file.Path
import kotlinx.coroutines.withContext
import org.attune.AttuneException
import org.attune.AttuneVault
import org.attune.Passcode

/** Where a copy goes to or comes from, as the person picked it: a document of the system's picker. */
interface Documents {
    /** Writes [from] into the picked document, whole, and reads it back. False if the place would not take it. */
    fun write(from: Path, picked: String): Boolean

    /** Writes [text] into the picked document. */
    fun write(text: ByteArray, picked: String): Boolean

    /** Takes the picked document into the new file [to]. False if it could not be read. */
    fun read(picked: String, to: Path): Boolean
}

/** Saving a copy. */
class SaveCopyState(
    /** The pass phrase is not long enough yet. */
    val short: Boolean = false,
    val differs: Boolean = false,
    val busy: Boolean = false,
    /** The copy is where the person wanted it. */
    val saved: Boolean = false,
    val failed: Boolean = false,
    /** The pass phrase will do: a place can be asked for. */
    val ready: Boolean = false,
)

/** What a person does there. The arrays are overwritten. */
sealed interface SaveCopyEvent {
    /** The pass phrase was typed: it is looked at before a place is asked for. */
    class Check(val phrase: CharArray, val again: CharArray) : SaveCopyEvent

    /** A locked copy, to the place that was [picked]. */
    class Sealed(val picked: String, val phrase: CharArray) : SaveCopyEvent

    /** A copy that anybody can read, to the place that was [picked]. */
    class Readable(val picked: String) : SaveCopyEvent
}

/** *Save a copy*. A locked one is made beside the vault first, and removed after it was handed over. */
class SaveCopyModel(here: Here) : Holder<SaveCopyState, SaveCopyEvent>(here, SaveCopyState()) {
    override fun on(event: SaveCopyEvent) {
        when (event) {
            is SaveCopyEvent.Check -> check(event)
            is SaveCopyEvent.Sealed -> saving {
                Passcode(event.phrase).use { phrase ->
                    here.passing { file ->
                        here.session.write { saveCopy(file, phrase) }
                        withContext(here.io) { here.documents.write(file, event.picked) }
                    }
                }
            }
            is SaveCopyEvent.Readable -> saving {
                val text = here.session.read { readable() }.encodeToByteArray()
                try {
                    withContext(here.io) { here.documents.write(text, event.picked) }
                } finally {
                    text.fill(0)
                }
            }
        }
    }

    private fun check(event: SaveCopyEvent.Check) {
        val least = AttuneVault.limits().passphraseChars.toInt()
        val short = event.phrase.size < least
        val differs = !event.phrase.contentEquals(event.again)
        event.phrase.fill('\u0000')
        event.again.fill('\u0000')
        show { SaveCopyState(short, differs && !short, ready = !short && !differs) }
    }

    private fun saving(work: suspend () -> Boolean) = carrying {
        show { SaveCopyState(busy = true) }
        var saved = false
        try {
            saved = work()
            if (saved) here.say(Notice.COPY_SAVED)
        } finally {
            show { SaveCopyState(saved = saved, failed = !saved) }
        }
    }
}

/** Bringing back a copy. */
class BringBackState(
    /** The document that the person picked. */
    val picked: String? = null,
    val wrong: Boolean = false,
    val busy: Boolean = false,
    /** What was picked could not be read, or is no copy. */
    val unusable: Boolean = false,
    /** There is something here already: a copy goes into an empty space alone. */
    val full: Boolean = false,
)

/** What a person does there. The array is overwritten. */
sealed interface BringBackEvent {
    class Pick(val picked: String) : BringBackEvent
    class Open(val phrase: CharArray) : BringBackEvent
}

/** *Bring back a copy*, into an empty space. */
class BringBackModel(here: Here) : Holder<BringBackState, BringBackEvent>(here, BringBackState()) {
    override fun on(event: BringBackEvent) {
        when (event) {
            is BringBackEvent.Pick -> show { BringBackState(picked = event.picked) }
            is BringBackEvent.Open -> open(event.phrase)
        }
    }

    private fun open(phrase: CharArray) {
        val picked = state.value.picked ?: return
        carrying {
            show { BringBackState(picked, busy = true) }
            try {
                Passcode(phrase).use { passphrase ->
                    here.passing { file ->
                        val taken = withContext(here.io) { here.documents.read(picked, file) }
                        if (taken) here.bringBack(file, passphrase) else show { BringBackState(picked, unusable = true) }
                    }
                }
            } catch (error: AttuneException) {
                val what = noticeOf(error)
                show {
                    BringBackState(
                        picked,
                        wrong = what == Notice.WRONG_CODE,
                        unusable = what == Notice.NOT_A_COPY || what == Notice.DAMAGED || what == Notice.NEWER,
                        full = what == Notice.NOT_EMPTY,
                    )
                }
            }
        }
    }
}

/** *Delete all*. */
class DeleteAllState(
    val busy: Boolean = false,
    /** Not everything could be deleted; the keys were. */
    val failed: Boolean = false,
)

/** What a person does there. */
sealed interface DeleteAllEvent {
    data object Delete : DeleteAllEvent
    data object NotNow : DeleteAllEvent
}

/** Deletes everything, keys first, whether or not the vault can be opened. */
class DeleteAllModel(here: Here) : Holder<DeleteAllState, DeleteAllEvent>(here, DeleteAllState()) {
    override fun on(event: DeleteAllEvent) {
        when (event) {
            DeleteAllEvent.Delete -> carrying {
                show { DeleteAllState(busy = true) }
                try {
                    here.deleteAll()
                } catch (error: AttuneException) {
                    show { DeleteAllState(failed = true) }
                }
            }
            DeleteAllEvent.NotNow -> here.back()
        }
    }
}
