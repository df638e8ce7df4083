package io.platform.git.http.fetch;

import io.platform.commons.http.MinimumReadRate;
import io.platform.commons.http.MinimumSendRate;
import io.platform.domain.App;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.concurrency.UserShare;
import io.platform.git.http.protocol.GitRequestBody;
import io.platform.git.http.protocol.KeepAliveOutput;
import io.platform.git.http.protocol.MalformedRequest;
import io.platform.git.http.protocol.PlainReply;
import io.platform.git.http.protocol.ProtocolError;
import io.platform.git.repository.Repositories;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clones and fetches, in the protocol's versions 0 and 2, within limits. */
public final class FetchService {
  private static final Logger LOG = LoggerFactory.getLogger(FetchService.class);

  private static final String NO_MEMORY =
      "Other fetches use the memory that this server has for them. Try again in half a minute.";

  private final Repositories repositories;
  private final FetchLimits limits;
  private final FetchAdvertisement advertisement;
  private final GitThreads threads;
  private final UserShare share;
  private final FetchMemory memory;

  public FetchService(Repositories repositories, FetchLimits limits) {
    this.repositories = repositories;
    this.limits = limits;
    this.advertisement = new FetchAdvertisement(repositories);
    this.threads =
        new GitThreads("git-fetch", limits.concurrent(), limits.waiting(), limits.maxWait());
    this.share = new UserShare(limits.perUser(), limits.maxWait());
    this.memory = new FetchMemory(limits.memoryBytes(), limits.maxWait());
  }

  public GitThreads threads() {
    return threads;
  }

  /**
   * Answers a fetch.
   *
   * @param user whose it is
   */
  public void serve(App app, String user, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      InputStream body =
          GitRequestBody.begun(
              new MinimumSendRate(request.getInputStream(), limits.slowest(), limits.window()));
      share.run(user, () -> answerInTurn(app, user, request, body, response));
    } catch (FetchMemory.InUse e) {
      response.setHeader("Retry-After", "30");
      PlainReply.sentence(response, 503, NO_MEMORY);
    } catch (MinimumSendRate.TooSlow e) {
      LOG.info("a fetch from {} was refused: {}", app.path(), e.getMessage());
      PlainReply.sentence(response, 408, tooSlow());
    } catch (EofException e) {
      LOG.debug("a fetch from {} broke off", app.path(), e);
      PlainReply.sentence(response, 400, String.valueOf(MalformedRequest.broken().getMessage()));
    } catch (IOException e) {
      if (!MalformedRequest.isSilence(e)) {
        throw e;
      }
      LOG.info("a fetch from {} stopped halfway", app.path());
      PlainReply.sentence(response, 408, String.valueOf(MalformedRequest.silent().getMessage()));
    }
  }

  /** A fetch whose turn has come. */
  private record Asked(App app, Repository repository, FetchMemory.Reserved memory) {}

  private void answerInTurn(
      App app,
      String user,
      HttpServletRequest request,
      InputStream body,
      HttpServletResponse response)
      throws IOException {
    try (Repository repository = repositories.open(app);
        FetchMemory.Reserved reserved = memory.reserve(user, repository)) {
      Asked asked = new Asked(app, repository, reserved);
      threads.run(() -> answer(asked, request, body, response));
    }
  }

  private String tooSlow() {
    return "The request came more slowly than %d bytes a second. Fetch again over a better connection."
        .formatted(limits.slowest());
  }

  /** Answers what refs there are. */
  public void advertise(
      App app, String user, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    share.run(user, () -> threads.run(() -> advertisement.send(app, request, response)));
  }

  private void answer(
      Asked asked, HttpServletRequest request, InputStream body, HttpServletResponse response)
      throws IOException {
    App app = asked.app();
    PlainReply.noCache(response);
    response.setContentType("application/x-git-upload-pack-result");
    KeepAliveOutput out =
        new KeepAliveOutput(
            new MinimumReadRate(response.getOutputStream(), limits.slowest(), limits.window()));
    FetchBudget budget = new FetchBudget(limits.cpuTime(), asked.memory().objects(), out);
    try (Repository budgeted = BudgetedRepository.of(asked.repository(), budget);
        UploadPack upload = FetchUploadPack.of(budgeted, request);
        FetchKeepAlive silence = new FetchKeepAlive(out)) {
      upload.setPackConfig(reusing(budgeted));
      upload.setPreUploadHook(silence);
      upload.upload(
          new FetchRequest(
              new CheckedFetchBody(
                  GitRequestBody.bounded(request, new Paced(body), limits.requestBytes())),
              limits),
          out,
          null);
    } catch (MalformedRequest e) {
      ProtocolError.send(response, false, String.valueOf(e.getMessage()));
    } catch (UploadPackInternalServerErrorException e) {
      // What the client asked for that it may not have is no fault of the server.
      switch (e.getCause()) {
        case PackProtocolException refused -> {
          LOG.info("a fetch from {} was refused: {}", app.path(), refused.getMessage());
          // JGit says nothing while it waits for a command of protocol version 2.
          if (!out.isAnswered()) {
            ProtocolError.send(response, false, String.valueOf(refused.getMessage()));
          }
        }
        case EofException left -> LOG.debug("the client of a fetch has left", left);
        case null, default ->
            LOG.warn("a fetch from {} failed: {}", app.path(), String.valueOf(e.getCause()));
      }
      drain(body);
    } catch (IOException e) {
      LOG.debug("a fetch from {} ended early", app.path(), e);
    }
  }

  /**
   * Sends objects as they are stored. Looking for better deltas takes memory for ten objects at a
   * time, and more threads; the collector does it once for all fetches.
   */
  private static PackConfig reusing(Repository repository) {
    PackConfig config = new PackConfig(repository);
    config.setThreads(1);
    config.setDeltaCompress(false);
    return config;
  }

  private void drain(InputStream body) {
    try {
      GitRequestBody.drain(body, limits.requestBytes());
    } catch (IOException e) {
      LOG.debug("the rest of a fetch that has its answer did not come", e);
    }
  }

  /** Says in a sentence, which JGit hands on, that the client sends too slowly. */
  private final class Paced extends FilterInputStream {
    private Paced(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (MinimumSendRate.TooSlow e) {
        throw new PackProtocolException(tooSlow(), e);
      }
    }
  }
}
