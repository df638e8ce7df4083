package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The REST API of a server ({@code /api/v1}), as one user sees it. */
public final class PlatformApi {
  private static final int WAIT_SECONDS = 60;
  private static final Duration DESTROY_LIMIT = Duration.ofMinutes(2);
  private static final Duration RETENTION_LIMIT = Duration.ofMinutes(2);

  private final ServerUrl server;
  private final Http http;

  public PlatformApi(ServerUrl server, String token, HttpClients clients) {
    this.server = server;
    this.http = new Http(Optional.of(token), clients);
  }

  /**
   * The answer to a change of the config.
   *
   * @param names the config vars that have another value now, or none any more
   * @param release where an app is running and its config differs
   */
  public record ConfigChanged(List<String> names, Optional<ReleaseResponse> release) {
    public ConfigChanged {
      names = List.copyOf(names);
    }
  }

  public JsonNode me() throws ClientException {
    return http.get(server.at("/api/v1/me"));
  }

  public JsonNode apps(Optional<String> namespace) throws ClientException {
    return http.get(
        server.at("/api/v1/apps" + namespace.map(it -> "?namespace=" + encode(it)).orElse("")));
  }

  public static List<AppResponse> appsOf(JsonNode array) {
    return JsonTree.list(array, AppResponse::of);
  }

  public AppResponse create(String name, Optional<String> namespace, Optional<String> branch)
      throws ClientException {
    var body = JsonTree.object().put("name", name);
    namespace.ifPresent(it -> body.put("namespace", it));
    branch.ifPresent(it -> body.put("branch", it));
    return AppResponse.of(http.send("POST", server.at("/api/v1/apps"), body));
  }

  public AppResponse app(AppName app) throws ClientException {
    return AppResponse.of(http.get(at(app, "")));
  }

  /** Gives an app another name. */
  public AppResponse rename(AppName app, String name) throws ClientException {
    return move(app, "name", name);
  }

  /** Moves an app to another namespace. */
  public AppResponse transfer(AppName app, String namespace) throws ClientException {
    return move(app, "namespace", namespace);
  }

  private AppResponse move(AppName app, String field, String value) throws ClientException {
    return AppResponse.of(http.send("PATCH", at(app, ""), JsonTree.object().put(field, value)));
  }

  /** Comes back when the app is gone, or with a sentence that says that it takes longer. */
  public Optional<String> destroy(AppName app) throws ClientException {
    var answer = http.send("DELETE", at(app, "?confirm=" + encode(app.name())), DESTROY_LIMIT);
    return JsonTree.text(answer, "detail");
  }

  public JsonNode builds(AppName app, int limit) throws ClientException {
    return http.get(at(app, "/builds?limit=" + limit));
  }

  public static List<BuildResponse> buildsOf(JsonNode array) {
    return JsonTree.list(array, BuildResponse::of);
  }

  /** The id may be {@code latest}. */
  public BuildResponse build(AppName app, String id) throws ClientException {
    return BuildResponse.of(http.get(at(app, "/builds/" + encode(id))));
  }

  public BuildResponse cancel(AppName app, String id) throws ClientException {
    return BuildResponse.of(
        http.send("POST", at(app, "/builds/" + encode(id) + "/cancel"), Http.LIMIT));
  }

  /** The size of what the next build gets from those before it. */
  public JsonNode buildCache(AppName app) throws ClientException {
    return http.get(at(app, "/build-cache"));
  }

  /** Lets the next build begin without a cache; tells how large it was. */
  public JsonNode purgeBuildCache(AppName app) throws ClientException {
    return http.send("DELETE", at(app, "/build-cache"), Http.LIMIT);
  }

  /** The build's log from a byte offset; with follow, it ends when the log is closed. */
  InputStream log(AppName app, String id, long from, boolean follow) throws ClientException {
    return http.stream(
        at(app, "/builds/" + encode(id) + "/log?from=" + from + (follow ? "&follow=true" : "")),
        "text/plain");
  }

  /** The app's log as JSON lines. */
  InputStream logs(AppName app, LogFilter filter, Optional<String> after) throws ClientException {
    var query =
        Stream.concat(
                filter.parameters().entrySet().stream(),
                after.map(it -> Map.entry("after", it)).stream())
            .map(it -> it.getKey() + "=" + encode(it.getValue()))
            .collect(Collectors.joining("&"));
    return http.stream(
        at(app, "/logs" + (query.isEmpty() ? "" : "?" + query)), "application/x-ndjson");
  }

  public JsonNode releases(AppName app, int limit) throws ClientException {
    return http.get(at(app, "/releases?limit=" + limit));
  }

