package org.attune.app.model

import java.time.Duration
import java.time.Instant
import org.attune.AttuneVault
import org.attune.Choice
import org.attune.Misattunement
import org.attune.PairingStage
import org.attune.Practice

/** What Home shows. */
class HomeState(
    /** Whether the vault was read: before, nothing is said to be empty. */
    val read: Boolean = false,
    /** The newest moments. */
    val moments: List<MomentLine> = emptyList(),
    /** Whether there are older ones. */
    val older: Boolean = false,
    /** Choices that no moment shown leads to, open ones alone. */
    val choices: List<Choice> = emptyList(),
    val notes: Boolean = false,
    val drafts: Boolean = false,
    val practices: List<Practice> = emptyList(),
    /** Choices wait for the person's word after a copy was brought back. */
    val restored: Boolean = false,
    /** A look for updates is under way. */
    val looking: Boolean = false,
)

/** A moment and where it stands. */
class MomentLine(val moment: Misattunement, val choice: Choice?)

/** What a person does on Home. */
sealed interface HomeEvent {
    /** The one tap. */
    data object Mark : HomeEvent

    /** Another screen. */
    data class Open(val route: Route) : HomeEvent

    /** *Connect now*. */
    data object Look : HomeEvent

    /** *Hide*. */
    data object Hide : HomeEvent
}

/** The first screen of an open vault. */
class HomeModel(here: Here) : Holder<HomeState, HomeEvent>(here, HomeState()) {
    private var looking = false

    init {
        watch({ home() }) { _, found -> found.looking(looking) }
    }

    override fun on(event: HomeEvent) {
        when (event) {
            HomeEvent.Mark -> once {
                val moment = here.session.write { flag() }
                here.go(Route.Pick(moment, saved = true))
            }
            is HomeEvent.Open -> here.go(event.route)
            HomeEvent.Look -> look()
            HomeEvent.Hide -> here.on(AppEvent.Hide)
        }
    }

    /** Looks for updates if nothing came through for a day; what does not come through says so on the practice's own screen. */
    fun lookIfOld() {
        doing {
            val now = here.phone.clock.instant()
            if (here.session.read { practices() }.any { it.isOld(now) }) look()
        }
    }

    private fun look() {
        if (looking) return
        looking(true)
        doing {
            try {
                here.session.read { sync(here.phone.transport) }
            } finally {
                looking(false)
            }
        }
    }

    private fun looking(now: Boolean) {
        looking = now
        show { it.looking(now) }
    }
}

private const val ON_HOME = 5

private fun AttuneVault.home(): HomeState {
    val newest = moments(limit = ON_HOME + 1)
    val shown = newest.take(ON_HOME)
    val lines = shown.map { MomentLine(it, choicesOf(it.id).firstOrNull()) }
    val led = lines.mapNotNull { it.choice?.caseId }
    return HomeState(
        read = true,
        moments = lines,
        older = newest.size > shown.size,
        choices = choices().filter { it.open && it.caseId !in led },
        notes = notes().isNotEmpty(),
        drafts = proposals().any { it.open },
        practices = practices().filter { it.stage != PairingStage.ENDED },
        restored = restored().isNotEmpty(),
    )
}

private fun HomeState.looking(now: Boolean) =
    HomeState(read, moments, older, choices, notes, drafts, practices, restored, looking = now)

private fun Practice.isOld(now: Instant): Boolean {
    val at = health.reachedAt ?: return stage != PairingStage.ENDED
    return stage != PairingStage.ENDED && Duration.between(at, now) > Duration.ofDays(1)
}
