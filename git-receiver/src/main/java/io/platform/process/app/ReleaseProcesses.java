package io.platform.process.app;

import io.platform.domain.AppFeature;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessPlan;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Upstream;
import io.platform.slug.ProcessTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The processes of one release: those that run, and what of the plan is missing. Guarded by its
 * owner's lock.
 */
final class ReleaseProcesses {
  private final SortedMap<ProcessName, SupervisedProcess> running = new TreeMap<>();

  /** Web processes that take the place of a running one of their name as soon as they answer. */
  private final SortedMap<ProcessName, SupervisedProcess> replacements = new TreeMap<>();

  /** Those of its plan whose place processes of the next release have taken. */
  private final Set<ProcessName> retired = new HashSet<>();

  private final long begun = System.nanoTime();
  private RunSpec spec;

  /** None run yet. */
  ReleaseProcesses(RunSpec spec) {
    this.spec = spec;
  }

  RunSpec spec() {
    return spec;
  }

  /** When it began, in the time of {@link System#nanoTime}. */
  long begun() {
    return begun;
  }

  boolean isOf(ReleaseId release) {
    return spec.release().id().equals(release);
  }

  /** What counts from now on: another formation, restarts, or a newer token. */
  void update(RunSpec newer) {
    spec = newer;
    all().forEach(process -> process.update(newer));
  }

  /** What should run. */
  ProcessPlan plan() {
    return ProcessPlan.of(spec.app().formation(), spec.release().processTypes());
  }

  /** Whether a web process should run. */
  boolean wantsWeb() {
    return plan().quantity(ProcessTypes.WEB) > 0;
  }

  /** Whether its web processes take the place of the old ones one by one. */
  boolean isGradual() {
    return spec.app().options().rollout().isGradual();
  }

  /** Whether its processes without a port may run beside those of another release. */
  boolean overlaps() {
    return spec.app().options().has(AppFeature.OVERLAPPING_WORKERS);
  }

  /** The processes of the plan that there are none of, but for those that were retired. */
  List<ProcessName> missing() {
    return planned().stream()
        .filter(name -> !running.containsKey(name) && !retired.contains(name))
        .toList();
  }

  /** Takes out processes for whose place those of the next release are there. */
  void retire(List<SupervisedProcess> processes) {
    processes.forEach(process -> retired.add(process.name()));
    take(processes::contains);
  }

  /** The next release did not come up. */
  void bringBackRetired() {
    retired.clear();
  }

  /** Takes out those that the plan does not have, and returns them: the highest numbers first. */
  List<SupervisedProcess> takeSurplus() {
    SortedSet<ProcessName> planned = planned();
    return take(process -> !planned.contains(process.name())).reversed();
  }

  /** Takes out those that fit, replacements included, and returns them. */
  List<SupervisedProcess> take(Predicate<SupervisedProcess> which) {
    List<SupervisedProcess> taken = all().stream().filter(which).toList();
    running.values().removeAll(taken);
    replacements.values().removeAll(taken);
    return taken;
  }

  void add(SupervisedProcess process) {
    running.put(process.name(), process);
  }

  void addReplacement(SupervisedProcess process) {
    replacements.put(process.name(), process);
  }

  boolean replacesAny() {
    return !replacements.isEmpty();
  }

  /** Puts a replacement into its place, and returns what was there. */
  Optional<SupervisedProcess> replaceBy(SupervisedProcess process) {
    if (!replacements.remove(process.name(), process)) {
      return Optional.empty();
    }
    return Optional.ofNullable(running.put(process.name(), process));
  }

  boolean has(SupervisedProcess process) {
    return all().contains(process);
  }

  /** Those that run, without replacements. */
  List<SupervisedProcess> running() {
    return List.copyOf(running.values());
  }

  /** All, replacements included. */
  List<SupervisedProcess> all() {
    List<SupervisedProcess> all = new ArrayList<>(running.values());
    all.addAll(replacements.values());
    return all;
  }

  /** Where its web processes answer, in the order of their numbers. */
  List<Upstream> upstreams() {
    return running.values().stream().flatMap(process -> process.upstream().stream()).toList();
  }

  /** Its web processes, by where they answer. */
  Map<Upstream, ProcessName> webProcesses() {
    Map<Upstream, ProcessName> processes = new HashMap<>();
    running
        .values()
        .forEach(process ->
            process.upstream().ifPresent(upstream -> processes.put(upstream, process.name())));
    return processes;
  }

  /**
   * Whether the release has come up: all web processes of the plan answer. Where none should run,
   * all others are up.
   */
  boolean isUp() {
    return planned().stream()
        .filter(name -> proves(name.type()))
        .allMatch(name -> running.containsKey(name) && running.get(name).isUp());
  }

  /** Whether processes of the type have to come up for the release to be live. */
  boolean proves(String type) {
    return type.equals(ProcessTypes.WEB) || !wantsWeb();
  }

  private SortedSet<ProcessName> planned() {
    SortedSet<ProcessName> names = new TreeSet<>();
    plan()
        .scales()
        .forEach((type, scale) -> {
          for (int number = 1; number <= scale.quantity(); number++) {
            names.add(ProcessName.numbered(type, number));
          }
        });
    return names;
  }
}
