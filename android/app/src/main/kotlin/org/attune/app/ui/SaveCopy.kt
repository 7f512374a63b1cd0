package org.attune.app.ui

import android.content.ActivityNotFoundException
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.SaveCopyEvent
import org.attune.app.model.SaveCopyState

/** *Save a copy*: a locked one first, and one that anybody can read. The phone's own picker asks where to put it. */
@Composable
fun SaveCopyContent(state: SaveCopyState, onEvent: (SaveCopyEvent) -> Unit) {
    val frame = LocalFrame.current
    val phrase = rememberSecret()
    val again = rememberSecret()
    var trouble by remember { mutableStateOf<Int?>(null) }
    val sealed = rememberLauncherForActivityResult(ActivityResultContracts.CreateDocument(SEALED_TYPE)) { place ->
        when {
            place == null -> Unit
            // The screen was made anew while the place was picked, and what was typed is gone.
            phrase.isEmpty -> trouble = R.string.copy_not_saved
            else -> onEvent(SaveCopyEvent.Sealed(place.toString(), phrase.chars()))
        }
    }
    val readable = rememberLauncherForActivityResult(ActivityResultContracts.CreateDocument(READABLE_TYPE)) { place ->
        if (place != null) onEvent(SaveCopyEvent.Readable(place.toString()))
    }
    LaunchedEffect(state) {
        if (state.ready && !phrase.isEmpty) trouble = sealed.orTrouble(frame, SEALED_NAME)
        if (state.saved) {
            phrase.wipe()
            again.wipe()
        }
    }
    Page(stringResource(R.string.copy_title)) {
        Said {
            when {
                state.busy -> Line(stringResource(R.string.copy_working))
                state.saved -> Line(stringResource(R.string.copy_saved))
                state.failed -> Line(stringResource(R.string.copy_not_saved))
            }
            trouble?.let { Line(stringResource(it)) }
        }
        Sealed(state, phrase, again) {
            trouble = null
            onEvent(SaveCopyEvent.Check(phrase.chars(), again.chars()))
        }
        Part(stringResource(R.string.copy_readable))
        Line(stringResource(R.string.copy_readable_sub))
        AskingButton(
            stringResource(R.string.copy_readable_save), stringResource(R.string.copy_readable_ask),
            stringResource(R.string.copy_readable_save), { trouble = readable.orTrouble(frame, READABLE_NAME) }, enabled = !state.busy,
        )
        Sub(stringResource(R.string.copy_elsewhere))
    }
}

@Composable
private fun Sealed(state: SaveCopyState, phrase: Secret, again: Secret, onSave: () -> Unit) {
    var shown by remember { mutableStateOf(false) }
    val ready = !state.busy && !phrase.isEmpty && !again.isEmpty
    Part(stringResource(R.string.copy_sealed))
    Line(stringResource(R.string.copy_sealed_sub))
    Line(stringResource(R.string.copy_sealed_lost))
    SecretField(phrase, stringResource(R.string.copy_passphrase), shown, enabled = !state.busy, last = false)
    SecretField(again, stringResource(R.string.copy_passphrase_again), shown, enabled = !state.busy, onDone = { if (ready) onSave() })
    Said {
        if (state.short) Line(stringResource(R.string.copy_passphrase_short))
        if (state.differs) Line(stringResource(R.string.copy_differs))
    }
    SwitchLine(stringResource(R.string.set_code_see), null, shown, { shown = it })
    Sub(stringResource(R.string.copy_where))
    MainButton(stringResource(R.string.copy_sealed_save), onSave, enabled = ready)
}

/** Asks for a document; a device may have nothing that can. */
internal fun <I> ActivityResultLauncher<I>.orTrouble(frame: Frame, input: I): Int? = try {
    frame.onLeaves()
    launch(input)
    null
} catch (_: ActivityNotFoundException) {
    R.string.fail_no_app
}

// Names that say nothing of the app: others may see them where the file lies.
private const val SEALED_NAME = "copy.bin"
private const val READABLE_NAME = "copy.json"
private const val SEALED_TYPE = "application/octet-stream"
private const val READABLE_TYPE = "application/json"
