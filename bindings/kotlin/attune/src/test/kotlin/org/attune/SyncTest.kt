package org.attune

import java.io.IOException
import java.util.Random
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.attune.trial.HttpTransport
import org.attune.trial.World
import org.attune.trial.assertDeclined
import org.attune.trial.text
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

/** Sync over a transport, against a real relay. */
internal class SyncTest {
    private lateinit var world: World
    private val phone: AttuneVault get() = world.phone

    @BeforeEach
    fun begin() {
        world = World.paired()
    }

    @AfterEach
    fun end() = world.close()

    private fun trouble() = phone.practices().map { it.health.trouble }.toSet()

    @Test
    @DisplayName("sync.story: a sync is carried by the given transport, against a real relay")
    fun story() {
        val case = world.share(RepairOption.PAUSE)
        val posts = ArrayList<Pair<String, Int>>()
        world.syncPhone { url, body ->
            posts += url to body.size
            HttpTransport.post(url, body).also { assertEquals(200 to body.size, it.status to it.body.size) }
        }
        // One up and one down for each practice, all alike.
        assertEquals(List(4) { "${world.relay.origin}/v1/f" to 8_448 }, posts)
        assertEquals(ChoiceState.UPLOADED, world.state(case))
        assertEquals(setOf(Trouble.NONE), trouble())
        world.desk.sync()
        assertEquals(case.value, world.desk.inbox().single()["case"])
    }

    @Test
    @DisplayName("sync.any-step: left at any step and begun again, it comes to the same end")
    fun anyStep() {
        val options = RepairOption.entries - RepairOption.KEEP
        val shared = HashMap<String, RepairOption>()
        // Left before and after each of the four requests; one more choice each time.
        for ((turn, option) in options.withIndex()) {
            val case = world.share(option)
            shared[case.value] = option
            val (step, afterwards) = turn / 2 to (turn % 2 == 1)
            var requests = 0
            runBlocking {
                val sync = launch {
                    phone.sync { url, body ->
                        val here = requests++ == step
                        if (here && !afterwards) awaitCancellationOf { cancelHere() }
                        val answer = HttpTransport.post(url, body)
                        if (here) awaitCancellationOf { cancelHere() }
                        answer
                    }
                }
                cancelHere = { sync.cancel() }
                sync.join()
                assertTrue(sync.isCancelled)
            }
            assertEquals(step + 1, requests)
            world.syncPhone()
            assertEquals(ChoiceState.UPLOADED, world.state(case), "$turn")
        }
        world.desk.sync()
        world.front.sync()
        val cards = (world.desk.inbox() + world.front.inbox()).map { it.text("case") }
        assertEquals(shared.keys, cards.toSet())
        assertEquals(8, cards.size)
        world.syncPhone()
        assertTrue(phone.choices().all { it.state == ChoiceState.RECEIVED && !it.unsure })
    }

    @Volatile
    private var cancelHere: () -> Unit = {}

    private suspend fun awaitCancellationOf(cancel: () -> Unit): Nothing {
        cancel()
        awaitCancellation()
    }

    @Test
    @DisplayName("sync.unreachable: a transport that fails or throws is \"not reached\", and nothing is lost")
    fun unreachable() {
        val case = world.share(RepairOption.PAUSE)
        val failures = listOf<suspend () -> Answer>(
            { throw IOException("no route") },
            { throw NoClassDefFoundError("no client") },
            { throw StackOverflowError() },
            { Answer(70_000, ByteArray(0)) },
            { Answer(-1, ByteArray(0)) },
            // A time limit inside of the transport cancels the transport, not the sync.
            { withTimeout(1) { awaitCancellation() } },
            { throw CancellationException("the client's own") },
        )
        for ((number, failure) in failures.withIndex()) {
            var posts = 0
            world.syncPhone { _, _ ->
                posts++
                failure()
            }
            assertTrue(posts >= 2, "each practice is tried: $number")
            assertEquals(setOf(Trouble.UNREACHABLE), trouble(), "$number")
            assertEquals(ChoiceState.QUEUED, world.state(case), "$number")
        }
        world.syncPhone()
        assertEquals(setOf(Trouble.NONE), trouble())
        assertEquals(ChoiceState.UPLOADED, world.state(case))
    }

