package io.platform.git.repository;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** The rule for names of branches (git-check-ref-format(1)). */
public final class BranchNames {
  private BranchNames() {}

  /**
   * The full name of a branch's ref.
   *
   * @param branch with or without {@code refs/heads/}
   */
  public static String ref(String branch) {
    return branch.startsWith(Constants.R_HEADS) ? branch : Constants.R_HEADS + branch;
  }

  /**
   * Whether a branch can have this name.
   *
   * @param branch with or without {@code refs/heads/}
   */
  public static boolean allow(String branch) {
    return Repository.isValidRefName(ref(branch));
  }
}
