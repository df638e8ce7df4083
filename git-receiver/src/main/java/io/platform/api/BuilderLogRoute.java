package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.service.BuilderAccess;
import io.platform.service.BuilderLogService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/**
 * {@code POST /api/v1/builds/{id}/log?offset=N}: a builder's own stream of lines, each stored once.
 */
final class BuilderLogRoute implements RouteGroup {
  static final String PATH = BuilderRoutes.BUILD + "/log";

  /** Of one request; the builder sends at most 256 KiB. */
  private static final int MAX_BYTES = 1 << 20;

  private final BuilderAccess access;
  private final BuilderLogService logs;

  BuilderLogRoute(BuilderAccess access, BuilderLogService logs) {
    this.access = access;
    this.logs = logs;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.post(PATH, this::append);
  }

  private void append(Context ctx) throws IOException {
    BuilderAccess.Builder builder = BuilderRoutes.builder(access, ctx);
    long offset = QueryParameters.number(ctx, "offset", 0, 0, Long.MAX_VALUE);
    byte[] lines = Bodies.read(ctx, MAX_BYTES);
    check(lines);
    Json.answer(ctx, 200, Map.of("offset", logs.append(builder, offset, lines)));
  }

  private static void check(byte[] lines) {
    if (lines.length > 0 && lines[lines.length - 1] != '\n') {
      throw new Problem(400, "The last line has no line feed: send whole lines.");
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(lines));
    } catch (CharacterCodingException e) {
      throw new Problem(400, "The lines are not UTF-8.");
    }
  }
}
