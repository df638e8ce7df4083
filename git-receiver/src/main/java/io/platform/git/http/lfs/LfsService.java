package io.platform.git.http.lfs;

import io.platform.commons.http.Json;
import io.platform.commons.http.MinimumReadRate;
import io.platform.commons.http.MinimumSendRate;
import io.platform.commons.http.header.ByteRange;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.App;
import io.platform.domain.PublicUrls;
import io.platform.domain.Sha256;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.concurrency.UserShare;
import io.platform.git.lfs.LfsObjects;
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

/** Git LFS: tells clients what to transfer, and takes and gives the contents. */
public final class LfsService {
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
    LfsAnswers.of(
        app,
        response,
        () -> {
          LfsBatch.Request asked = LfsBatch.parse(body(request), limits.requestObjects());
          boolean upload = asked.operation() == LfsBatch.Operation.UPLOAD;
          Optional<String> why = upload ? denied.get() : Optional.empty();
          if (why.isPresent()) {
            throw new LfsRefused(new LfsRefusal.Denied(why.get()));
          }
          Map<Sha256, Long> stored = objects.sizes(app);
          LfsRoom room = new LfsRoom(limits, stored);
          List<LfsBatch.Entry> entries = new ArrayList<>();
          for (LfsBatch.Named named : asked.objects()) {
            entries.add(
                upload ? toUpload(app, named, stored, room) : toDownload(app, named, stored));
          }
          LfsAnswers.json(response, Json.bytes(new LfsBatch.Answer(entries)));
        });
  }

  private LfsBatch.Entry toUpload(
      App app, LfsBatch.Named named, Map<Sha256, Long> stored, LfsRoom room) {
    try {
      Sha256 name = name(String.valueOf(named.oid()));
      if (named.size() < 0) {
        throw new LfsRefused(new LfsRefusal.BadSize());
      }
      Long size = stored.get(name);
      if (size == null) {
        room.take(name, named.size());
        return transfer(app, name, named.size(), LfsBatch.Operation.UPLOAD);
      }
      if (size != named.size()) {
        throw new LfsRefused(new LfsRefusal.OtherSize(size, named.size()));
      }
      return new LfsBatch.Kept(name.hex(), size);
    } catch (LfsRefused e) {
      return LfsBatch.Failed.of(named, e.why());
    }
  }

  private LfsBatch.Entry toDownload(App app, LfsBatch.Named named, Map<Sha256, Long> stored) {
    try {
      Sha256 name = name(String.valueOf(named.oid()));
      return transfer(app, name, size(stored, name), LfsBatch.Operation.DOWNLOAD);
    } catch (LfsRefused e) {
      return LfsBatch.Failed.of(named, e.why());
    }
  }

  private LfsBatch.Entry transfer(App app, Sha256 name, long size, LfsBatch.Operation operation) {
    String href = "%s/info/lfs/objects/%s".formatted(urls.git(app), name);
    return new LfsBatch.Transfer(
        name.hex(), size, Map.of(operation.word(), new LfsBatch.Action(href)));
  }

  private static Sha256 name(String oid) throws LfsRefused {
    if (!oid.matches(SHA256)) {
      throw new LfsRefused(new LfsRefusal.BadName());
    }
    return new Sha256(oid);
  }

  private static long size(Map<Sha256, Long> stored, Sha256 name) throws LfsRefused {
    Long size = stored.get(name);
    if (size == null) {
      throw new LfsRefused(new LfsRefusal.NotUploaded());
    }
    return size;
  }

  private byte[] body(HttpServletRequest request) throws IOException, LfsRefused {
    byte[] body = paced(request).readNBytes(limits.requestBytes() + 1);
    if (body.length > limits.requestBytes()) {
      throw new LfsRefused(new LfsRefusal.RequestTooLarge(limits.requestBytes()));
    }
    return body;
  }

  private InputStream paced(HttpServletRequest request) throws IOException {
    return new MinimumSendRate(request.getInputStream(), limits.bytesPerSecond(), limits.window());
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
          new LfsRoom(limits, objects.sizes(app))
              .take(name, Math.max(0, request.getContentLengthLong()));
          try {
            objects.store(app, name, new Upload(paced(request)));
          } catch (TooLarge e) {
            throw new LfsRefused(new LfsRefusal.FileTooLarge(limits.objectBytes()));
          } catch (LfsObjects.WrongContent e) {
            throw new LfsRefused(new LfsRefusal.OtherContent());
          }
          response.setStatus(HttpServletResponse.SC_OK);
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
          send(app, name, size(objects.sizes(app), name), request, response);
        });
  }

  private void send(
      App app, Sha256 name, long size, HttpServletRequest request, HttpServletResponse response)
      throws IOException, LfsRefused {
    String field = request.getHeader("Range");
    Optional<ByteRange> asked = field == null ? Optional.empty() : ByteRange.parse(field, size);
    ByteRange range = asked.orElseGet(() -> ByteRange.whole(size));
    if (asked.isPresent() && range.last() < range.first()) {
      response.setHeader("Content-Range", "bytes */" + size);
      throw new LfsRefused(new LfsRefusal.BeyondEnd(size));
    }
    long length = range.last() - range.first() + 1;
    try (InputStream content = objects.open(app, name, range.first(), length)) {
      response.setStatus(
          asked.isPresent() ? HttpServletResponse.SC_PARTIAL_CONTENT : HttpServletResponse.SC_OK);
      asked.ifPresent(part ->
          response.setHeader(
              "Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), size)));
      response.setHeader("Accept-Ranges", "bytes");
      response.setContentType("application/octet-stream");
      response.setContentLengthLong(length);
      copy(
          content,
          new MinimumReadRate(
              response.getOutputStream(), limits.bytesPerSecond(), limits.window()));
    } catch (NoSuchFileException e) {
      throw new LfsRefused(new LfsRefusal.NotUploaded());
    }
  }

  private void copy(InputStream content, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      requests.check();
      out.write(buffer, 0, n);
    }
  }

  private void transfer(App app, String user, HttpServletResponse response, LfsAnswers.Work work)
      throws IOException {
    share.run(
        user,
        () ->
            threads.run(() -> {
              try (LongRequests.Request _ = requests.beginOnThisThread(() -> {})) {
                LfsAnswers.of(app, response, work);
              }
            }));
  }

  /** Files are locked where a team works together, and not where it deploys to. */
  public void locks(HttpServletResponse response) throws IOException {
    LfsAnswers.refuse(response, new LfsRefusal.NoLocks());
  }

  /** There is no such thing in the Git LFS API. */
  public void unknown(HttpServletResponse response) throws IOException {
    LfsAnswers.refuse(response, new LfsRefusal.UnknownRequest());
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
}
