package io.platform.git.http.lfs;

/** Why a Git LFS request, or one of the files that it names, is refused. */
sealed interface LfsRefusal {
  /** The request's body is no such JSON. */
  record Malformed(String detail) implements LfsRefusal {}

  /** The request has more bytes than are taken. */
  record RequestTooLarge(int most) implements LfsRefusal {}

  /** The request names more files than are taken. */
  record TooManyNamed(int most) implements LfsRefusal {}

  /** Neither an upload nor a download. */
  record UnknownOperation() implements LfsRefusal {}

  /** The client knows no adapter that the platform has. */
  record NoCommonAdapter() implements LfsRefusal {}

  /** The client names files by another digest than SHA-256. */
  record OtherDigest() implements LfsRefusal {}

  /** A file is named by what is no SHA-256. */
  record BadName() implements LfsRefusal {}

  /** A file is said to have less than no bytes. */
  record BadSize() implements LfsRefusal {}

  /** What is stored under the name has another size. */
  record OtherSize(long stored, long named) implements LfsRefusal {}

  /** What came has another SHA-256 than its name. */
  record OtherContent() implements LfsRefusal {}

  record NotUploaded() implements LfsRefusal {}

  /** The rest is asked for from behind the file's end. */
  record BeyondEnd(long size) implements LfsRefusal {}

  record FileTooLarge(long most) implements LfsRefusal {}

  /** All files of the app would be larger than they may be together. */
  record AppTooLarge(long most) implements LfsRefusal {}

  record TooManyFiles(int most) implements LfsRefusal {}

  /** Who may only read wants to upload; the sentence is that of the decision. */
  record Denied(String sentence) implements LfsRefusal {}

  record NoLocks() implements LfsRefusal {}

  /** The API has no such request. */
  record UnknownRequest() implements LfsRefusal {}

  record Stopping() implements LfsRefusal {}

  record TooSlow() implements LfsRefusal {}

  record StoreFull() implements LfsRefusal {}

  /** The disk of the store fails or is read-only. */
  record StoreNotWritable() implements LfsRefusal {}

  record StoreUnavailable() implements LfsRefusal {}

  /** A fault of the platform. */
  record Fault() implements LfsRefusal {}
}
