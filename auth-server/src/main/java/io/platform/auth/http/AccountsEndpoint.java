package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.NamespaceName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts, for administrators. */
final class AccountsEndpoint {

  private static final Logger log = LoggerFactory.getLogger(AccountsEndpoint.class);

  private final Services services;
  private final BearerAuth bearer;

  AccountsEndpoint(Services services) {
    this.services = services;
    this.bearer = new BearerAuth(services);
  }

  record NewAccount(
      @Nullable String email,
      @Nullable String password,
      @Nullable String namespace,
      boolean admin) {
    @Override
    public String toString() {
      return "NewAccount[" + email + "]";
    }
  }

  record AccountView(String id, String email, String namespace, boolean admin, Instant createdAt) {
    static AccountView of(Account account) {
      return new AccountView(
          account.id(),
          account.email().value(),
          account.namespace().value(),
          account.admin(),
          account.createdAt());
    }
  }

  void create(Context context) throws Problem, AccountRefused {
    Account actor = bearer.administrator(context);
    NewAccount wanted = Json.read(context, NewAccount.class);
    if (wanted.email() == null || wanted.password() == null) {
      throw Problem.of(400, "An account takes an email and a password.");
    }
    Optional<NamespaceName> namespace =
        wanted.namespace() == null
            ? Optional.empty()
            : Optional.of(NamespaceName.of(wanted.namespace()));
    Account made =
        services
            .accounts()
            .create(EmailAddress.of(wanted.email()), wanted.password(), namespace, wanted.admin());
    log.info("account {} made account {}", actor.id(), made.id());
    Json.answer(
        context,
        201,
        Map.of(
            "id", made.id(), "email", made.email().value(), "namespace", made.namespace().value()));
  }

  void list(Context context) throws Problem {
    bearer.administrator(context);
    Json.answer(context, 200, services.accounts().all().stream().map(AccountView::of).toList());
  }
}
