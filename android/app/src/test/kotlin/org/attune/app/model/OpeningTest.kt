package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.nio.file.Files
import java.security.MessageDigest
import kotlin.io.path.readBytes
import org.attune.KeyStoreException
import org.attune.app.Holds
import org.attune.trial.TrialKeyStore
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Opening and locking: what stops it, what is asked, and what nothing is lost by. */
@RunWith(AndroidJUnit4::class)
class OpeningTest {
    private val store = TrialKeyStore()
    private val rig = Rig(store = store).also { it.on(AppEvent.Begin) }

    @After
    fun close() = rig.close()

    private fun setCode(code: String, finger: Boolean = false) {
        rig.on(AppEvent.Go(Route.Passcode))
        rig.top<PasscodeModel>().on(PasscodeEvent.Set(code.toCharArray(), code.toCharArray(), finger))
        assertEquals(Notice.CODE_SET, rig.state.notice)
    }

    @Test
    @Holds(2)
    fun withoutACodeItOpensByItself() {
        rig.home.on(HomeEvent.Mark)
        rig.processDies()
        assertTrue(rig.state.stage is Stage.Open)
        assertEquals(1, rig.home.state.value.moments.size)
    }

    @Test
    @Holds(5)
    fun aFingerOpensWhereItWasSetAndTheCodeAlwaysDoes() {
        rig.finger.isThere = true
        setCode("4711", finger = true)
        rig.on(AppEvent.Hide)
        assertEquals(Stage.Locked(asksCode = true, finger = true), rig.state.stage)
        rig.on(AppEvent.UnlockByFinger)
        assertTrue(rig.state.stage is Stage.Open)
        rig.on(AppEvent.Hide, AppEvent.Unlock("4711".toCharArray()))
        assertTrue(rig.state.stage is Stage.Open)
        rig.on(AppEvent.Go(Route.Settings))
        rig.top<SettingsModel>().on(SettingsEvent.ForgetFinger)
        assertFalse(rig.top<SettingsModel>().state.value.hasFinger)
        rig.on(AppEvent.Hide, AppEvent.UnlockByFinger)
        assertEquals("no finger opens any more", Stage.Locked(asksCode = true), rig.state.stage)
    }

    @Test
    @Holds(5, 74)
    fun anotherCodeEndsWhatTheFingerOpened() {
        rig.finger.isThere = true
        setCode("4711", finger = true)
        setCode("2580")
        assertFalse(rig.finger.isOn)
        rig.on(AppEvent.Hide, AppEvent.Unlock("4711".toCharArray()))
        assertEquals(Stage.Locked(asksCode = true, wrong = true), rig.state.stage)
        rig.on(AppEvent.Unlock("2580".toCharArray()))
        assertTrue(rig.state.stage is Stage.Open)
        rig.on(AppEvent.Go(Route.Passcode))
        rig.top<PasscodeModel>().on(PasscodeEvent.Remove)
        assertEquals(Notice.CODE_OFF, rig.state.notice)
        rig.on(AppEvent.Hide)
        assertEquals(Stage.Locked(asksCode = false), rig.state.stage)
    }

    @Test
    @Holds(11)
    fun aCodeIsAskedForAfterItLockedByItselfAndThenOneIsWhereOneWas() {
        setCode("4711")
        rig.on(AppEvent.Go(Route.Settings), AppEvent.Set(rig.state.settings.copy(autoLock = AutoLock.AT_ONCE)))
        rig.on(AppEvent.Left)
        rig.pass(1)
        rig.on(AppEvent.Returned)
        assertEquals(Stage.Locked(asksCode = true), rig.state.stage)
        assertTrue("nothing stands above the lock", rig.routes.isEmpty())
        rig.on(AppEvent.Unlock("4711".toCharArray()))
        assertEquals(listOf<Route>(Route.Settings), rig.routes)
    }

    @Test
    @Holds(12)
    fun anotherAppsAnswerIsWaitedFor() {
        rig.on(AppEvent.Go(Route.SaveCopy), AppEvent.Set(rig.state.settings.copy(autoLock = AutoLock.AT_ONCE)))
        rig.on(AppEvent.Leaves, AppEvent.Left)
        rig.pass(4 * 60_000)
        rig.on(AppEvent.Returned)
        assertEquals(listOf<Route>(Route.SaveCopy), rig.routes)
        rig.on(AppEvent.Left)
        rig.pass(1)
        assertTrue("that was for once", rig.state.stage is Stage.Locked)
    }

