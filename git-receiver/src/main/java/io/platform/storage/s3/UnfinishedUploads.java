package io.platform.storage.s3;

import io.platform.storage.FailedOperation;
import io.platform.storage.StoreMessages;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** Removes unfinished multipart uploads, which take space but appear in no listing of objects. */
final class UnfinishedUploads {
  private final S3Client client;
  private final S3ErrorMapper errors;
  private final StoreMessages messages;
  private final boolean amazon;

  UnfinishedUploads(S3Client client, S3ErrorMapper errors, StoreMessages messages, boolean amazon) {
    this.client = client;
    this.errors = errors;
    this.messages = messages;
    this.amazon = amazon;
  }

  /** Gives up those under a prefix that got no byte since a time. */
  void abort(String prefix, Instant before) throws IOException {
    ListMultipartUploadsRequest.Builder request =
        ListMultipartUploadsRequest.builder().bucket(messages.place().bucket());
    if (amazon) {
      request.prefix(prefix); // MinIO takes a prefix for the name of an object
    }
    FailedOperation failure = messages.listing(messages.place().key(prefix));
    for (boolean more = true; more; ) {
      ListMultipartUploadsResponse page =
          errors.ask(failure, () -> client.listMultipartUploads(request.build()));
      for (MultipartUpload upload : page.uploads()) {
        if (upload.key().startsWith(prefix) && newest(upload).isBefore(before)) {
          abort(upload);
        }
      }
      more = Boolean.TRUE.equals(page.isTruncated()) && page.nextKeyMarker() != null;
      request.keyMarker(page.nextKeyMarker()).uploadIdMarker(page.nextUploadIdMarker());
    }
  }

  /** When an upload got its newest part. */
  private Instant newest(MultipartUpload upload) throws IOException {
    List<Part> parts =
        errors
            .find(
                messages.reading(upload.key()),
                () ->
                    client.listParts(b ->
                        b.bucket(messages.place().bucket())
                            .key(upload.key())
                            .uploadId(upload.uploadId())))
            .map(answer -> answer.parts())
            .orElse(List.of());
    return parts.stream()
        .map(Part::lastModified)
        .reduce(upload.initiated(), (a, b) -> a.isAfter(b) ? a : b);
  }

  private void abort(MultipartUpload upload) throws IOException {
    errors.find(
        messages.deleting(upload.key()),
        () ->
            client.abortMultipartUpload(b ->
                b.bucket(messages.place().bucket()).key(upload.key()).uploadId(upload.uploadId())));
  }
}
