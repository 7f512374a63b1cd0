package org.attune.app.ui

import android.app.UiModeManager
import android.content.Context
import android.os.Build
import android.provider.Settings
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.LineBreak
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/** Which colours are drawn. */
enum class Look { LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST }

/** Every pair of a text's colour and the one behind it is at least 4.5 to 1, which a test works out. There is no red. */
fun colours(look: Look): ColorScheme = when (look) {
    Look.LIGHT -> of(dark = false, PAPER, INK, Tone(0xFF1F5C56, 0xFFFFFFFF, 0xFFDCEBE7, 0xFF103B37), Soft(0xFFF1EFE9, 0xFF4B5856, 0xFF75827F))
    Look.DARK -> of(dark = true, NIGHT, MIST, Tone(0xFF94D2C7, 0xFF0B2B28, 0xFF1F403C, 0xFFCFE9E3), Soft(0xFF1F2524, 0xFFB9C3C0, 0xFF84918E))
    Look.LIGHT_CONTRAST -> of(dark = false, 0xFFFFFFFF, 0xFF000000, Tone(0xFF00332F, 0xFFFFFFFF, 0xFFD0E6E1, 0xFF001A18), Soft(0xFFF2F2F2, 0xFF1E2625, 0xFF2F3A38))
    Look.DARK_CONTRAST -> of(dark = true, 0xFF000000, 0xFFFFFFFF, Tone(0xFFB6F0E5, 0xFF000000, 0xFF123430, 0xFFE8FFFA), Soft(0xFF101313, 0xFFE6ECEA, 0xFFCAD3D1))
}

/** The app's colours, type and shapes. */
@Composable
fun AttuneTheme(look: Look = lookNow(), content: @Composable () -> Unit) {
    MaterialTheme(colours(look), shapes = SHAPES, typography = TYPE, content = content)
}

/** As the phone is set: dark or light, with more contrast where the person asked for that. */
@Composable
private fun lookNow(): Look {
    val contrast = wantsContrast(LocalContext.current)
    return if (isSystemInDarkTheme()) {
        if (contrast) Look.DARK_CONTRAST else Look.DARK
    } else {
        if (contrast) Look.LIGHT_CONTRAST else Look.LIGHT
    }
}

private fun wantsContrast(context: Context): Boolean {
    val set = Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE &&
        context.getSystemService(UiModeManager::class.java).contrast > 0f
    // Before Android 14, and beside it, there is a switch for texts alone. It has no public name.
    return set || Settings.Secure.getInt(context.contentResolver, "high_text_contrast_enabled", 0) == 1
}

private const val PAPER = 0xFFFBFAF7
private const val INK = 0xFF1E2A28
private const val NIGHT = 0xFF141918
private const val MIST = 0xFFE5E9E7

/** What can be pressed: plain, what is on it, the quiet form, what is on that. */
private class Tone(val plain: Long, val on: Long, val quiet: Long, val onQuiet: Long)

/** What lies on the background, a second line's text, and lines. */
private class Soft(val surface: Long, val text: Long, val line: Long)

private fun of(dark: Boolean, back: Long, text: Long, tone: Tone, soft: Soft): ColorScheme {
    val scheme = if (dark) darkColorScheme() else lightColorScheme()
    return scheme.copy(
        primary = Color(tone.plain), onPrimary = Color(tone.on),
        primaryContainer = Color(tone.quiet), onPrimaryContainer = Color(tone.onQuiet),
        secondary = Color(tone.plain), onSecondary = Color(tone.on),
        secondaryContainer = Color(tone.quiet), onSecondaryContainer = Color(tone.onQuiet),
        tertiary = Color(tone.plain), onTertiary = Color(tone.on),
        tertiaryContainer = Color(tone.quiet), onTertiaryContainer = Color(tone.onQuiet),
        background = Color(back), onBackground = Color(text),
        surface = Color(back), onSurface = Color(text),
        surfaceVariant = Color(soft.surface), onSurfaceVariant = Color(soft.text),
        surfaceTint = Color(back), inverseSurface = Color(text), inverseOnSurface = Color(back),
        inversePrimary = Color(tone.quiet),
        surfaceBright = Color(back), surfaceDim = Color(soft.surface),
        surfaceContainerLowest = Color(back), surfaceContainerLow = Color(soft.surface), surfaceContainer = Color(soft.surface),
        surfaceContainerHigh = Color(soft.surface), surfaceContainerHighest = Color(soft.surface),
        outline = Color(soft.line), outlineVariant = Color(soft.line),
        // Nothing here is alarming: what did not work is said in words, in the text's own colour.
        error = Color(text), onError = Color(back), errorContainer = Color(soft.surface), onErrorContainer = Color(text),
    )
}

private val SHAPES = Shapes(
    extraSmall = RoundedCornerShape(6.dp),
    small = RoundedCornerShape(10.dp),
    medium = RoundedCornerShape(14.dp),
    large = RoundedCornerShape(20.dp),
    extraLarge = RoundedCornerShape(28.dp),
)

private fun style(size: Int, line: Int, weight: FontWeight = FontWeight.Normal) = TextStyle(
    fontFamily = FontFamily.Default,
    fontWeight = weight,
    fontSize = size.sp,
    lineHeight = line.sp,
    lineBreak = LineBreak.Paragraph,
    // Own words may be in any script, whatever the app's language is.
    textDirection = TextDirection.Content,
)

private val TYPE = Typography(
    headlineMedium = style(26, 33, FontWeight.Medium),
    headlineSmall = style(22, 29, FontWeight.Medium),
    titleLarge = style(20, 27, FontWeight.Medium),
    titleMedium = style(17, 24, FontWeight.Medium),
    bodyLarge = style(17, 25),
    bodyMedium = style(15, 22),
    labelLarge = style(17, 23, FontWeight.Medium),
)
