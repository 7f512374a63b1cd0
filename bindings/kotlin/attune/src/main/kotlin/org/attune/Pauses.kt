package org.attune

import java.util.concurrent.locks.LockSupport
import kotlinx.coroutines.delay

/**
 * The pauses between a sync's requests: measured, and waited for. The device's unless told otherwise; a test gives one of its own,
 * so that nobody waits.
 */
public interface Pauses {
    /** Nanoseconds since some moment, of a clock that nobody sets. */
    public fun nanos(): Long

    /** Returns when [nanos] has come to [moment], and not before. Can be cancelled. */
    public suspend fun until(moment: Long)

    public companion object {
        /** The device's. */
        public val Device: Pauses = DevicePauses
    }
}

private object DevicePauses : Pauses {
    private const val MILLI = 1_000_000L

    override fun nanos(): Long = System.nanoTime()

    override suspend fun until(moment: Long) {
        // A delay is of whole milliseconds. What is hidden by a pause is less than one, so the rest is waited for as well.
        delay((moment - nanos()) / MILLI)
        while (true) {
            val left = moment - nanos()
            if (left <= 0) return
            LockSupport.parkNanos(left)
        }
    }
}
