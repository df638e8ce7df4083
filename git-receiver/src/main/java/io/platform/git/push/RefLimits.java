package io.platform.git.push;

/**
 * Limits for the number of refs and the length of their names.
 *
 * @param perPush refs that one push may create, move and delete
 * @param perRepository refs that a repository may have
 * @param nameBytes of a full ref name
 * @param options push options of one push
 * @param optionBytes of one push option
 */
public record RefLimits(
    int perPush, int perRepository, int nameBytes, int options, int optionBytes) {
  /** Limits that nothing can pass are mistakes. */
  public RefLimits {
    if (perPush < 1 || perRepository < 1 || nameBytes < 1 || options < 0 || optionBytes < 0) {
      throw new IllegalArgumentException("a limit of refs is below what any push needs");
    }
  }

  /**
   * 1,000 refs per push and 10,000 per repository, names of 500 bytes, 100 options of 1 KiB. Each
   * ref is a file that is made durable, and all of them are listed to every client.
   */
  public static RefLimits defaults() {
    return new RefLimits(1000, 10_000, 500, 100, 1024);
  }

  /** With other numbers of refs. */
  public RefLimits withRefs(int perPush, int perRepository) {
    return new RefLimits(perPush, perRepository, nameBytes, options, optionBytes);
  }
}
