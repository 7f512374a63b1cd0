package org.attune.app.model

import java.nio.file.Path
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import org.attune.AttuneException
import org.attune.AttuneVault
import org.attune.Passcode
import org.attune.VaultPresence
import org.attune.Why

/**
 * What one screen shows, and what the person can do there. A screen draws [state] and calls [on]; it holds nothing itself.
 *
 * Events come on the main thread, and the state changes there. The vault is asked on its own.
 */
abstract class Holder<S : Any, E : Any>(protected val here: Here, first: S) {
    private val shown = MutableStateFlow(first)

    /** What to draw. */
    val state: StateFlow<S> = shown.asStateFlow()

    /** What the person did. */
    abstract fun on(event: E)

    /** The screen was left. */
    open fun left() = Unit

    /** Shows something else. */
    protected fun show(change: (S) -> S) {
        shown.value = change(shown.value)
    }

    /** Does something that takes its time; what the core declines is told to the person. */
    protected fun doing(work: suspend () -> Unit): Job = here.scope.launch {
        try {
            work()
        } catch (error: AttuneException) {
            here.failed(error)
        }
    }

    /** As [doing], but a second press while the first is at work does nothing. */
    protected fun once(work: suspend () -> Unit) {
        if (pressed?.isActive == true) return
        pressed = doing(work)
    }

    /**
     * Does what this screen ends by: [work], then says [notice], then leaves by [leave]. It is carried to its end even when the screen
     * is gone before, as it is once what it showed is gone.
     */
    protected fun leaving(notice: Notice, leave: () -> Unit = here::back, work: suspend AttuneVault.() -> Unit) = carrying {
        here.session.write(work)
        here.say(notice)
        leave()
    }

    /** As [once], and goes on when the screen is left meanwhile. */
    protected fun carrying(work: suspend () -> Unit) {
        if (pressed?.isActive == true) return
        pressed = here.carry(work)
    }

    /**
     * Reads by [read] now and after every change of the vault, and shows what it gave. A screen of one thing is left when that
     * thing is gone.
     */
    protected fun <T> watch(read: suspend AttuneVault.() -> T, shows: (S, T) -> S) {
        doing {
            here.session.changes.collect {
                try {
                    val found = here.session.read(read)
                    show { shows(it, found) }
                } catch (gone: AttuneException.Declined) {
                    if (gone.why == Why.NOT_FOUND) here.back() else throw gone
                }
            }
        }
    }

    private var pressed: Job? = null
}

/** What a holder is given: where it stands, and what it may do there. */
class Here(
    /** Ends when the screen is left. */
    val scope: CoroutineScope,
    private val open: Session?,
    val phone: Phone,
    private val app: App,
    private val house: House,
) {
    /** The open vault. Only routes that need one have it. */
    val session: Session get() = checkNotNull(open) { "this route needs no vault" }

    /** Shows another screen over this one. */
    fun go(route: Route) = app.go(route)

    /** Shows another screen in place of this one, or the same with other fields. */
    fun become(route: Route) = app.become(this, route)

    /** Leaves this screen. */
    fun back() = app.back(this)

    /** Leaves every screen but the first. */
    fun home() = app.home()

    /** Says one line to the person, unless it was locked meanwhile. */
    fun say(notice: Notice) {
        if (app.isOpen(open)) app.say(notice)
    }

    /** Does something that goes on when the screen is left. */
    fun carry(work: suspend () -> Unit): Job = app.carry(work)

    /** Tells what the core said instead of doing it. */
    fun failed(error: AttuneException) = app.failed(error)

    /** The link that the app was opened with, once. */
    fun takeLink(): String? = app.takeLink()

    /** What the app as a whole can do. */
    fun on(event: AppEvent) = app.on(event)

    /** Whether opening needs a passcode. */
    suspend fun presence(): VaultPresence = house.presence()

    /** Sets, changes or removes the passcode. */
    suspend fun setPasscode(passcode: Passcode?) = house.setPasscode(passcode)

    /** Makes the vault from a copy, and enters it. */
    suspend fun bringBack(copy: Path, passphrase: Passcode) = app.entered(house.bringBack(copy, passphrase))

    /** Deletes everything; the app is then as on its first day. */
    suspend fun deleteAll() = app.deleteAll()

    /** Off the main thread. */
    val io: CoroutineDispatcher get() = house.io

    /** What the system's picker gave. */
    val documents: Documents get() = phone.documents

    /** Lends [use] the path of a file that is not there yet, and removes what was put there. */
    suspend fun <T> passing(use: suspend (Path) -> T): T = house.passing(use)
}
