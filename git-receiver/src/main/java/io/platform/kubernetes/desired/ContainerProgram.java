package io.platform.kubernetes.desired;

import java.util.List;
import java.util.stream.Stream;

/**
 * The program of a container.
 *
 * @param image name and tag or digest
 * @param pullPolicy Kubernetes' {@code IfNotPresent}, {@code Always} or {@code Never}
 * @param command in place of the image's entrypoint; empty for the image's own
 * @param args in place of the image's command
 */
public record ContainerProgram(
    String image, String pullPolicy, List<String> command, List<String> args) {
  /** Copies the lists. */
  public ContainerProgram {
    command = List.copyOf(command);
    args = List.copyOf(args);
  }

  /** What is run where nothing of the image's own is: the command, and its arguments. */
  public List<String> words() {
    return Stream.concat(command.stream(), args.stream()).toList();
  }

  /** The image's entrypoint with these arguments, pulled where it is not there. */
  public static ContainerProgram of(String image, String... args) {
    return new ContainerProgram(image, "IfNotPresent", List.of(), List.of(args));
  }
}
