package io.platform.persistence.json;

import io.platform.domain.AppEvent;
import io.platform.domain.AppEventKind;
import io.platform.domain.AppFeature;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessSize;
import io.platform.domain.ReleaseVersion;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parameters of an app's event as JSON; its kind is stored beside them. Memory is in bytes, CPU
 * in thousandths of a core.
 */
public final class AppEventJson {
  private AppEventJson() {}

  public static JsonObject write(AppEvent event) {
    return switch (event) {
      case AppEvent.Created _, AppEvent.MaintenanceOn _, AppEvent.MaintenanceOff _ ->
          new JsonObject();
      case AppEvent.Deployed(var version, var commit) ->
          of(version).with("commit", commit.orElse(null));
      case AppEvent.ConfigChanged(var set, var unset) ->
          new JsonObject().with("set", new ArrayList<>(set)).with("unset", new ArrayList<>(unset));
      case AppEvent.RolledBack(var version, var to) -> of(version).with("to", (long) to.number());
      case AppEvent.Released(var version, var cause) ->
          of(version).with("cause", ReleaseCauseJson.write(cause));
      case AppEvent.ReleaseFailed(var version, var cause) ->
          of(version).with("cause", ReleaseFailureCauseJson.write(cause));
      case AppEvent.Scaled(var quantities) -> quantities(quantities);
      case AppEvent.Resized(var sizes) -> sizes(sizes);
      case AppEvent.Restarted(var processes) ->
          new JsonObject().with("processes", processes.toString());
      case AppEvent.Stopped(var processes) ->
          new JsonObject().with("processes", processes.toString());
      case AppEvent.Crashed(var process, var version, var cause) ->
          of(version, process).with("cause", ReleaseFailureCauseJson.write(cause));
      case AppEvent.CrashLooping(var process, var version, int crashes, var cause) ->
          of(version, process)
              .with("crashes", crashes)
              .with("cause", ReleaseFailureCauseJson.write(cause));
      case AppEvent.OutOfMemory(var process, var version, var limit) ->
          of(version, process).with("limit", limit);
      case AppEvent.FeatureEnabled(var feature) -> new JsonObject().with("feature", feature.word());
      case AppEvent.FeatureDisabled(var feature) ->
          new JsonObject().with("feature", feature.word());
      case AppEvent.RolloutChanged(var rollout) ->
          AppOptionsJson.write(AppOptions.NONE.with(rollout));
      case AppEvent.BuildpacksChanged(var buildpacks) -> BuildpacksJson.write(buildpacks);
      case AppEvent.DomainAdded(var name) -> new JsonObject().with("name", name);
      case AppEvent.DomainRemoved(var name) -> new JsonObject().with("name", name);
      case AppEvent.CertificateAdded(var domain, var end) -> certificate(domain, end);
      case AppEvent.CertificateRemoved(var domain) -> new JsonObject().with("domain", domain);
      case AppEvent.CertificateExpiring(var domain, var end) -> certificate(domain, end);
      case AppEvent.CertificateExpired(var domain, var end) -> certificate(domain, end);
      case AppEvent.Renamed(var from, var to) -> move(from, to);
      case AppEvent.Transferred(var from, var to) -> move(from, to);
    };
  }

  public static AppEvent read(AppEventKind kind, JsonObject json) throws BadFormatException {
    return switch (kind) {
      case CREATED -> new AppEvent.Created();
      case DEPLOYED -> new AppEvent.Deployed(version(json), json.optionalString("commit"));
      case CONFIG_CHANGED -> new AppEvent.ConfigChanged(names(json, "set"), names(json, "unset"));
      case ROLLED_BACK ->
          new AppEvent.RolledBack(
              version(json), new ReleaseVersion(Math.toIntExact(json.number("to"))));
      case RELEASED ->
          new AppEvent.Released(version(json), ReleaseCauseJson.read(json.object("cause")));
      case RELEASE_FAILED ->
          new AppEvent.ReleaseFailed(
              version(json), ReleaseFailureCauseJson.read(json.object("cause")));
      case SCALED -> new AppEvent.Scaled(quantities(json));
      case RESIZED -> new AppEvent.Resized(sizes(json));
      case RESTARTED -> new AppEvent.Restarted(selector(json));
      case STOPPED -> new AppEvent.Stopped(selector(json));
      case CRASHED ->
          new AppEvent.Crashed(
              process(json), version(json), ReleaseFailureCauseJson.read(json.object("cause")));
      case CRASH_LOOPING ->
          new AppEvent.CrashLooping(
              process(json),
              version(json),
              Math.toIntExact(json.number("crashes")),
              ReleaseFailureCauseJson.read(json.object("cause")));
      case OUT_OF_MEMORY ->
          new AppEvent.OutOfMemory(process(json), version(json), json.string("limit"));
      case FEATURE_ENABLED -> new AppEvent.FeatureEnabled(feature(json));
      case FEATURE_DISABLED -> new AppEvent.FeatureDisabled(feature(json));
      case ROLLOUT_CHANGED -> new AppEvent.RolloutChanged(AppOptionsJson.read(json).rollout());
      case BUILDPACKS_CHANGED -> new AppEvent.BuildpacksChanged(BuildpacksJson.read(json));
      case MAINTENANCE_ON -> new AppEvent.MaintenanceOn();
      case MAINTENANCE_OFF -> new AppEvent.MaintenanceOff();
      case DOMAIN_ADDED -> new AppEvent.DomainAdded(json.string("name"));
      case DOMAIN_REMOVED -> new AppEvent.DomainRemoved(json.string("name"));
      case CERTIFICATE_ADDED -> new AppEvent.CertificateAdded(json.string("domain"), end(json));
      case CERTIFICATE_REMOVED -> new AppEvent.CertificateRemoved(json.string("domain"));
      case CERTIFICATE_EXPIRING ->
          new AppEvent.CertificateExpiring(json.string("domain"), end(json));
      case CERTIFICATE_EXPIRED -> new AppEvent.CertificateExpired(json.string("domain"), end(json));
      case RENAMED -> new AppEvent.Renamed(path(json, "from"), path(json, "to"));
      case TRANSFERRED -> new AppEvent.Transferred(path(json, "from"), path(json, "to"));
    };
  }

