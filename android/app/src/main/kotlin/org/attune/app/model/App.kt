package org.attune.app.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import org.attune.AttuneException
import org.attune.Passcode
import org.attune.VaultPresence

/**
 * The app: which stage it is at, which screens are open, and what locks and unlocks it. It decides nothing about moments and
 * choices; that is the core's.
 *
 * Everything here happens on the main thread, which [scope] is bound to.
 */
class App(
    private val house: House,
    private val phone: Phone,
    private val kept: Kept,
    private val scope: CoroutineScope,
) {
    private val now = MutableStateFlow(AppState(Stage.Opening, emptyList(), null, phone.settings.read()))
    private var session: Session? = null
    private var screens = Job()
    private var keys = 0
    private var opening: Job? = null
    private var locking: Job? = null
    private var leftAt: Long? = null

    /** A pairing's link, a key for a short while: until a screen takes it, and no longer than until *Hide*. */
    private var link: String? = null
    private var leaves = false
    private var byItself = false
    private var there = true
    private var gone = false

    /** The routes that come back once the vault is open: those of a process that ended, or from before the app locked by itself. */
    private var waiting: List<Route> = kept.routes.mapNotNull(::routeOf)

    /** What to draw. */
    val state: StateFlow<AppState> = now.asStateFlow()

    init {
        if (HIDDEN in kept.routes) house.hidden = true
        start()
    }

    /** What the person or the device did. */
    fun on(event: AppEvent) {
        when (event) {
            AppEvent.Begin -> opened { house.create() }
            is AppEvent.Unlock -> unlock(event.code)
            AppEvent.UnlockByFinger -> unlockByFinger()
            AppEvent.Hide -> {
                house.hidden = true
                hide()
                kept.routes = listOf(HIDDEN)
            }
            AppEvent.Back -> {
                now.value = now.value.with(notice = null)
                now.value.top?.let { back(it.here) }
            }
            is AppEvent.Go -> go(event.route)
            AppEvent.StartOver -> startOver()
            AppEvent.TryAgain -> start()
            AppEvent.NoticeDone -> now.value = now.value.with(notice = null)
            AppEvent.Leaves -> leaves = true
            AppEvent.InFront -> leaves = false
            AppEvent.Left -> left()
            AppEvent.Returned -> returned()
            is AppEvent.Set -> set(event.settings)
            AppEvent.LookNow -> lookNow()
            is AppEvent.Link -> link(event.text)
            AppEvent.Ended -> ended()
        }
    }

    /** The vault is open in [session], after making it, opening it or bringing it back. */
    internal fun entered(session: Session) {
        // Nobody is there any more to see it.
        if (gone) return house.close(scope)
        this.session = session
        house.hidden = false
        screens = SupervisorJob(scope.coroutineContext.job)
        val home = HomeModel(here())
        val above = waiting
        waiting = emptyList()
        byItself = false
        now.value = now.value.with(stage = Stage.Open(home), above = above.map(::screen))
        keep()
        phone.looking.schedule(now.value.settings.look)
        if (now.value.settings.look != Look.WHEN_ASKED) home.lookIfOld()
        if (link != null) join()
    }

    /** The link that the app was opened with, once. */
    internal fun takeLink(): String? = link.also { link = null }

    /** What a brought back copy and *Delete all* do: they change what the first screen is. */
    internal fun opened(open: suspend () -> Session) {
        if (opening?.isActive == true) return
        opening = scope.launch {
            try {
                entered(open())
            } catch (error: AttuneException) {
                couldNotOpen(error)
            }
        }
    }

    /** Deletes everything, keys first: the app is then as on its first day. */
    internal suspend fun deleteAll() {
        phone.looking.end()
        phone.finger.forget()
        session = null
        house.close(scope)
        try {
            house.deleteAll()
        } catch (error: AttuneException) {
            // Keys went first: what is left cannot be opened, and the screen says so.
            start()
            throw error
        }
        phone.settings.erase()
        waiting = emptyList()
        now.value = AppState(Stage.FirstRun, emptyList(), Notice.ALL_GONE, phone.settings.read())
        keep()
        screens.cancel()
    }

    internal fun go(route: Route) {
        if (route.needsVault && session == null) return
        now.value = now.value.with(above = now.value.above + screen(route), notice = null)
        keep()
    }

    internal fun become(here: Here, route: Route) {
        val above = now.value.above
        val at = above.indexOfFirst { it.here === here }
        if (at < 0) return
        val same = above[at].route::class == route::class
        val next = if (same) above[at].let { Screen(it.key, route, it.holder, it.here) } else screen(route)
        if (!same) leave(listOf(above[at]))
        now.value = now.value.with(above = above.take(at) + next + above.drop(at + 1))
        keep()
    }

    internal fun back(here: Here) {
        val above = now.value.above
        val at = above.indexOfFirst { it.here === here }
        if (at < 0) return
        leave(above.drop(at))
        now.value = now.value.with(above = above.take(at))
        keep()
    }

    internal fun home() {
        leave(now.value.above)
        now.value = now.value.with(above = emptyList())
        keep()
    }

    /** Whether [session] is the one that is open now, or none is and none was. */
    internal fun isOpen(session: Session?): Boolean = session === this.session

    internal fun carry(work: suspend () -> Unit): Job = scope.launch {
        try {
            work()
        } catch (error: AttuneException) {
            failed(error)
        }
    }

    internal fun say(notice: Notice) {
        now.value = now.value.with(notice = notice)
    }

    internal fun failed(error: AttuneException) {
        when (error) {
            // The vault was closed under a screen that is on its way out.
            is AttuneException.Closed -> Unit
            else -> say(noticeOf(error))
        }
    }

    private fun start() {
        opening?.cancel()
        opening = scope.launch {
            try {
                when (house.presence()) {
                    VaultPresence.ABSENT -> now.value = now.value.with(stage = Stage.FirstRun)
                    VaultPresence.NEEDS_PASSCODE -> locked(asksCode = true)
                    // Whoever hid it has to ask for it, also after the window or the process was gone.
                    else -> if (house.hidden) locked(asksCode = false) else entered(house.open(null))
                }
            } catch (error: AttuneException) {
                couldNotOpen(error)
            }
        }
    }

    private fun unlock(code: CharArray?) {
        val stage = now.value.stage as? Stage.Locked
        if (stage == null || opening?.isActive == true) {
            code?.fill('\u0000')
            return
        }
        house.hidden = false
        now.value = now.value.with(stage = stage.copy(wrong = false, busy = true))
        opened {
            if (code == null) house.open(null) else Passcode(code).use { house.open(it) }
        }
    }

    private fun unlockByFinger() {
        if (now.value.stage !is Stage.Locked || opening?.isActive == true) return
        opening = scope.launch {
            try {
                phone.finger.passcode()?.use { entered(house.open(it)) }
            } catch (error: AttuneException) {
                couldNotOpen(error)
            }
        }
    }

    private fun couldNotOpen(error: AttuneException) {
        // Another way in was quicker: it is open.
        if (session != null) return
        when (error) {
            is AttuneException.PasscodeNeeded -> locked(asksCode = true)
            is AttuneException.WrongPasscode -> locked(asksCode = true, wrong = true)
            else -> now.value = now.value.with(stage = Stage.Stopped(stopOf(error)))
        }
    }

    private fun locked(asksCode: Boolean, wrong: Boolean = false) {
        now.value = now.value.with(stage = Stage.Locked(asksCode, wrong, phone.finger.isOn))
    }

    /** Locks and forgets where the person was. What was typed until now is still written; nothing else is. */
    private fun hide() {
        waiting = emptyList()
        byItself = false
        link = null
        lock()
        kept.routes = emptyList()
    }

    /** Nobody comes back to this one: the window was closed for good. */
    private fun ended() {
        gone = true
        locking?.cancel()
        opening?.cancel()
        val routes = kept.routes
        hide()
        if (HIDDEN in routes) kept.routes = routes
    }

    private fun link(text: String) {
        link = text
        if (session != null) join()
    }

    private fun join() {
        val open = now.value.top?.holder as? JoinModel
        if (open == null) go(Route.Join) else takeLink()?.let { open.on(JoinEvent.Scanned(it)) }
    }

    private fun lock() {
        if (session == null) return
        shut()
        phone.aloud.stop()
        now.value = AppState(Stage.Locked(asksCode = false, finger = false, busy = true), emptyList(), null, now.value.settings)
        opening = scope.launch {
            val asks = try {
                house.presence() == VaultPresence.NEEDS_PASSCODE
            } catch (_: AttuneException) {
                false
            }
            if (asks || !byItself || !there) return@launch locked(asksCode = asks)
            // The person is back already, and there is nothing to ask.
            try {
                entered(house.open(null))
            } catch (error: AttuneException) {
                couldNotOpen(error)
            }
        }
    }

    private fun shut() {
        opening?.cancel()
        screens.cancel()
        session = null
        house.close(scope)
    }

    /** Then it is as on the first day, when a new space can be begun, or a copy brought back. */
    private fun startOver() {
        if (opening?.isActive == true) return
        waiting = emptyList()
        opening = scope.launch {
            try {
                house.startOver()
                phone.finger.forget()
                now.value = now.value.with(stage = Stage.FirstRun)
            } catch (error: AttuneException) {
                couldNotOpen(error)
            }
        }
    }

    private fun left() {
        there = false
        leftAt = phone.time.millis()
        // Nobody is there to stop it.
        phone.aloud.stop()
        locking?.cancel()
        locking = scope.launch {
            phone.wait.wait(mayStay())
            lockByItself()
        }
    }

    /** How long the app may be left before it locks. Where it opened the screen of another app itself, it waits for the answer. */
    private fun mayStay(): Long = maxOf(now.value.settings.autoLock.minutes, if (leaves) FOR_AN_ANSWER else 0) * MINUTE

    private fun returned() {
        there = true
        locking?.cancel()
        val away = leftAt?.let { phone.time.millis() - it } ?: 0
        leftAt = null
        // The device may have slept on, and the coroutine above with it.
        if (away > mayStay()) lockByItself()
        leaves = false
        val stage = now.value.stage
        // Without a code there is nothing to ask: it was closed to keep it out of memory, and opens again by itself.
        if (stage is Stage.Locked && !stage.asksCode && byItself) unlock(null)
        session?.begin { expire() }
    }

    private fun lockByItself() {
        if (session == null) return
        waiting = now.value.above.map { it.route }
        byItself = true
        lock()
    }

    private fun set(settings: Settings) {
        phone.settings.write(settings)
        now.value = now.value.with(settings = settings)
        // Before there is a vault there is nothing to look for; and one that is closed had this told when it was opened.
        if (session != null) phone.looking.schedule(settings.look)
    }

    private fun lookNow() {
        scope.launch {
            try {
                house.look()
            } catch (error: AttuneException) {
                failed(error)
            }
        }
    }

    private fun here(): Here =
        Here(CoroutineScope(scope.coroutineContext + SupervisorJob(screens)), session, phone, this, house)

    private fun screen(route: Route): Screen = here().let { Screen(keys++, route, holderOf(route, it), it) }

    private fun leave(screens: List<Screen>) = screens.forEach {
        it.holder.left()
        it.here.scope.cancel()
    }

    private fun keep() {
        kept.routes = now.value.above.map { it.route.saved() }
    }

    private companion object {
        const val MINUTE = 60_000L

        /** Kept in place of routes: it was hidden. */
        const val HIDDEN = "Hidden"

        /** Minutes. */
        const val FOR_AN_ANSWER = 5
    }
}
