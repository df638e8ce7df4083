package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.port.Apps;
import io.platform.slug.BuildpackReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and changes the buildpacks that an app's next builds use. No change makes a release. */
public final class BuildpackService {
  private static final Logger LOG = LoggerFactory.getLogger(BuildpackService.class);

  private static final int MOST = 20;
  private static final int LONGEST = 1000;

  private final AppAccess access;
  private final Apps apps;

  /** For the apps of this store. */
  public BuildpackService(AppAccess access, Apps apps) {
    this.access = access;
    this.apps = apps;
  }

  /** Those that were chosen, in the order in which they run. */
  public List<BuildpackReference> list(Principal user, AppPath path) {
    return access.app(user, path, Role.VIEWER).buildpacks();
  }

  /**
   * Puts others in the place of all, for a developer of the namespace.
   *
   * @throws RequestRefused where one of them cannot be, or the user may not
   */
  public List<BuildpackReference> set(Principal user, AppPath path, List<String> names) {
    return change(
        user,
        path,
        now -> {
          List<BuildpackReference> references = new ArrayList<>();
          for (String name : names) {
            references = with(references, references.size(), name);
          }
          return references;
        });
  }

  /**
   * Adds one, for a developer of the namespace.
   *
   * @param index its place, counted from 1; empty for the last
   * @throws RequestRefused where it cannot be, or the user may not
   */
  public List<BuildpackReference> add(
      Principal user, AppPath path, String name, Optional<Integer> index) {
    return change(
        user, path, now -> with(now, index.map(it -> position(it, now)).orElse(now.size()), name));
  }

  /**
   * Removes one, for a developer of the namespace.
   *
   * @throws RequestRefused where it is not chosen, or the user may not
   */
  public List<BuildpackReference> remove(Principal user, AppPath path, String name) {
    BuildpackReference unwanted = BuildpackReference.of(name.strip());
    return change(
        user,
        path,
        now -> {
          List<BuildpackReference> left =
              now.stream().filter(reference -> !reference.isSame(unwanted)).toList();
          if (left.size() == now.size()) {
            throw RequestRefused.notFound(
                "%s is not among the buildpacks of %s: %s.".formatted(name, path, names(now)));
          }
          return left;
        });
  }

  private List<BuildpackReference> change(
      Principal user, AppPath path, UnaryOperator<List<BuildpackReference>> change) {
    App app = access.app(user, path, Role.DEVELOPER);
    List<BuildpackReference> changed = apps.buildpacks(app.id(), change, user.name());
    LOG.info("{} set the buildpacks of {}: {}", user.name(), path, names(changed));
    return changed;
  }

  private static List<BuildpackReference> with(
      List<BuildpackReference> now, int position, String name) {
    BuildpackReference added = reference(name.strip());
    if (now.stream().anyMatch(added::isSame)) {
      throw RequestRefused.invalid("The buildpack %s can be chosen only once.".formatted(added));
    }
    if (now.size() == MOST) {
      throw RequestRefused.invalid("An app may have at most %d buildpacks.".formatted(MOST));
    }
    List<BuildpackReference> changed = new ArrayList<>(now);
    changed.add(position, added);
    return changed;
  }

  private static BuildpackReference reference(String name) {
    if (name.isEmpty()
        || name.length() > LONGEST
        || name.chars().anyMatch(Character::isISOControl)) {
      throw RequestRefused.invalid(
          "The name of a buildpack has 1 to %d characters in one line.".formatted(LONGEST));
    }
    BuildpackReference reference = BuildpackReference.of(name);
    if (reference instanceof BuildpackReference.Foreign) {
      throw RequestRefused.invalid(
          "This platform has no buildpack %s. Choose its own (%s) or a directory of the app, such as ./buildpack."
              .formatted(name, String.join(", ", BuildpackReference.builtIn())));
    }
    return reference;
  }

  private static int position(int index, List<BuildpackReference> now) {
    if (index < 1 || index > now.size() + 1) {
      throw RequestRefused.invalid(
          "The index %d is out of range: choose from 1 to %d.".formatted(index, now.size() + 1));
    }
    return index - 1;
  }

  private static String names(List<BuildpackReference> buildpacks) {
    return buildpacks.isEmpty()
        ? "there are none"
        : buildpacks.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
