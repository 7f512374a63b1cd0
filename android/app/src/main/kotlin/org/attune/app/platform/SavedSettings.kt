package org.attune.app.platform

import android.content.Context
import org.attune.app.model.AutoLock
import org.attune.app.model.Look
import org.attune.app.model.Settings
import org.attune.app.model.SettingsStore

/** The settings in a file of the app's own, which no backup takes. What cannot be read is as on the first day. */
internal class SavedSettings(private val context: Context) : SettingsStore {
    private val kept get() = context.getSharedPreferences(NAME, Context.MODE_PRIVATE)

    override fun read(): Settings {
        val first = Settings()
        return Settings(
            autoLock = named(AUTO_LOCK, AutoLock.entries, first.autoLock),
            screenshots = kept.all[SCREENSHOTS] as? Boolean ?: first.screenshots,
            notifications = kept.all[NOTIFICATIONS] as? Boolean ?: first.notifications,
            look = named(LOOK, Look.entries, first.look),
            country = kept.all[COUNTRY] as? String,
        )
    }

    override fun write(settings: Settings) = kept.edit()
        .putString(AUTO_LOCK, settings.autoLock.name)
        .putBoolean(SCREENSHOTS, settings.screenshots)
        .putBoolean(NOTIFICATIONS, settings.notifications)
        .putString(LOOK, settings.look.name)
        .putString(COUNTRY, settings.country)
        .apply()

    override fun erase() {
        // After whatever is still on its way to the disk: that would make the file anew.
        kept.edit().clear().commit()
        context.deleteSharedPreferences(NAME)
    }

    private fun <E : Enum<E>> named(key: String, entries: List<E>, otherwise: E): E =
        entries.firstOrNull { it.name == kept.all[key] } ?: otherwise

    private companion object {
        const val NAME = "settings"
        const val AUTO_LOCK = "auto_lock"
        const val SCREENSHOTS = "screenshots"
        const val NOTIFICATIONS = "notifications"
        const val LOOK = "look"
        const val COUNTRY = "country"
    }
}
