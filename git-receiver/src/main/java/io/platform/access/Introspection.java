package io.platform.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the auth server's answer about a token. */
final class Introspection {
  private Introspection() {}

  /**
   * Whom the token speaks for; empty where the token is not good any more.
   *
   * @param subject whom the token names
   */
  static Optional<Principal> read(JsonNode answer, String subject) throws AuthServerUnavailable {
    if (!answer.path("active").isBoolean()) {
      throw new AuthServerUnavailable("its introspection answers without 'active'");
    }
    if (!answer.path("active").asBoolean()) {
      return Optional.empty();
    }
    if (!text(answer, "sub").equals(subject)) {
      throw new AuthServerUnavailable("its introspection answers for another user");
    }
    List<Principal.Membership> memberships = new ArrayList<>();
    for (JsonNode namespace : answer.path("namespaces")) {
      Optional<Role> role = role(text(namespace, "role"));
      if (role.isPresent()) {
        memberships.add(
            new Principal.Membership(
                text(namespace, "name"), text(namespace, "customer"), role.get()));
      }
    }
    return Optional.of(
        answer.path("client_id").asText().equals(subject)
            ? new Principal.Robot(subject, memberships)
            : new Principal.User(
                subject, text(answer, "username"), text(answer, "namespace"), memberships));
  }

  /** A role that a newer auth server knows and we do not allows nothing here. */
  private static Optional<Role> role(String word) {
    for (Role role : Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  private static String text(JsonNode object, String name) throws AuthServerUnavailable {
    JsonNode value = object.path(name);
    if (!value.isTextual()) {
      throw new AuthServerUnavailable("its introspection answers without '%s'".formatted(name));
    }
    return value.asText();
  }
}
