package io.platform.git.http.receive;

import io.platform.git.push.RefLimits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** The part of a push before its pack: ref updates and push options. */
public final class PushRequest {
  private final byte[] head;
  private final int commands;
  private final int creates;
  private final int deletes;
  private final boolean sideBand;

  /**
   * What was read.
   *
   * @param head the bytes of it
   * @param commands how many refs it changes
   * @param creates how many of them it creates
   * @param deletes how many of them it deletes
   * @param sideBand whether the client wants messages and errors on bands of their own
   */
  PushRequest(byte[] head, int commands, int creates, int deletes, boolean sideBand) {
    this.head = head;
    this.commands = commands;
    this.creates = creates;
    this.deletes = deletes;
    this.sideBand = sideBand;
  }

  public int creates() {
    return creates;
  }

  public int deletes() {
    return deletes;
  }

  boolean sideBand() {
    return sideBand;
  }

  /** The whole request again. */
  public InputStream replay(InputStream pack) {
    return new SequenceInputStream(new ByteArrayInputStream(head), pack);
  }

  /**
   * Refuses what would leave more refs than a repository may have.
   *
   * @param there how many refs there are
   */
  void checkRefs(int there, RefLimits limits) throws PushRequestRefused {
    if (creates > 0 && there + creates - deletes > limits.perRepository()) {
      throw new PushRequestRefused(
          "The push would leave this repository with %,d refs, and this platform keeps %,d in one. Delete some (git push platform --delete <ref>), or push fewer."
              .formatted(there + creates - deletes, limits.perRepository()),
          sideBand);
    }
  }

  /**
   * Refuses more objects for a repository that has too many. What is deleted may go.
   *
   * @param there how many objects there are
   */
  void checkObjects(long there, long most) throws PushRequestRefused {
    if (commands > deletes && there > most) {
      throw new PushRequestRefused(
          "This repository has %,d objects, and this platform takes no more for one that has more than %,d. Push to a new app (platform create), or contact your administrator for a higher limit (PLATFORM_MAX_OBJECTS)."
              .formatted(there, most),
          sideBand);
    }
  }
}
