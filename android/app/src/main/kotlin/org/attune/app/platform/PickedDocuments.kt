package org.attune.app.platform

import android.content.ContentResolver
import android.net.Uri
import android.provider.DocumentsContract
import java.io.FileNotFoundException
import java.io.IOException
import java.io.InputStream
import java.nio.file.Files
import java.nio.file.Path
import org.attune.app.model.Documents

/**
 * Documents that the person picked in the system's own picker, at other apps: a folder, a card, a cloud. What those do is theirs;
 * so what was written is read back, and what is not whole is taken away again.
 *
 * @param most of a longer document nothing is taken
 */
internal class PickedDocuments(private val resolver: ContentResolver, private val most: Long = MOST) : Documents {
    override fun write(from: Path, picked: String): Boolean = write(picked) { Files.newInputStream(from) }

    override fun write(text: ByteArray, picked: String): Boolean = write(picked) { text.inputStream() }

    override fun read(picked: String, to: Path): Boolean {
        var whole = false
        try {
            val from = Uri.parse(picked)
            whole = unlessRefused {
                opened(from).use { source ->
                    Files.newOutputStream(to, java.nio.file.StandardOpenOption.CREATE_NEW).use { copy(source, it) }
                }
            }
            return whole
        } finally {
            if (!whole) Files.deleteIfExists(to)
        }
    }

    private fun write(picked: String, source: () -> InputStream): Boolean {
        val to = Uri.parse(picked)
        val whole = unlessRefused {
            // Truncated first: of a longer document, the rest would stay.
            val into = resolver.openOutputStream(to, "wt") ?: throw FileNotFoundException()
            into.use { sink -> source().use { it.copyTo(sink) } }
            source().use { ours -> opened(to).use { theirs -> same(ours, theirs) } }
        }
        if (!whole) unlessRefused { DocumentsContract.deleteDocument(resolver, to) }
        return whole
    }

    private fun opened(uri: Uri): InputStream = resolver.openInputStream(uri) ?: throw FileNotFoundException()

    private fun copy(from: InputStream, to: java.io.OutputStream): Boolean {
        val part = ByteArray(DEFAULT_BUFFER_SIZE)
        var left = most
        while (true) {
            val read = from.read(part)
            if (read < 0) return true
            left -= read
            if (left < 0) return false
            to.write(part, 0, read)
        }
    }

    private companion object {
        /** Many times what a vault of many years is. */
        const val MOST = 1L shl 30

        fun same(one: InputStream, other: InputStream): Boolean {
            val first = one.buffered()
            val second = other.buffered()
            while (true) {
                val byte = first.read()
                if (byte != second.read()) return false
                if (byte < 0) return true
            }
        }

        /** A picked document is another app's code: whatever it throws, it would not. */
        fun unlessRefused(work: () -> Boolean): Boolean = try {
            work()
        } catch (_: IOException) {
            false
        } catch (_: RuntimeException) {
            false
        }
    }
}
