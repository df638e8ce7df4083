package io.platform.storage.gcs;

import com.google.auth.ServiceAccountSigner;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.SignUrlOption;
import io.platform.storage.Digests;
import io.platform.storage.FailedOperation;
import io.platform.storage.ObjectInfo;
import io.platform.storage.SignedUpload;
import io.platform.storage.StoreError;
import io.platform.storage.StoreLocation;
import io.platform.storage.StoreMessages;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketUpload;
import io.platform.storage.bucket.RequestLimits;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A bucket of Google Cloud Storage, over HTTP and JSON. */
public final class GoogleBucket implements Bucket {
  /** A segment that no key can have. */
  private static final String UNSEEN = ".upload/";

  private final Storage storage;
  private final Storage once;
  private final ServiceAccountSigner signer;
  private final GcsErrorMapper errors;
  private final StoreMessages messages;
  private final RequestLimits limits;

  private GoogleBucket(
      GoogleConnection connection,
      GcsErrorMapper errors,
      StoreMessages messages,
      RequestLimits limits) {
    this.storage = connection.storage();
    this.once = connection.once();
    this.signer = connection.signer();
    this.errors = errors;
    this.messages = messages;
    this.limits = limits;
  }

  public static GoogleBucket open(StoreLocation.InGoogle location, RequestLimits limits)
      throws IOException {
    return open(location, limits, GoogleConnection.open(location, limits));
  }

  public static GoogleBucket open(
      StoreLocation.InGoogle location, RequestLimits limits, GoogleConnection connection) {
    StoreMessages.Place place =
        new StoreMessages.Place(
            "gs://" + location.bucket() + "/" + location.prefix(),
            location.bucket(),
            location.prefix(),
            connection.endpoint(),
            "");
    return new GoogleBucket(
        connection,
        new GcsErrorMapper(connection.watchdog()),
        new StoreMessages(place, StoreMessages.Access.GOOGLE),
        limits);
  }

  @Override
  public StoreMessages messages() {
    return messages;
  }

  private String key(String name) {
    return messages.place().key(name);
  }

  private BlobId id(String name) {
    return BlobId.of(messages.place().bucket(), name);
  }

  private BlobInfo.Builder info(String name) {
    return BlobInfo.newBuilder(id(name)).setContentType("application/octet-stream");
  }

  @Override
  public void put(String name, byte[] bytes, int length, String sha256Hex, BucketUpload upload)
      throws IOException {
    BlobInfo info = info(name).setMetadata(upload.metadata(ObjectInfo.SHA256, sha256Hex)).build();
    BlobTargetOption[] options = ResumableUpload.conditions(upload);
    errors.within(
        limits.all(length),
        messages.storing(key(name)),
        () -> storage.create(info, bytes, 0, length, options));
  }

  @Override
  public Parts begin(String name, BucketUpload upload) throws IOException {
    return ResumableUpload.begin(
        storage,
        errors,
        messages.storing(key(name)),
        limits,
        new ResumableUpload.Target(
            info(unseen(name) + "/" + upload.id()).build(), info(name).build(), upload));
  }

  /** Where what is not yet the object of a name, or of a prefix of names, gathers. */
  private String unseen(String name) {
    return messages.place().prefix() + UNSEEN + key(name);
  }

  @Override
  public Content get(String name, long from, long length, String version) throws IOException {
    FailedOperation failure = messages.reading(key(name));
    Head head =
        head(name).orElseThrow(() -> failure.because(StoreError.of(StoreError.Kind.MISSING)));
    if (!version.isEmpty() && !version.equals(head.version())) {
      throw failure.because(StoreError.of(StoreError.Kind.REPLACED));
    }
    return new Content(
        errors.ask(
            failure,
            () -> {
              BlobId id = BlobId.of(messages.place().bucket(), name, Long.valueOf(head.version()));
              ReadChannel channel = once.reader(id); // whoever reads tries again
              channel.seek(Math.min(from, head.size()));
              channel.limit(length > head.size() - from ? head.size() : from + length);
              return Channels.newInputStream(channel);
            }),
        head);
  }

