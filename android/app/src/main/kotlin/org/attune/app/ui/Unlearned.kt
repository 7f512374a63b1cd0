@file:OptIn(ExperimentalComposeUiApi::class)

package org.attune.app.ui

import android.view.inputmethod.EditorInfo
import androidx.compose.runtime.Composable
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.platform.InterceptPlatformTextInput
import androidx.compose.ui.platform.PlatformTextInputInterceptor
import androidx.compose.ui.platform.PlatformTextInputMethodRequest

/** Every field in [content], of dialogs too, asks the keyboard to learn nothing and to show no screen of its own in landscape. */
@Composable
fun Unlearned(content: @Composable () -> Unit) {
    InterceptPlatformTextInput(UNLEARNING, content)
}

private val UNLEARNING = PlatformTextInputInterceptor { request, next ->
    next.startInputMethod(
        PlatformTextInputMethodRequest { info ->
            // The field first: it sets the options anew.
            request.createInputConnection(info).also { info.unlearn() }
        },
    )
}

private fun EditorInfo.unlearn() {
    imeOptions = imeOptions or EditorInfo.IME_FLAG_NO_PERSONALIZED_LEARNING or EditorInfo.IME_FLAG_NO_EXTRACT_UI
}
