package org.attune.trial

import java.util.concurrent.atomic.AtomicLong
import org.attune.Pauses

/** Pauses in which nobody waits: the moment that is waited for comes at once. */
internal class TrialPauses : Pauses {
    private val now = AtomicLong()

    /** So much passes, besides what is waited for. */
    fun pass(nanos: Long) {
        now.addAndGet(nanos)
    }

    override fun nanos(): Long = now.get()

    override suspend fun until(moment: Long) {
        now.updateAndGet { maxOf(it, moment) }
    }
}
