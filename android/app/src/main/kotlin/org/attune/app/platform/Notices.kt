package org.attune.app.platform

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import org.attune.app.MainActivity
import org.attune.app.R

/**
 * The one notification: "You have an update.", and no more. It makes no sound, is not shown on the lock screen and on no other
 * device, and is posted only if the person switched it on.
 *
 * @param isInFront whether the person has the app before them: then there is nothing to tell
 */
internal class Notices(private val context: Context, private val isInFront: () -> Boolean) {
    private val manager = context.getSystemService(NotificationManager::class.java)

    /** Shows it, if the phone lets the app show any. */
    fun post() {
        if (isInFront()) return
        manager.createNotificationChannel(channel())
        val open = Intent(context, MainActivity::class.java)
        val notification = Notification.Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.icon_monochrome)
            .setContentTitle(context.getString(R.string.notify_neutral))
            .setVisibility(Notification.VISIBILITY_SECRET)
            .setLocalOnly(true)
            .setShowWhen(false)
            .setOnlyAlertOnce(true)
            .setAutoCancel(true)
            .setContentIntent(PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE))
            .build()
        manager.notify(ID, notification)
    }

    /** Takes it away: the app was opened. */
    fun clear() = manager.cancel(ID)

    private fun channel() =
        NotificationChannel(CHANNEL, context.getString(R.string.set_notify), NotificationManager.IMPORTANCE_LOW).apply {
            lockscreenVisibility = Notification.VISIBILITY_SECRET
            setShowBadge(false)
            setSound(null, null)
            enableVibration(false)
            enableLights(false)
        }

    private companion object {
        const val CHANNEL = "updates"
        const val ID = 1
    }
}
