package org.attune.app.platform

import android.security.keystore.BackendBusyException
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.security.keystore.UserNotAuthenticatedException
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.security.InvalidKeyException
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.IllegalBlockSizeException
import org.attune.KeyStoreException
import org.attune.app.platform.StandInKeyStore.Step
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** The vault's key in the Keystore: what is sealed, and what is said when it goes wrong. */
@RunWith(AndroidJUnit4::class)
class KeystoreKeysTest {
    @get:Rule
    val store = StandInKeyStore()

    private val slept = ArrayList<Long>()
    private var locked = false
    private val keys = KeystoreKeys(isLocked = { locked }, sleep = slept::add)
    private val secret = ByteArray(32) { it.toByte() }
    private val bound = "bound to this".encodeToByteArray()

    @Test
    fun whatIsSealedIsOpenedAndNoTwoSealsAreTheSame() {
        val first = keys.seal(secret.copyOf(), bound)
        val second = keys.seal(secret.copyOf(), bound)
        assertFalse(first.contentEquals(second))
        for (sealed in listOf(first, second)) {
            assertEquals("format, nonce, text, tag", 1 + 12 + 32 + 16, sealed.size)
            assertEquals(1, sealed[0].toInt())
            assertArrayEquals(secret, keys.open(sealed, bound))
        }
        assertEquals(1, store.keys.size)
    }

    @Test
    fun theKeyIsOfThisDeviceAloneAndBoundToNoFinger() {
        keys.seal(secret, bound)
        val spec = store.specs.getValue("attune.vault")
        assertEquals(256, spec.keySize)
        assertEquals(listOf(KeyProperties.BLOCK_MODE_GCM), spec.blockModes.toList())
        assertEquals(listOf(KeyProperties.ENCRYPTION_PADDING_NONE), spec.encryptionPaddings.toList())
        assertEquals(KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT, spec.purposes)
        assertTrue(spec.isStrongBoxBacked && spec.isRandomizedEncryptionRequired)
        // A job that looks for updates runs while the device is locked.
        assertFalse(spec.isUserAuthenticationRequired || spec.isUnlockedDeviceRequired)
    }

    @Test
    fun withoutAChipOfItsOwnTheKeyIsInTheSystems() {
        store.strongBox = false
        val sealed = keys.seal(secret, bound)
        assertFalse(store.specs.getValue("attune.vault").isStrongBoxBacked)
        assertArrayEquals(secret, keys.open(sealed, bound))
    }

    @Test
    fun anotherErrorOfTheChipIsNoReasonToDoWithout() {
        store.at(Step.MAKE) { ProviderException("something else") }
        assertThrows(KeyStoreException.Unavailable::class.java) { keys.seal(secret, bound) }
        assertEquals(emptyMap<Any, Any>(), store.keys)
        store.at(Step.MAKE, ProviderException("something else, once"))
        keys.seal(secret, bound)
        assertTrue(store.specs.getValue("attune.vault").isStrongBoxBacked)
    }

    @Test
    fun openingNeverMakesAKey() {
        val sealed = keys.seal(secret, bound)
        store.lose()
        slept.clear()
        assertThrows(KeyStoreException.Gone::class.java) { keys.open(sealed, bound) }
        assertEquals(emptyMap<Any, Any>(), store.keys)
        assertEquals("asked again before it is believed", KeystoreKeys.PAUSES, slept)
    }

    @Test
    fun aKeyThatIsNotFoundForAMomentIsNotGone() {
        val sealed = keys.seal(secret, bound)
        store.hide(times = 3)
        assertArrayEquals(secret, keys.open(sealed, bound))
        store.hide(times = 3)
        val key = store.keys.getValue("attune.vault")
        keys.seal(secret, bound)
        assertTrue("nor made anew", key === store.keys["attune.vault"])
    }

    @Test
    fun errorsThatAreCertainAreSaidAtOnce() {
        val sealed = keys.seal(secret, bound)
        slept.clear()
        val cases = listOf(
            Triple(Step.FIND, UnrecoverableKeyException("as invalidated keys are told"), KeyStoreException.Gone::class.java),
            Triple(Step.FIND, UnrecoverableKeyException().initCause(system(CORRUPTED)), KeyStoreException.Gone::class.java),
            Triple(Step.FIND, UnrecoverableKeyException().initCause(system(LOCKED)), KeyStoreException.Locked::class.java),
            Triple(Step.BEGIN, KeyPermanentlyInvalidatedException(), KeyStoreException.Gone::class.java),
            Triple(Step.BEGIN, UserNotAuthenticatedException(), KeyStoreException.Locked::class.java),
            Triple(Step.BEGIN, InvalidKeyException(system(LOCKED)), KeyStoreException.Locked::class.java),
            Triple(Step.FINISH, IllegalBlockSizeException().initCause(system(LOCKED)), KeyStoreException.Locked::class.java),
            Triple(Step.FINISH, IllegalBlockSizeException().initCause(system(UNINITIALIZED)), KeyStoreException.Locked::class.java),
        )
        for ((step, error, said) in cases) {
            store.at(step) { error }
            assertThrows("$step $error", said) { keys.open(sealed, bound) }
            store.mend()
        }
        assertEquals(emptyList<Long>(), slept)
        assertArrayEquals("nothing was lost", secret, keys.open(sealed, bound))
    }

