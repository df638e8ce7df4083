package io.platform.domain;

/** What not every runtime can do. */
public enum RuntimeFeature {
  /** Any number of processes of any type. */
  SCALING,
  /** Restarts of single processes and of types. */
  RESTARTS,
  /** Limits on a process's memory and CPU. */
  SIZES
}
