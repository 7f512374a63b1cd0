package org.attune.app.model

import java.time.Clock
import kotlinx.coroutines.delay
import org.attune.KeyStore
import org.attune.Passcode
import org.attune.Pauses
import org.attune.Transport

/** What the device does for the app, each behind an interface: `platform` has the real ones. */
class Phone(
    val keys: KeyStore,
    val transport: Transport,
    val settings: SettingsStore,
    val looking: Looking,
    val aloud: ReadAloud,
    val finger: Finger,
    val documents: Documents,
    val time: Elapsed,
    /** The device's date and time, with its zone. */
    val clock: Clock,
    /** ISO 3166, two letters, as the device's language settings have it; empty if they name none. */
    val country: () -> String,
    /** What waits while the device may sleep. */
    val wait: Wait = Wait(::delay),
    /** The pauses between the requests of a look for updates. */
    val pauses: Pauses = Pauses.Device,
)

/** What the person set. It says nothing of what is in the vault, and lies beside it, private to the app. */
data class Settings(
    val autoLock: AutoLock = AutoLock.ONE_MINUTE,
    val screenshots: Boolean = false,
    val notifications: Boolean = false,
    val look: Look = Look.TWICE_A_DAY,
    /** The country whose help is shown; null for the device's. */
    val country: String? = null,
)

/** When the app locks by itself after it was left. */
enum class AutoLock(val minutes: Int) { AT_ONCE(0), ONE_MINUTE(1), FIVE_MINUTES(5), FIFTEEN_MINUTES(15) }

/** How often the phone looks for updates by itself. */
enum class Look { TWICE_A_DAY, ONCE_A_DAY, WHEN_ASKED }

/** Where the settings are kept. */
interface SettingsStore {
    /** What is set now. */
    fun read(): Settings

    /** Keeps [settings] in place of what was. */
    fun write(settings: Settings)

    /** Forgets all. */
    fun erase()
}

/** The job that looks for updates. */
interface Looking {
    /** Has it run as [look] says, from now on; a second time changes nothing. */
    fun schedule(look: Look)

    /** Ends it. */
    fun end()
}

/** Reads a text aloud, in the language of the app. */
interface ReadAloud {
    /** Whether the device can. */
    val isThere: Boolean

    /** Reads [text], in place of what is being read; tells by [ended] when it is over or was stopped. */
    fun read(text: String, ended: () -> Unit)

    /** Falls silent. */
    fun stop()
}

/**
 * The passcode, sealed a second time under a key that a finger or a face opens. The passcode stays what opens the vault: this only
 * saves typing it.
 */
interface Finger {
    /** Whether the device has it, and somebody is enrolled. */
    val isThere: Boolean

    /** Whether a passcode is kept. */
    val isOn: Boolean

    /** Asks for the finger or face and keeps [passcode] under it. False if the person or the device would not. */
    suspend fun keep(passcode: CharArray): Boolean

    /** Asks for it, and gives the passcode; null if the person would rather type, or it is gone. */
    suspend fun passcode(): Passcode?

    /** Forgets it, key first. */
    fun forget()
}

/** A clock that never goes backwards and also runs while the device sleeps, in milliseconds. */
fun interface Elapsed {
    fun millis(): Long
}

/** Waits, also while the device sleeps. */
fun interface Wait {
    /** Returns after [millis] milliseconds, or a little later. */
    suspend fun wait(millis: Long)
}

/** A little text that survives the end of the process, kept by the system for this task. */
interface Kept {
    var routes: List<String>
}
