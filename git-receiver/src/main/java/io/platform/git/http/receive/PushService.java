package io.platform.git.http.receive;

import io.platform.commons.disk.DiskFault;
import io.platform.commons.http.MinimumSendRate;
import io.platform.commons.shutdown.LongRequests;
import io.platform.commons.shutdown.ServerStopping;
import io.platform.domain.App;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.concurrency.ReceiveLimiter;
import io.platform.git.concurrency.ThrottledInput;
import io.platform.git.concurrency.UploadTurns;
import io.platform.git.concurrency.UserShare;
import io.platform.git.http.protocol.GitRequestBody;
import io.platform.git.http.protocol.KeepAliveOutput;
import io.platform.git.http.protocol.MalformedRequest;
import io.platform.git.http.protocol.PlainReply;
import io.platform.git.http.protocol.ProtocolError;
import io.platform.git.pack.PackReceiver;
import io.platform.git.push.Push;
import io.platform.git.push.PushCounts;
import io.platform.git.push.PushCounts.Outcome;
import io.platform.git.push.PushDeadline;
import io.platform.git.push.PushHook;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushTooLong;
import io.platform.git.repository.ObjectCount;
import io.platform.git.repository.Quarantine;
import io.platform.git.repository.Repositories;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles pushes: receives objects into a quarantine and runs the hook. */
public final class PushService {
  private static final Logger LOG = LoggerFactory.getLogger(PushService.class);

  /**
   * The request that git sends first where it is going to send a long body, to learn whether it
   * may.
   */
  private static final String PROBE = "0000";

  /** How long what a client still sends is read when the server stops. */
  private static final Duration REST_OF_UPLOAD = Duration.ofMillis(1500);

  private static final String FAULT =
      "The push failed because of an error of the platform, not of yours. Push again; if this keeps failing, contact your administrator.";
  private static final String DISK_FULL =
      "The push failed because the server's disk is full. Nothing was deployed. The current release keeps running. Contact your administrator for more space, then push again.";

  private static final String DISK_NOT_WRITABLE =
      "The push failed because the server's disk fails or is read-only. Nothing was deployed. The current release keeps running. Contact your administrator to make it writable, then push again.";

  private final Repositories repositories;
  private final PushHook hook;
  private final PushLimits limits;
  private final PackReceiver packs;
  private final ReceiveLimiter limiter;
  private final PushAdvertisement advertisement;
  private final PushCounts counts = new PushCounts();
  private final GitThreads threads;
  private final UserShare share;
  private final LongRequests requests;

  /**
   * Receives into these repositories.
   *
   * @param requests tell when the server stops, which refuses pushes that are being received
   */
  public PushService(
      Repositories repositories,
      PushHook hook,
      PushLimits limits,
      PackReceiver packs,
      LongRequests requests) {
    this.repositories = repositories;
    this.hook = hook;
    this.limits = limits;
    this.packs = packs;
    this.requests = requests;
    this.limiter = new ReceiveLimiter(limits.concurrentReceives());
    this.advertisement = new PushAdvertisement(repositories);
    UploadTurns turns = limits.uploads();
    this.threads =
        new GitThreads("git-receive", turns.concurrent(), turns.waiting(), turns.maxWait());
    this.share = new UserShare(turns.perUser(), turns.maxWait());
  }

  public PushCounts counts() {
    return counts;
  }

  public GitThreads threads() {
    return threads;
  }

  /**
   * Answers what refs there are.
   *
   * @param by whose share of the threads it takes
   * @throws UserShare.Spent where the user's share is taken; nothing was answered then
   * @throws GitThreads.Busy where all threads are taken; nothing was answered then
   */
  public void advertise(App app, String by, HttpServletResponse response) throws IOException {
    share.run(by, () -> threads.run(() -> advertisement.send(app, response)));
  }

  public void serve(App app, String by, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PlainReply.noCache(response);
    response.setContentType("application/x-git-receive-pack-result");
    InputStream sent = new CountedInput(request.getInputStream(), counts::receive);
    if (request.getContentLength() == PROBE.length()) {
      byte[] whole = sent.readAllBytes();
      if (new String(whole, StandardCharsets.US_ASCII).equals(PROBE)) {
        return;
      }
      sent = new ByteArrayInputStream(whole);
    }
    PushDeadline deadline = new PushDeadline(limits.times().whole());
    ThrottledInput turn =
        new ThrottledInput(
            new PacedInput(sent, deadline, requests, limits.times().bytesPerSecond()), limiter);
    try (LongRequests.Request _ = requests.beginOnThisThread(() -> {})) {
      InputStream body = GitRequestBody.decoded(request, turn);
      PushRequest asked = new PushRequestReader(body, limits.refs()).read();
      receive(new Incoming(app, by, asked, turn, deadline), body, response);
    } catch (PushRequestRefused
        | MalformedRequest
        | PushTooLong
        | ServerStopping
        | MinimumSendRate.TooSlow e) {
      LOG.info("a push to {} was refused: {}", app.path(), String.valueOf(e.getMessage()));
      counts.end(Outcome.REJECTED);
      refuse(turn, response, e);
    } catch (IOException | RuntimeException | Error e) {
      counts.end(Outcome.FAILED);
      if (DiskFault.FULL.caused(e)) {
        LOG.error(
            "a push to {} could not be received: the disk is full: {}", app.path(), e.toString());
      } else if (DiskFault.NOT_WRITABLE.caused(e)) {
        LOG.error(
            "a push to {} could not be received: the disk fails or is read-only: {}",
            app.path(),
            e.toString());
      } else {
        LOG.error("a push to {} could not be received", app.path(), e);
      }
      answer(turn, response, true, words(e));
    } finally {
      if (requests.stopping()) {
        response.flushBuffer();
        dropRest(sent);
      }
    }
  }

