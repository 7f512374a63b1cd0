package org.attune.app.model

import org.attune.CaseId
import org.attune.Choice
import org.attune.FollowUp
import org.attune.Practice

/** A choice and where it stands. */
class ChoiceState(
    val choice: Choice? = null,
    val practice: Practice? = null,
    /** The notes on it, newest first. */
    val notes: List<FollowUp> = emptyList(),
    /** It was shared just now. */
    val shared: Boolean = false,
)

/** What a person does there. */
sealed interface ChoiceEvent {
    data object TakeBack : ChoiceEvent

    /** Pick another way. */
    data object Change : ChoiceEvent

    /** Wipe it from this phone. */
    data object Erase : ChoiceEvent
    class Note(val note: FollowUp) : ChoiceEvent
    data object Compare : ChoiceEvent

    /** Say after a restore whether it still counts. */
    data object Restored : ChoiceEvent
    data object Moment : ChoiceEvent
}

/** One choice. */
class ChoiceModel(here: Here, private val case: CaseId, shared: Boolean) :
    Holder<ChoiceState, ChoiceEvent>(here, ChoiceState(shared = shared)) {
    init {
        watch({
            val choice = choice(case)
            ChoiceState(choice, practice(choice.practice), notesOf(case), shared)
        }) { _, found -> found }
    }

    override fun on(event: ChoiceEvent) {
        when (event) {
            ChoiceEvent.TakeBack -> once { here.session.write { takeBack(case) } }
            ChoiceEvent.Change -> here.go(Route.Pick(state.value.choice?.moment, replaces = case))
            ChoiceEvent.Erase -> leaving(Notice.ERASED) { eraseChoice(case) }
            is ChoiceEvent.Note -> here.go(Route.Note(event.note.id))
            ChoiceEvent.Compare -> state.value.choice?.let { here.go(Route.Compare(it.practice)) }
            ChoiceEvent.Restored -> here.go(Route.Restored)
            ChoiceEvent.Moment -> state.value.choice?.moment?.let { here.go(Route.Moment(it)) }
        }
    }
}
