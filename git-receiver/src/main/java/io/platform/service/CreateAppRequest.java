package io.platform.service;

import io.platform.commons.name.NameRule;
import io.platform.commons.name.ReservedNamespaces;
import io.platform.git.repository.BranchNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user's request to create an app.
 *
 * @param namespace empty for the user's own
 * @param deployBranch a branch, with or without {@code refs/heads/}
 */
public record CreateAppRequest(
    Optional<String> namespace, String name, Optional<String> deployBranch) {
  /** All that is wrong with it in this namespace. */
  List<String> errors(String inNamespace) {
    List<String> errors = new ArrayList<>();
    if (name.isEmpty()) {
      errors.add("An app needs a name.");
    } else if (!NameRule.allows(name)) {
      errors.add(
          "'%s' is no name for an app: use 1 to 30 lower-case letters, digits and dashes, with a letter first and no dash last."
              .formatted(name));
    }
    if (ReservedNamespaces.contain(inNamespace)) {
      errors.add("The namespace '%s' is the platform's own.".formatted(inNamespace));
    }
    deployBranch
        .filter(branch -> !BranchNames.allow(branch))
        .ifPresent(branch -> errors.add("'%s' is no name for a branch.".formatted(branch)));
    return errors;
  }

  /** The full name of the ref whose pushes are built. */
  Optional<String> deployRef() {
    return deployBranch.map(BranchNames::ref);
  }
}
