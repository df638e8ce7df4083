package io.platform.domain;

/** What builds and apps run on. */
public enum Infrastructure {
  ONE_MACHINE,
  KUBERNETES
}
