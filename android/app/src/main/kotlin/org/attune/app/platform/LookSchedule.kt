package org.attune.app.platform

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import android.os.PersistableBundle
import java.security.SecureRandom
import java.util.concurrent.TimeUnit
import org.attune.app.model.Look
import org.attune.app.model.Looking

/**
 * When the system runs [LookJob]: each time after a while that is left to chance, with a network, and also after the phone was
 * restarted. What to do when it runs is [LookRun]'s; without a pairing the core has nothing to send.
 *
 * Each job that ends plans the next under the other of two numbers: to plan under its own would stop it.
 *
 * @param between picks a number, both ends included
 */
internal class LookSchedule(
    private val context: Context,
    private val between: (LongRange) -> Long = { range -> range.first + (SecureRandom().nextDouble() * (range.last - range.first)).toLong() },
) : Looking {
    private val jobs = context.getSystemService(JobScheduler::class.java)

    override fun schedule(look: Look) {
        if (look == Look.WHEN_ASKED) return end()
        val planned = jobs.allPendingJobs.filter { it.id in IDS }
        if (planned.any { it.extras.getString(LOOK) == look.name }) return
        end()
        plan(IDS.first(), look)
    }

    override fun end() = IDS.forEach(jobs::cancel)

    /** Plans the job that follows the one numbered [id], which is about to end. */
    fun next(id: Int, look: Look) {
        if (look != Look.WHEN_ASKED) plan(IDS.first { it != id }, look)
    }

    private fun plan(id: Int, look: Look) {
        val after = when (look) {
            Look.TWICE_A_DAY -> 8L..16L
            Look.ONCE_A_DAY -> 18L..30L
            Look.WHEN_ASKED -> return
        }
        val minutes = TimeUnit.HOURS.toMinutes(after.first)..TimeUnit.HOURS.toMinutes(after.last)
        jobs.schedule(
            JobInfo.Builder(id, ComponentName(context, LookJob::class.java))
                .setMinimumLatency(TimeUnit.MINUTES.toMillis(between(minutes)))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setPersisted(true)
                .setBackoffCriteria(LATER, JobInfo.BACKOFF_POLICY_EXPONENTIAL)
                .setExtras(PersistableBundle().apply { putString(LOOK, look.name) })
                .build(),
        )
    }

    private companion object {
        /** The two numbers. */
        val IDS = listOf(1, 2)

        /** Under this name a job holds what it was planned for. */
        const val LOOK = "look"

        /** The first time that "later" means; each further one is twice as long. */
        val LATER = TimeUnit.MINUTES.toMillis(30)
    }
}
