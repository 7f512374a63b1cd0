package org.attune.app.ui

import android.os.Build
import android.provider.Settings as Phone
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.attune.app.R
import org.attune.app.model.AutoLock
import org.attune.app.model.Look
import org.attune.app.model.Route
import org.attune.app.model.SettingsEvent
import org.attune.app.model.SettingsState

/** Settings, in the order in which somebody who is afraid of being seen would look for them. */
@Composable
fun SettingsContent(state: SettingsState, onEvent: (SettingsEvent) -> Unit) {
    Page(stringResource(R.string.title_settings)) {
        Lock(state, onEvent)
        OthersSee(state, onEvent)
        Looks(state, onEvent)
        if (state.read) MomentsEnd(state.days, onEvent)
        Data(onEvent)
        App()
    }
}

@Composable
private fun Lock(state: SettingsState, onEvent: (SettingsEvent) -> Unit) {
    Part(stringResource(R.string.title_lock))
    val code = if (state.hasCode) R.string.set_code_change else R.string.set_code
    Item(stringResource(code), stringResource(R.string.set_code_sub), { onEvent(SettingsEvent.Open(Route.Passcode)) })
    if (state.hasCode && state.canFinger) {
        // Turning it on takes the code, which is typed on its own screen.
        SwitchLine(stringResource(R.string.set_touch), stringResource(R.string.set_touch_sub), state.hasFinger, { on ->
            onEvent(if (on) SettingsEvent.Open(Route.Passcode) else SettingsEvent.ForgetFinger)
        })
    } else if (state.read) {
        Fixed(stringResource(R.string.set_touch), stringResource(if (state.canFinger) R.string.set_touch_needs_code else R.string.set_touch_none))
    }
    Part(stringResource(R.string.set_lock))
    Sub(stringResource(R.string.set_lock_sub))
    Column(Modifier.selectableGroup()) {
        for (lock in AutoLock.entries) {
            PickLine(lock.text(), lock == state.settings.autoLock, { onEvent(SettingsEvent.Set(state.settings.copy(autoLock = lock))) })
        }
    }
}

@Composable
private fun AutoLock.text(): String =
    if (this == AutoLock.AT_ONCE) stringResource(R.string.set_lock_at_once)
    else pluralStringResource(R.plurals.set_lock_minutes, minutes, minutes)

@Composable
private fun OthersSee(state: SettingsState, onEvent: (SettingsEvent) -> Unit) {
    var asking by rememberSaveable { mutableStateOf(false) }
    val set = { on: Boolean -> onEvent(SettingsEvent.Set(state.settings.copy(screenshots = on))) }
    Part(stringResource(R.string.set_seen_title))
    SwitchLine(stringResource(R.string.set_screen), stringResource(R.string.set_screen_sub), !state.settings.screenshots, { blocked ->
        if (blocked) set(false) else asking = true
    })
    if (asking) {
        Question(
            stringResource(R.string.set_screen_off_ask), stringResource(R.string.set_screen_off_yes),
            onYes = { asking = false; set(true) }, onNo = { asking = false },
        )
    }
    Notices(state.settings, onEvent)
}

@Composable
private fun Looks(state: SettingsState, onEvent: (SettingsEvent) -> Unit) {
    Part(stringResource(R.string.set_look))
    Sub(stringResource(R.string.set_look_sub))
    if (state.hasCode) Sub(stringResource(R.string.set_look_code))
    Column(Modifier.selectableGroup()) {
        for (look in Look.entries) {
            PickLine(stringResource(look.id), look == state.settings.look, { onEvent(SettingsEvent.Set(state.settings.copy(look = look))) })
        }
    }
}

private val Look.id: Int
    get() = when (this) {
        Look.TWICE_A_DAY -> R.string.set_look_twice
        Look.ONCE_A_DAY -> R.string.set_look_once
        Look.WHEN_ASKED -> R.string.set_look_asked
    }

/** For how long moments stay. A shorter time wipes what is older, so it asks. */
@Composable
private fun MomentsEnd(days: Int?, onEvent: (SettingsEvent) -> Unit) {
    var asking by rememberSaveable { mutableStateOf<Int?>(null) }
    Part(stringResource(R.string.set_keep))
    Sub(stringResource(R.string.set_keep_sub))
    Column(Modifier.selectableGroup()) {
        for (some in (DAYS + days).distinct().sortedBy { it ?: Int.MAX_VALUE }) {
            PickLine(daysText(some), some == days, {
                val isShorter = some != null && (days == null || some < days)
                asking = some.takeIf { isShorter }
                if (!isShorter && some != days) onEvent(SettingsEvent.Days(some))
            })
        }
    }
    asking?.let { some ->
        Question(
            daysText(some) + ". " + stringResource(R.string.set_keep_ask), stringResource(R.string.set_keep_yes),
            onYes = { asking = null; onEvent(SettingsEvent.Days(some)) }, onNo = { asking = null },
        )
    }
}

@Composable
private fun daysText(days: Int?): String =
    if (days == null) stringResource(R.string.set_keep_always) else pluralStringResource(R.plurals.set_keep_days, days, days)

private val DAYS = listOf(30, 90, 365, null)

@Composable
private fun Data(onEvent: (SettingsEvent) -> Unit) {
    Part(stringResource(R.string.set_data_title))
    Item(stringResource(R.string.privacy_title), null, { onEvent(SettingsEvent.Open(Route.Privacy)) })
    Item(stringResource(R.string.copy_title), null, { onEvent(SettingsEvent.Open(Route.SaveCopy)) })
    Fixed(stringResource(R.string.copy_in), stringResource(R.string.set_copy_in))
    Item(stringResource(R.string.delete_title), null, { onEvent(SettingsEvent.Open(Route.DeleteAll)) })
}

@Composable
private fun App() {
    val context = LocalContext.current
    var trouble by remember { mutableStateOf<Int?>(null) }
    Part(stringResource(R.string.set_app_title))
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
        Item(stringResource(R.string.set_language), stringResource(R.string.set_language_sub), {
            trouble = R.string.fail_no_app.takeUnless { context.openSettings(Phone.ACTION_APP_LOCALE_SETTINGS) }
        })
    } else {
        Fixed(stringResource(R.string.set_language), stringResource(R.string.set_language_sub))
    }
    OthersParts()
    Said { trouble?.let { Line(stringResource(it)) } }
    Fixed(stringResource(R.string.set_text), stringResource(R.string.set_text_sub))
    val version = remember { context.packageManager.getPackageInfo(context.packageName, 0).versionName.orEmpty() }
    Fixed(stringResource(R.string.app_version_title), leftToRight(version))
}

/** Something that cannot be changed here, and why: it does not look as if it could be pressed. */
@Composable
private fun Fixed(title: String, line: String) {
    Column(Modifier.padding(vertical = 4.dp).semantics(mergeDescendants = true) {}) {
        Line(title)
        Sub(line)
    }
}
