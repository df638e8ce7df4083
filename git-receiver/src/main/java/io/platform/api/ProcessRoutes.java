package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessState;
import io.platform.domain.Restart;
import io.platform.failure.FailureMessages;
import io.platform.service.ProcessService;
import io.platform.service.ProcessService.AppProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RouteGroup that show and restart an app's processes. */
final class ProcessRoutes implements RouteGroup {
  static final String PROCESSES = AppParameter.APP + "/processes";

  private static final int MAX_BYTES = 4096;

  private final UserAuthentication users;
  private final ProcessService processes;

  ProcessRoutes(UserAuthentication users, ProcessService processes) {
    this.users = users;
    this.processes = processes;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(PROCESSES, this::list);
    routes.post(PROCESSES + "/restart", ctx -> restart(ctx, Restart.Manner.ROLLING));
    routes.post(PROCESSES + "/stop", ctx -> restart(ctx, Restart.Manner.STOP));
  }

  /** A process. */
  record ProcessView(
      String name,
      String type,
      String release,
      String status,
      @Nullable String reason,
      @Nullable Instant since,
      int restarts,
      @Nullable Long memory,
      @Nullable Double cpu,
      @Nullable String command,
      @Nullable String node) {
    static ProcessView of(AppProcess process) {
      ProcessState state = process.state();
      return new ProcessView(
          state.name().toString(),
          state.type(),
          state.release().toString(),
          state.status().name().toLowerCase(Locale.ROOT),
          state.reason().map(FailureMessages::of).orElse(null),
          state.since().orElse(null),
          state.restarts(),
          state.usage().memory().orElse(null),
          state.usage().cpu().orElse(null),
          process.command().orElse(null),
          state.place().orElse(null));
    }
  }

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(
        ctx,
        200,
        processes.list(user, AppParameter.of(ctx)).stream().map(ProcessView::of).toList());
  }

  /** The body of a request for a restart. */
  record Body(@Nullable String process) {}

  private void restart(Context ctx, Restart.Manner manner) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    Body body = Json.body(ctx, Body.class, MAX_BYTES);
    ProcessSelector selector =
        Optional.ofNullable(body.process())
            .map(ProcessRoutes::selector)
            .orElseGet(ProcessSelector.All::new);
    Json.answer(
        ctx,
        202,
        Map.of(
            "processes",
            processes.restart(user, path, selector, manner).stream()
                .map(state -> state.name().toString())
                .toList()));
  }

  private static ProcessSelector selector(String text) {
    return ProcessSelector.parse(text)
        .orElseThrow(() ->
            new Problem(
                422,
                "'%s' names no process: send a process type such as web, or a process such as web.1."
                    .formatted(text)));
  }
}
