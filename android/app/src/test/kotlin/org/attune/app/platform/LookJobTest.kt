package org.attune.app.platform

import android.app.NotificationManager
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.content.Context
import android.os.Looper
import android.security.keystore.UserNotAuthenticatedException
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.attune.AttuneException
import org.attune.Passcode
import org.attune.app.AttuneApplication
import org.attune.app.Holds
import org.attune.app.model.House
import org.attune.app.model.Look
import org.attune.app.model.Phone
import org.attune.app.model.Settings
import org.attune.app.platform.StandInKeyStore.Step
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowPausedLooper
import org.robolectric.util.ReflectionHelpers

/** Looking for updates while nobody is there. */
@RunWith(AndroidJUnit4::class)
class LookJobTest {
    @get:Rule
    val store = StandInKeyStore()

    private val app = ApplicationProvider.getApplicationContext<AttuneApplication>()
    private val jobs = app.getSystemService(JobScheduler::class.java)
    private val sent = ArrayList<String>()

    /** The app's own house, but for the network: whoever is asked there is written down. */
    private val house = app.phone.run {
        val phone = Phone(
            keys, { url, _ -> sent += url; throw java.io.IOException() }, settings, looking, aloud, finger, documents, time, clock, country,
        )
        House(app.noBackupFilesDir.toPath().resolve("vault"), app.cacheDir.toPath().resolve("passing"), phone, Dispatchers.IO)
    }

    private fun run(look: suspend () -> Boolean? = house::lookWhileClosed) = runBlocking { LookRun(look, app.phone.settings, app.notices).run() }

    private fun create(passcode: CharArray? = null) = runBlocking {
        house.create()
        if (passcode != null) Passcode(passcode).use { house.setPasscode(it) }
        house.close(CoroutineScope(Dispatchers.IO))
    }

    @Test
    @Holds(81)
    fun withoutAPairingNothingIsSent() {
        create()
        assertTrue(run())
        assertEquals(emptyList<String>(), sent)
    }

    @Test
    @Holds(83)
    fun whereTheKeyCannotBeHadItIsForLater() {
        assertFalse("no vault", run())
        create()
        store.at(Step.BEGIN) { UserNotAuthenticatedException() }
        assertFalse("locked", run())
        store.mend()
        assertTrue(run())
    }

    @Test
    @Holds(83)
    fun withAPasscodeItIsForLater() {
        create("2580".toCharArray())
        assertFalse(run())
        assertFalse("and not an error", run { throw AttuneException.Damaged() })
    }

    @Test
    @Holds(84)
    fun whoeverOpensTheAppComesFirst() = runBlocking {
        create()
        val opening = CountDownLatch(1)
        val mayGoOn = CountDownLatch(1)
        store.at(Step.BEGIN) {
            opening.countDown()
            mayGoOn.await()
            null
        }
        val look = async(Dispatchers.IO) { LookRun(house::lookWhileClosed, app.phone.settings, app.notices).run() }
        opening.await()
        val person = async(start = CoroutineStart.UNDISPATCHED) { house.open(null) }
        store.mend()
        mayGoOn.countDown()
        person.await()
        assertFalse("the look is for later", look.await())
        house.close(this)
    }

    @Test
    fun aCancelledLookIsCancelled() = runBlocking {
        val begun = CompletableDeferred<Unit>()
        var ended = false
        val look = launch(Dispatchers.IO) {
            LookRun({ begun.complete(Unit); awaitCancellation() }, app.phone.settings, app.notices).run()
            ended = true
        }
        begun.await()
        look.cancelAndJoin()
        assertFalse(ended)
    }

    @Test
    @Holds(75)
    fun theNotificationIsPostedOnlyIfWantedAndIfSomethingCame() {
        val manager = shadowOf(app.getSystemService(NotificationManager::class.java))
        for (wanted in listOf(false, true)) {
            app.phone.settings.write(Settings(notifications = wanted))
            for (came in listOf(null, false, true)) {
                app.notices.clear()
                assertEquals(came != null, run { came })
                assertEquals("$wanted $came", if (wanted && came == true) 1 else 0, manager.size())
            }
        }
    }

    @Test
    fun aJobThatIsOverPlansTheNext() {
        create()
        app.phone.settings.write(Settings(look = Look.ONCE_A_DAY))
        val job = job()
        assertTrue(job.onStartJob(parameters(1)))
        job.untilFinished()
        assertFalse(shadowOf(job).isRescheduleNeeded)
        assertEquals(listOf(2), jobs.allPendingJobs.map { it.id })
    }

    @Test
    fun aJobForLaterIsRunAgainByTheSystem() {
        val job = job()
        assertTrue(job.onStartJob(parameters(1)))
        job.untilFinished()
        assertTrue(shadowOf(job).isRescheduleNeeded)
        assertEquals(emptyList<Int>(), jobs.allPendingJobs.map { it.id })
    }

    @Test
    fun aJobThatIsStoppedGivesUpAndIsRunAgain() {
        create()
        val job = job()
        job.onStartJob(parameters(1))
        assertTrue(job.onStopJob(parameters(1)))
        shadowOf(Looper.getMainLooper()).idle()
        assertFalse("nobody asks for its end any more", shadowOf(job).isJobFinished)
        assertEquals(emptyList<Int>(), jobs.allPendingJobs.map { it.id })
    }

    private fun job(): LookJob = Robolectric.buildService(LookJob::class.java).create().get()

    private fun parameters(id: Int): JobParameters =
        Shadow.newInstanceOf(JobParameters::class.java).also { ReflectionHelpers.setField(it, "jobId", id) }

    /** The main thread is this one: it does what comes to it, until the job is over. */
    private fun LookJob.untilFinished() {
        val main = shadowOf(Looper.getMainLooper()) as ShadowPausedLooper
        repeat(ROUNDS) {
            main.idle()
            if (shadowOf(this).isJobFinished) return
            main.poll(TimeUnit.SECONDS.toMillis(1))
        }
        throw AssertionError("the job does not end")
    }

    private companion object {
        const val ROUNDS = 60
    }
}
