package io.platform.app;

import java.util.Optional;

/** Where a build comes from. */
public sealed interface Origin {
  /** The commit that is built, as 40 hexadecimal digits, where there is one. */
  Optional<String> commitId();

  /** Who asked for it, as people know them (e-mail). */
  String by();

  /**
   * A git push of the deploy branch.
   *
   * @param ref full name of the pushed ref
   * @param oldCommit what the ref was, as 40 hexadecimal digits; zeros where the push creates it
   * @param commit what the ref becomes
   */
  record Push(String ref, String oldCommit, String commit, String by) implements Origin {
    @Override
    public Optional<String> commitId() {
      return Optional.of(commit);
    }
  }
}
