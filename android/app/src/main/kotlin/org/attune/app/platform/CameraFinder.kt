package org.attune.app.platform

import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager
import android.graphics.ImageFormat
import android.graphics.Matrix
import android.graphics.RectF
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.hardware.camera2.params.OutputConfiguration
import android.hardware.camera2.params.SessionConfiguration
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.util.Size
import android.view.Surface
import android.view.TextureView
import android.view.View
import java.util.concurrent.Executor
import kotlin.math.abs
import kotlin.math.max
import org.attune.app.model.Viewfinder

/** The device's camera, through Camera2. */
internal class CameraFinder(private val context: Context) : Viewfinder {
    override val isThere: Boolean get() = context.packageManager.hasSystemFeature(PackageManager.FEATURE_CAMERA_ANY)

    override fun open(context: Context, read: (String) -> Unit, failed: () -> Unit): View = CameraView(context, read, failed)
}

/** Shows what the camera sees while it is on the screen, and reads codes in it. */
private class CameraView(context: Context, private val found: (String) -> Unit, private val failed: () -> Unit) : TextureView(context) {
    private var seeing: Seeing? = null
    private var last: String? = null

    init {
        surfaceTextureListener = object : SurfaceTextureListener {
            override fun onSurfaceTextureAvailable(surface: SurfaceTexture, width: Int, height: Int) = begin()
            override fun onSurfaceTextureSizeChanged(surface: SurfaceTexture, width: Int, height: Int) = turn()
            override fun onSurfaceTextureUpdated(surface: SurfaceTexture) = Unit

            override fun onSurfaceTextureDestroyed(surface: SurfaceTexture): Boolean {
                end()
                return true
            }
        }
    }

    /** While another app is in front, the camera is not this app's. */
    override fun onWindowVisibilityChanged(visibility: Int) {
        super.onWindowVisibilityChanged(visibility)
        if (visibility == VISIBLE) begin() else end()
    }

    override fun onDetachedFromWindow() {
        end()
        super.onDetachedFromWindow()
    }

    private fun begin() {
        val texture = surfaceTexture ?: return
        if (seeing != null || windowVisibility != VISIBLE) return
        val camera = Camera.best(context)
        if (camera == null) {
            post(failed)
            return
        }
        texture.setDefaultBufferSize(camera.size.width, camera.size.height)
        seeing = Seeing(camera, Surface(texture), { post { told(it) } }, { post { gaveUp() } }).also { it.begin(context) }
        turn()
    }

    private fun told(text: String) {
        if (seeing == null || text == last) return
        last = text
        found(text)
    }

    private fun gaveUp() {
        if (seeing == null) return
        end()
        failed()
    }

    private fun end() {
        seeing?.end()
        seeing = null
        last = null
    }

    private fun turn() {
        val size = seeing?.camera?.size ?: return
        setTransform(fitting(width, height, size, display?.rotation ?: Surface.ROTATION_0))
    }
}

/** A camera, and the size of the pictures that are asked of it. */
private class Camera(val id: String, val size: Size) {
    companion object {
        /** Enough for a code, and little to look through. */
        private val WANTED = Size(1280, 720)

        /** The one at the back, else any; null if there is none. */
        fun best(context: Context): Camera? = try {
            val cameras = context.getSystemService(CameraManager::class.java)
            val all = cameras.cameraIdList.map { it to cameras.getCameraCharacteristics(it) }
            val (id, traits) = all.firstOrNull { (_, traits) ->
                traits[CameraCharacteristics.LENS_FACING] == CameraCharacteristics.LENS_FACING_BACK
            } ?: all.first()
            val sizes = traits[CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP]?.getOutputSizes(ImageFormat.YUV_420_888)
            sizes?.minByOrNull { abs(it.width * it.height - WANTED.width * WANTED.height) }?.let { Camera(id, it) }
        } catch (_: CameraAccessException) {
            null
        } catch (_: NoSuchElementException) {
            null
        } catch (_: RuntimeException) {
            // Makers' own camera services throw what they like.
            null
        }
    }
}

