package io.platform.git.http.lfs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON with which a client asks what to transfer, and the answer (git-lfs/docs/api/batch.md).
 */
final class LfsBatch {
  static final String BASIC = "basic";
  private static final String SHA256 = "sha256";

  private LfsBatch() {}

  /** What the client is going to do. */
  enum Operation {
    UPLOAD("upload"),
    DOWNLOAD("download");

    private final String word;

    Operation(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    private static Optional<Operation> of(@Nullable String word) {
      for (Operation operation : values()) {
        if (operation.word.equals(word)) {
          return Optional.of(operation);
        }
      }
      return Optional.empty();
    }
  }

  /** A checked request. The objects' names are as the client wrote them. */
  record Request(Operation operation, List<Named> objects) {
    /** Copies the list. */
    Request {
      objects = List.copyOf(objects);
    }
  }

  /** A file, as the client names it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Named(@Nullable String oid, long size) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Sent(
      @Nullable String operation,
      @Nullable List<String> transfers,
      @Nullable String hashAlgo,
      @Nullable List<@Nullable Named> objects) {}

  /** What the client is told. */
  record Answer(String transfer, List<Entry> objects, String hashAlgo) {
    Answer(List<Entry> objects) {
      this(BASIC, List.copyOf(objects), SHA256);
    }
  }

  /** What is told of one file. */
  sealed interface Entry {}

  /** It need not be uploaded. */
  record Kept(String oid, long size) implements Entry {}

  /** Where it goes, or comes from. */
  record Transfer(String oid, long size, Map<String, Action> actions) implements Entry {}

  /** Why it cannot be transferred. */
  record Failed(String oid, long size, Reason error) implements Entry {
    static Failed of(Named named, LfsRefusal why) {
      LfsMessages.Message message = LfsMessages.of(why);
      return new Failed(
          String.valueOf(named.oid()),
          named.size(),
          new Reason(message.status(), message.sentence()));
    }
  }

  /** A URL for a transfer. */
  record Action(String href) {}

  /** An HTTP status and a sentence. */
  record Reason(int code, String message) {}

  /**
   * Reads a request.
   *
   * @throws LfsRefused where it is none, or asks for what is not done here
   */
  static Request parse(byte[] body, int mostObjects) throws IOException, LfsRefused {
    Sent sent;
    try {
      sent = Json.parse(body, Sent.class);
    } catch (Problem e) {
      throw new LfsRefused(new LfsRefusal.Malformed(e.detail()));
    }
    if (sent.transfers() != null
        && !sent.transfers().isEmpty()
        && !sent.transfers().contains(BASIC)) {
      throw new LfsRefused(new LfsRefusal.NoCommonAdapter());
    }
    if (sent.hashAlgo() != null && !sent.hashAlgo().equals(SHA256)) {
      throw new LfsRefused(new LfsRefusal.OtherDigest());
    }
    Operation operation =
        Operation.of(sent.operation())
            .orElseThrow(() -> new LfsRefused(new LfsRefusal.UnknownOperation()));
    List<@Nullable Named> objects = sent.objects() == null ? List.of() : sent.objects();
    if (objects.size() > mostObjects) {
      throw new LfsRefused(new LfsRefusal.TooManyNamed(mostObjects));
    }
    if (objects.contains(null)) {
      throw new LfsRefused(new LfsRefusal.Malformed("The request names a file that is null."));
    }
    return new Request(operation, List.copyOf(objects));
  }
}
