package org.attune.app.ui

import android.content.ComponentName
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.assertCountEquals
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onFirst
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.PracticeNotice
import org.attune.app.AttuneApplication
import org.attune.app.Holds
import org.attune.app.R
import org.attune.app.model.PracticeState
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

/** What is said of a link, in words of its own, with what to do. */
@RunWith(AndroidJUnit4::class)
class PracticeLinesTest {
    @get:Rule
    val rule = createEmptyComposeRule()

    private val application = ApplicationProvider.getApplicationContext<AttuneApplication>()

    @Test
    @Holds(65, 67, 68)
    fun eachTroubleAndEachChangeOnTheOtherSideIsSaid() {
        val said = mapOf(
            PracticeNotice.TWO_PHONES to listOf(R.string.phones_two, R.string.phones_two_sub),
            PracticeNotice.SECOND_CLAIM to listOf(R.string.pair_used_other, R.string.link_again),
            PracticeNotice.NEWCOMER to listOf(R.string.phones_desk_new, R.string.people_match),
            PracticeNotice.CODE_SPENT to listOf(R.string.pair_spent, R.string.link_again),
            PracticeNotice.NEWER_NEEDED to listOf(R.string.sync_peer_newer),
            PracticeNotice.VERSION_JUMP to listOf(R.string.sync_jump),
            PracticeNotice.UNREADABLE to listOf(R.string.sync_odd),
            PracticeNotice.DENIED to listOf(R.string.sync_denied),
            PracticeNotice.FULL to listOf(R.string.sync_full),
            PracticeNotice.SLOW to listOf(R.string.sync_busy),
            PracticeNotice.NOT_REACHED to listOf(R.string.sync_offline),
        )
        shadowOf(application.packageManager).addActivityIfNotPresent(ComponentName(application, ComponentActivity::class.java))
        var state by mutableStateOf(PracticeState())
        Robolectric.buildActivity(ComponentActivity::class.java).use { window ->
            window.setup().get().setContent { AttuneTheme { PracticeContent(state) {} } }
            for ((notice, lines) in said) {
                state = PracticeState(Made.practice(notice = notice))
                rule.waitForIdle()
                for (line in lines) rule.onAllNodes(hasText(application.getString(line))).onFirst().assertExists("$notice")
            }
            state = PracticeState(Made.practice().let { it.copy(card = it.card!!.copy(introducedBy = Made.DESK)) })
            rule.waitForIdle()
            for (line in listOf(application.getString(R.string.pair_introduced_by, Made.DESK), application.getString(R.string.pair_introduced_check))) {
                rule.onAllNodes(hasText(line)).assertCountEquals(1)
            }
        }
    }
}