  public static List<ReleaseResponse> releasesOf(JsonNode array) {
    return JsonTree.list(array, ReleaseResponse::of);
  }

  /**
   * The release as soon as it is no longer pending. The server holds a request for a minute; it is
   * repeated.
   */
  public ReleaseResponse rolledOut(AppName app, String version) throws ClientException {
    var uri = at(app, "/releases/" + encode(version) + "?wait=" + WAIT_SECONDS);
    while (true) {
      var release = ReleaseResponse.of(http.get(uri, Http.LIMIT.plusSeconds(WAIT_SECONDS)));
      if (!release.isPending()) {
        return release;
      }
    }
  }

  public ReleaseResponse rollback(AppName app, Optional<String> version) throws ClientException {
    var body = JsonTree.object();
    version.ifPresent(it -> body.put("version", it));
    return ReleaseResponse.of(http.send("POST", at(app, "/rollback"), body));
  }

  /** What would go of what is stored for the app; with other limits than the server's. */
  public JsonNode planRetention(AppName app, Optional<Integer> builds, Optional<Integer> releases)
      throws ClientException {
    var query =
        Stream.concat(
                builds.map(it -> "builds=" + it).stream(),
                releases.map(it -> "releases=" + it).stream())
            .collect(Collectors.joining("&"));
    return http.get(at(app, "/retention" + (query.isEmpty() ? "" : "?" + query)));
  }

  /** Removes now what is not kept. */
  public JsonNode runRetention(AppName app) throws ClientException {
    return http.send("POST", at(app, "/retention"), RETENTION_LIMIT);
  }

  /** What happened to the app, newest first. */
  public JsonNode events(AppName app, int limit) throws ClientException {
    return http.get(at(app, "/events?limit=" + limit));
  }

  /** The buildpacks that were chosen. */
  public JsonNode buildpacks(AppName app) throws ClientException {
    return http.get(at(app, "/buildpacks"));
  }

  /** Chooses others in their place, and comes back with those that hold now. */
  public JsonNode setBuildpacks(AppName app, List<String> buildpacks) throws ClientException {
    var body = JsonTree.object();
    var array = body.putArray("buildpacks");
    buildpacks.forEach(array::add);
    return http.send("PUT", at(app, "/buildpacks"), body);
  }

  /** Adds one, at the end if there is no index, and comes back with those that hold now. */
  public JsonNode addBuildpack(AppName app, String buildpack, Optional<Integer> index)
      throws ClientException {
    var body = JsonTree.object().put("buildpack", buildpack);
    index.ifPresent(it -> body.put("index", it));
    return http.send("POST", at(app, "/buildpacks"), body);
  }

  /** Removes one, and comes back with those that hold now. */
  public JsonNode removeBuildpack(AppName app, String buildpack) throws ClientException {
    var body = JsonTree.object().put("buildpack", buildpack);
    return http.send("POST", at(app, "/buildpacks/remove"), body);
  }

  /** The log drains, as an array. */
  public JsonNode drains(AppName app) throws ClientException {
    return http.get(at(app, "/drains"));
  }

  /** Adds a log drain. */
  public JsonNode addDrain(AppName app, String url) throws ClientException {
    return http.send("POST", at(app, "/drains"), JsonTree.object().put("url", url));
  }

  /** Removes the log drain with this id or URL, and tells which it was. */
  public JsonNode removeDrain(AppName app, String drain) throws ClientException {
    return http.send("POST", at(app, "/drains/remove"), JsonTree.object().put("drain", drain));
  }

  public JsonNode domains(AppName app) throws ClientException {
    return http.get(at(app, "/domains"));
  }

  /** Adds a domain, and comes back with all. */
  public JsonNode addDomain(AppName app, String name) throws ClientException {
    return http.send("POST", at(app, "/domains"), JsonTree.object().put("name", name));
  }

  public void removeDomain(AppName app, String name) throws ClientException {
    http.send("DELETE", at(app, "/domains/" + encode(name)), Http.LIMIT);
  }

  /** The certificates of the app's domains. */
  public JsonNode certificates(AppName app) throws ClientException {
    return http.get(at(app, "/certificates"));
  }

  /**
   * Adds a certificate, and comes back with all.
   *
   * @param chain in PEM
   * @param key in PEM
   * @param domain empty for all domains that it is for
   */
  public JsonNode addCertificate(AppName app, String chain, String key, Optional<String> domain)
      throws ClientException {
    var body = JsonTree.object().put("certificate", chain).put("private_key", key);
    domain.ifPresent(it -> body.put("domain", it));
    return http.send("POST", at(app, "/certificates"), body);
  }

