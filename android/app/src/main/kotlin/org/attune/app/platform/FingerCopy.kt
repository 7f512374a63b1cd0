package org.attune.app.platform

import android.os.Build
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.CharBuffer
import java.nio.charset.CodingErrorAction
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.security.GeneralSecurityException
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import org.attune.Passcode
import org.attune.app.model.Finger

/** Asks for the finger or the face that lets [Cipher] work. */
internal fun interface FingerPrompt {
    /** The same cipher, once somebody was recognised; null if nobody was. */
    suspend fun ask(cipher: Cipher, toOpen: Boolean): Cipher?
}

/**
 * The passcode in a file, sealed under a key that works only right after a finger or a face was recognised, and that ends when
 * another one is enrolled. The core knows nothing of it, and the passcode goes on to work.
 *
 * @param file where it lies: in a folder that no backup takes
 * @param enrolled whether the device has this, and somebody is enrolled
 * @param io where key store and disk are waited for
 */
internal class FingerCopy(
    private val file: Path,
    private val enrolled: () -> Boolean,
    private val prompt: FingerPrompt,
    private val io: CoroutineDispatcher,
) : Finger {
    private val key = HardwareKey("attune.finger") {
        setUserAuthenticationRequired(true)
        setInvalidatedByBiometricEnrollment(true)
        // Before Android 11 this is what the two above say already.
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) setUserAuthenticationParameters(0, KeyProperties.AUTH_BIOMETRIC_STRONG)
    }

    override val isThere: Boolean get() = enrolled()

    override val isOn: Boolean get() = Files.exists(file)

    override suspend fun keep(passcode: CharArray): Boolean {
        val cipher = withContext(io) { begun() } ?: return false
        var kept = false
        try {
            val ready = prompt.ask(cipher, toOpen = false) ?: return false
            // Carried to its end: either it is kept, or nothing is.
            withContext(NonCancellable + io) { kept = unlessStuck { put(sealed(ready, passcode)) } != null }
            return kept
        } finally {
            if (!kept) withContext(NonCancellable + io) { forget() }
        }
    }

    override suspend fun passcode(): Passcode? {
        val (cipher, text) = withContext(io) { found() } ?: return null
        val ready = prompt.ask(cipher, toOpen = true) ?: return null
        return withContext(io) {
            try {
                opened(ready.doFinal(text))
            } catch (_: AEADBadTagException) {
                ended()
            } catch (_: GeneralSecurityException) {
                null
            } catch (_: ProviderException) {
                null
            }
        }
    }

    override fun forget() {
        unlessStuck { key.delete() }
        unlessStuck { Files.deleteIfExists(file) }
    }

    /** What seals under a new key, in place of what was kept; null where there is no finger, or the key store would not. */
    private fun begun(): Cipher? {
        forget()
        return if (isThere) unlessStuck { HardwareKey.sealing(key.make()) } else null
    }

    /** What is kept, and what opens it once somebody was recognised. */
    private fun found(): Pair<Cipher, ByteArray>? {
        val parts = try {
            SealedBytes.parse(Files.readAllBytes(file)) ?: return ended()
        } catch (_: IOException) {
            return null
        }
        return try {
            HardwareKey.opening(key.find() ?: return ended(), parts.nonce) to parts.text
        } catch (_: KeyPermanentlyInvalidatedException) {
            ended()
        } catch (thrown: UnrecoverableKeyException) {
            // Without a cause it is the same, said when the key was asked for.
            if (thrown.cause == null) ended() else null
        } catch (_: GeneralSecurityException) {
            null
        } catch (_: ProviderException) {
            null
        }
    }

    /** It can never be opened again: the passcode has to be typed. */
    private fun ended(): Nothing? {
        forget()
        return null
    }

    private fun put(bytes: ByteArray) {
        val new = file.resolveSibling("${file.fileName}.new")
        Files.write(new, bytes)
        Files.move(new, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
    }

    private fun sealed(cipher: Cipher, passcode: CharArray): ByteArray {
        val plain = padded(passcode)
        try {
            return SealedBytes(cipher.iv, cipher.doFinal(plain)).toBytes()
        } finally {
            plain.fill(0)
        }
    }

    private fun opened(plain: ByteArray): Passcode? {
        val characters = CharArray(plain.size)
        try {
            val decoder = Charsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
            val room = CharBuffer.wrap(characters)
            val length = ByteBuffer.wrap(plain).getInt()
            if (decoder.decode(ByteBuffer.wrap(plain, HEAD, length), room, true).isError) return null
            return Passcode(characters.copyOf(room.position()))
        } finally {
            plain.fill(0)
            characters.fill('\u0000')
        }
    }

    private companion object {
        /** The length, before the text. */
        const val HEAD = 4

        /** What is sealed is a multiple of this long, so that the file does not tell how long the passcode is. */
        const val STEP = 128

        fun padded(passcode: CharArray): ByteArray {
            val encoder = Charsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT)
            val most = HEAD + passcode.size * encoder.maxBytesPerChar().toInt()
            val room = ByteBuffer.allocate((most + STEP - 1) / STEP * STEP)
            room.position(HEAD)
            if (encoder.encode(CharBuffer.wrap(passcode), room, true).isError) throw GeneralSecurityException()
            return room.putInt(0, room.position() - HEAD).array()
        }

        /** What [work] gives; null where key store or disk would not. */
        fun <T : Any> unlessStuck(work: () -> T): T? = try {
            work()
        } catch (_: GeneralSecurityException) {
            null
        } catch (_: ProviderException) {
            null
        } catch (_: IOException) {
            null
        }
    }
}
