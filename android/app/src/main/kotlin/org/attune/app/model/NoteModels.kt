package org.attune.app.model

import org.attune.Choice
import org.attune.FollowUp
import org.attune.FollowUpId

/** The notes. */
class NotesState(val read: Boolean = false, val notes: List<FollowUp> = emptyList())

/** What a person does with the list. */
sealed interface NotesEvent {
    class Open(val note: FollowUpId) : NotesEvent
}

/** Every note, newest first. */
class NotesModel(here: Here) : Holder<NotesState, NotesEvent>(here, NotesState()) {
    init {
        watch({ notes() }) { _, found -> NotesState(true, found) }
    }

    override fun on(event: NotesEvent) {
        when (event) {
            is NotesEvent.Open -> here.go(Route.Note(event.note))
        }
    }
}

/** One note. */
class NoteState(
    val note: FollowUp? = null,
    /** The device can read it aloud. */
    val canReadAloud: Boolean = false,
    /** It is being read aloud. */
    val reading: Boolean = false,
)

/** What a person does with it. */
sealed interface NoteEvent {
    /** Read it aloud, or fall silent. */
    data object Aloud : NoteEvent

    /** The choice that it answers. */
    data object Choice : NoteEvent
    data object Erase : NoteEvent
}

/** A note from the practice. No reply is needed. */
class NoteModel(here: Here, private val id: FollowUpId) : Holder<NoteState, NoteEvent>(here, NoteState()) {
    init {
        watch({ note(id) }) { state, found -> NoteState(found, here.phone.aloud.isThere, state.reading) }
    }

    override fun on(event: NoteEvent) {
        val note = state.value.note ?: return
        when (event) {
            NoteEvent.Aloud -> if (state.value.reading) {
                here.phone.aloud.stop()
                reading(false)
            } else {
                reading(true)
                here.phone.aloud.read(note.text) { reading(false) }
            }
            NoteEvent.Choice -> here.go(Route.Choice(note.caseId))
            NoteEvent.Erase -> {
                here.phone.aloud.stop()
                leaving(Notice.ERASED) { eraseNote(id) }
            }
        }
    }

    override fun left() = here.phone.aloud.stop()

    private fun reading(now: Boolean) = show { NoteState(it.note, it.canReadAloud, now) }
}

/** The choices. */
class ChoicesState(val read: Boolean = false, val choices: List<Choice> = emptyList())

/** What a person does with the list. */
sealed interface ChoicesEvent {
    class Open(val choice: Choice) : ChoicesEvent
}

/** Every choice, newest first. */
class ChoicesModel(here: Here) : Holder<ChoicesState, ChoicesEvent>(here, ChoicesState()) {
    init {
        watch({ choices() }) { _, found -> ChoicesState(true, found) }
    }

    override fun on(event: ChoicesEvent) {
        when (event) {
            is ChoicesEvent.Open -> here.go(Route.Choice(event.choice.caseId))
        }
    }
}
