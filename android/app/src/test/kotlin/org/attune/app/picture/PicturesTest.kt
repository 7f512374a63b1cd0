package org.attune.app.picture

import android.content.res.Configuration
import android.view.View
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.SideEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Dialog
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith

/** What draws and compares pictures: each variant is what its name says, the same is drawn the same, and another is noticed. */
@RunWith(AndroidJUnit4::class)
class PicturesTest {
    @get:Rule
    val folder = TemporaryFolder()

    @get:Rule
    val rule = createEmptyComposeRule()

    private val kept by lazy { folder.newFolder("kept") }

    private fun pictures(accepts: Boolean) = gallery(accepts).let { it to Pictures(rule, it) }

    private fun gallery(accepts: Boolean) = Gallery(kept, File(folder.root, "fresh"), accepts)

    @Test
    fun eachVariantIsWhatItsNameSays() {
        val seen = ArrayList<Configuration>()
        val (_, pictures) = pictures(accepts = true)
        pictures.of("plain") {
            val now = LocalConfiguration.current
            SideEffect { seen.add(Configuration(now)) }
        }
        assertEquals(Variant.entries.size, seen.size)
        for ((variant, now) in Variant.entries.zip(seen)) {
            val isNight = now.uiMode and Configuration.UI_MODE_NIGHT_MASK == Configuration.UI_MODE_NIGHT_YES
            assertEquals(variant.name, variant == Variant.DARK, isNight)
            assertEquals(variant.name, if (variant == Variant.LARGE_TEXT) 2f else 1f, now.fontScale)
            assertEquals(variant.name, variant == Variant.RTL, now.layoutDirection == View.LAYOUT_DIRECTION_RTL)
            assertEquals(variant.name, variant == Variant.LANDSCAPE, now.screenWidthDp > now.screenHeightDp)
            assertEquals(variant.name, variant == Variant.NARROW, now.screenWidthDp == 320)
            val region = mapOf(Variant.RTL to "XB", Variant.PSEUDO to "XA")[variant].orEmpty()
            assertEquals(variant.name, region, now.locales[0].country)
        }
    }

    @Test
    fun theSameIsDrawnTheSameAndAnotherIsNoticed() {
        val (first, accepting) = pictures(accepts = true)
        accepting.of("words") { Text("As it was", Modifier.padding(24.dp)) }
        first.close()
        assertEquals(Variant.entries.map { "words-${it.slug}.png" }.plus("contact-sheet.png").toSet(), kept.list()!!.toSet())

        val (second, comparing) = pictures(accepts = false)
        comparing.of("words") { Text("As it was", Modifier.padding(24.dp)) }
        second.close()
        val other = assertThrows(IllegalStateException::class.java) {
            comparing.of("words", listOf(Variant.DARK)) { Text("As it is", Modifier.padding(24.dp)) }
        }
        assertTrue(other.message, "words-dark" in other.message!!)
    }

    @Test
    fun whatNothingDrawsIsNoticedAndThenRemoved() {
        val (first, accepting) = pictures(accepts = true)
        accepting.of("here", listOf(Variant.LIGHT)) { Box(Modifier.fillMaxSize()) }
        first.close()
        File(kept, "gone-light.png").writeBytes(ByteArray(1))

        val (second, comparing) = pictures(accepts = false)
        comparing.of("here", listOf(Variant.LIGHT)) { Box(Modifier.fillMaxSize()) }
        val stale = assertThrows(IllegalStateException::class.java, second::close)
        assertTrue(stale.message, "gone-light" in stale.message!!)

        val (third, again) = pictures(accepts = true)
        again.of("here", listOf(Variant.LIGHT)) { Box(Modifier.fillMaxSize()) }
        third.close()
        assertFalse(File(kept, "gone-light.png").exists())
    }

    @Test
    fun dialogsAreInThePicture() {
        val (_, accepting) = pictures(accepts = true)
        accepting.of("room", listOf(Variant.LIGHT)) { Box(Modifier.fillMaxSize()) }
        val (_, comparing) = pictures(accepts = false)
        assertThrows(IllegalStateException::class.java) {
            comparing.of("room", listOf(Variant.LIGHT)) {
                Box(Modifier.fillMaxSize())
                Dialog({}) { Box(Modifier.padding(24.dp).fillMaxSize().background(Color.Blue)) }
            }
        }
    }
}
