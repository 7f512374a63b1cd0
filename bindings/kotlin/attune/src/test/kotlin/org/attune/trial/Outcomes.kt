package org.attune.trial

import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.attune.AttuneException
import org.attune.AttuneVault
import org.attune.KeyStore
import org.attune.Misattunement
import org.attune.MisattunementId
import org.attune.Passcode
import org.attune.StorageTrouble
import org.attune.Why

// In plain Kotlin: the app's tests, which have another JUnit, read this folder too.

/** The call is declined, for that reason. */
internal fun assertDeclined(why: Why, call: () -> Unit) {
    val declined = assertFails<AttuneException.Declined>(call)
    if (declined.why != why) throw AssertionError("declined for another reason", declined)
}

/** The storage did not do it, for that reason. */
internal fun assertStorage(why: StorageTrouble, call: () -> Unit) {
    val refused = assertFails<AttuneException.Storage>(call)
    if (refused.why != why) throw AssertionError("refused for another reason", refused)
}

/** The call fails in that way. */
internal inline fun <reified T : Throwable> assertFails(call: () -> Unit): T {
    val thrown = try {
        call()
        null
    } catch (thrown: Throwable) {
        thrown
    }
    return thrown as? T ?: throw AssertionError("${T::class.simpleName} was expected", thrown)
}

/** A new vault, for a thread that may wait. */
internal fun newVault(
    folder: Path,
    store: KeyStore = TrialKeyStore(),
    passcode: String? = null,
    clock: TrialClock = TrialClock(),
): AttuneVault = runBlocking {
    withPasscode(passcode) { AttuneVault.create(folder, store, it, clock) }
}

/** The vault that is there, for a thread that may wait. */
internal fun openVault(
    folder: Path,
    store: KeyStore,
    passcode: String? = null,
    clock: TrialClock = TrialClock(),
): AttuneVault = runBlocking {
    withPasscode(passcode) { AttuneVault.open(folder, store, it, clock) }
}

/** Opens, and closes at once. */
internal fun opens(folder: Path, store: KeyStore, passcode: String? = null) = openVault(folder, store, passcode).close()

/** A passcode, or none, for as long as [use] takes. */
internal inline fun <T> withPasscode(text: String?, use: (Passcode?) -> T): T {
    val passcode = text?.let { Passcode(it.toCharArray()) }
    return passcode.use { use(it) }
}

/** Every moment, by pages of [limit]. */
internal fun AttuneVault.allMoments(limit: Int = 50): List<Misattunement> {
    val all = ArrayList<Misattunement>()
    var before: MisattunementId? = null
    while (true) {
        val page = moments(before, limit)
        if (page.isEmpty()) return all
        all += page
        before = page.last().id
    }
}
