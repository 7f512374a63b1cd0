package org.attune.app

import android.content.pm.ApplicationInfo
import androidx.lifecycle.Lifecycle
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.app.platform.StandInKeyStore
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** The house stands: the real activity starts with the linked resources, and starts again. */
@RunWith(AndroidJUnit4::class)
class LaunchTest {
    @get:Rule
    val keyStore = StandInKeyStore()

    @Test
    fun theActivityStartsAndStartsAgain() {
        ActivityScenario.launch(MainActivity::class.java).use { scenario ->
            lateinit var first: MainActivity
            scenario.onActivity { first = it }
            assertEquals("Attune", first.getString(R.string.app_name))
            assertTrue(first.application is AttuneApplication)
            scenario.recreate()
            scenario.onActivity { assertNotSame(first, it) }
            assertEquals(Lifecycle.State.RESUMED, scenario.state)
        }
    }

    @Test
    fun theLinkedManifestIsTheOneThatRuns() {
        ActivityScenario.launch(MainActivity::class.java).use { scenario ->
            scenario.onActivity {
                val info = it.applicationInfo
                assertEquals(28, info.minSdkVersion)
                assertEquals(34, info.targetSdkVersion)
                assertEquals(0, info.flags and ApplicationInfo.FLAG_ALLOW_BACKUP)
                assertTrue(info.flags and ApplicationInfo.FLAG_SUPPORTS_RTL != 0)
            }
        }
    }
}
