package io.platform.storage.s3;

import io.platform.storage.Digests;
import io.platform.storage.FailedOperation;
import io.platform.storage.ObjectInfo;
import io.platform.storage.SignedUpload;
import io.platform.storage.StoreError;
import io.platform.storage.StoreException;
import io.platform.storage.StoreLocation;
import io.platform.storage.StoreMessages;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketUpload;
import io.platform.storage.bucket.RequestLimits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** A bucket of S3, or of what speaks its protocol. */
public final class S3Bucket implements Bucket {

  /** Headers that an HTTP client sets by itself. */
  private static final Set<String> BY_CLIENT = Set.of("host", "content-length");

  private final S3Client client;
  private final S3Presigner presigner;
  private final S3ErrorMapper errors;
  private final StoreMessages messages;
  private final RequestLimits limits;
  private final boolean amazon;

  private S3Bucket(S3Connection connection, StoreMessages messages, RequestLimits limits) {
    this.client = connection.client();
    this.presigner = connection.presigner();
    this.amazon = connection.amazon();
    this.errors = new S3ErrorMapper(connection.region(), connection.watchdog());
    this.messages = messages;
    this.limits = limits;
  }

  public static S3Bucket open(StoreLocation.InS3 location, RequestLimits limits)
      throws IOException {
    return open(location, limits, DefaultCredentialsProvider.builder().build());
  }

  public static S3Bucket open(
      StoreLocation.InS3 location, RequestLimits limits, AwsCredentialsProvider credentials)
      throws IOException {
    S3Connection connection = S3Connection.open(location, limits, credentials);
    StoreMessages.Place place =
        new StoreMessages.Place(
            "s3://" + location.bucket() + "/" + location.prefix(),
            location.bucket(),
            location.prefix(),
            connection.endpoint(),
            connection.region());
    return new S3Bucket(connection, new StoreMessages(place, StoreMessages.Access.S3), limits);
  }

  @Override
  public StoreMessages messages() {
    return messages;
  }

  private String bucket() {
    return messages.place().bucket();
  }

  private String key(String name) {
    return messages.place().key(name);
  }

  /** One request, its failures told in words. */
  private <T> T ask(FailedOperation failure, S3ErrorMapper.Request<T> request) throws IOException {
    return errors.ask(failure, request);
  }

