package io.platform.api;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import io.platform.access.Principal;
import io.platform.api.attach.ProcessSocket;
import io.platform.api.attach.ProcessSockets;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.service.OneOffAccess;
import io.platform.service.OneOffService;
import io.platform.service.RequestRefused;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Commands beside and inside the processes of an app, and connections to their ports. */
final class OneOffRoutes implements RouteGroup {
  static final String RUN = AppParameter.APP + "/run";
  static final String EXEC = AppParameter.APP + "/exec";
  static final String PORT = ProcessRoutes.PROCESSES + "/{process}/ports/{port}";

  private static final int MAX_BYTES = 256 << 10;
  private static final int MOST_PORT = 65_535;

  private static final String USER = "io.platform.user";
  private static final String PATH = "io.platform.app-path";
  private static final String SOCKET = "io.platform.socket";

  private final UserAuthentication users;
  private final OneOffService oneOffs;
  private final OneOffAccess access;
  private final ProcessSockets sockets;

  OneOffRoutes(
      UserAuthentication users,
      OneOffService oneOffs,
      OneOffAccess access,
      ProcessSockets sockets) {
    this.users = users;
    this.oneOffs = oneOffs;
    this.access = access;
    this.sockets = sockets;
  }

  private interface Begin {
    ProcessSocket.Begun begin(Principal user, AppPath path, byte[] start) throws IOException;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.post(RUN, this::runDetached);
    for (String path : new String[] {RUN, EXEC, PORT}) {
      routes.wsBeforeUpgrade(path, this::check);
    }
    routes.ws(RUN, ws -> serve(ws, this::run));
    routes.ws(EXEC, ws -> serve(ws, this::exec));
    routes.ws(PORT, this::servePort);
  }

  /** The answer is a problem document where the user may not; nothing is upgraded then. */
  private void check(Context ctx) {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    oneOffs.check(user, path);
    ctx.attribute(USER, user);
    ctx.attribute(PATH, path);
  }

  private void runDetached(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    OneOffBody body = Json.body(ctx, OneOffBody.class, MAX_BYTES);
    OneOffService.Started started = oneOffs.runDetached(user, AppParameter.of(ctx), body.request());
    Json.answer(ctx, 201, description(started));
  }

  private static Map<String, String> description(OneOffService.Started started) {
    return Map.of(
        "name", started.name().toString(), "release", started.release().version().toString());
  }

  private ProcessSocket.Begun run(Principal user, AppPath path, byte[] start) throws IOException {
    OneOffService.Attached attached = oneOffs.run(user, path, body(start).request());
    return new ProcessSocket.Begun(attached.process(), description(attached.started()));
  }

  private ProcessSocket.Begun exec(Principal user, AppPath path, byte[] start) throws IOException {
    OneOffBody body = body(start);
    return new ProcessSocket.Begun(
        oneOffs.exec(user, path, body.processName(), body.request()),
        Map.of("name", body.processName().toString()));
  }

  private static OneOffBody body(byte[] start) throws IOException {
    return Json.parse(start, OneOffBody.class);
  }

  private void servePort(WsConfig ws) {
    ws.onConnect(ctx -> {
      String process = ctx.pathParam("process");
      String port = ctx.pathParam("port");
      connect(
              ctx,
              (user, path, start) ->
                  new ProcessSocket.Begun(
                      oneOffs.connect(
                          user, path, OneOffBody.processName(process), portNumber(port)),
                      Map.of("name", process)))
          .ifPresent(ProcessSocket::startNow);
    });
    serveMessages(ws);
  }

  private static int portNumber(String text) {
    // 0 is OneOffProcesses.OWN_PORT
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port <= MOST_PORT) {
        return port;
      }
    }
    throw new Problem(
        422,
        "'%s' is no port: send a number from 1 to 65535, or 0 for the port of its PORT."
            .formatted(text));
  }

  private void serve(WsConfig ws, Begin begin) {
    ws.onConnect(ctx -> connect(ctx, begin));
    serveMessages(ws);
  }

  private static void serveMessages(WsConfig ws) {
    ws.onBinaryMessage(ctx -> socket(ctx).ifPresent(socket -> socket.message(ctx.data())));
    ws.onMessage(ctx -> socket(ctx).ifPresent(ProcessSocket::text));
    ws.onClose(ctx -> socket(ctx).ifPresent(ProcessSocket::close));
    ws.onError(ctx -> socket(ctx).ifPresent(ProcessSocket::close));
  }

  private Optional<ProcessSocket> connect(WsConnectContext ctx, Begin begin) {
    Principal user = requireNonNull(ctx.<Principal>attribute(USER));
    AppPath path = requireNonNull(ctx.<AppPath>attribute(PATH));
    try {
      OneOffAccess.Turn turn = access.take(user);
      ProcessSocket socket =
          sockets.add(ctx, start -> begun(begin, user, path, start), turn::close);
      ctx.attribute(SOCKET, socket);
      return Optional.of(socket);
    } catch (RequestRefused refused) {
      Problem problem = RefusedRequests.problem(refused);
      ProcessSockets.refuse(ctx, problem);
      return Optional.empty();
    }
  }

  private static ProcessSocket.Begun begun(Begin begin, Principal user, AppPath path, byte[] start)
      throws IOException {
    try {
      return begin.begin(user, path, start);
    } catch (RequestRefused refused) {
      throw RefusedRequests.problem(refused);
    }
  }

  private static Optional<ProcessSocket> socket(WsContext ctx) {
    return Optional.ofNullable(ctx.attribute(SOCKET));
  }
}
