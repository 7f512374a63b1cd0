package org.attune.app.platform

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.net.Uri
import android.os.Bundle
import android.os.ParcelFileDescriptor
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.ByteArrayOutputStream
import java.io.FileNotFoundException
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import java.nio.file.Files
import org.attune.app.Holds
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

/** Documents at other apps, which may do what they like. */
@RunWith(AndroidJUnit4::class)
class PickedDocumentsTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val resolver = ApplicationProvider.getApplicationContext<Context>().contentResolver
    private val documents = PickedDocuments(resolver, most = 100_000)
    private val text = ByteArray(50_000) { (it * 17).toByte() }
    private val place: Uri = Uri.parse("content://elsewhere/document/1")

    /** A place that takes what is written by [into], and gives what [out] gives. */
    private fun place(into: () -> OutputStream, out: () -> InputStream) {
        shadowOf(resolver).registerOutputStreamSupplier(place) { into() }
        shadowOf(resolver).registerInputStreamSupplier(place) { out() }
    }

    @Test
    @Holds(69)
    fun whatIsWrittenIsThereWhole() {
        val from = folder.newFile().toPath().also { Files.write(it, text) }
        val file = folder.newFile()
        place({ file.outputStream() }, { file.inputStream() })
        assertTrue(documents.write(from, "$place"))
        assertArrayEquals(text, file.readBytes())
        assertTrue(documents.write("words".encodeToByteArray(), "$place"))
        assertEquals("words", file.readText())
        assertTrue(documents.write(ByteArray(0), "$place"))
        assertEquals("", file.readText())
    }

    @Test
    fun aLongerDocumentIsCutOffFirst() {
        val modes = ArrayList<String>()
        val asked = Robolectric.setupContentProvider(Asked::class.java, "asked").also { it.modes = modes }
        assertFalse(documents.write(text, "content://asked/1"))
        assertEquals(listOf("wt"), modes)
        assertEquals("and what is not whole is taken away", 1, asked.deletions)
    }

    @Test
    fun whatAPlaceLosesIsToldAndIsNotCalledSaved() {
        val kept = ByteArrayOutputStream()
        val sources = listOf<() -> InputStream>(
            { kept.toByteArray().inputStream() },
            { kept.toByteArray().copyOf(text.size - 1).inputStream() },
            { (kept.toByteArray() + 0).inputStream() },
            { kept.toByteArray().also { it[text.size / 2]++ }.inputStream() },
            { ByteArray(0).inputStream() },
            { throw IOException() },
            { throw SecurityException() },
        )
        val outcomes = sources.map { source ->
            kept.reset()
            place({ kept }, source)
            documents.write(text, "$place")
        }
        assertEquals(listOf(true) + List(sources.size - 1) { false }, outcomes)
    }

    @Test
    fun aPlaceThatWouldNotTakeItIsAsked() {
        val full = object : OutputStream() {
            override fun write(byte: Int) = throw IOException("no room")
        }
        val places = listOf<() -> OutputStream>({ full }, { throw SecurityException() }, { throw IllegalStateException() })
        for (into in places) {
            place(into) { text.inputStream() }
            assertFalse(documents.write(text, "$place"))
        }
        assertFalse(documents.write(text, Uri.fromFile(folder.root).toString()))
        assertFalse(documents.write(folder.root.toPath().resolve("none"), Uri.fromFile(folder.newFile()).toString()))
        assertFalse(documents.write(text, "content://nobody/1"))
        assertFalse(documents.write(text, ""))
    }

    @Test
    fun aDocumentIsTakenWholeIntoANewFile() {
        val to = folder.root.toPath().resolve("taken")
        place({ ByteArrayOutputStream() }, { text.inputStream() })
        assertTrue(documents.read("$place", to))
        assertArrayEquals(text, Files.readAllBytes(to))
    }

    @Test
    @Holds(70)
    fun ofWhatCannotBeReadNothingIsLeft() {
        val endless = object : InputStream() {
            override fun read() = 1
        }
        val torn = object : InputStream() {
            var left = 20_000
            override fun read() = if (left-- > 0) 1 else throw IOException()
        }
        val to = folder.root.toPath().resolve("taken")
        for (source in listOf<() -> InputStream>({ endless }, { torn }, { throw SecurityException() }, { throw NullPointerException() })) {
            place({ ByteArrayOutputStream() }, source)
            assertFalse(documents.read("$place", to))
            assertFalse(Files.exists(to))
        }
        assertFalse(documents.read("content://nobody/1", to))
        assertFalse(documents.read(Uri.fromFile(folder.root).toString(), to))
        assertFalse(Files.exists(to))
    }

    /** Writes down how it is asked for a document, and has none. */
    class Asked : ContentProvider() {
        var modes = ArrayList<String>()
        var deletions = 0

        override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
            modes += mode
            throw FileNotFoundException()
        }

        override fun call(method: String, argument: String?, extras: Bundle?): Bundle? {
            deletions++
            return null
        }

        override fun onCreate() = true
        override fun getType(uri: Uri): String? = null
        override fun insert(uri: Uri, values: ContentValues?): Uri? = null
        override fun delete(uri: Uri, where: String?, arguments: Array<out String>?) = 0
        override fun update(uri: Uri, values: ContentValues?, where: String?, arguments: Array<out String>?) = 0
        override fun query(uri: Uri, columns: Array<out String>?, where: String?, arguments: Array<out String>?, order: String?): Cursor? = null
    }
}
