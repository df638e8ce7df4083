package io.platform.git.pack;

import java.io.IOException;

/** A pack was refused. */
public final class PackRefused extends IOException {
  private static final long serialVersionUID = 1;
  private final transient PackProblem problem;

  PackRefused(PackProblem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  static PackRefused malformed(String what) {
    return new PackRefused(new PackProblem.Malformed(what));
  }

  /** Why. */
  public PackProblem problem() {
    return problem;
  }
}
