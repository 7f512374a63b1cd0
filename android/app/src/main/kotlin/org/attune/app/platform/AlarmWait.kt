package org.attune.app.platform

import android.app.AlarmManager
import android.content.Context
import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import kotlin.coroutines.resume
import kotlinx.coroutines.suspendCancellableCoroutine
import org.attune.app.model.Wait

/**
 * Waits by an alarm, which goes off while the device sleeps; a coroutine's delay stands still then. The alarm is the process's own and
 * ends with it, needs no permission, and the system may put it off by some minutes to save the battery.
 */
internal class AlarmWait(context: Context) : Wait {
    private val alarms = context.getSystemService(AlarmManager::class.java)
    private val main = Handler(Looper.getMainLooper())

    override suspend fun wait(millis: Long) {
        if (millis <= 0) return
        suspendCancellableCoroutine { waiting ->
            val over = AlarmManager.OnAlarmListener { if (waiting.isActive) waiting.resume(Unit) }
            alarms.set(AlarmManager.ELAPSED_REALTIME_WAKEUP, SystemClock.elapsedRealtime() + millis, TAG, over, main)
            waiting.invokeOnCancellation { alarms.cancel(over) }
        }
    }

    private companion object {
        /** Shown in the system's own accounts of what woke the phone. */
        const val TAG = "attune.lock"
    }
}
