package io.platform.auth.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.platform.auth.account.AccountRefused;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts around each handler what all have alike. Errors are answered here and not by handlers of the
 * whole Javalin, which others share.
 */
final class RequestHandling {

  private static final Logger log = LoggerFactory.getLogger(RequestHandling.class);

  private RequestHandling() {}

  @FunctionalInterface
  interface OAuthHandler {
    void handle(Context context) throws OAuthError;
  }

  @FunctionalInterface
  interface ApiHandler {
    void handle(Context context) throws Problem, AccountRefused;
  }

  static Handler oauth(OAuthHandler handler) {
    return context -> {
      forbidStoring(context);
      try {
        handler.handle(context);
      } catch (OAuthError e) {
        e.answer(context);
      } catch (RuntimeException e) {
        Optional<DatabaseFault> fault = logged(context, e);
        fault.map(OAuthError::of).orElseGet(OAuthError::serverError).answer(context);
      }
    };
  }

  static Handler api(ApiHandler handler) {
    return context -> {
      forbidStoring(context);
      try {
        handler.handle(context);
      } catch (Problem e) {
        e.answer(context);
      } catch (AccountRefused e) {
        Problem.of(e).answer(context);
      } catch (RuntimeException e) {
        Optional<DatabaseFault> fault = logged(context, e);
        fault.map(Problem::of).orElseGet(Problem::serverError).answer(context);
      }
    };
  }

  private static Optional<DatabaseFault> logged(Context context, RuntimeException e) {
    Optional<DatabaseFault> fault = DatabaseFault.of(e);
    if (fault.isPresent()) {
      log.error("{} {} failed: {}", context.method(), context.path(), fault.get().sentence());
    } else {
      log.error("{} {} failed", context.method(), context.path(), e);
    }
    return fault;
  }

  private static void forbidStoring(Context context) {
    context.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  }
}
