package io.platform.storage.s3;

import io.platform.storage.Digests;
import io.platform.storage.ObjectInfo;
import io.platform.storage.PartedDigest;
import io.platform.storage.bucket.Bucket;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reads the description of an object from the headers of an answer. */
final class S3Headers {
  /** Part size of an object of several parts, in its metadata: it is needed to check its digest. */
  static final String PART_SIZE = ObjectInfo.OWN + "part-size";

  private static final Pattern OF_PARTS = Pattern.compile("([A-Za-z0-9+/=]{44})-([0-9]{1,5})");
  private static final Pattern OF_ALL = Pattern.compile("bytes [0-9*-]+/([0-9]{1,18})");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private S3Headers() {}

  static Bucket.Head of(HeadObjectResponse answer) {
    return head(
        answer.contentLength(),
        answer.lastModified(),
        answer.metadata(),
        answer.checksumSHA256(),
        answer.eTag());
  }

  /** Of an answer with content; that of a part says the whole size in its range. */
  static Bucket.Head of(GetObjectResponse answer) {
    Matcher range = OF_ALL.matcher(Optional.ofNullable(answer.contentRange()).orElse(""));
    return head(
        range.matches() ? Long.valueOf(range.group(1)) : answer.contentLength(),
        answer.lastModified(),
        answer.metadata(),
        answer.checksumSHA256(),
        answer.eTag());
  }

  private static Bucket.Head head(
      @Nullable Long size,
      @Nullable Instant modified,
      Map<String, String> metadata,
      @Nullable String checksum,
      @Nullable String tag) {
    String sum = Optional.ofNullable(checksum).orElse("");
    Matcher ofParts = OF_PARTS.matcher(sum);
    boolean whole = sum.length() == 44;
    String stated = metadata.getOrDefault(ObjectInfo.SHA256, "");
    return new Bucket.Head(
        size == null ? 0 : size,
        modified == null ? Instant.EPOCH : modified,
        metadata,
        whole ? Digests.hexOfBase64(sum) : Digests.isHex(stated) ? stated : "",
        whole,
        ofParts.matches() ? parts(ofParts, metadata) : Optional.empty(),
        tag == null ? "" : tag);
  }

  private static Optional<PartedDigest> parts(Matcher ofParts, Map<String, String> metadata) {
    return Optional.ofNullable(metadata.get(PART_SIZE))
        .filter(size -> NUMBER.matcher(size).matches())
        .map(size ->
            new PartedDigest(
                ofParts.group(1), Integer.parseInt(ofParts.group(2)), Long.parseLong(size)));
  }
}
