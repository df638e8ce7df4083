package io.platform.service;

import io.platform.commons.name.NameRule;
import io.platform.commons.name.ReservedNamespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/**
 * A user's request to create an app.
 *
 * @param namespace empty for the user's own
 * @param deployBranch a branch, with or without {@code refs/heads/}
 */
public record NewApp(Optional<String> namespace, String name, Optional<String> deployBranch) {
  private static final String BRANCHES = "refs/heads/";

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
        .filter(branch -> !Repository.isValidRefName(ref(branch)))
        .ifPresent(branch -> errors.add("'%s' is no name for a branch.".formatted(branch)));
    return errors;
  }

  /** The full name of the ref whose pushes are built. */
  Optional<String> deployRef() {
    return deployBranch.map(NewApp::ref);
  }

  private static String ref(String branch) {
    return branch.startsWith(BRANCHES) ? branch : BRANCHES + branch;
  }
}
