package io.platform.server;

import io.platform.settings.Settings;
import java.net.URI;

/**
 * Where the platform is, seen from outside and from inside. Each is scheme, host and port, without
 * a path.
 *
 * @param publicUrl what users see; apps are under its host name
 * @param platformUrl where builders and runners ask for all that they need
 * @param reportsUrl where builders report
 * @param issuer the auth server, as users see it
 */
public record Addresses(URI publicUrl, URI platformUrl, URI reportsUrl, URI issuer) {
  /** A platform behind one port. */
  public Addresses(URI publicUrl, URI platformUrl) {
    this(publicUrl, platformUrl, platformUrl, publicUrl);
  }

  /** Those of a platform whose parts are processes of their own. */
  public static Addresses read(Settings settings) {
    URI publicUrl = settings.requiredBaseUrl("PLATFORM_PUBLIC_URL");
    return new Addresses(
        publicUrl,
        settings.requiredBaseUrl("PLATFORM_INTERNAL_URL"),
        settings.requiredBaseUrl("PLATFORM_REPORTS_URL"),
        settings.baseUrl("PLATFORM_ISSUER").orElse(publicUrl));
  }

  /** The domain under which apps get their host names. */
  public String domain() {
    return publicUrl.getHost();
  }
}
