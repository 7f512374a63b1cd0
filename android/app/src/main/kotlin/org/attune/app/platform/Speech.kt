package org.attune.app.platform

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.os.Handler
import android.speech.tts.TextToSpeech
import android.speech.tts.UtteranceProgressListener
import android.speech.tts.Voice
import java.util.Locale
import java.util.MissingResourceException
import org.attune.app.model.ReadAloud

/**
 * Reads aloud by the device's own voice. A voice that needs a network is never used: what is read would go there.
 *
 * All calls come on the main thread, and [ended][read] is called there. The voice is fetched with the first text.
 */
internal class Speech(private val context: Context) : ReadAloud {
    private val main = Handler(context.mainLooper)
    private var voice: TextToSpeech? = null
    private var ready = false
    private var mute = false

    /** What is being read, or waits for the voice. */
    private var reading: Reading? = null
    private var count = 0

    override val isThere: Boolean
        get() = !mute && context.packageManager.queryIntentServices(Intent(TextToSpeech.Engine.INTENT_ACTION_TTS_SERVICE), 0).isNotEmpty()

    override fun read(text: String, ended: () -> Unit) {
        stop()
        val now = Reading(text, "${++count}", ended)
        reading = now
        val there = voice
        when {
            there == null -> {
                // It says whether it came only after this returned.
                voice = TextToSpeech(context) { status -> main.post { came(status == TextToSpeech.SUCCESS) } }
            }
            ready -> speak(there, now)
        }
    }

    override fun stop() {
        val was = reading ?: return
        reading = null
        if (ready) voice?.stop()
        was.ended()
    }

    private fun came(well: Boolean) {
        val there = voice ?: return
        val local = if (well) there.local(context.resources.configuration.locales[0]) else null
        if (local == null || there.setVoice(local) != TextToSpeech.SUCCESS) {
            mute = well
            there.shutdown()
            voice = null
            over(reading?.id)
            return
        }
        there.setOnUtteranceProgressListener(Progress())
        ready = true
        reading?.let { speak(there, it) }
    }

    private fun speak(there: TextToSpeech, text: Reading) {
        val parts = text.parts(TextToSpeech.getMaxSpeechInputLength())
        val queued = parts.withIndex().all { (at, part) ->
            val mode = if (at == 0) TextToSpeech.QUEUE_FLUSH else TextToSpeech.QUEUE_ADD
            there.speak(part, mode, Bundle.EMPTY, if (at == parts.lastIndex) text.id else "") == TextToSpeech.SUCCESS
        }
        if (!queued) over(text.id)
    }

    /** Called for the last part of a text, and for any that failed. */
    private fun over(id: String?) {
        val was = reading ?: return
        if (id != "" && id != was.id) return
        reading = null
        was.ended()
    }

    private class Reading(private val text: String, val id: String, val ended: () -> Unit) {
        /** Cut between lines or words, where one piece is more than the voice takes. */
        fun parts(most: Int): List<String> {
            val parts = ArrayList<String>()
            var rest = text
            while (rest.length > most) {
                val at = rest.lastIndexOfAny(charArrayOf('\n', ' '), most - 1).takeIf { it > 0 } ?: (most - 1)
                parts += rest.take(at + 1)
                rest = rest.drop(at + 1)
            }
            return parts + rest
        }
    }

    /** Called on the voice's own thread. */
    private inner class Progress : UtteranceProgressListener() {
        override fun onStart(id: String?) = Unit

        override fun onDone(id: String?) {
            // Of the parts before the last, the end is no end.
            if (id != "") main.post { over(id) }
        }

        @Deprecated("Named so by Android; the other one calls it.")
        override fun onError(id: String?) {
            main.post { over(id) }
        }
    }

    private companion object {
        /** A voice for [language] that is on the device, whole; the country's own first. */
        fun TextToSpeech.local(language: Locale): Voice? = voices.orEmpty()
            .filter { it.locale.language() == language.language() && !it.isNetworkConnectionRequired }
            .filterNot { TextToSpeech.Engine.KEY_FEATURE_NOT_INSTALLED in it.features.orEmpty() }
            .minWithOrNull(compareBy({ it.locale.country() != language.country() }, { -it.quality }, { it.name }))

        /** In three letters: some engines name their voices so, and others in two. */
        fun Locale.language(): String = try {
            isO3Language
        } catch (_: MissingResourceException) {
            language
        }

        fun Locale.country(): String = try {
            isO3Country
        } catch (_: MissingResourceException) {
            country
        }
    }
}
