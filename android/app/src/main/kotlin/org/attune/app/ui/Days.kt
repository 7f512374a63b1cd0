package org.attune.app.ui

import android.icu.text.DateFormat
import android.icu.util.TimeZone
import androidx.compose.runtime.Composable
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.LocalContext
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.YearMonth
import java.time.ZoneId
import java.time.ZoneOffset
import java.util.Date
import java.util.Locale
import org.attune.Misattunement
import org.attune.markedAtLocal

/** The day on which the screen is drawn, by the phone's clock. */
val LocalToday = compositionLocalOf<LocalDate> { LocalDate.now() }

/** A day in the language's own way, such as "Friday, March 6"; with its year if that is not this one. */
@Composable
fun LocalDate.text(): String = written(atStartOfDay(), if (year == LocalToday.current.year) "EEEEMMMMd" else "yMMMMd")

/** The day of a point in time, where the phone is. */
@Composable
fun Instant.dayText(): String = atZone(ZoneId.systemDefault()).toLocalDate().text()

/** When a moment was marked, where the phone was then: the day and the time. */
@Composable
fun Misattunement.markedText(): String {
    val at = markedAtLocal.toLocalDateTime()
    val time = if (android.text.format.DateFormat.is24HourFormat(LocalContext.current)) "Hm" else "hm"
    return written(at, (if (at.year == LocalToday.current.year) "EEEEMMMMd" else "yMMMMd") + time)
}

/** A month, such as "March 2026". */
@Composable
fun YearMonth.text(): String = written(atDay(1).atStartOfDay(), "yMMMM")

/** The language in which the screen is drawn. */
@Composable
fun locale(): Locale = LocalConfiguration.current.locales[0]

@Composable
private fun written(at: LocalDateTime, parts: String): String {
    val format = DateFormat.getInstanceForSkeleton(parts, locale())
    format.timeZone = TimeZone.GMT_ZONE
    return format.format(Date.from(at.toInstant(ZoneOffset.UTC)))
}
