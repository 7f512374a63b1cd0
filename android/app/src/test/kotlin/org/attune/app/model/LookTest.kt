package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.IOException
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.attune.Answer
import org.attune.KeyStoreException
import org.attune.PracticeNotice
import org.attune.RepairChoice
import org.attune.RepairOption
import org.attune.StatusLine
import org.attune.Transport
import org.attune.app.Holds
import org.attune.trial.HttpTransport
import org.attune.trial.World
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Looking for updates: when it is done, and that nothing is lost by it. */
@RunWith(AndroidJUnit4::class)
class LookTest {
    private val world = World.paired().also { it.phone.close() }
    private var posts = 0
    private var instead: (suspend (ByteArray) -> Answer)? = null
    private val counted = Transport { url, body ->
        posts++
        instead?.invoke(body) ?: runBlocking { HttpTransport.post(url, body) }
    }
    private val rig =
        Rig(root = world.root.resolve("app"), folder = world.folder, store = world.store, clock = world.clock, transport = counted)

    @After
    fun close() {
        rig.close()
        world.close()
    }

    @Test
    @Holds(81)
    fun nothingIsSentBeforeTheFirstPairing() {
        var sent = 0
        Rig(clock = world.clock, transport = { _, _ -> throw IOException().also { sent++ } }).use { alone ->
            alone.on(AppEvent.Begin)
            alone.home.on(HomeEvent.Mark)
            alone.on(AppEvent.Back)
            alone.home.on(HomeEvent.Look)
            alone.on(AppEvent.LookNow, AppEvent.Hide, AppEvent.Unlock(null))
            world.clock.pass(Duration.ofDays(3))
            alone.on(AppEvent.Hide, AppEvent.Unlock(null), AppEvent.Hide)
            assertEquals(false, runBlocking { alone.house.lookWhileClosed() })
        }
        assertEquals(0, sent)
    }

    @Test
    @Holds(82)
    fun itLooksWhenItIsOpenedAfterADayAndWhenAsked() {
        val first = posts
        rig.on(AppEvent.Hide, AppEvent.Unlock(null))
        assertEquals("it looked just now", first, posts)
        rig.home.on(HomeEvent.Look)
        assertTrue(posts > first)
        val asked = posts
        rig.on(AppEvent.Hide)
        world.clock.pass(Duration.ofHours(25))
        rig.on(AppEvent.Unlock(null))
        assertTrue(posts > asked)
        assertFalse(rig.home.state.value.looking)
    }

    @Test
    @Holds(83)
    fun inTheBackgroundALockedKeyAndACodeAreLater() {
        rig.on(AppEvent.Hide)
        assertEquals(false, runBlocking { rig.house.lookWhileClosed() })
        world.store.instead = { throw KeyStoreException.Locked() }
        assertNull(runBlocking { rig.house.lookWhileClosed() })
        world.store.instead = null
        rig.on(AppEvent.Unlock(null), AppEvent.Go(Route.Passcode))
        rig.top<PasscodeModel>().on(PasscodeEvent.Set("4711".toCharArray(), "4711".toCharArray(), finger = false))
        rig.on(AppEvent.Hide)
        assertNull(runBlocking { rig.house.lookWhileClosed() })
        assertEquals(Stage.Locked(asksCode = true), rig.state.stage)
    }

    @Test
    @Holds(83)
    fun inTheBackgroundItTellsWhetherSomethingCame() {
        rig.on(AppEvent.Hide)
        world.desk.propose("plan-draft", "We start with your week.")
        world.desk.sync()
        assertEquals(true, runBlocking { rig.house.lookWhileClosed() })
        assertEquals(false, runBlocking { rig.house.lookWhileClosed() })
        rig.on(AppEvent.Unlock(null))
        assertTrue(rig.home.state.value.drafts)
    }

    @Test
    @Holds(68, 85)
    fun aRelayThatIsAwayOrAnswersNonsenseChangesNothing() {
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Go(Route.Preview(RepairChoice(RepairOption.PAUSE, world.therapist))))
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        val choice = rig.top<ChoiceModel>()
        val answers = listOf<suspend (ByteArray) -> Answer>(
            { throw IOException("away") },
            { Answer(503, ByteArray(0)) },
            { Answer(302, ByteArray(10)) },
            { Answer(200, "<html>".encodeToByteArray()) },
            { body -> Answer(200, body) },
            { body -> Answer(200, body + 1) },
        )
        for ((number, answer) in answers.withIndex()) {
            instead = answer
            rig.home.on(HomeEvent.Look)
            assertFalse("$number", rig.home.state.value.looking)
            assertTrue("$number", choice.state.value.choice!!.open)
            assertEquals(1, rig.home.state.value.moments.size)
        }
        instead = { throw IOException("away") }
        rig.on(AppEvent.Go(Route.Practice(world.therapist)))
        rig.top<PracticeModel>().on(PracticeEvent.Look)
        assertEquals(PracticeNotice.NOT_REACHED, rig.top<PracticeModel>().state.value.practice!!.notice)
        instead = null
        rig.top<PracticeModel>().on(PracticeEvent.Look)
        assertNull(rig.top<PracticeModel>().state.value.practice!!.notice)
        world.desk.sync()
        rig.top<PracticeModel>().on(PracticeEvent.Look)
        assertEquals(StatusLine.RECEIVED_COUNTS, choice.state.value.choice!!.status)
        assertEquals("Pause", world.desk.inbox().single()["option"])
    }
}
