package io.platform.receiver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Requests as git sends them, by hand. */
final class RawGit implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final TestReceiver receiver;
  private final String token;

  RawGit(TestReceiver receiver, String token) {
    this.receiver = receiver;
    this.token = token;
  }

  HttpRequest.Builder request(String path) {
    String credentials =
        Base64.getEncoder().encodeToString(("git:" + token).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d%s".formatted(receiver.port(), path)))
        .header("Authorization", "Basic " + credentials);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  HttpResponse<String> push(String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path + "/git-receive-pack")
            .header("Content-Type", "application/x-git-receive-pack-request")
            .POST(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  /** A push that creates a ref, and the pack of all that the commit leads to. */
  static byte[] body(Git git, String ref, String commit) throws IOException {
    String command =
        "%s %s %s\0 report-status side-band-64k agent=test\n"
            .formatted("0".repeat(40), commit, ref);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "%04x%s0000".formatted(command.length() + 4, command).getBytes(StandardCharsets.UTF_8));
    git.write("../revisions", commit + "\n");
    Process pack =
        new ProcessBuilder("git", "pack-objects", "--revs", "--stdout", "-q")
            .directory(git.directory().toFile())
            .redirectInput(git.directory().resolve("../revisions").toFile())
            .start();
    body.writeBytes(pack.getInputStream().readAllBytes());
    return body.toByteArray();
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  static BodyPublisher bytes(byte[] body) {
    return BodyPublishers.ofByteArray(body);
  }

  @Override
  public void close() {
    http.close();
  }
}
