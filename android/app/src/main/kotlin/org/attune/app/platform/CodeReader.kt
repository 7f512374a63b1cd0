package org.attune.app.platform

import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader
import java.nio.ByteBuffer

/** Finds a QR code in what a camera saw, in brightness alone. Not for two threads at once. */
internal class CodeReader {
    private val reader = QRCodeReader()
    private var bytes = ByteArray(0)

    /**
     * The text of the code in a picture, if there is one: dark on light, or light on dark.
     *
     * @param plane the picture's rows, [stride] bytes apart; the last may be shorter, as cameras give it
     */
    fun read(plane: ByteBuffer, stride: Int, width: Int, height: Int): String? {
        if (width <= 0 || height <= 0 || stride < width || plane.remaining() < stride * (height - 1) + width) return null
        if (bytes.size != stride * height) bytes = ByteArray(stride * height)
        plane.get(bytes, 0, minOf(plane.remaining(), bytes.size))
        val source = PlanarYUVLuminanceSource(bytes, stride, height, 0, 0, width, height, false)
        return textIn(source) ?: textIn(source.invert())
    }

    /** Overwrites what was seen last. */
    fun wipe() = bytes.fill(0)

    private fun textIn(source: LuminanceSource): String? = try {
        reader.decode(BinaryBitmap(HybridBinarizer(source)), mapOf(DecodeHintType.TRY_HARDER to true)).text
    } catch (_: ReaderException) {
        null
    } finally {
        reader.reset()
    }
}
