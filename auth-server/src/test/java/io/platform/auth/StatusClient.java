package io.platform.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A client to a server of which only the status matters. */
final class StatusClient implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  StatusClient(String url) {
    this.url = url;
  }

  int status(String path) {
    try {
      return client
          .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
