package org.attune.app.platform

import android.content.res.Configuration
import android.os.LocaleList
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.attune.VaultPresence
import org.attune.app.AttuneApplication
import org.attune.app.Holds
import org.attune.app.model.Settings
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** What the process is made of. */
@RunWith(AndroidJUnit4::class)
class AttuneApplicationTest {
    @get:Rule
    val store = StandInKeyStore()

    private val app = ApplicationProvider.getApplicationContext<AttuneApplication>()

    @Test
    fun thereIsOneHouseAndItIsWhereNoBackupGoes() = runBlocking {
        assertTrue(app.house === app.house && app.phone === app.phone)
        assertEquals(VaultPresence.ABSENT, app.house.presence())
        app.house.create()
        app.house.close(CoroutineScope(Dispatchers.IO))
        app.house.deleteAll()
        assertEquals(emptyMap<Any, Any>(), store.keys)

        app.house.create()
        assertTrue(app.noBackupFilesDir.resolve("vault/vault.key").isFile)
        app.house.close(CoroutineScope(Dispatchers.IO))
    }

    @Test
    @Holds(70)
    fun whatLayBetweenAtTheEndOfAProcessIsGoneAtTheNext() {
        val left = app.cacheDir.resolve("passing/copy.attune")
        left.parentFile!!.mkdirs()
        left.writeText("a copy that was handed over when the process was killed")
        app.house
        assertFalse(left.exists())
    }

    @Test
    fun nothingIsMadeBeforeThePersonBegins() {
        app.house
        assertEquals(Settings(), app.phone.settings.read())
        assertEquals(emptyMap<Any, Any>(), store.keys)
        assertEquals(emptyMap<Any, Any>(), store.asked)
        assertFalse(app.phone.finger.isOn)
        assertFalse(app.noBackupFilesDir.resolve("vault").exists())
    }

    @Test
    @Holds(86)
    fun theCountryIsTheFirstThatTheLanguagesName() {
        val cases = listOf("de,fr-CH,en-US" to "CH", "en-GB" to "GB", "es-419,pt-BR" to "BR", "ar" to "")
        for ((languages, country) in cases) {
            val locales = LocaleList(*languages.split(",").map(Locale::forLanguageTag).toTypedArray())
            val configuration = Configuration(app.resources.configuration).apply { setLocales(locales) }
            assertEquals(languages, country, countryOf(app.createConfigurationContext(configuration)))
        }
    }
}
