package org.attune.app.ui

import android.Manifest
import android.app.NotificationManager
import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.LifecycleResumeEffect
import org.attune.app.R
import org.attune.app.model.Settings
import org.attune.app.model.SettingsEvent

/** Notices: off until the person turns them on, and the phone is asked then, after they read what it will ask. */
@Composable
internal fun Notices(settings: Settings, onEvent: (SettingsEvent) -> Unit) {
    val context = LocalContext.current
    val frame = LocalFrame.current
    var asking by rememberSaveable { mutableStateOf(false) }
    var denied by rememberSaveable { mutableStateOf(false) }
    var silent by remember { mutableStateOf(context.isSilent()) }
    val set = { on: Boolean -> onEvent(SettingsEvent.Set(settings.copy(notifications = on))) }
    val ask = rememberLauncherForActivityResult(ActivityResultContracts.RequestPermission()) { given ->
        denied = !given
        silent = context.isSilent()
        if (given) set(true)
    }
    LifecycleResumeEffect(Unit) {
        silent = context.isSilent()
        if (!silent) denied = false
        onPauseOrDispose {}
    }
    SwitchLine(stringResource(R.string.set_notify), stringResource(R.string.set_notify_sub), settings.notifications, { on ->
        when {
            !on -> set(false)
            context.mayNotify() -> set(true)
            else -> asking = true
        }
    })
    if (asking) {
        Question(
            stringResource(R.string.set_notify_ask), stringResource(R.string.button_next),
            onYes = {
                asking = false
                frame.onLeaves()
                ask.launch(Manifest.permission.POST_NOTIFICATIONS)
            },
            onNo = { asking = false },
        )
    }
    if (denied || settings.notifications && silent) {
        Said { Line(stringResource(R.string.set_notify_denied)) }
        OtherButton(stringResource(R.string.button_settings), {
            frame.onLeaves()
            context.openNoticeSettings()
        })
    }
}

/** The names and terms of what this app is made with. */
@Composable
internal fun OthersParts() {
    var open by rememberSaveable { mutableStateOf(false) }
    Item(stringResource(R.string.app_parts_title), stringResource(R.string.app_parts_sub), { open = !open })
    if (!open) return
    val context = LocalContext.current
    val parts = remember { context.resources.openRawResource(R.raw.parts).bufferedReader().useLines { it.toList() } }
    Block {
        for (part in parts) {
            Column {
                Line(leftToRight(part.substringBefore('\t')))
                Sub(leftToRight(part.substringAfter('\t')))
            }
        }
    }
}

private fun Context.mayNotify(): Boolean =
    Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ||
        checkSelfPermission(Manifest.permission.POST_NOTIFICATIONS) == PackageManager.PERMISSION_GRANTED

/** The phone shows no notice of this app, whatever is set here. */
private fun Context.isSilent(): Boolean = !getSystemService(NotificationManager::class.java).areNotificationsEnabled()
