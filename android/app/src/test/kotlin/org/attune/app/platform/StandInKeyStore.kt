package org.attune.app.platform

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.StrongBoxUnavailableException
import java.io.InputStream
import java.io.OutputStream
import java.security.AlgorithmParameters
import java.security.InvalidAlgorithmParameterException
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import java.util.concurrent.ConcurrentHashMap
import javax.crypto.Cipher
import javax.crypto.CipherSpi
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec
import org.junit.rules.ExternalResource

/**
 * Stands in for the Android Keystore, which Robolectric does not have: a provider of that name whose keys are in memory, give
 * their bytes to nobody, and can be made to fail at each step.
 *
 * As a rule of a test it begins empty; it has to be around the rule that starts the activity.
 */
class StandInKeyStore : ExternalResource() {
    /** What a caller asks of the Keystore. */
    enum class Step { FIND, MAKE, DELETE, BEGIN, FINISH }

    /** The keys that were made, by their names. */
    val keys: Map<String, SecretKey> get() = Kept.keys

    /** What each was asked to be. */
    val specs: Map<String, KeyGenParameterSpec> get() = Kept.specs

    /** How often each step was asked for. */
    val asked: Map<Step, Int> get() = Kept.asked

    /** Whether there is a chip of its own for keys. */
    var strongBox by Kept::strongBox

    /** From now on, [step] throws what [error] gives; null lets it pass. */
    fun at(step: Step, error: () -> Throwable?) {
        Kept.instead[step] = error
    }

    /** As [at], for as many attempts as there are errors. */
    fun at(step: Step, vararg errors: Throwable) {
        val left = ArrayDeque(errors.toList())
        at(step) { left.removeFirstOrNull() }
    }

    /** For the next [times] attempts, no key is found. */
    fun hide(times: Int) {
        Kept.hidden = times
    }

    /** Nothing fails any more. */
    fun mend() {
        Kept.instead.clear()
        Kept.hidden = 0
    }

    /** The keys are gone, as when the system lost them. */
    fun lose() = Kept.keys.clear()

    override fun before() {
        Kept.clear()
        Security.removeProvider(NAME)
        // Before all others: an error of another one would hide what this one throws.
        Security.insertProviderAt(StandIn(), 1)
    }

    override fun after() {
        Security.removeProvider(NAME)
    }
}

private typealias Step = StandInKeyStore.Step

private const val NAME = "AndroidKeyStore"

private object Kept {
    val keys: MutableMap<String, SecretKey> = ConcurrentHashMap()
    val specs = ConcurrentHashMap<String, KeyGenParameterSpec>()
    val instead = ConcurrentHashMap<Step, () -> Throwable?>()
    val asked = ConcurrentHashMap<Step, Int>()

    @Volatile
    var hidden = 0

    @Volatile
    var strongBox = true

    fun clear() {
        listOf(keys, specs, instead, asked).forEach { it.clear() }
        hidden = 0
        strongBox = true
    }

    fun step(step: Step) {
        asked.merge(step, 1, Int::plus)
        instead[step]?.invoke()?.let { throw it }
    }
}

/** Gives instances instead of class names, which the JVM would look up outside of Robolectric's sandbox. */
private class StandIn : Provider(NAME, "1.0", "keys in memory") {
    init {
        serve("KeyStore", NAME) { Store() }
        serve("KeyGenerator", "AES") { Generator() }
        serve("Cipher", "AES/GCM/NoPadding") { Work() }
    }

    private fun serve(type: String, algorithm: String, make: () -> Any) {
        val service = object : Service(this, type, algorithm, "org.attune.app.platform.$type", null, null) {
            override fun newInstance(parameter: Any?): Any = make()
            override fun supportsParameter(parameter: Any?): Boolean = parameter is Inside
        }
        putService(service)
    }
}

/** As on a device: its bytes are nobody's. */
private class Inside(val own: SecretKeySpec) : SecretKey {
    override fun getAlgorithm() = "AES"
    override fun getFormat(): String? = null
    override fun getEncoded(): ByteArray? = null
}

