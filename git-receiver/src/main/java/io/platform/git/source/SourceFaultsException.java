package io.platform.git.source;

import io.platform.domain.SourceFault;
import java.util.List;

/** A tree cannot be deployed. */
public final class SourceFaultsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<SourceFault> faults;

  SourceFaultsException(List<SourceFault> faults) {
    super("the tree has faults: " + faults, null, false, false);
    this.faults = List.copyOf(faults);
  }

  static SourceFaultsException over(SourceFault.Limit limit, long most, String path) {
    return new SourceFaultsException(List.of(new SourceFault.OverLimit(limit, most, path)));
  }

  /** At least one. */
  public List<SourceFault> faults() {
    return faults;
  }
}
