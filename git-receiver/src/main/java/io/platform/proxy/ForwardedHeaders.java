package io.platform.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request as the app sees them: those of one hop are left out (RFC 9110, 7.6.1),
 * X-Forwarded-* is what the platform itself knows, and all others are as they came.
 */
final class ForwardedHeaders {
  static final String REQUEST_ID = "X-Request-Id";
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";
  private static final String HOST = "X-Forwarded-Host";
  private static final String PORT = "X-Forwarded-Port";
  private static final Set<String> ONE_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "proxy-authenticate",
          "te",
          "transfer-encoding",
          "upgrade");

  private final Predicate<InetAddress> trustedPeer;

  ForwardedHeaders(Predicate<InetAddress> trustedPeer) {
    this.trustedPeer = trustedPeer;
  }

  /**
   * Whether a header goes no further than the next hop; {@code listed} are the names in Connection.
   */
  static boolean oneHop(HttpField field, Set<String> listed) {
    String name = field.getLowerCaseName();
    return ONE_HOP.contains(name) || listed.contains(name);
  }

  /** The header names that Connection lists, in lower case. */
  static Set<String> listedInConnection(HttpFields headers) {
    List<String> values = headers.getCSV(HttpHeader.CONNECTION, false);
    if (values.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    values.forEach(value -> names.add(value.toLowerCase(Locale.ROOT)));
    // Never drop what frames or routes the message, whatever a client lists.
    names.removeAll(Set.of("host", "content-length"));
    return names;
  }

  void copy(AppRequest request, HttpFields.Mutable to) {
    HttpFields received = request.getHeaders();
    Set<String> listed = listedInConnection(received);
    for (HttpField field : received) {
      if (!oneHop(field, listed) && !isForwarding(field)) {
        to.add(field);
      }
    }
    if (received.contains(HttpHeader.TE, "trailers")) {
      to.add(HttpHeader.TE, "trailers");
    }
    if (request.upgrades()) {
      to.add(HttpHeader.CONNECTION, "Upgrade");
      to.add(HttpHeader.UPGRADE, received.get(HttpHeader.UPGRADE));
    }
    to.put(REQUEST_ID, request.id());
    addForwarding(request, received, to);
  }

  private void addForwarding(Request request, HttpFields received, HttpFields.Mutable to) {
    SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
    InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
    String client = address == null ? "unknown" : address.getHostAddress();
    boolean trusted = address != null && trustedPeer.test(address);
    String before = trusted ? String.join(", ", received.getValuesList(FOR)) : "";
    to.add(FOR, before.isBlank() ? client : before + ", " + client);
    to.add(PROTO, said(trusted, received, PROTO, request.isSecure() ? "https" : "http"));
    to.add(HOST, said(trusted, received, HOST, orEmpty(received.get(HttpHeader.HOST))));
    to.add(PORT, said(trusted, received, PORT, String.valueOf(Request.getLocalPort(request))));
  }

  private static String said(boolean trusted, HttpFields received, String name, String known) {
    String said = trusted ? received.get(name) : null;
    return said == null || said.isBlank() ? known : said;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /**
   * X-Forwarded-* and Forwarded, also with underscores: CGI, WSGI and Rack make the same name of
   * both.
   */
  private static boolean isForwarding(HttpField field) {
    String name = field.getLowerCaseName().replace('_', '-');
    return name.startsWith("x-forwarded-")
        || name.equals("forwarded")
        || name.equals("x-request-id");
  }
}
