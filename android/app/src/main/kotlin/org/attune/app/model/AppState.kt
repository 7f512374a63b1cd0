package org.attune.app.model

/** What is on the screen: the stage, and above it the screens that the person opened. */
class AppState(
    val stage: Stage,
    /** The screens above the first one, the topmost last. */
    val above: List<Screen>,
    /** One line to say, until it is done with. */
    val notice: Notice?,
    val settings: Settings,
) {
    /** What is drawn: the topmost screen, or null for the stage's own. */
    val top: Screen? get() = above.lastOrNull()

    fun with(
        stage: Stage = this.stage,
        above: List<Screen> = this.above,
        notice: Notice? = this.notice,
        settings: Settings = this.settings,
    ): AppState = AppState(stage, above, notice, settings)

    /** The type's name, and nothing of what it holds. */
    override fun toString(): String = "AppState"
}

/** A screen above the first: where it is, and what it shows. */
class Screen(
    /** Tells this screen from another of the same route; for the screen's own short-lived state, such as where it was scrolled to. */
    val key: Int,
    val route: Route,
    val holder: Holder<*, *>,
    internal val here: Here,
)

/** How far the app is. */
sealed interface Stage {
    /** The vault is being opened. */
    data object Opening : Stage

    /** There is no vault yet. */
    data object FirstRun : Stage

    /** There is one, and it is closed. */
    data class Locked(
        /** Whether a passcode is needed; otherwise a tap opens it. */
        val asksCode: Boolean,
        /** What was typed last was not it. */
        val wrong: Boolean = false,
        /** A finger or a face can be asked for. */
        val finger: Boolean = false,
        /** It is being opened. */
        val busy: Boolean = false,
    ) : Stage

    /** It cannot be opened. Nothing was deleted. */
    data class Stopped(val why: Stop) : Stage

    /** It is open; the first screen is Home. */
    class Open(val home: HomeModel) : Stage
}

/** Why the vault cannot be opened, as a person can act on it. */
enum class Stop {
    /** The key store is locked: later. */
    LATER,

    /** The key is gone for good. */
    KEY_GONE,

    /** What is there cannot be read. */
    DAMAGED,

    /** A newer app wrote it. */
    NEWER,

    /** There is no room. */
    NO_ROOM,

    /** It is open elsewhere. */
    BUSY,

    /** The files do not answer, or something went wrong inside. */
    FAULT,
}

/** One line that the app says. */
enum class Notice {
    UNDONE, WORDS_SAVED, ERASED, KEPT, TAKEN_BACK, CODE_SET, CODE_OFF, COPY_SAVED, UNPAIRED, MATCHED, CUT, ALL_GONE, UP_TO_DATE,
    NOT_FOUND, WORDS_TOO_LONG, NOT_OFFERED, TOO_MANY_OPEN, NOT_COMPARED, PAST_DAY, CHANGED_SINCE, TOO_LATE, NOT_READY, BAD_CODE,
    RELAY_NEEDED, NOT_A_COPY, NOT_EMPTY, WRONG_CODE, NO_ROOM, NO_STORAGE, LATER, DAMAGED, NEWER, FAULT,
}

/** What the person or the device does to the app as a whole. */
sealed interface AppEvent {
    /** First run is read: make a vault. */
    data object Begin : AppEvent

    /** Open, with a code if one is asked for. The array is overwritten. */
    class Unlock(val code: CharArray?) : AppEvent

    /** Open by finger or face. */
    data object UnlockByFinger : AppEvent

    /** Lock, now, whatever is on the screen. */
    data object Hide : AppEvent

    /** The device's *back*. */
    data object Back : AppEvent

    /** Another screen. */
    data class Go(val route: Route) : AppEvent

    /** The vault that cannot be opened is set aside. */
    data object StartOver : AppEvent

    /** Try once more to open. */
    data object TryAgain : AppEvent

    /** The line was read, or its time is over. */
    data object NoticeDone : AppEvent

    /** The app is about to open a screen of another app and waits for its answer: a picker, a permission. */
    data object Leaves : AppEvent

    /** The window is in front again: what was waited for has answered, if it ever came. */
    data object InFront : AppEvent

    /** The app left the screen. */
    data object Left : AppEvent

    /** It is on the screen again. */
    data object Returned : AppEvent

    /** The settings are to be these. */
    data class Set(val settings: Settings) : AppEvent

    /** Look for updates, now. */
    data object LookNow : AppEvent

    /** The app was opened with a pairing's link. Its text form holds no part of it. */
    class Link(val text: String) : AppEvent

    /** The window was closed for good. */
    data object Ended : AppEvent
}
