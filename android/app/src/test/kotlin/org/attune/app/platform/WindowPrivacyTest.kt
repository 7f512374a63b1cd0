package org.attune.app.platform

import android.app.Activity
import android.os.Build
import android.view.View
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.app.Holds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.util.ReflectionHelpers

/** What others may see of the window. */
@RunWith(AndroidJUnit4::class)
class WindowPrivacyTest {
    private val activity = Robolectric.buildActivity(Remembering::class.java).create().get()
    private val privacy = WindowPrivacy(activity)

    private val isSecure: Boolean get() = activity.window.attributes.flags and FLAG_SECURE != 0

    @Test
    @Holds(76)
    fun screenshotsAreBlockedUntilThePersonLetsThem() {
        assertFalse(isSecure)
        privacy.begin()
        val seen = ArrayList<Boolean>().apply { add(isSecure) }
        for (allowed in listOf(true, false)) {
            privacy.allow(allowed)
            seen += isSecure
        }
        assertEquals(listOf(true, false, true), seen)
    }

    @Test
    @Holds(76)
    fun recentAppsShowNothingEver() {
        privacy.begin()
        privacy.allow(true)
        assertEquals(listOf(false), activity.recents)
    }

    @Test
    fun beforeAndroid13RecentAppsAreKeptOutByTheOtherFlag() {
        val real = Build.VERSION.SDK_INT
        ReflectionHelpers.setStaticField(Build.VERSION::class.java, "SDK_INT", Build.VERSION_CODES.S_V2)
        try {
            privacy.begin()
            privacy.allow(true)
            assertEquals("not in front yet", true, isSecure)
            privacy.attention(true)
            assertEquals(false, isSecure)
            privacy.attention(false)
            assertEquals(true, isSecure)
            privacy.attention(true)
            privacy.allow(false)
            assertEquals(true, isSecure)
            assertEquals(emptyList<Boolean>(), activity.recents)
        } finally {
            ReflectionHelpers.setStaticField(Build.VERSION::class.java, "SDK_INT", real)
        }
    }

    @Test
    fun nothingIsFilledInAndNothingIsCaptured() {
        privacy.begin()
        val decor = activity.window.decorView
        assertEquals(View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS, decor.importantForAutofill)
        assertEquals(View.IMPORTANT_FOR_CONTENT_CAPTURE_NO_EXCLUDE_DESCENDANTS, decor.importantForContentCapture)
        assertFalse("a screen reader is served", decor.importantForAccessibility == View.IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS)
    }

    /** Remembers what it was told, which nothing tells afterwards. */
    class Remembering : Activity() {
        val recents = ArrayList<Boolean>()

        override fun setRecentsScreenshotEnabled(enabled: Boolean) {
            recents += enabled
            super.setRecentsScreenshotEnabled(enabled)
        }
    }
}
