package org.attune

import java.nio.ByteBuffer
import java.nio.CharBuffer
import java.nio.charset.CodingErrorAction

/**
 * A passcode, or the passphrase of a copy, for as long as it is needed: close it, and it is overwritten.
 *
 * The characters that it is made from are overwritten at once. Its text form shows nothing of it.
 *
 * @throws AttuneException.Declined when [characters] hold half a character (an unpaired surrogate)
 */
public class Passcode(characters: CharArray) : AutoCloseable {
    private val bytes: ByteArray

    @Volatile
    private var closed = false

    init {
        bytes = try {
            encode(characters)
        } finally {
            characters.fill('\u0000')
        }
    }

    /** Overwrites it. A second time does nothing. */
    override fun close() {
        closed = true
        bytes.fill(0)
    }

    /** The type's name, and nothing of what it holds. */
    override fun toString(): String = "Passcode"

    /** Gives [use] a copy of its own, overwritten afterwards: closing meanwhile cannot change what was given. */
    internal inline fun <T> lend(use: (ByteArray) -> T): T {
        val copy = bytes.copyOf()
        try {
            // After the copy was made: what was closed before or meanwhile is zeros, which are no passcode.
            if (closed) throw AttuneException.Declined(Why.BAD_INPUT)
            return use(copy)
        } finally {
            copy.fill(0)
        }
    }

    private fun encode(characters: CharArray): ByteArray {
        val encoder = Charsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT)
        val room = ByteBuffer.allocate((characters.size * encoder.maxBytesPerChar()).toInt())
        try {
            val result = encoder.encode(CharBuffer.wrap(characters), room, true)
            if (result.isError) throw AttuneException.Declined(Why.BAD_INPUT)
            return room.array().copyOf(room.position())
        } finally {
            room.array().fill(0)
        }
    }
}

/** As [Passcode.lend], where there may be none. */
internal inline fun <T> Passcode?.lent(use: (ByteArray?) -> T): T = if (this == null) use(null) else lend(use)
