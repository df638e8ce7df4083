package io.platform.storage;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** A multipart upload; each part with its SHA-256, which the store checks. */
final class S3Parts implements Bucket.Parts {
  private final S3Client client;
  private final S3Troubles troubles;
  private final Failure failure;
  private final StoreSettings settings;
  private final Target target;
  private final ConcurrentLinkedQueue<CompletedPart> sent = new ConcurrentLinkedQueue<>();

  /** What is uploaded to. */
  private record Target(String bucket, String name, String upload, boolean ifAbsent) {}

  private S3Parts(
      S3Client client,
      S3Troubles troubles,
      Failure failure,
      StoreSettings settings,
      Target target) {
    this.client = client;
    this.troubles = troubles;
    this.failure = failure;
    this.settings = settings;
    this.target = target;
  }

  static S3Parts begin(
      S3Client client,
      S3Troubles troubles,
      Failure failure,
      StoreSettings settings,
      String bucket,
      String name,
      Upload upload)
      throws IOException {
    String partSize = Integer.toString(settings.partSize());
    CreateMultipartUploadResponse begun =
        troubles.ask(
            failure,
            () ->
                client.createMultipartUpload(b ->
                    b.bucket(bucket)
                        .key(name)
                        .metadata(upload.metadata(S3Heads.PART_SIZE, partSize))
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .checksumType(ChecksumType.COMPOSITE)));
    return new S3Parts(
        client,
        troubles,
        failure,
        settings,
        new Target(bucket, name, begun.uploadId(), upload.ifAbsent()));
  }

  @Override
  public int parallel() {
    return settings.parallel();
  }

  @Override
  public void send(int number, byte[] bytes, int length, boolean last) throws IOException {
    java.security.MessageDigest digest = Digests.sha256();
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
            .overrideConfiguration(S3Connection.sending(settings, length))
            .build();
    RequestBody body = S3Connection.body(bytes, length);
    String tag = troubles.send(length, this::ended, () -> client.uploadPart(request, body)).eTag();
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
            .overrideConfiguration(S3Connection.sending(settings, size));
    if (target.ifAbsent()) {
      refuseToReplace(); // servers of others know the condition for one request only
      request.ifNoneMatch("*");
    }
    troubles.send(size, this::ended, () -> client.completeMultipartUpload(request.build()));
  }

  /** Of an upload that has begun, nothing but itself can be missing. */
  private IOException ended(Trouble trouble) {
    return failure.because(
        trouble.kind() == Trouble.Kind.MISSING ? Trouble.of(Trouble.Kind.ABORTED) : trouble);
  }

  private void refuseToReplace() throws IOException {
    if (troubles
        .find(failure, () -> client.headObject(b -> b.bucket(target.bucket()).key(target.name())))
        .isPresent()) {
      throw failure.because(Trouble.of(Trouble.Kind.EXISTS));
    }
  }

  @Override
  public void abort() {
    try {
      client.abortMultipartUpload(b ->
          b.bucket(target.bucket())
              .key(target.name())
              .uploadId(target.upload())
              .overrideConfiguration(o -> o.apiCallTimeout(settings.brief())));
    } catch (SdkException e) {
      // the sweep finds it
    }
  }
}
