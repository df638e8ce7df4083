package io.platform.storage.s3;

import io.platform.commons.digest.Sha256Digests;
import io.platform.storage.Digests;
import io.platform.storage.FailedOperation;
import io.platform.storage.StoreError;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketUpload;
import io.platform.storage.bucket.RequestLimits;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** A multipart upload; each part with its SHA-256, which the store checks. */
final class MultipartUpload implements Bucket.Parts {
  private final S3Client client;
  private final S3ErrorMapper errors;
  private final FailedOperation failure;
  private final RequestLimits limits;
  private final Target target;
  private final ConcurrentLinkedQueue<CompletedPart> sent = new ConcurrentLinkedQueue<>();

  /** The target of an upload. */
  private record Target(String bucket, String name, String upload, boolean ifAbsent) {}

  private MultipartUpload(
      S3Client client,
      S3ErrorMapper errors,
      FailedOperation failure,
      RequestLimits limits,
      Target target) {
    this.client = client;
    this.errors = errors;
    this.failure = failure;
    this.limits = limits;
    this.target = target;
  }

  static MultipartUpload begin(
      S3Client client,
      S3ErrorMapper errors,
      FailedOperation failure,
      RequestLimits limits,
      String bucket,
      String name,
      BucketUpload upload)
      throws IOException {
    String partSize = Integer.toString(limits.partSize());
    CreateMultipartUploadResponse begun =
        errors.ask(
            failure,
            () ->
                client.createMultipartUpload(b ->
                    b.bucket(bucket)
                        .key(name)
                        .metadata(upload.metadata(S3Headers.PART_SIZE, partSize))
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .checksumType(ChecksumType.COMPOSITE)));
    return new MultipartUpload(
        client,
        errors,
        failure,
        limits,
        new Target(bucket, name, begun.uploadId(), upload.ifAbsent()));
  }

  @Override
  public int parallel() {
    return limits.parallel();
  }

  @Override
  public void send(int number, byte[] bytes, int length, boolean last) throws IOException {
    java.security.MessageDigest digest = Sha256Digests.start();
    digest.update(bytes, 0, length);
    String sha256 = Digests.base64(digest.digest());
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(target.bucket())
            .key(target.name())
            .uploadId(target.upload())
            .partNumber(number)
            .contentLength((long) length)
            .checksumSHA256(sha256)
            .overrideConfiguration(S3Connection.sending(limits, length))
            .build();
    RequestBody body = S3Connection.body(bytes, length);
    String tag = errors.send(length, this::ended, () -> client.uploadPart(request, body)).eTag();
    sent.add(CompletedPart.builder().partNumber(number).eTag(tag).checksumSHA256(sha256).build());
  }

  @Override
  public void complete(long size, String sha256Hex) throws IOException {
    List<CompletedPart> parts =
        sent.stream().sorted(Comparator.comparing(CompletedPart::partNumber)).toList();
    CompleteMultipartUploadRequest.Builder request =
        CompleteMultipartUploadRequest.builder()
            .bucket(target.bucket())
            .key(target.name())
            .uploadId(target.upload())
            .multipartUpload(m -> m.parts(parts))
            .overrideConfiguration(S3Connection.sending(limits, size));
    if (target.ifAbsent()) {
      refuseToReplace(); // servers of others know the condition for one request only
      request.ifNoneMatch("*");
    }
    errors.send(size, this::ended, () -> client.completeMultipartUpload(request.build()));
  }

  /** Of an upload that has begun, nothing but itself can be missing. */
  private IOException ended(StoreError error) {
    return failure.because(
        error.kind() == StoreError.Kind.MISSING ? StoreError.of(StoreError.Kind.ABORTED) : error);
  }

  private void refuseToReplace() throws IOException {
    if (errors
        .find(failure, () -> client.headObject(b -> b.bucket(target.bucket()).key(target.name())))
        .isPresent()) {
      throw failure.because(StoreError.of(StoreError.Kind.EXISTS));
    }
  }

  @Override
  public void abort() throws IOException {
    errors.find(
        failure,
        () ->
            client.abortMultipartUpload(b ->
                b.bucket(target.bucket())
                    .key(target.name())
                    .uploadId(target.upload())
                    .overrideConfiguration(o -> o.apiCallTimeout(limits.brief()))));
  }
}
