package io.platform.git.push;

import io.platform.git.pack.PackProblem;
import java.time.Duration;
import java.util.List;

/**
 * Why what a client sent was not taken; nothing of it was stored. Sizes and limits are in bytes.
 */
public sealed interface UploadRefusal extends PushRefusal {
  /** The pack is malformed, or exceeds a limit. */
  record BadPack(PackProblem problem) implements UploadRefusal {}

  /** The pack exceeds the limit. */
  record PackTooLarge(long limit) implements UploadRefusal {}

  /** An object in the pack exceeds the limit. */
  record ObjectTooLarge(long limit) implements UploadRefusal {}

  /** Objects are missing that the client itself does not have: its clone is shallow. */
  record ShallowClone() implements UploadRefusal {}

  /** An object is missing that the push refers to. */
  record MissingObject(String id) implements UploadRefusal {}

  /** An object is not as git wants it; the reason is that of {@code git fsck}. */
  record BrokenObject(String reason) implements UploadRefusal {}

  /** Trees have names that some file system takes for {@code .git}. */
  record ForbiddenNames(List<String> paths) implements UploadRefusal {}

  /** The client sent nothing for too long, or its connection broke. */
  record Stalled() implements UploadRefusal {}

  /** The client sent less than this many bytes a second. */
  record TooSlow(int bytesPerSecond) implements UploadRefusal {}

  /** The push took longer than it may. */
  record TooLong(Duration limit) implements UploadRefusal {}

  /** The pack needs more memory than there is. */
  record TooComplex() implements UploadRefusal {}

  /** What was sent is no good pack. */
  record Unreadable() implements UploadRefusal {}
}
