package org.attune.app.platform

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.IOException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.runBlocking
import org.attune.Answer
import org.attune.app.Holds
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** HTTP against a server that does what it likes: every outcome has a type and an end, and nothing is followed. */
@RunWith(AndroidJUnit4::class)
class HttpTransportTest {
    private val patient = HttpTransport.Times(connect = 60_000, read = 60_000, whole = 60_000)

    private fun transport(times: HttpTransport.Times = patient, loopback: Boolean = true) =
        HttpTransport(loopback, most = { MOST }, times = times)

    private fun post(url: String, times: HttpTransport.Times = patient): Answer =
        runBlocking { transport(times).post(url, BODY) }

    /** What comes of one post to a server that answers so; it must be asked once, whatever it says. */
    private fun answered(times: HttpTransport.Times = patient, answer: (HostileServer.Exchange) -> Unit): Result<Answer> =
        HostileServer(answer).use { server ->
            val result = runCatching { post(server.url, times) }
            assertEquals("asked once", 1, server.requests.size)
            result
        }

    private fun assertNoAnswer(times: HttpTransport.Times = patient, answer: (HostileServer.Exchange) -> Unit) {
        val thrown = answered(times, answer).exceptionOrNull()
        assertTrue("$thrown", thrown is IOException)
    }

    @Test
    fun aRequestIsThePostAndTheseHeadersAlone() {
        HostileServer { it.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc") }.use { server ->
            val answer = post(server.url)
            assertEquals(200, answer.status)
            assertEquals("abc", answer.body.decodeToString())
            val request = server.requests.single()
            assertArrayEquals(BODY, request.body)
            assertEquals("POST /v1/f HTTP/1.1", request.head.first())
            // Android adds nothing to these; `Accept` and the two of no caching are what the JVM says by itself.
            val own = setOf("accept", "cache-control", "pragma")
            assertEquals(
                listOf(
                    "accept-encoding: identity",
                    "connection: close",
                    "content-length: ${BODY.size}",
                    "content-type: application/octet-stream",
                    "host: ${server.url.removePrefix("http://").removeSuffix("/v1/f")}",
                    "user-agent:",
                ),
                request.head.drop(1).map { it.lowercase().trim() }.filterNot { it.substringBefore(':') in own }.sorted(),
            )
        }
    }

    @Test
    fun anyStatusIsAnAnswer() {
        for (status in listOf(200, 201, 400, 404, 429, 500, 503)) {
            val answer = answered { it.say("HTTP/1.1 $status X\r\nContent-Length: 2\r\n\r\nno") }.getOrThrow()
            assertEquals(status to "no", answer.status to answer.body.decodeToString())
        }
        assertEquals(0, answered { it.say("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n") }.getOrThrow().body.size)
        assertEquals(204, answered { it.say("HTTP/1.1 204 X\r\n\r\n") }.getOrThrow().status)
    }

    @Test
    fun noRedirectIsFollowed() {
        HostileServer { it.say("HTTP/1.1 200 OK\r\n\r\n") }.use { elsewhere ->
            for (status in listOf(301, 302, 303, 307, 308)) {
                for (target in listOf(elsewhere.url, "/elsewhere", "https://example.invalid/")) {
                    val head = "HTTP/1.1 $status X\r\nLocation: $target\r\nContent-Length: 0\r\n\r\n"
                    assertEquals(status, answered { it.say(head) }.getOrThrow().status)
                }
            }
            assertEquals(0, elsewhere.requests.size)
        }
    }

    @Test
    fun noCookieIsKeptAndNoPasswordIsGiven() {
        val heads = listOf("200 OK\r\nSet-Cookie: who=you; Path=/", "401 X\r\nWWW-Authenticate: Basic realm=\"x\"", "407 X")
        for (head in heads) {
            HostileServer { it.say("HTTP/1.1 $head\r\nContent-Length: 0\r\n\r\n") }.use { server ->
                repeat(2) { runCatching { post(server.url) }.exceptionOrNull()?.let { thrown -> assertTrue("$thrown", thrown is IOException) } }
                val lines = server.requests.flatMap { it.head }.map { it.lowercase() }
                assertEquals(2, server.requests.size)
                assertEquals(emptyList<String>(), lines.filter { "cookie" in it || "authorization" in it })
            }
        }
    }

