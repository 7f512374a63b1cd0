package org.attune.app.ui

import android.content.Intent
import android.net.Uri
import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import android.view.ViewGroup
import android.view.inputmethod.EditorInfo
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.Lifecycle
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.Duration
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.attune.Passcode
import org.attune.app.AttuneApplication
import org.attune.app.Holds
import org.attune.app.LinkActivity
import org.attune.app.MainActivity
import org.attune.app.R
import org.attune.app.platform.StandInKeyStore
import org.attune.trial.World
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowSystemClock

/** How many taps a person needs, through the real window, the real library and a real vault; and what the window owes them. */
@RunWith(AndroidJUnit4::class)
class FlowTest {
    private val keys = StandInKeyStore()
    private val compose = createEmptyComposeRule()
    private val folder = TemporaryFolder()

    @get:Rule
    val rules: RuleChain = RuleChain.outerRule(folder).around(keys).around(compose)

    private val application = ApplicationProvider.getApplicationContext<AttuneApplication>()
    private var taps = 0

    private fun text(id: Int) = application.getString(id)

    private fun see(what: SemanticsMatcher) {
        compose.waitUntil(PATIENCE) { compose.onAllNodes(what).fetchSemanticsNodes().isNotEmpty() }
    }

    private fun see(id: Int) = see(hasText(text(id), substring = true))

    private fun tap(what: SemanticsMatcher) {
        see(what)
        val found = compose.onAllNodes(what).onFirst()
        try {
            found.performScrollTo()
        } catch (_: AssertionError) {
            // At the head or the foot, which do not scroll.
        }
        found.performClick()
        taps++
    }

    private fun tap(id: Int) = tap(hasText(text(id)))

    private fun tap(tag: String) = tap(hasTestTag(tag))

    private fun taps(flow: () -> Unit): Int {
        taps = 0
        flow()
        return taps
    }

    private fun opened(use: (ActivityScenario<MainActivity>) -> Unit) = ActivityScenario.launch(MainActivity::class.java).use(use)

    private fun begun(use: (ActivityScenario<MainActivity>) -> Unit) = opened {
        tap(R.string.button_begin)
        see(hasTestTag("mark"))
        use(it)
    }

    /** A phone that is linked with a therapist and a front desk, from a copy of one. */
    private fun linked(use: (ActivityScenario<MainActivity>) -> Unit) {
        val copy = folder.root.toPath().resolve("copy.attune")
        fun phrase() = Passcode("eight plain words for a copy".toCharArray())
        World.paired().use { world ->
            runBlocking {
                phrase().use { world.phone.saveCopy(copy, it) }
                phrase().use { application.house.bringBack(copy, it) }
            }
        }
        application.house.close(CoroutineScope(Dispatchers.IO))
        opened {
            see(hasTestTag("mark"))
            use(it)
        }
    }

    @Test
    @Holds(20, 22)
    fun markIsOneTapAndUndoneByOne() = begun {
        assertEquals(1, taps { tap("mark"); see(R.string.mark_saved) })
        assertEquals(1, taps { tap("undo"); see(R.string.home_empty) })
    }

    @Test
    @Holds(42, 47)
    fun markPickAndShareAreThreeTapsAndTakingBackIsTwo() = linked {
        assertEquals(
            3,
            taps {
                tap("mark")
                tap("pick-WRITTEN_FOLLOW_UP")
                see(hasText(World.THERAPIST, substring = true))
                tap("share")
                see(R.string.share_done)
            },
        )
        tap("back")
        see(hasTestTag("mark"))
        assertEquals(
            2,
            taps {
                tap(hasText(text(R.string.pick_note), substring = true))
                tap("take-back")
                see(R.string.takeback_ok)
            },
        )
    }

    @Test
    @Holds(6, 19)
    fun hideIsOneTapAndHelpTwoFromAnywhere() = begun {
        tap("mark")
        tap(R.string.mark_words)
        see(hasTestTag("words"))
        assertEquals(2, taps { tap("hide"); see(R.string.lock_title); tap("help"); see(R.string.safety_list_title) })
        tap("back")
        see(R.string.lock_title)
    }

    @Test
    @Holds(8, 23, 95)
    fun whatIsTypedIsThereAfterTheWindowWasMadeAnewAndAfterHide() = begun { scenario ->
        tap("mark")
        tap(R.string.mark_words)
        see(hasTestTag("words"))
        compose.onNode(hasTestTag("words")).performTextInput("Nobody asked me.")
        scenario.recreate()
        see(hasText("Nobody asked me."))
        tap("hide")
        see(R.string.lock_title)
        compose.onNode(hasText("Nobody asked me.")).assertDoesNotExist()
        tap(R.string.button_open)
        see(R.string.state_held)
        tap(hasText(text(R.string.state_held), substring = true))
        see(hasText("Nobody asked me."))
    }