    @Test
    @Holds(13, 14)
    fun laterIsSaidAndAKeyThatIsGoneIsToldFromIt() {
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Hide)
        for ((error, why) in listOf(KeyStoreException.Locked() to Stop.LATER, KeyStoreException.Gone() to Stop.KEY_GONE)) {
            store.instead = { throw error }
            rig.on(if (rig.state.stage is Stage.Locked) AppEvent.Unlock(null) else AppEvent.TryAgain)
            assertEquals(Stage.Stopped(why), rig.state.stage)
            store.instead = null
            rig.on(AppEvent.TryAgain)
            assertEquals(1, rig.home.state.value.moments.size)
            rig.on(AppEvent.Hide)
        }
    }

    @Test
    @Holds(14, 18)
    fun afterAKeyThatIsGoneACopyComesBack() {
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Go(Route.SaveCopy))
        rig.top<SaveCopyModel>().on(SaveCopyEvent.Sealed("place", PHRASE.toCharArray()))
        rig.on(AppEvent.Hide)
        store.instead = { throw KeyStoreException.Gone() }
        rig.on(AppEvent.Unlock(null))
        assertEquals(Stage.Stopped(Stop.KEY_GONE), rig.state.stage)
        store.instead = null
        rig.on(AppEvent.StartOver, AppEvent.Go(Route.BringBack))
        rig.top<BringBackModel>().on(BringBackEvent.Pick("place"))
        rig.top<BringBackModel>().on(BringBackEvent.Open(PHRASE.toCharArray()))
        assertEquals(1, rig.home.state.value.moments.size)
        val kept = Files.walk(rig.folder).use { paths -> paths.filter { it.fileName.toString() == "vault.db" }.count() }
        assertEquals("what was there is set aside", 2, kept)
    }

    @Test
    @Holds(72)
    fun anotherFileAndASpaceThatIsFullAreToldApart() {
        rig.on(AppEvent.Go(Route.SaveCopy))
        rig.top<SaveCopyModel>().on(SaveCopyEvent.Sealed("place", PHRASE.toCharArray()))
        rig.documents.written["other"] = "a letter".encodeToByteArray()
        rig.documents.written["cut"] = rig.documents.written.getValue("place").let { it.copyOf(it.size - 1) }
        rig.on(AppEvent.Go(Route.BringBack))
        val back = rig.top<BringBackModel>()
        fun open(place: String): BringBackState {
            back.on(BringBackEvent.Pick(place))
            back.on(BringBackEvent.Open(PHRASE.toCharArray()))
            return back.state.value
        }
        assertTrue("a vault is here", open("place").full)
        rig.on(AppEvent.Hide)
        Rig().use { empty ->
            empty.documents.written += rig.documents.written
            empty.on(AppEvent.Go(Route.BringBack))
            val other = empty.top<BringBackModel>()
            for (place in listOf("other", "cut", "nowhere")) {
                other.on(BringBackEvent.Pick(place))
                other.on(BringBackEvent.Open(PHRASE.toCharArray()))
                assertTrue(place, other.state.value.unusable)
                assertFalse(place, other.state.value.wrong)
                assertFalse(place, Files.exists(empty.folder.resolve("vault.db")))
            }
        }
    }

    @Test
    @Holds(15)
    fun damageIsSaidAndNothingIsDeleted() {
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Hide)
        val file = rig.folder.resolve("vault.db")
        val whole = file.readBytes()
        Files.write(file, whole.copyOf().also { for (at in 40 until it.size) it[at] = (it[at] + 1).toByte() })
        rig.on(AppEvent.Unlock(null))
        assertEquals(Stage.Stopped(Stop.DAMAGED), rig.state.stage)
        assertEquals(whole.size.toLong(), Files.size(file))
        Files.write(file, whole)
        rig.on(AppEvent.TryAgain)
        assertEquals(1, rig.home.state.value.moments.size)
    }

    @Test
    @Holds(16)
    fun aNewerVersionAsksForAnUpdateAndDeletesNothing() {
        rig.home.on(HomeEvent.Mark)
        rig.on(AppEvent.Hide)
        val file = rig.folder.resolve("vault.key")
        val whole = file.readBytes()
        // The format's number stands behind the file's mark, and a digest at its end.
        val newer = whole.copyOf(whole.size - DIGEST).also { it[FORMAT_AT] = (it[FORMAT_AT] + 1).toByte() }
        Files.write(file, newer + MessageDigest.getInstance("SHA-256").digest(newer))
        rig.on(AppEvent.Unlock(null))
        assertEquals(Stage.Stopped(Stop.NEWER), rig.state.stage)
        rig.on(AppEvent.TryAgain)
        assertEquals(Stage.Stopped(Stop.NEWER), rig.state.stage)
        Files.write(file, whole)
        rig.on(AppEvent.TryAgain)
        assertEquals(1, rig.home.state.value.moments.size)
    }

    @Test
    @Holds(7, 9)
    fun whatIsLockedShowsNothingThatWasOpen() {
        rig.on(AppEvent.Go(Route.Settings), AppEvent.Hide, AppEvent.Go(Route.Moments), AppEvent.Back, AppEvent.Left, AppEvent.Returned)
        assertEquals(Stage.Locked(asksCode = false), rig.state.stage)
        assertNull(rig.state.top)
        rig.on(AppEvent.Unlock(null))
        assertNull(rig.state.top)
        assertNotNull(rig.home)
    }

    @Test
    @Holds(79, 80)
    fun whatCouldNotBeDeletedIsSaid() {
        rig.on(AppEvent.Hide, AppEvent.Go(Route.DeleteAll))
        store.insteadOfDestroying = { throw KeyStoreException.Unavailable() }
        val delete = rig.top<DeleteAllModel>()
        delete.on(DeleteAllEvent.Delete)
        assertTrue(delete.state.value.failed)
        store.insteadOfDestroying = null
        delete.on(DeleteAllEvent.Delete)
        assertEquals(Stage.FirstRun, rig.state.stage)
        assertEquals(Notice.ALL_GONE, rig.state.notice)
    }

    private companion object {
        const val DIGEST = 32
        const val FORMAT_AT = 10
        const val PHRASE = "four words are enough"
    }
}
