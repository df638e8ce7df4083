package io.platform.git.http.lfs;

import io.platform.commons.disk.DiskFault;
import io.platform.commons.http.MinimumSendRate;
import io.platform.commons.shutdown.ServerStopping;
import io.platform.domain.App;
import io.platform.git.http.protocol.MalformedRequest;
import io.platform.git.http.protocol.PlainReply;
import io.platform.storage.StoreException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers Git LFS requests, those that fail by the API's JSON with a sentence. */
final class LfsAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(LfsAnswers.class);
  private static final String JSON = "application/vnd.git-lfs+json";
  private static final String RETRY_SECONDS = "30";

  private LfsAnswers() {}

  /** What answers a request. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, LfsRefused;
  }

  /** Does the work, and answers where it fails. */
  static void of(App app, HttpServletResponse response, Work work) throws IOException {
    PlainReply.noCache(response);
    try {
      work.run();
    } catch (LfsRefused e) {
      refuse(response, e.why());
    } catch (EofException e) {
      LOG.debug("a client of {} left", app.path(), e);
    } catch (IOException e) {
      if (response.isCommitted()) {
        throw e; // the client sees a broken answer, and not a short one
      }
      LfsRefusal why = why(e);
      log(app, why, e);
      refuse(response, why);
    }
  }

  static void refuse(HttpServletResponse response, LfsRefusal why) throws IOException {
    if (why instanceof LfsRefusal.StoreUnavailable) {
      response.setHeader("Retry-After", RETRY_SECONDS);
    }
    LfsMessages.Message message = LfsMessages.of(why);
    PlainReply.lfs(response, message.status(), message.sentence());
  }

  private static LfsRefusal why(IOException failure) {
    if (failure instanceof ServerStopping) {
      return new LfsRefusal.Stopping();
    }
    if (failure instanceof MinimumSendRate.TooSlow || MalformedRequest.isSilence(failure)) {
      return new LfsRefusal.TooSlow();
    }
    if (StoreException.isFull(failure) || DiskFault.FULL.caused(failure)) {
      return new LfsRefusal.StoreFull();
    }
    if (DiskFault.NOT_WRITABLE.caused(failure)) {
      return new LfsRefusal.StoreNotWritable();
    }
    return StoreException.isUnavailable(failure)
        ? new LfsRefusal.StoreUnavailable()
        : new LfsRefusal.Fault();
  }

  /** A full store or an outage is the operator's to end, and a stack trace says nothing of it. */
  private static void log(App app, LfsRefusal why, IOException failure) {
    switch (why) {
      case LfsRefusal.StoreFull full ->
          LOG.error("a Git LFS file of {} was not stored: {}", app.path(), failure.toString());
      case LfsRefusal.StoreNotWritable broken ->
          LOG.error("a Git LFS file of {} was not stored: {}", app.path(), failure.toString());
      case LfsRefusal.StoreUnavailable away ->
          LOG.error("a Git LFS file of {} was not transferred: {}", app.path(), failure.toString());
      case LfsRefusal.Fault fault ->
          LOG.error("a Git LFS request for {} failed", app.path(), failure);
      default -> LOG.debug("a Git LFS request for {} ended", app.path(), failure);
    }
  }

  /** Answers with JSON. */
  static void json(HttpServletResponse response, byte[] body) throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(JSON);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
