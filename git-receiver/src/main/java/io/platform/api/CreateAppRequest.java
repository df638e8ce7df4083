package io.platform.api;

import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.AppPath;
import io.platform.http.Json;
import io.platform.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A request for a new app that may be fulfilled. */
record CreateAppRequest(String customer, AppPath path, Optional<String> deployBranch) {
  private static final int MAX_BYTES = 4096;
  private static final String BRANCHES = "refs/heads/";

  /** Names that mean something else at the start of the platform's own paths. */
  private static final Set<String> RESERVED_NAMESPACES =
      Set.of(
          "api",
          "auth",
          "oauth",
          "objects",
          "readyz",
          "healthz",
          "metrics",
          "static",
          "well-known",
          "platform");

  /** The request's body. */
  record Body(@Nullable String name, @Nullable String namespace, @Nullable String branch) {}

  static CreateAppRequest read(Context ctx, Principal user) throws IOException {
    Body body = Json.body(ctx, Body.class, MAX_BYTES);
    String namespace = body.namespace() == null ? user.namespace() : body.namespace();
    String name = body.name() == null ? "" : body.name();
    List<String> errors = new ArrayList<>();
    if (name.isEmpty()) {
      errors.add("An app needs a name.");
    } else if (!AppPath.RULE.matcher(name).matches()) {
      errors.add(
          "'%s' is no name for an app: use 1 to 30 lower-case letters, digits and dashes, with a letter first and no dash last."
              .formatted(name));
    }
    if (RESERVED_NAMESPACES.contains(namespace)) {
      errors.add("The namespace '%s' is the platform's own.".formatted(namespace));
    }
    if (body.branch() != null && !Repository.isValidRefName(ref(body.branch()))) {
      errors.add("'%s' is no name for a branch.".formatted(body.branch()));
    }
    Validation.refuse(errors);
    Principal.Membership membership = user.in(namespace).orElseThrow(() -> noNamespace(namespace));
    if (membership.role().compareTo(Role.DEVELOPER) < 0) {
      throw new Problem(
          403,
          "You are a viewer of %s, and making an app needs a developer: ask an owner of the namespace."
              .formatted(namespace));
    }
    return new CreateAppRequest(
        membership.customer(),
        new AppPath(namespace, name),
        Optional.ofNullable(body.branch()).map(CreateAppRequest::ref));
  }

  static Problem noNamespace(String namespace) {
    return Problem.notFound(
        "There is no namespace '%s', or you may not see it.".formatted(namespace));
  }

  private static String ref(String branch) {
    return branch.startsWith(BRANCHES) ? branch : BRANCHES + branch;
  }
}
