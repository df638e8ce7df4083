package io.platform.slug.site;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.platform.commons.http.header.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers GET and HEAD from files, with what caches and downloads need: validators, conditions, one
 * range.
 */
final class SiteHandler implements HttpHandler {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Pattern LEADING_SLASHES = Pattern.compile("^/+");

  private final SiteFiles files;

  /** Serves what is in {@code root}, a real path. */
  SiteHandler(Path root) {
    this.files = new SiteFiles(root);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        text(exchange, 405, "Only GET and HEAD are answered here.\n");
        return;
      }
      switch (files.find(String.valueOf(exchange.getRequestURI().getPath()))) {
        case SiteFiles.Page page -> send(exchange, page.file());
        case SiteFiles.NeedsSlash directory -> redirect(exchange);
        case SiteFiles.Nothing nothing -> notFound(exchange);
      }
    }
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    // Two slashes at the start would be another host's name.
    String location = LEADING_SLASHES.matcher(path).replaceFirst("/") + "/";
    exchange
        .getResponseHeaders()
        .set("Location", query == null ? location : location + "?" + query);
    exchange.sendResponseHeaders(301, -1);
  }

  private void notFound(HttpExchange exchange) throws IOException {
    Optional<Path> found = files.notFoundPage();
    if (found.isEmpty()) {
      text(exchange, 404, "There is no such page.\n");
      return;
    }
    Path page = found.get();
    long size = Files.size(page);
    exchange.getResponseHeaders().set("Content-Type", MediaTypes.of("404.html"));
    body(exchange, 404, page, ByteRange.whole(size));
  }

  private static void send(HttpExchange exchange, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Instant modified = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
    long size = attributes.size();
    String tag =
        '"' + Long.toHexString(modified.getEpochSecond()) + '-' + Long.toHexString(size) + '"';
    Headers answer = exchange.getResponseHeaders();
    answer.set("ETag", tag);
    answer.set("Last-Modified", HTTP_DATE.format(modified));
    answer.set("Cache-Control", "public, max-age=0, must-revalidate");
    answer.set("Accept-Ranges", "bytes");
    Headers asked = exchange.getRequestHeaders();
    if (isCurrent(asked, tag, modified)) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    answer.set("Content-Type", MediaTypes.of(String.valueOf(file.getFileName())));
    Optional<ByteRange> range = range(asked, exchange.getRequestMethod(), tag, modified, size);
    if (range.isEmpty()) {
      body(exchange, 200, file, ByteRange.whole(size));
      return;
    }
    ByteRange part = range.get();
    answer.set("Content-Range", part.contentRange(size));
    if (part.isSatisfiable()) {
      body(exchange, 206, file, part);
    } else {
      exchange.sendResponseHeaders(416, -1);
    }
  }

  /** RFC 9110, 13.2.2: If-None-Match, and only without it If-Modified-Since. */
  private static boolean isCurrent(Headers asked, String tag, Instant modified) {
    String tags = asked.getFirst("If-None-Match");
    if (tags != null) {
      for (String one : tags.split(",", -1)) {
        String stripped = one.strip();
        if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
          return true;
        }
      }
      return false;
    }
    return date(asked.getFirst("If-Modified-Since"))
        .filter(since -> !modified.isAfter(since))
        .isPresent();
  }

  private static Optional<ByteRange> range(
      Headers asked, String method, String tag, Instant modified, long size) {
    String range = asked.getFirst("Range");
    if (range == null || !method.equals("GET")) {
      return Optional.empty();
    }
    String condition = asked.getFirst("If-Range");
    boolean holds =
        condition == null
            || condition.strip().equals(tag)
            || date(condition).filter(modified::equals).isPresent();
    return holds ? ByteRange.parse(range, size) : Optional.empty();
  }

  private static Optional<Instant> date(@org.jspecify.annotations.Nullable String field) {
    if (field == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(HTTP_DATE.parse(field.strip())));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static void body(HttpExchange exchange, int status, Path file, ByteRange part)
      throws IOException {
    if (exchange.getRequestMethod().equals("HEAD") || part.length() == 0) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(part.length()));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    try (FileChannel in = FileChannel.open(file)) {
      exchange.sendResponseHeaders(status, part.length());
      OutputStream stream = exchange.getResponseBody();
      WritableByteChannel out = Channels.newChannel(stream);
      long position = part.first();
      while (position <= part.last()) {
        long sent = in.transferTo(position, part.last() + 1 - position, out);
        if (sent == 0) {
          throw new EOFException("the file became shorter while it was sent");
        }
        position += sent;
      }
    }
  }

  private static void text(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
