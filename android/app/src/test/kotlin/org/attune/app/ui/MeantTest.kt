package org.attune.app.ui

import android.content.ComponentName
import android.os.SystemClock
import android.view.MotionEvent
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.Duration
import org.attune.CaseId
import org.attune.OwnAbout
import org.attune.ProposalAnswer
import org.attune.app.AttuneApplication
import org.attune.app.Holds
import org.attune.app.R
import org.attune.app.model.AboutMeEvent
import org.attune.app.model.AboutMeState
import org.attune.app.model.CompareEvent
import org.attune.app.model.CompareState
import org.attune.app.model.ProposalEvent
import org.attune.app.model.ProposalState
import org.attune.app.model.RestoredEvent
import org.attune.app.model.RestoredState
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowSystemClock

/** What cannot be undone by the next tap takes only a touch that was meant for it, or asks. */
@RunWith(AndroidJUnit4::class)
class MeantTest {
    @get:Rule
    val rule = createEmptyComposeRule()

    private val application = ApplicationProvider.getApplicationContext<AttuneApplication>()
    private val touch = Touch()

    private fun text(id: Int) = application.getString(id)

    /** By a finger, unlike the press of a screen reader. */
    private fun touch(id: Int, flags: Int = 0) {
        val now = SystemClock.uptimeMillis()
        val button = rule.onAllNodes(hasText(text(id)).and(hasClickAction())).onFirst().performScrollTo()
        val event = MotionEvent.obtain(
            now, now, MotionEvent.ACTION_DOWN, 1, arrayOf(MotionEvent.PointerProperties()), arrayOf(MotionEvent.PointerCoords()),
            0, 0, 1f, 1f, 0, 0, 0, flags,
        )
        touch.during(event) { button.performClick() }
        rule.waitForIdle()
    }

    private fun pass(millis: Long) = ShadowSystemClock.advanceBy(Duration.ofMillis(millis))

    private fun shown(content: @Composable () -> Unit, use: () -> Unit) {
        shadowOf(application.packageManager).addActivityIfNotPresent(ComponentName(application, ComponentActivity::class.java))
        ActivityScenario.launch(ComponentActivity::class.java).use { scenario ->
            scenario.onActivity {
                it.setContent {
                    AttuneTheme { CompositionLocalProvider(LocalTouch provides touch, LocalToday provides Made.today, content = content) }
                }
            }
            rule.waitForIdle()
            use()
        }
    }

    @Test
    @Holds(73, 96)
    fun aSecondTapDoesNotAnswerForTheChoiceThatComesToItsPlace() {
        val twice = RESTORED.filter { it.choice != null }.flatMap { listOf(it, it.copy(caseId = CaseId("4".repeat(32)))) }
        for ((waiting, answer) in listOf(twice to R.string.restore_drop, twice to R.string.restore_keep, NAMELESS to R.string.takeback_button)) {
            var state by mutableStateOf(RestoredState(true, waiting))
            val answered = mutableListOf<CaseId>()
            shown({
                RestoredContent(state) { event ->
                    val case = when (event) {
                        is RestoredEvent.Keep -> event.case
                        is RestoredEvent.Drop -> event.case
                        is RestoredEvent.Later -> error("not asked")
                    }
                    answered += case
                    state = RestoredState(true, state.waiting.filter { it.caseId != case })
                }
            }) {
                touch(answer)
                assertTrue("it came with the screen", answered.isEmpty())
                pass(400)
                touch(answer)
                assertEquals(waiting.take(1).map { it.caseId }, answered)
                // Drawing takes a little of that clock, too.
                pass(300)
                touch(answer)
                assertEquals("meant for the one before", 1, answered.size)
                pass(400)
                touch(answer)
                assertEquals(waiting.map { it.caseId }, answered)
            }
        }
    }

    @Test
    fun noAnswerIsGivenThroughAnotherAppsWindow() {
        val answered = mutableListOf<RestoredEvent>()
        shown({ RestoredContent(RestoredState(true, RESTORED)) { answered += it } }) {
            pass(400)
            touch(R.string.restore_keep, MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED)
            assertTrue(answered.isEmpty())
            rule.onNode(hasText(text(R.string.share_covered))).assertExists()
            touch(R.string.restore_keep)
            assertEquals(1, answered.size)
        }
    }

    @Test
    fun whatWasToldAboutMeIsTakenBackAfterOneQuestion() {
        val told = "Please say Amara."
        val events = mutableListOf<AboutMeEvent>()
        shown({ AboutMeContent(AboutMeState(Made.practice(), OwnAbout(told, false), told, read = true, compared = true)) { events += it } }) {
            touch(R.string.takeback_button)
            rule.onNode(hasText(text(R.string.about_take_back_ask))).assertExists()
            touch(R.string.button_not_now)
            rule.onNode(hasText(text(R.string.about_take_back_ask))).assertDoesNotExist()
            touch(R.string.takeback_button)
            assertTrue(events.isEmpty())
            touch(R.string.takeback_button)
            assertEquals(listOf<AboutMeEvent>(AboutMeEvent.TakeBack), events)
        }
    }

    @Test
    @Holds(97)
    fun aTapThatWasMeantForAnotherButtonAnswersNothing() {
        for ((answer, next) in listOf(
            R.string.note_ok to ProposalState(PLAN.but(answer = ProposalAnswer.LEAVE_IT)),
            R.string.note_skip to ProposalState(PLAN.but(answer = ProposalAnswer.LOOKS_RIGHT)),
            R.string.note_skip to ProposalState(PLAN, changing = true),
        )) {
            var state by mutableStateOf(ProposalState(PLAN))
            val said = mutableListOf<ProposalEvent>()
            shown({ ProposalContent(state) { said += it } }) { rests(answer, said) { state = next } }
        }
        for (answer in listOf(R.string.words_match, R.string.words_differ)) {
            val practice = Made.practice(compared = false)
            var state by mutableStateOf(CompareState(practice))
            val said = mutableListOf<CompareEvent>()
            // They come while the screen is there.
            shown({ CompareContent(state) { said += it } }) {
                rests(answer, said) { state = CompareState(practice, listOf("orbit", "velvet", "hammer", "lagoon")) }
            }
        }
    }

    /** What [answer] does after a [change] of what is shown waits until a touch was meant for it. */
    private fun rests(answer: Int, said: List<Any>, change: () -> Unit) {
        pass(400)
        change()
        rule.waitForIdle()
        touch(answer)
        assertTrue("meant for what was there before", said.isEmpty())
        pass(400)
        touch(answer)
        assertEquals(1, said.size)
    }

    private companion object {
        /** Of an option that this app does not know. */
        val NAMELESS = RESTORED.filter { it.choice == null }.flatMap { listOf(it, it.copy(caseId = CaseId("5".repeat(32)))) }
    }
}
