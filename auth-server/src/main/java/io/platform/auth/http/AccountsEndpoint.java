package io.platform.auth.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.Logins;
import io.platform.auth.account.NamespaceName;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts, for administrators; and everyone's own password. */
final class AccountsEndpoint {

  private static final Logger log = LoggerFactory.getLogger(AccountsEndpoint.class);

  private final AuthServices services;
  private final BearerAuth bearer;
  private final ClientAddress address;

  AccountsEndpoint(AuthServices services, ClientAddress address) {
    this.services = services;
    this.bearer = new BearerAuth(services);
    this.address = address;
  }

  record NewAccount(
      @Nullable String email,
      @Nullable String password,
      @Nullable String namespace,
      @Nullable Boolean admin) {
    boolean makesAdministrator() {
      return Boolean.TRUE.equals(admin);
    }

    @Override
    public String toString() {
      return "NewAccount[" + email + "]";
    }
  }

  record PasswordChange(@Nullable String old, @JsonProperty("new") @Nullable String replacement) {
    @Override
    public String toString() {
      return "PasswordChange[]";
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

  void create(Context context) throws AccountRefused, IOException {
    Account actor = bearer.administrator(context);
    NewAccount wanted = JsonBody.read(context, NewAccount.class);
    if (wanted.email() == null || wanted.password() == null) {
      throw new Problem(400, "An account takes an email and a password.");
    }
    Optional<NamespaceName> namespace =
        wanted.namespace() == null
            ? Optional.empty()
            : Optional.of(NamespaceName.of(wanted.namespace()));
    Account made =
        services
            .accounts()
            .create(
                EmailAddress.of(wanted.email()),
                wanted.password(),
                namespace,
                wanted.makesAdministrator());
    log.info("account {} made account {}", actor.id(), made.id());
    Json.answer(
        context,
        201,
        Map.of(
            "id", made.id(), "email", made.email().value(), "namespace", made.namespace().value()));
  }

  void list(Context context) {
    bearer.administrator(context);
    Json.answer(context, 200, services.accounts().all().stream().map(AccountView::of).toList());
  }

  /** Answers with the namespaces that became the administrator's. */
  void remove(Context context) throws AccountRefused {
    Account actor = bearer.administrator(context);
    EmailAddress email = EmailAddress.of(context.pathParam("email"));
    List<String> inherited =
        services.accounts().remove(actor, email).stream().map(NamespaceName::value).toList();
    log.info("account {} removed the account {}", actor.id(), email);
    Json.answer(context, 200, Map.of("email", email.value(), "inherited", inherited));
  }

  /** All logins of the account end, this one too. */
  void changePassword(Context context) throws AccountRefused, IOException {
    Account actor = bearer.account(context);
    PasswordChange change = JsonBody.read(context, PasswordChange.class);
    if (change.old() == null || change.replacement() == null) {
      throw new Problem(400, "A change of password takes the old and the new one.");
    }
    String email = actor.email().value();
    switch (services.logins().attempt(email, change.old(), address.of(context))) {
      case Logins.Accepted accepted ->
          services.accounts().resetPassword(actor.email(), change.replacement());
      case Logins.Refused() -> {
        log.info("account {} gave a wrong old password", actor.id());
        throw new Problem(403, "The old password is wrong; the password is not changed.");
      }
      case Logins.Throttled(Duration remaining) -> throw ApiProblems.slowDown(remaining);
    }
    log.info("account {} changed its password", actor.id());
    context.status(204);
  }
}
