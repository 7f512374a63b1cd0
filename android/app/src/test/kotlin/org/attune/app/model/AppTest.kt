package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.nio.file.Files
import org.attune.KeyStoreException
import org.attune.RepairOption
import org.attune.app.Holds
import org.attune.trial.TrialKeyStore
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Stages, routes, locking: the app on a real vault, without a window. */
@RunWith(AndroidJUnit4::class)
class AppTest {
    private val store = TrialKeyStore()
    private val rig = Rig(store = store)

    @After
    fun close() = rig.close()

    private fun begun() = rig.also { it.on(AppEvent.Begin) }

    @Test
    @Holds(1)
    fun theFirstDayBeginsWithWhatStaysPrivate() {
        assertEquals(Stage.FirstRun, rig.state.stage)
        rig.on(AppEvent.Begin)
        assertTrue(rig.state.stage is Stage.Open)
        assertTrue(rig.home.state.value.read)
        assertTrue(rig.home.state.value.moments.isEmpty())
    }

    @Test
    @Holds(20, 22)
    fun oneTapMarks() {
        begun()
        rig.home.on(HomeEvent.Mark)
        assertEquals(1, rig.home.state.value.moments.size)
        val pick = rig.top<PickModel>()
        assertTrue(pick.state.value.saved)
        assertEquals(RepairOption.KEEP, pick.state.value.offers.first().option)
        pick.on(PickEvent.Undo)
        assertTrue(rig.home.state.value.moments.isEmpty())
        assertEquals(Notice.UNDONE, rig.state.notice)
        assertTrue(rig.routes.isEmpty())
    }

    @Test
    @Holds(31)
    fun keepingItSendsNothingAndLeadsHome() {
        begun()
        rig.home.on(HomeEvent.Mark)
        val pick = rig.top<PickModel>()
        pick.on(PickEvent.Pick(pick.state.value.offers.first()))
        assertTrue(rig.routes.isEmpty())
        assertEquals(Notice.KEPT, rig.state.notice)
        assertEquals(1, rig.home.state.value.moments.size)
    }

