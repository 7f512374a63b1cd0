package org.attune.app.story

import com.sun.management.HotSpotDiagnosticMXBean
import java.io.File
import java.lang.management.ManagementFactory
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.StandardOpenOption

/** What a live object of this process holds: a heap dump in a file that is deleted at once. */
internal object Heap {
    /** How often each of [wanted] stands in the heap. The patterns themselves are given as their complement, so that they are not found. */
    fun count(vararg wanted: ByteArray): List<Int> {
        val folder = Files.createTempDirectory("attune-heap").toFile()
        try {
            val dump = File(folder, "live.hprof")
            val bean = ManagementFactory.newPlatformMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(), "com.sun.management:type=HotSpotDiagnostic", HotSpotDiagnosticMXBean::class.java,
            )
            bean.dumpHeap(dump.path, true)
            return search(dump, wanted)
        } finally {
            folder.deleteRecursively()
        }
    }

    private fun search(dump: File, wanted: Array<out ByteArray>): List<Int> {
        val found = IntArray(wanted.size)
        val longest = wanted.maxOf { it.size }
        FileChannel.open(dump.toPath(), StandardOpenOption.READ).use { channel ->
            val piece = ByteBuffer.allocateDirect(PIECE + longest)
            var at = 0L
            while (at < channel.size()) {
                piece.clear()
                while (piece.hasRemaining()) if (channel.read(piece, at + piece.position()) < 0) break
                val end = piece.position()
                // What begins behind the piece is found with the next one.
                for (start in 0 until minOf(PIECE, end)) {
                    val first = piece[start].toInt().inv().toByte()
                    for ((number, pattern) in wanted.withIndex()) {
                        if (pattern[0] == first && start + pattern.size <= end && piece.holds(pattern, start)) found[number]++
                    }
                }
                at += PIECE
            }
        }
        return found.toList()
    }

    private fun ByteBuffer.holds(pattern: ByteArray, start: Int): Boolean =
        pattern.indices.all { this[start + it].toInt().inv().toByte() == pattern[it] }

    private const val PIECE = 1 shl 24
}

/** Bytes with every bit turned. */
internal fun ByteArray.turned(): ByteArray = ByteArray(size) { this[it].toInt().inv().toByte() }.also { fill(0) }
