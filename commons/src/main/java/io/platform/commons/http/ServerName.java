package io.platform.commons.http;

/**
 * The name of a server in its messages to clients.
 *
 * @param subject as a sentence begins with it
 * @param host the machine or program whose disk it uses, within a sentence
 */
public record ServerName(String subject, String host) {
  /** Receiver and deployer. */
  public static final ServerName PLATFORM = new ServerName("The platform", "the platform's server");

  /** The auth server. */
  public static final ServerName AUTH_SERVER = new ServerName("The auth server", "the auth server");
}
