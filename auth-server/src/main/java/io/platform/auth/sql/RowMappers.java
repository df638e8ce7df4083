package io.platform.auth.sql;

import com.nimbusds.jose.jwk.ECKey;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.Member;
import io.platform.auth.account.Membership;
import io.platform.auth.account.NamespaceName;
import io.platform.auth.account.Role;
import io.platform.auth.account.ThrottleStore;
import io.platform.auth.token.SigningKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * How rows become values: the components of a record have the names of their columns, and each type
 * of a component looks the same in all columns.
 */
final class RowMappers {

  private RowMappers() {}

  static void register(Jdbi jdbi) {
    jdbi.registerColumnMapper(
            Instant.class, (row, column, context) -> Instant.ofEpochMilli(row.getLong(column)))
        .registerColumnMapper(
            EmailAddress.class, (row, column, context) -> new EmailAddress(row.getString(column)))
        .registerColumnMapper(
            NamespaceName.class, (row, column, context) -> new NamespaceName(row.getString(column)))
        .registerColumnMapper(Role.class, RowMappers::role)
        .registerColumnMapper(ECKey.class, RowMappers::key)
        .registerRowMapper(ConstructorMapper.factory(Account.class))
        .registerRowMapper(ConstructorMapper.factory(Membership.class))
        .registerRowMapper(ConstructorMapper.factory(Member.class))
        .registerRowMapper(ConstructorMapper.factory(SigningKey.class))
        .registerRowMapper(ConstructorMapper.factory(ThrottleStore.Count.class));
  }

  private static Role role(ResultSet row, int column, StatementContext context)
      throws SQLException {
    try {
      return Role.of(row.getString(column));
    } catch (AccountRefused e) {
      throw new SQLException("a membership has a role that there is not", e);
    }
  }

  private static ECKey key(ResultSet row, int column, StatementContext context)
      throws SQLException {
    try {
      return ECKey.parse(row.getString(column));
    } catch (ParseException e) {
      throw new SQLException("the signing key " + row.getString("kid") + " cannot be read");
    }
  }
}
