package io.platform.service;

import io.platform.domain.ProcessSize;
import io.platform.domain.ScaleLimits;
import io.platform.domain.port.ProcessStates;

/** Checks the sizes that users choose for one-off processes. */
public final class OneOffSizes {
  private final ScaleLimits limits;
  private final ProcessStates states;

  /**
   * Within these limits.
   *
   * @param states tells what the platform cannot limit
   */
  public OneOffSizes(ScaleLimits limits, ProcessStates states) {
    this.limits = limits;
    this.states = states;
  }

  /** Throws where a process cannot have this size. */
  void check(ProcessSize size) {
    RequestRefused.unlessEmpty(ScaleMessages.ofOneOff(size, limits));
    if (size.memory().isPresent()) {
      checkLimited(ProcessStates.SizeLimit.MEMORY);
    }
    if (size.milliCpu().isPresent()) {
      checkLimited(ProcessStates.SizeLimit.CPU);
    }
  }

  private void checkLimited(ProcessStates.SizeLimit limit) {
    states
        .whyUnlimited(limit)
        .ifPresent(why -> {
          throw new RequestRefused(
              RequestRefused.Reason.CONFLICT,
              "This server cannot limit the size of a single process: %s. Run the command without a size."
                  .formatted(why));
        });
  }
}
