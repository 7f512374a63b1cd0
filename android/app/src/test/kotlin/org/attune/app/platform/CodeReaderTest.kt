package org.attune.app.platform

import android.util.Size
import android.view.Surface
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import com.google.zxing.BarcodeFormat
import com.google.zxing.qrcode.QRCodeWriter
import java.nio.ByteBuffer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf

/** Codes in what a camera sees. */
@RunWith(AndroidJUnit4::class)
class CodeReaderTest {
    private val reader = CodeReader()
    private val link = "attune://relay.example/#1.00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0011"

    /** A picture of the code, by [brightness] of dark and light, with [stride] bytes a row of which the last has only the picture's. */
    private fun picture(text: String, stride: Int = WIDTH, brightness: (Boolean) -> Int = { if (it) 30 else 210 }): ByteBuffer {
        val code = QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 300, 300)
        val plane = ByteArray(stride * (HEIGHT - 1) + WIDTH)
        for (y in 0 until HEIGHT) for (x in 0 until WIDTH) {
            val dark = x in 200 until 500 && y in 100 until 400 && code[x - 200, y - 100]
            plane[y * stride + x] = brightness(dark).toByte()
        }
        return ByteBuffer.wrap(plane)
    }

    private fun read(plane: ByteBuffer, stride: Int = WIDTH) = reader.read(plane, stride, WIDTH, HEIGHT)

    @Test
    fun aCodeIsRead() {
        assertEquals(link, read(picture(link)))
        assertEquals("with rows that are longer", link, read(picture(link, stride = WIDTH + 64), stride = WIDTH + 64))
        assertEquals("light on dark", link, read(picture(link) { if (it) 220 else 25 }))
        assertEquals("in a dim room", link, read(picture(link) { if (it) 60 else 90 }))
    }

    @Test
    fun whereThereIsNoneNothingIsRead() {
        assertNull(read(ByteBuffer.wrap(ByteArray(WIDTH * HEIGHT))))
        assertNull(read(ByteBuffer.wrap(ByteArray(WIDTH * HEIGHT) { (it * 7919 shr 3).toByte() })))
        assertEquals("and then it is", link, read(picture(link)))
    }

    @Test
    fun aPictureThatIsNotWholeIsNoPicture() {
        val whole = picture(link).array()
        assertNull(read(ByteBuffer.wrap(whole.copyOf(whole.size - 1))))
        assertNull(reader.read(ByteBuffer.wrap(whole), WIDTH - 1, WIDTH, HEIGHT))
        assertNull(reader.read(ByteBuffer.allocate(0), 0, 0, 0))
    }

    @Test
    fun theShownPictureFillsTheViewInItsOwnProportions() {
        val size = Size(1280, 720)
        for (rotation in listOf(Surface.ROTATION_0, Surface.ROTATION_90, Surface.ROTATION_180, Surface.ROTATION_270)) {
            for ((width, height) in listOf(600 to 600, 300 to 900, 900 to 300)) {
                val corners = floatArrayOf(0f, 0f, width.toFloat(), 0f, width.toFloat(), height.toFloat())
                fitting(width, height, size, rotation).mapPoints(corners)
                val across = kotlin.math.hypot(corners[2] - corners[0], corners[3] - corners[1])
                val down = kotlin.math.hypot(corners[4] - corners[2], corners[5] - corners[3])
                // Before it is turned, it stands: as wide as the picture is high.
                assertEquals("$rotation", 720f / 1280, across / down, 0.01f)
                val aside = rotation == Surface.ROTATION_90 || rotation == Surface.ROTATION_270
                val (covers, over) = if (aside) down to across else across to down
                assertTrue("$rotation $width $height", covers >= width - 1 && over >= height - 1)
                assertTrue("and no larger than it must", covers <= width + 1 || over <= height + 1)
            }
        }
    }

    @Test
    fun aDeviceWithoutACameraSaysSo() {
        val context = ApplicationProvider.getApplicationContext<android.content.Context>()
        val finder = CameraFinder(context)
        for (has in listOf(true, false)) {
            shadowOf(context.packageManager).setSystemFeature(android.content.pm.PackageManager.FEATURE_CAMERA_ANY, has)
            assertEquals(has, finder.isThere)
        }
        assertFalse(finder.open(context, {}, {}).isAttachedToWindow)
    }

    private companion object {
        const val WIDTH = 640
        const val HEIGHT = 480
    }
}
