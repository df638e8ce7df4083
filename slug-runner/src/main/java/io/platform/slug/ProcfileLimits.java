package io.platform.slug;

/**
 * The limits of a {@link Procfile}.
 *
 * @param fileBytes the most that the file may take
 * @param lineBytes the most that a line may take as UTF-8
 * @param nameLength the most characters in the name of a process type: what a Kubernetes label
 *     takes
 * @param types the most process types
 */
public record ProcfileLimits(int fileBytes, int lineBytes, int nameLength, int types) {
  public static ProcfileLimits defaults() {
    return new ProcfileLimits(64 * 1024, 2_500, 63, 50);
  }
}
