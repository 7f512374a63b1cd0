package org.attune.trial

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import kotlinx.coroutines.future.await
import org.attune.Answer
import org.attune.Transport

/** The JVM's own HTTP client. */
internal object HttpTransport : Transport {
    private val client: HttpClient =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    override suspend fun post(url: String, body: ByteArray): Answer {
        val request = HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build()
        val response = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).await()
        return Answer(response.statusCode(), response.body())
    }
}