  @Override
  public void put(String name, byte[] bytes, int length, String sha256Hex, BucketUpload upload)
      throws IOException {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket())
            .key(name)
            .contentLength((long) length)
            .checksumSHA256(Digests.base64(sha256Hex))
            .metadata(upload.metadata(ObjectInfo.SHA256, sha256Hex))
            .overrideConfiguration(S3Connection.sending(limits, length));
    if (upload.ifAbsent()) {
      request.ifNoneMatch("*");
    }
    RequestBody body = S3Connection.body(bytes, length);
    errors.send(length, messages.storing(key(name)), () -> client.putObject(request.build(), body));
  }

  @Override
  public Parts begin(String name, BucketUpload upload) throws IOException {
    return MultipartUpload.begin(
        client, errors, messages.storing(key(name)), limits, bucket(), name, upload);
  }

  @Override
  public Content get(String name, long from, long length, String version) throws IOException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(bucket()).key(name).checksumMode(ChecksumMode.ENABLED);
    boolean part = from > 0 || length != Long.MAX_VALUE;
    if (part) {
      request.range(range(from, length));
    }
    if (!version.isEmpty()) {
      request.ifMatch(version);
    }
    try {
      ResponseInputStream<GetObjectResponse> in =
          ask(messages.reading(key(name)), () -> client.getObject(request.build()));
      if (from > 0 && in.response().contentRange() == null) {
        in.abort();
        throw messages
            .reading(key(name))
            .because(StoreError.of(StoreError.Kind.DAMAGED, "the store sent another part of it"));
      }
      return new Content(new S3Body(in), S3Headers.of(in.response()));
    } catch (StoreException e) {
      if (part && S3ErrorMapper.isBeyondEnd(e)) {
        Head head =
            head(name)
                .orElseThrow(() ->
                    messages.reading(key(name)).because(StoreError.of(StoreError.Kind.MISSING)));
        return new Content(InputStream.nullInputStream(), head);
      }
      throw e;
    }
  }

  private static String range(long from, long length) {
    long last = from + length - 1;
    return last < from ? "bytes=%d-".formatted(from) : "bytes=%d-%d".formatted(from, last);
  }

  @Override
  public Optional<Head> head(String name) throws IOException {
    Optional<HeadObjectResponse> found =
        errors.find(
            messages.reading(key(name)),
            () ->
                client.headObject(
                    b -> b.bucket(bucket()).key(name).checksumMode(ChecksumMode.ENABLED)));
    return found.map(S3Headers::of);
  }

  @Override
  public Page list(String prefix, String next) throws IOException {
    ListObjectsV2Response page =
        ask(
            messages.listing(key(prefix)),
            () ->
                client.listObjectsV2(b ->
                    b.bucket(bucket())
                        .prefix(prefix)
                        .continuationToken(next.isEmpty() ? null : next)));
    List<ObjectInfo> objects =
        page.contents().stream()
            .map(object -> new ObjectInfo(object.key(), object.size(), "", object.lastModified()))
            .toList();
    return new Page(
        objects,
        Boolean.TRUE.equals(page.isTruncated())
            ? Optional.ofNullable(page.nextContinuationToken())
            : Optional.empty());
  }

  @Override
  public void copy(String from, String to) throws IOException {
    Head head =
        head(from)
            .orElseThrow(
                () -> messages.copying(key(from)).because(StoreError.of(StoreError.Kind.MISSING)));
    ask(
        messages.copying(key(from)),
        () ->
            client.copyObject(b ->
                b.sourceBucket(bucket())
                    .sourceKey(from)
                    .destinationBucket(bucket())
                    .destinationKey(to)
                    .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                    .overrideConfiguration(S3Connection.sending(limits, head.size()))));
  }

  @Override
  public void delete(List<String> names) throws IOException {
    FailedOperation failure = messages.deleting(key(names.getFirst()));
    Delete delete =
        Delete.builder()
            .quiet(true)
            .objects(
                names.stream().map(name -> ObjectIdentifier.builder().key(name).build()).toList())
            .build();
    DeleteObjectsResponse answer =
        ask(failure, () -> client.deleteObjects(b -> b.bucket(bucket()).delete(delete)));
    for (S3Error error : answer.errors()) {
      if (!"NoSuchKey".equals(error.code())) {
        throw messages
            .deleting(key(error.key()))
            .because(S3ErrorMapper.named(error.code(), String.valueOf(error.message())));
      }
    }
  }

  @Override
  public void abortUploads(String prefix, Instant before) throws IOException {
    new UnfinishedUploads(client, errors, messages, amazon).abort(prefix, before);
  }

  @Override
  public String signGet(String name, Duration validity) throws IOException {
    return ask(
        messages.signing(key(name)),
        () ->
            presigner
                .presignGetObject(b ->
                    b.signatureDuration(validity)
                        .getObjectRequest(g -> g.bucket(bucket()).key(name)))
                .url()
                .toString());
  }

  @Override
  public SignedUpload signPut(String name, long size, String sha256Hex, Duration validity)
      throws IOException {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(bucket())
            .key(name)
            .contentLength(size)
            .checksumSHA256(Digests.base64(sha256Hex))
            .metadata(Map.of(ObjectInfo.SHA256, sha256Hex))
            .build();
    PresignedPutObjectRequest signed =
        ask(
            messages.signing(key(name)),
            () ->
                presigner.presignPutObject(
                    b -> b.signatureDuration(validity).putObjectRequest(request)));
    Map<String, String> headers = new HashMap<>();
    signed
        .signedHeaders()
        .forEach((header, values) -> {
          if (!BY_CLIENT.contains(header)) {
            headers.put(header, String.join(",", values));
          }
        });
    return new SignedUpload("PUT", signed.url().toString(), headers);
  }

  @Override
  public void close() {
    client.close();
    presigner.close();
  }
}
