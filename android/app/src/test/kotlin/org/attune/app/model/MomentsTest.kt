package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.Duration
import org.attune.AttuneVault
import org.attune.Pointer
import org.attune.RepairOption
import org.attune.app.Holds
import org.attune.trial.TrialClock
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Moments: what is written on them, how long they are kept, and how they go. */
@RunWith(AndroidJUnit4::class)
class MomentsTest {
    private val clock = TrialClock()
    private val rig = Rig(clock = clock).also { it.on(AppEvent.Begin) }

    @After
    fun close() = rig.close()

    private fun mark() {
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Back)
    }

    private fun openFirst(): MomentModel {
        rig.on(AppEvent.Go(Route.Moment(rig.home.state.value.moments.first().moment.id)))
        return rig.top()
    }

    @Test
    @Holds(24)
    fun wordsOverTheLimitAreNotTakenAndThoseBeforeStay() {
        mark()
        val moment = openFirst()
        val most = AttuneVault.limits().wordsChars.toInt()
        val full = "🌍".repeat(most)
        moment.on(MomentEvent.Words(full))
        assertNull(rig.state.notice)
        moment.on(MomentEvent.Words(full + "a"))
        assertEquals(Notice.WORDS_TOO_LONG, rig.state.notice)
        assertEquals(full, moment.state.value.words)
        rig.processDies()
        assertEquals(full, rig.top<MomentModel>().state.value.words)
    }

    @Test
    @Holds(23)
    fun wordsOutliveTheScreenHidingAndTheProcess() {
        mark()
        openFirst().on(MomentEvent.Words("one"))
        rig.on(AppEvent.Back)
        assertEquals("one", openFirst().state.value.words)
        rig.top<MomentModel>().on(MomentEvent.Words("one and two"))
        rig.on(AppEvent.Hide, AppEvent.Unlock(null))
        assertEquals("one and two", openFirst().state.value.words)
        rig.top<MomentModel>().on(MomentEvent.Words("one and two and three"))
        rig.processDies()
        assertEquals("one and two and three", rig.top<MomentModel>().state.value.words)
    }

    @Test
    @Holds(32, 33)
    fun whereNobodyIsPairedPairingIsOneTapAwayAndNothingIsPreviewed() {
        rig.home.on(HomeEvent.Mark)
        val pick = rig.top<PickModel>()
        assertTrue(pick.state.value.alone)
        assertTrue(pick.state.value.offers.all { it.practice == null })
        pick.on(PickEvent.Pick(pick.state.value.offers.first { it.option == RepairOption.REQUEST_PROVIDER }))
        assertEquals(Route.Outside, rig.routes.last())
        rig.on(AppEvent.Back)
        pick.on(PickEvent.Join)
        assertEquals(Route.Join, rig.routes.last())
    }

    @Test
    @Holds(25)
    fun whereItWasIsKeptChangedAndTakenAway() {
        mark()
        for (pointer in listOf(Pointer.SAID, Pointer.PLAN, null)) {
            val moment = openFirst()
            moment.on(MomentEvent.Where(pointer))
            assertEquals(pointer, moment.state.value.moment!!.pointer)
            rig.on(AppEvent.Back)
            assertEquals(pointer, rig.home.state.value.moments.first().moment.pointer)
        }
    }

    @Test
    @Holds(26, 28)
    fun olderOnesAreShownWhenAskedForAndAllCanBeErased() {
        repeat(52) { mark() }
        assertTrue(rig.home.state.value.older)
        assertEquals(5, rig.home.state.value.moments.size)
        rig.on(AppEvent.Go(Route.Moments))
        val all = rig.top<MomentsModel>()
        assertEquals(50 to true, all.state.value.moments.size to all.state.value.older)
        all.on(MomentsEvent.Older)
        assertEquals(52 to false, all.state.value.moments.size to all.state.value.older)
        all.on(MomentsEvent.EraseAll)
        assertEquals(Notice.ERASED, rig.state.notice)
        assertTrue(all.state.value.moments.isEmpty())
        assertTrue(rig.home.state.value.moments.isEmpty())
    }

    @Test
    @Holds(27)
    fun oneIsErasedAndItsScreenLeft() {
        mark()
        mark()
        val kept = rig.home.state.value.moments.last().moment.id
        openFirst().on(MomentEvent.Erase)
        assertTrue(rig.routes.isEmpty())
        assertEquals(listOf(kept), rig.home.state.value.moments.map { it.moment.id })
    }

    @Test
    @Holds(78)
    fun howLongTheyAreKeptIsSetAndWhatRanOutIsGoneAtTheNextOpening() {
        mark()
        rig.on(AppEvent.Go(Route.Settings))
        val settings = rig.top<SettingsModel>()
        assertEquals(90, settings.state.value.days)
        settings.on(SettingsEvent.Days(7))
        assertEquals(7, settings.state.value.days)
        rig.on(AppEvent.Hide)
        clock.pass(Duration.ofDays(8))
        rig.on(AppEvent.Unlock(null))
        assertTrue(rig.home.state.value.moments.isEmpty())
        mark()
        rig.on(AppEvent.Go(Route.Settings))
        rig.top<SettingsModel>().on(SettingsEvent.Days(null))
        // A leap of more than a month would erase nothing by itself.
        repeat(5) {
            rig.on(AppEvent.Hide)
            clock.pass(Duration.ofDays(25))
            rig.on(AppEvent.Unlock(null))
        }
        assertEquals(1, rig.home.state.value.moments.size)
    }
}
