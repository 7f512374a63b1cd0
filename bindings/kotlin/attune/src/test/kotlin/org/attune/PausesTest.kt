package org.attune

import java.io.IOException
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.attune.trial.HttpTransport
import org.attune.trial.TrialPauses
import org.attune.trial.World
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

/** When the requests of a sync leave. */
internal class PausesTest {
    private lateinit var world: World

    @BeforeEach
    fun begin() {
        world = World.paired()
    }

    @AfterEach
    fun end() = world.close()

    /** The phone's vault opened anew, with those pauses. */
    private fun reopen(pauses: Pauses, clock: Clock = world.clock) {
        world.phone.close()
        world.goOnWith(runBlocking { AttuneVault.open(world.folder, world.store, clock = clock, pauses = pauses) })
    }

    @Test
    @DisplayName("sync.held-back: requests leave at fixed moments after the answer before, however long the work took")
    fun moments() {
        // In microseconds: how long the work takes, and when after the answer the next request leaves.
        val work = listOf(0, 1, 3_230, 3_480, 49_999, 50_000).map { it to 50_000 } + listOf(50_001 to 100_000, 131_000 to 150_000)
        val pauses = TrialPauses()
        var micros = 0L
        // Each answer is taken in at a time that the clock tells: as long as the phone works on it passes there.
        val working = object : Clock() {
            override fun getZone(): ZoneId = world.clock.zone

            override fun withZone(zone: ZoneId): Clock = this

            override fun instant(): Instant {
                pauses.pass(micros * 1_000)
                return world.clock.instant()
            }
        }
        reopen(pauses, working)
        for ((takes, leaves) in work) {
            micros = takes.toLong()
            val held = ArrayList<Long>()
            var answered: Long? = null
            world.syncPhone { url, body ->
                answered?.let { held += (pauses.nanos() - it) / 1_000 }
                // The road takes its time as well; that is no part of the pause.
                pauses.pass(17_171_717)
                HttpTransport.post(url, body).also { answered = pauses.nanos() }
            }
            assertEquals(List(3) { leaves.toLong() }, held, "$takes")
        }
        // An answer that did not come is one, too.
        val held = ArrayList<Long>()
        var failed: Long? = null
        world.syncPhone { _, _ ->
            failed?.let { held += (pauses.nanos() - it) / 1_000 }
            pauses.pass(30_000_000_001)
            failed = pauses.nanos()
            throw IOException("no route")
        }
        assertTrue(held.isNotEmpty() && held.all { it == 150_000L }, "$held")
    }

    @Test
    @DisplayName("sync.held-back, sync.cancel: cancelled while a request is held back, it does not leave, and the next sync works")
    fun cancelled() = runBlocking {
        val case = world.share(RepairOption.PAUSE)
        val holding = CompletableDeferred<Unit>()
        var endless = true
        reopen(
            object : Pauses {
                override fun nanos() = 0L

                override suspend fun until(moment: Long) {
                    holding.complete(Unit)
                    if (endless) awaitCancellation()
                }
            },
        )
        val posts = CopyOnWriteArrayList<String>()
        var outcome: Result<Unit>? = null
        val sync = launch {
            outcome = runCatching {
                world.phone.sync { url, body ->
                    posts += url
                    HttpTransport.post(url, body)
                }
            }
        }
        holding.await()
        sync.cancelAndJoin()
        assertTrue(outcome!!.exceptionOrNull() is CancellationException)
        assertEquals(1, posts.size)
        endless = false
        world.phone.sync(HttpTransport)
        assertEquals(ChoiceState.UPLOADED, world.state(case))
        assertEquals(setOf(Trouble.NONE), world.phone.practices().map { it.health.trouble }.toSet())
    }

    @Test
    @DisplayName("sync.held-back: closed while a request is held back, it does not leave")
    fun closed() {
        reopen(
            object : Pauses {
                override fun nanos() = 0L

                override suspend fun until(moment: Long) = world.phone.close()
            },
        )
        var posts = 0
        val ended = runCatching {
            world.syncPhone { url, body ->
                posts++
                HttpTransport.post(url, body)
            }
        }
        assertTrue(ended.exceptionOrNull() is AttuneException.Closed)
        assertEquals(1, posts)
        assertTrue(world.phone.isFree)
    }

    @Test
    @DisplayName("sync.held-back: the device's pauses end at their moment, not before, and can be cancelled")
    fun device() = runBlocking {
        val pauses = Pauses.Device
        val moments = List(8) {
            val moment = pauses.nanos() + 1_000_000L + it * 125_000L
            pauses.until(moment)
            moment to pauses.nanos()
        }
        assertTrue(moments.all { (moment, ended) -> ended >= moment }, "$moments")
        pauses.until(pauses.nanos() - 1)
        val hour = launch(Dispatchers.IO) { pauses.until(pauses.nanos() + 3_600_000_000_000L) }
        hour.cancelAndJoin()
        assertTrue(hour.isCancelled)
    }
}
