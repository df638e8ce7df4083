package io.platform.access;

/** The roles in a namespace; each includes those before it. */
public enum Role {
  /** Sees apps, builds, logs and code. */
  VIEWER,
  /** Pushes, configures, rolls back, creates. */
  DEVELOPER,
  /** Destroys, and shares the namespace. */
  OWNER
}
