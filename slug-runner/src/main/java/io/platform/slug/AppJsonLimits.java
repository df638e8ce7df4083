package io.platform.slug;

/**
 * What is read of an app.json.
 *
 * @param fileBytes the largest file
 * @param depth the most objects and arrays within each other
 * @param quantity the most processes of a type
 * @param checksPerType the most health checks of a process type
 * @param seconds the longest time of a health check
 * @param attempts the most attempts of a health check
 */
public record AppJsonLimits(
    int fileBytes, int depth, int quantity, int checksPerType, int seconds, int attempts) {
  /** 64 KiB, 32 levels, 100 processes, 10 checks, an hour, 1,000 attempts. */
  public static AppJsonLimits defaults() {
    return new AppJsonLimits(64 * 1024, 32, 100, 10, 3600, 1000);
  }
}
