package io.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.platform.kubernetes.client.ApiHttpClientFactory;
import io.platform.kubernetes.client.ApiServerHealth;
import io.platform.kubernetes.client.KubernetesApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A simulation in memory of an API server, and of what makes pods of Deployments: at once, of the
 * newest template only. Pods come up, but for those of types that a test lets crash.
 *
 * <p>It stands in for a cluster because tests need its faults, and the order of all that became of
 * objects, which a cluster does not tell. A test of it takes half a second, and one on a cluster,
 * with its kubelet and images, half a minute; an API server alone makes no pods. It checks nothing
 * of what it is given: that clusters take the platform's objects, and run them, is tested by {@code
 * .ci/newest-kubernetes}, {@code .ci/cluster-tests} and {@code k8s/e2e}.
 */
public final class SimulatedCluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HASH = "pod-template-hash";
  private static final String NAME = "metadata.name";
  private static final String DONE = "Completed";

  /** In a selector: the label is there, whatever its value. */
  private static final String ANY = "*";

  private record Watch(HttpExchange exchange, String collection, Map<String, String> labels) {}

  private record InitEnd(int exitCode, String message) {}

  /** The output of a pod's container, or of its init container, and who follows it. */
  private static final class Output {
    final List<String> current = new ArrayList<>();
    final List<String> previous = new ArrayList<>();
    final List<HttpExchange> followers = new ArrayList<>();
    int requests;
  }

  private final Map<String, Output> outputs = new TreeMap<>();
  private final HttpServer http;
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Set<String> crashing = new HashSet<>();
  private final Map<String, String> unhealthy = new HashMap<>();
  private final Set<String> initializing = new HashSet<>();
  private final Map<String, InitEnd> initEnds = new HashMap<>();
  private final List<String> history = new ArrayList<>();
  private long version = 1;
  private boolean keepsPods;
  private boolean refusesLogs;
  private Optional<ObjectNode> waitingPods = Optional.empty();

  /** Answers on a free port of loopback. */
  public SimulatedCluster() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::answer);
    http.start();
  }

  /** From now on new pods of a process type crash. */
  public synchronized void crash(String type) {
    crashing.add(type);
  }

  /** From now on the init containers of new pods of a process type run on. */
  public synchronized void holdInit(String type) {
    initializing.add(type);
  }

  /** From now on the init containers of new pods of a process type fail each time. */
  public synchronized void failInit(String type, int exitCode, String message) {
    initEnds.put(type, new InitEnd(exitCode, message));
  }

  /** The init containers of all pods of a process type succeed, and the containers run. */
  public synchronized void finishInit(String type) throws IOException {
    initializing.remove(type);
    for (Map.Entry<String, ObjectNode> own : new TreeMap<>(objects).entrySet()) {
      if (isPodOf(own, type)) {
        ObjectNode pod = own.getValue().deepCopy();
        ObjectNode init = (ObjectNode) pod.at("/status/initContainerStatuses/0");
        init.putObject("state").putObject("terminated").put("exitCode", 0).put("reason", DONE);
        ObjectNode container = (ObjectNode) pod.at("/status/containerStatuses/0");
        container.put("ready", true).putObject("state").putObject("running");
        put(own.getKey(), pod);
        endFollowers(
            outputs.computeIfAbsent(
                initOutput(text(pod, "name"), init.path("name").asText()), it -> new Output()));
      }
    }
  }

  /** Under which name the output of an init container is written. */
  public static String initOutput(String pod, String container) {
    return pod + "/" + container;
  }

  /** From now on new pods of a process type are not ready, and an event says so. */
  public synchronized void failProbe(String type, String message) {
    unhealthy.put(type, message);
  }

  /** The containers of all pods of a process type end with a code, and are started again. */
  public void end(String type, int exitCode) throws IOException {
    end(type, exitCode, "Error");
  }

  /** The same, for a reason such as {@code OOMKilled}. */
  public void end(String type, int exitCode, String reason) throws IOException {
    end(type, exitCode, reason, true);
  }

  /**
   * The kubelet stops the containers of all pods of a process type, as a probe fails, and starts
   * them again; they are not ready then.
   */
  public synchronized void failLiveness(String type, String answer) throws IOException {
    for (Map.Entry<String, ObjectNode> own : new TreeMap<>(objects).entrySet()) {
      ObjectNode pod = own.getValue();
      if (isPodOf(own, type)) {
        String events = own.getKey().replace("/pods/", "/events/");
        put(
            events + "-unhealthy",
            event(pod, "-unhealthy", "Unhealthy", "Liveness probe failed: " + answer));
        put(
            events + "-killing",
            event(
                pod,
                "-killing",
                "Killing",
                "Container app failed liveness probe, will be restarted"));
      }
    }
    end(type, 137, "Error", false);
  }

  /** All pods of a process type, which have been ready for long, are so no more. */
  public synchronized void failReadiness(String type, String answer) throws IOException {
    for (Map.Entry<String, ObjectNode> own : new TreeMap<>(objects).entrySet()) {
      ObjectNode pod = own.getValue();
      if (isPodOf(own, type)) {
        put(
            own.getKey().replace("/pods/", "/events/") + "-unready",
            event(pod, "-unready", "Unhealthy", "Readiness probe failed: " + answer));
        ObjectNode status = (ObjectNode) pod.get("status");
        ObjectNode container = (ObjectNode) status.at("/containerStatuses/0");
        container.put("ready", false);
        container
            .putObject("state")
            .putObject("running")
            .put("startedAt", Instant.now().minusSeconds(60).toString());
        status
            .putArray("conditions")
            .addObject()
            .put("type", "Ready")
            .put("status", "False")
            .put("lastTransitionTime", now());
        put(own.getKey(), pod);
      }
    }
  }

  private static boolean isPodOf(Map.Entry<String, ObjectNode> object, String type) {
    return object.getKey().contains("/pods/")
        && object.getValue().at("/metadata/labels/platform.io~1process").asText().equals(type);
  }

  private synchronized void end(String type, int exitCode, String reason, boolean ready)
      throws IOException {
    for (Map.Entry<String, ObjectNode> own : new TreeMap<>(objects).entrySet()) {
      ObjectNode pod = own.getValue();
      if (isPodOf(own, type)) {
        ObjectNode container = (ObjectNode) pod.at("/status/containerStatuses/0");
        container.put("restartCount", container.path("restartCount").asInt() + 1);
        container
            .putObject("lastState")
            .putObject("terminated")
            .put("exitCode", exitCode)
            .put("reason", reason)
            .put("startedAt", pod.at("/metadata/creationTimestamp").asText())
            .put("finishedAt", now());
        container.put("ready", ready);
        restartOutput(pod.at("/metadata/name").asText());
        ((ObjectNode) pod.get("metadata")).put("resourceVersion", Long.toString(++version));
        tell("MODIFIED", own.getKey(), pod);
      }
    }
  }

  /** The container of a pod writes a line at a time. */
  public synchronized void write(String pod, Instant at, String text) {
    Output output = outputs.computeIfAbsent(pod, name -> new Output());
    String line = "%s %s\n".formatted(at, text);
    output.current.add(line);
    for (HttpExchange follower : List.copyOf(output.followers)) {
      try {
        String wanted = sent(line, options(follower.getRequestURI().getRawQuery()));
        if (!isAnswered(follower)) {
          follower.sendResponseHeaders(200, 0);
        }
        follower.getResponseBody().write(wanted.getBytes(UTF_8));
        follower.getResponseBody().flush();
      } catch (IOException e) {
        output.followers.remove(follower);
      }
    }
  }

  /** Somebody makes a copy of a pod of a process type, without one of its labels. */
  public synchronized void copyPod(String type, String name, String without) throws IOException {
    for (Map.Entry<String, ObjectNode> own : new TreeMap<>(objects).entrySet()) {
      if (isPodOf(own, type)) {
        ObjectNode copy = own.getValue().deepCopy();
        ObjectNode metadata = (ObjectNode) copy.get("metadata");
        metadata.put("name", name);
        ((ObjectNode) metadata.get("labels")).remove(without);
        String path = own.getKey();
        put(path.substring(0, path.lastIndexOf('/') + 1) + name, copy);
        return;
      }
    }
  }

  /** Makes an object as there is one of another name. */
  public synchronized void copy(String from, String to) throws IOException {
    for (Map.Entry<String, ObjectNode> entry : new TreeMap<>(objects).entrySet()) {
      if (text(entry.getValue(), "name").equals(from)) {
        ObjectNode copy = entry.getValue().deepCopy();
        ((ObjectNode) copy.get("metadata")).put("name", to);
        put(entry.getKey().replaceFirst("[^/]+$", to), copy);
      }
    }
  }

  /** From now on pods that are deleted stay, as on a node that does not answer. */
  public synchronized void keepPods() {
    keepsPods = true;
  }

  /** From now on the logs of pods are refused, or not any more. */
  public synchronized void refuseLogs(boolean refuse) {
    refusesLogs = refuse;
  }

  /** From now on pods without a controller have no node, for this reason. */
  public synchronized void withoutRoom(String why) {
    ObjectNode status = JSON.createObjectNode().put("phase", "Pending");
    status
        .putArray("conditions")
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "False")
        .put("reason", "Unschedulable")
        .put("message", why);
    waitingPods = Optional.of(status);
  }

  /** From now on the container of a pod without a controller cannot be made, for this reason. */
  public synchronized void withoutContainers(String reason) {
    ObjectNode status = JSON.createObjectNode().put("phase", "Pending");
    ObjectNode container = status.putArray("containerStatuses").addObject().put("name", "app");
    container.putObject("state").putObject("waiting").put("reason", reason);
    waitingPods = Optional.of(status);
  }

  /** From now on pods without a controller run. */
  public synchronized void withRoom() {
    waitingPods = Optional.empty();
  }

  /** Gives a pod that has no controller the state that new ones get now. */
  public synchronized void update(String name) throws IOException {
    for (Map.Entry<String, ObjectNode> entry : Map.copyOf(objects).entrySet()) {
      if (entry.getKey().endsWith("/pods/" + name)) {
        ObjectNode pod = entry.getValue().deepCopy();
        run(pod);
        put(entry.getKey(), pod);
      }
    }
  }

  /** How many watch pods; those who have gone are noticed when they are told something. */
  public synchronized long podWatches() {
    objects.forEach((path, object) -> {
      if (path.contains("/pods/")) {
        tell("MODIFIED", path, object);
      }
    });
    return watches.stream().filter(watch -> watch.collection.endsWith("/pods")).count();
  }

  /** How many follow the log of a pod. */
  public synchronized int followers(String pod) {
    return outputs.computeIfAbsent(pod, name -> new Output()).followers.size();
  }

  /** How often the log of a pod was asked for. */
  public synchronized int logRequests(String pod) {
    return outputs.computeIfAbsent(pod, name -> new Output()).requests;
  }

  /** Breaks the connections of all who follow logs. */
  public synchronized void breakLogs() {
    outputs.values().forEach(SimulatedCluster::endFollowers);
  }

  private void restartOutput(String pod) {
    Output output = outputs.computeIfAbsent(pod, name -> new Output());
    endFollowers(output);
    output.previous.clear();
    output.previous.addAll(output.current);
    output.current.clear();
  }

  private static void endFollowers(Output output) {
    for (HttpExchange follower : output.followers) {
      try (follower) {
        if (!isAnswered(follower)) {
          follower.sendResponseHeaders(200, -1);
        }
      } catch (IOException e) {
        // It has gone.
      }
    }
    output.followers.clear();
  }

  private static boolean isAnswered(HttpExchange exchange) {
    return exchange.getResponseCode() >= 0;
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new HashMap<>();
    for (String part : query.split("&", -1)) {
      options.put(
          part.replaceAll("=.*", ""), URLDecoder.decode(part.replaceAll("^[^=]*=?", ""), UTF_8));
    }
    return options;
  }

  /** A line as the kubelet sends it: with its time only where that is wanted. */
  private static String sent(String line, Map<String, String> options) {
    return "true".equals(options.get("timestamps")) ? line : line.substring(line.indexOf(' ') + 1);
  }

  /**
   * As the kubelet does: {@code sinceTime} is in whole seconds, and the answer to one who follows
   * begins with the first line.
   */
  private void log(HttpExchange exchange, String pod, String query) throws IOException {
    Map<String, String> options = options(query);
    boolean previous = "true".equals(options.get("previous"));
    if (!objects.keySet().stream().anyMatch(path -> path.endsWith("/pods/" + pod))) {
      send(exchange, 404, status(404, "NotFound"));
      return;
    }
    JsonNode status = requireNonNull(all("pods").get(pod)).path("status");
    JsonNode init = status.at("/initContainerStatuses/0");
    boolean ofInit = init.path("name").asText().equals(options.get("container"));
    Output output =
        outputs.computeIfAbsent(
            ofInit ? initOutput(pod, init.path("name").asText()) : pod, name -> new Output());
    output.requests++;
    if (refusesLogs) {
      send(exchange, 403, status(403, "Forbidden"));
      return;
    }
    if ((previous && output.previous.isEmpty()) || (!ofInit && isInitializing(status))) {
      send(exchange, 400, status(400, "BadRequest"));
      return;
    }
    List<String> lines =
        (previous ? output.previous : output.current)
            .stream()
                .filter(line ->
                    options.get("sinceTime") == null
                        || !Instant.parse(line.substring(0, line.indexOf(' ')))
                            .isBefore(Instant.parse(options.get("sinceTime"))))
                .toList();
    boolean ended = ofInit ? init.at("/state/running").isMissingNode() : hasEnded(pod);
    boolean follows = "true".equals(options.get("follow")) && !ended;
    if (follows && lines.isEmpty()) {
      output.followers.add(exchange);
      return;
    }
    int tail = Integer.parseInt(options.getOrDefault("tailLines", "1000000"));
    exchange.sendResponseHeaders(200, 0);
    for (String line : lines.subList(Math.max(0, lines.size() - tail), lines.size())) {
      exchange.getResponseBody().write(sent(line, options).getBytes(UTF_8));
    }
    exchange.getResponseBody().flush();
    if (follows) {
      output.followers.add(exchange);
    } else {
      exchange.close();
    }
  }

  private static boolean isInitializing(JsonNode status) {
    return status
        .at("/containerStatuses/0/state/waiting/reason")
        .asText()
        .equals("PodInitializing");
  }

  private boolean hasEnded(String pod) {
    String phase = requireNonNull(all("pods").get(pod)).at("/status/phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** What became of Deployments and pods, such as {@code PATCH shop--worker}, in order. */
  public synchronized List<String> history() {
    return List.copyOf(history);
  }

  /** Waits until the history has an entry. */
  synchronized void awaitHistory(String entry) throws InterruptedException {
    while (!history.contains(entry)) {
      wait();
    }
  }

  /** Objects of a kind, such as {@code pods}, by name. */
  public synchronized Map<String, JsonNode> all(String kind) {
    Map<String, JsonNode> found = new TreeMap<>();
    objects.forEach((path, object) -> {
      if (path.contains("/" + kind + "/")) {
        found.put(object.at("/metadata/name").asText(), object);
      }
    });
    return found;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Connection", "close");
    synchronized (this) {
      if (query.contains("watch=true")) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        Watch watch = new Watch(exchange, path, labels(query));
        tellMissed(watch, options(query).getOrDefault("resourceVersion", ""));
        watches.add(watch);
        return;
      }
      if (path.contains("/pods/") && path.endsWith("/log")) {
        String pod = path.replaceAll(".*/pods/([^/]+)/log$", "$1");
        log(exchange, pod, query);
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "GET" -> get(exchange, path, labels(query));
        case "POST" -> {
          ObjectNode object = (ObjectNode) JSON.readTree(body);
          String own = path + "/" + object.at("/metadata/name").asText();
          if (objects.containsKey(own)) {
            send(exchange, 409, status(409, "AlreadyExists"));
          } else {
            if (path.endsWith("/pods")) {
              history.add("POST " + text(object, "name"));
              run(object);
              initialize(object);
              notifyAll();
            }
            send(exchange, 201, put(own, object));
          }
        }
        case "PATCH" -> send(exchange, 200, put(path, (ObjectNode) JSON.readTree(body)));
        case "DELETE" -> {
          delete(path);
          notifyAll();
          send(exchange, 200, status(200, ""));
        }
        default -> send(exchange, 405, status(405, "MethodNotAllowed"));
      }
    }
  }

  /** A pod without a controller runs until a test ends it. */
  private void run(ObjectNode pod) {
    if (waitingPods.isPresent()) {
      if (waitingPods.get().has("containerStatuses")) {
        pod.withObject("/spec").put("nodeName", "node-1");
      }
      pod.set("status", waitingPods.get().deepCopy());
      return;
    }
    pod.withObject("/spec").put("nodeName", "node-1");
    ObjectNode status = pod.putObject("status").put("phase", "Running");
    ObjectNode container = status.putArray("containerStatuses").addObject();
    container.put("name", pod.at("/spec/containers/0/name").asText()).put("ready", true);
    container.putObject("state").putObject("running");
  }

  /** Ends a pod that has no controller. */
  public void finish(String name, int exitCode) throws IOException {
    finish(name, exitCode, exitCode == 0 ? "Completed" : "Error");
  }

  /** The same, for a reason such as {@code OOMKilled}. */
  public synchronized void finish(String name, int exitCode, String reason) throws IOException {
    for (Map.Entry<String, ObjectNode> entry : Map.copyOf(objects).entrySet()) {
      if (entry.getKey().endsWith("/pods/" + name)) {
        ObjectNode pod = entry.getValue().deepCopy();
        ObjectNode status = (ObjectNode) pod.get("status");
        status.put("phase", exitCode == 0 ? "Succeeded" : "Failed");
        ObjectNode container = (ObjectNode) status.at("/containerStatuses/0");
        container
            .putObject("state")
            .putObject("terminated")
            .put("exitCode", exitCode)
            .put("reason", reason);
        put(entry.getKey(), pod);
        endFollowers(outputs.computeIfAbsent(name, own -> new Output()));
      }
    }
  }

  private void get(HttpExchange exchange, String path, Map<String, String> labels)
      throws IOException {
    ObjectNode object = objects.get(path);
    if (object != null) {
      send(exchange, 200, object);
    } else if (isObject(path)) {
      send(exchange, 404, status(404, "NotFound"));
    } else {
      ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
      list.putObject("metadata").put("resourceVersion", Long.toString(version));
      ArrayNode items = list.putArray("items");
      objects.forEach((own, one) -> {
        if (isIn(own, path) && matches(one, labels)) {
          items.add(one);
        }
      });
      send(exchange, 200, list);
    }
  }

  /** Keeps what was there of the object's identity, as an apply does. */
  private ObjectNode put(String path, ObjectNode object) throws IOException {
    ObjectNode before = objects.get(path);
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    boolean changed = before == null || !object.path("spec").equals(before.path("spec"));
    metadata.put("uid", before == null ? UUID.randomUUID().toString() : text(before, "uid"));
    metadata.put(
        "creationTimestamp",
        before == null
            ? Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()
            : text(before, "creationTimestamp"));
    long generation = before == null ? 0 : before.at("/metadata/generation").asLong();
    metadata.put("generation", changed ? generation + 1 : generation);
    metadata.put("resourceVersion", Long.toString(++version));
    if (path.contains("/deployments/")) {
      if (changed) {
        history.add("PATCH " + text(object, "name"));
      }
      int replicas = object.at("/spec/replicas").asInt(1);
      object
          .putObject("status")
          .put("observedGeneration", metadata.get("generation").asLong())
          .put("replicas", replicas)
          .put("updatedReplicas", replicas)
          .put("availableReplicas", available(object, replicas))
          .putArray("conditions");
    }
    if (path.contains("/resourcequotas/")) {
      object.putObject("status").putObject("hard").put("pods", "20");
    }
    objects.put(path, object);
    tell(before == null ? "ADDED" : "MODIFIED", path, object);
    if (path.contains("/deployments/")) {
      boolean anew = before == null || !template(object).equals(template(before));
      if (anew) {
        replaceSet(path, object);
      }
      scale(path, object, anew);
    }
    return object;
  }

  private int available(ObjectNode deployment, int replicas) {
    return crashing.contains(type(deployment))
            || unhealthy.containsKey(type(deployment))
            || initializing.contains(type(deployment))
            || initEnds.containsKey(type(deployment))
        ? 0
        : replicas;
  }

  /** The ReplicaSet of the Deployment's template, as its controller makes it. */
  private void replaceSet(String path, ObjectNode deployment) throws IOException {
    String sets = path.replace("/deployments/", "/replicasets/");
    for (String old :
        objects.keySet().stream().filter(own -> own.startsWith(sets + "-")).toList()) {
      remove(old);
    }
    String name = text(deployment, "name") + "-" + hash(deployment);
    ObjectNode set = JSON.createObjectNode().put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
    ObjectNode metadata = labelled(deployment, name);
    set.set("metadata", metadata);
    metadata.putArray("ownerReferences").addObject().put("uid", text(deployment, "uid"));
    JsonNode template = template(deployment).deepCopy();
    ((ObjectNode) template.at("/metadata/labels")).put(HASH, hash(deployment));
    set.putObject("spec").set("template", template);
    put(sets.substring(0, sets.lastIndexOf('/') + 1) + name, set);
  }

  private static ObjectNode labelled(ObjectNode deployment, String name) {
    ObjectNode metadata = template(deployment).get("metadata").deepCopy();
    metadata.put("name", name);
    metadata.put("namespace", text(deployment, "namespace"));
    ((ObjectNode) metadata.get("labels")).put(HASH, hash(deployment));
    return metadata;
  }

  private static String hash(ObjectNode deployment) {
    return Integer.toHexString(template(deployment).hashCode());
  }

  /** As the controllers of Deployments and ReplicaSets do. */
  private void scale(String path, ObjectNode deployment, boolean anew) throws IOException {
    String pods = path.replaceAll("^/apis/apps/v1(.*)/deployments/.*", "/api/v1$1/pods/");
    String prefix = pods + text(deployment, "name") + "-";
    List<String> there =
        new ArrayList<>(objects.keySet().stream().filter(own -> own.startsWith(prefix)).toList());
    int wanted = deployment.at("/spec/replicas").asInt(1);
    while (!there.isEmpty() && !keepsPods && (anew || there.size() > wanted)) {
      remove(there.removeLast());
    }
    for (int i = there.size(); i < wanted; i++) {
      String name = prefix + "1-" + UUID.randomUUID().toString().substring(0, 5);
      ObjectNode pod = put(name, pod(deployment, name.substring(name.lastIndexOf('/') + 1)));
      if (unhealthy.containsKey(type(deployment))) {
        put(name.replace("/pods/", "/events/"), unhealthyEvent(pod, type(deployment)));
      }
    }
  }

  private ObjectNode pod(ObjectNode deployment, String name) {
    ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.set("metadata", labelled(deployment, name));
    ObjectNode spec = template(deployment).get("spec").deepCopy();
    pod.set("spec", spec.put("nodeName", "node-1").put("restartPolicy", "Always"));
    ObjectNode status = pod.putObject("status").put("phase", "Running");
    ObjectNode container = status.putArray("containerStatuses").addObject().put("name", "app");
    if (crashing.contains(type(deployment))) {
      container.put("restartCount", 2).put("ready", false);
      container.putObject("state").putObject("waiting").put("reason", "CrashLoopBackOff");
      container.putObject("lastState").putObject("terminated").put("exitCode", 4);
    } else {
      container.put("restartCount", 0).put("ready", !unhealthy.containsKey(type(deployment)));
      container.putObject("state").putObject("running");
    }
    initialize(pod);
    return pod;
  }

  /** A pod whose init container runs, or has failed, and said why, where a test has it so. */
  private void initialize(ObjectNode pod) {
    String type = pod.at("/metadata/labels/platform.io~1process").asText();
    InitEnd end = initEnds.get(type);
    if (end == null && !initializing.contains(type)) {
      return;
    }
    boolean again = !pod.at("/spec/restartPolicy").asText().equals("Never");
    ObjectNode status = (ObjectNode) pod.get("status");
    status.put("phase", end == null || again ? "Pending" : "Failed");
    ObjectNode container = (ObjectNode) status.at("/containerStatuses/0");
    container.put("ready", false);
    container.putObject("state").putObject("waiting").put("reason", "PodInitializing");
    ObjectNode init = status.putArray("initContainerStatuses").addObject();
    init.put("name", pod.at("/spec/initContainers/0/name").asText());
    init.put("restartCount", end == null || !again ? 0 : 2);
    ObjectNode state = init.putObject("state");
    if (end == null) {
      state.putObject("running");
      return;
    }
    if (again) {
      state.putObject("waiting").put("reason", "CrashLoopBackOff");
    }
    (again ? init.putObject("lastState") : state)
        .putObject("terminated")
        .put("exitCode", end.exitCode())
        .put("reason", "Error")
        .put("message", end.message())
        .put("finishedAt", now());
    write(initOutput(text(pod, "name"), init.path("name").asText()), Instant.now(), end.message());
  }

  private ObjectNode unhealthyEvent(ObjectNode pod, String type) {
    return event(pod, "", "Unhealthy", requireNonNull(unhealthy.get(type)));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode event(ObjectNode pod, String suffix, String reason, String message) {
    ObjectNode event = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("name", text(pod, "name") + suffix);
    event
        .putObject("involvedObject")
        .put("kind", "Pod")
        .put("name", text(pod, "name"))
        .put("uid", text(pod, "uid"));
    return event.put("reason", reason).put("message", message).put("lastTimestamp", now());
  }

  private void delete(String path) throws IOException {
    ObjectNode object = objects.get(path);
    if (object == null || (keepsPods && path.contains("/pods/"))) {
      return;
    }
    if (path.contains("/pods/")) {
      history.add("DELETE " + object.at("/metadata/labels/platform.io~1process").asText() + " pod");
    }
    remove(path);
    if (path.contains("/deployments/")) {
      history.add("DELETE " + text(object, "name"));
      ((ObjectNode) object.get("spec")).put("replicas", 0);
      scale(path, object, true);
    }
    if (path.contains("/pods/")) {
      Map<String, ObjectNode> owners = new HashMap<>(objects);
      for (Map.Entry<String, ObjectNode> owner : owners.entrySet()) {
        if (owner.getKey().contains("/deployments/")) {
          scale(owner.getKey(), owner.getValue(), false);
        }
      }
    }
  }

  private void remove(String path) throws IOException {
    ObjectNode gone = objects.remove(path);
    if (gone != null) {
      if (path.contains("/pods/")) {
        Output output = outputs.get(path.substring(path.lastIndexOf('/') + 1));
        if (output != null) {
          endFollowers(output);
        }
      }
      ((ObjectNode) gone.get("metadata")).put("resourceVersion", Long.toString(++version));
      tell("DELETED", path, gone);
    }
  }

  private void tell(String what, String path, ObjectNode object) {
    for (Watch watch : List.copyOf(watches)) {
      tell(watch, what, path, object);
    }
  }

  private void tell(Watch watch, String what, String path, ObjectNode object) {
    if (!isIn(path, watch.collection) || !matches(object, watch.labels)) {
      return;
    }
    ObjectNode event = JSON.createObjectNode().put("type", what);
    event.set("object", object);
    try {
      watch.exchange.getResponseBody().write((event + "\n").getBytes(UTF_8));
      watch.exchange.getResponseBody().flush();
    } catch (IOException closed) {
      watches.remove(watch);
    }
  }

  /** What has changed between the list and the watch that goes on from there. */
  private void tellMissed(Watch watch, String listed) {
    if (!listed.matches("[1-9]\\d*")) {
      return;
    }
    objects.forEach((path, object) -> {
      if (object.at("/metadata/resourceVersion").asLong() > Long.parseLong(listed)) {
        tell(watch, "MODIFIED", path, object);
      }
    });
  }

  /** Whether an object is in a collection, such as /api/v1/pods or /api/v1/namespaces/it/pods. */
  private static boolean isIn(String object, String collection) {
    String kind = collection.substring(collection.lastIndexOf('/') + 1);
    String parent = object.substring(0, object.lastIndexOf('/'));
    String base = collection.substring(0, collection.lastIndexOf('/'));
    return parent.endsWith("/" + kind)
        && (parent.equals(collection) || parent.startsWith(base + "/namespaces/"));
  }

  private static boolean isObject(String path) {
    String rest = path.replaceAll("^/(api/v1|apis/[^/]+/[^/]+)(/namespaces/[^/]+(?=/))?/", "");
    return rest.contains("/");
  }

  private static boolean matches(ObjectNode object, Map<String, String> labels) {
    return labels.entrySet().stream()
        .allMatch(label -> {
          JsonNode value =
              label.getKey().equals(NAME)
                  ? object.at("/metadata/name")
                  : object.path("metadata").path("labels").path(label.getKey());
          return label.getValue().equals(ANY)
              ? !value.isMissingNode()
              : value.asText().equals(label.getValue());
        });
  }

  /** Of field selectors that of names alone. */
  private static Map<String, String> labels(String query) {
    Map<String, String> labels = new HashMap<>();
    String fields = options(query).getOrDefault("fieldSelector", "");
    if (fields.startsWith(NAME + "=")) {
      labels.put(NAME, fields.substring(NAME.length() + 1));
    }
    for (String part : query.split("&", -1)) {
      if (part.startsWith("labelSelector=")) {
        String selector = URLDecoder.decode(part.substring(part.indexOf('=') + 1), UTF_8);
        for (String label : selector.split(",", -1)) {
          labels.put(
              label.replaceAll("=.*", ""),
              label.contains("=") ? label.substring(label.lastIndexOf('=') + 1) : ANY);
        }
      }
    }
    return labels;
  }

  private static JsonNode template(ObjectNode deployment) {
    return deployment.at("/spec/template");
  }

  private static String type(ObjectNode deployment) {
    return template(deployment).at("/metadata/labels/platform.io~1process").asText();
  }

  private static String text(ObjectNode object, String field) {
    return object.path("metadata").path(field).asText();
  }

  private static ObjectNode status(int code, String reason) {
    return JSON.createObjectNode()
        .put("apiVersion", "v1")
        .put("kind", "Status")
        .put("status", code < 300 ? "Success" : "Failure")
        .put("reason", reason)
        .put("code", code);
  }

  private static void send(HttpExchange exchange, int code, ObjectNode answer) throws IOException {
    try (exchange) {
      byte[] bytes = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Its address. */
  URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** A client of it; whoever uses it closes it. */
  public KubernetesApi api(Path directory) throws IOException {
    ApiServerHealth health = new ApiServerHealth();
    return new KubernetesApi(
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig(directory).toFile()))
            .withHttpClientFactory(new ApiHttpClientFactory())
            .build(),
        health);
  }

  /** The way to it, as a file. */
  public Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: it
        clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: it, user: {}}]
        contexts: [{name: it, context: {cluster: it, user: it}}]
        """
            .formatted(http.getAddress().getPort()));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
