package org.attune.app.model

import org.attune.CaseId
import org.attune.Restored

/** The choices that wait for the person's word after a copy was brought back. */
class RestoredState(
    val read: Boolean = false,
    val waiting: List<Restored> = emptyList(),
    /** What was said to a draft waits, too. It is said again at the draft. */
    val drafts: Boolean = false,
    /** What was shared about oneself waits, too. It is shared again at the practice. */
    val about: Boolean = false,
)

/** What a person does with them. */
sealed interface RestoredEvent {
    /** It still counts. */
    class Keep(val case: CaseId) : RestoredEvent

    /** It does not. */
    class Drop(val case: CaseId) : RestoredEvent

    /** It is decided later. Nothing is sent meanwhile. */
    data object Later : RestoredEvent
}

/** Nothing of a choice leaves before the person said that it still counts. */
class RestoredModel(here: Here) : Holder<RestoredState, RestoredEvent>(here, RestoredState()) {
    init {
        watch({
            val about = practices().any { aboutMe(it.id)?.waits == true }
            RestoredState(true, restored(), proposals().any { it.waits }, about)
        }) { _, found -> found }
    }

    override fun on(event: RestoredEvent) {
        when (event) {
            is RestoredEvent.Keep -> once { here.session.write { confirmRestored(event.case) } }
            is RestoredEvent.Drop -> once { here.session.write { dropRestored(event.case) } }
            RestoredEvent.Later -> here.back()
        }
    }
}
