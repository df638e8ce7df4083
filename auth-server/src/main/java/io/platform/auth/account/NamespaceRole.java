package io.platform.auth.account;

import io.platform.auth.account.AccountRefused.Reason;
import java.util.Locale;

/** The roles of an account in a namespace; each role may do what the next one may. */
public enum NamespaceRole {
  /** Changes who is a member. */
  OWNER,
  /** Makes, deploys and configures apps. */
  DEVELOPER,
  /** Looks. */
  VIEWER;

  /** As written in JSON and in the database: lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static NamespaceRole of(String wire) throws AccountRefused {
    for (NamespaceRole role : values()) {
      if (role.wire().equals(wire)) {
        return role;
      }
    }
    throw new AccountRefused(
        Reason.INVALID, "There is no such role; a role is one of owner, developer and viewer.");
  }
}
