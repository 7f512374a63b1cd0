package org.attune.app.picture

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.graphics.Rect
import java.io.File

/**
 * The pictures that are kept, in `docs/screenshots/android`. One that is drawn otherwise now fails its test; with `-Daccept=true`
 * (`cargo xtask screenshots --accept`) it takes the old one's place. What was drawn lies in `pictures` of the build folder either way.
 *
 * [checkout] is the one for pictures of screens: [SheetTest] calls [close] after all of them.
 */
class Gallery(private val kept: File, private val fresh: File, private val accepts: Boolean) {
    private val drawn = sortedSetOf<String>()

    /** Compares pictures, by their names without `.png`, with those that are kept, or keeps them. */
    fun hang(pictures: Map<String, Bitmap>) {
        val others = pictures.filterNot { (name, picture) -> isSame(name, picture) }.keys
        check(others.isEmpty()) {
            "drawn otherwise than kept: ${others.joinToString()}. Look at $fresh, then: cargo xtask screenshots --accept"
        }
    }

    /** After all pictures of a run: none is kept that nothing draws, and the sheet shows the light ones side by side. */
    fun close() {
        val stale = kept.listFiles().orEmpty().map { it.nameWithoutExtension }.filter { it !in drawn && it != SHEET }
        if (accepts) stale.forEach { File(kept, "$it.png").delete() }
        val sheet = isSame(SHEET, sheet())
        check(accepts || stale.isEmpty()) { "kept, but drawn by nothing: ${stale.joinToString()}" }
        check(sheet) { "the contact sheet is another one now" }
    }

    private fun isSame(name: String, picture: Bitmap): Boolean {
        drawn += name
        val bytes = smallPng(picture)
        File(fresh, "$name.png").run { parentFile?.mkdirs(); writeBytes(bytes) }
        val old = File(kept, "$name.png")
        if (accepts) old.run { parentFile?.mkdirs(); writeBytes(bytes) }
        return old.isFile && old.readBytes().contentEquals(bytes)
    }

    private fun sheet(): Bitmap {
        val names = drawn.filter { it.endsWith("-${Variant.LIGHT.slug}") }
        val rows = (names.size + COLUMNS - 1) / COLUMNS
        val sheet = Bitmap.createBitmap(COLUMNS * WIDTH, maxOf(rows, 1) * HEIGHT, Bitmap.Config.ARGB_8888)
        val canvas = Canvas(sheet).apply { drawColor(Color.WHITE) }
        val paint = Paint(Paint.ANTI_ALIAS_FLAG or Paint.FILTER_BITMAP_FLAG).apply { textSize = 12f }
        names.forEachIndexed { at, name ->
            val left = at % COLUMNS * WIDTH
            val top = at / COLUMNS * HEIGHT
            val picture = BitmapFactory.decodeFile(File(fresh, "$name.png").path)
            canvas.drawText(name.removeSuffix("-${Variant.LIGHT.slug}"), left + 4f, top + LABEL - 8f, paint)
            canvas.drawBitmap(picture, null, Rect(left, top + LABEL, left + WIDTH - 4, top + HEIGHT - 4), paint)
        }
        return sheet
    }

    companion object {
        /** The one in the tree. */
        val checkout = Gallery(
            File(System.getProperty("attune.checkout"), "docs/screenshots/android"),
            File(System.getProperty("attune.build"), "pictures"),
            System.getProperty("attune.accept").toBoolean(),
        )

        private const val SHEET = "contact-sheet"
        private const val COLUMNS = 8
        private const val WIDTH = 180
        private const val HEIGHT = 344
        private const val LABEL = 24
    }
}
