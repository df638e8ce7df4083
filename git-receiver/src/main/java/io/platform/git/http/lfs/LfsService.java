package io.platform.git.http.lfs;

import io.platform.commons.disk.DiskFault;
import io.platform.commons.http.Json;
import io.platform.commons.http.MinimumReadRate;
import io.platform.commons.http.MinimumSendRate;
import io.platform.commons.http.header.ByteRange;
import io.platform.commons.shutdown.LongRequests;
import io.platform.commons.shutdown.ServerStopping;
import io.platform.domain.App;
import io.platform.domain.PublicUrls;
import io.platform.domain.Sha256;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.concurrency.UserShare;
import io.platform.git.http.protocol.MalformedRequest;
import io.platform.git.http.protocol.PlainReply;
import io.platform.git.lfs.LfsObjects;
import io.platform.storage.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git LFS: tells clients what to transfer, and takes and gives the contents. Every error is the
 * API's JSON with a sentence, which git-lfs shows.
 */
public final class LfsService {
  private static final Logger LOG = LoggerFactory.getLogger(LfsService.class);
  private static final String JSON = "application/vnd.git-lfs+json";
  private static final String SHA256 = "[0-9a-f]{64}";
  private static final int BUFFER = 64 * 1024;

  private final LfsObjects objects;
  private final LfsLimits limits;
  private final PublicUrls urls;
  private final LongRequests requests;
  private final GitThreads threads;
  private final UserShare share;

  /**
   * Transfers these objects.
   *
   * @param requests tell when the server stops, which ends transfers
   */
  public LfsService(LfsObjects objects, LfsLimits limits, PublicUrls urls, LongRequests requests) {
    this.objects = objects;
    this.limits = limits;
    this.urls = urls;
    this.requests = requests;
    this.threads =
        new GitThreads(
            "git-lfs",
            limits.turns().concurrent(),
            limits.turns().waiting(),
            limits.turns().maxWait());
    this.share = new UserShare(limits.turns().perUser(), limits.turns().maxWait());
  }

  public GitThreads threads() {
    return threads;
  }

  /**
   * Tells what has to be uploaded, or where to download from.
   *
   * @param denied why the user may not upload; empty where that is allowed
   */
  public void batch(
      App app,
      Supplier<Optional<String>> denied,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    answer(
        app,
        response,
        () -> {
          LfsBatch.Request asked = LfsBatch.parse(body(request), limits.requestObjects());
          boolean upload = asked.operation() == LfsBatch.Operation.UPLOAD;
          Optional<String> why = upload ? denied.get() : Optional.empty();
          if (why.isPresent()) {
            throw new LfsRefused(403, why.get());
          }
          Map<Sha256, Long> stored = objects.sizes(app);
          Room room = new Room(stored);
          List<LfsBatch.Entry> entries = new ArrayList<>();
          for (LfsBatch.Named named : asked.objects()) {
            entries.add(
                upload ? toUpload(app, named, stored, room) : toDownload(app, named, stored));
          }
          json(response, Json.bytes(new LfsBatch.Answer(entries)));
        });
  }

  /**
   * Takes a content.
   *
   * @param user whose share of the transfers it takes
   * @throws UserShare.Spent where the user's share is taken; nothing was answered then
   * @throws GitThreads.Busy where all threads are taken; nothing was answered then
   */
  public void upload(
      App app, String oid, String user, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    transfer(
        app,
        user,
        response,
        () -> {
          Sha256 name = name(oid);
          new Room(objects.sizes(app)).take(name, Math.max(0, request.getContentLengthLong()));
          InputStream paced =
              new MinimumSendRate(
                  request.getInputStream(), limits.bytesPerSecond(), limits.window());
          try {
            objects.store(app, name, new Upload(paced));
          } catch (TooLarge e) {
            throw tooLarge();
          } catch (LfsObjects.WrongContent e) {
            throw new LfsRefused(
                422, "The content that came has another SHA-256 than its name. Upload it again.");
          }
          response.setStatus(200);
        });
  }

  /**
   * Gives a content, or the rest of it.
   *
   * @param user whose share of the transfers it takes
   * @throws UserShare.Spent where the user's share is taken; nothing was answered then
   * @throws GitThreads.Busy where all threads are taken; nothing was answered then
   */
  public void download(
      App app, String oid, String user, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    transfer(
        app,
        user,
        response,
        () -> {
          Sha256 name = name(oid);
          Long size = objects.sizes(app).get(name);
          if (size == null) {
            throw new LfsRefused(404, NOT_UPLOADED);
          }
          send(app, name, size, request, response);
        });
  }

