package org.attune.trial

import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.ZonedDateTime

/** A clock that stands until it is moved. */
internal class TrialClock(@Volatile var now: ZonedDateTime = MONDAY) : Clock() {
    /** The day in its zone. */
    val today: LocalDate get() = now.toLocalDate()

    /** Moves it. */
    fun pass(time: Duration) {
        now = now.plus(time)
    }

    override fun getZone(): ZoneId = now.zone

    override fun withZone(zone: ZoneId): Clock = TrialClock(now.withZoneSameInstant(zone))

    override fun instant(): Instant = now.toInstant()

    companion object {
        /** A Monday morning in March, two hours east of UTC. */
        val MONDAY: ZonedDateTime = ZonedDateTime.parse("2026-03-02T09:30:00+02:00")
    }
}