/** One time that the camera is open. Begun and ended on the main thread; the camera's own work is on a thread of its own. */
private class Seeing(
    val camera: Camera,
    private val shown: Surface,
    private val found: (String) -> Unit,
    private val failed: () -> Unit,
) {
    private val thread = HandlerThread("camera").apply { start() }
    private val handler = Handler(thread.looper)
    private val reader = CodeReader()
    private val frames = ImageReader.newInstance(camera.size.width, camera.size.height, ImageFormat.YUV_420_888, 2)
    private var device: CameraDevice? = null
    private var opening = false
    private var ended = false

    /** Refused without the permission, which then counts as a camera that cannot be had. */
    @SuppressLint("MissingPermission")
    fun begin(context: Context) {
        frames.setOnImageAvailableListener({ look() }, handler)
        handler.post {
            trying {
                context.getSystemService(CameraManager::class.java).openCamera(camera.id, Opening(), handler)
                opening = true
            }
        }
    }

    /** The camera is let go of, and what it saw is overwritten. */
    fun end() {
        handler.post {
            ended = true
            device?.close()
            frames.close()
            shown.release()
            reader.wipe()
            // A camera that is still to come is told here, and let go of then.
            if (!opening) thread.quitSafely()
        }
    }

    private fun look() {
        if (ended) return
        val text = try {
            frames.acquireLatestImage()?.use { reader.read(it.planes[0].buffer, it.planes[0].rowStride, it.width, it.height) }
        } catch (_: RuntimeException) {
            // A picture that is half there, or that the decoder stumbles over: the next one comes at once.
            null
        }
        if (text != null) found(text)
    }

    private fun trying(work: () -> Unit) = try {
        work()
    } catch (_: CameraAccessException) {
        failed()
    } catch (_: RuntimeException) {
        // No permission, a camera that was closed meanwhile, or a maker's own.
        failed()
    }

    private inner class Opening : CameraDevice.StateCallback() {
        override fun onOpened(opened: CameraDevice) {
            if (isOver(opened)) return
            device = opened
            val outputs = listOf(OutputConfiguration(shown), OutputConfiguration(frames.surface))
            val executor = Executor { handler.post(it) }
            trying { opened.createCaptureSession(SessionConfiguration(SessionConfiguration.SESSION_REGULAR, outputs, executor, Running(opened))) }
        }

        override fun onDisconnected(gone: CameraDevice) = lost(gone)

        override fun onError(gone: CameraDevice, error: Int) = lost(gone)

        private fun lost(gone: CameraDevice) {
            if (isOver(gone)) return
            gone.close()
            failed()
        }

        /** The first word of the camera came; where nobody waits for it any more, it is let go of. */
        private fun isOver(answered: CameraDevice): Boolean {
            opening = false
            if (!ended) return false
            answered.close()
            thread.quitSafely()
            return true
        }
    }

    private inner class Running(private val opened: CameraDevice) : CameraCaptureSession.StateCallback() {
        override fun onConfigured(session: CameraCaptureSession) {
            if (ended) return
            trying {
                val request = opened.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW).apply {
                    addTarget(shown)
                    addTarget(frames.surface)
                    set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
                }
                session.setRepeatingRequest(request.build(), null, handler)
            }
        }

        override fun onConfigureFailed(session: CameraCaptureSession) = failed()
    }
}

/**
 * What makes a picture of [size], which the view stretches to itself, fill it instead with its own proportions and upright. The
 * picture lies on its side while the display stands as the device was built.
 */
internal fun fitting(width: Int, height: Int, size: Size, rotation: Int): Matrix {
    val view = RectF(0f, 0f, width.toFloat(), height.toFloat())
    val upright = RectF(0f, 0f, size.height.toFloat(), size.width.toFloat())
    upright.offset(view.centerX() - upright.centerX(), view.centerY() - upright.centerY())
    val aside = rotation == Surface.ROTATION_90 || rotation == Surface.ROTATION_270
    val scale = if (aside) {
        max(view.height() / size.height, view.width() / size.width)
    } else {
        max(view.height() / size.width, view.width() / size.height)
    }
    val turned = when (rotation) {
        Surface.ROTATION_90 -> -90f
        Surface.ROTATION_180 -> 180f
        Surface.ROTATION_270 -> 90f
        else -> 0f
    }
    return Matrix().apply {
        setRectToRect(view, upright, Matrix.ScaleToFit.FILL)
        postScale(scale, scale, view.centerX(), view.centerY())
        postRotate(turned, view.centerX(), view.centerY())
    }
}
