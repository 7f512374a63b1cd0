package org.attune.app.model

import org.attune.CaseId
import org.attune.MisattunementId
import org.attune.Offer
import org.attune.RepairChoice
import org.attune.RepairOption

/** What can be picked. */
class PickState(
    /** It was marked just now: *Saved* and *Undo* are shown. */
    val saved: Boolean,
    /** In the order of the core: *Keep it to myself* first, nothing preselected. */
    val offers: List<Offer> = emptyList(),
    /** Nobody is paired: nothing could be sent. */
    val alone: Boolean = false,
    /** Another choice is changed, rather than a first one picked. */
    val changes: Boolean = false,
    /** There is a moment to write own words on. */
    val hasMoment: Boolean = false,
)

/** What a person does there. */
sealed interface PickEvent {
    class Pick(val offer: Offer) : PickEvent

    /** The mark is undone. */
    data object Undo : PickEvent

    /** Own words and where it was. */
    data object Words : PickEvent

    /** Pairing, where nobody is paired. */
    data object Join : PickEvent
}

/** What would help now. */
class PickModel(
    here: Here,
    private val moment: MisattunementId?,
    saved: Boolean,
    private val replaces: CaseId?,
) : Holder<PickState, PickEvent>(here, PickState(saved, changes = replaces != null, hasMoment = moment != null)) {
    init {
        watch({ offers() to practices() }) { state, (offers, practices) ->
            // Keeping it to oneself is no other way for what was shared: taking it back is, and stands there.
            val ways = offers.filterNot { state.changes && it.option == RepairOption.KEEP }
            PickState(state.saved, ways, practices.isEmpty(), state.changes, state.hasMoment)
        }
    }

    override fun on(event: PickEvent) {
        when (event) {
            is PickEvent.Pick -> pick(event.offer)
            PickEvent.Undo -> moment?.let {
                leaving(Notice.UNDONE, here::home) { undo(it) }
            }
            PickEvent.Words -> moment?.let {
                // Words may be there afterwards, which no *Undo* takes away without a question.
                here.become(Route.Pick(it, saved = false, replaces))
                show { state -> PickState(false, state.offers, state.alone, state.changes, state.hasMoment) }
                here.go(Route.Moment(it))
            }
            PickEvent.Join -> here.go(Route.Join)
        }
    }

    private fun pick(offer: Offer) {
        val practice = offer.practice
        when {
            offer.option == RepairOption.KEEP -> {
                here.say(Notice.KEPT)
                here.home()
            }
            practice == null -> here.go(Route.Outside)
            else -> here.go(Route.Preview(RepairChoice(offer.option, practice, moment, false, false, null, replaces)))
        }
    }
}
