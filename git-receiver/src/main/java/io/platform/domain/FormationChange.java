package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A requested change of a formation. All of it is done or nothing.
 *
 * @param changes by process type
 */
public record FormationChange(SortedMap<String, Change> changes) {
  /** Copies the map. */
  public FormationChange {
    changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
  }

  /** What changes of one type; what is empty stays as it is. */
  public record Change(Optional<Quantity> quantity, Optional<Size> size) {}

  /** The quantity of a change. */
  public sealed interface Quantity {
    /** Sets the quantity. */
    record Exactly(int count) implements Quantity {}

    /** Adds to the quantity, or takes away where it is negative. */
    record By(int difference) implements Quantity {}

    /** The number that comes of it; it may be out of range. */
    default long of(int now) {
      return switch (this) {
        case Exactly(int count) -> count;
        case By(int difference) -> (long) now + difference;
      };
    }
  }

  /** How large each process is to be. */
  public sealed interface Size {
    /** The platform's own size. */
    record Standard() implements Size {}

    /**
     * Another limit; what is empty stays as it is.
     *
     * @param memory in bytes
     * @param milliCpu in thousandths of a core
     */
    record Limits(Optional<Long> memory, Optional<Long> milliCpu) implements Size {}
  }

  /** The result of a change. */
  public sealed interface Result {
    /** It is possible. */
    record Changed(Formation formation) implements Result {}

    /** It is not, for each of these reasons. */
    record Refused(List<Refusal> refusals) implements Result {
      /** Copies the list. */
      public Refused {
        refusals = List.copyOf(refusals);
      }
    }
  }

  /** Why a change is not possible. */
  public sealed interface Refusal {
    /**
     * The app has no such type.
     *
     * @param types those that can be scaled, in the order of the Procfile
     * @param likely the one that was probably meant
     */
    record UnknownType(String type, List<String> types, Optional<String> likely)
        implements Refusal {
      /** Copies the list. */
      public UnknownType {
        types = List.copyOf(types);
      }
    }

    /** A {@code release} process is no process that keeps running. */
    record ReleaseType() implements Refusal {}

    /** Fewer than none. */
    record BelowZero(String type, int now, int difference) implements Refusal {}

    /** Fewer than none was asked for, or more than an app may have. */
    record QuantityOutOfRange(String type, long wanted, int most) implements Refusal {}

    /** A process of this size cannot run, or is larger than allowed. */
    record MemoryOutOfRange(String type, long wanted, long least, long most) implements Refusal {}

    /** Likewise, in thousandths of a core. */
    record CpuOutOfRange(String type, long wanted, int least, int most) implements Refusal {}
  }

  /**
   * Decides.
   *
   * @param types those of the release that runs or is about to
   */
  public Result apply(Formation formation, ProcessTypes types, ScaleLimits limits) {
    List<Refusal> refusals = new ArrayList<>();
    Formation changed = formation;
    for (Map.Entry<String, Change> entry : changes.entrySet()) {
      String type = entry.getKey();
      Optional<Refusal> refusal =
          unscalable(type, types).or(() -> refusal(type, entry.getValue(), formation, limits));
      if (refusal.isPresent()) {
        refusals.add(refusal.get());
      } else {
        changed = changed(changed, type, entry.getValue());
      }
    }
    return refusals.isEmpty() ? new Result.Changed(changed) : new Result.Refused(refusals);
  }

  private static Optional<Refusal> unscalable(String type, ProcessTypes types) {
    if (type.equals(ProcessTypes.RELEASE)) {
      return Optional.of(new Refusal.ReleaseType());
    }
    List<String> known =
        types.names().stream().filter(name -> !name.equals(ProcessTypes.RELEASE)).toList();
    return known.contains(type)
        ? Optional.empty()
        : Optional.of(new Refusal.UnknownType(type, known, SimilarNames.closest(type, known)));
  }

  private static Optional<Refusal> refusal(
      String type, Change change, Formation formation, ScaleLimits limits) {
    int now = formation.quantity(type);
    if (change.quantity().isPresent()) {
      Quantity quantity = change.quantity().get();
      long wanted = quantity.of(now);
      if (wanted < 0 && quantity instanceof Quantity.By(int difference)) {
        return Optional.of(new Refusal.BelowZero(type, now, difference));
      }
      if (wanted < 0 || wanted > limits.quantity()) {
        return Optional.of(new Refusal.QuantityOutOfRange(type, wanted, limits.quantity()));
      }
    }
    return change.size().flatMap(size -> refusal(type, size, limits));
  }

  private static Optional<Refusal> refusal(String type, Size size, ScaleLimits limits) {
    return switch (size) {
      case Size.Standard() -> Optional.empty();
      case Size.Limits(Optional<Long> memory, Optional<Long> milliCpu) ->
          memory
              .filter(bytes -> bytes < limits.leastMemory() || bytes > limits.mostMemory())
              .<Refusal>map(bytes ->
                  new Refusal.MemoryOutOfRange(
                      type, bytes, limits.leastMemory(), limits.mostMemory()))
              .or(() ->
                  milliCpu
                      .filter(cpu -> cpu < limits.leastMilliCpu() || cpu > limits.mostMilliCpu())
                      .map(cpu ->
                          new Refusal.CpuOutOfRange(
                              type, cpu, limits.leastMilliCpu(), limits.mostMilliCpu())));
    };
  }

  /** A type that is only resized stays unscaled: Kubernetes may leave its number to others. */
  private static Formation changed(Formation formation, String type, Change change) {
    Formation scaled =
        change
            .quantity()
            .map(it -> Math.toIntExact(it.of(formation.quantity(type))))
            .map(quantity -> formation.withQuantity(type, quantity))
            .orElse(formation);
    return change
        .size()
        .map(it -> scaled.withSize(type, resized(formation.size(type), it)))
        .orElse(scaled);
  }

  private static ProcessSize resized(ProcessSize size, Size change) {
    return switch (change) {
      case Size.Standard() -> ProcessSize.STANDARD;
      case Size.Limits(Optional<Long> memory, Optional<Long> milliCpu) ->
          new ProcessSize(
              memory.or(size::memory), milliCpu.map(Math::toIntExact).or(size::milliCpu));
    };
  }
}
