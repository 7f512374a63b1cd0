package org.attune.app.platform

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import android.net.NetworkCapabilities
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.util.concurrent.TimeUnit
import org.attune.app.Holds
import org.attune.app.model.Look
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** When the system is asked to look for updates. */
@RunWith(AndroidJUnit4::class)
class LookScheduleTest {
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val jobs = context.getSystemService(JobScheduler::class.java)
    private val windows = ArrayList<LongRange>()
    private val schedule = LookSchedule(context) { range ->
        windows += range
        range.first
    }

    private val planned: List<JobInfo> get() = jobs.allPendingJobs

    @Test
    fun aJobWaitsForANetworkAndOutlivesARestart() {
        schedule.schedule(Look.TWICE_A_DAY)
        val job = planned.single()
        assertEquals(ComponentName(context, LookJob::class.java), job.service)
        assertTrue(job.isPersisted && !job.isPeriodic)
        assertTrue(job.requiredNetwork!!.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET))
        assertEquals(TimeUnit.HOURS.toMillis(8), job.minLatencyMillis)
        assertEquals("no hurry: without a network it waits", 0L, job.maxExecutionDelayMillis)
        assertEquals(JobInfo.BACKOFF_POLICY_EXPONENTIAL, job.backoffPolicy)
        assertEquals(TimeUnit.MINUTES.toMillis(30), job.initialBackoffMillis)
    }

    @Test
    @Holds(83)
    fun theTimeIsLeftToChanceOnceOrTwiceADay() {
        schedule.schedule(Look.TWICE_A_DAY)
        schedule.schedule(Look.ONCE_A_DAY)
        val minutes = { hours: Long -> TimeUnit.HOURS.toMinutes(hours) }
        assertEquals(listOf(minutes(8)..minutes(16), minutes(18)..minutes(30)), windows)
        for ((window, mean) in windows.zip(listOf(12L, 24L))) assertEquals(minutes(mean), (window.first + window.last) / 2)

        val real = LookSchedule(context)
        val times = (1..50).map {
            real.end()
            real.schedule(Look.TWICE_A_DAY)
            TimeUnit.MILLISECONDS.toMinutes(planned.single().minLatencyMillis)
        }
        assertTrue("$times", times.all { it in windows.first() })
        assertTrue("$times", times.distinct().size > 10)
    }

    @Test
    fun aSecondTimeChangesNothing() {
        schedule.schedule(Look.TWICE_A_DAY)
        val before = planned.single()
        schedule.schedule(Look.TWICE_A_DAY)
        assertTrue(before === planned.single())
        schedule.schedule(Look.ONCE_A_DAY)
        assertEquals(TimeUnit.HOURS.toMillis(18), planned.single().minLatencyMillis)
    }

    @Test
    @Holds(77)
    fun whenAskedIsNeverByItself() {
        schedule.schedule(Look.ONCE_A_DAY)
        schedule.schedule(Look.WHEN_ASKED)
        assertEquals(emptyList<JobInfo>(), planned)
        schedule.schedule(Look.WHEN_ASKED)
        schedule.next(1, Look.WHEN_ASKED)
        assertEquals(emptyList<JobInfo>(), planned)
    }

    @Test
    fun oneJobPlansTheNextUnderTheOtherNumber() {
        schedule.schedule(Look.TWICE_A_DAY)
        val first = planned.single().id
        schedule.next(first, Look.ONCE_A_DAY)
        val second = planned.single { it.id != first }
        assertEquals(TimeUnit.HOURS.toMillis(18), second.minLatencyMillis)
        jobs.cancel(first)
        schedule.schedule(Look.ONCE_A_DAY)
        assertEquals(listOf(second.id), planned.map { it.id })
        schedule.next(second.id, Look.ONCE_A_DAY)
        assertEquals("no third", setOf(first, second.id), planned.map { it.id }.toSet())
        schedule.end()
        assertEquals(emptyList<JobInfo>(), planned)
    }
}