  /** A connection that is cut while the client sends tells it nothing of the answer. */
  private static void dropRest(InputStream sent) {
    byte[] buffer = new byte[64 * 1024];
    long end = System.nanoTime() + REST_OF_UPLOAD.toNanos();
    try {
      int n = 0;
      while (n >= 0 && System.nanoTime() - end < 0) {
        n = sent.read(buffer);
      }
    } catch (IOException e) {
      LOG.debug("the rest of a push did not come", e);
    }
  }

  private static String words(Throwable failure) {
    if (DiskFault.FULL.caused(failure)) {
      return DISK_FULL;
    }
    return DiskFault.NOT_WRITABLE.caused(failure) ? DISK_NOT_WRITABLE : FAULT;
  }

  /** A push whose list of refs was read. */
  private record Incoming(
      App app, String by, PushRequest asked, ThrottledInput turn, PushDeadline deadline) {}

  private void receive(Incoming incoming, InputStream body, HttpServletResponse response)
      throws IOException {
    try (Repository stored = repositories.open(incoming.app())) {
      incoming.asked().checkObjects(ObjectCount.of(stored), packs.mostStored());
    }
    try (Quarantine quarantine = repositories.receive(incoming.app())) {
      KeepAliveOutput out = new KeepAliveOutput(response.getOutputStream());
      BoundedReceivePack receiver =
          new BoundedReceivePack(
              quarantine.repository(),
              limits,
              packs,
              out,
              new BoundedReceivePack.Turn(
                  incoming.by(), incoming.turn(), share, threads, incoming.deadline(), requests));
      incoming.asked().checkRefs(receiver.getAdvertisedRefs().size(), limits.refs());
      List<ReceiveCommand> decided = new ArrayList<>();
      receiver.setPreReceiveHook((pack, commands) -> {
        run(receiver, incoming, quarantine, commands);
        decided.addAll(receiver.getAllCommands());
      });
      receive(receiver, incoming.asked().replay(body), out);
      counts.end(outcome(decided));
    }
  }

  /** Nothing is decided where the hook was not reached. */
  private static Outcome outcome(List<ReceiveCommand> decided) {
    boolean moved =
        decided.stream().allMatch(command -> command.getResult() == ReceiveCommand.Result.OK);
    return moved && !decided.isEmpty() ? Outcome.ACCEPTED : Outcome.REJECTED;
  }

  private void run(
      BoundedReceivePack receiver,
      Incoming incoming,
      Quarantine quarantine,
      Collection<ReceiveCommand> commands) {
    KeepAliveOutput.KeepAlive alive = receiver.keepAlive();
    try {
      hook.run(
          new Push(
              incoming.app(),
              incoming.by(),
              quarantine,
              commands,
              receiver.options(),
              command -> command.execute(receiver),
              receiver,
              incoming.deadline()));
    } finally {
      alive.close();
      // The answer is still to be written, which an interrupt would break.
      boolean _ = Thread.interrupted();
    }
  }

  private void receive(BoundedReceivePack receiver, InputStream body, KeepAliveOutput out) {
    try {
      receiver.receive(body);
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

  private void refuse(ThrottledInput turn, HttpServletResponse response, IOException why)
      throws IOException {
    switch (why) {
      case PushRequestRefused refused ->
          answer(turn, response, refused.sideBand(), refused.sentence());
      case PushTooLong late ->
          answer(
              turn,
              response,
              true,
              "The push took longer than %d minutes, which is this platform's limit. Nothing of it was kept. Push again."
                  .formatted(late.limit().toMinutes()));
      case ServerStopping stopping ->
          answer(
              turn,
              response,
              true,
              "The platform is stopping. Nothing was stored. Push again when the platform is back.");
      case MinimumSendRate.TooSlow slow ->
          answer(
              turn,
              response,
              true,
              "The upload was too slow. Nothing was stored. Push again over a better connection.");
      default -> answer(turn, response, false, String.valueOf(why.getMessage()));
    }
  }

  private void answer(
      InputStream body, HttpServletResponse response, boolean sideBand, String sentence)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    drain(body);
    ProtocolError.send(response, sideBand, sentence);
  }
}
