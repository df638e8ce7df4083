package io.platform.access;

import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the auth server's answer about a token. */
final class Introspection {
  private Introspection() {}

  /**
   * Whom the token speaks for; empty where the token is not good any more.
   *
   * @param subject whom the token names
   */
  static Optional<Principal> read(TokenIntrospectionSuccessResponse answer, String subject)
      throws AuthServerUnavailable {
    if (!answer.isActive()) {
      return Optional.empty();
    }
    if (answer.getSubject() == null || !answer.getSubject().getValue().equals(subject)) {
      throw new AuthServerUnavailable("its introspection answers for another user");
    }
    List<Principal.Membership> memberships = memberships(answer);
    ClientID client = answer.getClientID();
    return Optional.of(
        client != null && client.getValue().equals(subject)
            ? new Principal.Robot(subject, memberships)
            : new Principal.User(
                subject,
                present("username", answer.getUsername()),
                present("namespace", answer.getStringParameter("namespace")),
                memberships));
  }

  private static List<Principal.Membership> memberships(TokenIntrospectionSuccessResponse answer)
      throws AuthServerUnavailable {
    List<Principal.Membership> memberships = new ArrayList<>();
    List<?> namespaces = answer.getJSONArrayParameter("namespaces");
    for (Object namespace : namespaces == null ? List.of() : namespaces) {
      Optional<Role> role = role(text(namespace, "role"));
      if (role.isPresent()) {
        memberships.add(
            new Principal.Membership(
                text(namespace, "name"), text(namespace, "customer"), role.get()));
      }
    }
    return memberships;
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

  private static String text(Object object, String name) throws AuthServerUnavailable {
    return present(
        name,
        object instanceof Map<?, ?> members && members.get(name) instanceof String text
            ? text
            : null);
  }

  private static String present(String name, @Nullable String value) throws AuthServerUnavailable {
    if (value == null) {
      throw new AuthServerUnavailable("its introspection answers without '%s'".formatted(name));
    }
    return value;
  }
}
