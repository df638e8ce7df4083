package io.platform.git.http.lfs;

/** The statuses and sentences of refused Git LFS requests, which git-lfs shows. */
final class LfsMessages {
  private LfsMessages() {}

  /** An HTTP status, and a sentence. */
  record Message(int status, String sentence) {}

  static Message of(LfsRefusal refusal) {
    return switch (refusal) {
      case LfsRefusal.Malformed(String detail) -> new Message(422, detail);
      case LfsRefusal.RequestTooLarge(int most) ->
          new Message(
              413, "The request is larger than %,d bytes: ask for fewer files.".formatted(most));
      case LfsRefusal.TooManyNamed(int most) ->
          new Message(413, "The request names more than %,d files: ask for fewer.".formatted(most));
      case LfsRefusal.UnknownOperation() ->
          new Message(422, "The operation must be 'upload' or 'download'.");
      case LfsRefusal.NoCommonAdapter() ->
          new Message(
              422, "This platform transfers Git LFS files by the adapter 'basic' only: allow it.");
      case LfsRefusal.OtherDigest() ->
          new Message(409, "This platform names Git LFS files by their SHA-256 only.");
      case LfsRefusal.BadName() ->
          new Message(422, "The name of a file is no SHA-256 in 64 lower-case hexadecimal digits.");
      case LfsRefusal.BadSize() -> new Message(422, "The size of a file is no number of bytes.");
      case LfsRefusal.OtherSize(long stored, long named) ->
          new Message(422, "The file has %,d bytes, and not %,d.".formatted(stored, named));
      case LfsRefusal.OtherContent() ->
          new Message(
              422, "The content that came has another SHA-256 than its name. Upload it again.");
      case LfsRefusal.NotUploaded() ->
          new Message(
              404,
              "The content of this file was not uploaded to this platform: git lfs push --all platform");
      case LfsRefusal.BeyondEnd(long size) ->
          new Message(416, "The file has %,d bytes and ends before that.".formatted(size));
      case LfsRefusal.FileTooLarge(long most) ->
          new Message(
              413,
              "A file is larger than %,d bytes, which is this platform's limit.".formatted(most));
      case LfsRefusal.AppTooLarge(long most) ->
          new Message(
              507,
              "The app's Git LFS files would be more than %,d bytes, which is this platform's limit."
                  .formatted(most));
      case LfsRefusal.TooManyFiles(int most) ->
          new Message(
              507,
              "The app has %,d Git LFS files in all their versions, which is this platform's limit."
                  .formatted(most));
      case LfsRefusal.Denied(String sentence) -> new Message(403, sentence);
      case LfsRefusal.NoLocks() ->
          new Message(
              501,
              "This platform keeps no locks: lock files where the team's repository is hosted.");
      case LfsRefusal.UnknownRequest() ->
          new Message(404, "This is no request of the Git LFS API: use git-lfs 2.0 or later.");
      case LfsRefusal.Stopping() ->
          new Message(503, "The platform is stopping. Try again when the platform is back.");
      case LfsRefusal.TooSlow() ->
          new Message(408, "The upload was too slow. Upload again over a better connection.");
      case LfsRefusal.StoreFull() ->
          new Message(
              507,
              "The platform's object store is full. Contact your administrator for more space, then push again.");
      case LfsRefusal.StoreNotWritable() ->
          new Message(
              507,
              "The disk of the platform's object store fails or is read-only. Contact your administrator to make it writable, then push again.");
      case LfsRefusal.StoreUnavailable() ->
          new Message(503, "The platform's object store does not answer. Try again in a minute.");
      case LfsRefusal.Fault() ->
          new Message(
              500,
              "This failed because of an error of the platform, not of yours. Try again; if this keeps failing, contact your administrator.");
    };
  }
}
