package org.attune.app.model

import java.time.LocalDate
import org.attune.AttestedTerms
import org.attune.AttuneException
import org.attune.Misattunement
import org.attune.Practice
import org.attune.Preview
import org.attune.RepairChoice

/** Exactly what would be shared, and what could be added. */
class PreviewState(
    /** What *Share this* would send; none until the core has fixed it. */
    val preview: Preview? = null,
    /** The moment that it is for: its own words and hint can be switched on. */
    val moment: Misattunement? = null,
    /** Who it goes to. */
    val practice: Practice? = null,
    /** What the practice attested. */
    val terms: AttestedTerms? = null,
    val withPointer: Boolean = false,
    val withWords: Boolean = false,
    val until: LocalDate? = null,
)

/** What a person does there. */
sealed interface PreviewEvent {
    data class WithPointer(val on: Boolean) : PreviewEvent
    data class WithWords(val on: Boolean) : PreviewEvent
    data class Until(val day: LocalDate?) : PreviewEvent

    /** Share what is shown, and that alone. */
    data object Share : PreviewEvent

    /** *Not now*. */
    data object NotNow : PreviewEvent

    /** Compare words, before own words can be shared. */
    data object Compare : PreviewEvent
}

/** This is all they will get. */
class PreviewModel(here: Here, private var choice: RepairChoice) : Holder<PreviewState, PreviewEvent>(here, PreviewState()) {
    init {
        doing {
            val twin = twin()
            if (twin == null) begin() else here.become(twin)
        }
    }

    override fun on(event: PreviewEvent) {
        when (event) {
            is PreviewEvent.WithPointer -> change(choice.copy(withPointer = event.on))
            is PreviewEvent.WithWords -> change(choice.copy(withWords = event.on))
            is PreviewEvent.Until -> change(choice.copy(until = event.day))
            PreviewEvent.Share -> share()
            PreviewEvent.NotNow -> here.back()
            PreviewEvent.Compare -> here.go(Route.Compare(choice.practice))
        }
    }

    /** What was switched on before the process ended may be declined by now: then it begins plain, or not at all. */
    private suspend fun begin() {
        try {
            return fix(choice)
        } catch (declined: AttuneException.Declined) {
            here.failed(declined)
        }
        try {
            fix(choice.copy(withPointer = false, withWords = false, until = null))
        } catch (_: AttuneException.Declined) {
            here.back()
        }
    }

    private fun change(to: RepairChoice) {
        doing { fix(to) }
    }

    /** Has the core fix what would be sent; what it declines leaves the preview before as it was. */
    private suspend fun fix(to: RepairChoice) {
        val fixed = here.session.read {
            PreviewState(
                preview = preview(to),
                moment = to.moment?.let { moment(it) },
                practice = practice(to.practice),
                terms = offers().firstOrNull { it.option == to.option && it.practice == to.practice }?.terms,
                withPointer = to.withPointer,
                withWords = to.withWords,
                until = to.until,
            )
        }
        choice = to
        here.become(Route.Preview(to))
        show { fixed }
    }

    private fun share() {
        val shown = state.value.preview ?: return
        once {
            val case = try {
                here.session.write { share(shown.id) }
            } catch (error: AttuneException.Declined) {
                // What would be sent is no longer what was shown: look once more.
                fix(choice)
                throw error
            }
            here.home()
            here.go(Route.Choice(case, shared = true))
        }
    }

    /**
     * The choice that was shared from this very screen, if the process ended between sharing and leaving it: it is shown then,
     * rather than offered for sharing a second time.
     */
    private suspend fun twin(): Route? {
        val moment = choice.moment ?: return null
        val twin = here.session.read { choicesOf(moment) }.firstOrNull {
            it.open && it.option == choice.option && it.practice == choice.practice && it.caseId != choice.replaces
        }
        return twin?.let { Route.Choice(it.caseId, shared = true) }
    }
}
