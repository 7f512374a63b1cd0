package org.attune.app.ui

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.TextObfuscationMode
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedSecureTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextFieldLabelPosition
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType

/**
 * A code or a pass phrase while it is typed. It is in no saved state, and is overwritten when its screen is left. Copies that Compose
 * and the keyboard make of it are theirs to let go.
 */
@Stable
class Secret {
    internal val typed = TextFieldState()

    /** Nothing is typed. */
    val isEmpty: Boolean get() = typed.text.isEmpty()

    /** A copy, for whoever overwrites it after use. */
    fun chars(): CharArray = typed.text.let { text -> CharArray(text.length) { text[it] } }

    /** Overwrites it. */
    fun wipe() {
        typed.edit {
            replace(0, length, "\u0000".repeat(length))
            replace(0, length, "")
        }
    }

    /** The type's name, and nothing of what it holds. */
    override fun toString(): String = "Secret"
}

/** One for this screen, overwritten when the screen is left. */
@Composable
fun rememberSecret(): Secret {
    val secret = remember { Secret() }
    DisposableEffect(secret) { onDispose(secret::wipe) }
    return secret
}

/** Where a code or a pass phrase is typed: covered unless [shown], and never copied from. */
@Composable
fun SecretField(
    secret: Secret,
    label: String,
    shown: Boolean,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    last: Boolean = true,
    onDone: () -> Unit = {},
) {
    OutlinedSecureTextField(
        secret.typed, modifier.fillMaxWidth(), enabled,
        // Above: a long label in large letters would lie over the field.
        labelPosition = TextFieldLabelPosition.Above(),
        label = { Text(label, style = MaterialTheme.typography.bodyMedium) },
        textObfuscationMode = if (shown) TextObfuscationMode.Visible else TextObfuscationMode.Hidden,
        keyboardOptions = KeyboardOptions(
            autoCorrectEnabled = false,
            keyboardType = KeyboardType.Password,
            imeAction = if (last) ImeAction.Done else ImeAction.Next,
        ),
        onKeyboardAction = { standard ->
            standard()
            if (last) onDone()
        },
        shape = MaterialTheme.shapes.medium,
    )
}