private class Store : KeyStoreSpi() {
    override fun engineGetKey(alias: String, password: CharArray?): Key? {
        Kept.step(Step.FIND)
        if (Kept.hidden > 0) {
            Kept.hidden--
            return null
        }
        return Kept.keys[alias]
    }

    /** Says no also where it could not look, as the real one does. */
    override fun engineContainsAlias(alias: String): Boolean = false
    override fun engineIsKeyEntry(alias: String): Boolean = alias in Kept.keys
    override fun engineSize(): Int = Kept.keys.size
    override fun engineAliases(): Enumeration<String> = Collections.enumeration(Kept.keys.keys)
    override fun engineGetCreationDate(alias: String): Date? = Date(0).takeIf { alias in Kept.keys }

    override fun engineDeleteEntry(alias: String) {
        Kept.step(Step.DELETE)
        Kept.keys.remove(alias)
        Kept.specs.remove(alias)
    }

    override fun engineIsCertificateEntry(alias: String): Boolean = false
    override fun engineGetCertificate(alias: String): Certificate? = null
    override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null
    override fun engineGetCertificateAlias(certificate: Certificate?): String? = null
    override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit
    override fun engineStore(stream: OutputStream?, password: CharArray?) = throw UnsupportedOperationException()

    override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<out Certificate>?) =
        throw UnsupportedOperationException()

    override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<out Certificate>?) =
        throw UnsupportedOperationException()

    override fun engineSetCertificateEntry(alias: String, certificate: Certificate?) = throw UnsupportedOperationException()
}

private class Generator : KeyGeneratorSpi() {
    private lateinit var spec: KeyGenParameterSpec

    override fun engineInit(parameters: AlgorithmParameterSpec, random: SecureRandom?) {
        spec = parameters as KeyGenParameterSpec
    }

    override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException()

    override fun engineInit(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

    override fun engineGenerateKey(): SecretKey {
        Kept.step(Step.MAKE)
        if (spec.isStrongBoxBacked && !Kept.strongBox) throw StrongBoxUnavailableException()
        val bytes = ByteArray(spec.keySize / 8).also(SecureRandom()::nextBytes)
        val key = Inside(SecretKeySpec(bytes, "AES"))
        Kept.keys[spec.keystoreAlias] = key
        Kept.specs[spec.keystoreAlias] = spec
        return key
    }
}

private class Work : CipherSpi() {
    private val own = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE")

    override fun engineInit(mode: Int, key: Key, random: SecureRandom?) {
        Kept.step(Step.BEGIN)
        own.init(mode, (key as Inside).own)
    }

    override fun engineInit(mode: Int, key: Key, parameters: AlgorithmParameterSpec?, random: SecureRandom?) {
        if (mode == Cipher.ENCRYPT_MODE) throw InvalidAlgorithmParameterException("the nonce is not the caller's")
        Kept.step(Step.BEGIN)
        own.init(mode, (key as Inside).own, parameters)
    }

    override fun engineInit(mode: Int, key: Key, parameters: AlgorithmParameters?, random: SecureRandom?) =
        throw InvalidAlgorithmParameterException()

    override fun engineUpdateAAD(bytes: ByteArray, offset: Int, length: Int) = own.updateAAD(bytes, offset, length)

    override fun engineDoFinal(bytes: ByteArray, offset: Int, length: Int): ByteArray {
        Kept.step(Step.FINISH)
        return own.doFinal(bytes, offset, length)
    }

    override fun engineGetIV(): ByteArray = own.iv
    override fun engineGetBlockSize(): Int = own.blockSize
    override fun engineGetOutputSize(length: Int): Int = own.getOutputSize(length)
    override fun engineGetParameters(): AlgorithmParameters = own.parameters
    override fun engineSetMode(mode: String) = Unit
    override fun engineSetPadding(padding: String) = Unit
    override fun engineUpdate(bytes: ByteArray, offset: Int, length: Int): ByteArray = throw UnsupportedOperationException()

    override fun engineUpdate(bytes: ByteArray, offset: Int, length: Int, into: ByteArray, at: Int): Int =
        throw UnsupportedOperationException()

    override fun engineDoFinal(bytes: ByteArray, offset: Int, length: Int, into: ByteArray, at: Int): Int =
        throw UnsupportedOperationException()
}
