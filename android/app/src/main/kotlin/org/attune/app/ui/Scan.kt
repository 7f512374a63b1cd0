package org.attune.app.ui

import android.Manifest
import android.content.Context
import android.content.pm.PackageManager
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.viewinterop.AndroidView
import androidx.lifecycle.compose.LifecycleResumeEffect
import org.attune.app.R
import org.attune.app.model.Viewfinder

/** The device's camera; none where there is nothing to scan with. */
val LocalViewfinder = staticCompositionLocalOf<Viewfinder?> { null }

/** Scanning a code. The camera is asked for here, at the moment of use, and nothing is lost without it. */
@Composable
fun Scan(onRead: (String) -> Unit) {
    val context = LocalContext.current
    val finder = LocalViewfinder.current
    val frame = LocalFrame.current
    var may by remember { mutableStateOf(context.mayUseCamera()) }
    var refused by rememberSaveable { mutableStateOf(false) }
    var failed by remember { mutableStateOf(false) }
    val ask = rememberLauncherForActivityResult(ActivityResultContracts.RequestPermission()) { given ->
        may = given
        refused = !given
    }
    LifecycleResumeEffect(Unit) {
        may = context.mayUseCamera()
        onPauseOrDispose {}
    }
    when {
        finder == null || !finder.isThere || failed -> Line(stringResource(R.string.link_camera_none))
        may -> Finder(finder, onRead) { failed = true }
        refused -> {
            Said { Line(stringResource(R.string.link_camera_off)) }
            OtherButton(stringResource(R.string.button_settings), {
                frame.onLeaves()
                context.openAppSettings()
            })
        }
        else -> {
            Line(stringResource(R.string.link_camera))
            OtherButton(stringResource(R.string.link_camera_allow), {
                frame.onLeaves()
                ask.launch(Manifest.permission.CAMERA)
            })
        }
    }
}

@Composable
private fun Finder(finder: Viewfinder, onRead: (String) -> Unit, onFailed: () -> Unit) {
    val read by rememberUpdatedState(onRead)
    val frame = stringResource(R.string.link_frame)
    Line(frame)
    AndroidView(
        { finder.open(it, { code -> read(code) }, onFailed) },
        Modifier.fillMaxWidth().aspectRatio(1f).clip(MaterialTheme.shapes.medium).semantics { contentDescription = frame },
    )
    Sub(stringResource(R.string.link_camera))
}

private fun Context.mayUseCamera() = checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED
