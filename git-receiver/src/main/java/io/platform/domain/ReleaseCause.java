package io.platform.domain;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The cause of a release: a deploy, a config change or a rollback. */
public sealed interface ReleaseCause {
  /**
   * A build.
   *
   * @param commit what was built, as 40 hexadecimal digits, where it was a commit
   */
  record Deploy(Optional<String> commit) implements ReleaseCause {}

  /**
   * A change of config vars.
   *
   * @param set the names of those that got another value
   * @param unset the names of those that went
   */
  record ConfigChange(SortedSet<String> set, SortedSet<String> unset) implements ReleaseCause {
    /** Copies both. */
    public ConfigChange {
      set = Collections.unmodifiableSortedSet(new TreeSet<>(set));
      unset = Collections.unmodifiableSortedSet(new TreeSet<>(unset));
    }

    /** What leads from one config to another. */
    public static ConfigChange between(Config before, Config after) {
      SortedSet<String> set = new TreeSet<>();
      after
          .vars()
          .forEach((name, value) -> {
            if (!value.equals(before.vars().get(name))) {
              set.add(name);
            }
          });
      SortedSet<String> unset = new TreeSet<>(before.vars().keySet());
      unset.removeAll(after.vars().keySet());
      return new ConfigChange(set, unset);
    }

    /** The names of all that differ, sorted. */
    public SortedSet<String> names() {
      SortedSet<String> names = new TreeSet<>(set);
      names.addAll(unset);
      return names;
    }
  }

  /** Somebody went back to an earlier release. */
  record Rollback(ReleaseVersion to) implements ReleaseCause {}

  /**
   * Whether the app's config came with the release: then it goes back to the live release's where
   * the release does not come up.
   */
  default boolean changesConfig() {
    return switch (this) {
      case Deploy deploy -> false;
      case ConfigChange change -> true;
      case Rollback rollback -> true;
    };
  }
}
