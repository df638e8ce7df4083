package io.platform.process.app;

import io.platform.domain.DomainName;
import io.platform.domain.ProcessName;
import io.platform.domain.port.RoutedRequest;
import io.platform.domain.port.RouterLog;
import io.platform.domain.port.Upstream;
import io.platform.process.log.AppLog;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Writes a line for each request into the log of the app that it was for. */
final class RequestLines implements RouterLog {
  private static final int LONGEST_TARGET = 2000;

  /**
   * The log that the lines of a host go to, and the names of the app's processes.
   *
   * @param before those that got the requests before: some may still be in flight there
   */
  private record Destination(
      AppLog log, Map<Upstream, ProcessName> processes, Map<Upstream, ProcessName> before) {
    Destination with(AppLog to, Map<Upstream, ProcessName> now) {
      return new Destination(to, now, now.equals(processes) ? before : processes);
    }

    Optional<ProcessName> process(Upstream upstream) {
      return Optional.ofNullable(processes.getOrDefault(upstream, before.get(upstream)));
    }
  }

  private final Map<String, Destination> destinations = new ConcurrentHashMap<>();

  /**
   * Says which hosts an app has now, and which processes get their requests. A host that it no
   * longer has may be another app's next.
   */
  void begin(Set<String> hosts, AppLog log, Map<Upstream, ProcessName> processes) {
    Map<Upstream, ProcessName> now = Map.copyOf(processes);
    Set<String> own =
        hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    own.forEach(host ->
        destinations.compute(
            host,
            (_, known) ->
                known == null ? new Destination(log, now, Map.of()) : known.with(log, now)));
    destinations
        .entrySet()
        .removeIf(entry -> entry.getValue().log() == log && !own.contains(entry.getKey()));
  }

  /** Forgets the hosts of an app. */
  void end(AppLog log) {
    destinations.values().removeIf(destination -> destination.log() == log);
  }

  @Override
  public void add(RoutedRequest request) {
    String host = request.host();
    Destination own = destinations.get(host);
    Destination destination = own == null ? destinations.get(DomainName.wildcardOf(host)) : own;
    if (destination != null) {
      Optional<ProcessName> process = request.upstream().flatMap(destination::process);
      destination.log().addRequest(process, text(request, process));
    }
  }

  /** In the style of Heroku's router: {@code at=info method=GET path="/" …}. */
  private static String text(RoutedRequest request, Optional<ProcessName> process) {
    StringBuilder text = new StringBuilder(200);
    request
        .error()
        .ifPresentOrElse(
            error -> text.append("at=error desc=").append(quoted(error)),
            () -> text.append("at=info"));
    text.append(" method=").append(request.method());
    text.append(" path=").append(quoted(request.target()));
    text.append(" host=").append(request.host());
    text.append(" request_id=").append(request.id());
    text.append(" process=").append(process.map(ProcessName::toString).orElse(""));
    text.append(" connect=").append(request.connect().toMillis()).append("ms");
    text.append(" service=").append(request.service().toMillis()).append("ms");
    text.append(" status=").append(request.status());
    return text.append(" bytes=").append(request.bytes()).toString();
  }

  private static String quoted(String value) {
    String some =
        value.length() > LONGEST_TARGET ? value.substring(0, LONGEST_TARGET) + "…" : value;
    return '"' + some.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
