package io.platform.receiver.http;

import io.platform.app.App;
import io.platform.receiver.push.Push;
import io.platform.receiver.push.PushHook;
import io.platform.receiver.push.PushLimits;
import io.platform.receiver.repo.Quarantine;
import io.platform.receiver.repo.Repositories;
import io.platform.web.FullDisk;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes pushes: into a quarantine, through the hook, and out of it again. */
final class PushService {
  private static final Logger LOG = LoggerFactory.getLogger(PushService.class);
  private static final String PROBE = "0000";
  private static final int FATAL = 3;
  private static final String FAULT =
      "The platform could not take the push; the fault is its own. Push again, and tell the operator if it happens again.\n";
  private static final String DISK_FULL =
      "The push could not be taken: the disk of the platform's server is full. Nothing was deployed, and what ran before goes on. Ask the operator for space, then push again.\n";

  private final Repositories repositories;
  private final PushHook hook;
  private final PushLimits limits;
  private final CpuGate gate;

  PushService(Repositories repositories, PushHook hook, PushLimits limits) {
    this.repositories = repositories;
    this.hook = hook;
    this.limits = limits;
    this.gate = new CpuGate(limits.concurrentReceives());
  }

  void serve(App app, String by, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reply.noCache(response);
    response.setContentType("application/x-git-receive-pack-result");
    if (isProbe(request)) {
      return;
    }
    GatedInput turn = new GatedInput(request.getInputStream(), gate);
    try (Quarantine quarantine = repositories.receive(app)) {
      PusherOutput out = new PusherOutput(response.getOutputStream());
      Receiver receiver = new Receiver(quarantine.repository(), limits, turn, out);
      receiver.setPreReceiveHook((pack, commands) -> run(receiver, app, by, quarantine, commands));
      receive(receiver, RequestBody.decoded(request, turn), out);
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("a push to {} could not be received", app.path(), e);
      apologise(turn, response, FullDisk.caused(e));
    }
  }

  /**
   * What git sends first where it is going to send a long body: it only wants to know whether it
   * may.
   */
  private static boolean isProbe(HttpServletRequest request) throws IOException {
    return request.getContentLength() == PROBE.length()
        && new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .equals(PROBE);
  }

  private void run(
      Receiver receiver,
      App app,
      String by,
      Quarantine quarantine,
      Collection<ReceiveCommand> commands) {
    PusherOutput.KeepAlive alive = receiver.keepAlive();
    try {
      hook.run(
          new Push(app, by, quarantine, commands, command -> command.execute(receiver), receiver));
    } finally {
      alive.close();
    }
  }

  private void receive(Receiver receiver, InputStream body, PusherOutput out) {
    try {
      receiver.receive(body, out, null);
      out.flush();
    } catch (IOException e) {
      // The client knows already, or has left. It reads the answer when it has sent all.
      LOG.debug("a push ended early", e);
      drain(body);
    }
  }

  private void drain(InputStream body) {
    byte[] buffer = new byte[64 * 1024];
    try {
      long left = limits.packBytes();
      for (int n = 0; n >= 0 && left > 0; n = body.read(buffer)) {
        left -= n;
      }
    } catch (IOException e) {
      LOG.debug("the rest of a push did not come", e);
    }
  }

  /**
   * Git shows no body of an error here, and then says that everything is up to date: the protocol's
   * own error it shows.
   */
  private void apologise(InputStream body, HttpServletResponse response, boolean full)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    drain(body);
    byte[] text = (full ? DISK_FULL : FAULT).getBytes(StandardCharsets.UTF_8);
    response
        .getOutputStream()
        .write("%04x".formatted(text.length + 5).getBytes(StandardCharsets.US_ASCII));
    response.getOutputStream().write(FATAL);
    response.getOutputStream().write(text);
    response.getOutputStream().write("0000".getBytes(StandardCharsets.US_ASCII));
  }
}
