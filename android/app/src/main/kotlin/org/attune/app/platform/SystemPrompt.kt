package org.attune.app.platform

import android.app.KeyguardManager
import android.content.Context
import android.content.pm.PackageManager
import android.hardware.biometrics.BiometricManager
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import javax.crypto.Cipher
import kotlin.coroutines.resume
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.attune.app.R

/** The system's own prompt for a finger or a face, over the activity that is in front. */
internal class SystemPrompt(private val front: Front) : FingerPrompt {
    override suspend fun ask(cipher: Cipher, toOpen: Boolean): Cipher? {
        val activity = front.activity ?: return null
        return suspendCancellableCoroutine { waiting ->
            val signal = CancellationSignal()
            val code = if (toOpen) R.string.open_touch_code else R.string.button_not_now
            waiting.invokeOnCancellation { signal.cancel() }
            BiometricPrompt.Builder(activity)
                .setTitle(activity.getString(if (toOpen) R.string.open_touch_title else R.string.set_touch))
                .setNegativeButton(activity.getString(code), activity.mainExecutor) { _, _ -> waiting.give(null) }
                .build()
                .authenticate(BiometricPrompt.CryptoObject(cipher), signal, activity.mainExecutor, Answers(waiting))
        }
    }

    private class Answers(private val waiting: CancellableContinuation<Cipher?>) : BiometricPrompt.AuthenticationCallback() {
        override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) =
            waiting.give(result.cryptoObject?.cipher)

        override fun onAuthenticationError(errorCode: Int, errString: CharSequence?) = waiting.give(null)
        // A finger that was not recognised is no answer: the prompt asks again.
    }

    companion object {
        private fun CancellableContinuation<Cipher?>.give(cipher: Cipher?) {
            if (isActive) resume(cipher)
        }

        /** Whether the device has a reader that may hold a key, and somebody is enrolled. */
        fun isEnrolled(context: Context): Boolean = when {
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.R ->
                context.getSystemService(BiometricManager::class.java)
                    ?.canAuthenticate(BiometricManager.Authenticators.BIOMETRIC_STRONG) == BiometricManager.BIOMETRIC_SUCCESS
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q -> enrolledOnTen(context)
            // Whether somebody is enrolled shows when the key is made, which then fails.
            else -> context.packageManager.hasSystemFeature(PackageManager.FEATURE_FINGERPRINT) &&
                context.getSystemService(KeyguardManager::class.java).isDeviceSecure
        }

        @Suppress("DEPRECATION") // Android 10 has no other way to ask.
        private fun enrolledOnTen(context: Context): Boolean =
            context.getSystemService(BiometricManager::class.java)?.canAuthenticate() == BiometricManager.BIOMETRIC_SUCCESS
    }
}
