package org.attune.app.story

import android.content.Intent
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import org.attune.AttuneVault
import org.attune.HelpKind
import org.attune.RepairChoice
import org.attune.RepairOption
import org.attune.app.Holds
import org.attune.app.R
import org.attune.app.model.AppEvent
import org.attune.app.model.Route
import org.attune.app.model.Stage
import org.attune.trial.World
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf

/** Every screen of a paired phone: looked over, and hidden by one tap. */
internal class ScreensTest : Story() {
    private fun go(route: Route) {
        app { it.on(AppEvent.Go(route)) }
        rule.waitForIdle()
    }

    @Test
    @Holds(6, 90, 91, 92)
    fun everyScreenIsHiddenByOneTapInOnePlace() {
        begin()
        link(town.desk, World.THERAPIST, "1", isFirst = true)
        mark()
        pick(RepairOption.PAUSE)
        share()
        val home = app { it.state.value.stage as Stage.Open }.home.state.value
        val practice = home.practices.single().id
        val line = home.moments.single()
        val choice = line.choice!!.caseId
        hand.tap(R.string.button_done)
        val routes = listOf(
            Route.Moments, Route.Moment(line.moment.id), Route.Pick(line.moment.id), Route.Pick(line.moment.id, replaces = choice),
            Route.Preview(RepairChoice(RepairOption.SWITCH_TOPIC, practice)), Route.Choices, Route.Choice(choice),
            Route.Choice(choice, shared = true), Route.Notes, Route.Proposals, Route.Practices, Route.Practice(practice),
            Route.AboutMe(practice), Route.Join, Route.Compare(practice), Route.Restored, Route.Help, Route.Serious, Route.Outside,
            Route.Privacy, Route.Settings, Route.Passcode, Route.SaveCopy, Route.DeleteAll,
        )
        val places = HashSet<Any>()
        for (route in routes) {
            go(route)
            hand.await(hasTestTag("back"))
            // What it shows was read from the vault.
            hand.await(SemanticsMatcher.keyIsDefined(SemanticsProperties.Heading))
            lookOver(rule)
            places += rule.onNode(hasTestTag("hide")).fetchSemanticsNode().boundsInRoot
            assertEquals("$route", 1, hand.tapsOf { hand.tapTag("hide") })
            hand.see(R.string.lock_title)
            assertTrue(app { it.state.value.above.isEmpty() })
            hand.tap(R.string.button_open)
            hand.see(R.string.home_title)
        }
        assertEquals("the same place on every screen", 1, places.size)
    }

    @Test
    @Holds(29)
    fun noScreenCountsMoments() {
        begin()
        repeat(MANY) {
            mark()
            hand.tapTag("back")
        }
        for (route in listOf(null, Route.Moments, Route.Settings)) {
            if (route != null) go(route)
            hand.await(hasTestTag("hide"))
            hand.await(SemanticsMatcher.keyIsDefined(SemanticsProperties.Heading))
            assertTrue("$route", rule.onAllNodes(hasText("$MANY", substring = true)).fetchSemanticsNodes().isEmpty())
        }
    }

    @Test
    @Holds(19, 89)
    fun helpIsTwoTapsWhetherOrNotItIsOpen() {
        // The first day, then open, then locked.
        call()
        begin()
        call()
        hand.tapTag("hide")
        hand.see(R.string.lock_title)
        call()
    }

    private companion object {
        /** In no day and no time of the story. */
        const val MANY = 17
    }

    private fun call() {
        val first = AttuneVault.help(HelpKind.NOW, "US").first { it.phone != null }
        app { it.on(AppEvent.Set(it.state.value.settings.copy(country = "US"))) }
        val taps = hand.tapsOf {
            hand.tapTag("help")
            hand.tap(hasText(first.phone!!, substring = true))
        }
        assertEquals(2, taps)
        lookOver(rule)
        window.onActivity {
            val dialler = shadowOf(it).nextStartedActivity
            assertEquals(Intent.ACTION_DIAL, dialler.action)
            assertEquals(first.phone, dialler.data!!.schemeSpecificPart)
        }
        hand.tapTag("back")
    }
}
