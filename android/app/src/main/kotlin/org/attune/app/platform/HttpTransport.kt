package org.attune.app.platform

import java.io.EOFException
import java.io.IOException
import java.io.InputStream
import java.net.HttpURLConnection
import java.net.MalformedURLException
import java.net.Proxy
import java.net.SocketTimeoutException
import java.net.URI
import java.net.URISyntaxException
import kotlin.math.min
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import org.attune.Answer
import org.attune.AttuneVault
import org.attune.Transport

/**
 * One POST on a connection of its own, to the address that the core gave and nowhere else: no redirect is followed, no cookie is
 * kept, nothing is cached, and of an answer no more is read than one byte over what the core takes. HTTPS alone; plain HTTP only
 * to this device, and only where [loopback] allows it.
 *
 * Headers are `Host`, `Content-Type`, `Content-Length`, `Connection: close`, `Accept-Encoding: identity` and a `User-Agent` with
 * nothing in it. The last two take the place of what Android would say by itself: `gzip`, and a `User-Agent` that names the
 * device's model and its build.
 */
internal class HttpTransport(
    private val loopback: Boolean,
    private val most: () -> Int = { AttuneVault.limits().frameBytes.toInt() },
    private val times: Times = Times(),
    private val io: CoroutineDispatcher = Dispatchers.IO,
) : Transport {
    /** How long, in milliseconds: to connect, for each read, and for the whole. */
    class Times(val connect: Int = 10_000, val read: Int = 20_000, val whole: Long = 30_000)

    override suspend fun post(url: String, body: ByteArray): Answer {
        val connection = open(url)
        // A time limit that runs out would otherwise look as if the caller had been cancelled.
        return withTimeoutOrNull(times.whole) { exchange(connection, body) } ?: throw SocketTimeoutException()
    }

    private fun open(url: String): HttpURLConnection {
        val address = try {
            URI(url)
        } catch (_: URISyntaxException) {
            throw MalformedURLException()
        }
        val direct = when (address.scheme) {
            "https" -> false
            "http" -> if (loopback && isLoopback(address.host)) true else throw MalformedURLException()
            else -> throw MalformedURLException()
        }
        if (address.host == null || address.rawUserInfo != null) throw MalformedURLException()
        // A proxy is another machine.
        val opened = if (direct) address.toURL().openConnection(Proxy.NO_PROXY) else address.toURL().openConnection()
        return opened as HttpURLConnection
    }

    /** Cancelled, it ends at once; the socket is closed by another thread, and what was under way there fails. */
    private suspend fun exchange(connection: HttpURLConnection, body: ByteArray): Answer = suspendCancellableCoroutine { waiting ->
        val threads = io.asExecutor()
        waiting.invokeOnCancellation { threads.execute(connection::disconnect) }
        threads.execute { waiting.resumeWith(runCatching { talk(connection, body, waiting) }) }
    }

    private fun talk(connection: HttpURLConnection, body: ByteArray, waiting: CancellableContinuation<Answer>): Answer {
        connection.requestMethod = "POST"
        connection.doOutput = true
        connection.useCaches = false
        connection.instanceFollowRedirects = false
        connection.connectTimeout = times.connect
        connection.readTimeout = times.read
        // Of a known length it is sent as it is, and never a second time by itself.
        connection.setFixedLengthStreamingMode(body.size)
        connection.setRequestProperty("Content-Type", "application/octet-stream")
        connection.setRequestProperty("Connection", "close")
        connection.setRequestProperty("Accept-Encoding", "identity")
        connection.setRequestProperty("User-Agent", "")
        try {
            if (waiting.isActive) connection.connect()
            // Nothing of it leaves after it was cancelled.
            if (!waiting.isActive) throw IOException()
            connection.outputStream.use { it.write(body) }
            val status = connection.responseCode
            if (status !in STATUSES) throw IOException()
            return Answer(status, answerOf(connection, status))
        } finally {
            connection.disconnect()
        }
    }

    private fun answerOf(connection: HttpURLConnection, status: Int): ByteArray {
        val stream = (if (status >= HttpURLConnection.HTTP_BAD_REQUEST) connection.errorStream else connection.inputStream)
            ?: return ByteArray(0)
        val limit = most() + 1
        val body = stream.use { it.readUpTo(limit) }
        // Some systems take an answer that was cut off for a whole one.
        if (body.size < min(connection.contentLengthLong, limit.toLong())) throw EOFException()
        return body
    }
}

private fun isLoopback(host: String?): Boolean = host == "localhost" || host == "[::1]" || host != null && LOOPBACK.matches(host)

/** Of HTTP. Systems read less out of a first line that was cut off. */
private val STATUSES = 100..599

private val LOOPBACK = Regex("""127\.\d{1,3}\.\d{1,3}\.\d{1,3}""")

/** As `readNBytes`, which Android has only since 13. */
private fun InputStream.readUpTo(limit: Int): ByteArray {
    val room = ByteArray(limit)
    var filled = 0
    while (filled < limit) {
        val read = read(room, filled, limit - filled)
        if (read < 0) break
        filled += read
    }
    return room.copyOf(filled)
}
