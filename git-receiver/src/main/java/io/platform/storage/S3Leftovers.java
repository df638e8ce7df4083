package io.platform.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** Unfinished multipart uploads: they take room, and no listing of objects shows them. */
final class S3Leftovers {
  private final S3Client client;
  private final S3Troubles troubles;
  private final StoreWords words;
  private final boolean amazon;

  S3Leftovers(S3Client client, S3Troubles troubles, StoreWords words, boolean amazon) {
    this.client = client;
    this.troubles = troubles;
    this.words = words;
    this.amazon = amazon;
  }

  /** Gives up those under a prefix that got no byte since a time. */
  void abort(String prefix, Instant before) throws IOException {
    ListMultipartUploadsRequest.Builder request =
        ListMultipartUploadsRequest.builder().bucket(words.place().bucket());
    if (amazon) {
      request.prefix(prefix); // MinIO takes a prefix for the name of an object
    }
    Failure failure = words.listing(words.place().key(prefix));
    for (boolean more = true; more; ) {
      ListMultipartUploadsResponse page =
          troubles.ask(failure, () -> client.listMultipartUploads(request.build()));
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
        troubles
            .find(
                words.reading(upload.key()),
                () ->
                    client.listParts(b ->
                        b.bucket(words.place().bucket())
                            .key(upload.key())
                            .uploadId(upload.uploadId())))
            .map(answer -> answer.parts())
            .orElse(List.of());
    return parts.stream()
        .map(Part::lastModified)
        .reduce(upload.initiated(), (a, b) -> a.isAfter(b) ? a : b);
  }

  private void abort(MultipartUpload upload) throws IOException {
    troubles.find(
        words.deleting(upload.key()),
        () ->
            client.abortMultipartUpload(b ->
                b.bucket(words.place().bucket()).key(upload.key()).uploadId(upload.uploadId())));
  }
}
