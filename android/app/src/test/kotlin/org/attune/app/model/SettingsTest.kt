package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.HelpKind
import org.attune.app.Holds
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** What is set, and the lists of help. */
@RunWith(AndroidJUnit4::class)
class SettingsTest {
    private val rig = Rig()

    @After
    fun close() = rig.close()

    private fun settings(): SettingsModel {
        rig.on(AppEvent.Go(Route.Settings))
        return rig.top()
    }

    @Test
    @Holds(75, 76)
    fun nothingIsShownToOthersUntilThePersonSaysSo() {
        rig.on(AppEvent.Begin)
        val now = settings().state.value.settings
        assertFalse(now.notifications)
        assertFalse(now.screenshots)
        rig.top<SettingsModel>().on(SettingsEvent.Set(now.copy(notifications = true, screenshots = true)))
        assertTrue(rig.state.settings.notifications && rig.state.settings.screenshots)
        rig.processDies()
        assertTrue(rig.state.settings.notifications && rig.state.settings.screenshots)
    }

    @Test
    @Holds(77)
    fun lookingByItselfIsAsItWasSet() {
        assertNull("not before there is anything", rig.looking.scheduled)
        rig.on(AppEvent.Begin)
        assertEquals(Look.TWICE_A_DAY, rig.looking.scheduled)
        for (look in listOf(Look.ONCE_A_DAY, Look.WHEN_ASKED, Look.TWICE_A_DAY)) {
            val model = settings()
            model.on(SettingsEvent.Set(model.state.value.settings.copy(look = look)))
            assertEquals(look, rig.looking.scheduled)
            assertEquals(look, model.state.value.settings.look)
        }
    }

    @Test
    @Holds(74)
    fun twoCodesThatDifferAreSaidToDifferAndNothingIsSet() {
        rig.on(AppEvent.Begin, AppEvent.Go(Route.Passcode))
        val model = rig.top<PasscodeModel>()
        for ((code, again) in listOf("4711" to "4712", "4711" to "", "" to "")) {
            val typed = listOf(code.toCharArray(), again.toCharArray())
            model.on(PasscodeEvent.Set(typed[0], typed[1], finger = false))
            assertTrue(model.state.value.differs)
            assertTrue(typed.all { array -> array.all { it == '\u0000' } })
        }
        rig.on(AppEvent.Hide)
        assertEquals(Stage.Locked(asksCode = false), rig.state.stage)
    }

    @Test
    @Holds(86, 88)
    fun theListsAreThereBeforeThereIsAVaultByTheCountryThatWasPicked() {
        assertEquals(Stage.FirstRun, rig.state.stage)
        for ((route, kind) in listOf(Route.Help to HelpKind.NOW, Route.Serious to HelpKind.OUTSIDE, Route.Outside to HelpKind.PROVIDER)) {
            rig.on(AppEvent.Go(route))
            val model = rig.top<HelpModel>()
            assertEquals(kind, model.state.value.kind)
            assertEquals("DE", HelpState(kind, "DE", emptyList()).country)
            model.on(HelpEvent.Country("US"))
            val state = model.state.value
            assertEquals("US", state.country)
            assertTrue(state.entries.isNotEmpty())
            assertTrue("US" in state.places)
            for (entry in state.entries) {
                assertTrue(entry.name, entry.source.startsWith("https://"))
                assertTrue(entry.name, entry.checked.year >= 2025)
                assertTrue(entry.name, entry.phone != null || entry.site != null)
            }
            rig.app.on(AppEvent.Set(rig.state.settings.copy(country = null)))
            rig.on(AppEvent.Back)
        }
        assertNull("there is nothing to look for yet", rig.looking.scheduled)
    }

    @Test
    @Holds(86)
    fun theCountryIsTheDevicesUntilAnotherIsPickedWhichIsKept() {
        rig.on(AppEvent.Go(Route.Help))
        assertEquals("DE", rig.top<HelpModel>().state.value.country)
        rig.top<HelpModel>().on(HelpEvent.Country("US"))
        rig.on(AppEvent.Back, AppEvent.Go(Route.Help))
        assertEquals("US", rig.top<HelpModel>().state.value.country)
    }

    @Test
    @Holds(87)
    fun whereThereIsNoListThereIsNone() {
        rig.on(AppEvent.Go(Route.Help))
        rig.top<HelpModel>().on(HelpEvent.Country("ZZ"))
        assertTrue(rig.top<HelpModel>().state.value.entries.isEmpty())
        assertTrue(rig.top<HelpModel>().state.value.places.isNotEmpty())
    }
}
