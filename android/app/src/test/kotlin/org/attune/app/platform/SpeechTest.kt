package org.attune.app.platform

import android.content.ComponentName
import android.content.Context
import android.content.IntentFilter
import android.os.Looper
import android.speech.tts.TextToSpeech
import android.speech.tts.Voice
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.util.Locale
import org.attune.app.Holds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowTextToSpeech

/** Reading aloud by a voice of the device's own. */
@RunWith(AndroidJUnit4::class)
class SpeechTest {
    private val context = ApplicationProvider.getApplicationContext<Context>()
    private val speech = Speech(context)
    private var ended = 0

    private val voice get() = shadowOf(ShadowTextToSpeech.getLastTextToSpeechInstance())

    @Before
    fun anEngineIsInstalled() {
        val engine = ComponentName("org.example.voice", "org.example.voice.Engine")
        shadowOf(context.packageManager).apply {
            addServiceIfNotPresent(engine)
            addIntentFilterForService(engine, IntentFilter(TextToSpeech.Engine.INTENT_ACTION_TTS_SERVICE))
        }
    }

    private fun voice(name: String, locale: Locale, network: Boolean = false, features: Set<String> = emptySet()) =
        ShadowTextToSpeech.addVoice(Voice(name, locale, Voice.QUALITY_NORMAL, Voice.LATENCY_NORMAL, network, features))

    private fun idle() = shadowOf(Looper.getMainLooper()).idle()

    private fun read(text: String) = speech.read(text) { ended++ }

    private fun comes(status: Int = TextToSpeech.SUCCESS) {
        voice.onInitListener.onInit(status)
        idle()
    }

    @Test
    fun aTextIsReadOnceTheVoiceIsThere() {
        voice("here", Locale.US)
        assertTrue(speech.isThere)
        read("We got that wrong.")
        assertEquals(null, voice.lastSpokenText)
        comes()
        assertEquals("We got that wrong.", voice.lastSpokenText)
        idle()
        assertEquals(1, ended)
        read("And this is new.")
        assertEquals("And this is new.", voice.lastSpokenText)
    }

    @Test
    fun noVoiceThatNeedsANetworkIsUsed() {
        voice("far", Locale.US, network = true)
        voice("not here yet", Locale.US, features = setOf(TextToSpeech.Engine.KEY_FEATURE_NOT_INSTALLED))
        voice("foreign", Locale.FRANCE)
        voice("british", Locale.UK)
        voice("american", Locale.US)
        read("text")
        comes()
        assertEquals("american", voice.currentVoice.name)
    }

    @Test
    fun aVoiceThatIsNamedInThreeLettersIsUsed() {
        voice("another engine's", Locale("eng", "USA"))
        read("text")
        comes()
        assertEquals("text", voice.lastSpokenText)
    }

    @Test
    fun withoutAVoiceOfItsOwnTheDeviceCannot() {
        voice("far", Locale.US, network = true)
        voice("foreign", Locale.FRANCE)
        read("text")
        comes()
        assertEquals(null, voice.lastSpokenText)
        assertTrue(voice.isShutdown)
        assertEquals(1, ended)
        assertFalse(speech.isThere)
    }

    @Test
    fun anEngineThatDoesNotComeIsAskedAgainTheNextTime() {
        voice("here", Locale.US)
        read("text")
        comes(TextToSpeech.ERROR)
        assertEquals(1, ended)
        assertTrue(speech.isThere)
        read("text")
        comes()
        assertEquals("text", voice.lastSpokenText)
    }

    @Test
    fun withoutAnEngineThereIsNone() {
        shadowOf(context.packageManager).removeService(ComponentName("org.example.voice", "org.example.voice.Engine"))
        assertFalse(speech.isThere)
    }

    @Test
    @Holds(53)
    fun itFallsSilentAndSaysSoOnce() {
        voice("here", Locale.US)
        speech.stop()
        read("text")
        speech.stop()
        assertEquals(1, ended)
        comes()
        assertEquals("what was stopped before it began is not read", null, voice.lastSpokenText)
        read("one")
        read("two")
        assertEquals("the one before has ended", 2, ended)
        speech.stop()
        idle()
        assertEquals(3, ended)
        assertTrue(voice.isStopped)
    }

    @Test
    fun aLongTextIsReadInPieces() {
        voice("here", Locale.US)
        val text = "word ".repeat(2_000) + "x".repeat(9_000)
        read(text)
        comes()
        val parts = voice.spokenTextList
        assertEquals(text, parts.joinToString(""))
        assertTrue(parts.size > 4 && parts.all { it.length <= TextToSpeech.getMaxSpeechInputLength() })
        assertTrue("between words", parts.first().endsWith(" "))
        idle()
        assertEquals("and is over once", 1, ended)
    }
}
