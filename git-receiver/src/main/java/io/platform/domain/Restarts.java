package io.platform.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The restarts that users requested. They are a state and no commands: a process is to be restarted
 * as long as it is older than a restart that means it, however often that is looked at.
 *
 * @param requests in order of their time; at most one of each selector and manner
 */
public record Restarts(List<Restart> requests) {
  /** Nobody asked for one. */
  public static final Restarts NONE = new Restarts(List.of());

  /**
   * How long the restart of a single process is remembered. By then it is done, or the process is
   * gone; those of types are kept, as Kubernetes' objects hold them.
   */
  public static final Duration KEPT = Duration.ofHours(1);

  /** Copies the list. */
  public Restarts {
    requests = requests.stream().sorted(Comparator.comparing(Restart::at)).toList();
  }

  /** With one more, which takes the place of those that it includes. */
  public Restarts with(ProcessSelector selector, Restart.Manner manner, Instant now) {
    List<Restart> kept = new ArrayList<>();
    for (Restart request : requests) {
      boolean single = request.selector() instanceof ProcessSelector.One;
      boolean included =
          selector.covers(request.selector()) && (single || manner == request.manner());
      if (!included && !(single && request.at().isBefore(now.minus(KEPT)))) {
        kept.add(request);
      }
    }
    kept.add(new Restart(selector, manner, now.truncatedTo(ChronoUnit.MILLIS)));
    return new Restarts(kept);
  }

  /** The newest restart that a process, which started then, has still to do. */
  public Optional<Restart> due(ProcessName process, Instant started) {
    return newest(requests.stream().filter(request -> request.concerns(process, started)));
  }

  /** When all processes of a type were last asked to be replaced one after the other. */
  public Optional<Instant> rolling(String type) {
    return newest(
            requests.stream()
                .filter(request ->
                    request.manner() == Restart.Manner.ROLLING
                        && request.selector().covers(new ProcessSelector.OfType(type))))
        .map(Restart::at);
  }

  private static Optional<Restart> newest(Stream<Restart> some) {
    return some.max(Comparator.comparing(Restart::at));
  }
}
