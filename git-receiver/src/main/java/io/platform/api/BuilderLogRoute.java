package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.buildlog.BuilderLines;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.Stores;
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

  private final long mostBytes;
  private final Stores stores;
  private final BuilderAuthorizer authorizer;

  BuilderLogRoute(long mostBytes, Stores stores, BuilderAuthorizer authorizer) {
    this.mostBytes = mostBytes;
    this.stores = stores;
    this.authorizer = authorizer;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.post(PATH, this::append);
  }

  private void append(Context ctx) throws IOException {
    BuilderAuthorizer.Builder builder = authorizer.builder(ctx);
    long offset = QueryParameters.number(ctx, "offset", 0, 0, Long.MAX_VALUE);
    byte[] lines = Bodies.read(ctx, MAX_BYTES);
    check(lines);
    if (builder.build().logSize() > mostBytes) {
      BuildLogAppender.open(stores.log(), builder.build().id(), Source.API).full(mostBytes);
      Json.answer(ctx, 200, Map.of("offset", offset + lines.length));
      return;
    }
    try {
      Json.answer(
          ctx,
          200,
          Map.of(
              "offset",
              stores
                  .log()
                  .appendAt(
                      builder.build().id(),
                      builder.writer(),
                      offset,
                      lines.length,
                      BuilderLines.accept(lines))));
    } catch (BuildLogs.WrongOffset e) {
      throw new Problem(
              409, "This writer's next offset is %d, not %d.".formatted(e.right(), offset))
          .with("offset", e.right());
    } catch (BuildLogs.LogClosed e) {
      throw BuilderAuthorizer.over(builder.build());
    }
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