  public void removeCertificate(AppName app, String domain) throws ClientException {
    http.send("DELETE", at(app, "/certificates/" + encode(domain)), Http.LIMIT);
  }

  /** Whether visitors get a page instead of the app. */
  public JsonNode maintenance(AppName app) throws ClientException {
    return http.get(at(app, "/maintenance"));
  }

  /**
   * Turns maintenance on.
   *
   * @param page the URL of a page; empty for the platform's own
   */
  public JsonNode maintenanceOn(AppName app, Optional<String> page) throws ClientException {
    var body = JsonTree.object();
    page.ifPresent(it -> body.put("page", it));
    return http.send("PUT", at(app, "/maintenance"), body);
  }

  public JsonNode maintenanceOff(AppName app) throws ClientException {
    return http.send("DELETE", at(app, "/maintenance"), Http.LIMIT);
  }

  public JsonNode processes(AppName app) throws ClientException {
    return http.get(at(app, "/processes"));
  }

  public static List<ProcessResponse> processesOf(JsonNode array) {
    return JsonTree.list(array, ProcessResponse::of);
  }

  /** How many processes of which type should run. */
  public JsonNode formation(AppName app) throws ClientException {
    return http.get(at(app, "/formation"));
  }

  /** In the order of the Procfile. */
  public static List<ScaleResponse> scalesOf(JsonNode formation) {
    return formation.properties().stream().map(ScaleResponse::of).toList();
  }

  /** Changes it, and comes back with what should run now. */
  public JsonNode scale(AppName app, JsonNode change) throws ClientException {
    return http.send("PATCH", at(app, "/formation"), change);
  }

  /** All features that apps can have, and whether the app has them. */
  public JsonNode features(AppName app) throws ClientException {
    return http.get(at(app, "/features"));
  }

  /** Enables or disables a feature, and comes back with all. */
  public JsonNode setFeature(AppName app, String feature, boolean enabled) throws ClientException {
    return http.send(
        "PUT", at(app, "/features/" + encode(feature)), JsonTree.object().put("enabled", enabled));
  }

  /** How the app's releases are rolled out. */
  public JsonNode rollout(AppName app) throws ClientException {
    return http.get(at(app, "/rollout"));
  }

  /** Changes it, and comes back with what holds now. */
  public JsonNode changeRollout(AppName app, JsonNode change) throws ClientException {
    return http.send("PATCH", at(app, "/rollout"), change);
  }

  /**
   * Restarts processes.
   *
   * @param how {@code restart} or {@code stop}
   * @param process a process or a process type; empty for all
   * @return the names of those that are restarted
   */
  public JsonNode restart(AppName app, String how, Optional<String> process)
      throws ClientException {
    var body = JsonTree.object();
    process.ifPresent(it -> body.put("process", it));
    return http.send("POST", at(app, "/processes/" + how), body);
  }

  /** Connects to run a command beside the app's processes. */
  public ProcessConnection run(AppName app, ProcessConnection.Listener listener)
      throws ClientException {
    return http.connect(at(app, "/run"), listener);
  }

  /** Runs one that nobody is connected to; its output goes to the app's log. */
  public JsonNode runDetached(AppName app, JsonNode what) throws ClientException {
    return http.send("POST", at(app, "/run"), what);
  }

  /** Connects to run a command inside a process. */
  public ProcessConnection exec(AppName app, ProcessConnection.Listener listener)
      throws ClientException {
    return http.connect(at(app, "/exec"), listener);
  }

  /** Connects to a port on which a process listens. */
  public ProcessConnection port(
      AppName app, String process, int port, ProcessConnection.Listener listener)
      throws ClientException {
    return http.connect(at(app, "/processes/" + encode(process) + "/ports/" + port), listener);
  }

  public JsonNode config(AppName app) throws ClientException {
    return http.get(at(app, "/config"));
  }

  /** Sets config vars; those without a value are removed. */
  public ConfigChanged configure(AppName app, Map<String, Optional<String>> vars)
      throws ClientException {
    var body = JsonTree.object();
    vars.forEach((name, value) -> body.put(name, value.orElse(null)));
    var answer = http.send("PATCH", at(app, "/config"), body);
    var release = answer.path("release");
    return new ConfigChanged(
        JsonTree.list(answer.path("changed"), JsonNode::asText),
        release.isObject() ? Optional.of(ReleaseResponse.of(release)) : Optional.empty());
  }

  private URI at(AppName app, String rest) {
    return server.at(app.path() + rest);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
