package io.platform.domain;

import java.util.Optional;
import java.util.Set;

/** The origin of a build: a push, an upload or another build. */
public sealed interface Origin {
  /** The commit that is built, as 40 hexadecimal digits, where there is one. */
  Optional<String> commitId();

  /** Who asked for it, as people know them (e-mail). */
  String by();

  /** What builds it. */
  BuilderKind builder();

  /**
   * A git push of the deploy branch.
   *
   * @param ref full name of the pushed ref
   * @param oldCommit what the ref was, as 40 hexadecimal digits; zeros where the push creates it
   * @param commit what the ref becomes
   * @param options what the push says beside it
   */
  record Push(String ref, String oldCommit, String commit, String by, Set<PushOption> options)
      implements Origin {
    public Push {
      options = Set.copyOf(options);
    }

    /** A push without options. */
    public Push(String ref, String oldCommit, String commit, String by) {
      this(ref, oldCommit, commit, by, Set.of());
    }

    @Override
    public Optional<String> commitId() {
      return Optional.of(commit);
    }

    @Override
    public BuilderKind builder() {
      return BuilderKind.Slug.DETECTED;
    }
  }
}
