package org.attune.app.story

import android.app.Activity
import android.content.Intent
import android.net.Uri
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.lifecycle.ViewModelProvider
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.RepairOption
import org.attune.app.AttuneViewModel
import org.attune.app.MainActivity
import org.attune.app.R
import org.attune.app.model.App
import org.attune.app.model.AppEvent
import org.attune.app.model.Stage
import org.attune.app.platform.StandInKeyStore
import org.attune.trial.Desk
import org.attune.trial.World
import org.attune.trial.text
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Rule
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** The real window on the real core, with a hand that taps. What is on the other side is real too, once it is asked for. */
@RunWith(AndroidJUnit4::class)
@Config(application = StoryApplication::class)
internal abstract class Story {
    @get:Rule(order = 0)
    val keyStore = StandInKeyStore()

    @get:Rule(order = 1)
    val rule = createEmptyComposeRule()

    val phone: StoryApplication = ApplicationProvider.getApplicationContext()
    val hand by lazy { Hand(rule) }
    private var made: Town? = null
    val town: Town get() = made ?: Town(phone.clock).also { made = it }
    lateinit var window: ActivityScenario<MainActivity>

    @Before
    fun open() {
        window = ActivityScenario.launch(MainActivity::class.java)
    }

    @After
    fun shut() {
        // What was under way is carried to its end before the folders go.
        app { it.on(AppEvent.Hide) }
        window.close()
        made?.close()
    }

    /** The app itself, for what no finger does. */
    fun <T> app(use: (App) -> T): T {
        val found = ArrayList<T>()
        window.onActivity { found += use(ViewModelProvider(it)[AttuneViewModel::class.java].app) }
        return found.single()
    }

    /** The phone is turned: the window is made anew. */
    fun turn(qualifier: String) {
        RuntimeEnvironment.setQualifiers("+$qualifier")
        window.recreate()
        rule.waitForIdle()
    }

    fun begin() {
        hand.see(R.string.privacy_title)
        hand.tap(R.string.button_begin)
        hand.see(R.string.home_title)
    }

    /** Looks for updates from the first screen. */
    fun look() {
        hand.tap(R.string.sync_now)
        // By the state, not by the button: the window may not have been drawn anew yet when the button is looked for.
        rule.waitUntil(60_000) { app { (it.state.value.stage as Stage.Open).home.state.value.looking }.not() }
        hand.await(hasText(hand.say(R.string.sync_now)))
    }

    fun lookBoth() {
        look()
        town.desk.sync()
        look()
    }

    /** From the first screen to the four words, which match. */
    fun link(of: Desk, name: String, client: String, isFirst: Boolean) {
        val words = town.words(of)
        if (isFirst) {
            hand.tap(R.string.home_link)
        } else {
            hand.tap(R.string.people_add)
            hand.see(R.string.title_people)
            hand.tap(R.string.people_add)
        }
        hand.see(R.string.pair_title)
        // Four letters tell every word of the list from every other.
        val long = words.split(' ').maxBy { it.length }
        hand.type(R.string.link_by_words, long.take(4))
        if (long.length > 4) hand.tap(hasText(long))
        hand.type(R.string.link_by_words, words.replaceAfterLast(' ', "zzz"))
        hand.see(R.string.link_word_unknown)
        hand.type(R.string.link_by_words, words)
        hand.type(R.string.link_address, town.relay.origin)
        hand.type(R.string.people_name, World.CLIENT)
        hand.tap(R.string.link_to)
        val linked = hasText(hand.say(R.string.pair_done, name))
        val idle = linked or (hasText(hand.say(R.string.sync_now)) and isEnabled())
        for (turn in 1..4) {
            hand.await(idle)
            if (hand.sees(linked)) break
            of.sync()
            hand.tap(R.string.sync_now)
        }
        hand.see(hand.say(R.string.pair_done, name))
        hand.tap(R.string.people_match)
        hand.see(R.string.words_line)
        of.sync()
        for (word in of.words(client)) hand.see(word)
        hand.tap(R.string.words_match)
        hand.see(R.string.words_matched)
        of.confirm(client)
        if (!isFirst) hand.tapTag("back")
        hand.see(R.string.home_title)
    }

    fun mark() {
        hand.tapTag("mark")
        hand.see(R.string.mark_saved)
    }

    /** Picks, and waits for what would be sent. */
    fun pick(option: RepairOption) {
        hand.tapTag("pick-${option.name}")
        hand.see(R.string.preview_title)
        hand.await(hasTestTag("exact"))
    }

    fun share() {
        hand.tapTag("share")
        hand.see(R.string.share_done)
    }

    /** What the system's picker of documents answers to the app. */
    fun picked(place: String) {
        rule.waitForIdle()
        val found = ArrayList<Intent>()
        window.onActivity { activity ->
            val asked = shadowOf(activity).nextStartedActivityForResult
            found += asked.intent
            shadowOf(activity).receiveResult(asked.intent, Activity.RESULT_OK, Intent().setData(Uri.parse(place)))
        }
        assertEquals(1, found.size)
        rule.waitForIdle()
    }

    /** What can be pressed and says this. */
    fun pressable(text: String) = hasText(text) and hasClickAction()

    companion object {
        /** What an option is called. */
        val TITLES = mapOf(
            RepairOption.KEEP to R.string.pick_keep,
            RepairOption.PAUSE to R.string.pick_pause,
            RepairOption.SWITCH_TOPIC to R.string.pick_switch,
            RepairOption.WRITTEN_FOLLOW_UP to R.string.pick_note,
            RepairOption.REPAIR_QUIETLY to R.string.pick_fix,
            RepairOption.BRIEF_CHECK_IN to R.string.pick_five,
            RepairOption.NO_CONTACT to R.string.pick_quiet,
            RepairOption.REQUEST_PROVIDER to R.string.pick_other,
            RepairOption.INTERPRETER to R.string.pick_language,
        )
    }
}

/** As the desk's command line writes it. */
internal val RepairOption.spelled: String
    get() = name.split('_').joinToString("") { it.lowercase().replaceFirstChar(Char::uppercase) }

/** The card of that option. */
internal fun Desk.card(of: RepairOption): Map<String, Any?> = open(inbox().single { it["option"] == of.spelled }.text("case"))
