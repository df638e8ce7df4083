package io.platform.process.app;

import io.platform.domain.port.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The releases of an app that have processes: the current one, which has the traffic, and the next
 * one, which comes up beside it. Guarded by its owner's lock.
 */
final class AppReleases {
  private Optional<ReleaseProcesses> current = Optional.empty();
  private Optional<ReleaseProcesses> next = Optional.empty();

  Optional<ReleaseProcesses> current() {
    return current;
  }

  Optional<ReleaseProcesses> next() {
    return next;
  }

  void beginCurrent(ReleaseProcesses release) {
    current = Optional.of(release);
  }

  void beginNext(ReleaseProcesses release) {
    next = Optional.of(release);
  }

  /** The current release, where the specification is for it. */
  Optional<ReleaseProcesses> currentFor(RunSpec spec) {
    return current.filter(release -> release.isOf(spec.release().id()));
  }

  /** The next release, where the specification is for it. */
  Optional<ReleaseProcesses> nextFor(RunSpec spec) {
    return next.filter(release -> release.isOf(spec.release().id()));
  }

  /** The next release becomes the current one. Returns what was current before. */
  Optional<ReleaseProcesses> promoteNext() {
    Optional<ReleaseProcesses> former = current;
    current = next;
    next = Optional.empty();
    return former;
  }

  /** All of the current release may run again. Returns what was next. */
  Optional<ReleaseProcesses> dropNext() {
    Optional<ReleaseProcesses> dropped = next;
    next = Optional.empty();
    current.ifPresent(ReleaseProcesses::bringBackRetired);
    return dropped;
  }

  /** All processes of both. */
  List<SupervisedProcess> processes() {
    List<SupervisedProcess> all = new ArrayList<>();
    Stream.of(current, next).forEach(release -> release.ifPresent(it -> all.addAll(it.all())));
    return all;
  }
}
