package io.platform.service;

/**
 * The limits of how many read logs of apps at the same time. Each takes a connection and up to 1
 * MB.
 *
 * @param perUser of one user
 * @param together of all users
 */
public record LogReaderLimits(int perUser, int together) {
  /** 20 of one user, 500 together. */
  public static LogReaderLimits defaults() {
    return new LogReaderLimits(20, 500);
  }
}
