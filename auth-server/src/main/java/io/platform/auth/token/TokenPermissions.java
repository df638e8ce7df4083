package io.platform.auth.token;

import java.util.List;
import java.util.Optional;

/**
 * The rights of a caller, by kind of principal, OAuth client and scope. What an account may do in a
 * namespace depends on its role there: see {@link io.platform.auth.account.Namespaces}.
 */
public final class TokenPermissions {

  /** The only scope: all that the account may do. */
  public static final String PLATFORM_SCOPE = "platform";

  private TokenPermissions() {}

  /**
   * The scope of a new token.
   *
   * @param asked scopes that the client asks for; none for all that there are
   * @return empty if there is no such scope
   */
  public static Optional<String> scope(List<String> asked) {
    return asked.stream().allMatch(PLATFORM_SCOPE::equals)
        ? Optional.of(PLATFORM_SCOPE)
        : Optional.empty();
  }

  /** Whether a client may get tokens for people who log in with it. */
  public static boolean mayLogPeopleIn(String client) {
    return client.equals(Clients.COMMAND_LINE);
  }

  /** Whether a client may end a token: the one that it was issued to. */
  public static boolean mayRevoke(String client, TokenClaims token) {
    return client.equals(token.client());
  }

  /** Whether a token may be used for what its account may do: members, namespaces, password. */
  public static boolean mayActForAccount(TokenClaims token) {
    return List.of(token.scope().split(" ", -1)).contains(PLATFORM_SCOPE);
  }

  /** Whether a caller may see, create and remove accounts. */
  public static boolean mayManageAccounts(TokenSubject caller) {
    return caller instanceof TokenSubject.User(var account) && account.admin();
  }
}
