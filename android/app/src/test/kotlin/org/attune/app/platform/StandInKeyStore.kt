package org.attune.app.platform

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
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
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec
import org.junit.rules.ExternalResource

/**
 * Stands in for the Android Keystore, which Robolectric does not have: a provider of that name whose keys are in memory.
 *
 * As a rule of a test it begins empty; it has to be around the rule that starts the activity.
 */
class StandInKeyStore : ExternalResource() {
    /** The keys that were made, by their names. */
    val keys: Map<String, SecretKey> get() = Kept.keys

    /** What each was asked to be. */
    val specs: Map<String, KeyGenParameterSpec> get() = Kept.specs

    override fun before() {
        Kept.keys.clear()
        Kept.specs.clear()
        Security.removeProvider(NAME)
        Security.addProvider(StandIn())
    }

    override fun after() {
        Security.removeProvider(NAME)
    }
}

private const val NAME = "AndroidKeyStore"

private object Kept {
    val keys = HashMap<String, SecretKey>()
    val specs = HashMap<String, KeyGenParameterSpec>()
}

/** Gives instances instead of class names, which the JVM would look up outside of Robolectric's sandbox. */
private class StandIn : Provider(NAME, "1.0", "keys in memory") {
    init {
        serve("KeyStore", NAME) { Store() }
        serve("KeyGenerator", "AES") { Generator() }
    }

    private fun serve(type: String, algorithm: String, make: () -> Any) {
        val service = object : Service(this, type, algorithm, "org.attune.app.platform.$type", null, null) {
            override fun newInstance(parameter: Any?): Any = make()
        }
        putService(service)
    }
}

private class Store : KeyStoreSpi() {
    override fun engineGetKey(alias: String, password: CharArray?): Key? = Kept.keys[alias]
    override fun engineContainsAlias(alias: String): Boolean = alias in Kept.keys
    override fun engineIsKeyEntry(alias: String): Boolean = alias in Kept.keys
    override fun engineSize(): Int = Kept.keys.size
    override fun engineAliases(): Enumeration<String> = Collections.enumeration(Kept.keys.keys)
    override fun engineGetCreationDate(alias: String): Date? = Date(0).takeIf { alias in Kept.keys }

    override fun engineDeleteEntry(alias: String) {
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
        val bytes = ByteArray(spec.keySize / 8).also(SecureRandom()::nextBytes)
        val key = SecretKeySpec(bytes, "AES")
        Kept.keys[spec.keystoreAlias] = key
        Kept.specs[spec.keystoreAlias] = spec
        return key
    }
}
