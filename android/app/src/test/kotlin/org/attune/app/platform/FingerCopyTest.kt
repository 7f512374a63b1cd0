package org.attune.app.platform

import android.content.Context
import android.hardware.biometrics.BiometricManager
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.nio.file.Files
import java.security.InvalidAlgorithmParameterException
import java.security.InvalidKeyException
import java.security.UnrecoverableKeyException
import javax.crypto.Cipher
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.launch
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.attune.Passcode
import org.attune.app.Holds
import org.attune.app.platform.StandInKeyStore.Step
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowBiometricManager

/** The passcode under a finger: a second way in, and never the only one. */
@RunWith(AndroidJUnit4::class)
class FingerCopyTest {
    @get:Rule
    val store = StandInKeyStore()

    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val file = context.noBackupFilesDir.toPath().resolve("finger")
    private var enrolled = true
    private var recognised: suspend (Cipher) -> Cipher? = { it }
    private val asked = ArrayList<Boolean>()
    private val prompt = FingerPrompt { cipher, toOpen ->
        asked += toOpen
        recognised(cipher)
    }
    private val finger = FingerCopy(file, { enrolled }, prompt, Dispatchers.IO)

    private fun keep(code: String) = runBlocking { finger.keep(code.toCharArray()) }

    private fun opened(): String? = runBlocking { finger.passcode() }?.use { code ->
        val bytes = Passcode::class.java.getDeclaredField("bytes").apply { isAccessible = true }
        (bytes.get(code) as ByteArray).decodeToString()
    }

    private fun assertNothingIsKept() {
        assertFalse(finger.isOn || Files.exists(file))
        assertEquals(emptyMap<Any, Any>(), store.keys)
        assertNull(opened())
    }

    @Test
    @Holds(5)
    fun whatIsKeptComesBack() {
        for (code in listOf("1", "2580", "pässword 🙂 中文", "x".repeat(300))) {
            assertTrue(keep(code))
            assertTrue(finger.isOn)
            assertEquals(code, opened())
        }
        assertEquals(listOf(false, true), asked.take(2))
    }

    @Test
    fun theKeyNeedsTheFingerEachTimeAndEndsWithANewOne() {
        keep("2580")
        val spec = store.specs.getValue("attune.finger")
        assertTrue(spec.isUserAuthenticationRequired && spec.isInvalidatedByBiometricEnrollment)
        assertEquals(0, spec.userAuthenticationValidityDurationSeconds)
        assertEquals(KeyProperties.AUTH_BIOMETRIC_STRONG, spec.userAuthenticationType)
    }

    @Test
    fun theFileHoldsNothingOfThePasscodeNotEvenItsLength() {
        keep("2580")
        val short = Files.readAllBytes(file)
        keep("a much longer passcode, of words")
        val long = Files.readAllBytes(file)
        assertEquals(short.size, long.size)
        assertFalse("2580" in String(short, Charsets.ISO_8859_1))
        assertFalse("words" in String(long, Charsets.ISO_8859_1))
    }

    @Test
    fun nothingIsKeptUnlessSomebodyWasRecognised() {
        recognised = { null }
        assertFalse(keep("2580"))
        assertNothingIsKept()
        recognised = { it }
        enrolled = false
        assertFalse(keep("2580"))
        assertNothingIsKept()
        enrolled = true
        store.at(Step.MAKE) { InvalidAlgorithmParameterException("nobody is enrolled") }
        assertFalse(keep("2580"))
        store.mend()
        store.at(Step.FINISH) { javax.crypto.IllegalBlockSizeException() }
        assertFalse(keep("2580"))
        store.mend()
        assertFalse(runBlocking { finger.keep(charArrayOf('\uD83D')) })
        assertNothingIsKept()
    }

    @Test
    fun leftWhileAskedNothingIsKept() = runBlocking {
        recognised = { awaitCancellation() }
        val keeping = launch(start = CoroutineStart.UNDISPATCHED) { finger.keep(charArrayOf('1')) }
        keeping.cancel()
        keeping.join()
        assertFalse(finger.isOn)
        assertEquals(emptyMap<Any, Any>(), store.keys)
    }

    @Test
    fun anotherFingerEndsIt() {
        val invalid = listOf(Step.BEGIN to KeyPermanentlyInvalidatedException(), Step.FIND to UnrecoverableKeyException())
        for ((step, error) in invalid) {
            keep("2580")
            store.at(step) { error }
            assertNull(opened())
            store.mend()
            assertNothingIsKept()
        }
        keep("2580")
        store.lose()
        assertNull(opened())
        assertNothingIsKept()
    }

    @Test
    fun aFileThatWasChangedEndsIt() {
        for (change in listOf<(ByteArray) -> ByteArray>({ it + 0 }, { ByteArray(0) }, { it.also { bytes -> bytes[40]++ } })) {
            keep("2580")
            Files.write(file, change(Files.readAllBytes(file)))
            assertNull(opened())
            assertNothingIsKept()
        }
    }

    @Test
    @Holds(5)
    fun whoWouldRatherTypeLosesNothing() {
        keep("2580")
        recognised = { null }
        assertNull(opened())
        recognised = { it }
        for (error in listOf(InvalidKeyException("not now"), IllegalStateException("not now"))) {
            store.at(Step.FIND) { UnrecoverableKeyException().initCause(error) }
            assertNull(opened())
        }
        store.mend()
        assertEquals("2580", opened())
    }

    @Test
    fun itIsForgottenKeyFirst() {
        keep("2580")
        store.at(Step.DELETE) { java.security.KeyStoreException() }
        finger.forget()
        assertFalse("the file goes even where the key would not", finger.isOn)
        store.mend()
        keep("2580")
        finger.forget()
        assertNothingIsKept()
        finger.forget()
    }

    @Test
    fun theSystemIsAskedWhoIsEnrolledAndThePromptNeedsAnActivityInFront() {
        val device = Shadow.extract<ShadowBiometricManager>(context.getSystemService(BiometricManager::class.java))
        for (enrolled in listOf(true, false)) {
            device.setCanAuthenticate(enrolled)
            device.setAuthenticatorType(BiometricManager.Authenticators.BIOMETRIC_STRONG)
            assertEquals(enrolled, SystemPrompt.isEnrolled(context))
        }
        keep("2580")
        val cipher = HardwareKey.sealing(store.keys.getValue("attune.finger"))
        assertNull(runBlocking { SystemPrompt(Front()).ask(cipher, toOpen = true) })
    }
}
