package org.attune.app.story

import android.security.keystore.UserNotAuthenticatedException
import androidx.compose.ui.test.hasText
import org.attune.app.Holds
import org.attune.app.R
import org.attune.app.model.AppEvent
import org.attune.app.model.Route
import org.attune.app.platform.StandInKeyStore.Step
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

/** What is asked once more before it is done, and what is said where nothing can be done. */
internal class AskingTest : Story() {
    @Test
    @Holds(27, 28)
    fun aMomentAndAllOfThemAreErasedAfterOneQuestion() {
        begin()
        repeat(3) {
            mark()
            hand.tapTag("back")
        }
        hand.tap(R.string.state_held)
        hand.tap(R.string.mark_erase)
        hand.see(R.string.moment_erase_ask)
        hand.see(R.string.moment_erase_line)
        hand.tap(R.string.button_not_now)
        assertFalse(hand.sees(R.string.moment_erase_ask))
        hand.tap(R.string.mark_erase)
        hand.tap(R.string.button_wipe)
        hand.see(R.string.mark_erased)
        assertEquals(2, rule.onAllNodes(hasText(hand.say(R.string.state_held))).fetchSemanticsNodes().size)
        app { it.on(AppEvent.Go(Route.Moments)) }
        hand.tap(R.string.mark_erase_all)
        hand.tap(R.string.button_wipe)
        hand.see(R.string.mark_erased)
        hand.tapTag("back")
        hand.see(R.string.home_empty)
    }

    @Test
    @Holds(13, 14, 18)
    fun aLockedKeyIsLaterAndStartingOverIsAskedOnceMore() {
        begin()
        mark()
        hand.tapTag("hide")
        hand.see(R.string.lock_title)
        keyStore.at(Step.BEGIN) { UserNotAuthenticatedException() }
        hand.tap(R.string.button_open)
        hand.see(R.string.lock_later)
        assertFalse("nothing is started over", hand.sees(R.string.lock_start_over))
        keyStore.mend()
        hand.tap(R.string.button_try_again)
        hand.see(R.string.state_held)
        hand.tapTag("hide")
        keyStore.lose()
        hand.tap(R.string.button_open)
        hand.see(R.string.lock_key_gone)
        hand.tap(R.string.lock_start_over)
        hand.see(R.string.open_start_over_ask)
        hand.tap(R.string.button_not_now)
        hand.see(R.string.lock_key_gone)
        hand.tap(R.string.lock_start_over)
        hand.tap(pressable(hand.say(R.string.lock_start_over)))
        hand.see(R.string.privacy_title)
        val kept = phone.noBackupFilesDir.walk().filter { it.name == "vault.db" }.toList()
        assertEquals("set aside, and not deleted", 1, kept.size)
        assertTrue(kept.single().length() > 0)
    }

    @Test
    @Holds(87)
    fun whereThereIsNoListTheGeneralLineIsShown() {
        app { it.on(AppEvent.Set(it.state.value.settings.copy(country = "AQ"))) }
        hand.see(R.string.privacy_title)
        hand.tapTag("help")
        hand.see(R.string.safety_fallback)
    }
}
