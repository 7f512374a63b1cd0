package org.attune.app.ui

import android.app.Activity
import android.content.ComponentName
import android.content.Intent
import android.net.Uri
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assert
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.LocalDate
import org.attune.HelpEntry
import org.attune.HelpKind
import org.attune.app.AttuneApplication
import org.attune.app.Holds
import org.attune.app.R
import org.attune.app.model.HelpState
import org.attune.app.model.PasscodeEvent
import org.attune.app.model.PasscodeState
import org.attune.app.model.SaveCopyEvent
import org.attune.app.model.SaveCopyState
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf

/** Codes and pass phrases while they are typed, and what leaves the app from these screens. */
@RunWith(AndroidJUnit4::class)
class TypedSecretTest {
    @get:Rule
    val rule = createEmptyComposeRule()

    private lateinit var activity: ComponentActivity
    private var scenario: ActivityScenario<ComponentActivity>? = null

    @After
    fun close() {
        scenario?.close()
    }

    private fun show(content: @Composable () -> Unit) {
        val application = ApplicationProvider.getApplicationContext<AttuneApplication>()
        shadowOf(application.packageManager).addActivityIfNotPresent(ComponentName(application, ComponentActivity::class.java))
        scenario = ActivityScenario.launch(ComponentActivity::class.java).onActivity {
            activity = it
            it.setContent(content = content)
        }
        rule.waitForIdle()
    }

    private fun text(id: Int) = activity.getString(id)

    private fun type(label: Int, text: String) = rule.onNodeWithText(text(label)).performScrollTo().performTextInput(text)

    private fun press(label: Int) = rule.onNodeWithText(text(label)).performScrollTo().performClick()

    @Test
    fun aCodeIsHandedOverAsItWasTypedAndGoneWhenTheScreenIsLeft() {
        val events = mutableListOf<PasscodeEvent>()
        lateinit var secret: Secret
        var there by mutableStateOf(true)
        show {
            if (there) {
                PasscodeContent(PasscodeState(read = true), events::add)
                secret = rememberSecret()
            }
        }
        type(R.string.lock_code_new, "longer than four")
        type(R.string.lock_code_again, "longer than fore")
        rule.onNodeWithText(text(R.string.lock_code_new)).assert(SemanticsMatcher.keyIsDefined(SemanticsProperties.Password))
        rule.onNodeWithText(text(R.string.button_save)).performClick()
        val set = events.single() as PasscodeEvent.Set
        assertArrayEquals("longer than four".toCharArray(), set.code)
        assertArrayEquals("longer than fore".toCharArray(), set.again)

        rule.runOnIdle { secret.typed.edit { append("typed") } }
        rule.runOnIdle { assertArrayEquals("typed".toCharArray(), secret.chars()) }
        there = false
        rule.runOnIdle { assertTrue(secret.isEmpty) }
    }

    @Test
    @Holds(69)
    fun aPlaceIsAskedForOnlyAfterThePassPhraseWillDoAndTheFilesNameTellsNothing() {
        val events = mutableListOf<SaveCopyEvent>()
        var state by mutableStateOf(SaveCopyState())
        show { SaveCopyContent(state, events::add) }
        type(R.string.copy_passphrase, "four words or more")
        type(R.string.copy_passphrase_again, "four words or more")
        press(R.string.copy_sealed_save)
        assertTrue(events.single() is SaveCopyEvent.Check)
        assertNull(shadowOf(activity).nextStartedActivityForResult)

        rule.runOnIdle { state = SaveCopyState(short = true) }
        rule.waitForIdle()
        assertNull(shadowOf(activity).nextStartedActivityForResult)

        rule.runOnIdle { state = SaveCopyState(ready = true) }
        rule.waitForIdle()
        val asked = shadowOf(activity).nextStartedActivityForResult.intent
        assertEquals(Intent.ACTION_CREATE_DOCUMENT, asked.action)
        assertEquals("copy.bin", asked.getStringExtra(Intent.EXTRA_TITLE))

        val place = Uri.parse("content://elsewhere/1")
        rule.runOnUiThread { shadowOf(activity).receiveResult(asked, Activity.RESULT_OK, Intent().setData(place)) }
        rule.waitForIdle()
        val sealed = events.last() as SaveCopyEvent.Sealed
        assertEquals(place.toString(), sealed.picked)
        assertArrayEquals("four words or more".toCharArray(), sealed.phrase)
    }

    @Test
    @Holds(89)
    fun aCallGoesAsFarAsTheDiallerAndNoFurther() {
        val entry = HelpEntry("IE", "Somebody", "116 123", "https://example.org", "https://example.org", LocalDate.EPOCH)
        show { HelpContent(HelpState(HelpKind.NOW, "IE", listOf(entry))) {} }
        rule.onNodeWithText(activity.getString(R.string.help_call, leftToRight("116 123"))).performScrollTo().performClick()
        val call = shadowOf(activity).nextStartedActivity
        assertEquals(Intent.ACTION_DIAL, call.action)
        assertEquals("tel:116%20123", call.dataString)
        press(R.string.help_site)
        val page = shadowOf(activity).nextStartedActivity
        assertEquals(Intent.ACTION_VIEW, page.action)
        assertEquals("https://example.org", page.dataString)
    }
}
