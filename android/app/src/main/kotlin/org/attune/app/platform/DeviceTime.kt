package org.attune.app.platform

import android.content.Context
import android.os.SystemClock
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import org.attune.app.model.Elapsed

/** Since the phone was started, sleep included. */
internal val DeviceTime = Elapsed(SystemClock::elapsedRealtime)

/** The device's clock. It asks for the zone anew each time: people travel. */
internal object DeviceClock : Clock() {
    override fun getZone(): ZoneId = ZoneId.systemDefault()
    override fun withZone(zone: ZoneId): Clock = system(zone)
    override fun instant(): Instant = Instant.now()
}

/** The first country that the language settings name, as two letters; empty if none does. */
internal fun countryOf(context: Context): String {
    val locales = context.resources.configuration.locales
    return (0 until locales.size()).map { locales[it].country }.firstOrNull { it.length == 2 }.orEmpty()
}