    @Test
    fun errorsThatMayPassAreAskedAgain() {
        val sealed = keys.seal(secret, bound)
        val passing = listOf(
            InvalidKeyException(system(BUSY)),
            BackendBusyException(10),
            UnrecoverableKeyException().initCause(system(SYSTEM)),
            UnrecoverableKeyException().initCause(system(NOT_FOUND)),
            ProviderException("anything"),
            IllegalStateException("anything"),
        )
        for (error in passing) {
            slept.clear()
            store.at(Step.FIND, error, error)
            assertArrayEquals("$error", secret, keys.open(sealed, bound))
            assertEquals(KeystoreKeys.PAUSES.take(2), slept)
        }
    }

    @Test
    fun whatDoesNotPassIsLaterOrOutOfReachAndNeverGone() {
        val sealed = keys.seal(secret, bound)
        fun opening(error: Throwable, said: Class<out Throwable>) {
            slept.clear()
            store.at(Step.BEGIN) { error }
            assertThrows("$error", said) { keys.open(sealed, bound) }
            assertEquals(KeystoreKeys.PAUSES, slept)
        }
        opening(InvalidKeyException(system(BUSY)), KeyStoreException.Locked::class.java)
        opening(BackendBusyException(10), KeyStoreException.Locked::class.java)
        opening(InvalidKeyException("no more is said"), KeyStoreException.Unavailable::class.java)
        locked = true
        opening(InvalidKeyException("no more is said"), KeyStoreException.Locked::class.java)
        locked = false
        store.mend()
        store.hide(times = 3)
        store.at(Step.BEGIN) { InvalidKeyException("no more is said") }
        assertThrows(KeyStoreException.Unavailable::class.java) { keys.open(sealed, bound) }
        store.mend()
        assertArrayEquals(secret, keys.open(sealed, bound))
    }

    @Test
    fun whatWasNotSealedHereForThisIsRefused() {
        val sealed = keys.seal(secret, bound)
        slept.clear()
        fun refused(bytes: ByteArray, to: ByteArray = bound) =
            assertThrows(KeyStoreException.Refused::class.java) { keys.open(bytes, to) }
        refused(sealed, "bound to that".encodeToByteArray())
        refused(sealed, ByteArray(0))
        for (at in sealed.indices) refused(sealed.copyOf().also { it[at] = (it[at].toInt() xor 1).toByte() })
        for (length in 0 until sealed.size) refused(sealed.copyOf(length))
        refused(sealed + 0)
        assertEquals("nothing of that passes", emptyList<Long>(), slept)
    }

    @Test
    fun sealingUsesTheKeyThatIsThereAndMakesOneWhereItIsGone() {
        val before = keys.seal(secret, bound)
        val key = store.keys.getValue("attune.vault")
        KeystoreKeys(isLocked = { false }, sleep = slept::add).seal(secret, bound)
        assertTrue(key === store.keys["attune.vault"])
        assertArrayEquals("what was set aside is still to be opened", secret, keys.open(before, bound))
        for (step in listOf(Step.FIND, Step.BEGIN)) {
            store.at(step, if (step == Step.FIND) UnrecoverableKeyException() else KeyPermanentlyInvalidatedException())
            val sealed = keys.seal(secret, bound)
            assertFalse(key === store.keys["attune.vault"])
            assertArrayEquals(secret, keys.open(sealed, bound))
        }
        val last = store.keys.getValue("attune.vault")
        store.at(Step.FIND) { UnrecoverableKeyException().initCause(system(BUSY)) }
        assertThrows(KeyStoreException.Locked::class.java) { keys.seal(secret, bound) }
        store.at(Step.FIND) { UserNotAuthenticatedException() }
        assertThrows(KeyStoreException.Locked::class.java) { keys.seal(secret, bound) }
        assertTrue("later is not gone", last === store.keys["attune.vault"])
    }

    @Test
    fun destroyingSaysThatItIsGoneOnlyIfItIs() {
        keys.destroy()
        val sealed = keys.seal(secret, bound)
        store.at(Step.DELETE) { java.security.KeyStoreException() }
        assertThrows(KeyStoreException.Unavailable::class.java) { keys.destroy() }
        store.at(Step.DELETE, java.security.KeyStoreException())
        store.at(Step.BEGIN) { UserNotAuthenticatedException() }
        keys.destroy()
        assertEquals("also while it is locked", emptyMap<Any, Any>(), store.keys)
        assertThrows(KeyStoreException.Gone::class.java) { keys.open(sealed, bound) }
    }

    private companion object {
        const val LOCKED = 2
        const val UNINITIALIZED = 3
        const val SYSTEM = 4
        const val NOT_FOUND = 7
        const val CORRUPTED = 8

        /** Of the hardware. */
        const val BUSY = -48

        /** What the Keystore itself throws, by the system's own number for it. Only the system may make one. */
        fun system(number: Int): Exception =
            android.security.KeyStoreException::class.java.getConstructor(Int::class.java, String::class.java).newInstance(number, "")
    }
}
