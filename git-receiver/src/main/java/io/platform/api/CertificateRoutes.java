package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.service.CertificateService;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The certificates of an app's domains. Nobody can read their keys again. */
final class CertificateRoutes implements RouteGroup {
  static final String CERTIFICATES = AppParameter.APP + "/certificates";

  /** Both files at their largest, as JSON. */
  private static final int MAX_BYTES = 160 * 1024;

  private final UserAuthentication users;
  private final CertificateService certificates;

  CertificateRoutes(UserAuthentication users, CertificateService certificates) {
    this.users = users;
    this.certificates = certificates;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(CERTIFICATES, this::list);
    routes.post(CERTIFICATES, this::add);
    routes.delete(CERTIFICATES + "/{domain}", this::remove);
  }

  /**
   * A certificate.
   *
   * @param names the host names that it is for
   * @param fingerprint SHA-256, in hexadecimal
   */
  record CertificateView(
      String domain,
      List<String> names,
      String issuer,
      String fingerprint,
      Instant notBefore,
      Instant notAfter,
      String status,
      Instant createdAt) {
    static CertificateView of(CertificateService.Listed listed) {
      return new CertificateView(
          listed.stored().domain().value(),
          listed.chain().names(),
          listed.chain().issuer(),
          listed.chain().fingerprint(),
          listed.chain().notBefore(),
          listed.stored().notAfter(),
          listed.status().word(),
          listed.stored().addedAt());
    }
  }

  /** The body of a request for a certificate. */
  record Body(@Nullable String certificate, @Nullable String privateKey, @Nullable String domain) {}

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, views(certificates.list(user, AppParameter.of(ctx))));
  }

  private void add(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    Body body = Json.body(ctx, Body.class, MAX_BYTES);
    String certificate = body.certificate();
    String privateKey = body.privateKey();
    if (certificate == null || privateKey == null) {
      throw new Problem(
          422,
          "Give the certificate and its key in PEM: {\"certificate\": \"-----BEGIN …\", \"private_key\": \"-----BEGIN …\"}.");
    }
    Optional<String> domain = Optional.ofNullable(body.domain());
    Json.answer(ctx, 201, views(certificates.add(user, path, certificate, privateKey, domain)));
  }

  private void remove(Context ctx) {
    Principal user = users.user(ctx);
    certificates.remove(user, AppParameter.of(ctx), ctx.pathParam("domain"));
    ctx.status(204);
  }

  private static List<CertificateView> views(List<CertificateService.Listed> listed) {
    return listed.stream().map(CertificateView::of).toList();
  }
}
