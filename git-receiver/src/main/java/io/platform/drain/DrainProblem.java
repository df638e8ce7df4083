package io.platform.drain;

import io.platform.domain.DrainUrl;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Explains to a drain's user why it is not delivered, without the URL's credentials. */
final class DrainProblem {
  private DrainProblem() {}

  static String sentence(DrainUrl url, IOException failure) {
    String receiver = url.host() + ":" + url.port();
    return switch (failure) {
      case BlockedAddress _ -> "%s: %s.".formatted(receiver, failure.getMessage());
      case UnknownHostException _ -> "There is no host %s.".formatted(url.host());
      case SSLException _ ->
          "%s has no valid TLS certificate for this host, or does not speak TLS: %s."
              .formatted(receiver, withoutStop(failure));
      case InterruptedIOException _ -> "%s did not answer in time.".formatted(receiver);
      case NoRouteToHostException _ -> "%s cannot be reached.".formatted(receiver);
      case ConnectException _ -> "%s accepts no connections.".formatted(receiver);
      case DrainStalled _ -> "%s is too slow: %s.".formatted(receiver, failure.getMessage());
      case DrainConnection.BatchRefused _ ->
          "%s refused lines: %s.".formatted(receiver, failure.getMessage());
      default -> "Sending to %s failed: %s.".formatted(receiver, withoutStop(failure));
    };
  }

  private static String withoutStop(IOException failure) {
    String text = failure.getMessage() == null ? "the connection broke off" : failure.getMessage();
    return text.replaceAll("[.\\s]+$", "");
  }
}
