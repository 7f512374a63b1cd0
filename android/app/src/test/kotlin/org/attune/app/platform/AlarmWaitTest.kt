package org.attune.app.platform

import android.app.AlarmManager
import android.content.Context
import android.os.SystemClock
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import org.attune.app.Holds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowLooper

/** Waiting until the app locks by itself, also while the phone sleeps. */
@RunWith(AndroidJUnit4::class)
class AlarmWaitTest {
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val alarms = shadowOf(context.getSystemService(AlarmManager::class.java))

    @OptIn(kotlinx.coroutines.DelicateCoroutinesApi::class)
    private fun waiting(millis: Long): Job =
        GlobalScope.launch(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) { AlarmWait(context).wait(millis) }

    @Test
    @Holds(11)
    fun itEndsWhenTheAlarmGoesOffAndWakesThePhoneForIt() {
        val at = SystemClock.elapsedRealtime()
        val wait = waiting(60_000)
        val alarm = alarms.scheduledAlarms.single()
        assertEquals(AlarmManager.ELAPSED_REALTIME_WAKEUP to at + 60_000, alarm.getType() to alarm.getTriggerAtMs())
        assertFalse(wait.isCompleted)
        alarms.fireAlarm(alarm)
        ShadowLooper.idleMainLooper()
        assertTrue(wait.isCompleted)
        assertEquals(emptyList<Any>(), alarms.scheduledAlarms)
    }

    @Test
    @Holds(12)
    fun whoeverIsBackBeforeLeavesNoAlarm() {
        val wait = waiting(60_000)
        wait.cancel()
        assertEquals(emptyList<Any>(), alarms.scheduledAlarms)
    }

    @Test
    fun noTimeIsNoAlarm() {
        assertTrue(waiting(0).isCompleted)
        assertEquals(emptyList<Any>(), alarms.scheduledAlarms)
    }
}
