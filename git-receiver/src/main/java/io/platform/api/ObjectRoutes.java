package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.commons.disk.DiskFault;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Problem;
import io.platform.commons.http.header.ByteRange;
import io.platform.commons.http.header.ReprDigest;
import io.platform.storage.ObjectInfo;
import io.platform.storage.directory.SignedObjects;
import io.platform.storage.directory.SignedObjects.Answer;
import io.platform.storage.signed.SignedUrls;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signed URLs of a store that has no web server of its own: content passes through, in pieces,
 * both ways.
 */
final class ObjectRoutes implements RouteGroup {
  static final String OBJECT = SignedUrls.PATH + "<key>";

  private static final Logger LOG = LoggerFactory.getLogger(ObjectRoutes.class);
  private static final int PIECE = 64 * 1024;

  private final SignedObjects objects;

  ObjectRoutes(SignedObjects objects) {
    this.objects = objects;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(OBJECT, this::get);
    routes.head(OBJECT, this::get);
    routes.put(OBJECT, this::put);
  }

  private void get(Context ctx) throws IOException {
    ObjectInfo object = found(objects.get(ctx.pathParam("key"), query(ctx)));
    HttpServletResponse response = ctx.res();
    response.setContentType("application/octet-stream");
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(ReprDigest.FIELD, ReprDigest.ofHex(object.sha256Hex()));
    Optional<ByteRange> range =
        Optional.ofNullable(ctx.header("Range"))
            .flatMap(field -> ByteRange.parse(field, object.size()));
    ByteRange part = range.orElse(ByteRange.whole(object.size()));
    if (range.isPresent()) {
      String contentRange = part.contentRange(object.size());
      if (!part.isSatisfiable()) {
        throw new Problem(416, "The object has %d bytes.".formatted(object.size()))
            .header("Content-Range", contentRange);
      }
      response.setHeader("Content-Range", contentRange);
    }
    response.setStatus(range.isPresent() ? 206 : 200);
    response.setContentLengthLong(part.length());
    if (!ctx.req().getMethod().equals("HEAD")) {
      try (InputStream in = objects.open(object, part.first())) {
        copy(in, Bodies.answer(ctx), part.length());
      }
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] piece = new byte[PIECE];
    for (long left = length; left > 0; ) {
      int n = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (n < 0) {
        throw new IOException("the object ended %d bytes early".formatted(left));
      }
      out.write(piece, 0, n);
      left -= n;
    }
  }

  private void put(Context ctx) throws IOException {
    try {
      found(Bodies.stream(ctx, body -> objects.put(ctx.pathParam("key"), query(ctx), body)));
    } catch (IOException e) {
      if (DiskFault.FULL.caused(e)) {
        LOG.error("an object was not stored, because the disk is full", e);
        throw new Problem(507, "The object store is full.");
      }
      throw e;
    }
    ctx.status(201);
  }

  private static ObjectInfo found(Answer answer) {
    return switch (answer) {
      case Answer.Found(ObjectInfo object) -> object;
      case Answer.Expired() -> throw new Problem(403, "This URL has expired: ask for a new one.");
      case Answer.Forged() ->
          throw new Problem(403, "This URL's signature is not for this request.");
      case Answer.Missing() -> throw Problem.notFound("There is no such object.");
      case Answer.Mismatch(String sentence) -> throw new Problem(422, sentence);
    };
  }

  private static Map<String, String> query(Context ctx) {
    return ctx.queryParamMap().entrySet().stream()
        .filter(parameter -> parameter.getValue().size() == 1)
        .collect(Collectors.toMap(Map.Entry::getKey, parameter -> parameter.getValue().getFirst()));
  }
}