    @Test
    fun theKeyboardIsAskedToLearnNothing() = begun { scenario ->
        tap("mark")
        tap(R.string.mark_words)
        tap("words")
        val info = EditorInfo()
        compose.waitUntil(PATIENCE) {
            var made = false
            scenario.onActivity { made = it.window.decorView.composed()?.onCreateInputConnection(info) != null }
            made
        }
        assertNotEquals(0, info.imeOptions and EditorInfo.IME_FLAG_NO_PERSONALIZED_LEARNING)
    }

    @Test
    fun aTouchThroughAnotherAppsWindowSharesNothing() = linked { scenario ->
        tap("mark")
        tap("pick-PAUSE")
        see(hasText(World.THERAPIST, substring = true))
        val at = compose.onNode(hasTestTag("share")).fetchSemanticsNode().boundsInWindow.center
        ShadowSystemClock.advanceBy(Duration.ofMillis(500))
        scenario.onActivity { it.touch(at.x, at.y, MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED) }
        see(R.string.share_covered)
        compose.onNode(hasText(text(R.string.share_done))).assertDoesNotExist()
        scenario.onActivity { it.touch(at.x, at.y, 0) }
        see(R.string.share_done)
    }

    @Test
    @Holds(96)
    fun shakingFingersShareNothing() = linked { scenario ->
        tap("mark")
        tap("pick-PAUSE")
        see(hasText(World.THERAPIST, substring = true))
        val at = compose.onNode(hasTestTag("share")).fetchSemanticsNode().boundsInWindow.center
        repeat(3) {
            ShadowSystemClock.advanceBy(Duration.ofMillis(300))
            scenario.onActivity { it.touch(at.x, at.y, 0) }
            compose.onNode(hasText(text(R.string.share_done))).assertDoesNotExist()
            compose.onNode(hasTestTag("share")).assertExists()
        }
        ShadowSystemClock.advanceBy(Duration.ofMillis(400))
        scenario.onActivity { it.touch(at.x, at.y, 0) }
        see(R.string.share_done)
    }

    @Test
    @Holds(60)
    fun aLinkOpensPairingAndTheWindowIsNotBegunWithIt() = begun { scenario ->
        val link = Intent(Intent.ACTION_VIEW, Uri.parse("attune://relay.example.org/#abc"), application, LinkActivity::class.java)
        scenario.moveToState(Lifecycle.State.STARTED)
        val through = ActivityScenario.launch<LinkActivity>(link)
        val begun = shadowOf(application).run { generateSequence { nextStartedActivity }.last() }
        assertEquals(MainActivity::class.java.name to null, begun.component!!.className to begun.dataString)
        assertEquals(Lifecycle.State.DESTROYED, through.state)
        scenario.moveToState(Lifecycle.State.RESUMED)
        see(R.string.pair_title)
        scenario.onActivity { assertEquals(null, it.intent.dataString) }
        // Once: another return to the window asks nobody to pair.
        tap("back")
        scenario.moveToState(Lifecycle.State.STARTED).moveToState(Lifecycle.State.RESUMED)
        see(hasTestTag("mark"))
        compose.onNode(hasText(text(R.string.pair_title))).assertDoesNotExist()
    }

    private fun MainActivity.touch(x: Float, y: Float, flags: Int) {
        val at = SystemClock.uptimeMillis()
        val finger = MotionEvent.PointerProperties().apply { id = 0; toolType = MotionEvent.TOOL_TYPE_FINGER }
        val place = MotionEvent.PointerCoords().also { it.x = x; it.y = y; it.pressure = 1f; it.size = 1f }
        for (action in listOf(MotionEvent.ACTION_DOWN, MotionEvent.ACTION_UP)) {
            dispatchTouchEvent(
                MotionEvent.obtain(
                    at, at, action, 1, arrayOf(finger), arrayOf(place), 0, 0, 1f, 1f, 0, 0,
                    android.view.InputDevice.SOURCE_TOUCHSCREEN, flags,
                ),
            )
        }
    }

    private fun View.composed(): View? = when {
        javaClass.simpleName == "AndroidComposeView" -> this
        this is ViewGroup -> (0 until childCount).firstNotNullOfOrNull { getChildAt(it).composed() }
        else -> null
    }

    private companion object {
        const val PATIENCE = 15_000L
    }
}
