package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.Member;
import io.platform.auth.account.NamespaceName;
import io.platform.auth.account.NamespaceRole;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Namespaces and who is a member of them. */
final class NamespacesEndpoint {

  private static final Logger log = LoggerFactory.getLogger(NamespacesEndpoint.class);

  private final AuthServices services;
  private final BearerAuth bearer;

  NamespacesEndpoint(AuthServices services) {
    this.services = services;
    this.bearer = new BearerAuth(services);
  }

  record NewNamespace(@Nullable String name) {}

  record NewRole(@Nullable String role) {}

  record MemberView(String email, String role) {
    static MemberView of(Member member) {
      return new MemberView(member.email().value(), member.role().wire());
    }
  }

  void create(Context context) throws AccountRefused, IOException {
    Account actor = bearer.account(context);
    String name =
        present(JsonBody.read(context, NewNamespace.class).name(), "A namespace takes a name.");
    Json.answer(
        context,
        201,
        NamespaceView.of(services.namespaces().create(actor, NamespaceName.of(name))));
    log.info("account {} made namespace {}", actor.id(), name);
  }

  void list(Context context) {
    Account actor = bearer.account(context);
    Json.answer(context, 200, NamespaceView.of(services.namespaces().of(actor)));
  }

  void destroy(Context context) throws AccountRefused {
    Account actor = bearer.account(context);
    NamespaceName namespace = namespace(context);
    services.namespaces().destroy(actor, namespace);
    log.info("account {} destroyed namespace {}", actor.id(), namespace);
    context.status(204);
  }

  void members(Context context) throws AccountRefused {
    Account actor = bearer.account(context);
    var members = services.namespaces().members(actor, namespace(context));
    Json.answer(context, 200, members.stream().map(MemberView::of).toList());
  }

  void grant(Context context) throws AccountRefused, IOException {
    Account actor = bearer.account(context);
    String role = present(JsonBody.read(context, NewRole.class).role(), "A member takes a role.");
    NamespaceName namespace = namespace(context);
    Member member =
        services.namespaces().grant(actor, namespace, email(context), NamespaceRole.of(role));
    log.info("account {} made someone {} of {}", actor.id(), role, namespace);
    Json.answer(context, 200, MemberView.of(member));
  }

  void remove(Context context) throws AccountRefused {
    Account actor = bearer.account(context);
    NamespaceName namespace = namespace(context);
    services.namespaces().remove(actor, namespace, email(context));
    log.info("account {} removed someone from {}", actor.id(), namespace);
    context.status(204);
  }

  /** A name that cannot be is one that is not there. */
  private static NamespaceName namespace(Context context) {
    String name = context.pathParam("namespace");
    try {
      return NamespaceName.of(name);
    } catch (AccountRefused e) {
      throw new Problem(404, "There is no such namespace.");
    }
  }

  private static EmailAddress email(Context context) throws AccountRefused {
    return EmailAddress.of(context.pathParam("email"));
  }

  private static String present(@Nullable String value, String otherwise) {
    if (value == null) {
      throw new Problem(400, otherwise);
    }
    return value;
  }
}
