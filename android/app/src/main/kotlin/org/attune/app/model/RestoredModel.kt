package org.attune.app.model

import org.attune.CaseId
import org.attune.Restored

/** The choices that wait for the person's word after a copy was brought back. */
class RestoredState(val read: Boolean = false, val waiting: List<Restored> = emptyList())

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
        watch({ restored() }) { _, found -> RestoredState(true, found) }
    }

    override fun on(event: RestoredEvent) {
        when (event) {
            is RestoredEvent.Keep -> once { here.session.write { confirmRestored(event.case) } }
            is RestoredEvent.Drop -> once { here.session.write { dropRestored(event.case) } }
            RestoredEvent.Later -> here.back()
        }
    }
}