  /** Files are locked where a team works together, and not where it deploys to. */
  public void locks(HttpServletResponse response) throws IOException {
    PlainReply.lfs(
        response,
        501,
        "This platform keeps no locks: lock files where the team's repository is hosted.");
  }

  /** There is no such thing in the Git LFS API. */
  public void unknown(HttpServletResponse response) throws IOException {
    PlainReply.lfs(
        response, 404, "This is no request of the Git LFS API: use git-lfs 2.0 or later.");
  }

  private static final String NOT_UPLOADED =
      "The content of this file was not uploaded to this platform: git lfs push --all platform";

  private LfsBatch.Entry toUpload(
      App app, LfsBatch.Named named, Map<Sha256, Long> stored, Room room) {
    try {
      Sha256 name = name(String.valueOf(named.oid()));
      if (named.size() < 0) {
        throw new LfsRefused(422, "The size of a file is no number of bytes.");
      }
      Long size = stored.get(name);
      if (size != null && size == named.size()) {
        return new LfsBatch.Kept(name.hex(), size);
      }
      if (size != null) {
        throw new LfsRefused(
            422, "The file has %,d bytes, and not %,d.".formatted(size, named.size()));
      }
      room.take(name, named.size());
      return transfer(app, name, named.size(), LfsBatch.Operation.UPLOAD);
    } catch (LfsRefused e) {
      return failed(named, e);
    }
  }

  private LfsBatch.Entry toDownload(App app, LfsBatch.Named named, Map<Sha256, Long> stored) {
    try {
      Sha256 name = name(String.valueOf(named.oid()));
      Long size = stored.get(name);
      if (size == null) {
        throw new LfsRefused(404, NOT_UPLOADED);
      }
      return transfer(app, name, size, LfsBatch.Operation.DOWNLOAD);
    } catch (LfsRefused e) {
      return failed(named, e);
    }
  }

  private LfsBatch.Entry transfer(App app, Sha256 name, long size, LfsBatch.Operation operation) {
    String href = "%s/info/lfs/objects/%s".formatted(urls.git(app), name);
    return new LfsBatch.Transfer(
        name.hex(), size, Map.of(operation.word(), new LfsBatch.Action(href)));
  }

  private static LfsBatch.Entry failed(LfsBatch.Named named, LfsRefused why) {
    return new LfsBatch.Failed(
        String.valueOf(named.oid()),
        named.size(),
        new LfsBatch.Reason(why.status(), why.sentence()));
  }

  private static Sha256 name(String oid) throws LfsRefused {
    if (!oid.matches(SHA256)) {
      throw new LfsRefused(422, "The name of a file is no SHA-256 in 64 hexadecimal digits.");
    }
    return new Sha256(oid);
  }

  /** What an app may still store. */
  private final class Room {
    private final Map<Sha256, Long> stored;
    private long bytes;
    private int count;

    private Room(Map<Sha256, Long> stored) {
      this.stored = stored;
      this.bytes = stored.values().stream().mapToLong(Long::longValue).sum();
      this.count = stored.size();
    }

    private void take(Sha256 name, long size) throws LfsRefused {
      if (size > limits.objectBytes()) {
        throw tooLarge();
      }
      if (stored.containsKey(name)) {
        return;
      }
      if (size > limits.appBytes() - bytes) {
        throw new LfsRefused(
            507,
            "The app's Git LFS files would be more than %,d bytes, which is this platform's limit."
                .formatted(limits.appBytes()));
      }
      if (count >= limits.appObjects()) {
        throw new LfsRefused(
            507,
            "The app has %,d Git LFS files in all their versions, which is this platform's limit."
                .formatted(limits.appObjects()));
      }
      bytes += size;
      count++;
    }
  }

  private LfsRefused tooLarge() {
    return new LfsRefused(
        413,
        "A file is larger than %,d bytes, which is this platform's limit."
            .formatted(limits.objectBytes()));
  }

