package io.platform.auth.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.platform.auth.account.AccountRefused;
import io.platform.commons.http.Problem;
import io.platform.commons.http.Problems;
import io.platform.commons.http.ServerName;
import java.io.IOException;

/**
 * Wraps each handler in what all handlers share. Errors are answered here and not by handlers of
 * the whole Javalin, which others share.
 */
final class RequestHandling {

  /** In bytes; all bodies are small here. */
  static final int LARGEST_BODY = 16 * 1024;

  private static final Problems PROBLEMS = new Problems(ServerName.AUTH_SERVER);

  private RequestHandling() {}

  @FunctionalInterface
  interface OAuthHandler {
    void handle(Context context) throws OAuthError, IOException;
  }

  @FunctionalInterface
  interface ApiHandler {
    void handle(Context context) throws AccountRefused, IOException;
  }

  static Handler oauth(OAuthHandler handler) {
    return context -> {
      forbidStoring(context);
      try {
        handler.handle(context);
      } catch (OAuthError e) {
        e.answer(context);
      } catch (Problem e) {
        OAuthError.of(e).answer(context);
      } catch (IOException | RuntimeException e) {
        OAuthError.of(PROBLEMS.explain(e, context)).answer(context);
      }
    };
  }

  static Handler api(ApiHandler handler) {
    return context -> {
      forbidStoring(context);
      try {
        handler.handle(context);
      } catch (AccountRefused e) {
        Problems.answer(context, ApiProblems.of(e));
      } catch (Problem e) {
        Problems.answer(context, e);
      } catch (IOException | RuntimeException e) {
        Problems.answer(context, PROBLEMS.explain(e, context));
      }
    };
  }

  private static void forbidStoring(Context context) {
    context.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  }
}
