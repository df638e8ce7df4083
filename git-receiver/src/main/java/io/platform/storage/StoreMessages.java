package io.platform.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** The messages for failures of a store: what was tried, why it failed, what to do next. */
public final class StoreMessages {
  private final Place place;
  private final Access access;

  /**
   * The place of a store, as people know it.
   *
   * @param url without its parameters
   * @param endpoint where its requests go
   * @param region empty where there are none
   */
  public record Place(String url, String bucket, String prefix, String endpoint, String region) {
    /** A name in the bucket as the key that it is for the rest of the platform. */
    public String key(String name) {
      return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
  }

  /** The names that a cloud has for what may be allowed. */
  public record Access(String store, String read, String list, String delete, String sign) {
    public static final Access S3 =
        new Access("s3:PutObject", "s3:GetObject", "s3:ListBucket", "s3:DeleteObject", "");
    public static final Access GOOGLE =
        new Access(
            "storage.objects.create",
            "storage.objects.get",
            "storage.objects.list",
            "storage.objects.delete",
            "iam.serviceAccounts.signBlob");
  }

  public StoreMessages(Place place, Access access) {
    this.place = place;
    this.access = access;
  }

  public Place place() {
    return place;
  }

  public FailedOperation storing(String key) {
    return error ->
        failure(
            "Storing " + key,
            key,
            access.store(),
            error.kind() == StoreError.Kind.MISSING
                ? StoreError.of(StoreError.Kind.NO_BUCKET)
                : error);
  }

  public FailedOperation reading(String key) {
    return error ->
        failure(
            "Reading " + key,
            key,
            access.read(),
            error.kind() == StoreError.Kind.EXISTS
                ? StoreError.of(StoreError.Kind.REPLACED)
                : error);
  }

  public FailedOperation copying(String key) {
    return error -> failure("Copying " + key, key, access.read() + " and " + access.store(), error);
  }

  public FailedOperation deleting(String key) {
    return error -> failure("Deleting " + key, key, access.delete(), error);
  }

  public FailedOperation listing(String prefix) {
    return error ->
        failure("Listing the objects under '%s'".formatted(prefix), prefix, access.list(), error);
  }

  public FailedOperation signing(String key) {
    return error -> failure("Signing a URL for " + key, key, access.sign(), error);
  }

  private IOException failure(String what, String key, String right, StoreError error) {
    return switch (error.kind()) {
      case MISSING -> new NoSuchFileException(key);
      case EXISTS -> new FileAlreadyExistsException(key);
      default -> new StoreException(what + " failed: " + sentence(error, right), error, right);
    };
  }

  /** The failure of the first requests, told as what is wrong with the store. */
  public IOException unusable(IOException failure) {
    return failure instanceof StoreException e
        ? new StoreException(
            "The object store %s cannot be used: %s"
                .formatted(place.url(), sentence(e.error(), e.right())),
            e.error(),
            e.right())
        : failure;
  }

  private String sentence(StoreError error, String right) {
    String detail = error.detail();
    return switch (error.kind()) {
      case NO_BUCKET ->
          "there is no bucket '%s' at %s. Create it, or correct the object store's URL."
              .formatted(place.bucket(), place.endpoint());
      case WRONG_REGION ->
          detail.isEmpty()
              ? "the bucket '%s' is not in the region %s. Put the right one into the URL: ?region=REGION."
                  .formatted(place.bucket(), place.region())
              : "the bucket '%s' is in the region %s, not in %s. Put it into the URL: ?region=%s."
                  .formatted(place.bucket(), detail, place.region(), detail);
      case DENIED ->
          "the credentials may not do it. Allow them %s on the bucket '%s'%s."
              .formatted(
                  right.isEmpty() ? "this" : right,
                  place.bucket(),
                  place.prefix().isEmpty() ? "" : " under '%s'".formatted(place.prefix()));
      case BAD_CREDENTIALS ->
          "the store does not accept the credentials%s. Correct them where the platform finds them: its environment, a key file, or the machine's role."
              .formatted(parenthesis(detail));
      case NO_CREDENTIALS ->
          "no credentials were found%s. Give them by the environment, a key file, or the machine's role: docs/object-storage.md tells how."
              .formatted(parenthesis(detail));
      case CLOCK ->
          "this machine's clock and the store's differ%s, and signatures are good for minutes only. Set the clock (NTP), and try again."
              .formatted(detail.isEmpty() ? "" : " by " + detail);
      case UNREACHABLE ->
          "%s cannot be reached: %s. Check the endpoint, the network, and that the store runs."
              .formatted(place.endpoint(), detail);
      case TOO_SLOW ->
          "%s did not take or send a byte for too long. Try again; if this keeps failing, check the store's load and the network."
              .formatted(place.endpoint());
      case BROKEN ->
          "the connection to %s broke again and again. Try again; if this keeps failing, check the store and the network."
              .formatted(place.endpoint());
      case BUSY ->
          "the store refused it again and again (%s). Try again in a few minutes; if this keeps failing, check the store's load."
              .formatted(detail);
      case FULL -> "the object store is full. Free some space in it, and try again.";
      case ABORTED -> "its upload was given up meanwhile. Try again.";
      case DAMAGED ->
          "%s. Try again; if this keeps failing, the stored object is damaged and has to be created again."
              .formatted(detail);
      case REPLACED -> "it was replaced while it was read. Try again.";
      case EXISTS -> "there is one already.";
      case MISSING -> "there is none.";
      case OTHER -> "the store answered: %s.".formatted(detail);
    };
  }

  private static String parenthesis(String detail) {
    return detail.isEmpty() ? "" : " (%s)".formatted(detail);
  }
}
