package io.platform.git.source;

import io.platform.domain.SourceFault;
import io.platform.slug.archive.PathBytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Faulty paths: the first few of each kind by name, and the number of all. */
final class PathSample {
  private static final int NAMED = 10;

  private final Map<SourceFault.Kind, List<String>> named = new EnumMap<>(SourceFault.Kind.class);
  private final Map<SourceFault.Kind, Integer> counts = new EnumMap<>(SourceFault.Kind.class);

  void add(SourceFault.Kind kind, PathBytes path) {
    add(kind, path.quoted());
  }

  void add(SourceFault.Kind kind, String offence) {
    counts.merge(kind, 1, Integer::sum);
    List<String> paths = named.computeIfAbsent(kind, none -> new ArrayList<>());
    if (paths.size() < NAMED) {
      paths.add(offence);
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  List<SourceFault> faults() {
    List<SourceFault> faults = new ArrayList<>();
    named.forEach((kind, paths) ->
        faults.add(new SourceFault.Offence(kind, paths, counts.getOrDefault(kind, paths.size()))));
    return faults;
  }
}