    @Test
    @DisplayName("sync.garbage: answers of random bytes change nothing")
    fun garbage() {
        val case = world.share(RepairOption.PAUSE)
        val moment = phone.flag()
        val before = listOf(phone.moments(), phone.notes(), phone.offers(), phone.choices().map { it.caseId to it.option })
        val random = Random(20_261_122)
        for (length in listOf(0, 1, 7, 8_447, 8_448, 8_449, 100_000)) {
            for (status in listOf(0, 200, 204, 302, 404, 500, 65_535)) {
                world.syncPhone { _, _ -> Answer(status, ByteArray(length).also(random::nextBytes)) }
                // Queued, even if whether it was sent cannot be known.
                assertEquals(ChoiceState.QUEUED, world.state(case), "$length $status")
            }
        }
        world.syncPhone { _, body -> Answer(200, body) }
        assertFalse(Trouble.NONE in trouble())
        assertEquals(before, listOf(phone.moments(), phone.notes(), phone.offers(), phone.choices().map { it.caseId to it.option }))
        world.syncPhone()
        world.desk.sync()
        world.syncPhone()
        assertEquals(ChoiceState.RECEIVED, world.state(case))
        assertEquals(moment, phone.moments().single().id)
    }

    @Test
    @DisplayName("sync.cancel: a cancelled sync stops, and the next one works")
    fun cancel() = runBlocking {
        val case = world.share(RepairOption.PAUSE)
        val posted = CompletableDeferred<Unit>()
        var outcome: Result<Unit>? = null
        var posts = 0
        val sync = launch {
            outcome = runCatching {
                phone.sync { _, _ ->
                    posts++
                    posted.complete(Unit)
                    awaitCancellation()
                }
            }
        }
        posted.await()
        sync.cancelAndJoin()
        assertTrue(outcome!!.exceptionOrNull() is CancellationException)
        assertEquals(1, posts)
        phone.sync(HttpTransport)
        assertEquals(ChoiceState.UPLOADED, world.state(case))
    }

    @Test
    @DisplayName("sync.one-at-a-time: two syncs at once wait for each other")
    fun oneAtATime() = runBlocking {
        val (first, goOn) = CompletableDeferred<Unit>() to CompletableDeferred<Unit>()
        val posts = CopyOnWriteArrayList<String>()
        fun transport(name: String, before: suspend () -> Unit) = Transport { url, body ->
            before()
            posts += name
            HttpTransport.post(url, body)
        }
        val one = launch {
            phone.sync(transport("one") {
                first.complete(Unit)
                goOn.await()
            })
        }
        first.await()
        // Runs until it has to wait.
        val two = launch(start = CoroutineStart.UNDISPATCHED) { phone.sync(transport("two") {}) }
        assertTrue(posts.isEmpty() && two.isActive)
        goOn.complete(Unit)
        one.join()
        two.join()
        assertEquals(List(4) { "one" } + List(4) { "two" }, posts)
        assertEquals(setOf(Trouble.NONE), trouble())
    }

    @Test
    @DisplayName("sync.cancel: a vault that is closed in the middle of a sync ends it with the error that says so")
    fun closedMeanwhile() {
        val ended = runCatching {
            world.syncPhone { url, body ->
                phone.close()
                HttpTransport.post(url, body)
            }
        }
        assertEquals("Closed", ended.exceptionOrNull()!!.javaClass.simpleName)
        assertTrue(phone.isFree)
        world.open().close()
    }

    @Test
    @DisplayName("changes.seen: whoever watches is told of changes, and of the vault's end")
    fun changes() = runBlocking {
        val told = Channel<Unit>(Channel.UNLIMITED)
        val watching = launch {
            phone.changes.collect { told.send(it) }
            told.close()
        }
        told.receive()
        val acts = listOf<suspend () -> Unit>(
            { phone.flag() },
            { phone.setWords(phone.moments().first().id, "words") },
            { phone.setPointer(phone.moments().first().id, Pointer.SAID) },
            { world.share(RepairOption.PAUSE) },
            { phone.sync(HttpTransport) },
            { phone.takeBack(phone.choices().single().caseId) },
            { phone.setMomentDays(7) },
            { phone.eraseMoments() },
            { phone.unpair(world.coordinator) },
        )
        for (act in acts) {
            while (told.tryReceive().isSuccess) continue
            act()
            told.receive()
        }
        while (told.tryReceive().isSuccess) continue
        // Reading tells nobody; nor does what was declined.
        phone.moments()
        phone.offers()
        assertDeclined(Why.NOT_FOUND) { phone.undo(MisattunementId(1)) }
        phone.close()
        assertEquals(0, told.toList().size)
        watching.join()
        assertEquals(0, phone.changes.toList().size)
    }

    private suspend fun <T> Channel<T>.toList(): List<T> = buildList { for (item in this@toList) add(item) }
}