    @Test
    fun anAnswerOfAnotherKindIsLeftToTheCore() {
        val page = "<html>Log in to this network</html>"
        val answer = answered { it.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n$page") }
        assertEquals(page, answer.getOrThrow().body.decodeToString())
        val packed = answered { it.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nGZIP") }
        assertEquals("nothing is unpacked", "GZIP", packed.getOrThrow().body.decodeToString())
    }

    @Test
    fun noMoreIsReadThanOneByteOverWhatTheCoreTakes() {
        fun HostileServer.Exchange.endless(piece: String): Nothing {
            while (true) say(piece)
        }
        val announced = answered { it.say("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n"); it.endless("x".repeat(1000)) }
        val chunked = answered { it.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"); it.endless("4\r\nabcd\r\n") }
        val unsaid = answered { it.say("HTTP/1.1 200 OK\r\n\r\n"); it.endless("y".repeat(1000)) }
        val failed = answered { it.say("HTTP/1.1 500 X\r\n\r\n"); it.endless("z".repeat(1000)) }
        for (answer in listOf(announced, chunked, unsaid, failed)) assertEquals(MOST + 1, answer.getOrThrow().body.size)
        val fits = answered { it.say("HTTP/1.1 200 OK\r\nContent-Length: $MOST\r\n\r\n" + "x".repeat(MOST)) }
        assertEquals(MOST, fits.getOrThrow().body.size)
    }

    @Test
    @Holds(85)
    fun whatIsCutOffIsNoAnswer() {
        assertNoAnswer { }
        assertNoAnswer { it.say("HTTP/1.1 2") }
        assertNoAnswer { it.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this") }
        assertNoAnswer { it.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nonly this") }
        assertNoAnswer { it.say("HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\nonly this") }
    }

    @Test
    fun whatIsNotHttpIsNoAnswer() {
        assertNoAnswer { it.say("220 mail.example ESMTP\r\n") }
        assertNoAnswer { it.out.write(ByteArray(500) { at -> (at * 7).toByte() }) }
    }

    @Test
    @Holds(85)
    fun whoIsSlowIsLeft() {
        val hasty = HttpTransport.Times(connect = 60_000, read = 100, whole = 60_000)
        assertNoAnswer(hasty) { it.untilLeft() }
        assertNoAnswer(hasty) { it.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nand then"); it.untilLeft() }
        // As of one who sends a byte now and then: no single read takes too long, and the whole does.
        assertNoAnswer(HttpTransport.Times(connect = 60_000, read = 60_000, whole = 300)) { it.untilLeft() }
    }

    @Test
    fun cancelledItHangsUp() {
        cancelled(readFor = Int.MAX_VALUE) { it.untilLeft() }
        // In the middle of an answer the JVM, unlike Android, hangs up only once a read is over.
        cancelled(readFor = 500) { it.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nand then"); it.untilLeft() }
    }

    private fun cancelled(readFor: Int, wait: (HostileServer.Exchange) -> Unit) {
        val asked = CountDownLatch(1)
        val server = HostileServer {
            asked.countDown()
            wait(it)
        }
        server.use {
            runBlocking {
                val times = HttpTransport.Times(connect = 60_000, read = readFor, whole = Long.MAX_VALUE)
                val post = async(Dispatchers.IO, CoroutineStart.UNDISPATCHED) { transport(times).post(server.url, BODY) }
                asked.await()
                post.cancelAndJoin()
            }
            assertTrue("the server is left alone", server.over.await(60, TimeUnit.SECONDS))
        }
    }

    @Test
    fun onlyTlsAndOnlyWhereTheCoreSays() {
        val nowhere = listOf(
            "http://example.invalid/v1/f", "http://127.0.0.1.example.invalid/v1/f", "http://128.0.0.1/v1/f", "http://localhost.invalid/",
            "http://127.0.0.1@example.invalid/", "https://user@example.invalid/v1/f", "ftp://127.0.0.1/", "file:///etc/hosts", "jar:file:/x!/",
            "127.0.0.1", "https:///v1/f", "not an address", "",
        )
        for (url in nowhere) {
            assertThrows(url, IOException::class.java) { runBlocking { transport().post(url, BODY) } }
        }
        HostileServer { it.say("HTTP/1.1 200 OK\r\n\r\n") }.use { server ->
            assertThrows(IOException::class.java) { runBlocking { transport(loopback = false).post(server.url, BODY) } }
            assertEquals(0, server.requests.size)
            // It speaks no TLS.
            val hasty = HttpTransport.Times(whole = 500)
            assertThrows(IOException::class.java) { post(server.url.replace("http:", "https:"), hasty) }
        }
    }

    @Test
    @Holds(85)
    fun nobodyThereIsNoAnswer() {
        val server = HostileServer { }
        server.close()
        assertThrows(IOException::class.java) { post(server.url) }
    }

    private companion object {
        const val MOST = 8448
        val BODY = ByteArray(MOST) { (it * 31).toByte() }
    }
}