    @Test
    @Holds(7, 9, 10, 23)
    fun hideForgetsWherethePersonWasAndBackDoesNotShowIt() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.top<PickModel>().on(PickEvent.Words)
        rig.top<MomentModel>().on(MomentEvent.Words("words of mine"))
        rig.on(AppEvent.Hide)
        assertEquals(Stage.Locked(asksCode = false), rig.state.stage)
        assertTrue(rig.routes.isEmpty())
        assertEquals(listOf("Hidden"), rig.kept.routes)
        rig.on(AppEvent.Back)
        assertTrue(rig.state.stage is Stage.Locked)
        rig.on(AppEvent.Returned)
        assertTrue("a tap opens it, and nothing less", rig.state.stage is Stage.Locked)
        rig.on(AppEvent.Unlock(null))
        assertTrue(rig.routes.isEmpty())
        // What was typed before is there.
        assertEquals("words of mine", rig.home.state.value.moments.single().moment.words)
    }

    @Test
    @Holds(9)
    fun hiddenStaysHiddenWhenTheProcessDies() {
        begun()
        rig.on(AppEvent.Hide)
        rig.processDies()
        assertEquals(Stage.Locked(asksCode = false), rig.state.stage)
        rig.on(AppEvent.Unlock(null))
        assertTrue(rig.state.stage is Stage.Open)
    }

    @Test
    @Holds(11)
    fun anAnswerThatNeverCameDoesNotKeepItOpenLonger() {
        begun()
        rig.on(AppEvent.Leaves, AppEvent.InFront, AppEvent.Left)
        rig.pass(61_000)
        assertTrue(rig.state.stage is Stage.Locked)
    }

    @Test
    @Holds(22)
    fun undoIsGoneOnceWordsCanBeThere() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.top<PickModel>().on(PickEvent.Words)
        rig.on(AppEvent.Back)
        assertFalse(rig.top<PickModel>().state.value.saved)
    }

    @Test
    fun aWindowThatClosedForGoodLeavesNothingOpen() {
        begun()
        rig.on(AppEvent.Ended)
        assertTrue(rig.state.stage is Stage.Locked)
        rig.on(AppEvent.Unlock(null))
        assertFalse("nobody is there", rig.state.stage is Stage.Open)
    }

    @Test
    @Holds(8)
    fun noSideFileIsLeftAfterHide() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Hide)
        val left = Files.list(rig.folder).use { files -> files.map { it.fileName.toString() }.toList() }
        assertTrue(left.toString(), left.none { it.endsWith("-wal") || it.endsWith("-shm") || it.endsWith("-journal") })
    }

    @Test
    @Holds(23)
    fun aDeadProcessComesBackToTheSameScreens() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.top<PickModel>().on(PickEvent.Words)
        rig.top<MomentModel>().on(MomentEvent.Words("half a sent"))
        val before = rig.routes
        rig.processDies()
        assertEquals(before, rig.routes)
        assertEquals("half a sent", rig.top<MomentModel>().state.value.words)
    }

    @Test
    @Holds(11)
    fun itLocksByItselfAfterTheTimeThatWasSetAndKeepsThePlace() {
        begun()
        rig.on(AppEvent.Go(Route.Settings))
        rig.on(AppEvent.Left)
        rig.pass(59_000)
        assertTrue(rig.state.stage is Stage.Open)
        rig.pass(2_000)
        assertTrue(rig.state.stage is Stage.Locked)
        rig.on(AppEvent.Returned)
        assertTrue("without a code it opens by itself", rig.state.stage is Stage.Open)
        assertEquals(listOf<Route>(Route.Settings), rig.routes)
    }

    @Test
    @Holds(12)
    fun comingBackInTimeLocksNothing() {
        begun()
        rig.on(AppEvent.Left)
        rig.pass(30_000)
        rig.on(AppEvent.Returned)
        rig.pass(120_000)
        assertTrue(rig.state.stage is Stage.Open)
    }

    @Test
    @Holds(3, 4)
    fun aCodeIsAskedForAndAWrongOneSaysSo() {
        begun()
        rig.on(AppEvent.Go(Route.Passcode))
        rig.top<PasscodeModel>().on(PasscodeEvent.Set("4711".toCharArray(), "4712".toCharArray(), finger = false))
        assertTrue(rig.top<PasscodeModel>().state.value.differs)
        rig.top<PasscodeModel>().on(PasscodeEvent.Set("4711".toCharArray(), "4711".toCharArray(), finger = false))
        assertEquals(Notice.CODE_SET, rig.state.notice)
        rig.on(AppEvent.Hide)
        assertEquals(Stage.Locked(asksCode = true), rig.state.stage)
        val wrong = "0000".toCharArray()
        rig.on(AppEvent.Unlock(wrong))
        assertEquals(Stage.Locked(asksCode = true, wrong = true), rig.state.stage)
        assertTrue("the array is overwritten", wrong.all { it == '\u0000' })
        rig.on(AppEvent.Unlock("4711".toCharArray()))
        assertTrue(rig.state.stage is Stage.Open)
    }

    @Test
    @Holds(13, 14)
    fun aLockedKeyStoreIsLaterAndALostKeyIsSaidAndNothingIsDeleted() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Hide)
        store.instead = { throw KeyStoreException.Locked() }
        rig.on(AppEvent.Unlock(null))
        assertEquals(Stage.Stopped(Stop.LATER), rig.state.stage)
        store.instead = { throw KeyStoreException.Gone() }
        rig.on(AppEvent.TryAgain)
        assertEquals(Stage.Stopped(Stop.KEY_GONE), rig.state.stage)
        store.instead = null
        rig.on(AppEvent.TryAgain)
        assertEquals(1, rig.home.state.value.moments.size)
    }

    @Test
    @Holds(18)
    fun startingOverSetsAsideAndDeletesNothing() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Hide)
        store.instead = { throw KeyStoreException.Gone() }
        rig.on(AppEvent.Unlock(null))
        store.instead = null
        rig.on(AppEvent.StartOver)
        assertEquals(Stage.FirstRun, rig.state.stage)
        rig.on(AppEvent.Begin)
        assertTrue(rig.home.state.value.moments.isEmpty())
        val aside = Files.walk(rig.folder).use { paths -> paths.filter { it.fileName.toString() == "vault.db" }.count() }
        assertEquals(2, aside)
    }

    @Test
    @Holds(19)
    fun helpIsThereWhileItIsLockedAndGoesOnAfterUnlocking() {
        begun()
        rig.on(AppEvent.Hide)
        rig.on(AppEvent.Go(Route.Help))
        assertEquals(listOf<Route>(Route.Help), rig.routes)
        rig.on(AppEvent.Go(Route.Moments))
        assertEquals("a locked app shows no moments", listOf<Route>(Route.Help), rig.routes)
    }

    @Test
    @Holds(79)
    fun deleteAllLeadsToTheFirstDay() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Set(rig.state.settings.copy(screenshots = true)))
        rig.on(AppEvent.Go(Route.DeleteAll))
        rig.top<DeleteAllModel>().on(DeleteAllEvent.Delete)
        assertEquals(Stage.FirstRun, rig.state.stage)
        assertEquals(Notice.ALL_GONE, rig.state.notice)
        assertFalse(rig.state.settings.screenshots)
        assertTrue(store.destroyed)
        assertNull(rig.looking.scheduled)
        assertFalse(Files.exists(rig.folder.resolve("vault.db")))
    }

    @Test
    @Holds(69, 70, 72)
    fun aCopyComesBackIntoAnEmptySpaceAlone() {
        begun()
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Go(Route.SaveCopy))
        val save = rig.top<SaveCopyModel>()
        save.on(SaveCopyEvent.Check("short".toCharArray(), "short".toCharArray()))
        assertTrue(save.state.value.short)
        save.on(SaveCopyEvent.Sealed("place", "four words are enough".toCharArray()))
        assertTrue(save.state.value.saved)
        assertEquals(0, Files.list(rig.root.resolve("passing")).use { it.count() }.toInt())

        Rig(store = store).use { other ->
            other.documents.written += rig.documents.written
            other.on(AppEvent.Go(Route.BringBack))
            val back = other.top<BringBackModel>()
            back.on(BringBackEvent.Pick("place"))
            back.on(BringBackEvent.Open("not the pass phrase".toCharArray()))
            assertTrue(back.state.value.wrong)
            back.on(BringBackEvent.Open("four words are enough".toCharArray()))
            assertEquals(1, other.home.state.value.moments.size)
        }
    }
}