  private static JsonObject certificate(String domain, Instant end) {
    return new JsonObject().with("domain", domain).with("not_after", end.toEpochMilli());
  }

  private static Instant end(JsonObject json) throws BadFormatException {
    return Instant.ofEpochMilli(json.number("not_after"));
  }

  private static JsonObject of(ReleaseVersion version) {
    return new JsonObject().with("version", (long) version.number());
  }

  private static JsonObject of(ReleaseVersion version, ProcessName process) {
    return of(version).with("process", process.toString());
  }

  private static JsonObject quantities(SortedMap<String, Integer> quantities) {
    JsonObject json = new JsonObject();
    quantities.forEach((type, quantity) -> json.with(type, (long) quantity));
    return json;
  }

  private static SortedMap<String, Integer> quantities(JsonObject json) throws BadFormatException {
    SortedMap<String, Integer> quantities = new TreeMap<>();
    for (String type : json.names()) {
      quantities.put(type, Math.toIntExact(json.number(type)));
    }
    return quantities;
  }

  private static JsonObject sizes(SortedMap<String, ProcessSize> sizes) {
    JsonObject json = new JsonObject();
    sizes.forEach((type, size) -> json.with(type, size(size)));
    return json;
  }

  private static JsonObject size(ProcessSize size) {
    return new JsonObject()
        .with("memory", size.memory().orElse(null))
        .with("milli_cpu", size.milliCpu().map(Integer::longValue).orElse(null));
  }

  private static SortedMap<String, ProcessSize> sizes(JsonObject json) throws BadFormatException {
    SortedMap<String, ProcessSize> sizes = new TreeMap<>();
    for (String type : json.names()) {
      JsonObject size = json.object(type);
      sizes.put(
          type,
          new ProcessSize(
              size.optionalNumber("memory"),
              size.optionalNumber("milli_cpu").map(Math::toIntExact)));
    }
    return sizes;
  }

  private static JsonObject move(AppPath from, AppPath to) {
    return new JsonObject().with("from", from.toString()).with("to", to.toString());
  }

  private static AppPath path(JsonObject json, String member) throws BadFormatException {
    String[] parts = json.string(member).split("/", 2);
    if (parts.length != 2) {
      throw new BadFormatException("\"%s\" is no app".formatted(member));
    }
    return new AppPath(parts[0], parts[1]);
  }

  private static AppFeature feature(JsonObject json) throws BadFormatException {
    return AppFeature.parse(json.string("feature"))
        .orElseThrow(() -> new BadFormatException("\"feature\" is no feature"));
  }

  private static ReleaseVersion version(JsonObject json) throws BadFormatException {
    return new ReleaseVersion(Math.toIntExact(json.number("version")));
  }

  private static ProcessName process(JsonObject json) throws BadFormatException {
    return ProcessName.parse(json.string("process"))
        .orElseThrow(() -> new BadFormatException("\"process\" is no process"));
  }

  private static ProcessSelector selector(JsonObject json) throws BadFormatException {
    return ProcessSelector.parse(json.string("processes"))
        .orElseThrow(() -> new BadFormatException("\"processes\" are no processes"));
  }

  private static SortedSet<String> names(JsonObject json, String member) throws BadFormatException {
    SortedSet<String> names = new TreeSet<>();
    json.list(member).forEach(name -> names.add(String.valueOf(name)));
    return names;
  }
}
