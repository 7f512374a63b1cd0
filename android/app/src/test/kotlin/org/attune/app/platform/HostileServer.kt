package org.attune.app.platform

import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

/**
 * A server on loopback that reads a request as it is and answers as [answer] says: no line of it has to be HTTP. It closes the
 * connection after each answer.
 */
internal class HostileServer(port: Int, private val answer: (Exchange) -> Unit) : AutoCloseable {
    /** A request, and the wire that it came on. */
    class Exchange(val head: List<String>, val body: ByteArray, private val socket: Socket) {
        val out: OutputStream get() = socket.getOutputStream()

        /** Writes [text] as bytes. */
        fun say(text: String) = out.write(text.toByteArray(Charsets.ISO_8859_1))

        /** Waits until the other side hung up. */
        fun untilLeft() {
            try {
                socket.getInputStream().skip(Long.MAX_VALUE)
            } catch (_: IOException) {
                // Hung up too.
            }
        }
    }

    constructor(answer: (Exchange) -> Unit) : this(0, answer)

    private val socket = ServerSocket(port, 50, InetAddress.getLoopbackAddress())

    /** What came, in its order. */
    val requests = ConcurrentLinkedQueue<Exchange>()

    /** Opened once an exchange is over: the other side was answered, or left. */
    val over = CountDownLatch(1)

    /** The address to post to. */
    val url: String get() = "http://127.0.0.1:${socket.localPort}/v1/f"

    private val connections = ConcurrentLinkedQueue<Socket>()

    private val serving = thread(name = "hostile") {
        while (true) {
            val connection = try {
                socket.accept()
            } catch (_: IOException) {
                break
            }
            connections += connection
            thread { serve(connection) }
        }
    }

    private fun serve(connection: Socket) = connection.use {
        try {
            val input = it.getInputStream()
            val head = generateSequence { line(input) }.takeWhile { line -> line.isNotEmpty() }.toList()
            val length = head.firstNotNullOfOrNull { line -> line.lowercase().removePrefix("content-length: ").toIntOrNull() } ?: 0
            val exchange = Exchange(head, input.readNBytes(length), it)
            requests += exchange
            answer(exchange)
        } catch (_: IOException) {
            // The other side left in the middle.
        }
        over.countDown()
    }

    private fun line(input: InputStream): String? {
        val text = StringBuilder()
        while (true) {
            when (val byte = input.read()) {
                -1 -> return null
                '\n'.code -> return text.toString().trimEnd('\r')
                else -> text.append(byte.toChar())
            }
        }
    }

    override fun close() {
        socket.close()
        serving.join()
        connections.forEach(Socket::close)
    }
}
