package org.attune.app.model

import org.attune.VaultPresence

/** What is set. */
class SettingsState(
    val settings: Settings,
    /** Opening asks for a code. */
    val hasCode: Boolean = false,
    /** The device can ask for a finger or a face. */
    val canFinger: Boolean = false,
    val hasFinger: Boolean = false,
    /** For how many days moments are kept; null until they are wiped. */
    val days: Int? = null,
    val read: Boolean = false,
)

/** What a person does with them. */
sealed interface SettingsEvent {
    class Set(val settings: Settings) : SettingsEvent

    /** For how many days moments are kept; null until they are wiped. */
    class Days(val days: Int?) : SettingsEvent

    /** No finger or face any more: only the code. */
    data object ForgetFinger : SettingsEvent
    class Open(val route: Route) : SettingsEvent
}

/** Settings. */
class SettingsModel(here: Here) : Holder<SettingsState, SettingsEvent>(here, SettingsState(here.phone.settings.read())) {
    init {
        watch({ momentDays() to (here.presence() == VaultPresence.NEEDS_PASSCODE) }) { state, (days, hasCode) ->
            SettingsState(state.settings, hasCode, here.phone.finger.isThere, here.phone.finger.isOn, days, read = true)
        }
    }

    override fun on(event: SettingsEvent) {
        when (event) {
            is SettingsEvent.Set -> {
                here.on(AppEvent.Set(event.settings))
                again { SettingsState(event.settings, it.hasCode, it.canFinger, it.hasFinger, it.days, it.read) }
            }
            is SettingsEvent.Days -> doing { here.session.write { setMomentDays(event.days) } }
            SettingsEvent.ForgetFinger -> {
                here.phone.finger.forget()
                again { SettingsState(it.settings, it.hasCode, it.canFinger, here.phone.finger.isOn, it.days, it.read) }
            }
            is SettingsEvent.Open -> here.go(event.route)
        }
    }

    private fun again(change: (SettingsState) -> SettingsState) = show(change)
}

/** The code that opening asks for. */
class PasscodeState(
    /** One is set. */
    val hasCode: Boolean = false,
    /** What was typed twice was not the same. */
    val differs: Boolean = false,
    /** A finger or a face can be kept for it. */
    val canFinger: Boolean = false,
    val busy: Boolean = false,
    val read: Boolean = false,
)

/** What a person does with it. The arrays are overwritten. */
sealed interface PasscodeEvent {
    class Set(val code: CharArray, val again: CharArray, val finger: Boolean) : PasscodeEvent
    data object Remove : PasscodeEvent
}

/** Setting, changing or removing the passcode. Whoever has the app open may: they could read everything anyway. */
class PasscodeModel(here: Here) : Holder<PasscodeState, PasscodeEvent>(here, PasscodeState()) {
    init {
        watch({ here.presence() == VaultPresence.NEEDS_PASSCODE }) { state, hasCode ->
            PasscodeState(hasCode, state.differs, here.phone.finger.isThere, state.busy, read = true)
        }
    }

    override fun on(event: PasscodeEvent) {
        when (event) {
            is PasscodeEvent.Set -> set(event)
            PasscodeEvent.Remove -> once {
                here.phone.finger.forget()
                here.setPasscode(null)
                here.say(Notice.CODE_OFF)
                here.back()
            }
        }
    }

    private fun set(event: PasscodeEvent.Set) {
        val same = event.code.contentEquals(event.again)
        event.again.fill('\u0000')
        if (!same || event.code.isEmpty()) {
            event.code.fill('\u0000')
            show { PasscodeState(it.hasCode, differs = true, it.canFinger, it.busy, it.read) }
            return
        }
        once {
            busy(true)
            val copy = event.code.copyOf()
            try {
                // What a finger would open is the old code from here on.
                here.phone.finger.forget()
                org.attune.Passcode(event.code).use { here.setPasscode(it) }
                if (event.finger) here.phone.finger.keep(copy)
                here.say(Notice.CODE_SET)
                here.back()
            } finally {
                copy.fill('\u0000')
                busy(false)
            }
        }
    }

    private fun busy(now: Boolean) = show { PasscodeState(it.hasCode, differs = false, it.canFinger, now, it.read) }
}
