package org.attune.app.model

import org.attune.AttuneVault
import org.attune.CaseId
import org.attune.Choice
import org.attune.Misattunement
import org.attune.MisattunementId
import org.attune.Pointer

/** The moments, as far as they were asked for. */
class MomentsState(
    val read: Boolean = false,
    val moments: List<MomentLine> = emptyList(),
    /** There are older ones. */
    val older: Boolean = false,
)

/** What a person does with the list. */
sealed interface MomentsEvent {
    class Open(val moment: MisattunementId) : MomentsEvent
    data object Older : MomentsEvent

    /** Wipe all of them. */
    data object EraseAll : MomentsEvent
}

/** Every moment, newest first. */
class MomentsModel(here: Here) : Holder<MomentsState, MomentsEvent>(here, MomentsState()) {
    private var most = PAGE

    init {
        watch({ lines(most) }) { _, found -> found }
    }

    override fun on(event: MomentsEvent) {
        when (event) {
            is MomentsEvent.Open -> here.go(Route.Moment(event.moment))
            MomentsEvent.Older -> doing {
                most += PAGE
                val found = here.session.read { lines(most) }
                show { found }
            }
            MomentsEvent.EraseAll -> once {
                here.session.write { eraseMoments() }
                here.say(Notice.ERASED)
            }
        }
    }

    private companion object {
        const val PAGE = 50
    }
}

private fun AttuneVault.lines(most: Int): MomentsState {
    val found = moments(limit = most + 1)
    val latest = choices().filter { it.moment != null }.reversed().associateBy { it.moment }
    return MomentsState(true, found.take(most).map { MomentLine(it, latest[it.id]) }, found.size > most)
}

/** One moment. */
class MomentState(
    val moment: Misattunement? = null,
    /** The words as they are typed; they are the moment's own as soon as they can be. */
    val words: String = "",
    /** Characters that the words may have. */
    val limit: Int = 0,
    /** What was shared for it, newest first. */
    val choices: List<Choice> = emptyList(),
    /** For how many days moments are kept; null until they are wiped. */
    val days: Int? = null,
)

/** What a person does with it. */
sealed interface MomentEvent {
    class Words(val text: String) : MomentEvent
    data class Where(val pointer: Pointer?) : MomentEvent
    data object Erase : MomentEvent

    /** What would help now? */
    data object Pick : MomentEvent
    class Open(val case: CaseId) : MomentEvent
}

/** A moment, with own words and a hint. Nothing of it leaves the phone from here. */
class MomentModel(here: Here, private val id: MisattunementId) : Holder<MomentState, MomentEvent>(here, MomentState()) {
    private val draft = Draft(here) { setWords(id, it) }
    private var typed = false

    init {
        watch({
            MomentState(moment(id), limit = AttuneVault.limits().wordsChars.toInt(), choices = choicesOf(id), days = momentDays())
        }) { before, found ->
            val words = if (typed) before.words else found.moment?.words.orEmpty()
            MomentState(found.moment, words, found.limit, found.choices, found.days)
        }
    }

    override fun on(event: MomentEvent) {
        when (event) {
            is MomentEvent.Words -> words(event.text)
            is MomentEvent.Where -> doing { here.session.write { setPointer(id, event.pointer) } }
            MomentEvent.Erase -> leaving(Notice.ERASED) { eraseMoment(id) }
            MomentEvent.Pick -> here.go(Route.Pick(id))
            is MomentEvent.Open -> here.go(Route.Choice(event.case))
        }
    }

    private fun words(text: String) {
        val state = state.value
        if (state.moment == null) return
        // What is over the limit is not taken: the words before stay, in the field too.
        if (text.codePointCount(0, text.length) > state.limit) return here.say(Notice.WORDS_TOO_LONG)
        typed = true
        show { MomentState(it.moment, text, it.limit, it.choices, it.days) }
        draft.set(text)
    }
}
