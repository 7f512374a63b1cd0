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
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows

/** The call is declined, for that reason. */
internal fun assertDeclined(why: Why, call: () -> Unit) =
    assertEquals(why, assertThrows(AttuneException.Declined::class.java) { call() }.why)

/** The storage did not do it, for that reason. */
internal fun assertStorage(why: StorageTrouble, call: () -> Unit) =
    assertEquals(why, assertThrows(AttuneException.Storage::class.java) { call() }.why)

/** The call fails in that way. */
internal inline fun <reified T : Throwable> assertFails(crossinline call: () -> Unit): T =
    assertThrows(T::class.java) { call() }

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
