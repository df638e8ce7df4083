package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.service.DomainService;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host names of its own at which an app answers. */
final class DomainRoutes implements RouteGroup {
  static final String DOMAINS = AppParameter.APP + "/domains";

  private static final int MAX_BYTES = 4096;

  private final UserAuthentication users;
  private final DomainService domains;

  DomainRoutes(UserAuthentication users, DomainService domains) {
    this.users = users;
    this.domains = domains;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(DOMAINS, this::list);
    routes.post(DOMAINS, this::add);
    routes.delete(DOMAINS + "/{domain}", this::remove);
  }

  /**
   * A domain.
   *
   * @param target what its CNAME record in DNS leads to
   */
  record DomainView(String name, String target, Instant createdAt) {}

  /** The body of a request for another domain. */
  record Body(@Nullable String name) {}

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, views(domains.list(user, AppParameter.of(ctx))));
  }

  private void add(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    String name = Json.body(ctx, Body.class, MAX_BYTES).name();
    if (name == null) {
      throw new Problem(422, "Name the domain: {\"name\": \"www.example.com\"}.");
    }
    Json.answer(ctx, 201, views(domains.add(user, path, name)));
  }

  private void remove(Context ctx) {
    Principal user = users.user(ctx);
    domains.remove(user, AppParameter.of(ctx), ctx.pathParam("domain"));
    ctx.status(204);
  }

  private static List<DomainView> views(DomainService.Listed listed) {
    return listed.domains().stream()
        .map(domain -> new DomainView(domain.name().value(), listed.target(), domain.addedAt()))
        .toList();
  }
}
