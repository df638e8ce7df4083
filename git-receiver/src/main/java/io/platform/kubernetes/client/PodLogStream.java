package io.platform.kubernetes.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Follows the log of a container. The client's own {@code watchLog} passes on what the API server
 * says of an error as if the container had written it, and waits for the answer, which comes with
 * the first line, so that no interrupt ends it.
 */
public final class PodLogStream {
  private static final int LONGEST_ERROR = 64 << 10;

  private PodLogStream() {}

  /**
   * What there is, and what comes, until the container ends. Returns with the first line.
   *
   * @param timestamps whether each line begins with its time
   * @param since no line from before; Kubernetes reads whole seconds
   * @throws KubernetesClientException where the API server refuses it, or does not answer
   */
  public static InputStream follow(
      KubernetesClient client,
      String namespace,
      String pod,
      String container,
      boolean timestamps,
      Optional<Instant> since)
      throws IOException, InterruptedException {
    String from =
        since
            .map(it -> Instant.ofEpochSecond(it.getEpochSecond()).toString())
            .map(it -> "&sinceTime=" + URLEncoder.encode(it, UTF_8))
            .orElse("");
    URI uri =
        URI.create(
            "%s/api/v1/namespaces/%s/pods/%s/log?follow=true&container=%s&timestamps=%b%s"
                .formatted(
                    client.getMasterUrl().toString().replaceAll("/+$", ""),
                    namespace,
                    pod,
                    container,
                    timestamps,
                    from));
    HttpClient http = client.getHttpClient();
    HttpResponse<InputStream> answer =
        answer(http.sendAsync(http.newHttpRequestBuilder().uri(uri).build(), InputStream.class));
    if (!answer.isSuccessful()) {
      throw refused(client, answer);
    }
    return answer.body();
  }

  private static HttpResponse<InputStream> answer(
      CompletableFuture<HttpResponse<InputStream>> asked) throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw new KubernetesClientException("the log cannot be asked for", e.getCause());
    } catch (InterruptedException e) {
      CompletableFuture<Void> _ = asked.thenAccept(late -> close(late.body()));
      asked.cancel(true);
      throw e;
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Nobody reads it.
    }
  }

  private static KubernetesClientException refused(
      KubernetesClient client, HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      String text = new String(body.readNBytes(LONGEST_ERROR), UTF_8);
      return new KubernetesClientException(
          "the log was refused", answer.code(), status(client, answer.code(), text));
    }
  }

  private static Status status(KubernetesClient client, int code, String text) {
    try {
      Status status = client.getKubernetesSerialization().unmarshal(text, Status.class);
      if (status != null && status.getMessage() != null) {
        return status;
      }
    } catch (RuntimeException e) {
      // What is between it and the platform has answered.
    }
    return new StatusBuilder().withCode(code).withMessage("HTTP status " + code).build();
  }
}
