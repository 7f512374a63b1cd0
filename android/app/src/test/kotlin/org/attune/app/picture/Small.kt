package org.attune.app.picture

import android.graphics.Bitmap
import java.awt.image.BufferedImage
import java.awt.image.IndexColorModel
import java.io.ByteArrayOutputStream
import javax.imageio.IIOImage
import javax.imageio.ImageIO
import javax.imageio.ImageWriteParam

/**
 * The bitmap as a small PNG: sixteen steps a channel, and a palette where the colours fit into one. A screen of text takes a quarter of
 * what it would in full, and looks the same.
 */
internal fun smallPng(bitmap: Bitmap): ByteArray {
    val pixels = IntArray(bitmap.width * bitmap.height)
    bitmap.getPixels(pixels, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
    for (at in pixels.indices) pixels[at] = stepped(pixels[at])
    val colours = pixels.distinct().sorted()
    val image = if (colours.size <= PALETTE) indexed(pixels, colours, bitmap) else plain(pixels, bitmap)
    val writer = ImageIO.getImageWritersByFormatName("png").next()
    val bytes = ByteArrayOutputStream()
    ImageIO.createImageOutputStream(bytes).use { output ->
        writer.output = output
        val smallest = writer.defaultWriteParam.apply {
            compressionMode = ImageWriteParam.MODE_EXPLICIT
            compressionQuality = 0f
        }
        writer.write(null, IIOImage(image, null, null), smallest)
    }
    writer.dispose()
    return bytes.toByteArray()
}

private const val PALETTE = 256
private const val STEP = 17

private fun stepped(colour: Int): Int {
    fun channel(shift: Int) = ((colour shr shift and 0xFF) + STEP / 2) / STEP * STEP shl shift
    return channel(16) or channel(8) or channel(0)
}

private fun indexed(pixels: IntArray, colours: List<Int>, size: Bitmap): BufferedImage {
    fun channel(shift: Int) = ByteArray(colours.size) { (colours[it] shr shift).toByte() }
    val model = IndexColorModel(8, colours.size, channel(16), channel(8), channel(0))
    val image = BufferedImage(size.width, size.height, BufferedImage.TYPE_BYTE_INDEXED, model)
    val places = colours.withIndex().associate { (at, colour) -> colour to at.toByte() }
    image.raster.setDataElements(0, 0, size.width, size.height, ByteArray(pixels.size) { places.getValue(pixels[it]) })
    return image
}

private fun plain(pixels: IntArray, size: Bitmap): BufferedImage =
    BufferedImage(size.width, size.height, BufferedImage.TYPE_INT_RGB).apply {
        setRGB(0, 0, size.width, size.height, pixels, 0, size.width)
    }
