package org.attune.app.platform

import android.content.Context
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.File
import org.attune.app.Holds
import org.attune.app.model.AutoLock
import org.attune.app.model.Look
import org.attune.app.model.Settings
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith

/** The settings, from one start to the next. */
@RunWith(AndroidJUnit4::class)
class SavedSettingsTest {
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val store = SavedSettings(context)

    @Test
    @Holds(75)
    fun onTheFirstDayTheyAreTheQuietOnes() {
        val first = store.read()
        assertEquals(Settings(), first)
        assertFalse(first.notifications || first.screenshots)
    }

    @Test
    fun eachIsKept() {
        val all = listOf(
            Settings(AutoLock.FIFTEEN_MINUTES, screenshots = true, notifications = true, Look.WHEN_ASKED, "CH"),
            Settings(AutoLock.AT_ONCE, screenshots = true, look = Look.ONCE_A_DAY),
            Settings(notifications = true, country = "US"),
            Settings(),
        )
        for (settings in all) {
            store.write(settings)
            assertEquals(settings, SavedSettings(context).read())
        }
    }

    @Test
    fun whatCannotBeReadIsAsOnTheFirstDay() {
        store.write(Settings(AutoLock.AT_ONCE, screenshots = true, notifications = true, Look.WHEN_ASKED, "CH"))
        val kept = context.getSharedPreferences("settings", Context.MODE_PRIVATE)
        kept.edit().putInt("auto_lock", 1).putString("screenshots", "yes").putString("look", "HOURLY").putInt("country", 4).commit()
        assertEquals(Settings(notifications = true), store.read())
    }

    @Test
    fun theyAreErased() {
        store.write(Settings(country = "CH"))
        store.erase()
        assertEquals(Settings(), SavedSettings(context).read())
        assertFalse(File(context.dataDir, "shared_prefs/settings.xml").exists())
    }
}