  private void send(
      App app, Sha256 name, long size, HttpServletRequest request, HttpServletResponse response)
      throws IOException, LfsRefused {
    String field = request.getHeader("Range");
    Optional<ByteRange> asked = field == null ? Optional.empty() : ByteRange.parse(field, size);
    ByteRange range = asked.orElseGet(() -> ByteRange.whole(size));
    if (asked.isPresent() && range.last() < range.first()) {
      response.setHeader("Content-Range", "bytes */" + size);
      throw new LfsRefused(416, "The file has %,d bytes and ends before that.".formatted(size));
    }
    long length = range.last() - range.first() + 1;
    try (InputStream content = objects.open(app, name, range.first(), length)) {
      response.setStatus(asked.isPresent() ? 206 : 200);
      asked.ifPresent(part ->
          response.setHeader(
              "Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), size)));
      response.setHeader("Accept-Ranges", "bytes");
      response.setContentType("application/octet-stream");
      response.setContentLengthLong(length);
      OutputStream out =
          new MinimumReadRate(response.getOutputStream(), limits.bytesPerSecond(), limits.window());
      byte[] buffer = new byte[BUFFER];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        requests.check();
        out.write(buffer, 0, n);
      }
    } catch (NoSuchFileException e) {
      throw new LfsRefused(404, NOT_UPLOADED);
    }
  }

  private byte[] body(HttpServletRequest request) throws IOException, LfsRefused {
    InputStream paced =
        new MinimumSendRate(request.getInputStream(), limits.bytesPerSecond(), limits.window());
    byte[] body = paced.readNBytes(limits.requestBytes() + 1);
    if (body.length > limits.requestBytes()) {
      throw new LfsRefused(
          413,
          "The request is larger than %,d bytes: ask for fewer files."
              .formatted(limits.requestBytes()));
    }
    return body;
  }

  /** What comes of a file: no more than a file may have, and nothing once the server stops. */
  private final class Upload extends FilterInputStream {
    private long bytes;

    private Upload(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      requests.check();
      int n = in.read(into, offset, length);
      bytes += Math.max(0, n);
      if (bytes > limits.objectBytes()) {
        throw new TooLarge();
      }
      return n;
    }
  }

  /** More came than a file may have. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** What answers a request. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, LfsRefused;
  }

  private void transfer(App app, String user, HttpServletResponse response, Work work)
      throws IOException {
    share.run(
        user,
        () ->
            threads.run(() -> {
              try (LongRequests.Request _ = requests.beginOnThisThread(() -> {})) {
                answer(app, response, work);
              }
            }));
  }

  private static void answer(App app, HttpServletResponse response, Work work) throws IOException {
    PlainReply.noCache(response);
    try {
      work.run();
    } catch (LfsRefused e) {
      PlainReply.lfs(response, e.status(), e.sentence());
    } catch (EofException e) {
      LOG.debug("a client of {} left", app.path(), e);
    } catch (IOException e) {
      if (response.isCommitted()) {
        throw e; // the client sees a broken answer, and not a short one
      }
      fail(app, response, e);
    }
  }

  private static void fail(App app, HttpServletResponse response, IOException failure)
      throws IOException {
    if (failure instanceof ServerStopping) {
      PlainReply.lfs(
          response, 503, "The platform is stopping. Try again when the platform is back.");
    } else if (failure instanceof MinimumSendRate.TooSlow || MalformedRequest.isSilence(failure)) {
      PlainReply.lfs(
          response, 408, "The upload was too slow. Upload again over a better connection.");
    } else if (StoreException.isFull(failure) || DiskFault.FULL.caused(failure)) {
      LOG.error("a Git LFS file of {} was not stored: {}", app.path(), failure.toString());
      PlainReply.lfs(
          response,
          507,
          "The platform's object store is full. Contact your administrator for more space, then push again.");
    } else if (StoreException.isUnavailable(failure)) {
      LOG.error("a Git LFS file of {} was not transferred: {}", app.path(), failure.toString());
      response.setHeader("Retry-After", "30");
      PlainReply.lfs(
          response, 503, "The platform's object store does not answer. Try again in a minute.");
    } else {
      LOG.error("a Git LFS request for {} failed", app.path(), failure);
      PlainReply.lfs(
          response,
          500,
          "This failed because of an error of the platform, not of yours. Try again; if this keeps failing, contact your administrator.");
    }
  }

  private static void json(HttpServletResponse response, byte[] body) throws IOException {
    response.setStatus(200);
    response.setContentType(JSON);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