  @Override
  public Optional<Head> head(String name) throws IOException {
    @Nullable Blob blob = errors.ask(messages.reading(key(name)), () -> storage.get(id(name)));
    return Optional.ofNullable(blob).map(GoogleBucket::head);
  }

  private static Head head(BlobInfo blob) {
    Map<String, String> metadata = metadata(blob);
    String stated = metadata.getOrDefault(ObjectInfo.SHA256, "");
    return new Head(
        blob.getSize(),
        modified(blob),
        metadata,
        Digests.isHex(stated) ? stated : "",
        false,
        Optional.empty(),
        String.valueOf(blob.getGeneration()));
  }

  private static Map<String, String> metadata(BlobInfo blob) {
    Map<String, String> present = new TreeMap<>();
    @Nullable Map<String, @Nullable String> metadata = blob.getMetadata();
    if (metadata != null) {
      metadata.forEach((name, value) -> present.put(name, value == null ? "" : value));
    }
    return present;
  }

  private static Instant modified(BlobInfo blob) {
    @Nullable OffsetDateTime time = blob.getCreateTimeOffsetDateTime();
    return time == null ? Instant.EPOCH : time.toInstant();
  }

  @Override
  public Bucket.Page list(String prefix, String next) throws IOException {
    com.google.api.gax.paging.Page<Blob> page =
        errors.ask(
            messages.listing(key(prefix)),
            () ->
                storage.list(
                    messages.place().bucket(),
                    next.isEmpty()
                        ? new BlobListOption[] {BlobListOption.prefix(prefix)}
                        : new BlobListOption[] {
                          BlobListOption.prefix(prefix), BlobListOption.pageToken(next)
                        }));
    List<ObjectInfo> objects = new ArrayList<>();
    page.getValues().forEach(blob -> objects.add(head(blob).info(blob.getName())));
    return new Bucket.Page(
        objects, Optional.ofNullable(page.getNextPageToken()).filter(token -> !token.isEmpty()));
  }

  @Override
  public void copy(String from, String to) throws IOException {
    FailedOperation failure = messages.copying(key(from));
    Head head =
        head(from).orElseThrow(() -> failure.because(StoreError.of(StoreError.Kind.MISSING)));
    errors.within(
        limits.all(head.size()),
        failure,
        () ->
            storage
                .copy(
                    Storage.CopyRequest.newBuilder().setSource(id(from)).setTarget(id(to)).build())
                .getResult());
  }

  @Override
  public void delete(List<String> names) throws IOException {
    errors.within(
        limits.all(limits.partSize()),
        messages.deleting(key(names.getFirst())),
        () -> storage.delete(names.stream().map(this::id).toList()));
  }

  @Override
  public void abortUploads(String prefix, Instant before) throws IOException {
    deleteAll(unseen(prefix), before); // what is not whole is no object, and expires after a week
  }

  @Override
  public String signGet(String name, Duration validity) throws IOException {
    return sign(name, HttpMethod.GET, Map.of(), validity);
  }

  @Override
  public SignedUpload signPut(String name, long size, String sha256Hex, Duration validity)
      throws IOException {
    Map<String, String> headers =
        Map.of(
            "x-goog-content-length-range",
            "%d,%d".formatted(size, size),
            "x-goog-meta-" + ObjectInfo.SHA256,
            sha256Hex);
    return new SignedUpload("PUT", sign(name, HttpMethod.PUT, headers, validity), headers);
  }

  private String sign(
      String name, HttpMethod method, Map<String, String> headers, Duration validity)
      throws IOException {
    return errors.ask(
        messages.signing(key(name)),
        () ->
            storage
                .signUrl(
                    BlobInfo.newBuilder(id(name)).build(),
                    validity.toSeconds(),
                    TimeUnit.SECONDS,
                    SignUrlOption.httpMethod(method),
                    SignUrlOption.withV4Signature(),
                    SignUrlOption.signWith(signer),
                    SignUrlOption.withHostName(messages.place().endpoint()),
                    SignUrlOption.withExtHeaders(headers))
                .toString());
  }

  @Override
  public void close() {
    try {
      storage.close();
      once.close();
    } catch (Exception e) {
      throw new IllegalStateException("the client of the object store could not be closed", e);
    }
  }
}
