package io.platform.storage;

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
final class GoogleBucket implements Bucket {
  /** A segment that no key can have. */
  private static final String UNSEEN = ".upload/";

  private final Storage storage;
  private final Storage once;
  private final ServiceAccountSigner signer;
  private final GoogleTroubles troubles;
  private final StoreWords words;
  private final StoreSettings settings;

  private GoogleBucket(
      GoogleConnection connection,
      GoogleTroubles troubles,
      StoreWords words,
      StoreSettings settings) {
    this.storage = connection.storage();
    this.once = connection.once();
    this.signer = connection.signer();
    this.troubles = troubles;
    this.words = words;
    this.settings = settings;
  }

  static GoogleBucket open(StoreLocation.InGoogle location, StoreSettings settings)
      throws IOException {
    return open(location, settings, GoogleConnection.open(location, settings));
  }

  static GoogleBucket open(
      StoreLocation.InGoogle location, StoreSettings settings, GoogleConnection connection) {
    StoreWords.Place place =
        new StoreWords.Place(
            "gs://" + location.bucket() + "/" + location.prefix(),
            location.bucket(),
            location.prefix(),
            connection.endpoint(),
            "");
    return new GoogleBucket(
        connection,
        new GoogleTroubles(connection.requests()),
        new StoreWords(place, StoreWords.Access.GOOGLE),
        settings);
  }

  @Override
  public StoreWords words() {
    return words;
  }

  private String key(String name) {
    return words.place().key(name);
  }

  private BlobId id(String name) {
    return BlobId.of(words.place().bucket(), name);
  }

  private BlobInfo.Builder info(String name) {
    return BlobInfo.newBuilder(id(name)).setContentType("application/octet-stream");
  }

  @Override
  public void put(String name, byte[] bytes, int length, String sha256Hex, Upload upload)
      throws IOException {
    BlobInfo info = info(name).setMetadata(upload.metadata(ObjectInfo.SHA256, sha256Hex)).build();
    BlobTargetOption[] options = GoogleParts.conditions(upload);
    troubles.within(
        settings.all(length),
        words.storing(key(name)),
        () -> storage.create(info, bytes, 0, length, options));
  }

  @Override
  public Parts begin(String name, Upload upload) throws IOException {
    return GoogleParts.begin(
        storage,
        troubles,
        words.storing(key(name)),
        settings,
        new GoogleParts.Target(
            info(unseen(name) + "/" + upload.id()).build(), info(name).build(), upload));
  }

  /** Where what is not yet the object of a name, or of a prefix of names, gathers. */
  private String unseen(String name) {
    return words.place().prefix() + UNSEEN + key(name);
  }

  @Override
  public Content get(String name, long from, long length, String version) throws IOException {
    Failure failure = words.reading(key(name));
    Head head = head(name).orElseThrow(() -> failure.because(Trouble.of(Trouble.Kind.MISSING)));
    String wanted = version.isEmpty() ? head.version() : version;
    return new Content(
        troubles.ask(
            failure,
            () -> {
              BlobId id = BlobId.of(words.place().bucket(), name, Long.valueOf(wanted));
              ReadChannel channel = once.reader(id); // whoever reads tries again
              channel.seek(Math.min(from, head.size()));
              channel.limit(length > head.size() - from ? head.size() : from + length);
              return Channels.newInputStream(channel);
            }),
        head);
  }

  @Override
  public Optional<Head> head(String name) throws IOException {
    @Nullable Blob blob = troubles.ask(words.reading(key(name)), () -> storage.get(id(name)));
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
        troubles.ask(
            words.listing(key(prefix)),
            () ->
                storage.list(
                    words.place().bucket(),
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
    Failure failure = words.copying(key(from));
    Head head = head(from).orElseThrow(() -> failure.because(Trouble.of(Trouble.Kind.MISSING)));
    troubles.within(
        settings.all(head.size()),
        failure,
        () ->
            storage
                .copy(
                    Storage.CopyRequest.newBuilder().setSource(id(from)).setTarget(id(to)).build())
                .getResult());
  }

  @Override
  public void delete(List<String> names) throws IOException {
    troubles.within(
        settings.all(settings.partSize()),
        words.deleting(key(names.getFirst())),
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
    return troubles.ask(
        words.signing(key(name)),
        () ->
            storage
                .signUrl(
                    BlobInfo.newBuilder(id(name)).build(),
                    validity.toSeconds(),
                    TimeUnit.SECONDS,
                    SignUrlOption.httpMethod(method),
                    SignUrlOption.withV4Signature(),
                    SignUrlOption.signWith(signer),
                    SignUrlOption.withHostName(words.place().endpoint()),
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
