package org.attune

import java.nio.file.Path
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import org.attune.ffi.Now
import org.attune.ffi.SyncAnswer

/** The present, as [this] clock and zone have it. */
internal fun Clock.now(): Now {
    val instant = instant()
    return Now(instant, zone.rules.getOffset(instant).totalSeconds / 60)
}

/** The device's clock. It asks for the zone anew each time: people travel. */
internal object DeviceClock : Clock() {
    override fun getZone(): ZoneId = ZoneId.systemDefault()

    override fun withZone(zone: ZoneId): Clock = system(zone)

    override fun instant(): Instant = Instant.now()

    override fun millis(): Long = System.currentTimeMillis()
}

/** A path as the library takes it: absolute, since a relative one would depend on where the process stands. */
internal val Path.text: String get() = toAbsolutePath().toString()

/** A [value] within [range]. */
internal fun number(value: Int, range: IntRange): Int =
    if (value in range) value else throw AttuneException.Declined(Why.BAD_INPUT)

/** What a transport brought; null if the relay was not reached, which is whatever it throws unless the sync itself was cancelled. */
internal suspend fun answer(post: suspend () -> Answer): SyncAnswer? =
    try {
        val answer = post()
        if (answer.status in 0..UShort.MAX_VALUE.toInt()) SyncAnswer(answer.status.toUShort(), answer.body) else null
    } catch (_: CancellationException) {
        // A time limit inside of the transport cancels too, but not the sync.
        currentCoroutineContext().ensureActive()
        null
    } catch (_: Throwable) {
        null
    }
