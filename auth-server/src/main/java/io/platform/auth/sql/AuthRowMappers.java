package io.platform.auth.sql;

import com.nimbusds.jose.jwk.ECKey;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.AccountTables.Secured;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.Member;
import io.platform.auth.account.Membership;
import io.platform.auth.account.NamespaceName;
import io.platform.auth.account.NamespaceRole;
import io.platform.auth.account.ThrottleStore;
import io.platform.auth.token.SigningKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * The mappers of rows to values. Each is written out: JDBI's ConstructorMapper needs {@code
 * java.beans}, which the Java of the images does not have.
 */
final class AuthRowMappers {

  private AuthRowMappers() {}

  /** Lets queries of this JDBI map to accounts, memberships, keys and counts of failures. */
  static void register(Jdbi jdbi) {
    jdbi.registerRowMapper(Account.class, (row, _) -> account(row));
    jdbi.registerRowMapper(Secured.class, (row, _) -> secured(row));
    jdbi.registerRowMapper(Membership.class, (row, _) -> membership(row));
    jdbi.registerRowMapper(Member.class, (row, _) -> member(row));
    jdbi.registerRowMapper(SigningKey.class, (row, _) -> key(row));
    jdbi.registerRowMapper(ThrottleStore.Count.class, (row, _) -> failures(row));
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getString("id"),
        new EmailAddress(row.getString("email")),
        row.getString("customer"),
        new NamespaceName(row.getString("namespace")),
        row.getBoolean("admin"),
        row.getInt("generation"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static Secured secured(ResultSet row) throws SQLException {
    return new Secured(account(row), row.getString("password_hash"));
  }

  private static Membership membership(ResultSet row) throws SQLException {
    return new Membership(
        new NamespaceName(row.getString("name")), row.getString("customer"), role(row));
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(new EmailAddress(row.getString("email")), role(row));
  }

  private static SigningKey key(ResultSet row) throws SQLException {
    try {
      return new SigningKey(
          ECKey.parse(row.getString("private_jwk")),
          Instant.ofEpochMilli(row.getLong("created_at")),
          Instant.ofEpochMilli(row.getLong("verifies_until")));
    } catch (ParseException e) {
      throw new SQLException("the signing key " + row.getString("kid") + " cannot be read");
    }
  }

  private static ThrottleStore.Count failures(ResultSet row) throws SQLException {
    return new ThrottleStore.Count(
        row.getInt("failures"),
        Instant.ofEpochMilli(row.getLong("wait_until")),
        Instant.ofEpochMilli(row.getLong("forget_at")));
  }

  private static NamespaceRole role(ResultSet row) throws SQLException {
    try {
      return NamespaceRole.of(row.getString("role"));
    } catch (AccountRefused e) {
      throw new SQLException("a membership has a role that there is not", e);
    }
  }
}
