package io.platform.auth.account;

/**
 * The bounds of passwords, and the cost of hashing them. The cost is that of Argon2id; a password
 * that was hashed at another cost is hashed again when its owner next logs in.
 *
 * @param minimumLength in characters, for new passwords
 * @param memoryKib Argon2's memory, in KiB
 * @param iterations Argon2's passes over that memory
 * @param parallelism Argon2's lanes
 */
public record PasswordConfig(int minimumLength, int memoryKib, int iterations, int parallelism) {

  /** Longer input is refused before it is hashed, as it would only cost time. */
  static final int MAXIMUM_LENGTH = 1024;

  public PasswordConfig {
    require(
        minimumLength >= 8 && minimumLength <= 128, "the minimum length is not between 8 and 128");
    require(iterations >= 1 && iterations <= 20, "the iterations are not between 1 and 20");
    require(parallelism >= 1 && parallelism <= 16, "the parallelism is not between 1 and 16");
    require(
        memoryKib >= 8 * parallelism && memoryKib <= 1_048_576,
        "the memory is not between 8 KiB a lane and 1 GiB");
  }

  /** 19 MiB and 2 passes, the first choice of OWASP's password storage cheat sheet. */
  public static PasswordConfig defaults() {
    return new PasswordConfig(10, 19_456, 2, 1);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
