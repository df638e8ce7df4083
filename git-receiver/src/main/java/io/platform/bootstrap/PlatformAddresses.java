package io.platform.bootstrap;

import io.platform.commons.settings.HostName;
import io.platform.commons.settings.InvalidValue;
import io.platform.commons.settings.SettingsReader;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The platform's addresses, public and internal. Each is scheme, host and port, without a path.
 *
 * @param publicUrl what users see; apps are under its host name
 * @param platformUrl where builders and runners ask for all that they need
 * @param reportsUrl where builders report
 * @param issuer the auth server, as users see it
 */
public record PlatformAddresses(URI publicUrl, URI platformUrl, URI reportsUrl, URI issuer) {
  /** A platform behind one port. */
  public PlatformAddresses(URI publicUrl, URI platformUrl) {
    this(publicUrl, platformUrl, platformUrl, publicUrl);
  }

  /** Those of a platform whose parts are processes of their own. */
  public static PlatformAddresses read(SettingsReader settings) {
    URI publicUrl = settings.requiredBaseUrl("PLATFORM_PUBLIC_URL");
    return new PlatformAddresses(
        publicUrl,
        settings.requiredBaseUrl("PLATFORM_INTERNAL_URL"),
        settings.requiredBaseUrl("PLATFORM_REPORTS_URL"),
        settings.baseUrl("PLATFORM_ISSUER").orElse(publicUrl));
  }

  /** The host names under which the platform itself is reached. */
  public List<String> hosts() {
    return Stream.of(publicUrl, platformUrl, reportsUrl, issuer).map(URI::getHost).toList();
  }

  /** These and those that a setting adds, separated by commas. */
  public List<String> hosts(SettingsReader settings) {
    Stream<String> aliases =
        settings.text("PLATFORM_HOST_ALIASES").stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(host -> !host.isEmpty())
            .filter(host -> isHost(host, settings));
    return Stream.concat(hosts().stream(), aliases).toList();
  }

  private static boolean isHost(String host, SettingsReader settings) {
    boolean good = HostName.isName(host) || HostName.isIp4(host) || HostName.isIp6(host);
    if (!good) {
      settings.wrong(
          "PLATFORM_HOST_ALIASES",
          "host names without scheme and port, separated by commas, not "
              + InvalidValue.quoted(host));
    }
    return good;
  }

  /** The domain under which apps get their host names. */
  public String domain() {
    return publicUrl.getHost();
  }
}
