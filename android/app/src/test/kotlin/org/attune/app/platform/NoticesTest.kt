package org.attune.app.platform

import android.app.Activity
import android.app.Notification
import android.app.NotificationManager
import android.content.Context
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.app.Holds
import org.attune.app.MainActivity
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

/** The one notification, and all that it says. */
@RunWith(AndroidJUnit4::class)
class NoticesTest {
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val manager = context.getSystemService(NotificationManager::class.java)
    private var inFront = false
    private val notices = Notices(context) { inFront }

    private val shown: List<Notification> get() = shadowOf(manager).allNotifications

    @Test
    @Holds(75)
    fun itSaysThatThereIsAnUpdateAndNoMore() {
        repeat(2) { notices.post() }
        val notification = shown.single()
        assertEquals("You have an update.", notification.extras.getString(Notification.EXTRA_TITLE))
        val texts = notification.extras.keySet().mapNotNull(notification.extras::getCharSequence)
        assertEquals(listOf("You have an update."), texts.map { "$it" })
        assertNull(notification.tickerText)
        assertNull(notification.publicVersion)
        assertEquals(0, notification.number)
        assertFalse(notification.extras.getBoolean(Notification.EXTRA_SHOW_WHEN))
        assertTrue(notification.flags and Notification.FLAG_LOCAL_ONLY != 0)
        val opened = shadowOf(notification.contentIntent)
        assertTrue(opened.isActivity && opened.isImmutable)
        assertEquals(MainActivity::class.java.name, opened.savedIntent.component!!.className)
        assertNull(opened.savedIntent.extras)
    }

    @Test
    fun itIsNotOnTheLockScreenAndMakesNoSound() {
        notices.post()
        assertEquals(Notification.VISIBILITY_SECRET, shown.single().visibility)
        val channel = manager.notificationChannels.single()
        assertEquals(channel.id, shown.single().channelId)
        assertEquals(Notification.VISIBILITY_SECRET, channel.lockscreenVisibility)
        assertEquals(NotificationManager.IMPORTANCE_LOW, channel.importance)
        assertNull(channel.sound)
        assertFalse(channel.canShowBadge() || channel.shouldVibrate() || channel.shouldShowLights())
    }

    @Test
    fun whoHasTheAppBeforeThemIsToldNothing() {
        inFront = true
        notices.post()
        assertEquals(0, shown.size)
        inFront = false
        notices.post()
        notices.clear()
        assertEquals(0, shown.size)
    }

    @Test
    fun anActivityIsInFrontFromItsStartToItsStop() {
        var came = 0
        val front = Front { came++ }
        (context as android.app.Application).registerActivityLifecycleCallbacks(front)
        val first = Robolectric.buildActivity(Activity::class.java).create()
        assertNull(front.activity)
        first.start().resume().pause()
        assertTrue(front.activity === first.get())
        val second = Robolectric.buildActivity(Activity::class.java).create().start()
        first.stop()
        assertTrue("the one before does not take it along", front.activity === second.get())
        second.stop()
        assertNull(front.activity)
        assertEquals(2, came)
    }
}
