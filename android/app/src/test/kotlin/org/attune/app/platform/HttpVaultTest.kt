package org.attune.app.platform

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.ChoiceState
import org.attune.RepairOption
import org.attune.Trouble
import org.attune.app.Holds
import org.attune.trial.Relay
import org.attune.trial.World
import org.attune.trial.text
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** The real vault over the app's own HTTP: to a real relay, and to one that is none. */
@RunWith(AndroidJUnit4::class)
class HttpVaultTest {
    private val world = World.paired()
    private var times = HttpTransport.Times()

    @After
    fun close() = world.close()

    private fun sync() = world.syncPhone(HttpTransport(loopback = true, times = times))

    private fun trouble() = world.phone.practices().map { it.health.trouble }.toSet()

    private fun seen() = world.phone.run { listOf(moments(), notes(), proposals(), choices().map { it.caseId to it.state }, offers()) }

    @Test
    fun aChoiceGoesOutAndComesThrough() {
        val case = world.share(RepairOption.PAUSE)
        sync()
        assertEquals(ChoiceState.UPLOADED, world.state(case))
        assertEquals(setOf(Trouble.NONE), trouble())
        world.desk.sync()
        assertEquals(case.value, world.desk.inbox().single().text("case"))
        sync()
        assertEquals(ChoiceState.RECEIVED, world.state(case))
    }

    @Test
    @Holds(85)
    fun aRelayThatIsNoneChangesNothing() {
        world.phone.flag()
        val case = world.share(RepairOption.PAUSE)
        val before = seen()
        val answers = listOf<(HostileServer.Exchange) -> Unit>(
            { },
            { it.say("HTTP/1.1 200 OK\r\nContent-Length: 8448\r\n\r\nonly this") },
            { it.say("HTTP/1.1 200 OK\r\nContent-Length: 8448\r\n\r\n" + "x".repeat(8448)) },
            { it.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Log in to this network</html>") },
            { it.say("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n") },
            { it.say("HTTP/1.1 200 OK\r\n\r\n"); while (true) it.say("y".repeat(10_000)) },
            { it.say("HTTP/1.1 500 X\r\nContent-Length: 8448\r\n\r\n" + "z".repeat(8448)) },
            { it.untilLeft() },
        )
        world.relay.close()
        for ((number, answer) in answers.withIndex()) {
            times = if (number == answers.lastIndex) HttpTransport.Times(read = 200) else HttpTransport.Times()
            val asked = HostileServer(world.relay.port, answer).use { server ->
                sync()
                server.requests.size
            }
            assertTrue("$number: each practice is tried", asked >= 2)
            assertEquals("$number", before, seen())
            assertTrue("$number: ${trouble()}", Trouble.NONE !in trouble())
        }
        sync()
        assertEquals("nobody is there", setOf(Trouble.UNREACHABLE), trouble())

        Relay(world.root.resolve("relay"), world.relay.port).use {
            times = HttpTransport.Times()
            sync()
            assertEquals(ChoiceState.UPLOADED, world.state(case))
        }
    }
}
